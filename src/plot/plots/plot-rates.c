/* SPDX-License-Identifier: GPL-3.0-or-later
 * Promised rates: the train loss of every run; dashed, for the selected one, what the
 * spectrum of J Jᵀ promises at the start and on the way, and the closed form of the
 * linearised network (eng-rate-lines.h). */
#include "config.h"

#include "plot-monitor.h"
#include "plot-over-time.h"
#include "plot-suits.h"

#include <glib/gi18n-lib.h>

/* Without records the axis shows this much below 1. */
#define LOWEST_EMPTY 1e-3

static const struct
{
  const char *column, *label;
  PlotTheory  dashes;
} promises[] = {
  { "rate-line", N_ ("PL line"), PLOT_THEORY_DASHED },
  { "linearised-loss", N_ ("linearised"), PLOT_THEORY_DOTTED },
  { "rate-envelope", N_ ("envelope"), PLOT_THEORY_DASH_DOTTED },
};

static void
add_promises (PlotPanel *panel, const EngSnapshot *snapshot, guint run)
{
  for (gsize i = 0; i < G_N_ELEMENTS (promises); i++)
    plot_monitor_add_theory (panel, snapshot, run, promises[i].column,
                             _ (promises[i].label), promises[i].dashes);
}

static void
mark_rounding (PlotPanel *panel, const EngSnapshot *snapshot)
{
  for (guint i = 0; i < panel->series->len; i++)
    {
      PlotSeries *series = g_ptr_array_index (panel->series, i);

      if (series->role == PLOT_ROLE_TEST)
        plot_monitor_mark_rounding (series, &snapshot->runs[series->run]);
    }
}

static void
plot_rates_project (PlotFrame         *frame,
                    const EngSnapshot *snapshot,
                    const PlotOptions *options)
{
  PlotPanel       *panel = plot_over_time_add_panel (frame, snapshot, options);
  int              selected = plot_monitor_find_run (snapshot, options);
  g_autofree char *values = NULL;

  plot_axis_include (&panel->y, 1);
  plot_axis_include (&panel->y, options->y_linear ? 0 : LOWEST_EMPTY);
  if (selected >= 0)
    add_promises (panel, snapshot, (guint) selected);
  values = plot_over_time_add_runs (panel, snapshot, options, plot_monitor_add_loss,
                                    "train-loss", NULL);
  mark_rounding (panel, snapshot);
  frame->subtitle = plot_monitor_make_subtitle (snapshot, selected);
  frame->quantity = g_strdup (_ ("train loss / variance of the target"));
  plot_over_time_describe (frame, snapshot, _ ("Train loss"), values);
}

const PlotClass plot_rates_class = {
  .id = "rates",
  .title = N_ ("Promised Rates"),
  .over_steps = TRUE,
  .suits = plot_suits_monitor,
  .project = plot_rates_project,
};
