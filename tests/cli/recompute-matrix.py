#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Recomputes what a run folder says of estimated matrices from their factors, outside the
program: L = Σ_j a_j w_j w_jᵀ."""
import configparser
import sys

import numpy as np

# The arrays are float32.
TOLERANCE = 2e-4

folder = sys.argv[1]


def load(name):
    return np.load(f"{folder}/{name}.npy").astype(float)


def load_matrix(who):
    a, w = load(f"{who}-a"), load(f"{who}-w")
    return (w.T * a) @ w, np.linalg.qr(w.T)[0]


def near(what, got, want):
    if abs(got - want) > TOLERANCE * abs(want):
        print(f"# {what}: recomputed {got:.8g}, written {want:.8g}")
        near.good = False


near.good = True
summary = configparser.ConfigParser()
summary.read(f"{folder}/summary.ini")
truth, span = load_matrix("teacher")
near("the teacher", np.linalg.norm(truth), 1.0)
data = {which: (load(f"x-{which}"), load(f"y-{which}")) for which in ("train", "test")}
variance = np.var(data["test"][1])
runs = [section for section in summary.sections() if section.startswith("run.")]
for section in runs:
    found, directions = load_matrix(section.replace(".", ""))
    written = summary[section]
    near(f"{section} error", np.linalg.norm(found - truth), float(written["relative-error"]))
    cosines = np.linalg.svd(directions.T @ span, compute_uv=False)
    near(f"{section} angle", np.sqrt(1 - cosines[-1] ** 2),
         np.sin(float(written["largest-angle"])))
    for which, (x, y) in data.items():
        loss = np.mean((np.einsum("ni,ij,nj->n", x, found, x) - y) ** 2) / variance
        near(f"{section} {which} loss", loss, float(written[f"{which}-loss"]))
sys.exit(0 if near.good and runs else 1)
