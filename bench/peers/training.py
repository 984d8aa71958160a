#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The peer of bench-training: gradient descent on a two-layer student, full batch, as one
who knows NumPy or PyTorch writes it: the gradient by hand, features of the start kept,
arrays allocated once and written in place, float32.

Usage: training.py numpy|torch|jit THREADS FOLDER LEARNER ACTIVATION ETA LAMBDA1 VARIANCE
LEARNER is lazy, quadratic, joint, joint-fresh (which draws its unlabelled inputs anew in
each step) or network (with ReLU).  FOLDER holds what escapement-cli run --arrays writes of
run 1, and with LAMBDA1 > 0 also unlabelled.npy (rows, d) and top.npy (directions of Q1,
m d).
Then, on standard input, "run N", which answers with the seconds it took and the relative
training loss before the last step.
"""
import os
import sys
import time
import warnings

import numpy as np


class Numpy:
    functions = np

    @staticmethod
    def array(x):
        return x

    @staticmethod
    def dots(a, b, scratch):
        """Of the rows."""
        return np.einsum("ij,ij->i", a, b)

    @staticmethod
    def rectify(z):
        np.maximum(z, 0, out=z)

    @staticmethod
    def sigmoid(z):
        np.negative(z, out=z)
        np.exp(z, out=z)
        z += 1
        np.reciprocal(z, out=z)

    random = np.random.default_rng(1)

    @classmethod
    def draw(cls, x):
        cls.random.standard_normal(dtype=x.dtype, out=x)

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

    def dots(self, a, b, scratch):
        return self.functions.multiply(a, b, out=scratch).sum(1)

    @staticmethod
    def rectify(z):
        z.relu_()

    @staticmethod
    def sigmoid(z):
        z.sigmoid_()

    @staticmethod
    def draw(x):
        x.normal_()

    def compile(self, function, arguments):
        if not self.is_compiled:
            return function
        return self.functions.jit.trace(function, arguments, check_trace=False)


def load(folder, name):
    return np.ascontiguousarray(np.load(os.path.join(folder, name + ".npy")), np.float32)


class Student:
    """Steps of all students: change w (m, d) and return the residuals (n)."""

    def __init__(self, library, folder, activation, eta, lambda1):
        self.library, self.f = library, library.functions
        self.eta, self.lambda1, self.activation = eta, lambda1, activation
        self.x, self.y = self.load(folder, "x-train"), self.load(folder, "y-train")
        self.w0, self.bias = self.load(folder, "run1-w0"), self.load(folder, "run1-b")
        signs, self.w = self.load(folder, "run1-a"), self.load(folder, "run1-w")
        self.a = signs / len(signs) ** 0.5
        self.u = self.x @ self.w0.T  # (n, m)
        self.c = self.u + 0
        self.weighted_x = self.x + 0
        self.gradient = self.w + 0

    def load(self, folder, name):
        return self.library.array(load(folder, name))

    def derive(self, z, order):
        """z <- the derivative of the activation of this order, times the output weights."""
        if self.activation == "quad":
            z += 1
            if order == 2:
                z[:] = 1
        else:
            self.library.sigmoid(z)
            if order == 2:
                z *= 1 - z
        z *= self.a
        return z

    def features(self, inputs, order):
        return self.derive(inputs @ self.w0.T + self.bias, order)

    def differentiate(self, c, r):
        """gradient <- η/n Σ_i r_i c_i x_iᵀ: the residuals weigh the d columns of x, not
        the m of c."""
        weights = r * (self.eta / len(self.y))
        self.f.multiply(self.x, weights[:, None], out=self.weighted_x)
        self.f.matmul(c.T, self.weighted_x, out=self.gradient)


class Lazy(Student):
    def __init__(self, *arguments):
        super().__init__(*arguments)
        self.first = self.features(self.x, 1)

    def step(self, w):
        self.f.matmul(self.x, w.T, out=self.u)
        r = self.library.dots(self.first, self.u, self.c) - self.y
        self.differentiate(self.first, r)
        w -= self.gradient
        return r


class Quadratic(Student):
    def __init__(self, *arguments):
        super().__init__(*arguments)
        self.second = self.features(self.x, 2)
        self.scratch = self.u + 0

    def step(self, w):
        self.f.matmul(self.x, w.T, out=self.u)
        self.f.multiply(self.second, self.u, out=self.c)
        r = 0.5 * self.library.dots(self.c, self.u, self.scratch) - self.y
        self.differentiate(self.c, r)
        w -= self.gradient
        return r


class Joint(Student):
    def __init__(self, *arguments):
        super().__init__(*arguments)
        self.first = self.features(self.x, 1)
        self.second = self.features(self.x, 2)
        self.scratch = self.u + 0
        if self.lambda1 > 0:
            folder = arguments[1]
            self.xu = self.load(folder, "unlabelled")
            self.top = self.load(folder, "top")
            self.au = self.features(self.xu, 1)
            self.uu, self.weighted_xu = self.au + 0, self.xu + 0
            self.rest = self.w + 0

    def project(self, w):
        """rest <- P_{>k} w."""
        flat = self.rest.reshape(-1)
        self.f.matmul(self.top.T, self.top @ w.reshape(-1), out=flat)
        self.f.subtract(w, self.rest, out=self.rest)

    def penalise(self, w):
        """rest <- the step along the gradient of the penalty R1."""
        self.project(w)
        self.f.matmul(self.xu, self.rest.T, out=self.uu)
        fu = self.library.dots(self.au, self.uu, self.uu)
        fu *= self.eta * self.lambda1 / len(fu)
        self.f.multiply(self.xu, fu[:, None], out=self.weighted_xu)
        self.f.matmul(self.au.T, self.weighted_xu, out=self.gradient)
        self.project(self.gradient)

    def step(self, w):
        self.f.matmul(self.x, w.T, out=self.u)
        # f = ½ Σ_r u ((a + b u) + a), and its gradient has a + b u.
        self.f.multiply(self.second, self.u, out=self.c)
        self.c += self.first
        r = self.library.dots(self.c, self.u, self.scratch)
        r += self.library.dots(self.first, self.u, self.scratch)
        r *= 0.5
        r -= self.y
        if self.lambda1 > 0:
            self.penalise(w)
            w -= self.rest
        self.differentiate(self.c, r)
        w -= self.gradient
        return r


class JointFresh(Joint):
    """With new inputs on the sphere of radius √d in each step."""

    def step(self, w):
        xu = self.xu
        self.library.draw(xu)
        squares = self.library.dots(xu, xu, self.weighted_xu)
        xu *= (xu.shape[1] / squares)[:, None] ** 0.5
        self.f.matmul(xu, self.w0.T, out=self.au)
        self.au += self.bias
        self.derive(self.au, 1)
        return super().step(w)


class Network(Student):
    """ReLU; w are the weights themselves, not how far they moved."""

    def __init__(self, *arguments):
        super().__init__(*arguments)
        assert self.activation == "relu"
        self.w += self.w0

    def step(self, w):
        z = self.u
        self.f.matmul(self.x, w.T, out=z)
        z += self.bias
        self.library.rectify(z)
        r = z @ self.a - self.y
        self.f.greater(z, 0, out=z)
        self.differentiate(z, r)
        self.gradient *= self.a[:, None]
        w -= self.gradient
        return r


LEARNERS = {
    "lazy": Lazy,
    "quadratic": Quadratic,
    "joint": Joint,
    "joint-fresh": JointFresh,
    "network": Network,
}


def run(student, step, n, variance):
    for _ in range(n):
        residual = step(student.w)
    return float((residual * residual).mean()) / variance


def check_precision(student, step):
    """That weights, features, residuals and gradient are float32 after a step."""
    residual = step(student.w + 0)
    for value in [residual, *vars(student).values()]:
        if isinstance(value, type(student.w)):
            assert str(value.dtype).endswith("float32"), value.dtype


def main():
    threads = int(sys.argv[2])
    library = Numpy() if sys.argv[1] == "numpy" else Torch(threads, sys.argv[1] == "jit")
    eta, lambda1, variance = (float(argument) for argument in sys.argv[6:9])
    student = LEARNERS[sys.argv[4]](library, sys.argv[3], sys.argv[5], eta, lambda1)
    # Tracing runs it: on a copy.
    step = library.compile(student.step, (student.w + 0,))
    check_precision(student, step)
    for line in sys.stdin:
        n = int(line.split()[1])
        start = time.perf_counter()
        loss = run(student, step, n, variance)
        print(f"{time.perf_counter() - start:.9g} {loss:.9g}", flush=True)


if __name__ == "__main__":
    main()
