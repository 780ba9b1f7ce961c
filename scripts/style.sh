#!/bin/sh
# Joins the stylesheets into one, called by Trunk (see Trunk.toml): one request, and compressed as one.
# The order is the cascade's.
set -eu
cd "$TRUNK_SOURCE_DIR"
mkdir -p target
joined=target/backcast.css
cd style
cat tokens.css base.css layout.css funnel.css calendar.css people.css fields.css dialogs.css print.css > "../$joined.new"
cd ..
# An unchanged file is left alone, or `trunk serve` would see a change and build again.
if cmp -s "$joined.new" "$joined"; then rm "$joined.new"; else mv "$joined.new" "$joined"; fi
