/* SPDX-License-Identifier: GPL-3.0-or-later
 * Hints of diagonal networks: too many samples, a teacher that is not linear. */
#include "config.h"

#include "eng-diagonal-advice.h"

#include "eng-problem.h"
#include "eng-teacher-degrees.h"

#include <glib/gi18n-lib.h>

static gboolean
has_other_degrees (EngSpec *spec)
{
  for (guint degree = 2; degree <= ENG_TEACHER_MAX_DEGREE; degree++)
    if (eng_teacher_has_degree (spec, degree))
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
