/* SPDX-License-Identifier: GPL-3.0-or-later
 * Activations: σ, σ′ and σ″ on arrays, in float for training and double for analysis.
 * Definitions: NOTATION "Ids"; two-layer.md section 1.  Constant tables, any thread. */
#pragma once

#include "eng-param.h"

G_BEGIN_DECLS

/* out[i] <- f (z[i]); `out` and `z` do not overlap; out is finite where z is. */
typedef void (*EngMapF) (gsize n, const float *z, float *out);
typedef void (*EngMap) (gsize n, const double *z, double *out);

typedef struct
{
  const char *id;
  const char *title;      /* N_() */
  gboolean    has_second; /* FALSE: σ″ is 0 almost everywhere, so there is no f_Q */
  gboolean even_first; /* σ′ is even: without bias the student sees odd degrees only */
  gboolean is_relu;    /* the tangent kernel has a closed form with arccos */
  gboolean is_square;  /* σ = ½ σ″ z² and a constant: without bias, f is a matrix */
  gboolean is_homogeneous; /* σ(t z) = t^q σ(z) for t > 0 */
  guint    powers;         /* of a polynomial: bit j for a part z^j; else 0 */
  double  second_bound; /* sup |σ″|, the Lipschitz constant of σ′; INFINITY: none */
  EngMapF value_f, first_f, second_f;
  EngMap  value, first, second;
} EngActivation;

/* In order; ends with an id of NULL. */
const EngActivation *eng_activation_get_all (void);
/* Returns: (nullable). */
const EngActivation *eng_activation_find (const char *id);
/* The same as choices for parameter tables. */
extern const EngChoice eng_activation_choices[];

/* Whether σ is a polynomial of degree 1 or 2, so that σ″ is constant. */
gboolean eng_activation_is_quadratic (const EngActivation *self);
/* σ′(z) = p1 + p2 z of such a one. */
void eng_activation_get_slope (const EngActivation *self, double *p1, double *p2);

/* Orthonormal Hermite coefficients c_j = E[σ′(s z) He_j(z)] / √j!, z ~ N(0, 1), for
 * j < n, with s = √(1 + bias²) (two-layer.md section 3).  Gauss-Hermite quadrature. */
void eng_activation_hermite (const EngActivation *self, double bias, gsize n, double *c);

G_END_DECLS
