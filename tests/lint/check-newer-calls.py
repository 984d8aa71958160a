#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Calls that GTK and libadwaita have added or deprecated since the releases that we build on
stay in esc-compat, so that one file is read when a release comes out.  The list of them is
made by build-aux/newer-calls.py: functions and types, not properties, signals or values of
enumerations, which no compiler tells either.  Usage: check-newer-calls.py SOURCE-ROOT"""
import pathlib
import re
import sys

# GTK has no other list of shortcuts that our baseline has, too; GtkBuilder makes it.
EXCEPT = {"src/app/esc-compat.c", "src/app/esc-compat.h", "ui/gtk/help-overlay.ui"}
# As long a list as one release of either deprecates; a shorter one was not read off headers.
SHORTEST = 1000

root = pathlib.Path(sys.argv[1])
lines = (root / "tests/lint/newer-calls.txt").read_text("utf-8").splitlines()
print(lines[0])
why = dict(line.split("\t") for line in lines[1:])
files = [path for folder in ("src", "ui") for path in sorted((root / folder).rglob("*"))
         if path.suffix in (".c", ".h", ".ui") and str(path.relative_to(root)) not in EXCEPT]


def find(text):
    """Newer names in a text, with what is the matter with each."""
    return [(word, why[word]) for word in re.findall(r"\w+", text) if word in why]


found = [f"{path.relative_to(root)}:{number}: {word} is {reason}"
         for path in files
         for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
         for word, reason in find(line)]
for line in found:
    print("#", line)
print("not ok" if found else "ok", "1 - newer and deprecated calls stay in esc-compat")
known = (len(why) >= SHORTEST and find("gtk_dialog_new ();") and find("gtk_file_dialog_new ();")
         and find('<object class="AdwLeaflet">') and not find("gtk_button_new ();"))
print("ok" if known else "not ok", "2 - the list knows newer and deprecated calls")
print("1..2")
