/* SPDX-License-Identifier: GPL-3.0-or-later
 * Promised rates: the train loss of every run; dashed, for the selected one, what the
 * spectrum of J Jᵀ promises at the start and on the way, and the closed form of the
 * linearised network (eng-rate-lines.h). */
#include "config.h"

#include "plot-monitor.h"
#include "plot-project.h"
#include "plot-suits.h"

#include <glib/gi18n-lib.h>

/* Room above the largest value, in decades. */
#define HEADROOM 0.3
/* Without records the axis shows this much below 1. */
#define LOWEST_EMPTY 1e-3

static const struct
{
  const char *column, *label;
} promises[] = {
  { "rate-line", N_ ("PL line") },
  { "linearised-loss", N_ ("linearised") },
  { "rate-envelope", N_ ("envelope") },
};

static void
add_promises (PlotPanel *panel, const EngSnapshot *snapshot, guint run)
{
  for (gsize i = 0; i < G_N_ELEMENTS (promises); i++)
    plot_monitor_add_theory (panel, snapshot, run, promises[i].column,
                             _ (promises[i].label));
}

static void
set_axis (PlotPanel *panel, const PlotOptions *options)
{
  panel->y.kind = options->y_linear ? PLOT_SCALE_LINEAR : PLOT_SCALE_LOG;
  panel->y.headroom = options->y_linear ? 0.04 : HEADROOM;
  plot_axis_include (&panel->y, 1);
  plot_axis_include (&panel->y, options->y_linear ? 0 : LOWEST_EMPTY);
}

static PlotFrame *
plot_rates_project (const EngSnapshot *snapshot, const PlotOptions *wanted)
{
  PlotOptions              options = plot_project_get_options (wanted);
  PlotFrame               *frame = plot_frame_new (_ ("Promised Rates"));
  PlotPanel               *panel = plot_frame_add_panel (frame);
  g_autofree PlotRunStyle *styles = g_new0 (PlotRunStyle, snapshot->n_runs + 1);
  g_autofree guint        *order = g_new0 (guint, snapshot->n_runs + 1);
  g_autoptr (GString)      sentence = g_string_new (NULL);
  g_autofree char         *state = plot_project_describe_state (snapshot);
  int                      selected = plot_monitor_find_run (snapshot, &options);

  plot_get_snapshot_styles (snapshot, styles);
  plot_project_order (snapshot, styles, order);
  plot_project_time_axis (panel, snapshot, &options, TRUE);
  plot_project_add_changes (panel, snapshot, -1);
  set_axis (panel, &options);
  if (selected >= 0)
    add_promises (panel, snapshot, (guint) selected);
  plot_project_add_pinned_by (panel, &options, plot_monitor_add_loss, "train-loss",
                              PLOT_NUMBER_PLAIN);
  for (guint i = 0; i < snapshot->n_runs; i++)
    {
      guint       run = order[i];
      PlotSeries *series = plot_monitor_add_loss (panel, snapshot, run, styles[run],
                                                  PLOT_ROLE_TEST, "train-loss");

      if (series == NULL)
        continue;
      plot_project_label_line (series, &snapshot->runs[run], PLOT_NUMBER_PLAIN, sentence);
      plot_monitor_mark_rounding (series, &snapshot->runs[run]);
    }
  frame->subtitle = plot_monitor_make_subtitle (snapshot, selected);
  frame->quantity = g_strdup (_ ("train loss / variance of the target"));
  frame->summary = sentence->len == 0 ? plot_project_end_sentence (state)
                                      : g_strdup_printf (_ ("%s. Train loss: %s."), state,
                                                         sentence->str);
  plot_project_tell_pinned (frame);
  return frame;
}

const PlotClass plot_rates_class = {
  .id = "rates",
  .title = N_ ("Promised Rates"),
  .over_steps = TRUE,
  .suits = plot_suits_monitor,
  .project = plot_rates_project,
};
