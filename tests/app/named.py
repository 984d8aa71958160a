# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tests share that ask whether every control has a name."""
import re
import time

from outside import children, has_state, key, pyatspi, report, wait, walk

# What a person can act on, and what speaks up.  A list is a place, its items are what one
# acts on.
CONTROLS = {
    "push button", "toggle button", "check box", "radio button", "spin button", "text",
    "entry", "combo box", "list item", "menu item", "check menu item", "radio menu item",
    "slider", "switch", "link", "table cell", "table row", "page tab", "alert",
}
# GTK's name for what has none is its type.
TYPE_NAME = re.compile(r"^(Gtk|Adw|Esc|Gdk)[A-Z]\w*$")


def describe(node):
    path = []
    while node is not None and node.getRoleName() != "application":
        path.append(f"{node.getRoleName()} “{node.name}”")
        node = node.parent
    return " < ".join(path[:5])


def is_named(node):
    return node.name.strip() and not TYPE_NAME.match(node.name)


def is_doubled(name):
    name = name.replace("_", "")
    half = len(name) // 2
    return len(name) > 3 and name[:half] == name[half + 1:]


def find_unnamed(root):
    problems, controls = [], 0
    for node in walk(root):
        try:
            role = node.getRoleName()
            is_plot = role == "image" and has_state(node, pyatspi.STATE_FOCUSABLE)
            if role not in CONTROLS and not is_plot:
                continue
            if not has_state(node, pyatspi.STATE_VISIBLE):
                continue
            controls += 1
            if not is_named(node):
                problems.append(f"unnamed: {describe(node)}")
            elif is_doubled(node.name):
                problems.append(f"said twice: {describe(node)}")
        except Exception:
            continue
    return problems, controls


def get_windows(application):
    return children(application)


def get_plots(application):
    return [n for n in walk(application)
            if n.getRoleName() == "image" and has_state(n, pyatspi.STATE_FOCUSABLE)]


def check_place(name, root, least):
    wait(lambda: find_unnamed(root)[1] >= least)
    problems, controls = find_unnamed(root)
    if controls < least:
        problems.append(f"only {controls} controls were found, expected {least}")
    report(f"{name}: every control has a name ({controls})", problems)


def open_window(application, keys):
    before = len(get_windows(application))
    key(*keys)
    if not wait(lambda: len(get_windows(application)) > before):
        return None
    time.sleep(0.3)
    return get_windows(application)[-1]
