#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Recomputes the losses of a run folder and its teacher from its arrays, outside the program:
every learner without two layers or a matrix, and every teacher, on Gaussian inputs."""
import configparser
import glob
import sys

import numpy as np

# Inputs, and predictions before they are compared, are float32.
TOLERANCE = 2e-5

folder = sys.argv[1]


def load(name):
    return np.load(f"{folder}/{name}.npy").astype(float)


def near(what, got, want):
    got, want = np.asarray(got), np.asarray(want)
    error = np.max(np.abs(got - want)) / np.max(np.abs(want))
    if not error <= TOLERANCE:
        print(f"# {what}: relative error {error:.3g}")
        near.good = False


near.good = True


def hermite(p, z):
    before, now = 0.0, 1.0
    for j in range(p):
        before, now = now, (z * now - np.sqrt(j) * before) / np.sqrt(j + 1)
    return now


def relu(z):
    return np.maximum(z, 0.0)


# --- kernels -----------------------------------------------------------------------------


def wide_kernel(x, z):
    """Of a wide ReLU network with bias, K1 + K2, c = 2."""
    d = x.shape[1]
    s, a, b = ((p + d) / (d + 1) for p in (x @ z.T, np.sum(x * x, 1)[:, None], np.sum(z * z, 1)))
    cosine = np.clip(s / np.sqrt(a * b), -1, 1)
    angle = np.arccos(cosine)
    first = (np.pi - angle) / np.pi
    return s * first + np.sqrt(a * b) * (np.sin(angle) + (np.pi - angle) * cosine) / np.pi


def narrow_kernel(x, z, w0, b):
    """The same as a mean over neurons."""
    d, u, v = x.shape[1], x @ w0.T + b, z @ w0.T + b
    first = 2 * ((u > 0) * 1.0) @ (v > 0).T / len(b)
    return (x @ z.T + d) / (d + 1) * first + 2 * relu(u) @ relu(v).T / len(b)


def kernel(run, x, z, keys):
    d, kind = x.shape[1], keys.get("kernel", "network")
    if keys["learner"] == "frobenius":
        return (x @ z.T / d) ** int(keys.get("degree", 2))
    if kind == "laplace":
        distance = np.linalg.norm(x[:, None] - z, axis=2)
        return np.exp(-distance / np.sqrt(d))
    if "m" in keys:
        return narrow_kernel(x, z, load(f"{run}-w0"), load(f"{run}-b"))
    return wide_kernel(x, z)


# --- learners ----------------------------------------------------------------------------


def directions(run, x, keys):
    z = x @ load(f"{run}-directions").T
    if keys.get("prediction") == "hermite":
        return hermite(int(keys["degree"]), z) @ load(f"{run}-c")
    z = x @ load(f"{run}-basis").T
    return np.prod(z[:, None] ** load(f"{run}-powers"), axis=2) @ load(f"{run}-c")


def atoms(run, x, keys):
    return (x @ load(f"{run}-atoms").T) ** int(keys["degree"]) @ load(f"{run}-atom-weights")


def diagonal(run, x, keys):
    depth = int(keys.get("depth", 2))
    beta = load(f"{run}-beta")
    near(f"{run} powers", load(f"{run}-w-plus") ** depth - load(f"{run}-w-minus") ** depth, beta)
    return x @ beta


def dual(run, x, keys):
    f = kernel(run, x, load("x-train"), keys) @ load(f"{run}-c")
    return f + load(f"{run}-intercept") if keys["learner"] == "frobenius" else f


def features(run, x, keys):
    kind = keys.get("first-layer", "hermite")
    if kind == "inputs":
        return np.hstack([np.ones((len(x), 1)), x])
    if kind == "random":
        g = relu(x @ load(f"{run}-v").T + load(f"{run}-v-bias"))
        return g @ load(f"{run}-components").T / np.sqrt(g.shape[1])
    i, j = np.triu_indices(x.shape[1], 1)
    return np.hstack([np.ones((len(x), 1)), hermite(2, x), x[:, i] * x[:, j]])


def three_layers(run, x, keys):
    h, a = features(run, x, keys), load(f"{run}-a")
    p, q = h @ load(f"{run}-w0").T, h @ load(f"{run}-w").T
    if keys.get("dropout", "signed") == "signed":
        return ((p + q) ** 2 + (p - q) ** 2) @ a / (4 * np.sqrt(len(a)))
    return (p + q) ** 2 @ a / (2 * np.sqrt(len(a)))


learners = {"recovery": directions, "frank-wolfe": atoms, "diagonal": diagonal,
            "kernel-ridge": dual, "gradient-flow": dual, "frobenius": dual,
            "three-layer": three_layers}

# --- teachers ----------------------------------------------------------------------------


def polynomial(x, keys):
    degrees = [int(p) for p in keys["degree"].split(";")]
    z = x @ load("teacher-directions").T
    return sum(w * hermite(p, z[:, s])
               for s, (p, w) in enumerate(zip(degrees, load("teacher-weights"))))


def network(x, keys):
    f = relu(x @ load("teacher-directions").T) @ load("teacher-weights")
    return f + load("teacher-constant")


def deeper(x, keys):
    g = hermite(2, x @ load("teacher-directions").T)
    f = (g @ load("teacher-mixtures").T) ** 2 @ load("teacher-weights")
    return load("teacher-scale") * (f + g @ load("teacher-linear")) + load("teacher-constant")


def dense(x, keys):
    form = np.einsum("ni,ij,nj->n", x, load("teacher-form"), x) * load("teacher-form-scale")
    cubic = hermite(3, x @ load("teacher-cubic-directions").T) @ load("teacher-cubic-weights")
    line = x @ load("teacher-dense-direction") * load("teacher-dense-weight")
    sparse = hermite(4, x @ load("teacher-directions").T) @ load("teacher-weights")
    return line + form + load("teacher-form-constant") + cubic + sparse


teachers = {"low-rank-polynomial": polynomial, "network": network, "deeper": deeper,
            "dense-plus-sparse": dense}

# --- all of a folder ---------------------------------------------------------------------

spec, summary = configparser.ConfigParser(), configparser.ConfigParser()
spec.read(glob.glob(f"{folder}/*.escapement"))
summary.read(f"{folder}/summary.ini")
data = {which: (load(f"x-{which}"), load(f"y-{which}")) for which in ("train", "test")}
variance = np.var(data["test"][1])
near("the teacher", teachers[spec["problem"]["kind"]](data["test"][0], spec["problem"]),
     data["test"][1])
runs = [section for section in spec.sections() if section.startswith("run.")]
for section in runs:
    keys, run = spec[section], section.replace(".", "")
    for which, (x, y) in data.items():
        loss = np.mean((learners[keys["learner"]](run, x, keys) - y) ** 2) / variance
        near(f"{section} {which} loss", np.sqrt(loss),
             np.sqrt(float(summary[section][f"{which}-loss"])))
sys.exit(0 if near.good and runs else 1)
