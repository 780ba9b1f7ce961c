#!/usr/bin/env bash
# Builds what the benchmarks compare, beside and not into the planner's own target folder, and runs them.
# Called by `make bench`, which has set up the tools and built dist/.
set -euo pipefail
cd "$(dirname "$0")/.."
export CARGO_TARGET_DIR=$PWD/target/bench

if [ ! bench/node_modules/.package-lock.json -nt bench/package-lock.json ]; then
  npm ci --silent --no-audit --no-fund --prefix bench
  touch bench/node_modules/.package-lock.json
fi

# The versions are the planner's own: cargo drops from its lock file what these crates do not use.
for crate in bare evaluate; do
  cp Cargo.lock "bench/$crate/Cargo.lock"
  cargo fetch --quiet --manifest-path "bench/$crate/Cargo.toml"
done
# So is the way they are compiled and optimised.
export RUSTFLAGS=$APP_RUSTFLAGS
read -ra optimise < <(sed -n 's/.*data-wasm-opt="\(.*\)" data-wasm-opt-params="\([^"]*\)".*/-O\1 \2/p' index.html)

page=bench/evaluate/dist
mkdir -p "$page"
cargo build --release --locked --target wasm32-unknown-unknown --manifest-path bench/evaluate/Cargo.toml
wasm-bindgen --target web --no-typescript --out-dir "$page" --out-name evaluate \
  "$CARGO_TARGET_DIR/wasm32-unknown-unknown/release/evaluate.wasm"
wasm-opt "${optimise[@]}" "$page/evaluate_bg.wasm" -o "$page/evaluate_bg.wasm"
cp bench/evaluate/{bench,people,sheet}.js bench/plans.mjs bench/node_modules/hyperformula/dist/hyperformula.full.min.js "$page"
cp bench/node_modules/highs/build/highs.{mjs,wasm} "$page"
cp bench/node_modules/javascript-lp-solver/dist/index.browser.mjs "$page/javascript-lp-solver.mjs"
rm -f "$page"/solver-*
cp dist/solver-*.js dist/solver-*_bg.wasm "$page"
echo '<!DOCTYPE html><title>evaluate</title><link rel="icon" href="data:,"><script src="hyperformula.full.min.js"></script>' >"$page/index.html"

# A bare page has no parts to be split off.
PATH=${PATH#"$PWD/scripts/split:"} env -u NO_COLOR trunk --log warn --config bench/bare build --release --offline --locked

node bench/run.mjs
