/* SPDX-License-Identifier: GPL-3.0-or-later
 * Weight movement: how far the weights are from their start, with the orders of magnitude
 * that theory predicts for lazy and for quadratic learning. */
#include "config.h"

#include "plot-project.h"
#include "plot-suits.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* Room above the largest value, in decades. */
#define HEADROOM 0.3

static const char *const measures[] = { N_ ("Frobenius"), N_ ("2,4-Norm"),
                                        N_ ("Largest Neuron"), NULL };

static const struct
{
  const char *column;
  const char *subtitle, *quantity;
  PlotNumber  number;
} details[] = {
  { "relative-movement", N_ ("relative to the initial weights"),
    N_ ("norm of the movement / norm of the initial weights"), PLOT_NUMBER_PERCENT },
  { "norm-2-4", N_ ("2,4-norm of the movement"), N_ ("2,4-norm of the movement"),
    PLOT_NUMBER_PLAIN },
  { "largest-row", N_ ("largest movement of a neuron"),
    N_ ("largest movement of a neuron"), PLOT_NUMBER_PLAIN },
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
  plot_panel_add_rule (panel, at, label);
  plot_axis_include (&panel->y, at);
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

static char *
describe (guint measure, const char *state, const char *values)
{
  if (measure == 0)
    return g_strdup_printf (
        _ ("%s. Movement of the weights, relative to the initial weights: %s."), state,
        values);
  if (measure == 1)
    return g_strdup_printf (_ ("%s. 2,4-norm of the movement: %s."), state, values);
  return g_strdup_printf (_ ("%s. Largest movement of a neuron: %s."), state, values);
}

static PlotFrame *
plot_movement_project (const EngSnapshot *snapshot, const PlotOptions *wanted)
{
  PlotOptions              options = plot_project_get_options (wanted);
  guint                    measure = MIN (options.measure, G_N_ELEMENTS (details) - 1);
  PlotFrame               *frame = plot_frame_new (_ ("Weight Movement"));
  PlotPanel               *panel = plot_frame_add_panel (frame);
  g_autofree PlotRunStyle *styles = g_new0 (PlotRunStyle, snapshot->n_runs + 1);
  g_autofree guint        *order = g_new0 (guint, snapshot->n_runs + 1);
  g_autoptr (GString)      sentence = g_string_new (NULL);
  g_autofree char         *state = plot_project_describe_state (snapshot);

  plot_get_snapshot_styles (snapshot, styles);
  plot_project_order (snapshot, styles, order);
  panel->y.kind = options.y_linear ? PLOT_SCALE_LINEAR : PLOT_SCALE_LOG;
  panel->y.headroom = options.y_linear ? 0.04 : HEADROOM;
  panel->y.number = details[measure].number;
  plot_project_time_axis (panel, snapshot, &options, TRUE);
  plot_project_add_changes (panel, snapshot, -1);
  if (measure == 0)
    add_guides (panel, snapshot, options.selected_run);
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
  if (isnan (panel->y.hi) || options.y_linear)
    plot_axis_include (&panel->y, options.y_linear ? 0 : 1);
  if (isnan (panel->y.hi) || panel->y.hi == panel->y.lo)
    plot_axis_include (&panel->y, options.y_linear ? 1 : 0.01);
  frame->subtitle = g_strdup (_ (details[measure].subtitle));
  frame->quantity = g_strdup (_ (details[measure].quantity));
  frame->summary = sentence->len == 0 ? plot_project_end_sentence (state)
                                      : describe (measure, state, sentence->str);
  plot_project_tell_pinned (frame);
  return frame;
}

const PlotClass plot_movement_class = {
  .id = "movement",
  .title = N_ ("Weight Movement"),
  .measures = measures,
  .over_steps = TRUE,
  .suits = plot_suits_weights,
  .project = plot_movement_project,
};
