/* SPDX-License-Identifier: GPL-3.0-or-later
 * Loss: test (thick) and train (thin) of every run, relative to the variance of the
 * target: 1 predicts the mean. */
#include "config.h"

#include "plot-over-time.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* Before there are data the axis shows this much below 1. */
#define LOWEST_EMPTY 0.1
/* Room above the largest value, in decades. */
#define HEADROOM 0.45
/* A low-degree part with less than this share of the variance is none worth a guide. */
#define LOW_PART_SHARE 0.05
/* A noise level below this would only stretch the axis. */
#define LOWEST_NOISE 1e-4
/* Train losses below this leave the plot, unless a test loss goes there. */
#define LOWEST_TRAIN 1e-6
/* The same where all runs solve one system, which leaves nothing of it to be seen fall. */
#define LOWEST_AT_ONCE 0.05

static void
add_guides (PlotPanel *panel, const EngFacts *facts)
{
  plot_project_add_guide (panel, 1, _ ("predicts the mean"));
  plot_axis_include (&panel->y, panel->y.kind == PLOT_SCALE_LOG ? LOWEST_EMPTY : 0);
  if (facts->best_low_fit > 0 && facts->best_low_fit <= 1 - LOW_PART_SHARE)
    {
      g_autofree char *label = facts->k == 1 ? g_strdup (_ ("best linear fit"))
                                             : g_strdup_printf (
                                                 _ ("best fit of degree ≤ %u"), facts->k);

      plot_project_add_guide (panel, facts->best_low_fit, label);
    }
  if (facts->noise_level > 0)
    {
      plot_panel_add_rule (panel, facts->noise_level, _ ("noise level (train)"));
      if (facts->noise_level >= LOWEST_NOISE)
        plot_axis_include (&panel->y, facts->noise_level);
    }
}

/* Train losses fall to the rounding errors of the machine; shown to the end they would press
 * everything else into the top of the plot. */
static double
find_lowest_shown (PlotPanel *panel, const EngSnapshot *snapshot)
{
  double lowest = snapshot->planned == 1 ? LOWEST_AT_ONCE : LOWEST_TRAIN;

  for (guint i = 0; i < snapshot->n_runs; i++)
    {
      PlotExtent extent;

      if (plot_over_time_make_line (panel, &snapshot->runs[i], "test-loss", &extent)
              != NULL
          && extent.smallest_positive > 0)
        lowest = MIN (lowest, extent.smallest_positive / 10);
    }
  return lowest;
}

/* What has left the plot through its floor is told there. */
static void
add_note_below (PlotPanel *panel)
{
  double lowest = panel->y.lowest;

  for (guint i = 0; i < panel->series->len; i++)
    {
      const PlotSeries *series = g_ptr_array_index (panel->series, i);

      if (series->extent.smallest_positive > 0)
        lowest = MIN (lowest, series->extent.smallest_positive);
    }
  if (lowest < panel->y.lowest)
    {
      g_autofree char *value = plot_format_value (lowest, 2, PLOT_NUMBER_PLAIN);
      /* Translators: at the foot of a plot: a training loss below what is shown. */
      g_autofree char *label = g_strdup_printf (_ ("train ↓ %s"), value);

      plot_panel_add_note (panel, panel->x.lo, panel->x.hi, label);
    }
}

static void
plot_loss_project (PlotFrame         *frame,
                   const EngSnapshot *snapshot,
                   const PlotOptions *options)
{
  PlotPanel       *panel = plot_over_time_add_panel (frame, snapshot, options);
  g_autofree char *values = NULL;

  panel->thin_label = g_strdup (_ ("train"));
  panel->thick_label = g_strdup (_ ("test"));
  if (!options->y_linear)
    {
      panel->y.headroom = HEADROOM;
      panel->y.lowest = find_lowest_shown (panel, snapshot);
    }
  add_guides (panel, &snapshot->facts);
  values = plot_over_time_add_runs (panel, snapshot, options, plot_over_time_add_line,
                                    "test-loss", "train-loss");
  add_note_below (panel);
  frame->subtitle = g_strdup (_ ("test thick, train thin"));
  frame->quantity = g_strdup (_ ("loss / variance of the target"));
  plot_over_time_describe (frame, snapshot, _ ("Test loss"), values);
}

const PlotClass plot_loss_class = {
  .id = "loss",
  .title = N_ ("Loss"),
  .over_steps = TRUE,
  .project = plot_loss_project,
};
