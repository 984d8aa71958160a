/* SPDX-License-Identifier: GPL-3.0-or-later
 * Advice for the search for directions. */
#include "config.h"

#include "eng-search-advice.h"

#include "eng-activation.h"
#include "eng-recovery.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* A Hermite coefficient below this is 0, but for the quadrature. */
#define NO_PART 1e-3
#define MOST    8

/* Powers have parts of all lower degrees of their parity. */
static gboolean
polynomial_lacks (const EngSettings *problem, guint degree)
{
  gboolean      raw = eng_settings_is_choice (problem, "form", "raw");
  gsize         n;
  const double *degrees = eng_settings_get_list (problem, "degree", &n);

  for (gsize i = 0; i < n; i++)
    {
      guint p = (guint) degrees[i];

      if (p == degree || (raw && p > degree && (p - degree) % 2 == 0))
        return FALSE;
    }
  return TRUE;
}

/* E σ(z) h_p (z) = E σ′(z) h_{p−1} (z)/√p. */
static gboolean
network_lacks (const EngSettings *problem, guint degree)
{
  double c[MOST];

  eng_activation_hermite (
      eng_activation_find (eng_settings_get_choice (problem, "activation")), 0.0, MOST,
      c);
  return fabs (c[degree - 1]) < NO_PART;
}

/* Sums of powers of polynomials of one parity; never above their highest degree. */
static gboolean
deeper_lacks (const EngSettings *problem, guint degree)
{
  guint         inner = (guint) eng_settings_get_int (problem, "inner-degree");
  gsize         n;
  const double *powers = eng_settings_get_list (problem, "degree", &n);

  if (eng_settings_get_double (problem, "linear") > 0 && inner == degree)
    return FALSE;
  for (gsize i = 0; i < n; i++)
    {
      guint highest = inner * (guint) powers[i];

      if (highest >= degree && (highest - degree) % 2 == 0)
        return FALSE;
    }
  return TRUE;
}

gboolean
eng_search_lacks_degree (EngSpec *spec, guint degree)
{
  const char        *kind = eng_spec_get_problem_class (spec)->id;
  const EngSettings *problem = eng_spec_get_problem (spec);

  g_assert (degree >= 1 && degree <= MOST);
  if (strcmp (kind, "low-rank-polynomial") == 0)
    return polynomial_lacks (problem, degree);
  if (strcmp (kind, "network") == 0)
    return network_lacks (problem, degree);
  if (strcmp (kind, "deeper") == 0)
    return deeper_lacks (problem, degree);
  return strcmp (kind, "quadratic-sensing") == 0 && degree != 2;
}

/* Of inputs for which the tensors have other parts than the teacher's. */
static gboolean
has_other_inputs (const EngSettings *problem)
{
  return eng_settings_has (problem, "inputs")
         && !eng_settings_is_choice (problem, "inputs", "gaussian")
         && !eng_settings_is_choice (problem, "inputs", "sphere");
}

/* Steps before the refinement. */
static gsize
count_search (EngSpec *spec, const EngSettings *settings)
{
  if (!eng_settings_is_choice (settings, "start", "tensor"))
    return 0;
  return (gsize) eng_settings_get_int (settings, "power-steps")
         * eng_recovery_find_rank (settings, eng_spec_get_problem (spec));
}

char *
eng_search_get_hint (EngSpec *spec, const EngSettings *settings)
{
  gboolean is_spectral = eng_settings_is_choice (settings, "start", "spectral");
  guint    degree = is_spectral ? 2 : (guint) eng_settings_get_int (settings, "degree");
  gsize    search = count_search (spec, settings);

  if (eng_search_lacks_degree (spec, degree))
    /* Translators: a degree of polynomials. */
    return g_strdup_printf (_ ("The teacher has no part of degree %u, by which these "
                               "directions are to be found."),
                            degree);
  if (has_other_inputs (eng_spec_get_problem (spec)))
    return g_strdup (_ ("The search is made for Gaussian inputs."));
  if (eng_settings_is_choice (settings, "start", "random"))
    return g_strdup (
        _ ("From random directions the refinement seldom finds the teacher's."));
  if ((gsize) eng_settings_get_int (settings, "steps") < search)
    /* Translators: a number of steps. */
    return g_strdup_printf (_ ("Too few steps: the search alone takes %zu."), search);
  return NULL;
}
