#!/usr/bin/env bash
# The second opinion on who sees what: compares the core with the policies, then proves the policies. The comparison
# comes first, so that it runs where the solver is missing too; then the target fails.
set -euo pipefail
cd "$(dirname "$0")/../prove"

export PROVE_DECISIONS=${PROVE_DECISIONS:-500000} CARGO_INCREMENTAL=0
started=$SECONDS

part() {
    printf '\n== second opinion: %s (after %s s)\n' "$1" "$((SECONDS - started))"
}

tests() {
    cargo test --quiet --release --locked "$@" -- --nocapture --test-threads 2
}

part "format"
cargo fmt --check
part "building"
cargo test --quiet --release --locked --no-run
part "the table of fields; $PROVE_DECISIONS decisions of the core and of the policies"
tests --test table --test compare
part "the solver"
bash ../scripts/cvc5.sh
part "proofs for all requests; what is broken on purpose is refuted, and found by the comparison"
tests --test proofs --test broken
part "lints"
cargo clippy --quiet --release --all-targets --locked -- -D warnings
printf '\nsecond opinion: %s s\n' "$((SECONDS - started))"
