/* SPDX-License-Identifier: GPL-3.0-or-later
 * Implicit bias: which of all solutions a linear network comes to, by how much larger its
 * norms are than the least ones, its distance to the exact solution, and how far its kernel
 * went from the start. */
#include "config.h"

#include "eng-verdict.h"
#include "plot-project.h"
#include "plot-suits.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* Room above the largest value, in decades or as a share. */
#define HEADROOM        0.3
#define LINEAR_HEADROOM 0.1
/* Smaller values would only stretch a logarithmic axis. */
#define LOWEST 1e-5

static const char *const measures[] = { N_ ("L1 Norm"), N_ ("L2 Norm"),
                                        N_ ("Distance to Argmin Q"), N_ ("Kernel Drift"),
                                        NULL };

static const struct
{
  const char *column;
  const char *subtitle, *quantity;
  PlotNumber  number;
  double      lazy, rich; /* thresholds of the verdict; 0: none */
} details[] = {
  { "excess-l1", N_ ("ℓ₁ norm above the least of all solutions"),
    N_ ("ℓ₁ norm / the least ℓ₁ norm − 1"), PLOT_NUMBER_PERCENT, 0, 0 },
  { "excess-l2", N_ ("ℓ₂ norm above the least of all solutions"),
    N_ ("ℓ₂ norm / the least ℓ₂ norm − 1"), PLOT_NUMBER_PERCENT, 0, 0 },
  { "bias-distance", N_ ("relative to the norm of argmin Q"),
    N_ ("distance to argmin Q / its norm"), PLOT_NUMBER_PLAIN, 0, 0 },
  { "kernel-drift", N_ ("how far the tangent kernel is from its start"),
    N_ ("norm of the change of the tangent kernel / its norm at the start"),
    PLOT_NUMBER_PLAIN, ENG_VERDICT_LAZY_DRIFT, ENG_VERDICT_RICH_DRIFT },
};

static void
add_guide (PlotPanel *panel, double at, const char *label)
{
  if (at <= 0)
    return;
  plot_panel_add_rule (panel, at, label);
  plot_axis_include (&panel->y, at);
}

static PlotFrame *
plot_bias_project (const EngSnapshot *snapshot, const PlotOptions *wanted)
{
  PlotOptions              options = plot_project_get_options (wanted);
  guint                    measure = MIN (options.measure, G_N_ELEMENTS (details) - 1);
  PlotFrame               *frame = plot_frame_new (_ ("Implicit Bias"));
  PlotPanel               *panel = plot_frame_add_panel (frame);
  g_autofree PlotRunStyle *styles = g_new0 (PlotRunStyle, snapshot->n_runs + 1);
  g_autofree guint        *order = g_new0 (guint, snapshot->n_runs + 1);
  g_autoptr (GString)      sentence = g_string_new (NULL);
  g_autofree char         *state = plot_project_describe_state (snapshot);

  plot_get_snapshot_styles (snapshot, styles);
  plot_project_order (snapshot, styles, order);
  panel->y.kind = options.y_linear ? PLOT_SCALE_LINEAR : PLOT_SCALE_LOG;
  panel->y.headroom = options.y_linear ? LINEAR_HEADROOM : HEADROOM;
  panel->y.number = details[measure].number;
  if (!options.y_linear)
    panel->y.lowest = LOWEST;
  plot_project_time_axis (panel, snapshot, &options, TRUE);
  plot_project_add_changes (panel, snapshot, -1);
  add_guide (panel, details[measure].lazy, _ ("lazy below"));
  add_guide (panel, details[measure].rich, _ ("rich above"));
  plot_project_add_pinned (panel, &options, details[measure].column,
                           details[measure].number);
  for (guint i = 0; i < snapshot->n_runs; i++)
    {
      guint       run = order[i];
      PlotSeries *series = plot_project_add_line (
          panel, snapshot, run, styles[run], PLOT_ROLE_TEST, details[measure].column);

      if (series != NULL)
        plot_project_label_line (series, &snapshot->runs[run], details[measure].number,
                                 sentence);
    }
  if (isnan (panel->y.hi) || panel->y.hi == panel->y.lo)
    plot_axis_include (&panel->y, 1);
  frame->subtitle = g_strdup (_ (details[measure].subtitle));
  frame->quantity = g_strdup (_ (details[measure].quantity));
  if (sentence->len == 0)
    frame->summary = plot_project_end_sentence (state);
  else
    /* Translators: the state of the training, what is measured, and each run's value. */
    frame->summary = g_strdup_printf (_ ("%s. %s: %s."), state, _ (measures[measure]),
                                      sentence->str);
  plot_project_tell_pinned (frame);
  return frame;
}

const PlotClass plot_bias_class = {
  .id = "bias",
  .title = N_ ("Implicit Bias"),
  .measures = measures,
  .over_steps = TRUE,
  .suits = plot_suits_coefficients,
  .project = plot_bias_project,
};
