#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A peer of bench-training (see students.py): gradient descent on a two-layer student, full
batch, with the care that NumPy and PyTorch allow: arrays allocated once and written in
place.
"""
from students import Data, serve


class Student(Data):
    """Steps of all students: change w (m, d) and return the residuals (n)."""

    def __init__(self, *arguments):
        super().__init__(*arguments)
        self.u = self.x @ self.w0.T  # (n, m)
        self.c = self.u + 0
        self.weighted_x = self.x + 0
        self.gradient = self.w + 0

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
            self.xu, self.top = self.load("unlabelled"), self.load("top")
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


if __name__ == "__main__":
    serve(LEARNERS)
