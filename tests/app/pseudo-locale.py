#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A translation that nobody wrote: every string accented, in brackets and at least 40 %
longer, so that what is not translated or does not fit shows.
Usage: pseudo-locale.py SOURCE-ROOT FOLDER STAMP; writes FOLDER/zxx/LC_MESSAGES/escapement.mo"""
import pathlib
import re
import subprocess
import sys

ACCENTED = str.maketrans("aceilnorsuyzACEILNORSUYZ", "áčéíłñóřšúýžÁČÉÍŁÑÓŘŠÚÝŽ")
# What must survive: formats, tags, escapes.
KEPT = re.compile(r"%%|%[-+ #0]*\d*(?:\.\d+|\.\*)?(?:hh|h|ll|l|z)?[a-zA-Z]|<[^>]*>|&\w+;|\\.")
KEYWORDS = ["_", "N_", "C_:1c,2", "NC_:1c,2", "g_dngettext:2,3", "ngettext:1,2"]


def accent(text):
    parts, at = [], 0
    for match in KEPT.finditer(text):
        parts += [text[at:match.start()].translate(ACCENTED), match.group()]
        at = match.end()
    return "".join([*parts, text[at:].translate(ACCENTED)])


def lengthen(text):
    missing = max(1, -(-len(KEPT.sub("", text)) * 2 // 5) - 2)
    words = " ".join("ó" * min(5, missing - at) for at in range(0, missing, 6))
    # Line ends at the ends stay there.
    start, middle, end = re.fullmatch(r"((?:\\n)*)(.*?)((?:\\n)*)", text).groups()
    return f"{start}⟦{accent(middle)} {words}⟧{end}"


def translate(match):
    lines = re.findall(r'"(.*)"', match.group(2))
    text = "".join(lines)
    return f'msgstr{match.group(1) or ""} "{lengthen(text) if text else ""}"'


root, folder, stamp = (pathlib.Path(argument).resolve() for argument in sys.argv[1:])
files = [line for line in (root / "po/POTFILES").read_text().split("\n")
         if line.endswith((".c", ".h", ".ui"))]
target = folder / "zxx" / "LC_MESSAGES"
target.mkdir(parents=True, exist_ok=True)
subprocess.run(["xgettext", "--from-code=UTF-8", "--add-comments", *[f"--keyword={k}" for k in KEYWORDS],
                "--package-name=escapement", "-o", folder / "pseudo.pot", *files], cwd=root, check=True)
subprocess.run(["msgen", "--no-wrap", "-o", folder / "english.po", folder / "pseudo.pot"], check=True)
header, body = (folder / "english.po").read_text(encoding="utf-8").split("\n\n", 1)
header = header.replace("CHARSET", "UTF-8").replace("nplurals=INTEGER; plural=EXPRESSION",
                                                    "nplurals=2; plural=n != 1")
body = re.sub(r'^msgstr(\[\d\])? ((?:".*"\n?)+)', lambda m: translate(m) + "\n", body, flags=re.M)
(folder / "pseudo.po").write_text(f"{header}\n\n{body}", encoding="utf-8")
subprocess.run(["msgfmt", "--check-format", "-o", target / "escapement.mo", folder / "pseudo.po"],
               check=True)
stamp.touch()
