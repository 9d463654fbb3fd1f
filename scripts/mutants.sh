#!/usr/bin/env bash
# Changes one thing at a time in what decides who sees what, and says which changes no test notices. cargo-mutants says
# which changes there are; scripts/mutants puts them all into one build.
# `--file core/src/access/page.rs` or `--re PATTERN` for some of them, SHARD=3/20 for the fourth of twenty parts.
set -euo pipefail
cd "$(dirname "$0")/.."

bash scripts/cargo-tool.sh cargo-mutants 27.1.0
PYTHONPATH=$PWD/scripts PYTHONDONTWRITEBYTECODE=1 exec "${PYTHON:-python3}" -m mutants "$@"
