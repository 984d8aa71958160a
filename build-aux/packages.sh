# SPDX-License-Identifier: GPL-3.0-or-later
# What ./run and ./check need from the system; sourced by both.

# Debian's names. On another distribution the same things have other names, so there we
# only say what is needed.
build_packages="gcc libc6-dev meson ninja-build pkg-config gettext libglib2.0-dev libgtk-4-dev
  libadwaita-1-dev libgsl-dev libopenblas-pthread-dev desktop-file-utils shared-mime-info"
window_packages="adwaita-icon-theme fonts-dejavu-core librsvg2-common dconf-gsettings-backend"
display_packages="xvfb xauth"
peer_packages="python3-numpy python3-torch"
test_packages="$display_packages xdotool dbus dbus-x11 appstream libxml2-utils clang-format-14 git
  python3 python3-numpy locales binutils libgl1-mesa-dri libegl1 at-spi2-core procps
  python3-pyatspi gir1.2-atspi-2.0"
# librsvg2-common: flatpak reads the icon when it exports it.
flatpak_packages="$display_packages flatpak flatpak-builder bubblewrap ostree elfutils mmdebstrap git
  python3 xdotool imagemagick dbus dbus-x11 xdg-desktop-portal xdg-desktop-portal-gtk fuse3
  librsvg2-common fonts-dejavu-core"

missing_packages () {
  for package in "$@"; do
    case $(dpkg-query -W -f '${Status}' "$package" 2>/dev/null) in
      *" installed") ;;
      *) echo "$package" ;;
    esac
  done
}

# Installs the packages that are missing, saying which. Elsewhere than on Debian: goes on
# if pkg-config finds the libraries, else names them and stops.
require_packages () {
  if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
    if command -v meson >/dev/null && command -v pkg-config >/dev/null &&
       pkg-config --exists 'gtk4 >= 4.8' 'libadwaita-1 >= 1.2' 'gsl >= 2.7' openblas; then
      return
    fi
    echo "$program: this is not Debian or Ubuntu, so please install these (Debian's names):" >&2
    echo "$@" | tr -s ' \n' '\n' | sed 's/^/  /' >&2
    exit 1
  fi
  missing=$(missing_packages "$@")
  [ -n "$missing" ] || return 0
  as_root=
  if [ "$(id -u)" != 0 ]; then
    if ! command -v sudo >/dev/null; then
      echo "$program: these packages are missing, and there is no sudo; as root, run" >&2
      echo "  apt-get update && apt-get install --no-install-recommends" $missing >&2
      exit 1
    fi
    as_root=sudo
  fi
  echo "$program: installing" $missing >&2
  $as_root env DEBIAN_FRONTEND=noninteractive apt-get update -q >/dev/null
  $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $missing >/dev/null
}

# configure FOLDER [MESON OPTION…]: sets up a build folder once.
configure () {
  folder=$1; shift
  [ -f "$folder/build.ninja" ] || meson setup "$folder" "$@" >"$folder-setup.log" 2>&1 ||
    { cat "$folder-setup.log" >&2; exit 1; }
  rm -f "$folder-setup.log"
}

# compile FOLDER: builds, quietly unless it fails.
compile () {
  [ -e "$1/compile.log" ] || echo "$program: building in $(basename "$1"), a minute or two" >&2
  ninja -C "$1" >"$1/compile.log" 2>&1 || { tail -n 60 "$1/compile.log" >&2; exit 1; }
}
