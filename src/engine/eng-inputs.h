/* SPDX-License-Identifier: GPL-3.0-or-later
 * Input laws with |x|² ≈ d, and polynomials of one direction normalised under them.
 * NOTATION "Teachers"; two-layer.md section 1; papers.md C. */
#pragma once

#include "eng-la.h"
#include "eng-rng.h"

G_BEGIN_DECLS

typedef enum
{
  ENG_LAW_SPHERE,     /* uniform on the sphere of radius √d */
  ENG_LAW_GAUSSIAN,   /* N(0, I) */
  ENG_LAW_ELLIPTICAL, /* N(0, C), C_ij = correlation^|i−j| (AR(1)) */
  ENG_LAW_UNIFORM,    /* independent, uniform on [−√3, √3] */
  ENG_LAW_SIGNS,      /* independent, ±1 */
} EngLaw;

typedef struct
{
  EngLaw law;
  gsize  d;
  double correlation; /* elliptical only, in (−1, 1) */
} EngInputs;

/* Points used where a normalisation has no closed form. */
#define ENG_INPUTS_EMPIRICAL 20000

/* Fills `x` (rows, d) with independent draws, rounded to float once and for all. */
void eng_inputs_sample (const EngInputs *inputs, EngRng *rng, EngMatF *x);

/* A polynomial of degree `degree` in u = β·x, |β| = 1. */
typedef struct
{
  EngLaw   law;
  gsize    d;
  guint    degree;
  gboolean raw;          /* (β·x)^p with unit second moment; else a centred part with
                            unit variance, orthogonal to lower degrees where the law
                            allows it */
  double   shift, scale; /* value = scale (basic(u) − shift) */
} EngRidge;

/* Normalises for `inputs` along `beta` (d).  Closed forms on the sphere and for Gaussian
 * inputs; otherwise ENG_INPUTS_EMPIRICAL draws of `rng`.
 * Returns: FALSE with ENG_ERROR_INVALID_SPEC if the part has zero variance. */
gboolean eng_ridge_init (EngRidge        *self,
                         const EngInputs *inputs,
                         guint            degree,
                         gboolean         raw,
                         const double    *beta,
                         EngRng          *rng,
                         GError         **error);
double   eng_ridge_evaluate (const EngRidge *self, double u);

/* β·x of every row.  x: (n, d)  beta: (d)  u: (n) */
void eng_inputs_project (const EngMatF *x, const double *beta, double *u);

G_END_DECLS
