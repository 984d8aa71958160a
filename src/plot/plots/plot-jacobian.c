/* SPDX-License-Identifier: GPL-3.0-or-later
 * The Jacobian on the training inputs: the ends of the spectrum of J Jᵀ, or how far J is
 * from its start; dashed, for the selected run, what bounds them (eng-jacobian.h). */
#include "config.h"

#include "plot-monitor.h"
#include "plot-over-time.h"
#include "plot-suits.h"

#include <glib/gi18n-lib.h>
#include <math.h>

typedef enum
{
  MEASURE_SPECTRUM,
  MEASURE_CHANGE,
} Measure;

static const char *const measures[] = { N_ ("Eigenvalues of JJᵀ"), N_ ("Change of J"),
                                        NULL };

static const struct
{
  const char *column, *bound, *bound_label, *subtitle, *quantity, *words;
} details[] = {
  { "jacobian-smallest", "jacobian-smallest-bound", N_ ("lower bound"),
    N_ ("smallest eigenvalue of JJᵀ thick, largest thin"),
    N_ ("eigenvalue of JJᵀ on the training inputs"), N_ ("Smallest eigenvalue of JJᵀ") },
  { "jacobian-change", "jacobian-change-bound", N_ ("upper bound"),
    N_ ("distance of J from its start"), N_ ("‖J − J₀‖ on the training inputs"),
    N_ ("Change of J") },
};

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
  plot_monitor_add_theory (panel, snapshot, run, details[measure].bound, label,
                           PLOT_THEORY_DASHED);
}

static void
plot_jacobian_project (PlotFrame         *frame,
                       const EngSnapshot *snapshot,
                       const PlotOptions *options)
{
  Measure          measure = MIN (options->measure, MEASURE_CHANGE);
  PlotPanel       *panel = plot_over_time_add_panel (frame, snapshot, options);
  int              selected = plot_monitor_find_run (snapshot, options);
  g_autofree char *values = NULL;

  if (options->y_linear)
    plot_axis_include (&panel->y, 0);
  if (measure == MEASURE_SPECTRUM)
    {
      panel->thick_label = g_strdup (_ ("smallest"));
      panel->thin_label = g_strdup (_ ("largest"));
    }
  if (selected >= 0)
    add_bound (panel, snapshot, (guint) selected, measure);
  values = plot_over_time_add_runs (
      panel, snapshot, options, plot_over_time_add_line, details[measure].column,
      measure == MEASURE_SPECTRUM ? "jacobian-largest" : NULL);
  if (isnan (panel->y.hi) || panel->y.hi == panel->y.lo)
    plot_axis_include (&panel->y, 1);
  frame->subtitle = selected < 0 ? plot_monitor_make_subtitle (snapshot, selected)
                                 : g_strdup (_ (details[measure].subtitle));
  frame->quantity = g_strdup (_ (details[measure].quantity));
  plot_over_time_describe (frame, snapshot, _ (details[measure].words), values);
}

const PlotClass plot_jacobian_class = {
  .id = "jacobian",
  .title = N_ ("Jacobian"),
  .measures = measures,
  .over_steps = TRUE,
  .suits = plot_suits_monitor,
  .project = plot_jacobian_project,
};
