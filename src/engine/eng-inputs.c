/* SPDX-License-Identifier: GPL-3.0-or-later
 * Input laws and ridge polynomials. */
#include "config.h"

#include "eng-error.h"
#include "eng-harmonics.h"
#include "eng-hermite-value.h"
#include "eng-inputs.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* A part whose variance is below this share of its mean square is constant: rounding of
 * float inputs leaves about 1e-12. */
#define CONSTANT_SHARE 1e-9

/* --- sampling ------------------------------------------------------------------ */

static void
sample_sphere (EngRng *rng, gsize d, float *x)
{
  double norm = 0.0, scale;

  for (gsize j = 0; j < d; j++)
    {
      double z = eng_rng_gaussian (rng);

      norm += z * z;
      x[j] = (float) z;
    }
  scale = sqrt ((double) d / norm);
  for (gsize j = 0; j < d; j++)
    x[j] = (float) (x[j] * scale);
}

static void
sample_elliptical (EngRng *rng, gsize d, double correlation, float *x)
{
  double innovation = sqrt (1.0 - correlation * correlation);
  double previous = eng_rng_gaussian (rng);

  x[0] = (float) previous;
  for (gsize j = 1; j < d; j++)
    {
      previous = correlation * previous + innovation * eng_rng_gaussian (rng);
      x[j] = (float) previous;
    }
}

static void
sample_row (const EngInputs *inputs, EngRng *rng, float *x)
{
  const double root3 = 1.7320508075688772935;

  switch (inputs->law)
    {
    case ENG_LAW_SPHERE:
      sample_sphere (rng, inputs->d, x);
      break;
    case ENG_LAW_GAUSSIAN:
      for (gsize j = 0; j < inputs->d; j++)
        x[j] = (float) eng_rng_gaussian (rng);
      break;
    case ENG_LAW_ELLIPTICAL:
      sample_elliptical (rng, inputs->d, inputs->correlation, x);
      break;
    case ENG_LAW_UNIFORM:
      for (gsize j = 0; j < inputs->d; j++)
        x[j] = (float) (root3 * (2.0 * eng_rng_uniform (rng) - 1.0));
      break;
    case ENG_LAW_SIGNS:
      for (gsize j = 0; j < inputs->d; j++)
        x[j] = (float) eng_rng_sign (rng);
      break;
    }
}

void
eng_inputs_sample (const EngInputs *inputs, EngRng *rng, EngMatF *x)
{
  g_assert (x->cols == inputs->d);
  for (gsize i = 0; i < x->rows; i++)
    sample_row (inputs, rng, x->data + i * x->cols);
}

void
eng_inputs_project (const EngMatF *x, const double *beta, double *u)
{
  for (gsize i = 0; i < x->rows; i++)
    {
      const float *row = x->data + i * x->cols;
      double       sum = 0.0;

      for (gsize j = 0; j < x->cols; j++)
        sum += row[j] * beta[j];
      u[i] = sum;
    }
}

/* --- ridge polynomials --------------------------------------------------------- */

/* The polynomial before shift and scale. */
static double
basic (const EngRidge *self, double u)
{
  if (self->raw)
    return pow (u, self->degree);
  if (self->law == ENG_LAW_SPHERE)
    return eng_harmonics_gegenbauer (self->d, self->degree, u / sqrt ((double) self->d));
  return eng_hermite_value (self->degree, u);
}

/* E (β·x)^{2p} on the sphere of radius √d: d^p (2p−1)!! / (d (d+2) ... (d+2p−2)); its limit
 * for Gaussian inputs is (2p−1)!!. */
static double
monomial_moment (const EngRidge *self)
{
  double moment = 1.0;

  for (guint j = 0; j < self->degree; j++)
    {
      moment *= 2.0 * j + 1.0;
      if (self->law == ENG_LAW_SPHERE)
        moment *= (double) self->d / ((double) self->d + 2.0 * j);
    }
  return moment;
}

static gboolean
refuse_constant (guint degree, GError **error)
{
  g_set_error (error, ENG_ERROR, ENG_ERROR_INVALID_SPEC,
               _ ("the teacher's part of degree %u is constant on these inputs; choose "
                  "another degree or input law"),
               degree);
  return FALSE;
}

static gboolean
normalise_empirically (EngRidge        *self,
                       const EngInputs *inputs,
                       const double    *beta,
                       EngRng          *rng,
                       GError         **error)
{
  g_autofree float *row = g_new (float, inputs->d);
  EngMatF           x = { 1, inputs->d, row };
  double            mean = 0.0, square = 0.0, variance;

  for (gsize i = 0; i < ENG_INPUTS_EMPIRICAL; i++)
    {
      double u, value;

      eng_inputs_sample (inputs, rng, &x);
      eng_inputs_project (&x, beta, &u);
      value = basic (self, u);
      mean += value / ENG_INPUTS_EMPIRICAL;
      square += value * value / ENG_INPUTS_EMPIRICAL;
    }
  variance = square - mean * mean;
  if (!(variance > CONSTANT_SHARE * square))
    return refuse_constant (self->degree, error);
  self->shift = self->raw ? 0.0 : mean;
  self->scale = 1.0 / sqrt (self->raw ? square : variance);
  return TRUE;
}

gboolean
eng_ridge_init (EngRidge        *self,
                const EngInputs *inputs,
                guint            degree,
                gboolean         raw,
                const double    *beta,
                EngRng          *rng,
                GError         **error)
{
  *self = (EngRidge){ inputs->law, inputs->d, degree, raw, 0.0, 1.0 };
  if (degree == 0)
    return refuse_constant (degree, error);
  if (inputs->law != ENG_LAW_SPHERE && inputs->law != ENG_LAW_GAUSSIAN)
    return normalise_empirically (self, inputs, beta, rng, error);
  if (raw)
    self->scale = 1.0 / sqrt (monomial_moment (self));
  else if (inputs->law == ENG_LAW_SPHERE)
    self->scale = sqrt ((double) eng_harmonics_dimension (inputs->d, degree));
  return TRUE;
}

double
eng_ridge_evaluate (const EngRidge *self, double u)
{
  return self->scale * (basic (self, u) - self->shift);
}
