#!/usr/bin/env bash
# Makes .venv at the root of the repository and builds the Python package into it, if anything changed.
#
# STAFFGATE_PROFILE chooses how it is built: `checked` (default: quick to build, every assertion on) or `release`.
set -euo pipefail
cd "$(dirname "$0")/.."

profile="${STAFFGATE_PROFILE:-checked}"
python="${PYTHON:-python3}"
requirements=bindings-python/requirements-dev.txt
stamps=.venv/.staffgate

library() { if [ "$(uname)" = Darwin ]; then echo lib_native.dylib; else echo lib_native.so; fi; }

if [ ! -x .venv/bin/python ]; then
    echo "python: making .venv"
    "$python" -m venv .venv
fi
mkdir -p "$stamps"

if ! cmp -s "$requirements" "$stamps/requirements"; then
    echo "python: installing the tools named in $requirements"
    .venv/bin/python -m pip install --quiet --disable-pip-version-check -r "$requirements"
    cp "$requirements" "$stamps/requirements"
fi

# What the native module is made of. Python sources are used in place and need no build.
now="$(
    {
        echo "$profile"
        find core/src core/Cargo.toml stores/sqlite/src stores/sqlite/Cargo.toml Cargo.toml \
            Cargo.lock bindings-python/src bindings-python/Cargo.toml bindings-python/pyproject.toml \
            -type f -print0 | sort -z | xargs -0 sha256sum
    } | sha256sum
)"
if [ "$now" != "$(cat "$stamps/built" 2>/dev/null)" ] || ! ls bindings-python/python/staffgate/_native*.so >/dev/null 2>&1; then
    echo "python: building the native module ($profile)"
    rm -f "$stamps/built"
    # Whoever builds more than this package names it all, so that what is shared is built once.
    # shellcheck disable=SC2086 # several words
    cargo build --quiet --locked --profile "$profile" ${STAFFGATE_PACKAGES:--p staffgate-python}
    built="${CARGO_TARGET_DIR:-target}/$profile/$(library)"
    # Renamed into place: a process that has the old file loaded keeps it whole.
    cp "$built" bindings-python/python/staffgate/_native.new
    mv bindings-python/python/staffgate/_native.new bindings-python/python/staffgate/_native.abi3.so
    site="$(.venv/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')"
    echo "$PWD/bindings-python/python" > "$site/staffgate.pth"
    echo "$now" > "$stamps/built"
fi
echo "python: ready ($(.venv/bin/python --version), profile $profile)"
