# shellcheck shell=bash
# Sourced by the Makefile and by setup.sh, from the root of the checkout: every pinned version, and where the tools are.

export TRUNK_VERSION=0.21.14
export BINARYEN_VERSION=132.0.0
export ESBUILD_VERSION=0.28.2
export WASM_SPLIT_VERSION=0.2.4
NODE_MAJOR=20
# wasm-bindgen the tool must be the very version of wasm-bindgen the crate.
WASM_BINDGEN_VERSION=$(sed -n 's/^wasm-bindgen = .*"=\([0-9.]*\)".*/\1/p' Cargo.toml)
export NODE_MAJOR WASM_BINDGEN_VERSION

# What setup.sh installs goes here, outside the checkout: one copy serves every checkout, and `make clean` keeps it.
TOOLS=${BACKCAST_TOOLS:-${XDG_CACHE_HOME:-$HOME/.cache}/backcast}
case $TOOLS in
  /*) ;;
  *) TOOLS=$PWD/$TOOLS ;;
esac
export TOOLS
export PATH="$PWD/scripts/split:$TOOLS/cargo/bin:$TOOLS/node/node_modules/.bin:$PATH"

# How the app is compiled, each flag measured by `make budget`: erased component types and no inlining are 9 and 2 of 160 kB
# smaller (brotli) than without; the paths of this machine stay out of panic messages, so that builds agree.
APP_RUSTFLAGS="--cfg erase_components -C llvm-args=-inline-threshold=0 --remap-path-prefix=${CARGO_HOME:-$HOME/.cargo}=cargo --remap-path-prefix=$PWD=."
export APP_RUSTFLAGS

# A Chromium for the browser tests; the variable BACKCAST_CHROMIUM names another.
find_chromium() {
  local candidate
  for candidate in "${BACKCAST_CHROMIUM:-}" chromium chromium-browser google-chrome google-chrome-stable \
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"; do
    # Ask for the version: on some systems the name is there and only says how to install it.
    if [ -n "$candidate" ] && "$candidate" --version >/dev/null 2>&1; then
      command -v "$candidate"
      return
    elif [ -n "${BACKCAST_CHROMIUM:-}" ]; then
      return 1
    fi
  done
  return 1
}
