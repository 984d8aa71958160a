#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every place that a person gets to by keys, as a screen reader meets it: menus, dialogs,
messages, tables.  Usage: test-accessible-places.py PROGRAM
Prints TAP."""
import os
import pathlib
import sys
import tempfile
import time

from named import check_place, describe, get_plots, get_windows, is_named
from outside import (end, find_application, focus_window, has_state, key, pyatspi, report, start,
                     start_in, wait, walk)

SMALL = """[experiment]
version=1
name=small
title=Small
[problem]
kind=low-rank-polynomial
rank=1
degree=2
d=6
n=30
n-test=50
[run.1]
learner=lazy
m=6
activation=softplus
steps=20
[run.2]
learner=joint
m=6
activation=softplus
steps=20
"""
TABLE = "x,y,target\n" + "".join(f"{i % 7},{i % 5},{i % 3}\n" for i in range(60))
TWO_PAGES = ["ctrl+1", "ctrl+2"]
MENU_ITEMS = {"menu item", "check menu item", "radio menu item"}
# Keys until something that Tab leads to has to have come.
MOST_TABS = 120


def get_focus(application):
    for node in walk(application):
        try:
            if has_state(node, pyatspi.STATE_FOCUSED):
                return node
        except Exception:  # taken away while it was looked at
            continue
    return None


def is_focused(node):
    return has_state(node, pyatspi.STATE_FOCUSED)


def say(node):
    return "nothing" if node is None else describe(node)


def find(application, role, name):
    for node in walk(application):
        try:
            if node.getRoleName() == role and node.name == name:
                return node
        except Exception:
            continue
    return None


def tab_to(node):
    for _ in range(MOST_TABS):
        if is_focused(node):
            return True
        key("Tab")
        time.sleep(0.05)
    return wait(lambda: is_focused(node))


def open_program(program):
    application = wait(lambda: find_application(program.pid))
    wait(lambda: len(get_plots(application)) >= 4)
    focus_window(".")
    wait(lambda: get_focus(application))
    return application


# --- popovers -----------------------------------------------------------------------


def get_items(application, roles):
    return [n for n in walk(application) if n.getRoleName() in roles
            and has_state(n, pyatspi.STATE_VISIBLE)]


def check_returned(application, name, before):
    came_back = wait(lambda: is_focused(before))
    report(f"{name}: Escape leads back to where focus was",
           [] if came_back else [f"from {say(before)} to {say(get_focus(application))}"])


def check_popover(application, name, keys, roles, least):
    before = get_focus(application)
    others = len(get_items(application, roles))
    key(*keys)
    wait(lambda: len(get_items(application, roles)) >= others + least)
    items = get_items(application, roles)
    problems = [f"unnamed: {describe(n)}" for n in items if not is_named(n)]
    if len(items) < others + least:
        problems.append(f"{len(items) - others} items")
    report(f"{name}: every item has a name ({len(items) - others})", problems)
    wait(lambda: not is_focused(before))
    key("Escape")
    check_returned(application, name, before)


def check_card_menus(application):
    for page in TWO_PAGES:
        key(page)
        time.sleep(0.3)
        for plot in get_shown_plots(application, page):
            if not tab_to(plot):
                report(f"Tab leads to {plot.name}", ["it does not"])
                continue
            check_popover(application, f"menu of {plot.name}", ["shift+F10"], MENU_ITEMS, 7)
    key("ctrl+1")


def get_shown_plots(application, page):
    plots = get_plots(application)
    return plots[:4] if page == "ctrl+1" else plots[4:]


# --- windows ------------------------------------------------------------------------


def check_window(application, name, keys, least):
    before = get_focus(application)
    key(*keys)
    if not wait(lambda: len(get_windows(application)) == 2):
        report(f"{name}: opens by key", [f"no window after {keys}"])
        return
    check_place(name, get_windows(application)[-1], least)
    key("Escape")
    closed = wait(lambda: len(get_windows(application)) == 1)
    report(f"{name}: Escape closes it", [] if closed else ["it stays open"])
    focus_window(".")  # what a window manager does
    check_returned(application, name, before)


def check_tables(application):
    for page in TWO_PAGES:
        key(page)
        time.sleep(0.3)
        for plot in get_shown_plots(application, page):
            tab_to(plot)
            check_window(application, f"table of {plot.name}", ["ctrl+t"], 8)
    key("ctrl+1")


def check_export(application):
    key("ctrl+e")
    wait(lambda: len(get_windows(application)) == 2)
    dialog = get_windows(application)[-1]
    tab_to(wait(lambda: find(dialog, "combo box", "Format")))
    check_popover(application, "export, formats, by mnemonic", ["alt+f"], {"list item"}, 3)
    key("Escape")
    wait(lambda: len(get_windows(application)) == 1)
    focus_window(".")


def change_something(application):
    samples = find(application, "spin button", "Samples n")
    reached = tab_to(samples)
    report("Tab leads to a setting", [] if reached else [say(get_focus(application))])
    check_popover(application, "card of a setting", ["shift+F1"], {"label"}, 1)
    key("ctrl+a", "5", "0", "Return")


# --- messages -----------------------------------------------------------------------


def get_messages(application):
    return [n for n in walk(application)
            if n.getRoleName() == "alert" and has_state(n, pyatspi.STATE_VISIBLE)]


def check_message(application, name, words):
    messages = wait(lambda: get_messages(application))
    problems = [] if any(words in n.name for n in messages) else [n.name for n in messages] or ["none"]
    report(f"{name}: a message called by its words", problems)
    check_place(f"{name}, the window", application, 60)


def write(folder, name, text):
    file = os.path.join(folder, name)
    with open(file, "w", encoding="utf-8") as out:
        out.write(text)
    return file


def check_experiment(program, folder):
    with start(program, write(folder, "small.escapement", SMALL)) as process:
        application = open_program(process)
        train = find(application, "push button", "Train")
        key("space")
        report("Space trains to the end",
               [] if wait(lambda: train.name == "Train Again") else [train.name])
        check_card_menus(application)
        check_popover(application, "menu of the window", ["F10"], MENU_ITEMS, 12)
        check_popover(application, "shipped experiments", ["ctrl+p"], {"list item"}, 10)
        check_tables(application)
        check_window(application, "export", ["ctrl+e"], 8)
        check_export(application)
        check_window(application, "shortcuts", ["ctrl+question"], 3)
        check_window(application, "about", ["F10", "b"], 3)
        key("ctrl+k")
        key("ctrl+2")
        check_place("second page, with curves to compare", application, 60)
        key("ctrl+1")
        change_something(application)
        check_window(application, "unsaved changes", ["ctrl+n"], 3)
        report("the program still runs", [] if process.poll() is None else ["it ended"])


def check_data(program, folder):
    for name, text, least in (("table", TABLE, 4), ("refused table", "a,b\n1,two\n", 2)):
        with start(program, write(folder, "own.csv", text)) as process:
            application = wait(lambda: find_application(process.pid))
            wait(lambda: len(get_windows(application)) == 2)
            check_place(f"own data, {name}", get_windows(application)[-1], least)
            focus_window("Own Data")
            key("Escape")
            closed = wait(lambda: len(get_windows(application)) == 1)
            report(f"own data, {name}: Escape closes it", [] if closed else ["it stays open"])


def is_kept(home):
    """Whether the experiment is where the next start finds it."""
    return list(pathlib.Path(home).glob("escapement/recovery/*/experiment.escapement"))


def check_messages(program, folder):
    with start(program, os.path.join(folder, "missing.escapement")) as process:
        check_message(open_program(process), "a file that is not there", "missing")
    home = os.path.join(folder, "home")
    os.mkdir(home)
    with start_in(home, program, write(folder, "small.escapement", SMALL)) as process:
        application = open_program(process)
        step = find(application, "push button", "Step")
        wait(lambda: has_state(step, pyatspi.STATE_SENSITIVE))
        key("period")
        report("what runs is kept", [] if wait(lambda: is_kept(home)) else ["it is not"])
    with start_in(home, program) as process:
        application = open_program(process)
        check_message(application, "after the program was killed", "interrupted")
        key("alt+d")
        gone = wait(lambda: not get_messages(application))
        report("a mnemonic of a message works", [] if gone else ["the message stays"])


def main():
    with tempfile.TemporaryDirectory() as folder:
        check_experiment(sys.argv[1], folder)
        check_data(sys.argv[1], folder)
        check_messages(sys.argv[1], folder)


main()
end()
