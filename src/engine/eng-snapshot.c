/* SPDX-License-Identifier: GPL-3.0-or-later
 * The immutable view of an experiment that crosses from the engine to its readers. */
#include "config.h"

#include "eng-snapshot.h"

#include <math.h>

/* The first iterations find their directions, the last ones only round. */
#define RATE_FROM     3
#define RATE_ROUNDING 1e-12
/* Of fewer iterations a mean says little. */
#define RATE_LEAST 3

G_DEFINE_BOXED_TYPE (EngSnapshot, eng_snapshot, eng_snapshot_ref, eng_snapshot_unref)

EngSnapshot *
eng_snapshot_new (EngSpec *spec, guint n_runs)
{
  EngSnapshot *self = g_new0 (EngSnapshot, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->spec = spec != NULL ? eng_spec_ref (spec) : NULL;
  self->steps_per_second = NAN;
  self->facts.best_low_fit = NAN;
  self->n_runs = n_runs;
  self->runs = g_new0 (EngRunView, n_runs);
  for (guint i = 0; i < n_runs; i++)
    {
      self->runs[i].stable_below = NAN;
      self->runs[i].restart_with = NAN;
      self->runs[i].later = g_ptr_array_new_with_free_func (
          (GDestroyNotify) eng_spectrum_unref);
    }
  return self;
}

EngSnapshot *
eng_snapshot_ref (EngSnapshot *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

static void
matrix_view_clear (EngMatrixView *view)
{
  g_free (view->eigenvalues);
  g_free (view->angles);
}

static void
run_view_clear (EngRunView *run)
{
  g_free (run->label);
  g_free (run->learner);
  g_clear_pointer (&run->trace, eng_trace_unref);
  g_clear_pointer (&run->spectrum, eng_spectrum_unref);
  g_clear_pointer (&run->later, g_ptr_array_unref);
  g_free (run->neurons.movement);
  g_free (run->neurons.overlap);
  matrix_view_clear (&run->matrix);
  eng_coefficients_clear (&run->coefficients);
}

void
eng_snapshot_unref (EngSnapshot *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  for (guint i = 0; i < self->n_runs; i++)
    run_view_clear (&self->runs[i]);
  g_free (self->runs);
  matrix_view_clear (&self->truth);
  eng_coefficients_clear (&self->teacher);
  g_clear_pointer (&self->spec, eng_spec_unref);
  g_clear_error (&self->error);
  g_free (self);
}

const double *
eng_run_view_get_column (const EngRunView *self, const char *id)
{
  return self->trace == NULL ? NULL : eng_trace_lookup (self->trace, id);
}

double
eng_run_view_get_last (const EngRunView *self, const char *id)
{
  const double *column = eng_run_view_get_column (self, id);

  return column == NULL || self->n_records == 0 ? NAN : column[self->n_records - 1];
}

gint64
eng_run_view_find_below (const EngRunView *self, const char *id, double bound)
{
  const double *column = eng_run_view_get_column (self, id);

  for (gsize i = 0; column != NULL && i < self->n_records; i++)
    if (column[i] < bound)
      return (gint64) eng_trace_get_steps (self->trace)[i];
  return -1;
}

double
eng_run_view_get_rate (const EngRunView *self)
{
  const double  *error = eng_run_view_get_column (self, "relative-error");
  const guint64 *steps;
  double         least = INFINITY;
  gsize          first = 0, last;

  if (error == NULL)
    return NAN;
  steps = eng_trace_get_steps (self->trace);
  for (gsize i = 0; i < self->n_records; i++)
    least = MIN (least, error[i]);
  while (first < self->n_records && steps[first] < RATE_FROM)
    first++;
  for (last = first; last < self->n_records; last++)
    if (error[last] <= MAX (2.0 * least, RATE_ROUNDING))
      break;
  if (last >= self->n_records || last < first + RATE_LEAST || !(error[last] > 0))
    return NAN;
  return pow (error[last] / error[first], 1.0 / (double) (steps[last] - steps[first]));
}

gsize
eng_run_view_get_rank (const EngRunView *self)
{
  double rank = eng_run_view_get_last (self, "rank");

  return isfinite (rank) ? (gsize) rank : self->matrix.rank;
}
