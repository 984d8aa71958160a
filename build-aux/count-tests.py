#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Adds up the subtests of Meson's test logs and ends with "N passed, N failed"."""
import json
import re
import sys


def count(test):
    """Passed, failed and skipped subtests of one test program."""
    lines = re.findall(r"^\s*((?:not )?ok \d+[^\n]*)", test.get("stdout") or "", re.M)
    good = test["result"] in ("OK", "EXPECTEDFAIL")
    skipped = sum("# SKIP" in line for line in lines)
    passed = sum(line.startswith("ok") for line in lines) - skipped
    failed = sum(line.startswith("not") for line in lines)
    if not lines:
        passed = int(good)
    # A program that fails without a failing subtest (a crash, a leak, a time-out) counts.
    if not good and failed == 0:
        failed = 1
    return passed, failed, skipped


def main():
    total = [0, 0, 0]
    for path in sys.argv[1:]:
        with open(path, encoding="utf-8") as log:
            for line in log:
                test = json.loads(line)
                numbers = count(test)
                if numbers[1] > 0:
                    print("failed:", test["name"])
                total = [a + b for a, b in zip(total, numbers)]
    passed, failed, skipped = total
    if skipped > 0:
        print(skipped, "skipped")
    print(f"{passed} passed, {failed} failed")
    sys.exit(failed > 0 or passed == 0)


if __name__ == "__main__":
    main()
