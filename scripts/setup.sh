#!/usr/bin/env bash
# Installs what is missing, and only that: run it as often as you like.
#
#   scripts/setup.sh          all that `make test` needs
#   scripts/setup.sh build    only what `make build` and `make run` need
#
# A fitting version that is already on the PATH is used as it is. All else goes into one folder, see env.sh.
set -euo pipefail
cd "$(dirname "$0")/.."
# shellcheck source=scripts/env.sh
. scripts/env.sh

fail() {
  printf 'setup: %s\n' "$*" >&2
  exit 1
}
say() { printf 'setup: %s\n' "$*"; }
has() { command -v "$1" >/dev/null 2>&1; }

# version_of TOOL: the first number with dots that `TOOL --version` prints, or nothing.
version_of() { { "$1" --version 2>/dev/null || true; } | sed -nE '1s/^[^0-9]*([0-9]+(\.[0-9]+)*).*/\1/p'; }
# at_least HAVE WANT
at_least() { [ -n "$1" ] && [ "$(printf '%s\n%s\n' "$2" "$1" | sort -V | head -n 1)" = "$2" ]; }

check_machine() {
  has cargo || fail "cargo is missing. Install Rust with rustup: https://rustup.rs"
  has cc || fail "a C compiler (cc) is missing, which Rust needs to link. On Debian: apt-get install build-essential"
  { has node && has npm; } || fail "node or npm is missing. Install Node.js $NODE_MAJOR or later with npm: https://nodejs.org"
  at_least "$(version_of node)" "$NODE_MAJOR" || fail "node $(version_of node) is too old: Node.js $NODE_MAJOR or later is needed."
  [ -n "$WASM_BINDGEN_VERSION" ] || fail "Cargo.toml does not pin wasm-bindgen as version = \"=x.y.z\"."
}

install_rust_parts() {
  if [ ! -d "$(rustc --print sysroot)/lib/rustlib/wasm32-unknown-unknown" ]; then
    has rustup || fail "Rust's standard library for WebAssembly is missing, and rustup to install it: https://rustup.rs"
    say "adding the target wasm32-unknown-unknown"
    rustup target add wasm32-unknown-unknown
  fi
}

install_checkers() {
  local part
  for part in rustfmt clippy; do
    if ! cargo "${part/rustfmt/fmt}" --version >/dev/null 2>&1; then
      has rustup || fail "cargo ${part/rustfmt/fmt} is missing, and rustup to install it: https://rustup.rs"
      say "adding $part"
      rustup component add "$part"
    fi
  done
}

# cargo_install CRATE VERSION [OPTION …]. What is set for the build of the app must not reach the build of a tool, and a tool
# that runs for a second need not be optimised: that saves minutes.
cargo_install() {
  say "installing $1 $2 into $TOOLS (some minutes)"
  mkdir -p "$TOOLS"
  (
    cd "$TOOLS"
    unset RUSTFLAGS CARGO_ENCODED_RUSTFLAGS CARGO_BUILD_RUSTFLAGS CARGO_BUILD_TARGET
    CARGO_TARGET_DIR=$TOOLS/target CARGO_PROFILE_RELEASE_OPT_LEVEL=0 CARGO_PROFILE_RELEASE_LTO=off \
      CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 CARGO_PROFILE_RELEASE_DEBUG=0 \
      cargo install --locked --quiet --root "$TOOLS/cargo" --version "=$2" "$1" "${@:3}"
    rm -rf "$TOOLS/target"
  ) || fail "installing $1 $2 failed, see above."
}

install_build_tools() {
  local trunk
  trunk=$(version_of trunk)
  if ! at_least "$trunk" "$TRUNK_VERSION" || at_least "$trunk" 0.22; then
    cargo_install trunk "$TRUNK_VERSION"
  fi
  if [ "$(version_of wasm-bindgen)" != "$WASM_BINDGEN_VERSION" ]; then
    cargo_install wasm-bindgen-cli "$WASM_BINDGEN_VERSION"
  fi
  if ! grep -qs "^\"wasm_split_cli_support $WASM_SPLIT_VERSION " "$TOOLS/cargo/.crates.toml"; then
    cargo_install wasm_split_cli_support "$WASM_SPLIT_VERSION" --features build-binary
  fi
  if ! at_least "$(version_of wasm-opt)" "${BINARYEN_VERSION%%.*}"; then
    say "installing binaryen $BINARYEN_VERSION (wasm-opt) into $TOOLS"
    npm install --silent --no-audit --no-fund --prefix "$TOOLS/node" "binaryen@$BINARYEN_VERSION" || fail "installing binaryen failed, see above."
  fi
  if [ "$(esbuild --version 2>/dev/null)" != "$ESBUILD_VERSION" ]; then
    say "installing esbuild $ESBUILD_VERSION into $TOOLS"
    npm install --silent --no-audit --no-fund --prefix "$TOOLS/node" "esbuild@$ESBUILD_VERSION" || fail "installing esbuild failed, see above."
  fi
}

install_chromium() {
  find_chromium >/dev/null && return
  [ -z "${BACKCAST_CHROMIUM:-}" ] || fail "BACKCAST_CHROMIUM is $BACKCAST_CHROMIUM, which does not run."
  if ! has apt-get || [ "$(id -u)" != 0 ]; then
    fail "no Chromium or Chrome was found, in which the browser tests run. Install one, or name it in BACKCAST_CHROMIUM."
  fi
  say "installing Chromium"
  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends chromium; } >/dev/null \
    || fail "apt-get could not install Chromium. Install it yourself, or name another in BACKCAST_CHROMIUM."
  find_chromium >/dev/null || fail "Chromium was installed but does not run. Name another in BACKCAST_CHROMIUM."
}

# npm_ci FOLDER: its node_modules, unless they are as new as the lock file.
npm_ci() {
  [ "$1/node_modules/.package-lock.json" -nt "$1/package-lock.json" ] && return
  say "installing the packages of $1"
  npm ci --silent --no-audit --no-fund --prefix "$1" || fail "npm ci in $1 failed, see above."
  touch "$1/node_modules/.package-lock.json"
}

check_machine
install_rust_parts
install_build_tools
# Trunk runs offline, so that it downloads no tools by itself; the crates must therefore be here already.
cargo fetch --quiet --locked --target wasm32-unknown-unknown --target "$(rustc -vV | sed -n 's/^host: //p')"
cargo fetch --quiet --locked --manifest-path solver/Cargo.toml --target wasm32-unknown-unknown --target "$(rustc -vV | sed -n 's/^host: //p')"
if [ "${1:-all}" != build ]; then
  install_checkers
  install_chromium
  npm_ci tests/browser
fi
