/* SPDX-License-Identifier: GPL-3.0-or-later
 * Weight movement: how far the weights are from their start, with the orders of magnitude
 * that theory predicts for lazy and for quadratic learning. */
#include "config.h"

#include "plot-over-time.h"
#include "plot-suits.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* Without movement the axis shows this much. */
#define LOWEST_EMPTY 0.01

static const char *const measures[] = { N_ ("Frobenius"), N_ ("2,4-Norm"),
                                        N_ ("Largest Neuron"), NULL };

static const struct
{
  const char *column;
  const char *subtitle, *quantity, *words;
  PlotNumber  number;
} details[] = {
  { "relative-movement", N_ ("relative to the initial weights"),
    N_ ("norm of the movement / norm of the initial weights"),
    N_ ("Movement of the weights, relative to the initial weights"),
    PLOT_NUMBER_PERCENT },
  { "norm-2-4", N_ ("2,4-norm of the movement"), N_ ("2,4-norm of the movement"),
    N_ ("2,4-norm of the movement"), PLOT_NUMBER_PLAIN },
  { "largest-row", N_ ("largest movement of a neuron"),
    N_ ("largest movement of a neuron"), N_ ("Largest movement of a neuron"),
    PLOT_NUMBER_PLAIN },
};

/* `owner` (nullable): whose width the guide has, where widths differ. */
static void
add_guide (PlotPanel *panel, double at, const char *words, const char *owner)
{
  g_autofree char *label = NULL;

  if (owner == NULL)
    label = g_strdup (words);
  else
    /* Translators: a guide line, and the run whose width it is drawn for. */
    label = g_strdup_printf (_ ("%s (%s)"), words, owner);
  plot_project_add_guide (panel, at, label);
}

/* Prefactor 1: orders of magnitude, not predictions. */
static void
add_guides (PlotPanel *panel, const EngSnapshot *snapshot, guint selected)
{
  const EngRunView *run = NULL;
  const char       *owner = NULL;

  for (guint i = 0; i < snapshot->n_runs && run == NULL; i++)
    if (snapshot->runs[(selected + i) % snapshot->n_runs].m > 0)
      run = &snapshot->runs[(selected + i) % snapshot->n_runs];
  if (run == NULL)
    return;
  for (guint i = 0; i < snapshot->n_runs; i++)
    if (snapshot->runs[i].m > 0 && snapshot->runs[i].m != run->m)
      owner = plot_project_get_name (run);
  add_guide (panel, pow ((double) run->m, -0.25), _ ("quadratic m⁻¹ᐟ⁴"), owner);
  add_guide (panel, pow ((double) run->m, -0.5), _ ("lazy m⁻¹ᐟ²"), owner);
}

static void
plot_movement_project (PlotFrame         *frame,
                       const EngSnapshot *snapshot,
                       const PlotOptions *options)
{
  guint            measure = MIN (options->measure, G_N_ELEMENTS (details) - 1);
  PlotPanel       *panel = plot_over_time_add_panel (frame, snapshot, options);
  g_autofree char *values = NULL;

  panel->y.number = details[measure].number;
  if (measure == 0)
    add_guides (panel, snapshot, options->selected_run);
  values = plot_over_time_add_runs (panel, snapshot, options, plot_over_time_add_line,
                                    details[measure].column, NULL);
  if (!(panel->y.hi > 0))
    {
      plot_axis_include (&panel->y, 1);
      plot_axis_include (&panel->y, LOWEST_EMPTY);
    }
  if (options->y_linear)
    plot_axis_include (&panel->y, 0);
  frame->subtitle = g_strdup (_ (details[measure].subtitle));
  frame->quantity = g_strdup (_ (details[measure].quantity));
  plot_over_time_describe (frame, snapshot, _ (details[measure].words), values);
}

const PlotClass plot_movement_class = {
  .id = "movement",
  .title = N_ ("Weight Movement"),
  .measures = measures,
  .over_steps = TRUE,
  .suits = plot_suits_weights,
  .project = plot_movement_project,
};
