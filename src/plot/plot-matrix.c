/* SPDX-License-Identifier: GPL-3.0-or-later
 * Points of several runs at whole numbers. */
#include "config.h"

#include "plot-matrix.h"

#include <math.h>

/* Points of neighbouring runs are so far apart, in units of the axis, and all of them
 * together at most so wide. */
#define GAP   0.18
#define WIDTH 0.48
/* Beside more whole numbers than these they need more of the room between them. */
#define FEW        8
#define WIDTH_MANY 0.9
/* What they should be reaches so far to either side. */
#define REACH 0.47

void
plot_matrix_index_axis (PlotPanel *panel, gsize n, const char *title)
{
  panel->x.kind = PLOT_SCALE_LINEAR;
  panel->x.fixed = TRUE;
  panel->x.whole = TRUE;
  panel->x.lo = 0.5;
  panel->x.hi = (double) MAX (n, 1) + 0.5;
  panel->x.title = g_strdup (title);
}

static PlotSeries *
add (PlotPanel *panel, PlotRunStyle style, PlotRole role, gsize n, const double *values)
{
  g_autofree double *x = g_new (double, n + 1);

  for (gsize i = 0; i < n; i++)
    x[i] = (double) (i + 1);
  return plot_panel_add_series (panel, style, role, n, x, values);
}

static void
include (PlotPanel *panel, gsize n, const double *values)
{
  for (gsize i = 0; i < n; i++)
    plot_axis_include (&panel->y, values[i]);
}

static double
get_gap (const PlotPanel *panel, guint n_runs)
{
  gboolean many = panel->x.hi - panel->x.lo > FEW;

  if (n_runs < 2)
    return GAP;
  return many ? WIDTH_MANY / n_runs : MIN (GAP, WIDTH / (n_runs - 1));
}

double
plot_matrix_get_shift (const PlotPanel *panel, guint at, guint n_runs)
{
  return (at - (n_runs - 1) / 2.0) * get_gap (panel, n_runs);
}

double
plot_matrix_get_pinned_shift (const PlotPanel *panel, guint at, guint n_runs)
{
  return plot_matrix_get_shift (panel, at, n_runs) - get_gap (panel, n_runs) / 2;
}

PlotSeries *
plot_matrix_add_points (PlotPanel         *panel,
                        const EngSnapshot *snapshot,
                        guint              run,
                        PlotRunStyle       style,
                        gsize              n,
                        const double      *values,
                        gboolean           fits)
{
  PlotSeries *series = add (panel, style, PLOT_ROLE_POINTS, n, values);
  guint       before = 0, n_all = 0;

  series->diverged = snapshot->runs[run].status == ENG_STATUS_DIVERGED;
  if (fits)
    include (panel, n, values);
  else if (n > 0)
    {
      series->beyond = TRUE;
      series->value = plot_format_value (values[0], 2, PLOT_NUMBER_PLAIN);
    }
  for (guint i = 0; i < snapshot->n_runs; i++)
    if (snapshot->runs[i].matrix.rank > 0)
      {
        before += i < run;
        n_all++;
      }
  series->run = run;
  series->label = g_strdup (plot_project_get_name (&snapshot->runs[run]));
  series->name = g_strdup (series->label);
  series->shift = plot_matrix_get_shift (panel, before, n_all);
  return series;
}

PlotSeries *
plot_matrix_add_target (PlotPanel *panel, gsize n, const double *values, const char *name)
{
  PlotSeries *series = add (panel, 0, PLOT_ROLE_TARGET, n, values);

  include (panel, n, values);
  /* Its label is remembered apart from those of the runs. */
  series->run = ENG_SPEC_MAX_RUNS;
  series->reach = REACH;
  series->label = g_strdup (name);
  series->name = g_strdup (name);
  return series;
}
