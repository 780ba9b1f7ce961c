#!/usr/bin/env bash
# Builds the solver into a folder and says what its script is called there: scripts/solver.sh FOLDER
#
# Two files, with the hash of what is in them in their names: solver-….js, which is the worker and what a page imports where no
# worker may be, and solver-…_bg.wasm, which it fetches.
set -euo pipefail
cd "$(dirname "$0")/.."
# shellcheck source=scripts/env.sh
. scripts/env.sh

if [ $# != 1 ]; then
  echo 'solver: scripts/solver.sh FOLDER' >&2
  exit 1
fi
mkdir -p "$1"
folder=$(cd "$1" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$PWD/target}/solver
# As for the app, the paths of this machine stay out of panic messages. Not inlining makes 76.5 kB of 78.5 (brotli) and costs no time.
# SIMD would change neither.
RUSTFLAGS="-C llvm-args=-inline-threshold=0 --remap-path-prefix=${CARGO_HOME:-$HOME/.cargo}=cargo --remap-path-prefix=$PWD=." \
  cargo rustc --quiet --release --locked --manifest-path solver/Cargo.toml --lib --crate-type cdylib --features module \
  --target wasm32-unknown-unknown
wasm-bindgen --target web --no-typescript --omit-default-module-path --out-dir "$work" --out-name solver \
  "$CARGO_TARGET_DIR/wasm32-unknown-unknown/release/backcast_solver.wasm"
optimised=$work/solver_bg.wasm
# The method can print its progress, and knows other cones than that of a linear programme; we ask for neither. What fails, traps:
# nobody is there to read why.
node scripts/snip.mjs "$optimised" \
  'flt2dec|fmt_decimal|info_print::_|PrintTarget as|::(?:exp|pow|genpow|so)cone::|(?:Exponential|Power|GenPower|SecondOrder)Cone|core::fmt|alloc::fmt|panic|slice_index|unwrap_failed|expect_failed|capacity_overflow|handle_(?:alloc_)?error'
wasm-opt "$optimised" -Oz --low-memory-unused --dealign --strip-debug --enable-bulk-memory --enable-nontrapping-float-to-int \
  --enable-sign-ext --enable-mutable-globals --enable-reference-types --enable-multivalue -o "$optimised"
# The names of timers stay. No table of numbers reads like a text for so long.
node scripts/shorten.mjs "$work" '\w+\.rs|(?![ -~]*(?:setup|kktinit))[ -~]{32,}'

# hash_of FILE: the first 16 digits.
hash_of() { node -p 'require("node:crypto").createHash("sha256").update(require("node:fs").readFileSync(process.argv[1])).digest("hex").slice(0, 16)' "$1"; }
wasm=solver-$(hash_of "$optimised")_bg.wasm
sed "s/solver_bg\.wasm/$wasm/" solver/worker.js >"$work/worker.js"
esbuild "$work/worker.js" --bundle --format=esm --minify --target=es2022 --charset=utf8 --outfile="$work/bundle.js" --log-level=error
script=solver-$(hash_of "$work/bundle.js").js
rm -f "$folder"/solver-*.js "$folder"/solver-*_bg.wasm
cp "$optimised" "$folder/$wasm"
cp "$work/bundle.js" "$folder/$script"
echo "$script"
