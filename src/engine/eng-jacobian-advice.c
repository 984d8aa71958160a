/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the rate monitor has to say before a run: how many weights a promise takes. */
#include "config.h"

#include "eng-jacobian.h"
#include "eng-problem.h"

#include <glib/gi18n-lib.h>

/* Half the largest m that a student can have. */
#define MOST_PAIRS 500000

/* The least even m with which `n` weights count; 0: none. */
static guint
find_width (EngSpec *spec, const EngSettings *settings, double d, double n)
{
  guint low = 0, high = MOST_PAIRS;

  if (eng_jacobian_get_max_rank (spec, settings, 2.0 * high, d) < n)
    return 0;
  while (high - low > 1)
    {
      guint middle = low + (high - low) / 2;

      if (eng_jacobian_get_max_rank (spec, settings, 2.0 * middle, d) < n)
        low = middle;
      else
        high = middle;
    }
  return 2 * high;
}

char *
eng_jacobian_get_hint (EngSpec *spec, const EngSettings *settings)
{
  EngSizes sizes;
  guint    needed;

  if (!eng_settings_get_boolean (eng_spec_get_observe (spec), "monitor")
      || !eng_problem_spec_sizes (spec, &sizes))
    return NULL;
  if (sizes.n > ENG_JACOBIAN_MAX_SAMPLES)
    return g_strdup_printf (_ ("The rate monitor watches %u samples at most."),
                            ENG_JACOBIAN_MAX_SAMPLES);
  if (eng_jacobian_get_max_rank (spec, settings, eng_settings_get_double (settings, "m"),
                                 sizes.d)
      >= sizes.n)
    return NULL;
  needed = find_width (spec, settings, sizes.d, sizes.n);
  if (needed > 0)
    return g_strdup_printf (
        _ ("Few weights: JJᵀ starts with the eigenvalue 0, and no rate is "
           "promised, below m = %u."),
        needed);
  return g_strdup_printf (
      _ ("σ is a polynomial: whatever m is, JJᵀ has the eigenvalue 0, and no rate is "
         "promised, above n = %.0f."),
      eng_jacobian_get_max_rank (spec, settings, 2.0 * MOST_PAIRS, sizes.d));
}
