/* SPDX-License-Identifier: GPL-3.0-or-later
 * Advice for the search for directions. */
#include "config.h"

#include "eng-search-advice.h"

#include "eng-recovery.h"
#include "eng-teacher-degrees.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

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

  if (eng_teacher_lacks_degree (spec, degree))
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
