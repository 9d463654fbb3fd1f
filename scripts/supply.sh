#!/usr/bin/env bash
# Licences and sources of what we depend on, by the rules of deny.toml (cargo-deny, which is installed if it is missing).
set -euo pipefail
cd "$(dirname "$0")/.."

version=0.20.2
tools=$PWD/target/tools
if [ "$("$tools/bin/cargo-deny" --version 2>/dev/null)" != "cargo-deny $version" ]; then
    echo "installing cargo-deny $version (some minutes)"
    cargo install --quiet --locked --root "$tools" "cargo-deny@$version"
fi
"$tools/bin/cargo-deny" check licenses sources bans
