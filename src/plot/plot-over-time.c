/* SPDX-License-Identifier: GPL-3.0-or-later
 * What plots over time are made of. */
#include "config.h"

#include "plot-over-time.h"

#include "eng-learner.h"
#include "eng-words.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* The time axis when nothing is planned yet. */
#define DEFAULT_STEPS 1000.0

/* --- axis --------------------------------------------------------------------------- */

/* A setting is called what its row is called. */
static const char *
get_change_title (EngSpec *spec, const EngChange *change)
{
  const EngLearnerClass *learner = eng_spec_get_learner_class (spec, change->run);
  const EngParam        *param = learner == NULL ? NULL
                                                 : eng_param_find (learner->tables, change->key);

  return param == NULL ? change->key : _ (param->title);
}

static char *
make_change_label (const EngSnapshot *snapshot, const EngChange *change, gboolean named)
{
  /* Translators: a setting, and what it was changed to: "Rate c = 0.3". */
  g_autofree char *label = g_strdup_printf (
      _ ("%s = %s"), get_change_title (snapshot->spec, change), change->value);

  if (!named || change->run >= snapshot->n_runs)
    return g_steal_pointer (&label);
  /* Translators: the name of a run, and what was changed while it ran: "Rate c = 0.3". */
  return g_strdup_printf (_ ("%s: %s"),
                          plot_project_get_name (&snapshot->runs[change->run]), label);
}

/* Of run `run`, or of all runs, each with the name of its run, if it is negative. */
static void
add_changes (PlotPanel *panel, const EngSnapshot *snapshot, int run)
{
  guint n = snapshot->spec != NULL ? eng_spec_get_n_changes (snapshot->spec) : 0;

  for (guint i = 0; i < n; i++)
    {
      const EngChange *change = eng_spec_get_change (snapshot->spec, i);
      g_autofree char *label = make_change_label (snapshot, change,
                                                  run < 0 && snapshot->n_runs > 1);

      if (change->step <= snapshot->step && (run < 0 || (guint) run == change->run))
        plot_panel_add_rule (panel, (double) change->step, label)->vertical = TRUE;
    }
}

static void
set_axis (PlotPanel *panel, const EngSnapshot *snapshot, const PlotOptions *options)
{
  double planned = snapshot->planned > 0 ? (double) snapshot->planned : DEFAULT_STEPS;

  panel->x.kind = options->x_linear ? PLOT_SCALE_LINEAR : PLOT_SCALE_LOG;
  panel->x.fixed = TRUE;
  panel->x.steps = TRUE;
  panel->x.lo = options->x_linear ? 0 : 1;
  panel->x.hi = MAX (planned, 2);
  if (options->pinned != NULL)
    panel->x.hi = MAX (panel->x.hi, (double) options->pinned->step);
  panel->x.title = g_strdup (_ ("step"));
  if (snapshot->phase == ENG_PHASE_DONE)
    return;
  panel->hatch_from = (double) snapshot->step;
  if (snapshot->step > 0)
    panel->now = (double) snapshot->step;
}

PlotPanel *
plot_over_time_add_panel (PlotFrame         *frame,
                          const EngSnapshot *snapshot,
                          const PlotOptions *options)
{
  PlotPanel *panel = plot_frame_add_panel (frame);

  set_axis (panel, snapshot, options);
  panel->x.zero = !options->x_linear;
  add_changes (panel, snapshot, -1);
  plot_project_set_y_scale (panel, options->y_linear);
  return panel;
}

void
plot_over_time_set_axis (PlotPanel         *panel,
                         const EngSnapshot *snapshot,
                         const EngRunView  *run,
                         const PlotOptions *options)
{
  set_axis (panel, snapshot, options);
  if (run == NULL)
    return;
  add_changes (panel, snapshot, (int) (run - snapshot->runs));
  if (run->status == ENG_STATUS_CONTINUE)
    return;
  /* Where it diverged nothing follows. */
  panel->now = NAN;
  panel->hatch_from = run->status == ENG_STATUS_DIVERGED ? (double) run->step : NAN;
}

/* --- lines -------------------------------------------------------------------------- */

static void
name_line (PlotSeries *series, const EngSnapshot *snapshot, guint run)
{
  const EngRunView *view = &snapshot->runs[run];

  series->run = run;
  series->label = g_strdup (plot_project_get_name (view));
  series->diverged = view->status == ENG_STATUS_DIVERGED;
}

PlotSeries *
plot_over_time_add_curve (PlotPanel         *panel,
                          const EngSnapshot *snapshot,
                          guint              run,
                          PlotRunStyle       style,
                          PlotRole           role,
                          const double      *x,
                          const double      *y)
{
  const EngRunView  *view = &snapshot->runs[run];
  g_autofree double *steps = g_new (double, view->n_records + 1);
  g_autofree double *finite = g_new (double, view->n_records + 1);
  PlotSeries        *series;

  for (gsize i = 0; i < view->n_records; i++)
    {
      steps[i] = x != NULL ? x[i] : (double) eng_trace_get_steps (view->trace)[i];
      finite[i] = isfinite (y[i]) ? y[i] : NAN;
      plot_axis_include (&panel->y, finite[i]);
    }
  series = plot_panel_add_series (panel, style, role, view->n_records, steps, finite);
  name_line (series, snapshot, run);
  return series;
}

gsize
plot_over_time_find_first (const PlotPanel *panel, const EngRunView *run)
{
  const guint64 *steps = eng_trace_get_steps (run->trace);
  gsize          first = 0;

  while (panel->x.kind == PLOT_SCALE_LOG && first < run->n_records && steps[first] < 1)
    first++;
  return first;
}

/* The recorded column `what` over the steps. */
static void
fill_line (const PlotSource *source,
           gconstpointer     data,
           gsize             from,
           gsize             end,
           double           *x,
           double *const    *y)
{
  const guint64 *steps = eng_trace_get_steps (source->trace);
  const double  *values = source->what;

  for (gsize i = from; i < end; i++)
    {
      x[i] = (double) steps[i];
      y[0][i] = isfinite (values[i]) ? values[i] : NAN;
    }
}

PlotSamples *
plot_over_time_make_line (PlotPanel        *panel,
                          const EngRunView *run,
                          const char       *column,
                          PlotExtent       *extent)
{
  PlotSource source = { .trace = run->trace,
                        .what = eng_run_view_get_column (run, column),
                        .n_rows = 1 };

  if (source.what == NULL)
    return NULL;
  return plot_panel_make_samples (panel, &source, run->n_records, fill_line, NULL,
                                  extent);
}

PlotSeries *
plot_over_time_add_line (PlotPanel         *panel,
                         const EngSnapshot *snapshot,
                         guint              run,
                         PlotRunStyle       style,
                         PlotRole           role,
                         const char        *column)
{
  const EngRunView *view = &snapshot->runs[run];
  PlotExtent        extent;
  PlotSamples      *samples = plot_over_time_make_line (panel, view, column, &extent);
  PlotSeries       *series;

  if (samples == NULL)
    return NULL;
  plot_axis_include_extent (&panel->y, &extent);
  series = plot_panel_add_samples (panel, style, role, samples, view->n_records, &extent);
  name_line (series, snapshot, run);
  return series;
}

/* --- all runs ------------------------------------------------------------------------- */

/* Before any other curves, so that they lie behind. */
static void
add_pinned (PlotPanel         *panel,
            const EngSnapshot *pinned,
            PlotAddLine        add_line,
            const char        *column)
{
  g_autofree PlotRunStyle *styles = plot_dup_snapshot_styles (pinned);

  for (guint i = 0; i < pinned->n_runs; i++)
    {
      PlotSeries *series = add_line (panel, pinned, i, styles[i], PLOT_ROLE_PINNED,
                                     column);

      if (series == NULL || series->n == 0)
        continue;
      /* Its label is remembered apart from those of the runs. */
      series->run = ENG_SPEC_MAX_RUNS + i;
      series->name = g_strdup_printf (_ ("%s, pinned"),
                                      plot_project_get_name (&pinned->runs[i]));
      series->value = plot_format_value (series->y[series->n - 1], 2, panel->y.number);
    }
}

char *
plot_over_time_add_runs (PlotPanel         *panel,
                         const EngSnapshot *snapshot,
                         const PlotOptions *options,
                         PlotAddLine        add_line,
                         const char        *column,
                         const char        *thin)
{
  g_autofree PlotRunStyle *styles = plot_dup_snapshot_styles (snapshot);
  g_autofree guint        *order = plot_project_dup_order (snapshot, styles);
  GString                 *values = g_string_new (NULL);

  if (options->pinned != NULL)
    add_pinned (panel, options->pinned, add_line, column);
  for (guint i = 0; i < snapshot->n_runs; i++)
    {
      guint       run = order[i];
      PlotSeries *series;

      if (thin != NULL)
        add_line (panel, snapshot, run, styles[run], PLOT_ROLE_TRAIN, thin);
      series = add_line (panel, snapshot, run, styles[run], PLOT_ROLE_TEST, column);
      if (series != NULL)
        plot_project_label_line (series, &snapshot->runs[run], panel->y.number, values);
    }
  return g_string_free (values, FALSE);
}

/* Returns: (transfer full): the newest values of the pinned curves. */
static char *
describe_pinned (const PlotPanel *panel)
{
  GString *values = g_string_new (NULL);

  for (guint i = 0; i < panel->series->len; i++)
    {
      const PlotSeries *series = g_ptr_array_index (panel->series, i);

      if (series->role == PLOT_ROLE_PINNED && series->name != NULL)
        {
          g_autofree char *named = plot_format_named (series->name, series->value);

          eng_words_append (values, named);
        }
    }
  return g_string_free (values, FALSE);
}

void
plot_over_time_describe (PlotFrame         *frame,
                         const EngSnapshot *snapshot,
                         const char        *what,
                         const char        *values)
{
  g_autofree char *pinned = describe_pinned (g_ptr_array_index (frame->panels, 0));
  g_autofree char *subtitle = NULL;

  frame->summary = plot_project_describe (snapshot, what, values);
  if (pinned[0] == '\0')
    return;
  plot_project_describe_pinned (frame, pinned);
  subtitle = frame->subtitle;
  /* Translators: what a plot shows; the curves of an earlier experiment are faint in it. */
  frame->subtitle = g_strdup_printf (_ ("%s; pinned faint"), subtitle);
}
