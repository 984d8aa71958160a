/* SPDX-License-Identifier: GPL-3.0-or-later
 * Spectrum of Σ: measured eigenvalues by rank in their bands, and the staircase that
 * theory predicts on the sphere. */
#include "config.h"

#include "eng-words.h"
#include "plot-project.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* Eigenvalues below this share of the largest carry no coefficients and are noise of the
 * decomposition: they are named at the foot, not drawn. */
#define DRAWN_SHARE 1e-6
/* Room above the largest value, in decades. */
#define HEADROOM 0.2
/* Axes while there is nothing to show. */
#define EMPTY_RANKS  1000.0
#define EMPTY_LOWEST 1e-6

/* Neighbouring directions whose ranks differ by less than this share are averaged. */
#define BIN_SHARE 0.1

enum
{
  MEASURE_EIGENVALUES,
  MEASURE_MOVEMENT,
};

static const char *const measures[] = { N_ ("Eigenvalues"), N_ ("Movement per Direction"),
                                        NULL };

typedef struct
{
  PlotBand    band;
  const char *name;
  gsize       first, n; /* 0-based rank, directions */
} Band;

/* Returns: the number of bands, 1 to 3. */
static guint
split_bands (const EngSpectrum *spectrum, gsize n_ranks, Band *bands)
{
  gsize q1 = MIN (spectrum->n_q1, n_ranks);
  gsize q2 = MIN (spectrum->n_q2, n_ranks - q1);
  guint n = 0;

  if (q1 > 0)
    bands[n++] = (Band){ PLOT_BAND_Q1, _ ("Q1"), 0, q1 };
  if (!spectrum->q2_resolved)
    {
      if (n_ranks > q1)
        bands[n++] = (Band){ PLOT_BAND_BEYOND, _ ("beyond Q1"), q1, n_ranks - q1 };
      return n;
    }
  if (q2 > 0)
    bands[n++] = (Band){ PLOT_BAND_Q2, _ ("Q2"), q1, q2 };
  if (n_ranks > q1 + q2)
    bands[n++] = (Band){ PLOT_BAND_Q3, _ ("Q3"), q1 + q2, n_ranks - q1 - q2 };
  return n;
}

/* Between the last rank of one band and the first of the next. */
static double
get_edge (gsize n_before)
{
  return n_before == 0 ? 1 : (double) n_before + 0.5;
}

static void
add_band (PlotPanel         *panel,
          const EngSpectrum *spectrum,
          const Band        *band,
          gsize              n_ranks,
          gboolean           is_first,
          gboolean           with_values)
{
  gsize              end = MIN (band->first + band->n, spectrum->n_values);
  g_autofree double *x = g_new0 (double, spectrum->n_values + 1);
  g_autofree char   *count = plot_format_integer (band->n);
  double             x1 = get_edge (band->first + band->n);
  double             lowest = spectrum->values != NULL && spectrum->n_values > 0
                                  ? spectrum->values[0] * DRAWN_SHARE
                                  : 0;
  PlotSpan          *span;
  gsize              n_drawn = 0;

  span = plot_panel_add_span (panel, band->band, get_edge (band->first),
                              band->first + band->n >= n_ranks ? (double) n_ranks : x1);
  span->name = g_strdup (band->name);
  span->brief = g_strdup (count);
  span->detail = is_first
                     ? g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s direction",
                                                     "%s directions", (gulong) band->n),
                                        count)
                     : g_strdup (count);
  if (!with_values)
    return;
  for (gsize i = band->first;
       i < end && spectrum->values[i] > 0 && spectrum->values[i] >= lowest; i++)
    {
      x[n_drawn++] = (double) (i + 1);
      plot_axis_include (&panel->y, spectrum->values[i]);
    }
  if (n_drawn > 0)
    plot_panel_add_cloud (panel, band->band, n_drawn, x, spectrum->values + band->first);
  if (band->first + n_drawn < end)
    {
      g_autofree char *smallest = plot_format_value (MAX (spectrum->values[end - 1], 0),
                                                     2, PLOT_NUMBER_PLAIN);
      g_autofree char *label = g_strdup_printf ("↓ %s", smallest);

      plot_panel_add_note (panel, get_edge (band->first + n_drawn), x1, label)->leading
          = TRUE;
    }
}

static char *
make_level_label (const EngLevel *level, gboolean is_first)
{
  g_autofree char *degree = plot_format_subscript (level->degree);
  g_autofree char *value = plot_format_value (level->lambda, 2, PLOT_NUMBER_PLAIN);

  return g_strdup_printf (is_first ? _ ("theory λ%s = %s") : "λ%s = %s", degree, value);
}

/* Levels come by decreasing λ, so their ranks follow one another. */
static void
add_theory (PlotPanel *panel, const EngSpectrum *spectrum, gsize n_ranks)
{
  gsize               before = 0;
  double              lowest = panel->y.lo;
  g_autoptr (GString) below = g_string_new (NULL);
  double              below_from = (double) n_ranks;

  for (guint i = 0; i < spectrum->n_levels && before < n_ranks; i++)
    {
      const EngLevel  *level = &spectrum->levels[i];
      gsize            after = MIN (before + level->multiplicity, n_ranks);
      g_autofree char *label = make_level_label (level, before == 0);

      if (level->lambda > 0 && (isnan (lowest) || level->lambda >= lowest * 1e-2))
        {
          PlotStair *stair = plot_panel_add_stair (
              panel, get_edge (before), get_edge (after), level->lambda, label);

          stair->brief = make_level_label (level, FALSE);
          plot_axis_include (&panel->y, level->lambda);
        }
      else if (below->len == 0)
        {
          g_string_append_printf (below, "%s ↓", label);
          below_from = get_edge (before);
        }
      before = after;
    }
  if (below->len > 0)
    plot_panel_add_note (panel, below_from, (double) n_ranks, below->str);
}

static void
set_empty (PlotPanel *panel)
{
  panel->x.hi = EMPTY_RANKS;
  plot_axis_include (&panel->y, 1);
  plot_axis_include (&panel->y, EMPTY_LOWEST);
  panel->hatch_from = panel->x.lo;
  panel->hatch_label = g_strdup (_ ("not measured yet"));
}

/* Spectra recorded during training, over the one at the start. */
static void
add_later (PlotPanel *panel, const EngRunView *run, guint index, PlotRunStyle style)
{
  for (guint i = 0; i < run->later->len; i++)
    {
      const EngSpectrum *later = g_ptr_array_index (run->later, i);
      g_autofree double *x = g_new (double, later->n_usable + 1);
      g_autofree char   *step = plot_format_integer (later->step);
      PlotSeries        *series;

      for (gsize r = 0; r < later->n_usable; r++)
        {
          x[r] = (double) (r + 1);
          plot_axis_include (&panel->y, later->values[r]);
        }
      series = plot_panel_add_series (panel, style, PLOT_ROLE_TRAIN, later->n_usable, x,
                                      later->values);
      series->run = index;
      series->label = g_strdup_printf (_ ("step %s"), step);
      g_free (panel->thin_label);
      panel->thin_label = g_strdup (series->label);
    }
}

/* Mean energies of neighbouring directions, band by band with a gap between; Q3, whose
 * directions are not resolved, has its mean over all of them. */
static void
add_energies (PlotPanel         *panel,
              const EngRunView  *run,
              guint              index,
              const EngSpectrum *spectrum,
              PlotRunStyle       style)
{
  gsize  n = MIN (eng_trace_get_n_directions (run->trace), spectrum->n_usable);
  gsize  rest = spectrum->n_q1 + (spectrum->q2_resolved ? spectrum->n_q2 : 0);
  double total = eng_trace_get_last (
      run->trace, spectrum->q2_resolved ? "energy-q3" : "energy-beyond-q1");
  const float       *energies = eng_trace_get_directions (run->trace, run->n_records - 1);
  g_autofree double *x = g_new (double, n + 8);
  g_autofree double *y = g_new (double, n + 8);
  gsize              n_drawn = 0;
  PlotSeries        *series;

  for (gsize first = 0, end; first < n; first = end)
    {
      double sum = 0;

      end = MIN (first + 1 + (gsize) (BIN_SHARE * (double) first), n);
      if (first < spectrum->n_q1)
        end = MIN (end, spectrum->n_q1);
      for (gsize i = first; i < end; i++)
        sum += energies[i];
      x[n_drawn] = (double) (first + end + 1) / 2;
      y[n_drawn++] = sum > 0 ? sum / (double) (end - first) : NAN;
      if (end != spectrum->n_q1 && end != n)
        continue;
      x[n_drawn] = (double) end + 0.25;
      y[n_drawn++] = NAN;
    }
  if (total > 0 && spectrum->n_features > rest + 1)
    for (guint i = 0; i < 2; i++)
      {
        x[n_drawn] = i == 0 ? (double) rest + 1 : (double) spectrum->n_features;
        y[n_drawn++] = total / (double) (spectrum->n_features - rest);
      }
  for (gsize i = 0; i < n_drawn; i++)
    plot_axis_include (&panel->y, y[i]);
  series = plot_panel_add_series (panel, style, PLOT_ROLE_TEST, n_drawn, x, y);
  series->run = index;
  series->label = g_strdup (plot_project_get_name (run));
  series->name = g_strdup (series->label);
}

static void
add_lines (PlotPanel *panel, const EngSnapshot *snapshot, guint owner, guint measure)
{
  const EngSpectrum       *spectrum = snapshot->runs[owner].spectrum;
  g_autofree PlotRunStyle *styles = g_new0 (PlotRunStyle, snapshot->n_runs + 1);

  plot_get_snapshot_styles (snapshot, styles);
  if (measure == MEASURE_EIGENVALUES)
    {
      add_later (panel, &snapshot->runs[owner], owner, styles[owner]);
      return;
    }
  /* Runs with the same start share their directions. */
  for (guint i = 0; i < snapshot->n_runs; i++)
    {
      const EngRunView *run = &snapshot->runs[i];

      if (run->spectrum == spectrum && run->trace != NULL && run->n_records > 0
          && eng_trace_get_n_directions (run->trace) > 0)
        add_energies (panel, run, i, spectrum, styles[i]);
    }
  if (isnan (panel->y.hi))
    plot_axis_include (&panel->y, 1);
}

/* Which run Σ is of, where runs differ in it. */
static char *
describe_owner (const EngSnapshot *snapshot, guint owner, const char *subtitle)
{
  for (guint i = 0; i < snapshot->n_runs; i++)
    if (snapshot->runs[i].m > 0 && snapshot->runs[i].m != snapshot->runs[owner].m)
      return g_strdup_printf (_ ("%s: %s"),
                              plot_project_get_name (&snapshot->runs[owner]), subtitle);
  return g_strdup (subtitle);
}

static void
add_spectrum (PlotFrame         *frame,
              PlotPanel         *panel,
              const EngSnapshot *snapshot,
              guint              owner,
              guint              measure)
{
  const EngSpectrum  *spectrum = snapshot->runs[owner].spectrum;
  Band                bands[3];
  gsize               n_ranks = MAX (MAX (spectrum->n_features, spectrum->n_values), 2);
  guint               n_bands = split_bands (spectrum, n_ranks, bands);
  g_autofree char    *n_probes = plot_format_integer (spectrum->n_probes);
  g_autofree char    *subtitle = NULL;
  g_autoptr (GString) sentence = g_string_new (NULL);

  panel->x.hi = (double) n_ranks;
  for (guint i = 0; i < n_bands; i++)
    {
      g_autofree char *count = plot_format_integer (bands[i].n);
      g_autofree char *named = plot_format_named (bands[i].name, count);

      add_band (panel, spectrum, &bands[i], n_ranks, i == 0,
                measure == MEASURE_EIGENVALUES);
      eng_words_append (sentence, named);
    }
  if (measure == MEASURE_EIGENVALUES)
    add_theory (panel, spectrum, n_ranks);
  add_lines (panel, snapshot, owner, measure);
  if (measure == MEASURE_EIGENVALUES && spectrum->n_values < n_ranks)
    {
      panel->hatch_from = (double) MAX (spectrum->n_values, 1);
      panel->hatch_label = g_strdup (_ ("not resolved"));
    }
  subtitle = measure == MEASURE_EIGENVALUES
                 ? g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "N = %s input",
                                                 "N = %s inputs", spectrum->n_probes),
                                    n_probes)
                 : g_strdup (_ ("mean energy of the movement per direction"));
  frame->subtitle = describe_owner (snapshot, owner, subtitle);
  frame->summary = g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE,
                   "Eigenvalues of Σ measured on %s input. Directions in each band: %s.",
                   "Eigenvalues of Σ measured on %s inputs. Directions in each band: %s.",
                   spectrum->n_probes),
      n_probes, sentence->str);
}

static PlotFrame *
plot_spectrum_project (const EngSnapshot *snapshot, const PlotOptions *wanted)
{
  PlotOptions options = plot_project_get_options (wanted);
  PlotFrame  *frame = plot_frame_new (_ ("Spectrum of Σ"));
  PlotPanel  *panel = plot_frame_add_panel (frame);
  guint       owner = snapshot->n_runs;

  /* A run without a spectrum of its own (a matrix method) shows another's. */
  for (guint i = 0; i < snapshot->n_runs && owner == snapshot->n_runs; i++)
    if (snapshot->runs[(options.selected_run + i) % snapshot->n_runs].spectrum != NULL)
      owner = (options.selected_run + i) % snapshot->n_runs;
  panel->x.kind = options.x_linear ? PLOT_SCALE_LINEAR : PLOT_SCALE_LOG;
  panel->x.title = g_strdup (_ ("rank of the direction"));
  panel->x.fixed = TRUE;
  panel->x.lo = 1;
  panel->y.kind = options.y_linear ? PLOT_SCALE_LINEAR : PLOT_SCALE_LOG;
  panel->y.headroom = HEADROOM;
  if (owner < snapshot->n_runs)
    add_spectrum (frame, panel, snapshot, owner, options.measure);
  else
    set_empty (panel);
  frame->quantity = g_strdup (options.measure == MEASURE_EIGENVALUES
                                  ? _ ("eigenvalue of Σ")
                                  : _ ("mean energy of the movement per direction"));
  if (frame->summary == NULL)
    frame->summary = g_strdup (_ ("The spectrum of Σ has not been measured yet."));
  return frame;
}

const PlotClass plot_spectrum_class = {
  .id = "spectrum",
  .title = N_ ("Spectrum of Σ"),
  .measures = measures,
  .project = plot_spectrum_project,
};
