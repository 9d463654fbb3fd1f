#!/usr/bin/env bash
# Tells the story in Rust, Python and Node, each on a fresh SQLite file, and checks that nothing differs.
# The packages must be built: `make demo` does that first.
set -euo pipefail
cd "$(dirname "$0")/../.."

story=examples/story
out="$(mktemp -d)"
trap 'rm -rf "$out"' EXIT

tell() {
    case "$1" in
        rust) "${CARGO_TARGET_DIR:-target}/checked/story" "$2" "$3" ;;
        python) .venv/bin/python "$story/python/main.py" "$2" "$3" ;;
        node) node "$story/node/main.mjs" "$2" "$3" ;;
    esac
}

# Shows where two files part. An answer is one long line, so each of its fields gets a line of its own.
same() {
    cmp -s "$1" "$2" && return
    echo "$3: not what Rust told (- is Rust's):"
    diff -u --label rust --label "$3" <(tr ',' '\n' < "$1") <(tr ',' '\n' < "$2") | head -n 40
    exit 1
}

echo "building the story in Rust"
cargo build --quiet --workspace --profile checked --locked

for language in rust python node; do
    tell "$language" "$out/$language.db" "$out/$language.answers" > "$out/$language.account" || {
        cat "$out/$language.account"
        echo "$language: the story stopped here"
        exit 1
    }
    if [ "$language" = rust ]; then
        cat "$out/rust.account"
        echo
    fi
    same "$out/rust.account" "$out/$language.account" "the account in $language"
    same "$out/rust.answers" "$out/$language.answers" "the answers in $language"
    count="$(wc -l < "$out/$language.answers" | tr -d ' ')"
    digest="$(sha256sum < "$out/$language.answers" | cut -d ' ' -f 1)"
    case "$language" in
        rust) echo "rust:   the account above, $count answers, SHA-256 $digest" ;;
        *) printf '%-7s the same account, the same %s answers byte for byte, SHA-256 %s\n' "$language:" "$count" "$digest" ;;
    esac
done
[ "$count" -gt 0 ] || { echo "no answers were compared"; exit 1; }
