/* SPDX-License-Identifier: GPL-3.0-or-later
 * Gaussian quadrature rules from GSL, normalised to probability measures. */
#include "config.h"

#include "eng-quad.h"

#include <gsl/gsl_integration.h>

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
  gsl_integration_fixed_workspace *rule
      = gsl_integration_fixed_alloc (gsl_integration_fixed_hermite,
                                     ENG_QUAD_HERMITE_NODES, 0.0, 0.5, 0.0, 0.0);

  g_assert (rule != NULL);
  take_rule (rule, ENG_QUAD_HERMITE_NODES, nodes, weights);
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
}
