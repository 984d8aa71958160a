/* SPDX-License-Identifier: GPL-3.0-or-later
 * Directions found: cosines between the directions that a run has found and those of the
 * teacher, over steps: of the principal angles between the two spans, or of each direction of
 * the teacher with the nearest one found.  1 is found. */
#include "config.h"

#include "plot-project.h"
#include "plot-suits.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* Room for the name of the guide at 1. */
#define TOP 1.1

static const char *const measures[] = { N_ ("Principal Cosines"), N_ ("Matched Cosines"),
                                        NULL };

static const struct
{
  const char *column; /* of the thick curve */
  const char *part;   /* of the thin ones, with a number behind */
  const char *subtitle, *thick, *quantity;
} details[] = {
  {
      "smallest-cosine",
      "principal-cosine",
      N_ ("cosines with the teacher's span"),
      N_ ("smallest"),
      N_ ("cosine of a principal angle"),
  },
  { "matched-cosine", "matched-cosine", N_ ("cosines with the teacher's directions"),
    N_ ("mean"), N_ ("cosine with the nearest direction found") },
};

/* All cosines of one run, where there are several.  Returns: whether there are. */
static gboolean
add_parts (PlotPanel         *panel,
           const EngSnapshot *snapshot,
           guint              run,
           PlotRunStyle       style,
           const char        *part)
{
  g_autofree char *second = g_strdup_printf ("%s-2", part);

  if (eng_run_view_get_column (&snapshot->runs[run], second) == NULL)
    return FALSE;
  for (guint j = 1;; j++)
    {
      g_autofree char *column = g_strdup_printf ("%s-%u", part, j);
      PlotSeries      *series = plot_project_add_line (panel, snapshot, run, style,
                                                       PLOT_ROLE_TRAIN, column);

      if (series == NULL)
        return TRUE;
      series->name = g_strdup_printf ("%u", j);
    }
}

static void
set_axes (PlotPanel *panel, const EngSnapshot *snapshot, const PlotOptions *options)
{
  plot_project_time_axis (panel, snapshot, options, TRUE);
  plot_project_add_changes (panel, snapshot, -1);
  panel->y.kind = PLOT_SCALE_LINEAR;
  panel->y.lo = 0;
  panel->y.hi = TOP;
  panel->y.fixed = TRUE;
  plot_panel_add_rule (panel, 1, _ ("found"));
}

static PlotFrame *
plot_cosines_project (const EngSnapshot *snapshot, const PlotOptions *wanted)
{
  PlotOptions              options = plot_project_get_options (wanted);
  guint                    measure = MIN (options.measure, G_N_ELEMENTS (details) - 1);
  PlotFrame               *frame = plot_frame_new (_ ("Directions Found"));
  PlotPanel               *panel = plot_frame_add_panel (frame);
  g_autofree PlotRunStyle *styles = g_new0 (PlotRunStyle, snapshot->n_runs + 1);
  g_autofree guint        *order = g_new0 (guint, snapshot->n_runs + 1);
  g_autoptr (GString)      sentence = g_string_new (NULL);
  g_autofree char         *state = plot_project_describe_state (snapshot);

  plot_get_snapshot_styles (snapshot, styles);
  plot_project_order (snapshot, styles, order);
  set_axes (panel, snapshot, &options);
  panel->parts = TRUE;
  plot_project_add_pinned (panel, &options, details[measure].column, PLOT_NUMBER_PLAIN);
  for (guint i = 0; i < snapshot->n_runs; i++)
    {
      guint       run = order[i];
      PlotSeries *series;

      if (add_parts (panel, snapshot, run, styles[run], details[measure].part)
          && panel->thin_label == NULL)
        {
          panel->thin_label = g_strdup (_ ("each"));
          panel->thick_label = g_strdup (_ (details[measure].thick));
        }
      series = plot_project_add_line (panel, snapshot, run, styles[run], PLOT_ROLE_TEST,
                                      details[measure].column);
      if (series != NULL)
        plot_project_label_line (series, &snapshot->runs[run], PLOT_NUMBER_PLAIN,
                                 sentence);
    }
  frame->subtitle = g_strdup (_ (details[measure].subtitle));
  frame->quantity = g_strdup (_ (details[measure].quantity));
  if (sentence->len == 0)
    frame->summary = plot_project_end_sentence (state);
  else
    frame->summary = g_strdup_printf (measure == 0
                                          ? _ ("%s. Smallest principal cosine: %s.")
                                          : _ ("%s. Mean matched cosine: %s."),
                                      state, sentence->str);
  plot_project_tell_pinned (frame);
  return frame;
}

const PlotClass plot_cosines_class = {
  .id = "cosines",
  .title = N_ ("Directions Found"),
  .measures = measures,
  .over_steps = TRUE,
  .y_linear = TRUE,
  .suits = plot_suits_directions,
  .project = plot_cosines_project,
};
