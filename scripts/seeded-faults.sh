#!/usr/bin/env bash
# Puts one fault at a time into a copy of the tree and runs the proofs of the lifecycle: each fault must be found.
# With names, only those: scripts/seeded-faults.sh headcount-off-by-one
set -euo pipefail
cd "$(dirname "$0")/.."

here=$PWD
place=$PWD/target/seeded-faults
export CARGO_TARGET_DIR=$place/build CARGO_INCREMENTAL=1 RUST_BACKTRACE=0
export LIFECYCLE_COMMANDS=${LIFECYCLE_COMMANDS:-20000} LIFECYCLE_SCOPE=${LIFECYCLE_SCOPE:-small}

mkdir -p "$place/tree"
# What has not changed keeps its time, so that only the faulty part is built again.
git ls-files | while IFS= read -r file; do
    [ -f "$file" ] || continue
    cmp --silent "$file" "$place/tree/$file" && continue
    mkdir -p "$place/tree/$(dirname "$file")"
    cp "$file" "$place/tree/$file"
done
cd "$place/tree"

proofs() { cargo test --quiet --locked -p conformance --test "$1" 2>&1; }

# What a proof says of the tree as it stands: "no", or what it found.
verdict() {
    local said
    if said=$(proofs "$1"); then
        echo "no"
    elif ! grep -q '^test result: FAILED' <<< "$said"; then
        printf '%s\n' "$said" >&2
        echo "it does not build"
    elif [ "$1" = lifecycle_model ]; then
        grep -o -m1 'command [0-9]* ([0-9]* in all)' <<< "$said" || echo "yes"
    else
        grep -o -m1 'in state [0-9]*' <<< "$said" || echo "yes"
    fi
}

missed=0
printf '%-34s %-32s %s\n' fault 'the naive model' 'the small scope'
for patch in "$here"/tests/faults/*.patch; do
    name=$(basename "$patch" .patch)
    if [ $# -gt 0 ] && [[ " $* " != *" $name "* ]]; then continue; fi
    patch --quiet --strip=1 < "$patch"
    model=$(verdict lifecycle_model)
    scope=$(verdict lifecycle_scope)
    patch --quiet --strip=1 --reverse < "$patch"
    printf '%-34s %-32s %s\n' "$name" "$model" "$scope"
    case "$model/$scope" in
        no/no | *build*) missed=$((missed + 1)) ;;
    esac
done
[ "$missed" = 0 ] || { echo "$missed faults were not found"; exit 1; }
