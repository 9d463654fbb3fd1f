#!/usr/bin/env bash
# Changes one thing at a time in what decides who sees what, and says which changes no test notices (cargo-mutants).
# Hours for all of it: SHARD=3/20 makes the fourth of twenty parts.
set -euo pipefail
cd "$(dirname "$0")/.."

version=27.1.0
tools=$PWD/target/tools
if ! "$tools/bin/cargo-mutants" --version 2>/dev/null | grep -qx "cargo-mutants $version"; then
    echo "installing cargo-mutants $version (some minutes)"
    cargo install --quiet --locked --root "$tools" "cargo-mutants@$version"
fi
shard=()
if [ -n "${SHARD:-}" ]; then shard=(--shard "$SHARD"); fi
export CARGO_PROFILE_DEV_DEBUG=0
# Each mutant is built in a copy of the tree, with what was built there before.
unset CARGO_TARGET_DIR
"$tools/bin/cargo-mutants" mutants --package staffgate --output target --colors never "${shard[@]}" "$@"
