#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The program as a screen reader meets it: started as a person would, seen through the
accessibility tree from outside, driven by keys alone.  Usage: test-accessible.py PROGRAM
Prints TAP."""
import re
import sys
import time

from named import check_place, describe, get_plots, get_windows, is_named, open_window
from outside import (end, find_application, focus_window, has_state, key, pyatspi, report, start,
                     wait, walk)

def check_window(application, name, keys, least):
    window = open_window(application, keys)
    if window is None:
        report(f"{name}: opens by key", [f"no window after {keys}"])
        return
    check_place(name, window, least)
    check_closes(application, name)


def check_closes(application, name):
    count = len(get_windows(application))
    key("Escape")
    report(f"{name}: closes by key",
           [] if wait(lambda: len(get_windows(application)) < count) else ["it stays open"])


def check_shortcuts(application):
    window = open_window(application, ["ctrl+question"])
    labels = [] if window is None else [n for n in walk(window) if n.getRoleName() == "label"]
    report("shortcuts: opens by key and lists", [] if len(labels) > 20 else [f"{len(labels)} labels"])
    check_closes(application, "shortcuts")


def check_name(application, role, name):
    found = [n.name for n in walk(application) if n.getRoleName() == role]
    report(f"a {role} is called {name} and nothing else", [] if name in found else found)


def check_plots(application):
    plots = get_plots(application)
    problems = [f"no name: {describe(p)}" for p in plots if not is_named(p)]
    problems += [f"no sentence: {describe(p)}" for p in plots
                 if not re.match(r"^\S.*\.$", p.description, re.S)]
    if len(plots) < 4:
        problems.append(f"{len(plots)} plots")
    report("every plot is an image with a name and a sentence", problems)
    loss = plots[0]
    before = loss.description
    key("space")
    changed = wait(lambda: loss.description != before and "Step" in loss.description)
    report("the sentence of a plot follows the training", [] if changed else [before])
    key("space")


def check_table(application):
    window = open_window(application, ["ctrl+t"])
    if window is None:
        report("a plot as a table", ["no window after Ctrl+T"])
        return
    cells = [n.name for n in walk(window) if n.getRoleName() == "label" and ": " in n.name]
    numbers = [c for c in cells if re.search(r": [\d−]", c)]
    report("a plot as a table: cells say their column and value",
           [] if len(numbers) >= 5 else [f"{len(cells)} cells", *cells[:5]])
    key("Escape")
    wait(lambda: len(get_windows(application)) == 1)


def check_menu(application, name, keys, least):
    key(*keys)

    def is_open():
        return [n for n in walk(application) if n.getRoleName() in ("menu", "popup menu", "menu item")
                and has_state(n, pyatspi.STATE_VISIBLE)]
    items = wait(lambda: [n for n in is_open() if n.getRoleName() == "menu item"])
    problems = [f"unnamed: {describe(n)}" for n in items if not is_named(n)]
    if len(items) < least:
        problems.append(f"{len(items)} items")
    report(f"{name}: every item has a name ({len(items)})", problems)
    key("Escape")
    time.sleep(0.3)


def main():
    with start(sys.argv[1]) as program:
        application = wait(lambda: find_application(program.pid))
        if application is None:
            report("the program is in the accessibility tree", ["it is not"])
            return
        wait(lambda: len(get_plots(application)) >= 4)
        focus_window(".")
        check_place("window", application, 60)
        check_name(application, "push button", "Train")
        check_plots(application)
        check_menu(application, "menu of the window", ["F10"], 8)
        check_table(application)
        check_window(application, "help", ["F1"], 60)
        check_shortcuts(application)
        check_place("window, after all", application, 60)
        report("the program still runs", [] if program.poll() is None else ["it ended"])


main()
end()
