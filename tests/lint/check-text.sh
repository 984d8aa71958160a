#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Translatable files are listed, code is formatted, files are of a size one can read.
# Usage: check-text.sh SOURCE-ROOT
cd "$1" || exit 1
number=0

report () {
  number=$((number + 1))
  if [ -z "$2" ]; then
    echo "ok $number - $1"
  else
    echo "$2" | sed 's/^/# /'
    echo "not ok $number - $1"
  fi
}

listed=$(grep -v '^#' po/POTFILES | sort)
with_strings=$(grep -rlE '[^A-Za-z_](N|C|P)?_ \("|ngettext \(' src --include='*.c' --include='*.h' | sort)
with_strings=$(printf '%s\n%s\n' "$with_strings" "$(grep -rlE 'translatable="yes"|translatable="1"' ui --include='*.ui' | sort)")
report "every file with strings is in po/POTFILES" \
  "$(echo "$with_strings" | while read -r file; do [ -z "$file" ] || echo "$listed" | grep -qx "$file" || echo "$file"; done)"
report "every file in po/POTFILES exists" \
  "$(echo "$listed" | while read -r file; do [ -e "$file" ] || echo "$file"; done)"
# xgettext complains of what it cannot extract; a macro of GLib within a string ends it silently.
report "every string can be extracted" "$(xgettext --from-code=UTF-8 --output=/dev/null --add-comments --keyword=_ \
  --keyword=N_ --keyword=C_:1c,2 --keyword=NC_:1c,2 --keyword=g_dngettext:2,3 --keyword=ngettext:1,2 \
  $(echo "$listed" | grep -E '\.(c|h|ui)$') 2>&1)"
report "no string is cut by a macro" \
  "$(echo "$listed" | grep '\.[ch]$' | xargs grep -lPzo '(_|gettext) \([^;]*" G_[A-Z0-9]+_FORMAT')"
report "every error is translated" \
  "$(find src -name '*.c' | xargs grep -nPzo 'g_set_error(_literal)? \(((?!gettext|_ \()[^";])*"(?!%s)[^"]*"' | tr '\0' '\n')"

format=$(command -v clang-format-14 || command -v clang-format)
report "clang-format agrees" \
  "$(find src tests bench -name '*.[ch]' | xargs "$format" --dry-run 2>&1 | grep -oE '^[^:]+:[0-9]+' | sort -u | head -n 20)"
report "no source file is longer than 400 lines" \
  "$(find src -name '*.[ch]' | xargs wc -l | awk '$2 != "total" && $1 > 400 { print $2 ": " $1 }')"
report "every source file begins with its licence" \
  "$(find src tests bench -name '*.[ch]' | xargs grep -L 'SPDX-License-Identifier: GPL-3.0-or-later')"
report "data/preset-strings.c is what build-aux/preset-strings.py makes" \
  "$(python3 build-aux/preset-strings.py . | diff - data/preset-strings.c)"
type=$(sed -n 's/.*<mime-type type="\([^"]*\)".*/\1/p' data/*-mime.xml.in)
report "a double click on an experiment opens it" \
  "$(for line in "MimeType=$type;" 'Exec=escapement %F'; do grep -qxF "$line" data/*.desktop.in || echo "$line"; done)"
report "every preset is under 4 KiB" "$(find data/presets -type f -size +4095c)"
report "templates are well-formed" "$(xmllint --noout --nonet ui/*.ui 2>&1)"
echo "1..$number"
