#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A peer of bench-training (see students.py): gradient descent on a two-layer student, full
batch, as in a notebook: whole arrays, the gradient by hand, features of the start kept.
"""
from students import Data, serve


class Student(Data):
    """Steps of all students: change w (m, d) and return the residuals (n)."""

    def features(self, inputs, order):
        """The derivative of the activation of this order, times the output weights."""
        z = inputs @ self.w0.T + self.bias
        if self.activation == "quad":
            return self.a * (1 + z if order == 1 else 1 + 0 * z)
        s = 1 / (1 + self.f.exp(-z))
        return self.a * (s if order == 1 else s * (1 - s))

    def weigh(self, r):
        """diag (r) X / n"""
        return (r / len(self.y))[:, None] * self.x


class Lazy(Student):
    def __init__(self, *arguments):
        super().__init__(*arguments)
        self.first = self.features(self.x, 1)

    def step(self, w):
        r = (self.first * (self.x @ w.T)).sum(1) - self.y
        w -= self.eta * (self.first.T @ self.weigh(r))
        return r


class Quadratic(Student):
    def __init__(self, *arguments):
        super().__init__(*arguments)
        self.second = self.features(self.x, 2)

    def step(self, w):
        u = self.x @ w.T
        c = self.second * u
        r = 0.5 * (c * u).sum(1) - self.y
        w -= self.eta * (c.T @ self.weigh(r))
        return r


class Joint(Student):
    def __init__(self, *arguments):
        super().__init__(*arguments)
        self.first = self.features(self.x, 1)
        self.second = self.features(self.x, 2)
        if self.lambda1 > 0:
            self.top = self.load("top")
            self.set_unlabelled(self.load("unlabelled"))

    def set_unlabelled(self, xu):
        self.xu, self.au = xu, self.features(xu, 1)

    def project(self, w):
        """P_{>k} w"""
        return w - (self.top.T @ (self.top @ w.reshape(-1))).reshape(w.shape)

    def penalise(self, w):
        """The gradient of the penalty R1."""
        fu = (self.au * (self.xu @ self.project(w).T)).sum(1)
        weighted = (self.lambda1 / len(fu) * fu)[:, None] * self.xu
        return self.project(self.au.T @ weighted)

    def step(self, w):
        u = self.x @ w.T
        c = self.second * u
        r = (self.first * u + 0.5 * c * u).sum(1) - self.y
        gradient = (self.first + c).T @ self.weigh(r)
        if self.lambda1 > 0:
            gradient += self.penalise(w)
        w -= self.eta * gradient
        return r


class JointFresh(Joint):
    """With new inputs on the sphere of radius √d in each step."""

    def step(self, w):
        xu = self.xu + 0
        self.library.draw(xu)
        self.set_unlabelled(xu * (xu.shape[1] / (xu * xu).sum(1))[:, None] ** 0.5)
        return super().step(w)


class Network(Student):
    """ReLU; w are the weights themselves, not how far they moved."""

    def __init__(self, *arguments):
        super().__init__(*arguments)
        assert self.activation == "relu"
        self.w += self.w0

    def step(self, w):
        z = self.x @ w.T + self.bias
        r = self.library.relu(z) @ self.a - self.y
        c = (z > 0) * self.a
        w -= self.eta * (c.T @ self.weigh(r))
        return r


LEARNERS = {
    "lazy": Lazy,
    "quadratic": Quadratic,
    "joint": Joint,
    "joint-fresh": JointFresh,
    "network": Network,
}


if __name__ == "__main__":
    serve(LEARNERS)
