#!/usr/bin/env bash
# Builds PINN Lab, tests it, serves it. Building needs Go and git; testing all of
# it also needs Node, npm, Chromium, Firefox and WebKitGTK, which are installed
# where that can be done.
#
#   ./build.sh          build the page into web/dist
#   ./build.sh test     everything that is tested, the page in a browser too; the
#                       last lines say how long each part took and what was not tried
#   ./build.sh test quick   what needs Go alone
#   ./build.sh bench    how fast the engine is, natively and in Chromium, and how
#                       fast the page starts; -help lists what can be chosen
#   ./build.sh serve    the page over http on this machine, for those who want it
#   ./build.sh pinnlab  the command line: checks, trains, makes tables and figures
#   ./build.sh clean    remove what was built
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

export GOTOOLCHAIN=go1.27.4
export GOEXPERIMENT="${GOEXPERIMENT-simd}"

fail() { printf 'build.sh: %s\n' "$*" >&2; exit 1; }

# encoding/json by itself is a seventh of the trainer smaller than over its version 2.
wasm() { GOOS=js GOARCH=wasm GOEXPERIMENT="$GOEXPERIMENT,nojsonv2" "$@"; }

command -v go >/dev/null || fail "Go is missing: install Go 1.21 or later from your system's packages or go.dev, which then gets the version needed here by itself."

build() (
  tmp=$(mktemp -d)
  trap 'rm -rf "$tmp"' EXIT
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
)

# get COMMAND PACKAGES: installs them if the command is missing and that can be
# done here. It fails if the command is still missing.
get() {
  command -v "$1" >/dev/null && return
  [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || return
  echo "installing $2 ..."
  # shellcheck disable=SC2086 # one word a package
  { apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends $2; } >/dev/null 2>&1 || true
  hash -r
  command -v "$1" >/dev/null
}

# need COMMAND PACKAGES WORDS: without it there is no test; the words say how to get it.
need() { get "$1" "$2" || fail "$3"; }

# want COMMAND PACKAGES WORDS: without it a part is left out, and the words say at
# the end of the run which.
want() { get "$1" "$2" || { untried+=("$3"); return 1; }; }

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

# find_engines installs the other engines that the page is tested in.
find_engines() {
  command -v firefox >/dev/null ||
    want firefox-esr firefox-esr "the page in Firefox: install firefox-esr." || true
  want WebKitWebDriver webkit2gtk-driver "the page in WebKit, which is Safari's engine: install webkit2gtk-driver." || true
  want Xvfb xvfb "the page in Firefox and WebKit, which need a screen to draw on: install xvfb." || true
}

untried=() # what was left out of the tests, and why
took=()    # how long each part took
part=""    # the part that runs, since $began
began=0

# next PART: a part of the tests begins.
next() {
  [ -z "$part" ] || took+=("$(printf '%4d s  %s' $((SECONDS - began)) "$part")")
  part=$1 began=$SECONDS
  [ -z "$part" ] || printf '\n== %s\n' "$part"
}

# sum_up writes the last lines of a test run, however it ends.
sum_up() {
  local status=$? failed=$part line
  next ""
  printf '\n'
  printf '%s\n' "${took[@]}"
  printf '%4d s  in all\n' $SECONDS
  for line in "${untried[@]}"; do printf 'NOT TRIED  %s\n' "$line"; done
  if [ $status = 0 ]; then echo "All that was tried passed."; else echo "FAILED in: $failed"; fi
}

# lint is what needs Go alone.
lint() {
  next "gofmt and go vet, native and js/wasm"
  local unformatted
  unformatted=$("$(go env GOROOT)/bin/gofmt" -l assets core wasm web)
  [ -z "$unformatted" ] || fail "gofmt would change: $unformatted"
  go vet ./...
  wasm go vet ./assets ./core/... ./wasm/... # what runs there
}

# analyse looks deeper, with programs that are fetched.
analyse() {
  next "staticcheck, shellcheck, and the types of the page's modules"
  GOBIN=$PWD/web/dist/tools go install "honnef.co/go/tools/cmd/staticcheck@v0.8.2"
  web/dist/tools/staticcheck ./...
  wasm web/dist/tools/staticcheck ./assets ./core/... ./wasm/...
  if want shellcheck shellcheck "shellcheck, which reads build.sh: install shellcheck."; then
    shellcheck build.sh .ci/run
  fi
  need npm npm "npm is missing, which fetches what tests need: install npm, version 9 or later."
  npm install --silent --no-audit --no-fund --prefix web/dist/tools typescript@7.0.2 ||
    fail "typescript 7.0.2 could not be fetched with npm."
  web/dist/tools/node_modules/.bin/tsc -p web/src
  web/dist/tools/node_modules/.bin/tsc -p web/src/tsconfig.worker.json
}

# natively runs all tests but those in a browser, and what kernels decide
# without SIMD and at other vector widths too.
natively() {
  next "tests"
  go test ./...
  next "kernels in plain Go, with vectors emulated, and of 128 bits as in WebAssembly"
  local kernels="./core/kern ./core/jet ./core/ad"
  # shellcheck disable=SC2086 # one word a package
  GOEXPERIMENT=nosimd go test $kernels
  GOEXPERIMENT=nosimd go test -run 'TestGolden|TestShare|TestSameBits' ./core/train ./core/flow
  # shellcheck disable=SC2086
  GODEBUG=simd=0 go test $kernels
  # shellcheck disable=SC2086
  GODEBUG=simd=128 go test $kernels
}

in_node() {
  next "tests as WebAssembly, under Node"
  need node nodejs "Node is missing: install nodejs, version 20 or later, from your system's packages or nodejs.org."
  # What a browser runs, and whose numbers or turns can differ there. The canvas
  # needs a document to start in: the browser tests it below.
  PATH="$(go env GOROOT)/lib/wasm:$PATH" wasm go test ./core/{wire,record,kern,jet,ad,nn,opt,expr,pde,residual,weigh,sampler,train} ./wasm/{port,plot,trainer}
  PATH="$(go env GOROOT)/lib/wasm:$PATH" wasm go test -run 'TestSameBits' ./core/flow
}

# races runs what has goroutines under the race detector, which is C.
races() {
  next "races"
  want "$(go env CC)" "gcc libc6-dev" "go test -race, which needs a C compiler: install gcc." || return 0
  # What only computes has no one to race with, and takes ten times as long here.
  CGO_ENABLED=1 go test -race -skip 'Watch|Reference|Catalogue|Density' ./wasm/port ./wasm/trainer
  CGO_ENABLED=1 go test -race -run 'Share/helmholtz/M1|Mate|Deal' ./core/train
  CGO_ENABLED=1 go test -race -run 'Table|Train|Interrupted' ./core/cmd/pinnlab
}

# fuzz tries each fuzz target with new inputs. They are counted, not timed: a
# deadline may strike a busy machine in the middle of one.
fuzz() {
  next "fuzz targets"
  local package target
  for package in $(grep -rl --include='*_test.go' '^func Fuzz' core wasm web | xargs -n1 dirname | sort -u); do
    for target in $(go test -list '^Fuzz' "./$package" | grep '^Fuzz'); do
      echo "$package $target"
      go test -run '^$' -fuzz "^$target\$" -fuzztime 1500x "./$package" >/dev/null || {
        fail "$target of $package failed; its input is in $package/testdata/fuzz now: go test ./$package shows it."
      }
    done
  done
}

# page FLAGS: runs the tests of the page. Their time is that of a machine busy with
# other things.
page() (cd web && dist/tools/page.test -test.v -test.timeout 80m "$@")

in_browser() {
  next "the page, in Chromium, Firefox and WebKit"
  build
  fetch_axe
  find_browser
  find_engines
  local others status=0
  PINNLAB_BROWSER=$(browser)
  export PINNLAB_BROWSER
  mkdir -p web/dist/tools
  go test -c -o web/dist/tools/page.test ./web
  # The engines side by side: much of a test is waiting.
  {
    go test -count=1 -timeout 20m ./web/drive
    PINNLAB_ENGINES=firefox,webkit page -test.run InEngines
  } >web/dist/tools/others.log 2>&1 &
  others=$!
  PINNLAB_ENGINES=chromium page || status=$?
  wait $others || status=$?
  cat web/dist/tools/others.log
  return $status
}

tests() {
  trap sum_up EXIT
  lint
  natively
  [ "$1" = all ] || return 0
  analyse
  in_node
  races
  fuzz
  in_browser
  next ""
}

bench() {
  build >/dev/null
  find_browser
  PINNLAB_BROWSER=$(browser) go run ./web/measure "$@" web
}

case "${1-build}" in
  build) build ;;
  test)
    case "${2-all}" in
      all | quick) tests "${2-all}" ;;
      *) fail "unknown: test $2. Either test or test quick." ;;
    esac
    ;;
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
