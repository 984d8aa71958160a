/* SPDX-License-Identifier: GPL-3.0-or-later
 * Spectrum of Σ: measured eigenvalues by rank in their bands, and the staircase that
 * theory predicts on the sphere. */
#include "config.h"

#include "eng-words.h"
#include "plot-directions.h"
#include "plot-groups.h"
#include "plot-project.h"
#include "plot-suits.h"

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

typedef enum
{
  MEASURE_BOTH,
  MEASURE_EIGENVALUES,
  MEASURE_MOVEMENT,
} Measure;

static const char *const measures[] = { N_ ("Eigenvalues and Movement"),
                                        N_ ("Eigenvalues"), N_ ("Movement per Direction"),
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

/* Ranks on the axis: all directions that exist. */
static gsize
get_n_ranks (const EngSpectrum *spectrum)
{
  return MAX (MAX (spectrum->n_features, spectrum->n_values), 2);
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

  /* Translators: an eigenvalue as theory has it: theory λ₁ = 0.25. */
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
      /* Translators: names a thin curve, which is of that step. */
      series->label = g_strdup_printf (_ ("step %s"), step);
      g_free (panel->thin_label);
      panel->thin_label = g_strdup (series->label);
    }
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

/* What each panel shows where there are two. */
static void
add_axis_titles (PlotFrame *frame)
{
  static const char *const titles[] = { N_ ("eigenvalue"), N_ ("energy") };

  for (guint i = 0; i < frame->panels->len && frame->panels->len > 1; i++)
    {
      PlotPanel *panel = g_ptr_array_index (frame->panels, i);

      panel->y.title = g_strdup (_ (titles[i]));
    }
}

static PlotPanel *
add_panel (PlotFrame *frame, const PlotOptions *options)
{
  PlotPanel *panel = plot_frame_add_panel (frame);

  panel->x.kind = options->x_linear ? PLOT_SCALE_LINEAR : PLOT_SCALE_LOG;
  panel->x.title = g_strdup (_ ("rank of the direction"));
  panel->x.fixed = TRUE;
  panel->x.lo = 1;
  panel->y.kind = options->y_linear ? PLOT_SCALE_LINEAR : PLOT_SCALE_LOG;
  panel->y.headroom = HEADROOM;
  return panel;
}

/* Returns: (transfer full): "Q1 31, Q2 464". */
static char *
add_bands (PlotPanel *panel, const EngSpectrum *spectrum, gsize n_ranks, gboolean values)
{
  Band     bands[3];
  guint    n_bands = split_bands (spectrum, n_ranks, bands);
  GString *counts = g_string_new (NULL);

  panel->x.hi = (double) n_ranks;
  for (guint i = 0; i < n_bands; i++)
    {
      g_autofree char *count = plot_format_integer (bands[i].n);
      g_autofree char *named = plot_format_named (bands[i].name, count);

      add_band (panel, spectrum, &bands[i], n_ranks, i == 0, values);
      eng_words_append (counts, named);
    }
  return g_string_free (counts, FALSE);
}

static char *
add_eigenvalues (PlotPanel *panel, const EngSnapshot *snapshot, guint owner)
{
  const EngSpectrum       *spectrum = snapshot->runs[owner].spectrum;
  gsize                    n_ranks = get_n_ranks (spectrum);
  g_autofree PlotRunStyle *styles = plot_dup_snapshot_styles (snapshot);
  char                    *counts = add_bands (panel, spectrum, n_ranks, TRUE);

  add_theory (panel, spectrum, n_ranks);
  add_later (panel, &snapshot->runs[owner], owner, styles[owner]);
  if (spectrum->n_values < n_ranks)
    {
      panel->hatch_from = (double) MAX (spectrum->n_values, 1);
      panel->hatch_label = g_strdup (_ ("not resolved"));
    }
  return counts;
}

static char *
add_movement (PlotPanel *panel, const EngSnapshot *snapshot, guint owner)
{
  const EngSpectrum *spectrum = snapshot->runs[owner].spectrum;
  char              *counts = add_bands (panel, spectrum, get_n_ranks (spectrum), FALSE);

  plot_directions_add (panel, snapshot, owner);
  return counts;
}

/* Beyond the resolved directions only the sum of the energies is known. */
static char *
make_subtitle (const EngSpectrum *spectrum, Measure measure)
{
  g_autofree char *n_probes = plot_format_integer (spectrum->n_probes);
  g_autofree char *inputs = g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "N = %s input", "N = %s inputs", spectrum->n_probes),
      n_probes);

  if (measure == MEASURE_EIGENVALUES)
    return g_steal_pointer (&inputs);
  if (measure == MEASURE_MOVEMENT)
    return g_strdup (spectrum->q2_resolved
                         ? _ ("mean energy per direction, Q3 as one value")
                         : _ ("mean energy per direction, beyond Q1 as one value"));
  /* Translators: "N = 990 inputs", and what is drawn below. */
  return g_strdup_printf (spectrum->q2_resolved ? _ ("%s; Q3 as one mean")
                                                : _ ("%s; beyond Q1 as one mean"),
                          inputs);
}

static void
add_spectrum (PlotFrame         *frame,
              const EngSnapshot *snapshot,
              const PlotOptions *options,
              guint              owner)
{
  const EngSpectrum *spectrum = snapshot->runs[owner].spectrum;
  Measure            measure = MIN (options->measure, MEASURE_MOVEMENT);
  g_autofree char   *n_probes = plot_format_integer (spectrum->n_probes);
  g_autofree char   *subtitle = make_subtitle (spectrum, measure);
  g_autofree char   *counts = NULL;

  if (measure != MEASURE_MOVEMENT)
    counts = add_eigenvalues (add_panel (frame, options), snapshot, owner);
  if (measure != MEASURE_EIGENVALUES)
    {
      g_free (counts);
      counts = add_movement (add_panel (frame, options), snapshot, owner);
    }
  frame->stacked = measure == MEASURE_BOTH;
  add_axis_titles (frame);
  frame->subtitle = describe_owner (snapshot, owner, subtitle);
  frame->summary = g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE,
                   "Eigenvalues of Σ measured on %s input. Directions in each band: %s.",
                   "Eigenvalues of Σ measured on %s inputs. Directions in each band: %s.",
                   spectrum->n_probes),
      n_probes, counts);
}

static void
set_quantities (PlotFrame *frame, Measure measure)
{
  const char *energy = _ ("mean energy of the movement per direction");

  frame->quantity = g_strdup (measure == MEASURE_MOVEMENT ? energy
                                                          : _ ("eigenvalue of Σ"));
  if (frame->stacked)
    ((PlotPanel *) g_ptr_array_index (frame->panels, 1))->quantity = g_strdup (energy);
}

static void
plot_spectrum_project (PlotFrame         *frame,
                       const EngSnapshot *snapshot,
                       const PlotOptions *options)
{
  guint owner = snapshot->n_runs;

  /* A run without a spectrum of its own (a matrix method) shows another's. */
  for (guint i = 0; i < snapshot->n_runs && owner == snapshot->n_runs; i++)
    if (snapshot->runs[(options->selected_run + i) % snapshot->n_runs].spectrum != NULL)
      owner = (options->selected_run + i) % snapshot->n_runs;
  if (owner < snapshot->n_runs && snapshot->runs[owner].spectrum->n_inputs > 0)
    {
      plot_groups_add (frame, add_panel (frame, options), snapshot, owner);
      return;
    }
  if (owner < snapshot->n_runs)
    add_spectrum (frame, snapshot, options, owner);
  else
    set_empty (add_panel (frame, options));
  set_quantities (frame, MIN (options->measure, MEASURE_MOVEMENT));
  if (frame->summary == NULL)
    frame->summary = g_strdup (_ ("The spectrum of Σ has not been measured yet."));
}

const PlotClass plot_spectrum_class = {
  .id = "spectrum",
  .title = N_ ("Spectrum of Σ"),
  .measures = measures,
  .suits = plot_suits_spectrum,
  .project = plot_spectrum_project,
};
