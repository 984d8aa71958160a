/* SPDX-License-Identifier: GPL-3.0-or-later
 * Which plots have something to show of an experiment. */
#include "config.h"

#include "plot-suits.h"

#include "eng-learner.h"

static gboolean
has_matrix (const EngLearnerClass *learner)
{
  return learner->low_rank != NULL;
}

static gboolean
has_weights (const EngLearnerClass *learner)
{
  return learner->weights != NULL;
}

static gboolean
has_student (const EngLearnerClass *learner)
{
  return learner->two_layer != NULL;
}

static gboolean
any_run (EngSpec *spec, gboolean (*has) (const EngLearnerClass *learner))
{
  for (guint run = 0; run < eng_spec_get_n_runs (spec); run++)
    if (has (eng_spec_get_learner_class (spec, run)))
      return TRUE;
  return FALSE;
}

gboolean
plot_suits_matrix (EngSpec *spec)
{
  return any_run (spec, has_matrix);
}

gboolean
plot_suits_matrix_alone (EngSpec *spec)
{
  return any_run (spec, has_matrix) && !any_run (spec, has_weights);
}

gboolean
plot_suits_weights (EngSpec *spec)
{
  return any_run (spec, has_weights);
}

gboolean
plot_suits_student (EngSpec *spec)
{
  return any_run (spec, has_student);
}

gboolean
plot_suits_spectrum (EngSpec *spec)
{
  return any_run (spec, has_student) && !any_run (spec, has_matrix);
}
