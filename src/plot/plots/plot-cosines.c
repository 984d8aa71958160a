/* SPDX-License-Identifier: GPL-3.0-or-later
 * Directions found: cosines between the directions that a run has found and those of the
 * teacher, over steps: of the principal angles between the two spans, or of each direction of
 * the teacher with the nearest one found.  1 is found. */
#include "config.h"

#include "plot-over-time.h"
#include "plot-suits.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Room for the name of the guide at 1. */
#define TOP 1.1

static const char *const measures[] = { N_ ("Principal Cosines"), N_ ("Matched Cosines"),
                                        NULL };

static const struct
{
  const char *column; /* of the thick curve */
  const char *subtitle, *thick, *quantity, *words;
} details[] = {
  {
      "smallest-cosine",
      N_ ("cosines with the teacher's span"),
      N_ ("smallest"),
      N_ ("cosine of a principal angle"),
      N_ ("Smallest principal cosine"),
  },
  {
      "matched-cosine",
      N_ ("cosines with the teacher's directions"),
      N_ ("mean"),
      N_ ("cosine with the nearest direction found"),
      N_ ("Mean matched cosine"),
  },
};

/* All cosines of one run, where there are several: PART-1, PART-2 ... */
static void
add_parts (PlotPanel         *panel,
           const EngSnapshot *snapshot,
           guint              run,
           PlotRunStyle       style,
           const char        *part)
{
  g_autofree char *second = g_strdup_printf ("%s-2", part);
  PlotSeries      *series;

  if (eng_run_view_get_column (&snapshot->runs[run], second) == NULL)
    return;
  for (guint j = 1;; j++)
    {
      g_autofree char *column = g_strdup_printf ("%s-%u", part, j);

      series = plot_over_time_add_line (panel, snapshot, run, style, PLOT_ROLE_TRAIN,
                                        column);
      if (series == NULL)
        break;
      series->name = g_strdup_printf ("%u", j);
    }
  if (panel->thin_label == NULL)
    panel->thin_label = g_strdup (_ ("each"));
}

/* Thick over the thin ones. */
static PlotSeries *
add_cosines (PlotPanel         *panel,
             const EngSnapshot *snapshot,
             guint              run,
             PlotRunStyle       style,
             PlotRole           role,
             const char        *column)
{
  gboolean is_smallest = strcmp (column, "smallest-cosine") == 0;

  if (role == PLOT_ROLE_TEST)
    add_parts (panel, snapshot, run, style, is_smallest ? "principal-cosine" : column);
  return plot_over_time_add_line (panel, snapshot, run, style, role, column);
}

static void
plot_cosines_project (PlotFrame         *frame,
                      const EngSnapshot *snapshot,
                      const PlotOptions *options)
{
  guint            measure = MIN (options->measure, G_N_ELEMENTS (details) - 1);
  PlotPanel       *panel = plot_over_time_add_panel (frame, snapshot, options);
  g_autofree char *values = NULL;

  panel->y.kind = PLOT_SCALE_LINEAR;
  panel->y.lo = 0;
  panel->y.hi = TOP;
  panel->y.fixed = TRUE;
  panel->parts = TRUE;
  plot_panel_add_rule (panel, 1, _ ("found"));
  values = plot_over_time_add_runs (panel, snapshot, options, add_cosines,
                                    details[measure].column, NULL);
  if (panel->thin_label != NULL)
    panel->thick_label = g_strdup (_ (details[measure].thick));
  frame->subtitle = g_strdup (_ (details[measure].subtitle));
  frame->quantity = g_strdup (_ (details[measure].quantity));
  plot_over_time_describe (frame, snapshot, _ (details[measure].words), values);
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
