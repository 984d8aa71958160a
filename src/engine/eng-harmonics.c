/* SPDX-License-Identifier: GPL-3.0-or-later
 * Multiplicities, Gegenbauer polynomials and the staircase of theory. */
#include "config.h"

#include "eng-harmonics.h"
#include "eng-quad.h"

#include <math.h>

/* Terms of the Hermite series of κ: enough for 1e-16 without bias and for 2 parts in a
 * thousand at the largest bias allowed, 3. */
#define N_COEFFICIENTS 80

/* C(n, k) as a double: exact far beyond every size that fits in memory. */
static double
choose (double n, guint k)
{
  double value = 1.0;

  for (guint i = 1; i <= k; i++)
    value = value * (n - k + i) / i;
  return value;
}

static gsize
to_size (double value)
{
  return value < 9e15 ? (gsize) (value + 0.5) : G_MAXSIZE;
}

static double
dimension (gsize d, guint l)
{
  if (l == 0)
    return 1.0;
  if (l == 1)
    return (double) d;
  return choose ((double) d + l - 1, l) - choose ((double) d + l - 3, l - 2);
}

gsize
eng_harmonics_dimension (gsize d, guint l)
{
  return to_size (dimension (d, l));
}

gsize
eng_harmonics_dimension_up_to (gsize d, guint k)
{
  double sum = 0.0;

  for (guint l = 0; l <= k; l++)
    sum += dimension (d, l);
  return to_size (sum);
}

double
eng_harmonics_gegenbauer (gsize d, guint l, double t)
{
  double before = 1.0, now = t;

  if (l == 0)
    return 1.0;
  for (guint j = 1; j < l; j++)
    {
      double c = (double) j + (double) d - 2.0;
      double next = ((c + j) * t * now - j * before) / c;

      before = now;
      now = next;
    }
  return now;
}

/* κ = E[σ′(u) σ′(v)] at correlation ρ of the pre-activations. */
static double
kappa (const EngActivation *activation, const double *c, double rho)
{
  double sum = 0.0, power = 1.0;

  if (activation->is_relu)
    return (G_PI - acos (CLAMP (rho, -1.0, 1.0))) / (2.0 * G_PI);
  for (gsize j = 0; j < N_COEFFICIENTS; j++, power *= rho)
    sum += c[j] * c[j] * power;
  return sum;
}

void
eng_harmonics_tangent_eigenvalues (const EngActivation *activation,
                                   double               bias,
                                   gsize                d,
                                   guint                n,
                                   double              *lambda)
{
  double nodes[ENG_QUAD_GEGENBAUER_NODES], weights[ENG_QUAD_GEGENBAUER_NODES];
  double c[N_COEFFICIENTS];
  double b2 = bias * bias, largest = 0.0;

  eng_activation_hermite (activation, bias, N_COEFFICIENTS, c);
  eng_quad_gegenbauer (d, nodes, weights);
  for (guint l = 0; l < n; l++)
    {
      lambda[l] = 0.0;
      for (gsize i = 0; i < ENG_QUAD_GEGENBAUER_NODES; i++)
        lambda[l] += weights[i] * (double) d * nodes[i]
                     * kappa (activation, c, (nodes[i] + b2) / (1.0 + b2))
                     * eng_harmonics_gegenbauer (d, l, nodes[i]);
      largest = MAX (largest, fabs (lambda[l]));
    }
  for (guint l = 0; l < n; l++)
    if (fabs (lambda[l]) < 1e-12 * largest)
      lambda[l] = 0.0;
}
