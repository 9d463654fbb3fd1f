#!/usr/bin/env bash
# Licences and sources of what we depend on, by the rules of deny.toml (cargo-deny, which is installed if it is missing).
set -euo pipefail
cd "$(dirname "$0")/.."

bash scripts/cargo-tool.sh cargo-deny 0.20.2
target/tools/bin/cargo-deny check licenses sources bans
