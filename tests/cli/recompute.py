#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Recomputes a run folder's numbers from its arrays, outside the program.

Only for σ = z + z²/2 (joint-quick-quad) and the runs lazy, quadratic, joint, joint."""
import configparser
import sys

import numpy as np

# The arrays are float32 and training runs in float32.
TOLERANCE = 2e-4

folder = sys.argv[1]


def load(name):
    return np.load(f"{folder}/{name}.npy").astype(float)


def near(what, got, want):
    if abs(got - want) > TOLERANCE * max(abs(want), 1e-3):
        print(f"# {what}: recomputed {got:.8g}, written {want:.8g}")
        near.good = False


near.good = True
summary = configparser.ConfigParser()
summary.read(f"{folder}/summary.ini")
data = {which: (load(f"x-{which}"), load(f"y-{which}")) for which in ("train", "test")}
variance = np.var(data["test"][1])

for run, (linear, quadratic) in enumerate([(1, 0), (0, 1), (1, 1), (1, 1)], start=1):
    w0, a, b, w = (load(f"run{run}-{name}") for name in ("w0", "a", "b", "w"))
    m = len(a)
    section = summary[f"run.{run}"]
    for which, (x, y) in data.items():
        z, u = x @ w0.T + b, x @ w.T
        f_linear = ((1 + z) * u) @ a / np.sqrt(m)
        f_quadratic = (u * u) @ a / (2 * np.sqrt(m))
        loss = np.mean((linear * f_linear + quadratic * f_quadratic - y) ** 2) / variance
        near(f"run {run} {which} loss", loss, float(section[f"{which}-loss"]))
    near(f"run {run} movement", np.linalg.norm(w), float(section["movement"]))
    near(f"run {run} relative", np.linalg.norm(w) / np.linalg.norm(w0),
         float(section["relative-movement"]))
    near(f"run {run} 2,4", np.sum(np.sum(w * w, 1) ** 2) ** 0.25, float(section["norm-2-4"]))
    near(f"run {run} energies", sum(float(section[f"energy-q{q}"]) for q in (1, 2, 3)),
         np.sum(w * w))
sys.exit(0 if near.good else 1)
