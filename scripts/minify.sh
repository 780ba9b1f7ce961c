#!/bin/sh
# Takes comments and spaces out of the page, the scripts and the style sheet, called by Trunk after a build (see Trunk.toml).
# The names between the script and the WebAssembly get short, and functions that are alike stand together. A debug build
# (`trunk serve`) stays readable.
set -eu
[ "$TRUNK_PROFILE" = release ] || exit 0
cd "$TRUNK_STAGING_DIR"
for file in *.js *.css; do
  esbuild "$file" --minify --target=es2022 --charset=utf8 --allow-overwrite --outfile="$file" --log-level=warning
done
node "$TRUNK_SOURCE_DIR/scripts/shorten.mjs" "$TRUNK_STAGING_DIR"
# The features that index.html names for the first pass of wasm-opt.
features=$(sed -n 's/.*data-wasm-opt-params="\([^"]*\)".*/\1/p' "$TRUNK_SOURCE_DIR/index.html" | tr ' ' '\n' | grep '^--enable-')
for file in *_bg.wasm; do
  for small in 8 10 12 15 17 20 22 25 27 30 33 37 45; do
    node "$TRUNK_SOURCE_DIR/scripts/order.mjs" "$file" named.tmp $small
    # shellcheck disable=SC2086 # several words
    wasm-opt named.tmp $features --reorder-functions-by-name --strip-debug -o "ordered-$small.tmp"
  done
  node "$TRUNK_SOURCE_DIR/scripts/smallest.mjs" "$file" ordered-*.tmp
  rm -f ./*.tmp
done
node -e '
  const { readFileSync, writeFileSync } = require("node:fs");
  const page = readFileSync("index.html", "utf8");
  writeFileSync("index.html", page.replace(/<!--[^]*?-->| data-integrity="none"/g, "").replace(/\n\s+/g, "\n"));
'
