#!/bin/sh
# Called by Trunk after a build (see Trunk.toml). Puts beside the program what is loaded on demand: its parts and the solver. Then takes
# comments and spaces out of the page, the scripts and the style sheet; the names between the script and the WebAssembly get short, and
# functions that are alike stand together. A debug build (`trunk serve`) stays readable.
set -eu
cd "$TRUNK_STAGING_DIR"
scripts=$TRUNK_SOURCE_DIR/scripts
split=${CARGO_TARGET_DIR:-$TRUNK_SOURCE_DIR/target}/wasm-bindgen/$TRUNK_PROFILE/split
node "$scripts/parts.mjs" . "$split"

minify() {
  for file in *.js *.css; do
    esbuild "$file" --minify --target=es2022 --charset=utf8 --allow-overwrite --outfile="$file" --log-level=warning
  done
  node "$scripts/shorten.mjs" .
  # What index.html has Trunk do to the program, the parts need, too.
  params=$(sed -n 's/.*data-wasm-opt-params="\([^"]*\)".*/\1/p' "$TRUNK_SOURCE_DIR/index.html")
  for part in "$split"/split_*.wasm; do
    # shellcheck disable=SC2086 # several words
    wasm-opt "$part" $params -O2 --strip-debug --strip-producers -o "$(echo *_"${part##*/split_}")"
  done
  features=$(echo "$params" | tr ' ' '\n' | grep '^--enable-')
  for file in *.wasm; do
    for small in 8 10 12 15 17 20 22 25 27 30 33 37 45; do
      node "$scripts/order.mjs" "$file" named.tmp $small
      # shellcheck disable=SC2086 # several words
      wasm-opt named.tmp $features --reorder-functions-by-name --strip-debug -o "ordered-$small.tmp"
    done
    node "$scripts/smallest.mjs" "$file" ordered-*.tmp
    rm -f ./*.tmp
  done
  node -e '
    const { readFileSync, writeFileSync } = require("node:fs");
    const page = readFileSync("index.html", "utf8");
    writeFileSync("index.html", page.replace(/<!--[^]*?-->| data-integrity="none"/g, "").replace(/\n\s+/g, "\n"));
  '
}
solver=$("$scripts/solver.sh" "$PWD")
sed -i "s/SOLVER/$solver/" index.html
[ "$TRUNK_PROFILE" != release ] || minify
