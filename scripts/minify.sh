#!/bin/sh
# Takes comments and spaces out of the page, the scripts and the style sheet, called by Trunk after a build (see Trunk.toml).
# What is loaded on demand is put beside the program. The names between the script and the WebAssembly get short, and functions that are alike stand together. A debug build
# (`trunk serve`) stays readable.
set -eu
cd "$TRUNK_STAGING_DIR"
split=${CARGO_TARGET_DIR:-$TRUNK_SOURCE_DIR/target}/wasm-bindgen/$TRUNK_PROFILE/split
node "$TRUNK_SOURCE_DIR/scripts/parts.mjs" . "$split"
[ "$TRUNK_PROFILE" = release ] || exit 0
for file in *.js *.css; do
  esbuild "$file" --minify --target=es2022 --charset=utf8 --allow-overwrite --outfile="$file" --log-level=warning
done
node "$TRUNK_SOURCE_DIR/scripts/shorten.mjs" "$TRUNK_STAGING_DIR"
params=$(sed -n 's/.*data-wasm-opt-params="\([^"]*\)".*/\1/p' "$TRUNK_SOURCE_DIR/index.html")
features=$(echo "$params" | tr ' ' '\n' | grep '^--enable-')
# What index.html has Trunk do to the program, the parts need, too.
for part in "$split"/split_*.wasm; do
  name=${part##*/split_}
  # shellcheck disable=SC2086 # several words
  wasm-opt "$part" $params -O2 --strip-debug --strip-producers -o "$(echo *_"$name")"
done
for file in *.wasm; do
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
