#!/usr/bin/env bash
# Makes sure that the solver cvc5 is there, for the proofs of `make prove`. Uses, in this order: what the variable CVC5
# names; what is on the path; Debian's package, installed by apt if this is root. Fails where there is no way: a proof
# that is left out is none.
set -euo pipefail

solver=${CVC5:-cvc5}
if ! command -v "$solver" >/dev/null; then
    if [ -n "${CVC5:-}" ]; then
        echo "prove: CVC5 names $CVC5, which cannot be run" >&2
        exit 1
    fi
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        echo "installing cvc5"
        DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends cvc5 >/dev/null 2>&1 ||
            { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends cvc5 >/dev/null; } || true
    fi
fi
command -v "$solver" >/dev/null || {
    echo "prove: the solver cvc5 is missing and cannot be installed here. Nothing was proved." >&2
    echo "prove: install the package cvc5 (Debian, Ubuntu), or a release of it, and name it in the variable CVC5." >&2
    exit 1
}
"$solver" --version | sed -n 1p
