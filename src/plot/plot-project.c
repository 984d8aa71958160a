/* SPDX-License-Identifier: GPL-3.0-or-later
 * What projections share. */
#include "config.h"

#include "plot-project.h"

#include "eng-learner.h"
#include "eng-words.h"
#include "plot-suits.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* The time axis when nothing is planned yet. */
#define DEFAULT_STEPS 1000.0

PlotOptions
plot_project_get_options (const PlotOptions *options)
{
  return options != NULL ? *options : (PlotOptions){ 0 };
}

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

void
plot_project_add_changes (PlotPanel *panel, const EngSnapshot *snapshot, int run)
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

void
plot_project_time_axis (PlotPanel         *panel,
                        const EngSnapshot *snapshot,
                        const PlotOptions *options,
                        gboolean           slot)
{
  double planned = snapshot->planned > 0 ? (double) snapshot->planned : DEFAULT_STEPS;

  panel->x.kind = options->x_linear ? PLOT_SCALE_LINEAR : PLOT_SCALE_LOG;
  panel->x.fixed = TRUE;
  panel->x.steps = TRUE;
  panel->x.lo = options->x_linear ? 0 : 1;
  panel->x.hi = MAX (planned, 2);
  if (options->pinned != NULL)
    panel->x.hi = MAX (panel->x.hi, (double) options->pinned->step);
  panel->x.zero = slot && !options->x_linear;
  panel->x.title = g_strdup (_ ("step"));
  if (snapshot->phase == ENG_PHASE_DONE)
    return;
  panel->hatch_from = (double) snapshot->step;
  if (snapshot->step > 0)
    panel->now = (double) snapshot->step;
}

const EngRunView *
plot_project_find_pinned (const PlotOptions *options, const EngRunView *run)
{
  for (guint i = 0; options->pinned != NULL && i < options->pinned->n_runs; i++)
    {
      const EngRunView *pinned = &options->pinned->runs[i];

      if (g_strcmp0 (pinned->label, run->label) == 0
          && g_strcmp0 (pinned->learner, run->learner) == 0)
        return pinned;
    }
  return NULL;
}

void
plot_project_panel_time (PlotPanel         *panel,
                         const EngSnapshot *snapshot,
                         const EngRunView  *run,
                         const PlotOptions *options)
{
  plot_project_time_axis (panel, snapshot, options, FALSE);
  if (run == NULL)
    return;
  plot_project_add_changes (panel, snapshot, (int) (run - snapshot->runs));
  if (run->status == ENG_STATUS_CONTINUE)
    return;
  /* Where it diverged nothing follows. */
  panel->now = NAN;
  panel->hatch_from = run->status == ENG_STATUS_DIVERGED ? (double) run->step : NAN;
}

gboolean
plot_project_has_student (const EngSnapshot *snapshot, guint run)
{
  return snapshot->spec == NULL
         || eng_spec_get_learner_class (snapshot->spec, run)->two_layer != NULL
         || !plot_suits_student (snapshot->spec);
}

void
plot_project_panel_title (PlotPanel *panel, const EngRunView *run, PlotRunStyle style)
{
  g_autofree char *step = plot_format_integer (run->step);

  panel->boxed = TRUE;
  panel->style = style;
  panel->title = g_strdup (plot_project_get_name (run));
  if (run->status != ENG_STATUS_DIVERGED)
    return;
  panel->alarm = TRUE;
  panel->subtitle = g_strdup_printf (_ ("diverged, step %s"), step);
  panel->subtitle_brief = g_strdup (_ ("diverged"));
}

/* A formula lies over the curves that it foretells. */
static guint
get_pass (const EngRunView *run, PlotRunStyle style)
{
  if (g_strcmp0 (run->learner, "gradient-flow") == 0)
    return 2;
  return style == PLOT_RUN_RICH ? 1 : 0;
}

void
plot_project_order (const EngSnapshot *snapshot, const PlotRunStyle *styles, guint *order)
{
  guint n = 0;

  for (guint pass = 0; pass < 3; pass++)
    for (guint i = 0; i < snapshot->n_runs; i++)
      if (get_pass (&snapshot->runs[i], styles[i]) == pass)
        order[n++] = i;
}

double *
plot_project_dup_steps (const EngRunView *run)
{
  double *steps = g_new (double, run->n_records + 1);

  for (gsize i = 0; i < run->n_records; i++)
    steps[i] = (double) eng_trace_get_steps (run->trace)[i];
  return steps;
}

PlotSeries *
plot_project_add_curve (PlotPanel         *panel,
                        const EngSnapshot *snapshot,
                        guint              run,
                        PlotRunStyle       style,
                        PlotRole           role,
                        const double      *x,
                        const double      *y)
{
  const EngRunView  *view = &snapshot->runs[run];
  g_autofree double *finite = g_new (double, view->n_records + 1);
  PlotSeries        *series;

  for (gsize i = 0; i < view->n_records; i++)
    {
      finite[i] = isfinite (y[i]) ? y[i] : NAN;
      plot_axis_include (&panel->y, finite[i]);
    }
  series = plot_panel_add_series (panel, style, role, view->n_records, x, finite);
  series->run = run;
  series->label = g_strdup (plot_project_get_name (view));
  series->diverged = view->status == ENG_STATUS_DIVERGED;
  return series;
}

PlotSeries *
plot_project_add_line (PlotPanel         *panel,
                       const EngSnapshot *snapshot,
                       guint              run,
                       PlotRunStyle       style,
                       PlotRole           role,
                       const char        *column)
{
  const EngRunView  *view = &snapshot->runs[run];
  const double      *values = eng_run_view_get_column (view, column);
  g_autofree double *steps = NULL;

  if (values == NULL)
    return NULL;
  steps = plot_project_dup_steps (view);
  return plot_project_add_curve (panel, snapshot, run, style, role, steps, values);
}

void
plot_project_label_line (PlotSeries       *series,
                         const EngRunView *run,
                         PlotNumber        number,
                         GString          *sentence)
{
  gsize            last = series->n;
  const char      *name = plot_project_get_name (run);
  g_autofree char *named = NULL;

  if (series->diverged)
    {
      series->name = g_strdup_printf (_ ("%s diverged"), name);
      eng_words_append (sentence, series->name);
      return;
    }
  while (last > 0 && isnan (series->y[last - 1]))
    last--;
  series->name = g_strdup (name);
  if (last == 0)
    return;
  series->value = plot_format_value (series->y[last - 1], 2, number);
  named = plot_format_named (name, series->value);
  eng_words_append (sentence, named);
}

void
plot_project_add_pinned_by (PlotPanel         *panel,
                            const PlotOptions *options,
                            PlotAddLine        add_line,
                            const char        *column,
                            PlotNumber         number)
{
  const EngSnapshot       *pinned = options->pinned;
  g_autofree PlotRunStyle *styles = NULL;

  if (pinned == NULL)
    return;
  styles = g_new0 (PlotRunStyle, pinned->n_runs + 1);
  plot_get_snapshot_styles (pinned, styles);
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
      series->value = plot_format_value (series->y[series->n - 1], 2, number);
    }
}

void
plot_project_add_pinned (PlotPanel         *panel,
                         const PlotOptions *options,
                         const char        *column,
                         PlotNumber         number)
{
  plot_project_add_pinned_by (panel, options, plot_project_add_line, column, number);
}

void
plot_project_tell_pinned (PlotFrame *frame)
{
  const PlotPanel    *panel = g_ptr_array_index (frame->panels, 0);
  g_autoptr (GString) curves = g_string_new (NULL);
  g_autofree char    *summary = frame->summary, *subtitle = frame->subtitle;

  for (guint i = 0; i < panel->series->len; i++)
    {
      const PlotSeries *series = g_ptr_array_index (panel->series, i);

      if (series->role == PLOT_ROLE_PINNED && series->name != NULL)
        {
          g_autofree char *named = plot_format_named (series->name, series->value);

          eng_words_append (curves, named);
        }
    }
  if (curves->len == 0)
    {
      (void) g_steal_pointer (&summary);
      (void) g_steal_pointer (&subtitle);
      return;
    }
  /* Translators: the sentences that describe a plot, and the values of pinned curves. */
  frame->summary = g_strdup_printf (_ ("%s To compare with: %s."), summary, curves->str);
  /* Translators: what a plot shows; the curves of an earlier experiment are faint in it. */
  frame->subtitle = g_strdup_printf (_ ("%s; pinned faint"), subtitle);
}

const char *
plot_project_get_name (const EngRunView *run)
{
  if (run->label != NULL && run->label[0] != '\0')
    return _ (run->label); /* of a shipped experiment; others are in no catalogue */
  return run->learner != NULL ? run->learner : _ ("Run");
}

char *
plot_project_describe_state (const EngSnapshot *snapshot)
{
  g_autofree char *step = plot_format_integer (snapshot->step);
  g_autofree char *planned = plot_format_integer (snapshot->planned);

  if (snapshot->n_runs == 0 || snapshot->phase == ENG_PHASE_EMPTY)
    return g_strdup (_ ("Nothing has been trained yet"));
  if (snapshot->step == 0)
    return g_strdup (_ ("Before the first step"));
  return g_strdup_printf (_ ("Step %s of %s"), step, planned);
}

char *
plot_project_end_sentence (const char *state)
{
  return g_strdup_printf (_ ("%s."), state);
}
