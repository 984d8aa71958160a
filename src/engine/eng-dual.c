/* SPDX-License-Identifier: GPL-3.0-or-later
 * Dual activations. */
#include "config.h"

#include "eng-dual.h"

#include "eng-hermite-value.h"

#include <math.h>
#include <string.h>

typedef enum
{
  FORM_RELU,
  FORM_RELU2, /* max (z, 0)²/2 */
  FORM_RELU3, /* max (z, 0)³/6 */
  FORM_ERF,   /* erf (z/√2) */
  FORM_ERF_KERNEL,
  FORM_SERIES,
} Form;

static const struct
{
  const char *id;
  Form        form;
} closed[] = {
  { "relu", FORM_RELU }, { "relu2", FORM_RELU2 },           { "relu3", FORM_RELU3 },
  { "erf", FORM_ERF },   { "erf-kernel", FORM_ERF_KERNEL },
};

void
eng_dual_init (EngDual *self, const EngActivation *activation)
{
  self->activation = activation;
  self->form = FORM_SERIES;
  for (gsize i = 0; i < G_N_ELEMENTS (closed); i++)
    if (strcmp (closed[i].id, activation->id) == 0)
      self->form = closed[i].form;
  if (self->form == FORM_SERIES)
    eng_quad_hermite (self->nodes, self->weights);
}

gsize
eng_dual_get_n_coefficients (const EngDual *self)
{
  return self->form == FORM_SERIES ? 2 * ENG_DUAL_TERMS : 0;
}

/* --- closed forms ------------------------------------------------------------------ */

/* The arc-cosine kernels J_0 ... J_3 of θ = the angle between u and v, over 2π:
 * E relu(u)^k relu(v)^k = √(ab)^k J_k. */
static void
arc_cosine (double a, double b, double c, double *j)
{
  double theta = atan2 (sqrt (fmax (a * b - c * c, 0.0)), c);
  double s = sin (theta), k = cos (theta), rest = G_PI - theta;

  j[0] = rest / (2.0 * G_PI);
  j[1] = (s + rest * k) / (2.0 * G_PI);
  j[2] = (3.0 * s * k + rest * (1.0 + 2.0 * k * k)) / (2.0 * G_PI);
  j[3] = (rest * k * (9.0 * s * s + 15.0 * k * k) + s * (4.0 * s * s + 15.0 * k * k))
         / (2.0 * G_PI);
}

/* erf (t z) at t² = `scale`. */
static void
error_function (double scale, double a, double b, double c, double *value, double *slope)
{
  double p = 1.0 + 2.0 * scale * a, q = 1.0 + 2.0 * scale * b, r = 2.0 * scale * c;

  *value = 2.0 / G_PI * asin (CLAMP (r / sqrt (p * q), -1.0, 1.0));
  *slope = 4.0 * scale / G_PI / sqrt (p * q - r * r);
}

static void
evaluate_closed (Form form, double a, double b, double c, double *value, double *slope)
{
  double j[4], scale = sqrt (a * b);

  switch (form)
    {
    case FORM_RELU:
      arc_cosine (a, b, c, j);
      *value = scale * j[1];
      *slope = j[0];
      break;
    case FORM_RELU2:
      arc_cosine (a, b, c, j);
      *value = scale * scale * j[2] / 4.0;
      *slope = scale * j[1];
      break;
    case FORM_RELU3:
      arc_cosine (a, b, c, j);
      *value = scale * scale * scale * j[3] / 36.0;
      *slope = scale * scale * j[2] / 4.0;
      break;
    case FORM_ERF:
      error_function (0.5, a, b, c, value, slope);
      break;
    case FORM_ERF_KERNEL:
      error_function (1.0, a, b, c, value, slope);
      break;
    case FORM_SERIES:
      g_assert_not_reached ();
    }
}

/* --- series ------------------------------------------------------------------------ */

/* c_k <- E[f(√q z) He_k(z)]/√k! for k < ENG_DUAL_TERMS, f by its values at the nodes. */
static void
project (const EngDual *self, const double *f, double *c)
{
  memset (c, 0, ENG_DUAL_TERMS * sizeof (double));
  for (gsize i = 0; i < ENG_QUAD_HERMITE_NODES; i++)
    {
      double z = self->nodes[i], before = 0.0, now = 1.0;

      for (guint k = 0; k < ENG_DUAL_TERMS; k++)
        {
          double next = eng_hermite_next (k, z, before, now);

          c[k] += self->weights[i] * f[i] * now;
          before = now;
          now = next;
        }
    }
}

void
eng_dual_find_coefficients (const EngDual *self, double variance, double *coefficients)
{
  double z[ENG_QUAD_HERMITE_NODES], f[ENG_QUAD_HERMITE_NODES];

  if (self->form != FORM_SERIES)
    return;
  for (gsize i = 0; i < ENG_QUAD_HERMITE_NODES; i++)
    z[i] = sqrt (variance) * self->nodes[i];
  self->activation->value (ENG_QUAD_HERMITE_NODES, z, f);
  project (self, f, coefficients);
  self->activation->first (ENG_QUAD_HERMITE_NODES, z, f);
  project (self, f, coefficients + ENG_DUAL_TERMS);
}

/* Σ_k u_k v_k ρ^k by Horner's rule. */
static double
sum_series (const double *u, const double *v, double rho)
{
  double sum = 0.0;

  for (gsize k = ENG_DUAL_TERMS; k-- > 0;)
    sum = sum * rho + u[k] * v[k];
  return sum;
}

void
eng_dual_evaluate (const EngDual *self,
                   double         a,
                   const double  *of_u,
                   gsize          n,
                   const double  *b,
                   const double  *of_v,
                   const double  *c,
                   double        *values,
                   double        *slopes)
{
  for (gsize i = 0; i < n; i++)
    {
      const double *v = of_v + i * 2 * ENG_DUAL_TERMS;
      double        covariance = c[i], scale = sqrt (a * b[i]), rho;

      if (self->form != FORM_SERIES)
        {
          evaluate_closed (self->form, a, b[i], covariance, &values[i], &slopes[i]);
          continue;
        }
      rho = scale > 0.0 ? CLAMP (covariance / scale, -1.0, 1.0) : 0.0;
      values[i] = sum_series (of_u, v, rho);
      slopes[i] = sum_series (of_u + ENG_DUAL_TERMS, v + ENG_DUAL_TERMS, rho);
    }
}
