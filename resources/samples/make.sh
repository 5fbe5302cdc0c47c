#!/bin/sh
# Have the model draw the sample sketches anew: sh resources/samples/make.sh
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

page() { # NAME CATEGORY:SEED...
    name=$1
    shift
    for wish in "$@"; do
        sketchstudio generate --category "${wish%:*}" --seed "${wish#*:}" -o "$work/one.ndjson"
        cat "$work/one.ndjson" >> "$work/$name.ndjson"
    done
    sketchstudio convert "$work/$name.ndjson" "$here/$name.sketch"
}

page zoo elephant:1 flamingo:2 giraffe:3 pig:4 cat:5 duck:6
page breakfast teapot:1 banana:2 mushroom:3 cake:4
page snowmen snowman:1 snowman:2 snowman:3
sketchstudio blend --from cat --to car --steps 6 --seed 3 -o "$work/blend.ndjson"
sketchstudio convert "$work/blend.ndjson" "$here/cat-to-car.sketch"
