#!/bin/sh
# Takes comments and spaces out of the page, the scripts and the style sheet, called by Trunk after a build (see Trunk.toml).
# The names between the script and the WebAssembly get short. A debug build (`trunk serve`) stays readable.
set -eu
[ "$TRUNK_PROFILE" = release ] || exit 0
cd "$TRUNK_STAGING_DIR"
for file in *.js *.css; do
  esbuild "$file" --minify --target=es2022 --charset=utf8 --allow-overwrite --outfile="$file" --log-level=warning
done
node "$TRUNK_SOURCE_DIR/scripts/shorten.mjs" "$TRUNK_STAGING_DIR"
node -e '
  const { readFileSync, writeFileSync } = require("node:fs");
  const page = readFileSync("index.html", "utf8");
  writeFileSync("index.html", page.replace(/<!--[^]*?-->/g, "").replace(/\n\s+/g, "\n"));
'
