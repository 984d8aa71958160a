/* SPDX-License-Identifier: GPL-3.0-or-later
 * Gaussian quadrature rules from GSL, normalised to probability measures. */
#include "config.h"

#include "eng-quad.h"

#include <gsl/gsl_integration.h>
#include <math.h>

/* Copies a rule; only the ratios of its weights matter. */
static void
take_rule (gsl_integration_fixed_workspace *rule, gsize n, double *nodes, double *weights)
{
  double sum = 0.0;

  for (gsize i = 0; i < n; i++)
    sum += gsl_integration_fixed_weights (rule)[i];
  for (gsize i = 0; i < n; i++)
    {
      nodes[i] = gsl_integration_fixed_nodes (rule)[i];
      weights[i] = gsl_integration_fixed_weights (rule)[i] / sum;
    }
  gsl_integration_fixed_free (rule);
}

void
eng_quad_hermite (double *nodes, double *weights)
{
  /* Weight exp (−z²/2). */
  gsl_integration_fixed_workspace *rule = gsl_integration_fixed_alloc (
      gsl_integration_fixed_hermite, ENG_QUAD_HERMITE_NODES, 0.0, 0.5, 0.0, 0.0);

  g_assert (rule != NULL);
  take_rule (rule, ENG_QUAD_HERMITE_NODES, nodes, weights);
}

/* Weight of a Gauss node: 1 / Σ_j p_j (t)² over the orthonormal polynomials j < n, with
 * t p_j = b_{j+1} p_{j+1} + b_j p_{j−1},  b_j² = j (j+d−3) / ((2j+d−2) (2j+d−4)). */
static double
gegenbauer_weight (gsize d, double t)
{
  double before = 0.0, now = 1.0, b = 0.0, sum = 0.0;

  for (gsize j = 0; j < ENG_QUAD_GEGENBAUER_NODES; j++)
    {
      double i = (double) j + 1.0, dim = (double) d;
      /* The first in its reduced form: on the circle it would be 0/0. */
      double next_b = j == 0 ? sqrt (1.0 / dim)
                             : sqrt (i * (i + dim - 3.0)
                                     / ((2.0 * i + dim - 2.0) * (2.0 * i + dim - 4.0)));
      double next = (t * now - b * before) / next_b;

      sum += now * now;
      before = now;
      now = next;
      b = next_b;
    }
  return 1.0 / sum;
}

void
eng_quad_gegenbauer (gsize d, double *nodes, double *weights)
{
  gsl_integration_fixed_workspace *rule;

  g_assert (d >= 2);
  rule = gsl_integration_fixed_alloc (gsl_integration_fixed_gegenbauer,
                                      ENG_QUAD_GEGENBAUER_NODES, -1.0, 1.0,
                                      ((double) d - 3.0) / 2.0, 0.0);
  g_assert (rule != NULL);
  take_rule (rule, ENG_QUAD_GEGENBAUER_NODES, nodes, weights);
  /* GSL's weights contain Γ (d − 1), which overflows from d = 173 on. */
  for (gsize i = 0; i < ENG_QUAD_GEGENBAUER_NODES; i++)
    weights[i] = gegenbauer_weight (d, nodes[i]);
}
