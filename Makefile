# Everything a newcomer runs. Each command sets up what it needs and says what it does.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: help demo test prove lint build test-rust test-others worlds bench lifecycle seeded-faults mutants clean wasm features rust python node scenarios setup-python setup-node supply vectors-check clock-changes setup-vectors

say = @printf '\n== %s\n' "$(1)"
PYTHON := .venv/bin/python
# Tests and stories run on one quick build of everything, with every assertion on, in all three languages; the
# measurements ask for release builds.
export STAFFGATE_PROFILE ?= checked
# The whole workspace each time, even for one test: other crates would be other features, and the core built anew.
export STAFFGATE_PACKAGES ?= --workspace
CHECKED := --workspace --profile checked --locked

# Random cases of each law of prices.
LAW_CASES ?= 100000
# How many random access commands are compared with the naive model.
ACCESS_COMMANDS ?= 200000
# How many decisions of the core and of the policies of `prove` are compared.
PROVE_DECISIONS ?= 500000
# How many random commands over the life of mandates, shifts and bookings are compared with the naive model.
LIFECYCLE_COMMANDS ?= 500000

# How many answers to a client are compared between two worlds that differ only in secrets.
WORLD_PAIRS ?= 200000

help:
	@echo "make demo      the main job, told in Rust, Python and Node over a SQLite file each"
	@echo "make test      everything that must hold, in all three languages (make rust, python, node, worlds, scenarios, wasm are its parts)"
	@echo "make vectors-check   the price vectors are what two independent programs compute"
	@echo "make clock-changes   shifts across every clock change of every zone from 1990 to 2037; several minutes"
	@echo "make lifecycle       the proofs of the lifecycle with ten times the commands; an hour"
	@echo "make seeded-faults   each of some faults, put into a copy of the core, is found by the proofs; half an hour"
	@echo "make mutants   small changes to what decides who sees what, one at a time: each is to be noticed by a test; an hour (SHARD=0/5 for a part)"
	@echo "make prove     who sees what, written a second time: compared with the core, and proved by a solver"
	@echo "make supply    licences and sources of what we depend on"
	@echo "make bench     the measurements, as ratios inside one run"
	@echo "make features  which features of the list have a scenario"
	@echo "make clean     removes everything that the commands above have made"

demo: setup-python setup-node
	$(call say,the main job in each language)
	@bash examples/story/run.sh

# Everything is built first; then what only runs goes side by side.
test: lint build setup-python setup-node
	@$(MAKE) --no-print-directory -j2 --output-sync=line test-rust test-others
	$(call say,everything holds)
	@$(PYTHON) scripts/summary.py

rust: lint build test-rust

lint:
	$(call say,Rust: format)
	cargo fmt --all --check
	cargo fmt --all --check --manifest-path bench/Cargo.toml
	cargo fmt --all --check --manifest-path bench/access/Cargo.toml
	$(call say,Rust: lints)
	cargo clippy --lib --bins --examples --tests $(CHECKED) -- -D warnings
	$(call say,Rust: the benches compile; their peers are a workspace of their own)
	cargo check --quiet --locked --manifest-path bench/Cargo.toml --bins
	cargo check --quiet --locked --manifest-path bench/access/Cargo.toml

build:
	$(call say,building everything once)
	cargo build $(CHECKED)
	cargo test --no-run $(CHECKED)

test-others:
	@$(MAKE) --no-print-directory python
	@$(MAKE) --no-print-directory node
	@$(MAKE) --no-print-directory worlds
	@$(MAKE) --no-print-directory scenarios
	@$(MAKE) --no-print-directory wasm

test-rust:
	$(call say,Rust: tests of all crates but the stories; the laws of the engine)
	@mkdir -p target
	ACCESS_COMMANDS=$(ACCESS_COMMANDS) LIFECYCLE_SCOPE=whole cargo test $(CHECKED) -- --skip every_story 2>&1 | tee target/rust-tests.log
	$(call say,Rust: the laws of prices with $(LAW_CASES) cases each)
	PROPTEST_CASES=$(LAW_CASES) cargo test $(CHECKED) --test price_laws 2>&1 | tee -a target/rust-tests.log
	$(call say,Rust: $(LIFECYCLE_COMMANDS) commands over the lifecycle against the naive model)
	LIFECYCLE_COMMANDS=$(LIFECYCLE_COMMANDS) cargo test $(CHECKED) \
	    --test lifecycle_model -- --nocapture 2>&1 | tee -a target/rust-tests.log
	$(call say,generated files are current)
	cargo build --quiet $(CHECKED) --bins
	target/checked/staffgate-codegen --check

# Ten times the commands of `make test`, and the small scope.
lifecycle:
	$(call say,5000000 commands over the lifecycle against the naive model; every order of steps in the small scope)
	LIFECYCLE_COMMANDS=5000000 LIFECYCLE_SCOPE=whole cargo test $(CHECKED) \
	    --test lifecycle_model --test lifecycle_scope -- --nocapture

setup-python:
	$(call say,Python: setting up)
	@bash scripts/python-setup.sh
	@cmp -s tests/runners/python/requirements.txt .venv/.staffgate/runner || { \
	    .venv/bin/pip install --quiet --disable-pip-version-check -r tests/runners/python/requirements.txt && \
	    cp tests/runners/python/requirements.txt .venv/.staffgate/runner; }

setup-node:
	$(call say,Node: setting up)
	@bash scripts/node-setup.sh
	@test tests/runners/node/node_modules/.package-lock.json -nt tests/runners/node/package-lock.json || \
	    npm ci --prefix tests/runners/node --no-audit --no-fund --loglevel=error

python: setup-python
	$(call say,Python: format and lints)
	cd bindings-python && ../.venv/bin/ruff check .
	.venv/bin/ruff check --config bindings-python/pyproject.toml tests/runners/python scripts
	.venv/bin/ruff check --config bindings-python/pyproject.toml --extend-ignore S101,S106 examples/story/python
	cd bindings-python && ../.venv/bin/ruff format --check . ../tests/runners/python ../scripts ../examples/story/python
	$(call say,Python: types)
	cd bindings-python && ../.venv/bin/mypy --strict
	MYPYPATH=bindings-python/python .venv/bin/mypy --strict tests/runners/python/test_scenarios.py tests/runners/python/test_noninterference.py
	MYPYPATH=bindings-python/python:examples/story/python .venv/bin/mypy --strict examples/story/python/*.py
	MYPYPATH=scripts .venv/bin/mypy --strict --package mutants
	$(call say,Python: tests)
	cd bindings-python && ../.venv/bin/python -m pytest 2>&1 | tee ../target/python-tests.log

node: setup-node
	$(call say,Node: lints and types)
	cd bindings-node && npm run --silent lint
	bindings-node/node_modules/.bin/eslint -c bindings-node/eslint.config.mjs examples/story/node
	bindings-node/node_modules/.bin/tsc -p examples/story/node
	$(call say,Node: tests)
	cd bindings-node && npm test --silent 2>&1 | tee ../target/node-tests.log

worlds:
	$(call say,$(WORLD_PAIRS) answers to a client in two worlds that differ in secrets alone)
	@mkdir -p target
	NONINTERFERENCE_PAIRS=$(WORLD_PAIRS) NONINTERFERENCE_RECORD=$(CURDIR)/target/noninterference.jsonl \
	    cargo test $(CHECKED) --test noninterference -- --nocapture 2>&1 | tee target/worlds-tests.log

scenarios: setup-python setup-node
	$(call say,the stories in Rust over every store)
	@rm -rf target/scenario-digests
	cargo test --quiet $(CHECKED) --test scenarios
	$(call say,the stories in Python)
	$(PYTHON) -m pytest -q -p no:cacheprovider tests/runners/python
	$(call say,the stories in Node)
	npm test --silent --prefix tests/runners/node
	$(call say,the same bytes in all languages)
	$(PYTHON) scripts/compare-digests.py

wasm:
	$(call say,the core without an operating system)
	@bash scripts/wasm.sh

# Needs Python alone: no build of the package.
setup-vectors:
	@test -x .venv/bin/python || $${PYTHON:-python3} -m venv .venv
	@cat bindings-python/requirements-dev.txt tests/reference/requirements.txt | cmp -s - .venv/vectors-requirements || { \
	    .venv/bin/pip install --quiet --disable-pip-version-check -r bindings-python/requirements-dev.txt -r tests/reference/requirements.txt && \
	    cat bindings-python/requirements-dev.txt tests/reference/requirements.txt > .venv/vectors-requirements; }

vectors-check: setup-vectors
	$(call say,price references: format and lints)
	.venv/bin/ruff check --config bindings-python/pyproject.toml tests/reference bench/pricing
	cd bindings-python && ../.venv/bin/ruff format --check ../tests/reference ../bench/pricing
	$(call say,price references: types)
	MYPYPATH=tests/reference .venv/bin/mypy --strict tests/reference/*.py bench/pricing/*.py
	$(call say,price references: the vectors are what the programs compute)
	$(PYTHON) tests/reference/check.py

clock-changes: setup-vectors
	$(call say,counting minutes across every clock change from 1990 to 2037)
	@mkdir -p target
	$(PYTHON) tests/reference/clocks.py --all > target/clock_changes.jsonl
	$(call say,the engine counts the same)
	STAFFGATE_CLOCK_CHANGES=$(CURDIR)/target/clock_changes.jsonl \
	    cargo test $(CHECKED) --test prices -- --ignored every_clock_change

prove:
	$(call say,who sees what: a second opinion)
	@PROVE_DECISIONS=$(PROVE_DECISIONS) bash scripts/prove.sh

seeded-faults:
	$(call say,faults on purpose)
	@bash scripts/seeded-faults.sh

mutants:
	$(call say,changes on purpose to what decides who sees what)
	@bash scripts/mutants.sh

supply:
	$(call say,licences and sources of what we depend on)
	@bash scripts/supply.sh

# Measurements are of what is published; the packages that tests use have every assertion on.
bench: export STAFFGATE_PROFILE := release
bench: export STAFFGATE_PACKAGES := -p staffgate-node -p staffgate-python -p staffgate-sqlite
bench: setup-python setup-node
	$(call say,measuring)
	@bash bench/run.sh

features:
	@../shared/tools/features

clean:
	$(call say,removing what was made)
	cargo clean
	rm -rf .venv .work tests/runners/node/node_modules bench/pricing/node_modules bench/access/node_modules bench/*/target prove/target examples/story/node/node_modules bindings-*/target bindings-node/node_modules bindings-node/dist
	find bindings-python/python -name '_native*.so' -delete
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
