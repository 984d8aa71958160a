# SPDX-License-Identifier: GPL-3.0-or-later
"""What the peers of bench-training have in common: both libraries behind the same few
functions, the data handed over, and the conversation with the bench.

Usage of each peer: SCRIPT numpy|torch|jit THREADS FOLDER LEARNER ACTIVATION ETA LAMBDA1
VARIANCE
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
    def relu(z):
        return np.maximum(z, 0)

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
    def relu(z):
        return z.relu()

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


class Data:
    """What a student starts from, all in float32."""

    def __init__(self, library, folder, activation, eta, lambda1):
        self.library, self.f, self.folder = library, library.functions, folder
        self.eta, self.lambda1, self.activation = eta, lambda1, activation
        self.x, self.y = self.load("x-train"), self.load("y-train")
        self.w0, self.bias = self.load("run1-w0"), self.load("run1-b")
        signs, self.w = self.load("run1-a"), self.load("run1-w")
        self.a = signs / len(signs) ** 0.5

    def load(self, name):
        return self.library.array(load(self.folder, name))


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


def serve(learners):
    threads = int(sys.argv[2])
    library = Numpy() if sys.argv[1] == "numpy" else Torch(threads, sys.argv[1] == "jit")
    eta, lambda1, variance = (float(argument) for argument in sys.argv[6:9])
    student = learners[sys.argv[4]](library, sys.argv[3], sys.argv[5], eta, lambda1)
    # Tracing runs it: on a copy.
    step = library.compile(student.step, (student.w + 0,))
    check_precision(student, step)
    for line in sys.stdin:
        n = int(line.split()[1])
        start = time.perf_counter()
        loss = run(student, step, n, variance)
        print(f"{time.perf_counter() - start:.9g} {loss:.9g}", flush=True)
