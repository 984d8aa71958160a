#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What `meson install` puts below a prefix: it works where it was moved, and can be taken away.
# Usage: test-install.sh BUILD-FOLDER PREFIX WITH-DISPLAY FOLDER-OF-LOCALES
build=$(realpath "$1") prefix=$2 with_display=$3 locales=$(realpath "$4")
id=io.github.escapement_lab.Escapement
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
number=0

ok () {
  number=$((number + 1))
  if [ "$1" -eq 0 ]; then echo "ok $number - $2"; else echo "not ok $number - $2"; fi
}

# Nothing of the build folder, nor of an installation, may help.
unset GSETTINGS_SCHEMA_DIR TEXTDOMAINDIR XDG_DATA_DIRS

meson install -C "$build" --no-rebuild --quiet --destdir "$dir/staged"
ok $? "it is installed"
cp -a "$dir/staged$prefix" "$dir/moved"
for file in bin/escapement bin/escapement-cli share/applications/$id.desktop share/metainfo/$id.metainfo.xml \
    share/mime/packages/$id.xml share/icons/hicolor/scalable/apps/$id.svg \
    share/icons/hicolor/symbolic/apps/$id-symbolic.svg share/licenses/$id/escapement/COPYING; do
  [ -s "$dir/moved/$file" ]
  ok $? "$file is there"
done

"$dir/moved/bin/escapement-cli" --help >"$dir/english"
for language in $(ls "$dir/moved/share/locale"); do
  LOCPATH=$locales LC_ALL=en_US.UTF-8 LANGUAGE=$language "$dir/moved/bin/escapement-cli" --help >"$dir/help"
  [ -s "$dir/help" ] && ! cmp -s "$dir/help" "$dir/english"
  ok $? "the moved command line speaks $language"
done

# The window asks for its settings as it starts, and ends without them.
glib-compile-schemas --strict "$dir/moved/share/glib-2.0/schemas"
ok $? "its settings are those of the schema"
opens='"$0" & opened=$!
for turn in $(seq 100); do
  sleep 0.2
  xdotool search --onlyvisible --class escapement && { kill $opened; exit 0; }
  kill -0 $opened || exit 1
done
exit 1'
"$with_display" sh -c "$opens" "$dir/moved/bin/escapement" >"$dir/window" 2>&1
result=$?
[ $result -eq 0 ] || sed 's/^/# /' "$dir/window"
ok $result "the moved window opens"

(cd "$build" && meson --internal uninstall) >/dev/null
ok $? "it is uninstalled"
[ -z "$(find "$dir/staged" -type f)" ]
ok $? "nothing is left of it"
echo "1..$number"
