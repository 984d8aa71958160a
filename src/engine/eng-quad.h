/* SPDX-License-Identifier: GPL-3.0-or-later
 * Gaussian quadrature rules.  Pure functions, any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define ENG_QUAD_HERMITE_NODES    200
#define ENG_QUAD_GEGENBAUER_NODES 400

/* Rule for E[f(z)], z ~ N(0, 1).  (ENG_QUAD_HERMITE_NODES) each; weights sum to 1. */
void eng_quad_hermite (double *nodes, double *weights);

/* Rule for E[f(t)], t = cosine between a fixed and a random direction of R^d, d >= 2:
 * density ∝ (1 − t²)^{(d−3)/2} on (−1, 1).  (ENG_QUAD_GEGENBAUER_NODES) each; weights
 * sum to 1. */
void eng_quad_gegenbauer (gsize d, double *nodes, double *weights);

G_END_DECLS
