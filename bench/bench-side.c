/* SPDX-License-Identifier: GPL-3.0-or-later
 * Our side of a comparison. */
#include "bench-side.h"

gboolean
bench_side_init (BenchSide *self, const char *text, guint n_threads, GError **error)
{
  g_autoptr (EngSpec) spec = eng_spec_new_from_text (text, -1, error);

  if (spec == NULL)
    return FALSE;
  self->experiment = eng_experiment_new (spec, n_threads, NULL, error);
  if (self->experiment == NULL
      || !eng_experiment_prepare (self->experiment, NULL, NULL, error))
    return FALSE;
  self->lanes = eng_lanes_new (n_threads);
  self->learner = eng_run_get_learner (eng_experiment_get_run (self->experiment, 0));
  return TRUE;
}

gboolean
bench_side_time (BenchSide *self, guint n, double *seconds, GError **error)
{
  gint64 begun = g_get_monotonic_time ();

  for (guint i = 0; i < n; i++)
    {
      EngStatus status = eng_learner_step (self->learner, self->lanes);

      if (status == ENG_STATUS_CONTINUE)
        continue;
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED,
                   "%s: a step must continue, but its status is %d at the loss %g",
                   self->learner->klass->id, (int) status, self->learner->train_loss);
      return FALSE;
    }
  if (seconds != NULL)
    *seconds = (double) (g_get_monotonic_time () - begun) * 1e-6 / n;
  return TRUE;
}

double
bench_side_get_loss (const BenchSide *self)
{
  return self->learner->train_loss;
}

void
bench_side_clear (BenchSide *self)
{
  g_clear_pointer (&self->experiment, eng_experiment_free);
  g_clear_pointer (&self->lanes, eng_lanes_free);
}
