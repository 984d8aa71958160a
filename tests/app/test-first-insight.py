#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The first minute: started for the first time, one click on Train, and the window says what
it exists to show.  Usage: test-first-insight.py PROGRAM   Prints TAP, with the seconds."""
import re
import sys
import time

from outside import click, end, find_application, report, start, wait, walk

# What the two runs worth comparing must have been found to do.
INSIGHTS = {
    "the lazy run is told to memorise in Q2": r"^Lazy: .*Q2, where it memorises",
    "the regularised run is told to move in Q3": r"^Rich: still falling; .*Q3, only",
}


def find(application, role, name):
    for node in walk(application):
        try:
            if node.getRoleName() == role and re.search(name, node.name):
                return node
        except Exception:  # taken away while it was looked at
            continue
    return None


def main():
    began = time.monotonic()
    with start(sys.argv[1]) as program:
        application = wait(lambda: find_application(program.pid))
        train = wait(lambda: application and find(application, "push button", "^Train$"))
        if not train:
            report("the window opens with Train in it", ["it does not"])
            return
        print(f"# Train is there after {time.monotonic() - began:.1f} s")
        click(train)
        for words, pattern in INSIGHTS.items():
            found = wait(lambda: find(application, "label", pattern))
            report(words, [] if found else [n.name for n in walk(application)
                                            if n.getRoleName() == "label"])
            if found:
                print(f"# after one click and {time.monotonic() - began:.1f} s: {found.name}")


main()
end()
