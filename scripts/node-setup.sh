#!/bin/sh
# Makes the Node package ready to use in this checkout: its tools, its native part, its facade. Does again only what
# changed. Needs node 20 or newer, npm and cargo.
set -eu
cd "$(dirname "$0")/../bindings-node"

# npm writes its own record of what it installed; if that is at least as new as the lock file, nothing is missing.
if [ ! -f node_modules/.package-lock.json ] || [ package-lock.json -nt node_modules/.package-lock.json ]; then
    echo "installing the tools of the Node package"
    npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
    touch node_modules/.package-lock.json
fi

node scripts/build.mjs

# The story imports the package by its name, as a host does.
mkdir -p ../examples/story/node/node_modules
ln -sfn ../../../../bindings-node ../examples/story/node/node_modules/staffgate
