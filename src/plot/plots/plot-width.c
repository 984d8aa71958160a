/* SPDX-License-Identifier: GPL-3.0-or-later
 * Kernel and width: how far the kernel of a network of m neurons is from that of infinitely
 * many, against m; dashed, the law m^{-1/2} of the means of independent neurons. */
#include "config.h"

#include "plot-project.h"
#include "plot-suits.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* Without points the axes show this much. */
#define LOWEST_EMPTY  0.01
#define NEURONS_EMPTY 10.0
/* The line of theory reaches as far beyond the outermost points, as a factor. */
#define REACH 2.0

static double
get_neurons (const EngSnapshot *snapshot, guint run)
{
  const EngSettings *settings = snapshot->spec == NULL
                                    ? NULL
                                    : eng_spec_get_run (snapshot->spec, run);

  return settings != NULL && eng_settings_has (settings, "m")
             ? eng_settings_get_double (settings, "m")
             : NAN;
}

typedef struct
{
  double sum; /* of log (distance √m) */
  double least, most;
  guint  n;
} Law;

static void
add_run (PlotPanel         *panel,
         const EngSnapshot *snapshot,
         guint              run,
         PlotRunStyle       style,
         Law               *law,
         GString           *sentence)
{
  const EngRunView *view = &snapshot->runs[run];
  double            m = get_neurons (snapshot, run);
  double            distance = eng_run_view_get_last (view, "kernel-distance");
  PlotSeries       *series;

  if (!(m > 0) || !(distance > 0))
    return;
  plot_axis_include (&panel->x, m);
  plot_axis_include (&panel->y, distance);
  law->sum += log (distance * sqrt (m));
  law->least = law->n == 0 ? m : MIN (law->least, m);
  law->most = law->n == 0 ? m : MAX (law->most, m);
  law->n++;
  series = plot_panel_add_series (panel, style, PLOT_ROLE_POINTS, 1, &m, &distance);
  series->run = run;
  series->label = g_strdup (plot_project_get_name (view));
  plot_project_label_line (series, view, PLOT_NUMBER_PLAIN, sentence);
}

/* Through the geometric mean of the points. */
static void
add_law (PlotPanel *panel, const Law *law)
{
  double      x[2] = { law->least / REACH, law->most * REACH }, y[2];
  PlotSeries *series;

  if (law->n == 0)
    return;
  for (guint i = 0; i < 2; i++)
    {
      y[i] = exp (law->sum / law->n) / sqrt (x[i]);
      plot_axis_include (&panel->x, x[i]);
      plot_axis_include (&panel->y, y[i]);
    }
  series = plot_panel_add_series (panel, 0, PLOT_ROLE_THEORY, 2, x, y);
  series->run = ENG_SPEC_MAX_RUNS;
  /* Translators: a line: the law that distances follow. */
  series->label = g_strdup (_ ("theory: ∝ m⁻¹ᐟ²"));
}

static void
set_axes (PlotPanel *panel, const PlotOptions *options)
{
  panel->x.kind = options->x_linear ? PLOT_SCALE_LINEAR : PLOT_SCALE_LOG;
  panel->x.title = g_strdup (_ ("neurons m"));
  plot_project_set_y_scale (panel, options->y_linear);
  if (options->y_linear)
    plot_axis_include (&panel->y, 0);
}

static void
plot_width_project (PlotFrame         *frame,
                    const EngSnapshot *snapshot,
                    const PlotOptions *options)
{
  PlotPanel               *panel = plot_frame_add_panel (frame);
  g_autofree PlotRunStyle *styles = plot_dup_snapshot_styles (snapshot);
  g_autoptr (GString)      sentence = g_string_new (NULL);
  Law                      law = { 0 };

  set_axes (panel, options);
  for (guint i = 0; i < snapshot->n_runs; i++)
    add_run (panel, snapshot, i, styles[i], &law, sentence);
  add_law (panel, &law);
  if (law.n == 0)
    {
      plot_axis_include (&panel->x, NEURONS_EMPTY);
      plot_axis_include (&panel->y, LOWEST_EMPTY);
      plot_axis_include (&panel->y, 1);
    }
  frame->subtitle = g_strdup (_ ("kernel of m neurons against infinitely many"));
  frame->quantity = g_strdup (_ ("‖K_m − K_∞‖ / ‖K_∞‖ on the samples"));
  frame->summary = plot_project_describe (
      snapshot, _ ("Distance from the kernel of infinite width"), sentence->str);
}

const PlotClass plot_width_class = {
  .id = "width",
  .title = N_ ("Kernel and Width"),
  .suits = plot_suits_width,
  .project = plot_width_project,
};
