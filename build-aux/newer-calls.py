#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What GTK and libadwaita have added or deprecated since the releases that we build on, read
off the headers of newer ones: first their versions, then a name and why, one a line, for the
test lint/newer-calls.
Usage: newer-calls.py INCLUDE-FOLDER > tests/lint/newer-calls.txt"""
import pathlib
import re
import sys

BASELINE = {"GDK": (4, 8), "ADW": (1, 2)}
LIBRARY = {"GDK": "GTK", "ADW": "libadwaita"}
MARK = re.compile(r"^(GDK|ADW)_(DEPRECATED|AVAILABLE)_IN_(\d+)_(\d+)(?:_FOR\s*\([^)]*\))?\s+"
                  r"(G_DECLARE_\w+\s*\([^)]*\)|[^;{]+)", re.M)
# Of classes that are deprecated as a whole; some of their functions have no mark.
CLASS = re.compile(r"^#define GTK_TYPE_\w+\s+\(?(\w+_get_type)", re.M)
DECLARED = re.compile(r"G_DECLARE_(?:FINAL|DERIVABLE)_TYPE\s*\(\s*(\w+)\s*,\s*(\w+)")


def make_class(function):
    """GtkFileDialog of gtk_file_dialog_get_type; nothing of another function."""
    stem = re.fullmatch(r"(\w+)_get_type", function)
    return [stem[1].title().replace("_", "")] if stem else []


def find_names(declaration):
    declared = DECLARED.match(declaration)
    if declared:
        return [declared[1], declared[2] + "_get_type"]
    function = re.search(r"(\w+)\s*\(", declaration)
    return [function[1], *make_class(function[1])] if function else []


def read_version(library):
    """As 4.8.3."""
    text = "".join(h.read_text("utf-8") for h in headers if h.name.endswith("version.h"))
    return ".".join(re.search(rf"^#define {library}_{part}_VERSION\s+\(?(\d+)", text, re.M)[1]
                    for part in ("MAJOR", "MINOR", "MICRO"))


headers = sorted(header for folder in ("gtk-4.0", "libadwaita-1")
                 for header in (pathlib.Path(sys.argv[1]) / folder).rglob("*.h"))
marked = {}
for header in headers:
    if header.parent.name == "deprecated":
        for function in CLASS.findall(header.read_text("utf-8")):
            for name in make_class(function):
                marked.setdefault(name, "deprecated in GTK")
    for library, what, major, minor, declaration in MARK.findall(header.read_text("utf-8")):
        version = (int(major), int(minor))
        if version <= BASELINE[library]:
            continue
        since = f"{LIBRARY[library]} {major}.{minor}"
        for name in find_names(declaration):
            # What is new and old by now is new here.
            if what == "AVAILABLE" or name not in marked:
                marked[name] = ("new in " if what == "AVAILABLE" else "deprecated since ") + since
print(f"# GTK {read_version('GTK')}, libadwaita {read_version('ADW')}")
for name in sorted(marked):
    print(f"{name}\t{marked[name]}")
