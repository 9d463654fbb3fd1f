#!/usr/bin/env bash
# Everything that is measured, as ratios inside one run. Absolute times say something about the machine only.
set -euo pipefail
cd "$(dirname "$0")/.."

say() { printf '\n-- %s\n' "$1"; }

say "durable commits per second into SQLite, against a plain loop (at least 0.8 with 1 caller, 3 with 64)"
# shellcheck disable=SC2086 # several words
cargo build --quiet --release --locked ${STAFFGATE_PACKAGES:--p staffgate-sqlite} --lib --examples
"${CARGO_TARGET_DIR:-target}/release/examples/commit_rate"

say "the cost of each thing that a client does, in a small and in a large file (at most 1.3)"
cargo run --quiet --release --locked --manifest-path bench/Cargo.toml

say "accepting a large mandate (at most 3 times the same rows by hand), progress of a large project (at most 1.5)"
cargo run --quiet --release --locked --manifest-path bench/Cargo.toml --bin lifecycle

say "a page of 1,000 shifts with team for a client: rules and writing (at most 2 times writing alone); long lists (1.3)"
cargo run --quiet --release --locked --manifest-path bench/Cargo.toml --bin pages

say "prices: the engine against special code for the nine rules of the reference list (at most 1.0)"
cargo run --quiet --release --locked --manifest-path bench/Cargo.toml --bin prices

data=target/access-bench
say "decisions: a plain check (at most 5 times as long), cedar-policy and casbin (at least 100), loads of access.can (1)"
cargo run --quiet --release --locked --manifest-path bench/access/Cargo.toml -- "$data"

say "Python: a trivial operation (at most 1.0) and a page of 1,000 shifts (at most 1.2)"
.venv/bin/python bindings-python/bench/speed.py

say "Python: a client's page of 1,000 shifts with team, against plain Python with pydantic (at least 5)"
.venv/bin/pip install --quiet --disable-pip-version-check -r bench/views/requirements.txt
.venv/bin/python bindings-python/bench/views.py

say "Python: prices alone, against plain Python (at least 10 in totals, 5 with lines, 4 one by one)"
.venv/bin/pip install --quiet --disable-pip-version-check -r tests/reference/requirements.txt
.venv/bin/python bindings-python/bench/prices.py

say "Python: 1,000 decisions in a call, against cedarpy (at least 50; 20 with rules) and pycasbin (200; 100)"
.venv/bin/pip install --quiet --disable-pip-version-check -r bench/access/requirements.txt
.venv/bin/python bindings-python/bench/access.py "$data"

say "Node: a trivial operation (at most 3), a page of 1,000 shifts (at most 1.6), with team against zod (at least 3)"
npm run --silent --prefix bindings-node bench

say "Node: prices alone, against plain JavaScript (at least 40 in totals, 30 with lines, 15 one by one)"
npm ci --silent --prefix bench/pricing --no-audit --no-fund
node bindings-node/bench/prices.mjs

say "Node: 1,000 decisions in a call, against node-casbin (at least 100) and casl with an ability for each (at least 2)"
npm ci --silent --prefix bench/access --no-audit --no-fund --ignore-scripts
node bindings-node/bench/access.mjs "$data"
