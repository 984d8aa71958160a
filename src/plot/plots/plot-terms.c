/* SPDX-License-Identifier: GPL-3.0-or-later
 * Which term carries the signal: the shares of f_L, f_Q and the rest over time, one small
 * panel per run; or one of the measures of how far the network is from its linearisation,
 * all runs in one panel. */
#include "config.h"

#include "eng-verdict.h"
#include "eng-words.h"
#include "plot-over-time.h"
#include "plot-suits.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define N_TERMS 3
/* Room above the largest value on a linear axis, as a share. */
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
      shares[t] = eng_run_view_get_column (run, terms[t].column);
      if (shares[t] == NULL)
        return FALSE;
    }
  return TRUE;
}

/* The edges of the stack from the bottom: every term has its own share more. */
static void
fill_shares (const PlotSource *source,
             gconstpointer     data,
             gsize             from,
             gsize             end,
             double           *x,
             double *const    *y)
{
  const double *const *shares = data;
  const guint64       *steps = eng_trace_get_steps (source->trace) + source->first;

  for (gsize i = from; i < end; i++)
    {
      double height = 0;

      x[i] = (double) steps[i];
      y[0][i] = 0;
      for (guint t = 0; t < N_TERMS; t++)
        y[t + 1][i] = height += shares[t][source->first + i];
      for (guint row = 0; row <= N_TERMS && !isfinite (height); row++)
        y[row][i] = NAN;
    }
}

static void
add_areas (PlotPanel *panel, const EngRunView *run, const double *shares[N_TERMS])
{
  PlotSource   source = { .trace = run->trace,
                          .what = terms,
                          .first = plot_over_time_find_first (panel, run),
                          .n_rows = N_TERMS + 1 };
  gsize        n = run->n_records - source.first;
  PlotSamples *samples = plot_panel_make_samples (panel, &source, n, fill_shares, shares,
                                                  NULL);

  for (guint t = 0; t < N_TERMS; t++)
    plot_panel_add_sampled_area (panel, FALSE, terms[t].band, samples, t, n)->name
        = g_strdup (_ (terms[t].name));
}

/* Returns: (transfer full): the newest share of the linear term of every run. */
static char *
add_shares (PlotFrame *frame, const EngSnapshot *snapshot, const PlotOptions *options)
{
  g_autofree PlotRunStyle *styles = plot_dup_snapshot_styles (snapshot);
  GString                 *sentence = g_string_new (NULL);

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
      plot_over_time_set_axis (panel, snapshot, run, options);
      panel->boxed = TRUE;
      panel->y.kind = PLOT_SCALE_LINEAR;
      panel->y.lo = 0;
      panel->y.hi = 1;
      panel->y.fixed = TRUE;
      panel->y.number = PLOT_NUMBER_PERCENT;
      if (run == NULL)
        break;
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
  return g_string_free (sentence, FALSE);
}

/* --- measures over time ----------------------------------------------------------- */

/* Returns: (transfer full): the newest value of every run. */
static char *
add_lines (PlotFrame         *frame,
           const EngSnapshot *snapshot,
           const PlotOptions *options,
           guint              which)
{
  PlotPanel *panel = plot_over_time_add_panel (frame, snapshot, options);
  /* The alignment hardly moves: whole decades would hide what it does. */
  gboolean linear = options->y_linear || lines[which].lazy <= 0;
  char    *values;

  plot_project_set_y_scale (panel, linear);
  panel->y.number = PLOT_NUMBER_PERCENT;
  if (linear)
    panel->y.headroom = LINEAR_HEADROOM;
  else
    panel->y.lowest = LOWEST;
  if (lines[which].lazy > 0)
    plot_project_add_guide (panel, lines[which].lazy, _ ("lazy below"));
  if (lines[which].rich > 0)
    plot_project_add_guide (panel, lines[which].rich, _ ("rich above"));
  if (linear)
    plot_axis_include (&panel->y, 0);
  values = plot_over_time_add_runs (panel, snapshot, options, plot_over_time_add_line,
                                    lines[which].column, NULL);
  if (isnan (panel->y.hi) || panel->y.hi == panel->y.lo)
    plot_axis_include (&panel->y, 1);
  return values;
}

static gboolean
any_student (const EngSnapshot *snapshot)
{
  for (guint i = 0; i < snapshot->n_runs; i++)
    if (plot_project_has_student (snapshot, i) && !snapshot->runs[i].full_network)
      return TRUE;
  return FALSE;
}

static void
plot_terms_project (PlotFrame         *frame,
                    const EngSnapshot *snapshot,
                    const PlotOptions *options)
{
  guint            measure = MIN (options->measure, G_N_ELEMENTS (lines));
  guint            which = measure - 1; /* where it is a line */
  gboolean         student = any_student (snapshot);
  g_autofree char *values = NULL;

  if (measure == 0)
    {
      values = add_shares (frame, snapshot, options);
      frame->subtitle = g_strdup (
          student ? _ ("share of each Taylor term, of the network a student stands for")
                  : _ ("share of each Taylor term"));
      frame->quantity = g_strdup (_ ("share of the term"));
      plot_over_time_describe (frame, snapshot, _ ("Share of the linear term"), values);
      return;
    }
  values = add_lines (frame, snapshot, options, which);
  frame->subtitle = g_strdup (student ? _ (lines[which].subtitle_student)
                                      : _ (lines[which].subtitle));
  frame->quantity = g_strdup (_ (lines[which].quantity));
  plot_over_time_describe (frame, snapshot, _ (measures[measure]), values);
}

const PlotClass plot_terms_class = {
  .id = "terms",
  .title = N_ ("Which Term Carries the Signal"),
  .measures = measures,
  .over_steps = TRUE,
  .suits = plot_suits_student,
  .project = plot_terms_project,
};
