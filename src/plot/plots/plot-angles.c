/* SPDX-License-Identifier: GPL-3.0-or-later
 * Principal angles between the span of every run's estimate and that of L*: 0 where the
 * neurons are found, π/2 where one points nowhere near them. */
#include "config.h"

#include "eng-words.h"
#include "plot-matrix.h"
#include "plot-suits.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* Room above π/2, in decades. */
#define HEADROOM 0.2
/* Without angles the axis shows this much. */
#define LOWEST_EMPTY 0.01

static gsize
find_most_angles (const EngSnapshot *snapshot)
{
  gsize n = snapshot->truth.rank;

  for (guint i = 0; i < snapshot->n_runs; i++)
    n = MAX (n, snapshot->runs[i].matrix.n_angles);
  return n;
}

static PlotFrame *
plot_angles_project (const EngSnapshot *snapshot, const PlotOptions *wanted)
{
  PlotOptions              options = plot_project_get_options (wanted);
  PlotFrame               *frame = plot_frame_new (_ ("Principal Angles"));
  PlotPanel               *panel = plot_frame_add_panel (frame);
  g_autofree PlotRunStyle *styles = g_new0 (PlotRunStyle, snapshot->n_runs + 1);
  g_autoptr (GString)      sentence = g_string_new (NULL);
  g_autofree char         *state = plot_project_describe_state (snapshot);

  plot_get_snapshot_styles (snapshot, styles);
  plot_matrix_index_axis (panel, find_most_angles (snapshot), _ ("index of the angle"));
  panel->y.kind = options.y_linear ? PLOT_SCALE_LINEAR : PLOT_SCALE_LOG;
  panel->y.headroom = options.y_linear ? 0.04 : HEADROOM;
  plot_panel_add_rule (panel, G_PI_2, _ ("right angle"));
  plot_axis_include (&panel->y, G_PI_2);
  plot_axis_include (&panel->y, options.y_linear ? 0 : LOWEST_EMPTY);
  for (guint i = 0; i < snapshot->n_runs; i++)
    {
      const EngMatrixView *matrix = &snapshot->runs[i].matrix;
      PlotSeries          *series;
      g_autofree char     *largest = NULL, *named = NULL;

      if (matrix->n_angles == 0)
        continue;
      series = plot_matrix_add_points (panel, snapshot, i, styles[i], matrix->n_angles,
                                       matrix->angles, TRUE);
      largest = plot_format_value (matrix->angles[matrix->n_angles - 1], 2,
                                   PLOT_NUMBER_PLAIN);
      named = plot_format_named (series->label, largest);
      eng_words_append (sentence, named);
    }
  if (sentence->len == 0)
    panel->hatch_from = panel->x.lo;
  frame->subtitle = g_strdup (_ ("between L̂ and L*, in radians"));
  frame->quantity = g_strdup (_ ("principal angle in radians"));
  frame->summary = sentence->len == 0
                       ? plot_project_end_sentence (state)
                       : g_strdup_printf (_ ("%s. Largest principal angle: %s."), state,
                                          sentence->str);
  return frame;
}

const PlotClass plot_angles_class = {
  .id = "angles",
  .title = N_ ("Principal Angles"),
  .x_linear = TRUE,
  .suits = plot_suits_truth,
  .project = plot_angles_project,
};
