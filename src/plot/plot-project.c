/* SPDX-License-Identifier: GPL-3.0-or-later
 * What projections share. */
#include "config.h"

#include "plot-project.h"

#include "eng-learner.h"
#include "eng-words.h"
#include "plot-suits.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* Room above the largest value, in decades or as a share. */
#define HEADROOM        0.3
#define LINEAR_HEADROOM 0.04

void
plot_project_set_y_scale (PlotPanel *panel, gboolean linear)
{
  panel->y.kind = linear ? PLOT_SCALE_LINEAR : PLOT_SCALE_LOG;
  panel->y.headroom = linear ? LINEAR_HEADROOM : HEADROOM;
}

void
plot_project_add_guide (PlotPanel *panel, double at, const char *label)
{
  plot_panel_add_rule (panel, at, label);
  plot_axis_include (&panel->y, at);
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

guint *
plot_project_dup_order (const EngSnapshot *snapshot, const PlotRunStyle *styles)
{
  guint *order = g_new (guint, snapshot->n_runs + 1);
  guint  n = 0;

  for (guint pass = 0; pass < 3; pass++)
    for (guint i = 0; i < snapshot->n_runs; i++)
      if (get_pass (&snapshot->runs[i], styles[i]) == pass)
        order[n++] = i;
  return order;
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

const char *
plot_project_get_name (const EngRunView *run)
{
  if (run->label != NULL && run->label[0] != '\0')
    return _ (run->label); /* of a shipped experiment; others are in no catalogue */
  return run->learner != NULL ? run->learner : _ ("Run");
}

static char *
describe_state (const EngSnapshot *snapshot)
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
plot_project_describe (const EngSnapshot *snapshot, const char *what, const char *values)
{
  g_autofree char *state = describe_state (snapshot);

  if (values[0] == '\0')
    return g_strdup_printf (_ ("%s."), state);
  /* Translators: the state of the training, what is measured, and each run's value: "Step
   * 640 of 2 000. Test loss: Lazy 0.37, Rich 0.02." */
  return g_strdup_printf (_ ("%s. %s: %s."), state, what, values);
}

void
plot_project_describe_pinned (PlotFrame *frame, const char *values)
{
  g_autofree char *summary = frame->summary;

  /* Translators: the sentences that describe a plot, and the values of pinned curves. */
  frame->summary = g_strdup_printf (_ ("%s To compare with: %s."), summary, values);
}
