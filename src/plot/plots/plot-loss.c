/* SPDX-License-Identifier: GPL-3.0-or-later
 * Loss: test (thick) and train (thin) of every run, relative to the variance of the
 * target: 1 predicts the mean. */
#include "config.h"

#include "plot-project.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* Before there are data the axis shows this much below 1. */
#define LOWEST_EMPTY 0.1
/* Room above the largest value, in decades. */
#define HEADROOM 0.3
/* A noise level below this would only stretch the axis. */
#define LOWEST_NOISE 1e-4

static void
add_guides (PlotPanel *panel, const EngFacts *facts)
{
  plot_panel_add_rule (panel, 1, _ ("predicts the mean"));
  plot_axis_include (&panel->y, 1);
  plot_axis_include (&panel->y, panel->y.kind == PLOT_SCALE_LOG ? LOWEST_EMPTY : 0);
  if (isfinite (facts->best_low_fit) && facts->best_low_fit > 0)
    {
      g_autofree char *label = facts->k == 1 ? g_strdup (_ ("best linear fit"))
                                             : g_strdup_printf (
                                                 _ ("best fit of degree ≤ %u"), facts->k);

      plot_panel_add_rule (panel, facts->best_low_fit, label);
      plot_axis_include (&panel->y, facts->best_low_fit);
    }
  if (facts->noise_level > 0)
    {
      plot_panel_add_rule (panel, facts->noise_level, _ ("noise level (train)"));
      if (facts->noise_level >= LOWEST_NOISE)
        plot_axis_include (&panel->y, facts->noise_level);
    }
}

static PlotFrame *
plot_loss_project (const EngSnapshot *snapshot, const PlotOptions *wanted)
{
  PlotOptions              options = plot_project_get_options (wanted);
  PlotFrame               *frame = plot_frame_new (_ ("Loss"));
  PlotPanel               *panel = plot_frame_add_panel (frame);
  g_autofree PlotRunStyle *styles = g_new0 (PlotRunStyle, snapshot->n_runs + 1);
  g_autofree guint        *order = g_new0 (guint, snapshot->n_runs + 1);
  g_autoptr (GString)      sentence = g_string_new (NULL);
  g_autofree char         *state = plot_project_describe_state (snapshot);

  plot_get_snapshot_styles (snapshot, styles);
  plot_project_order (snapshot, styles, order);
  panel->y.kind = options.y_linear ? PLOT_SCALE_LINEAR : PLOT_SCALE_LOG;
  panel->y.headroom = options.y_linear ? 0.04 : HEADROOM;
  panel->thin_label = g_strdup (_ ("train"));
  plot_project_time_axis (panel, snapshot, &options, TRUE);
  add_guides (panel, &snapshot->facts);
  for (guint i = 0; i < snapshot->n_runs; i++)
    {
      guint       run = order[i];
      PlotSeries *test;

      plot_project_add_line (panel, snapshot, run, styles[run], PLOT_ROLE_TRAIN,
                             "train-loss");
      test = plot_project_add_line (panel, snapshot, run, styles[run], PLOT_ROLE_TEST,
                                    "test-loss");
      if (test != NULL)
        plot_project_label_line (test, &snapshot->runs[run], PLOT_NUMBER_PLAIN, sentence);
    }
  frame->subtitle = g_strdup (_ ("test thick, train thin"));
  frame->summary = sentence->len == 0
                       ? g_strdup_printf ("%s.", state)
                       : g_strdup_printf (_ ("%s. Test loss: %s."), state, sentence->str);
  return frame;
}

const PlotClass plot_loss_class = {
  .id = "loss",
  .title = N_ ("Loss"),
  .project = plot_loss_project,
};
