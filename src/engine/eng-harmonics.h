/* SPDX-License-Identifier: GPL-3.0-or-later
 * Spherical harmonics in d variables: multiplicities, Gegenbauer polynomials, and the
 * eigenvalues of the tangent kernel on the sphere.  two-layer.md section 3, papers.md
 * D.8.  Pure functions, any thread. */
#pragma once

#include "eng-activation.h"

G_BEGIN_DECLS

/* n_l = C(d+l−1, l) − C(d+l−3, l−2): dimension of the harmonics of degree l; G_MAXSIZE if
 * it does not fit. d >= 2. */
gsize eng_harmonics_dimension (gsize d, guint l);
/* n_{<=k} = Σ_{l<=k} n_l, saturating likewise. */
gsize eng_harmonics_dimension_up_to (gsize d, guint k);

/* P_l(t), the Gegenbauer polynomial of dimension d with P_l(1) = 1. */
double eng_harmonics_gegenbauer (gsize d, guint l, double t);

/* λ_l = E_t[K(t) P_l(t)], l < n, of the infinite-width tangent kernel K(t) = d t κ(t) of
 * a student with this activation and biases N(0, bias²), inputs on the sphere of radius
 * √d.  Entries below 1e-12 of the largest are set to exact zero. */
void eng_harmonics_tangent_eigenvalues (const EngActivation *activation,
                                        double               bias,
                                        gsize                d,
                                        guint                n,
                                        double              *lambda);

G_END_DECLS
