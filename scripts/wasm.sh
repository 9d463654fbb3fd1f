#!/usr/bin/env bash
# Builds the core for wasm32-unknown-unknown: proof that it asks nothing of an operating system.
# Uses, in this order: the target of the installed toolchain; Debian's compiler with its library sources
# (installed by apt if this is root on a Debian that has them); rustup. Says so when there is no way.
set -euo pipefail
cd "$(dirname "$0")/.."

target=wasm32-unknown-unknown
wanted=$(sed -n 's/^rust-version = "\(.*\)"$/\1/p' Cargo.toml)
common=(-p staffgate --lib --target "$target" --locked)
export CARGO_TARGET_DIR=${WASM_TARGET_DIR:-target/wasm} CARGO_PROFILE_DEV_DEBUG=0

has_target() { [ -d "$(rustc --print sysroot)/lib/rustlib/$target/lib" ]; }

new_enough() { [ "$(printf '%s\n%s\n' "$wanted" "$1" | sort -V | head -n 1)" = "$wanted" ]; }

debian_ready() {
    [ -x /usr/bin/rustc ] && [ -x /usr/bin/cargo ] && [ -d /usr/lib/rustlib/src/rust/library/std ] &&
        new_enough "$(/usr/bin/rustc --version | cut -d' ' -f2)"
}

debian_candidate() {
    apt-cache policy rustc-web 2>/dev/null | sed -n 's/^ *Candidate: \([0-9.]*\).*/\1/p'
}

debian_install() {
    [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || return 1
    if [ -z "$(debian_candidate)" ]; then apt-get update -qq || return 1; fi
    local candidate
    candidate=$(debian_candidate)
    [ -n "$candidate" ] && new_enough "$candidate" || return 1
    echo "wasm: installing Debian's rustc-web, cargo-web and rust-web-src $candidate"
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
        rustc-web cargo-web rust-web-src >/dev/null && debian_ready
}

if has_target; then
    echo "wasm: building the core with the installed toolchain"
    cargo build "${common[@]}"
elif debian_ready || debian_install; then
    echo "wasm: building the core and the standard library with Debian's compiler"
    # RUSTC and no wrapper: the toolchain of rustup, if there is one, is left alone. Building the standard library
    # is what RUSTC_BOOTSTRAP is for here; the core itself uses nothing unstable.
    env -u RUSTUP_TOOLCHAIN -u RUSTC_WRAPPER RUSTC=/usr/bin/rustc RUSTC_BOOTSTRAP=1 \
        /usr/bin/cargo build -Zbuild-std=core,alloc,std,panic_abort "${common[@]}"
elif command -v rustup >/dev/null && rustup target add "$target"; then
    echo "wasm: building the core with the target that rustup has just added"
    cargo build "${common[@]}"
else
    echo "wasm: SKIPPED: no standard library for $target here; add it (rustup target add $target) and run again"
    exit 0
fi
echo "wasm: the core builds for $target"
