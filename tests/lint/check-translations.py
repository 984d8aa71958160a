#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Translations keep what is not for translating: what stands for a value, markup, access keys,
names in backticks, how a message begins and ends.  A message without a translation is shown
in English, and counted here.
Usage: check-translations.py SOURCE-ROOT"""
import collections
import pathlib
import re
import subprocess
import sys

po = pathlib.Path(sys.argv[1]) / "po"
KEPT = (r"</?[a-z]+[^<>]*?>", r"`[^`]*`", r"&[a-z]+;", r"\\n")
Message = collections.namedtuple("Message", "original translations")


def run(*command):
    return subprocess.run(command, capture_output=True, text=True)


def read_string(entry, key):
    """What follows `key`, over all its lines; "" if there is none."""
    found = re.search(rf'^{re.escape(key)} ((?:".*"\n?)+)', entry, re.M)
    return "".join(re.findall(r'"(.*)"', found[1])) if found else ""


def read_messages(path):
    text = run("msgcat", "--no-wrap", path).stdout
    for entry in text.split("\n\n")[1:]:
        if entry.startswith("#~"):
            continue
        plurals = re.findall(r"^(msgstr\[\d\]) ", entry, re.M) or ["msgstr"]
        yield Message(read_string(entry, "msgid"), [read_string(entry, p) for p in plurals])


def find_difference(original, translation):
    """The first thing that was not kept, or None."""
    for pattern in KEPT:
        if sorted(re.findall(pattern, original)) != sorted(re.findall(pattern, translation)):
            return f"not the same {pattern}"
    for at, where in ((0, "beginning"), (-1, "end")):
        if original[at].isspace() != translation[at].isspace():
            return f"a blank at the {where}"
    if (original[-1] in ":…") != (translation[-1] in ":…"):
        return "another last sign"
    return None


results = []
languages = (po / "LINGUAS").read_text().split()
files = sorted(path.stem for path in po.glob("*.po"))
results.append(("po/LINGUAS names the translations that there are",
                [] if sorted(languages) == files else [f"{languages} but {files}"]))
for language in languages:
    path = po / f"{language}.po"
    checked = run("msgfmt", "--check", "--check-accelerators=_", "--output-file=/dev/null", path)
    results.append((f"msgfmt finds nothing wrong with {language}",
                    checked.stderr.splitlines() if checked.returncode else []))
    messages = list(read_messages(path))
    wrong = [f"{why}: {m.original} | {t}" for m in messages for t in m.translations if t
             for why in [find_difference(m.original, t)] if why]
    results.append((f"{language} keeps what is not for translating", wrong))
    done = sum(all(m.translations) for m in messages)
    print(f"# {language}: {done} of {len(messages)} messages")

print(f"1..{len(results)}")
for number, (name, problems) in enumerate(results, 1):
    for problem in problems:
        print(f"# {problem}")
    print("not ok" if problems else "ok", number, "-", name)
sys.exit(any(problems for _, problems in results))
