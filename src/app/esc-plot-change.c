/* SPDX-License-Identifier: GPL-3.0-or-later
 * Whether a newer snapshot would give another picture. */
#include "config.h"

#include "esc-plot-change.h"

#include <math.h>

/* On a logarithmic axis of steps, about one pixel each. */
#define STEPS_PER_DECADE 200

/* A cloud of eigenvalues alone does not change with time. */
static gboolean
shows_time (const PlotFrame *frame)
{
  for (guint i = 0; i < frame->panels->len; i++)
    {
      const PlotPanel *panel = g_ptr_array_index (frame->panels, i);

      if (panel->clouds->len == 0 || panel->series->len + panel->areas->len > 0)
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_same_time (const EngSnapshot *a, const EngSnapshot *b)
{
  if (a->phase != b->phase
      || floor (STEPS_PER_DECADE * log10 (1.0 + (double) a->step))
             != floor (STEPS_PER_DECADE * log10 (1.0 + (double) b->step)))
    return FALSE;
  for (guint i = 0; i < a->n_runs; i++)
    if (a->runs[i].n_records != b->runs[i].n_records
        || a->runs[i].status != b->runs[i].status)
      return FALSE;
  return TRUE;
}

static gboolean
is_same_spectrum (const EngSnapshot *a, const EngSnapshot *b)
{
  for (guint i = 0; i < a->n_runs; i++)
    {
      const EngRunView *old = &a->runs[i], *new = &b->runs[i];

      if (old->spectrum != new->spectrum
          || (old->later == NULL ? 0 : old->later->len)
                 != (new->later == NULL ? 0 : new->later->len))
        return FALSE;
    }
  return TRUE;
}

gboolean
esc_plot_would_change (const PlotFrame   *frame,
                       const EngSnapshot *drawn,
                       const EngSnapshot *snapshot)
{
  if (drawn->spec != snapshot->spec || drawn->n_runs != snapshot->n_runs
      || (drawn->phase == ENG_PHASE_PREPARING)
             != (snapshot->phase == ENG_PHASE_PREPARING))
    return TRUE;
  return !is_same_spectrum (drawn, snapshot)
         || (shows_time (frame) && !is_same_time (drawn, snapshot));
}
