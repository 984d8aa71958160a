#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The peer of bench-training: gradient descent on a two-layer student, full batch, as one
writes it with NumPy or PyTorch: the gradient by hand, features of the start kept, float32.

Usage: training.py numpy|torch|jit THREADS FOLDER LEARNER ACTIVATION ETA LAMBDA1 VARIANCE
FOLDER holds what escapement-cli run --arrays writes of run 1, and with LAMBDA1 > 0 also
unlabelled.npy (rows, d) and top.npy (directions of Q1, m d).
Then, on standard input, "run N", which answers with the seconds it took and the relative
training loss before the last step.
"""
import os
import sys
import time
import warnings

import numpy as np

ACTIVATIONS = {
    "relu": (lambda z, f: f.maximum(z, 0 * z), lambda z, f: 1.0 * (z > 0), None),
    "quad": (lambda z, f: z + 0.5 * z * z, lambda z, f: 1 + z, lambda z, f: 1 + 0 * z),
    "softplus": (
        lambda z, f: f.log1p(f.exp(z)),
        lambda z, f: 1 / (1 + f.exp(-z)),
        lambda z, f: 1 / ((1 + f.exp(-z)) * (1 + f.exp(z))),
    ),
}


def lazy_step(x, y, a, b, w, eta):
    u = x @ w.T
    r = (a * u).sum(1) - y
    c = a * (r / len(y))[:, None]
    w -= eta * (c.T @ x)
    return r


def quadratic_step(x, y, a, b, w, eta):
    u = x @ w.T
    r = 0.5 * (b * u * u).sum(1) - y
    c = b * u * (r / len(y))[:, None]
    w -= eta * (c.T @ x)
    return r


def joint_gradient(x, y, a, b, w):
    u = x @ w.T
    r = (a * u + 0.5 * b * u * u).sum(1) - y
    c = (a + b * u) * (r / len(y))[:, None]
    return r, c.T @ x


def perpendicular(w, top):
    """P_{>k} W."""
    return w - (top.T @ (top @ w.reshape(-1))).reshape(w.shape)


def joint_step(x, y, a, b, xu, au, top, lambda1, w, eta):
    r, gradient = joint_gradient(x, y, a, b, w)
    if lambda1 > 0:
        fu = (au * (xu @ perpendicular(w, top).T)).sum(1)
        penalty = (au * (lambda1 / len(fu) * fu)[:, None]).T @ xu
        gradient = gradient + perpendicular(penalty, top)
    w -= eta * gradient
    return r


def network_step(x, y, a, w0, bias, w, eta, value, first):
    m = len(a)
    z = x @ (w0 + w).T + bias
    r = value(z) @ a / m**0.5 - y
    c = first(z) * a * (r / (len(y) * m**0.5))[:, None]
    w -= eta * (c.T @ x)
    return r


def load(folder, name):
    return np.ascontiguousarray(np.load(os.path.join(folder, name + ".npy")), np.float32)


class Numpy:
    functions = np

    @staticmethod
    def array(x):
        return x

    @staticmethod
    def compile(function, arguments):
        return function


class Torch:
    def __init__(self, threads, is_compiled):
        import torch

        # Sizes do not change.
        warnings.filterwarnings("ignore", category=torch.jit.TracerWarning)
        torch.set_num_threads(threads)
        torch.set_grad_enabled(False)
        self.functions = torch
        self.is_compiled = is_compiled

    def array(self, x):
        return self.functions.from_numpy(x.copy())

    def compile(self, function, arguments):
        if not self.is_compiled:
            return function
        return self.functions.jit.trace(function, arguments, check_trace=False)


class Student:
    def __init__(self, library, folder, learner, activation, eta, lambda1, variance):
        value, first, second = ACTIVATIONS[activation]
        f, array = library.functions, library.array
        x, y = array(load(folder, "x-train")), array(load(folder, "y-train"))
        w0, bias = array(load(folder, "run1-w0")), array(load(folder, "run1-b"))
        signs, self.w = array(load(folder, "run1-a")), array(load(folder, "run1-w"))
        m = len(signs)
        self.variance = variance

        def features(inputs, derivative):
            return derivative(inputs @ w0.T + bias, f) * signs / m**0.5

        if learner == "network":
            def step(w):
                return network_step(x, y, signs, w0, bias, w, eta, lambda z: value(z, f),
                                    lambda z: first(z, f))
        elif learner == "joint":
            has_penalty = lambda1 > 0
            xu = array(load(folder, "unlabelled")) if has_penalty else x[:1]
            top = array(load(folder, "top")) if has_penalty else None
            a, b, au = features(x, first), features(x, second), features(xu, first)

            def step(w):
                return joint_step(x, y, a, b, xu, au, top, lambda1, w, eta)
        else:
            a = features(x, first)
            b = features(x, second) if learner == "quadratic" else None
            chosen = lazy_step if learner == "lazy" else quadratic_step

            def step(w):
                return chosen(x, y, a, b, w, eta)
        # Tracing runs it: on a copy.
        kept = array(np.array(self.w))
        self.step = library.compile(step, (kept,))

    def run(self, n):
        for _ in range(n):
            residual = self.step(self.w)
        return float((residual * residual).mean()) / self.variance


def main():
    threads = int(sys.argv[2])
    library = Numpy() if sys.argv[1] == "numpy" else Torch(threads, sys.argv[1] == "jit")
    eta, lambda1, variance = (float(argument) for argument in sys.argv[6:9])
    student = Student(library, *sys.argv[3:6], eta, lambda1, variance)
    for line in sys.stdin:
        n = int(line.split()[1])
        start = time.perf_counter()
        loss = student.run(n)
        print(f"{time.perf_counter() - start:.9g} {loss:.9g}", flush=True)


if __name__ == "__main__":
    main()
