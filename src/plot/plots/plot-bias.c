/* SPDX-License-Identifier: GPL-3.0-or-later
 * Implicit bias: which of all solutions a linear network comes to, by how much larger its
 * norms are than the least ones, its distance to the exact solution, and how far its kernel
 * went from the start. */
#include "config.h"

#include "eng-verdict.h"
#include "plot-over-time.h"
#include "plot-suits.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* Room above the largest value on a linear axis, as a share. */
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
plot_bias_project (PlotFrame         *frame,
                   const EngSnapshot *snapshot,
                   const PlotOptions *options)
{
  guint            measure = MIN (options->measure, G_N_ELEMENTS (details) - 1);
  PlotPanel       *panel = plot_over_time_add_panel (frame, snapshot, options);
  g_autofree char *values = NULL;

  panel->y.number = details[measure].number;
  if (options->y_linear)
    panel->y.headroom = LINEAR_HEADROOM;
  else
    panel->y.lowest = LOWEST;
  if (details[measure].lazy > 0)
    {
      plot_project_add_guide (panel, details[measure].lazy, _ ("lazy below"));
      plot_project_add_guide (panel, details[measure].rich, _ ("rich above"));
    }
  values = plot_over_time_add_runs (panel, snapshot, options, plot_over_time_add_line,
                                    details[measure].column, NULL);
  if (isnan (panel->y.hi) || panel->y.hi == panel->y.lo)
    plot_axis_include (&panel->y, 1);
  frame->subtitle = g_strdup (_ (details[measure].subtitle));
  frame->quantity = g_strdup (_ (details[measure].quantity));
  plot_over_time_describe (frame, snapshot, _ (measures[measure]), values);
}

const PlotClass plot_bias_class = {
  .id = "bias",
  .title = N_ ("Implicit Bias"),
  .measures = measures,
  .over_steps = TRUE,
  .suits = plot_suits_coefficients,
  .project = plot_bias_project,
};
