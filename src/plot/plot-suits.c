/* SPDX-License-Identifier: GPL-3.0-or-later
 * Which plots have something to show of an experiment. */
#include "config.h"

#include "plot-suits.h"

#include "eng-learner.h"

/* On an even axis of more, the first ones, in which fast methods are done, are not seen. */
#define FEW_STEPS 200

typedef gboolean (*RunFunc) (EngSpec *spec, guint run);

static gboolean
has_matrix (EngSpec *spec, guint run)
{
  return eng_learner_class_is_matrix (eng_spec_get_learner_class (spec, run), spec,
                                      eng_spec_get_run (spec, run));
}

static gboolean
has_no_matrix (EngSpec *spec, guint run)
{
  return !has_matrix (spec, run);
}

static gboolean
has_weights (EngSpec *spec, guint run)
{
  return eng_spec_get_learner_class (spec, run)->weights != NULL;
}

static gboolean
has_student (EngSpec *spec, guint run)
{
  return eng_spec_get_learner_class (spec, run)->two_layer != NULL;
}

static gboolean
has_width (EngSpec *spec, guint run)
{
  const EngSettings *settings = eng_spec_get_run (spec, run);

  return eng_settings_has (settings, "kernel") && eng_settings_has (settings, "m");
}

static gboolean
has_coefficients (EngSpec *spec, guint run)
{
  return eng_spec_get_learner_class (spec, run)->coefficients != NULL;
}

static gboolean
has_directions (EngSpec *spec, guint run)
{
  return eng_spec_get_learner_class (spec, run)->directions != NULL;
}

static gboolean
has_no_directions (EngSpec *spec, guint run)
{
  return !has_directions (spec, run);
}

static gboolean
has_spectrum (EngSpec *spec, guint run)
{
  const EngLearnerClass *klass = eng_spec_get_learner_class (spec, run);

  return has_student (spec, run)
         || (klass->has_spectrum != NULL
             && klass->has_spectrum (spec, eng_spec_get_run (spec, run)));
}

static guint
count_runs (EngSpec *spec, RunFunc has)
{
  guint n = 0;

  for (guint run = 0; run < eng_spec_get_n_runs (spec); run++)
    if (has (spec, run))
      n++;
  return n;
}

static gboolean
any_run (EngSpec *spec, RunFunc has)
{
  return count_runs (spec, has) > 0;
}

gboolean
plot_suits_matrix (EngSpec *spec)
{
  return any_run (spec, has_matrix);
}

gboolean
plot_suits_matrix_alone (EngSpec *spec)
{
  return !any_run (spec, has_no_matrix);
}

gboolean
plot_suits_truth (EngSpec *spec)
{
  return plot_suits_matrix_alone (spec) && eng_problem_spec_has_truth (spec);
}

gboolean
plot_suits_weights (EngSpec *spec)
{
  return any_run (spec, has_weights) && any_run (spec, has_no_matrix)
         && !plot_suits_threshold (spec);
}

gboolean
plot_suits_directions_alone (EngSpec *spec)
{
  return !any_run (spec, has_no_directions);
}

/* A table has no teacher that anybody knew. */
gboolean
plot_suits_directions (EngSpec *spec)
{
  return any_run (spec, has_directions)
         && eng_spec_get_problem_class (spec)->load == NULL;
}

gboolean
plot_suits_student (EngSpec *spec)
{
  return any_run (spec, has_student);
}

gboolean
plot_suits_monitor (EngSpec *spec)
{
  return any_run (spec, has_student)
         && eng_settings_get_boolean (eng_spec_get_observe (spec), "monitor");
}

static gboolean
is_same_size (EngSpec *spec, guint a, guint b)
{
  const EngSettings *first = eng_spec_get_run (spec, a);
  const EngSettings *second = eng_spec_get_run (spec, b);

  return eng_settings_get_int (first, "m") == eng_settings_get_int (second, "m")
         && eng_two_layer_is_paired (first) == eng_two_layer_is_paired (second);
}

gboolean
plot_suits_threshold (EngSpec *spec)
{
  int first = -1;

  if (!plot_suits_monitor (spec))
    return FALSE;
  for (guint run = 0; run < eng_spec_get_n_runs (spec); run++)
    {
      if (!has_student (spec, run))
        continue;
      if (first >= 0 && !is_same_size (spec, (guint) first, run))
        return TRUE;
      first = (int) run;
    }
  return FALSE;
}

gboolean
plot_suits_coefficients (EngSpec *spec)
{
  return any_run (spec, has_coefficients);
}

gboolean
plot_suits_few_steps (EngSpec *spec)
{
  return plot_suits_matrix_alone (spec) && eng_spec_get_max_steps (spec) <= FEW_STEPS;
}

gboolean
plot_suits_bands (EngSpec *spec)
{
  return any_run (spec, has_student) && !any_run (spec, has_matrix)
         && !plot_suits_monitor (spec);
}

gboolean
plot_suits_width (EngSpec *spec)
{
  return any_run (spec, has_width);
}

gboolean
plot_suits_degrees (EngSpec *spec)
{
  const EngSettings *problem = eng_spec_get_problem (spec);

  /* Parts of a form are of one degree each.  Students are seen through Σ. */
  return eng_settings_has (problem, "degree") && eng_settings_has (problem, "form")
         && 2 * count_runs (spec, has_student) <= eng_spec_get_n_runs (spec)
         && !any_run (spec, has_matrix) && !any_run (spec, has_coefficients);
}

gboolean
plot_suits_spectrum (EngSpec *spec)
{
  return any_run (spec, has_spectrum) && !any_run (spec, has_matrix)
         && !plot_suits_monitor (spec);
}
