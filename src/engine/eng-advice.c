/* SPDX-License-Identifier: GPL-3.0-or-later
 * Advice of the learners of a spec. */
#include "config.h"

#include "eng-advice.h"

#include "eng-learner.h"

#include <string.h>

char *
eng_advice_get_hint (EngSpec *spec, guint run)
{
  const EngLearnerClass *klass = eng_spec_get_learner_class (spec, run);

  return klass->hint == NULL ? NULL : klass->hint (spec, eng_spec_get_run (spec, run));
}

static EngSpec *
set_value (EngSpec *spec, guint run, const EngRemedy *remedy)
{
  g_autofree char *group = g_strdup_printf ("run.%u", run + 1);

  return eng_spec_with_value (spec, group, remedy->key, remedy->value, NULL);
}

gboolean
eng_advice_find_remedy (EngSpec *spec, guint run, EngRemedy *remedy)
{
  const EngLearnerClass *klass = eng_spec_get_learner_class (spec, run);
  g_autoptr (EngSpec)    cured = NULL;

  if (klass->find_remedy == NULL
      || !klass->find_remedy (spec, eng_spec_get_run (spec, run), remedy))
    return FALSE;
  cured = set_value (spec, run, remedy);
  return cured != NULL;
}

EngSpec *
eng_advice_apply_remedy (EngSpec *spec, guint run, const EngRemedy *remedy)
{
  EngSpec *cured = set_value (spec, run, remedy);
  guint    i = 0;

  if (cured == NULL)
    return eng_spec_ref (spec);
  while (i < eng_spec_get_n_changes (cured))
    {
      const EngChange    *change = eng_spec_get_change (cured, i);
      g_autoptr (EngSpec) before = NULL;

      if (change->run != run || strcmp (change->key, remedy->key) != 0)
        {
          i++;
          continue;
        }
      before = cured;
      cured = eng_spec_without_change (before, i);
    }
  return cured;
}
