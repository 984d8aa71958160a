# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tests share that start the real program and look at it from outside, through the
accessibility tree.  Prints TAP."""
import contextlib
import os
import subprocess
import sys
import tempfile
import time

# Warnings are fatal to the program, not to the library that looks at it.
program_environment = dict(os.environ, GTK_A11Y="atspi")
os.environ.pop("G_DEBUG", None)

import pyatspi  # noqa: E402

PATIENCE = 60  # seconds until something that does not come is taken to never come

number = failures = 0


def report(name, problems):
    global number, failures
    number += 1
    for problem in list(problems)[:20]:
        print(f"# {problem}")
    failures += bool(problems)
    print(f"{'not ok' if problems else 'ok'} {number} - {name}", flush=True)


def end():
    print(f"1..{number}")
    sys.exit(failures > 0)


@contextlib.contextmanager
def start_in(home, program, *files):
    """The program of a person whose settings and files are below `home`."""
    environment = dict(program_environment, XDG_STATE_HOME=home, XDG_CONFIG_HOME=home,
                       XDG_DATA_HOME=home)
    process = subprocess.Popen([program, *files], env=environment)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


@contextlib.contextmanager
def start(program, *files):
    """The program as on its first start: no settings, no files of an earlier one."""
    with tempfile.TemporaryDirectory() as home, start_in(home, program, *files) as process:
        yield process


def children(node):
    try:
        return [c for c in (node.getChildAtIndex(i) for i in range(node.childCount)) if c]
    except Exception:  # taken away while it was looked at
        return []


def walk(node):
    yield node
    for child in children(node):
        yield from walk(child)


def wait(condition):
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        found = condition()
        if found:
            return found
        time.sleep(0.05)
    return condition()


def has_state(node, state):
    return node.getState().contains(state)


def find_application(pid):
    for application in pyatspi.Registry.getDesktop(0):
        if application and application.get_process_id() == pid and application.childCount:
            return application
    return None


def key(*keys):
    subprocess.run(["xdotool", "key", "--clearmodifiers", *keys], check=True)


def focus_window(name):
    window = subprocess.run(["xdotool", "search", "--sync", "--onlyvisible", "--name", name],
                            check=True, capture_output=True, text=True).stdout.split()[-1]
    subprocess.run(["xdotool", "windowfocus", "--sync", window], check=True)


def click(node):
    """A click in the middle of a control of a window in the corner of the display."""
    box = node.queryComponent().getExtents(pyatspi.WINDOW_COORDS)
    subprocess.run(["xdotool", "mousemove", str(box.x + box.width // 2),
                    str(box.y + box.height // 2), "click", "1"], check=True)
