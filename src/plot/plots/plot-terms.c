/* SPDX-License-Identifier: GPL-3.0-or-later
 * Which term carries the signal: the shares of f_L, f_Q and the rest over time, one small
 * panel per run; or one of the measures of how far the network is from its linearisation,
 * all runs in one panel. */
#include "config.h"

#include "eng-verdict.h"
#include "eng-words.h"
#include "plot-project.h"
#include "plot-suits.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define N_TERMS 3
/* Room above the largest value, in decades or as a share. */
#define HEADROOM        0.3
#define LINEAR_HEADROOM 0.1
/* Smaller values would only stretch a logarithmic axis. */
#define LOWEST 1e-6

static const char *const measures[] = { N_ ("Shares of the Terms"),
                                        N_ ("Linearisation Gap"), N_ ("Kernel Drift"),
                                        N_ ("Alignment with the Target"), NULL };

/* The measures after the first. */
static const struct
{
  const char *column;
  const char *subtitle;         /* of full networks */
  const char *subtitle_student; /* where some run is a Taylor student */
  const char *quantity;
  double      lazy, rich; /* thresholds of the verdict; 0: none */
} lines[] = {
  { "linearisation-gap", N_ ("mean (f − fₗ)² over mean f²"),
    N_ ("mean (f − fₗ)² over mean f², of the network a student stands for"),
    N_ ("mean (f − fₗ)² over mean f²"), ENG_VERDICT_LAZY_GAP, 0 },
  { "kernel-drift", N_ ("how far the tangent kernel is from its start"),
    N_ ("how far the tangent kernel is from its start, of the network a student stands "
        "for"),
    N_ ("norm of the change of the tangent kernel / its norm at the start"),
    ENG_VERDICT_LAZY_DRIFT, ENG_VERDICT_RICH_DRIFT },
  { "kernel-alignment", N_ ("of the centred tangent kernel, 1 at most"),
    N_ ("of the centred tangent kernel, 1 at most, of the network a student stands for"),
    N_ ("alignment of the tangent kernel with the target"), 0, 0 },
};

static const struct
{
  const char *column;
  const char *name;
  PlotBand    band;
} terms[N_TERMS] = {
  { "share-linear", N_ ("linear"), PLOT_BAND_TERM_LINEAR },
  { "share-quadratic", N_ ("quadratic"), PLOT_BAND_TERM_QUADRATIC },
  { "share-rest", N_ ("rest"), PLOT_BAND_TERM_REST },
};

/* --- shares --------------------------------------------------------------------- */

/* Returns: FALSE if the run does not record the terms. */
static gboolean
read_shares (const EngRunView *run, const double *shares[N_TERMS])
{
  for (guint t = 0; t < N_TERMS; t++)
    {
      shares[t] = run->trace != NULL ? eng_trace_lookup (run->trace, terms[t].column)
                                     : NULL;
      if (shares[t] == NULL)
        return FALSE;
    }
  return TRUE;
}

static void
add_areas (PlotPanel *panel, const EngRunView *run, const double *shares[N_TERMS])
{
  gsize              n = run->n_records, first = 0;
  const guint64     *steps = eng_trace_get_steps (run->trace);
  g_autofree double *x = g_new0 (double, n + 1);
  g_autofree double *lower = g_new0 (double, n + 1);
  g_autofree double *upper = g_new0 (double, n + 1);

  /* On a logarithmic axis these panels have no room for step 0. */
  while (panel->x.kind == PLOT_SCALE_LOG && first < n && steps[first] < 1)
    first++;
  for (guint t = 0; t < N_TERMS; t++)
    {
      PlotArea *area;

      for (gsize i = first; i < n; i++)
        {
          x[i] = (double) steps[i];
          lower[i] = t == 0 ? 0 : upper[i];
          upper[i] = lower[i] + shares[t][i];
          if (!isfinite (upper[i]))
            lower[i] = upper[i] = NAN;
        }
      area = plot_panel_add_area (panel, terms[t].band, n - first, x + first,
                                  lower + first, upper + first);
      area->name = g_strdup (_ (terms[t].name));
    }
}

static void
add_shares (PlotFrame         *frame,
            const EngSnapshot *snapshot,
            const PlotOptions *options,
            GString           *sentence)
{
  g_autofree PlotRunStyle *styles = g_new0 (PlotRunStyle, snapshot->n_runs + 1);

  plot_get_snapshot_styles (snapshot, styles);
  for (guint i = 0; i < MAX (snapshot->n_runs, 1); i++)
    {
      const EngRunView *run = snapshot->n_runs > 0 ? &snapshot->runs[i] : NULL;
      const double     *shares[N_TERMS];
      double            newest;
      PlotPanel        *panel;
      g_autofree char  *value = NULL, *named = NULL;

      if (run != NULL && !plot_project_has_student (snapshot, i))
        continue;
      panel = plot_frame_add_panel (frame);
      panel->run = i;
      plot_project_panel_time (panel, snapshot, run, options);
      panel->boxed = TRUE;
      panel->y.kind = PLOT_SCALE_LINEAR;
      panel->y.lo = 0;
      panel->y.hi = 1;
      panel->y.fixed = TRUE;
      panel->y.number = PLOT_NUMBER_PERCENT;
      if (run == NULL)
        return;
      plot_project_panel_title (panel, run, styles[i]);
      if (!read_shares (run, shares))
        continue;
      add_areas (panel, run, shares);
      newest = run->n_records > 0 ? shares[0][run->n_records - 1] : NAN;
      if (!isfinite (newest))
        continue;
      value = plot_format_value (newest, 2, PLOT_NUMBER_PERCENT);
      named = plot_format_named (plot_project_get_name (run), value);
      eng_words_append (sentence, named);
      if (panel->subtitle == NULL)
        panel->subtitle = g_strdup_printf (_ ("linear %s"), value);
    }
}

/* --- measures over time ----------------------------------------------------------- */

static void
add_threshold (PlotPanel *panel, double at, const char *label)
{
  if (at <= 0)
    return;
  plot_panel_add_rule (panel, at, label);
  plot_axis_include (&panel->y, at);
}

static void
add_lines (PlotFrame         *frame,
           const EngSnapshot *snapshot,
           const PlotOptions *options,
           guint              which,
           GString           *sentence)
{
  PlotPanel               *panel = plot_frame_add_panel (frame);
  g_autofree PlotRunStyle *styles = g_new0 (PlotRunStyle, snapshot->n_runs + 1);
  g_autofree guint        *order = g_new0 (guint, snapshot->n_runs + 1);
  /* The alignment hardly moves: whole decades would hide what it does. */
  gboolean linear = options->y_linear || lines[which].lazy <= 0;

  plot_get_snapshot_styles (snapshot, styles);
  plot_project_order (snapshot, styles, order);
  panel->y.kind = linear ? PLOT_SCALE_LINEAR : PLOT_SCALE_LOG;
  panel->y.headroom = linear ? LINEAR_HEADROOM : HEADROOM;
  panel->y.number = PLOT_NUMBER_PERCENT;
  if (!linear)
    panel->y.lowest = LOWEST;
  plot_project_time_axis (panel, snapshot, options, TRUE);
  plot_project_add_changes (panel, snapshot, -1);
  add_threshold (panel, lines[which].lazy, _ ("lazy below"));
  add_threshold (panel, lines[which].rich, _ ("rich above"));
  if (linear)
    plot_axis_include (&panel->y, 0);
  for (guint i = 0; i < snapshot->n_runs; i++)
    {
      guint       run = order[i];
      PlotSeries *series = plot_project_add_line (panel, snapshot, run, styles[run],
                                                  PLOT_ROLE_TEST, lines[which].column);

      if (series != NULL)
        plot_project_label_line (series, &snapshot->runs[run], PLOT_NUMBER_PERCENT,
                                 sentence);
    }
  if (isnan (panel->y.hi) || panel->y.hi == panel->y.lo)
    plot_axis_include (&panel->y, 1);
}

static gboolean
any_student (const EngSnapshot *snapshot)
{
  for (guint i = 0; i < snapshot->n_runs; i++)
    if (plot_project_has_student (snapshot, i) && !snapshot->runs[i].full_network)
      return TRUE;
  return FALSE;
}

static PlotFrame *
plot_terms_project (const EngSnapshot *snapshot, const PlotOptions *wanted)
{
  PlotOptions         options = plot_project_get_options (wanted);
  guint               measure = MIN (options.measure, G_N_ELEMENTS (lines));
  PlotFrame          *frame = plot_frame_new (_ ("Which Term Carries the Signal"));
  g_autoptr (GString) sentence = g_string_new (NULL);
  g_autofree char    *state = plot_project_describe_state (snapshot);
  const char         *what;

  if (measure == 0)
    {
      add_shares (frame, snapshot, &options, sentence);
      what = any_student (snapshot)
                 ? _ ("share of each Taylor term, of the network a student stands for")
                 : _ ("share of each Taylor term");
    }
  else
    {
      add_lines (frame, snapshot, &options, measure - 1, sentence);
      what = any_student (snapshot) ? _ (lines[measure - 1].subtitle_student)
                                    : _ (lines[measure - 1].subtitle);
    }
  frame->subtitle = g_strdup (what);
  frame->quantity = g_strdup (measure == 0 ? _ ("share of the term")
                                           : _ (lines[measure - 1].quantity));
  if (sentence->len == 0)
    frame->summary = plot_project_end_sentence (state);
  else if (measure == 0)
    frame->summary = g_strdup_printf (_ ("%s. Share of the linear term: %s."), state,
                                      sentence->str);
  else
    /* Translators: the state of the training, what is measured, and each run's value. */
    frame->summary = g_strdup_printf (_ ("%s. %s: %s."), state, _ (measures[measure]),
                                      sentence->str);
  return frame;
}

const PlotClass plot_terms_class = {
  .id = "terms",
  .title = N_ ("Which Term Carries the Signal"),
  .measures = measures,
  .over_steps = TRUE,
  .suits = plot_suits_student,
  .project = plot_terms_project,
};
