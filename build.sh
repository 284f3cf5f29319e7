#!/usr/bin/env bash
# Builds PINN Lab, tests it, serves it. Building needs Go and git; testing also
# needs Node and Chromium, which are installed where that can be done.
#
#   ./build.sh          build the page into web/dist
#   ./build.sh test     everything that is tested, the page in a browser too
#   ./build.sh bench    how fast the engine is, natively and in Chromium, and how
#                       fast the page starts; -help lists what can be chosen
#   ./build.sh serve    the page over http on this machine, for those who want it
#   ./build.sh pinnlab  the command line: checks, trains, makes tables and figures
#   ./build.sh clean    remove what was built
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

export GOTOOLCHAIN=go1.27.4
export GOEXPERIMENT="${GOEXPERIMENT-simd}"

say() { printf '\n== %s\n' "$*"; }
fail() { printf 'build.sh: %s\n' "$*" >&2; exit 1; }

# encoding/json by itself is a seventh of the trainer smaller than over its version 2.
wasm() { GOOS=js GOARCH=wasm GOEXPERIMENT="$GOEXPERIMENT,nojsonv2" "$@"; }

command -v go >/dev/null || fail "Go is missing: install Go 1.21 or later from your system's packages or go.dev, which then gets the version needed here by itself."

build() {
  local tmp
  tmp=$(mktemp -d)
  # shellcheck disable=SC2064 # the folder is this one, whatever tmp is later
  trap "rm -rf '$tmp'" RETURN
  local program
  for program in trainer canvas; do
    wasm go build -trimpath -ldflags='-s -w' -o "$tmp/$program.wasm" "./wasm/$program"
  done
  go run ./web/pack web "$(go env GOROOT)/lib/wasm/wasm_exec.js" "$tmp/trainer.wasm" "$tmp/canvas.wasm"
  cat <<TEXT
Built. Open this file in a browser, by a double click or from its Open dialogue:
  $PWD/web/index.html
The same page as one file, to copy or to mail:
  $PWD/web/dist/pinnlab.html
TEXT
}

# need COMMAND PACKAGE WORDS: installs PACKAGE if COMMAND is missing and that can
# be done here; otherwise says in words how to get it.
need() {
  command -v "$1" >/dev/null && return
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "installing $2 ..."
    { apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -qy "$2"; } >/dev/null 2>&1 || true
    hash -r
    command -v "$1" >/dev/null && return
  fi
  fail "$3"
}

browser() {
  local name
  for name in chromium chromium-browser google-chrome-stable google-chrome; do
    command -v "$name" && return
  done
  return 1
}

# fetch_axe puts axe-core, which looks for what keeps people out, beside the
# page for its tests.
fetch_axe() {
  local version=4.14.1 tmp
  if grep -qs "axe v$version" web/dist/axe.min.js; then return; fi
  need npm npm "npm is missing, which fetches axe-core for a test: install npm, version 9 or later."
  tmp=$(mktemp -d)
  (cd "$tmp" && npm pack --silent "axe-core@$version" >/dev/null && tar xzf axe-core-*.tgz) ||
    fail "axe-core $version could not be fetched with npm."
  cp "$tmp/package/axe.min.js" web/dist/axe.min.js
  rm -rf "$tmp"
}

# find_browser installs Chromium if there is no browser.
find_browser() {
  browser >/dev/null || need chromium chromium "Chromium is missing: install chromium from your system's packages, or Google Chrome."
}

check() {
  local unformatted
  unformatted=$("$(go env GOROOT)/bin/gofmt" -l assets core wasm web)
  [ -z "$unformatted" ] || fail "gofmt would change: $unformatted"
  go vet ./...
  wasm go vet ./assets ./core/... ./wasm/... # what runs there
}

tests() {
  say "1. gofmt and go vet, native and js/wasm"
  check
  say "2. tests, plain Go"
  GOEXPERIMENT=nosimd go test ./...
  say "3. tests, SIMD"
  go test ./...
  say "4. kernels at other vector widths: emulated, and 128 bits as in WebAssembly"
  GODEBUG=simd=0 go test ./core/kern ./core/jet ./core/ad
  GODEBUG=simd=128 go test ./core/kern ./core/jet ./core/ad
  say "5. tests as WebAssembly, under Node"
  need node nodejs "Node is missing: install nodejs, version 20 or later, from your system's packages or nodejs.org."
  # The canvas needs a document to start in: the browser tests it below.
  local packages
  packages=$(wasm go list ./core/... ./wasm/... | grep -v '/wasm/canvas$')
  # shellcheck disable=SC2086 # one word a package
  PATH="$(go env GOROOT)/lib/wasm:$PATH" wasm go test $packages
  say "6. build"
  build
  say "7. the page, in Chromium"
  fetch_axe
  find_browser
  PINNLAB_BROWSER=$(browser) go test -count=1 -timeout 45m -v ./web
}

bench() {
  build >/dev/null
  find_browser
  PINNLAB_BROWSER=$(browser) go run ./web/measure "$@" web
}

case "${1-build}" in
  build) build ;;
  test) tests ;;
  bench) shift; bench "$@" ;;
  serve)
    [ -e web/dist/trainer.js ] || build
    shift
    exec go run ./web/serve web "$@"
    ;;
  pinnlab)
    shift
    exec go run ./core/cmd/pinnlab "$@"
    ;;
  clean) rm -rf web/dist ;;
  *) fail "unknown: $1. One of build, test, bench, serve, pinnlab, clean." ;;
esac
