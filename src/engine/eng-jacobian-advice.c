/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the rate monitor has to say before a run: how many weights a promise takes. */
#include "config.h"

#include "eng-jacobian.h"
#include "eng-problem.h"

#include <glib/gi18n-lib.h>

char *
eng_jacobian_get_hint (EngSpec *spec, const EngSettings *settings)
{
  EngSizes sizes;
  double   needed;

  if (!eng_settings_get_boolean (eng_spec_get_observe (spec), "monitor")
      || !eng_problem_spec_sizes (spec, &sizes))
    return NULL;
  if (sizes.n > ENG_JACOBIAN_MAX_SAMPLES)
    return g_strdup_printf (_ ("The rate monitor watches %u samples at most."),
                            ENG_JACOBIAN_MAX_SAMPLES);
  needed = eng_two_layer_is_paired (settings) ? 2.0 * sizes.n : sizes.n;
  if (eng_settings_get_double (settings, "m") * sizes.d >= needed)
    return NULL;
  return g_strdup_printf (_ ("Few weights: JJᵀ has the eigenvalue 0, and no rate is "
                             "promised, below m d = %.0f."),
                          needed);
}
