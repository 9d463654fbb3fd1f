#!/usr/bin/env bash
# Puts faults into a copy of the tree, each behind a name, and runs the proofs of the lifecycle with one at a time: each
# must be found, and nothing without any. With names, only those: scripts/seeded-faults.sh headcount-off-by-one
set -euo pipefail
cd "$(dirname "$0")/.."

patch=$PWD/tests/faults/faults.patch
place=$PWD/target/seeded-faults
export CARGO_TARGET_DIR=$place/build RUST_BACKTRACE=0
export LIFECYCLE_COMMANDS=${LIFECYCLE_COMMANDS:-4000} LIFECYCLE_SCOPE=${LIFECYCLE_SCOPE:-part}

rm -rf "$place/tree"
mkdir -p "$place/tree"
git ls-files -z -- core stores codegen tests examples/story/rust bindings-node/src bindings-python/src 'bindings-*/build.rs' '*.toml' Cargo.lock | xargs -0 cp --parents -t "$place/tree"
cd "$place/tree"
patch --quiet --strip=1 < "$patch"
built=$(cargo test --workspace --profile checked --locked --test lifecycle_model --test lifecycle_scope --no-run 2>&1 | tee /dev/stderr)
of() { grep -o "tests/$1/main.rs (.*)" <<< "$built" | sed 's/.*(\(.*\))/\1/'; }
# Kept apart, since the next build of the tests of this tree has the same names.
for proof in lifecycle_model lifecycle_scope; do cp "$(of "$proof")" "$place/$proof"; done
model=$place/lifecycle_model
scope=$place/lifecycle_scope
cd tests

# What a proof says of a fault: "no", or where it found it.
verdict() {
    local said
    if said=$(STAFFGATE_FAULT=$2 "$1" --nocapture 2>&1); then
        echo no
    else
        grep -o -m1 -e 'command [0-9]* ([0-9]* in all)' -e 'in state [0-9]*' <<< "$said" || echo yes
    fi
}

missed=0
names=$(grep -o 'faulty("[a-z-]*")' "$patch" | cut -d'"' -f2 | sort -u)
printf '%-40s %-32s %s\n' fault 'the naive model' 'the small scope'
for name in none $names; do
    if [ $# -gt 0 ] && [[ " $* " != *" $name "* ]]; then continue; fi
    by_model=$(verdict "$model" "$name")
    by_scope=$(verdict "$scope" "$name")
    printf '%-40s %-32s %s\n' "$name" "$by_model" "$by_scope"
    case "$name/$by_model/$by_scope" in
        none/no/no) ;;
        none/* | */no/no) missed=$((missed + 1)) ;;
    esac
done
[ "$missed" = 0 ] || { echo "$missed are not as they should be"; exit 1; }
