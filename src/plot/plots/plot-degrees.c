/* SPDX-License-Identifier: GPL-3.0-or-later
 * What was learned of each degree: the coefficient of every run on the teacher's part of
 * degree l, divided by the teacher's own: 1 where the part is learned, 0 where the method
 * does not see it. */
#include "config.h"

#include "eng-words.h"
#include "plot-matrix.h"
#include "plot-suits.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* Of a teacher; larger ones are not drawn. */
#define MAX_DEGREE 12
/* Room above and below, as a share of the range. */
#define HEADROOM 0.08

/* Returns: the newest recorded share of that degree; NaN if the teacher has no such part. */
static double
get_share (const EngRunView *run, guint degree)
{
  g_autofree char *id = g_strdup_printf ("recovered-degree-%u", degree);

  return eng_run_view_get_last (run, id);
}

/* Returns: whether any run records that degree.  snapshot: (nullable). */
static gboolean
has_degree (const EngSnapshot *snapshot, guint degree)
{
  g_autofree char *id = g_strdup_printf ("recovered-degree-%u", degree);

  for (guint i = 0; snapshot != NULL && i < snapshot->n_runs; i++)
    if (eng_run_view_get_column (&snapshot->runs[i], id) != NULL)
      return TRUE;
  return FALSE;
}

static guint
find_highest (const EngSnapshot *snapshot, const EngSnapshot *pinned)
{
  guint highest = 0;

  for (guint degree = 1; degree <= MAX_DEGREE; degree++)
    if (has_degree (snapshot, degree) || has_degree (pinned, degree))
      highest = degree;
  return highest;
}

/* Returns: (transfer none) (nullable): NULL where nothing was measured. */
static PlotSeries *
add_points (PlotPanel         *panel,
            const EngSnapshot *snapshot,
            guint              run,
            PlotRunStyle       style,
            PlotRole           role,
            GString           *shares)
{
  const EngRunView *view = &snapshot->runs[run];
  double            x[MAX_DEGREE], y[MAX_DEGREE];
  gsize             n = 0;
  PlotSeries       *series;

  for (guint degree = 1; degree <= MAX_DEGREE; degree++)
    if (isfinite (get_share (view, degree)))
      {
        g_autofree char *value = plot_format_fixed (get_share (view, degree), 2);

        x[n] = degree;
        y[n] = get_share (view, degree);
        plot_axis_include (&panel->y, y[n++]);
        eng_words_append (shares, value);
      }
  if (n == 0)
    return NULL;
  series = plot_panel_add_series (panel, style, role, n, x, y);
  series->diverged = view->status == ENG_STATUS_DIVERGED;
  return series;
}

static void
add_run (PlotPanel         *panel,
         const EngSnapshot *snapshot,
         guint              run,
         PlotRunStyle       style,
         GString           *sentence)
{
  g_autoptr (GString) shares = g_string_new (NULL);
  g_autofree char    *named = NULL;
  PlotSeries *series = add_points (panel, snapshot, run, style, PLOT_ROLE_POINTS, shares);

  if (series == NULL)
    return;
  series->run = run;
  series->label = g_strdup (plot_project_get_name (&snapshot->runs[run]));
  series->name = g_strdup (series->label);
  series->shift = plot_matrix_get_shift (panel, run, snapshot->n_runs);
  named = plot_format_named (series->label, shares->str);
  eng_words_append_group (sentence, named);
}

/* Beside those of now. */
static void
add_pinned (PlotPanel *panel, const EngSnapshot *pinned, GString *sentence)
{
  g_autofree PlotRunStyle *styles = plot_dup_snapshot_styles (pinned);

  for (guint i = 0; i < pinned->n_runs; i++)
    {
      g_autoptr (GString) shares = g_string_new (NULL);
      g_autofree char    *named = NULL;
      PlotSeries         *series = add_points (panel, pinned, i, styles[i],
                                               PLOT_ROLE_PINNED_POINTS, shares);

      if (series == NULL)
        continue;
      /* Its label is remembered apart from those of the runs and of the teacher. */
      series->run = ENG_SPEC_MAX_RUNS + 1 + i;
      series->name = g_strdup_printf (_ ("%s, pinned"),
                                      plot_project_get_name (&pinned->runs[i]));
      series->shift = plot_matrix_get_pinned_shift (panel, i, pinned->n_runs);
      named = plot_format_named (series->name, shares->str);
      eng_words_append_group (sentence, named);
    }
}

static void
add_teacher (PlotPanel *panel, const EngSnapshot *snapshot, guint highest)
{
  double ones[MAX_DEGREE];

  for (guint degree = 1; degree <= highest; degree++)
    ones[degree - 1] = has_degree (snapshot, degree) ? 1.0 : NAN;
  if (highest > 0)
    plot_matrix_add_target (panel, highest, ones, _ ("teacher"));
}

static void
plot_degrees_project (PlotFrame         *frame,
                      const EngSnapshot *snapshot,
                      const PlotOptions *options)
{
  PlotPanel               *panel = plot_frame_add_panel (frame);
  g_autofree PlotRunStyle *styles = plot_dup_snapshot_styles (snapshot);
  g_autoptr (GString)      sentence = g_string_new (NULL);
  g_autoptr (GString)      pinned = g_string_new (NULL);
  guint                    highest = find_highest (snapshot, options->pinned);

  plot_matrix_index_axis (panel, highest, _ ("degree l"));
  panel->y.kind = PLOT_SCALE_LINEAR;
  panel->y.headroom = HEADROOM;
  plot_project_add_guide (panel, 0, NULL);
  plot_axis_include (&panel->y, 1);
  add_teacher (panel, snapshot, highest);
  if (options->pinned != NULL)
    add_pinned (panel, options->pinned, pinned);
  for (guint i = 0; i < snapshot->n_runs; i++)
    add_run (panel, snapshot, i, styles[i], sentence);
  frame->subtitle = g_strdup (pinned->len > 0 ? _ ("of the teacher's part; pinned hollow")
                                              : _ ("share of the teacher's part"));
  frame->quantity = g_strdup (_ ("coefficient on the part / the teacher's own"));
  frame->summary = plot_project_describe (snapshot, _ ("Learned of each degree"),
                                          sentence->str);
  if (pinned->len > 0)
    plot_project_describe_pinned (frame, pinned->str);
}

const PlotClass plot_degrees_class = {
  .id = "degrees",
  .title = N_ ("Learned, by Degree"),
  .x_linear = TRUE,
  .y_linear = TRUE,
  .suits = plot_suits_degrees,
  .project = plot_degrees_project,
};
