/* SPDX-License-Identifier: GPL-3.0-or-later
 * Hints of diagonal networks: too many samples, a teacher that is not linear. */
#include "config.h"

#include "eng-diagonal-advice.h"

#include "eng-problem.h"

#include <glib/gi18n-lib.h>

/* Whether a part of the teacher is known to have another degree than 1. */
static gboolean
has_other_degrees (EngSpec *spec)
{
  const EngSettings *problem = eng_spec_get_problem (spec);
  const double      *degrees;
  gsize              length;

  if (!eng_settings_has (problem, "degree"))
    return FALSE;
  degrees = eng_settings_get_list (problem, "degree", &length);
  for (gsize i = 0; i < length; i++)
    if (degrees[i] != 1.0)
      return TRUE;
  return FALSE;
}

char *
eng_diagonal_get_hint (EngSpec *spec)
{
  EngSizes sizes;

  if (has_other_degrees (spec))
    return g_strdup (_ ("This network is linear in its inputs: parts of the teacher that "
                        "are not of degree 1 are noise to it."));
  if (!eng_problem_spec_sizes (spec, &sizes) || sizes.n < sizes.d)
    return NULL;
  return g_strdup (_ ("With as many samples as dimensions or more a single β fits best, "
                      "whatever α. Take fewer samples."));
}
