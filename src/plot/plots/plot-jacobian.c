/* SPDX-License-Identifier: GPL-3.0-or-later
 * The Jacobian on the training inputs: the ends of the spectrum of J Jᵀ, or how far J is
 * from its start; dashed, for the selected run, what bounds them (eng-jacobian.h). */
#include "config.h"

#include "plot-monitor.h"
#include "plot-project.h"
#include "plot-suits.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* Room above the largest value, in decades. */
#define HEADROOM 0.3

typedef enum
{
  MEASURE_SPECTRUM,
  MEASURE_CHANGE,
} Measure;

static const char *const measures[] = { N_ ("Eigenvalues of JJᵀ"), N_ ("Change of J"),
                                        NULL };

static const struct
{
  const char *column, *bound, *bound_label, *subtitle, *quantity;
} details[] = {
  { "jacobian-smallest", "jacobian-smallest-bound", N_ ("lower bound"),
    N_ ("smallest eigenvalue of JJᵀ thick, largest thin"),
    N_ ("eigenvalue of JJᵀ on the training inputs") },
  { "jacobian-change", "jacobian-change-bound", N_ ("upper bound"),
    N_ ("distance of J from its start"), N_ ("‖J − J₀‖ on the training inputs") },
};

static void
set_axis (PlotPanel *panel, const PlotOptions *options, Measure measure)
{
  panel->y.kind = options->y_linear ? PLOT_SCALE_LINEAR : PLOT_SCALE_LOG;
  panel->y.headroom = options->y_linear ? 0.04 : HEADROOM;
  if (options->y_linear)
    plot_axis_include (&panel->y, 0);
  if (measure != MEASURE_SPECTRUM)
    return;
  panel->thick_label = g_strdup (_ ("smallest"));
  panel->thin_label = g_strdup (_ ("largest"));
}

/* Among several runs it says whose it is. */
static void
add_bound (PlotPanel *panel, const EngSnapshot *snapshot, guint run, Measure measure)
{
  const char      *words = _ (details[measure].bound_label);
  g_autofree char *label = NULL;

  if (snapshot->n_runs < 2)
    label = g_strdup (words);
  else
    /* Translators: the name of a run, and the bound that is drawn for it. */
    label = g_strdup_printf (_ ("%s: %s"), plot_project_get_name (&snapshot->runs[run]),
                             words);
  plot_monitor_add_theory (panel, snapshot, run, details[measure].bound, label);
}

/* Returns: (nullable) (transfer none): the curve that is to be labelled. */
static PlotSeries *
add_curves (PlotPanel         *panel,
            const EngSnapshot *snapshot,
            guint              run,
            PlotRunStyle       style,
            Measure            measure)
{
  if (measure == MEASURE_SPECTRUM)
    plot_project_add_line (panel, snapshot, run, style, PLOT_ROLE_TRAIN,
                           "jacobian-largest");
  return plot_project_add_line (panel, snapshot, run, style, PLOT_ROLE_TEST,
                                details[measure].column);
}

static char *
describe (Measure measure, const char *state, const GString *values)
{
  if (values->len == 0)
    return plot_project_end_sentence (state);
  return g_strdup_printf (measure == MEASURE_SPECTRUM
                              ? _ ("%s. Smallest eigenvalue of JJᵀ: %s.")
                              : _ ("%s. Change of J: %s."),
                          state, values->str);
}

static PlotFrame *
plot_jacobian_project (const EngSnapshot *snapshot, const PlotOptions *wanted)
{
  PlotOptions              options = plot_project_get_options (wanted);
  Measure                  measure = MIN (options.measure, MEASURE_CHANGE);
  PlotFrame               *frame = plot_frame_new (_ ("Jacobian"));
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
  set_axis (panel, &options, measure);
  if (selected >= 0)
    add_bound (panel, snapshot, (guint) selected, measure);
  plot_project_add_pinned (panel, &options, details[measure].column, PLOT_NUMBER_PLAIN);
  for (guint i = 0; i < snapshot->n_runs; i++)
    {
      guint       run = order[i];
      PlotSeries *series = add_curves (panel, snapshot, run, styles[run], measure);

      if (series != NULL)
        plot_project_label_line (series, &snapshot->runs[run], PLOT_NUMBER_PLAIN,
                                 sentence);
    }
  if (isnan (panel->y.hi) || panel->y.hi == panel->y.lo)
    plot_axis_include (&panel->y, 1);
  frame->subtitle = selected < 0 ? plot_monitor_make_subtitle (snapshot, selected)
                                 : g_strdup (_ (details[measure].subtitle));
  frame->quantity = g_strdup (_ (details[measure].quantity));
  frame->summary = describe (measure, state, sentence);
  plot_project_tell_pinned (frame);
  return frame;
}

const PlotClass plot_jacobian_class = {
  .id = "jacobian",
  .title = N_ ("Jacobian"),
  .measures = measures,
  .over_steps = TRUE,
  .suits = plot_suits_monitor,
  .project = plot_jacobian_project,
};
