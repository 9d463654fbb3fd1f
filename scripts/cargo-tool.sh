#!/usr/bin/env bash
# Installs a tool of cargo's into target/tools, if it is not there in this version: cargo-tool.sh NAME VERSION.
set -euo pipefail
cd "$(dirname "$0")/.."

tools=$PWD/target/tools
# What cargo itself notes of what it has installed.
if ! grep -qsF "\"$1 $2 " "$tools/.crates.toml"; then
    echo "installing $1 $2 (some minutes)"
    cargo install --quiet --locked --root "$tools" "$1@$2"
fi
