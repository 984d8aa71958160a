/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copies of curves, without spectra, directions and neurons. */
#include "config.h"

#include "esc-compare.h"

static EngTrace *
copy_trace (const EngRunView *run)
{
  gsize                 n_columns = eng_trace_get_n_columns (run->trace);
  g_autofree EngColumn *columns = g_new0 (EngColumn, n_columns);
  const guint64        *steps = eng_trace_get_steps (run->trace);
  const double         *seconds = eng_trace_get_seconds (run->trace);
  EngTrace             *copy;

  for (gsize j = 0; j < n_columns; j++)
    columns[j] = *eng_trace_get_column_info (run->trace, j);
  copy = eng_trace_new (columns, n_columns, MAX (run->n_records, 1), 0);
  for (gsize i = 0; i < run->n_records; i++)
    {
      eng_trace_open (copy, steps[i], seconds[i]);
      for (gsize j = 0; j < n_columns; j++)
        eng_trace_set (copy, j, eng_trace_get_column (run->trace, j)[i]);
      eng_trace_publish (copy);
    }
  return copy;
}

static void
copy_run (const EngRunView *run, EngRunView *copy)
{
  copy->label = g_strdup (run->label);
  copy->learner = g_strdup (run->learner);
  copy->trace = run->trace == NULL ? NULL : copy_trace (run);
  copy->n_records = run->n_records;
  copy->status = run->status;
  copy->step = run->step;
  copy->planned = run->planned;
}

EngSnapshot *
esc_compare_copy_curves (const EngSnapshot *snapshot)
{
  EngSnapshot *copy = eng_snapshot_new (snapshot->spec, snapshot->n_runs);

  copy->phase = snapshot->phase;
  copy->step = snapshot->step;
  copy->planned = snapshot->planned;
  for (guint i = 0; i < snapshot->n_runs; i++)
    copy_run (&snapshot->runs[i], &copy->runs[i]);
  return copy;
}
