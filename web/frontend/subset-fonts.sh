#!/bin/sh
# Makes web/static/fonts from the Noto Sans of a system (Debian: fonts-noto-core 2.004).
# Needs pyftsubset (fonttools with brotli). Usage: subset-fonts.sh /usr/share/fonts/truetype/noto
set -eu
source_directory=$1
target_directory=$(dirname "$0")/../static/fonts
latin=U+0020-007E,U+00A0-00FF,U+0131,U+0152-0153,U+2000-200B,U+2010-2015,U+2018-201E,U+2020-2022,U+2026,U+202F,U+2030,U+2032-2033,U+2039-203A,U+20AC,U+20B8,U+2116,U+2122,U+2190-2193,U+2212,U+2215
cyrillic=U+0301,U+0400-04FF,U+0500-052F
mkdir -p "$target_directory"
for weight in Regular Bold; do
    for subset in latin cyrillic; do
        eval "range=\$$subset"
        pyftsubset "$source_directory/NotoSans-$weight.ttf" --unicodes="$range" \
            --flavor=woff2 --no-hinting --desubroutinize --layout-features=kern,mark,mkmk,ccmp,locl,tnum,lnum \
            --output-file="$target_directory/noto-sans-$subset-$(echo "$weight" | tr A-Z a-z).woff2"
    done
done
