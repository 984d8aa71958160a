#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The peer of bench-recovery: AP-ROM on one batch as one writes it with NumPy.

Centred gradient, warm block Krylov head (k = 2r, q = 3; 6 in the first, cold iteration)
or tangent head, exact line search, exact tail in factored form.

Usage: recovery.py X.npy y.npy RANK float32|float64
Then, on standard input, "start mbk", "start tangent", and "run N", which answers with the
seconds it took and the relative residual at the estimate before the last step.
"""
import sys
import time

import numpy as np


def symmetric(a):
    return 0.5 * (a + a.T)


def largest(values, k):
    return np.argsort(-np.abs(values))[:k]


class Recovery:
    def __init__(self, x, y, rank, head, passes=3, first_passes=6):
        self.x, self.y, self.rank = x, y, rank
        self.head = {"mbk": self.krylov_head, "tangent": self.tangent_head}[head]
        self.passes, self.first_passes = passes, first_passes
        self.rng = np.random.default_rng(1)
        self.u = np.zeros((x.shape[1], 0))
        self.s = np.zeros(0)

    def product(self, v):
        return self.x @ v.astype(self.x.dtype)

    def gradient(self, v, xv=None):
        """G V, G = 1/(2m) X' diag(c - mean c) X."""
        if xv is None:
            xv = self.product(v)
        return (self.x.T @ (self.weights * xv)).astype(np.float64)

    def krylov_head(self, xu):
        k = 2 * self.rank
        passes = self.passes if len(self.s) else self.first_passes
        start = self.rng.standard_normal((self.x.shape[1], k))
        start[:, : len(self.s)] = self.u
        basis, _ = np.linalg.qr(start)
        newest, images = basis, []
        for j in range(passes):
            images.append(self.gradient(newest))
            if j + 1 == passes:
                break
            rest = images[-1] - basis @ (basis.T @ images[-1])
            rest -= basis @ (basis.T @ rest)
            newest, _ = np.linalg.qr(rest)
            basis = np.hstack([basis, newest])
        theta, y = np.linalg.eigh(symmetric(basis.T @ np.hstack(images)))
        best = largest(theta, k)
        return basis @ y[:, best], theta[best]

    def tangent_head(self, xu):
        if not len(self.s):
            return self.krylov_head(xu)
        image = self.gradient(self.u, xu)
        within = self.u.T @ image
        q, r = np.linalg.qr(image - self.u @ within)
        zero = np.zeros_like(r)
        theta, y = np.linalg.eigh(np.block([[symmetric(within), r.T], [r, zero]]))
        return np.hstack([self.u, q]) @ y, theta

    def step(self):
        xu = self.product(self.u)
        c = (xu * xu).astype(np.float64) @ self.s - self.y
        self.residual = np.sqrt((c * c).mean()) / self.y.std()
        c -= c.mean()
        self.weights = (c / (2 * len(c))).astype(self.x.dtype)[:, None]
        v, theta = self.head(xu)
        xv = self.product(v)
        a = (xv * xv).astype(np.float64) @ theta
        a -= a.mean()
        eta = min(max(c @ a / (a @ a), 0.0), 2.0)
        q, r = np.linalg.qr(np.hstack([self.u, v]))
        core = (r * np.concatenate([self.s, -eta * theta])) @ r.T
        values, y = np.linalg.eigh(symmetric(core))
        best = largest(values, self.rank)
        self.u, self.s = q @ y[:, best], values[best]


def main():
    x, y = np.load(sys.argv[1]).astype(sys.argv[4]), np.load(sys.argv[2])
    y = y.astype(np.float64)
    for line in sys.stdin:
        command, argument = line.split()
        if command == "start":
            recovery = Recovery(x, y, int(sys.argv[3]), argument)
            recovery.step()
            print("ready", flush=True)
        else:
            start = time.perf_counter()
            for _ in range(int(argument)):
                recovery.step()
            seconds = time.perf_counter() - start
            print(f"{seconds:.9g} {recovery.residual:.9g}", flush=True)


if __name__ == "__main__":
    main()
