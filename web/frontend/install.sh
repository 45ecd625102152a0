#!/bin/sh
# Installs the locked packages that the bundle is built and the pages are examined with. Nothing
# of this is needed to run: the bundle is in web/static/vendor.
set -eu
cd "$(dirname "$0")"
[ ! -f node_modules/.package-lock.json ] || [ package-lock.json -nt node_modules/.package-lock.json ] || exit 0
if command -v npm >/dev/null 2>&1; then
    echo "Installing: the packages of web/frontend"
    npm ci --no-audit --no-fund --loglevel=error
    touch node_modules/.package-lock.json
    exit 0
fi
echo "Missing: npm (the tests that rebuild the bundle and examine pages are skipped)"
[ "${CI:-}" != true ] || exit 1
