/* SPDX-License-Identifier: GPL-3.0-or-later
 * Where it moved: the energy of the movement in the bands Q1, Q2, Q3 of Σ over time, one
 * small panel per run. */
#include "config.h"

#include "eng-words.h"
#include "plot-over-time.h"
#include "plot-suits.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* A share below this is said to be under 0.1 %. */
#define SMALLEST_SAID 1e-3

typedef enum
{
  MEASURE_SHARE,
  MEASURE_ENERGY,
} Measure;

static const char *const measures[] = { N_ ("Share"), N_ ("Energy"), NULL };

/* Energies of one run, band by band from the bottom. */
typedef struct
{
  guint         n_bands;
  PlotBand      bands[3];
  const double *energy[3];
  gsize         n;
} Energies;

static gboolean
any_finite (const double *values, gsize n)
{
  for (gsize i = 0; values != NULL && i < n; i++)
    if (isfinite (values[i]))
      return TRUE;
  return FALSE;
}

/* Two bands where the probes do not tell the second from the third. */
static Energies
read_energies (const EngRunView *run)
{
  Energies      self = { .n = run->n_records };
  gboolean      unresolved = run->spectrum != NULL && !run->spectrum->q2_resolved;
  const double *beyond;

  if (run->trace == NULL)
    return self;
  beyond = eng_trace_lookup (run->trace, "energy-beyond-q1");
  self.energy[0] = eng_trace_lookup (run->trace, "energy-q1");
  self.energy[1] = eng_trace_lookup (run->trace, "energy-q2");
  self.energy[2] = eng_trace_lookup (run->trace, "energy-q3");
  self.bands[0] = PLOT_BAND_Q1;
  self.bands[1] = PLOT_BAND_Q2;
  self.bands[2] = PLOT_BAND_Q3;
  self.n_bands = 3;
  if (unresolved || !any_finite (self.energy[1], self.n))
    {
      self.energy[1] = beyond;
      self.bands[1] = PLOT_BAND_BEYOND;
      self.n_bands = 2;
    }
  for (guint b = 0; b < self.n_bands; b++)
    if (self.energy[b] == NULL)
      self.n_bands = 0;
  return self;
}

static double
get_total (const Energies *self, gsize record)
{
  double total = 0;

  for (guint b = 0; b < self->n_bands; b++)
    total += MAX (self->energy[b][record], 0);
  return self->n_bands > 0 ? total : NAN;
}

/* Returns: the last record with some energy; -1 if there is none. */
static gssize
find_last (const Energies *self)
{
  for (gssize i = (gssize) self->n - 1; i >= 0; i--)
    if (get_total (self, (gsize) i) > 0 && isfinite (get_total (self, (gsize) i)))
      return i;
  return -1;
}

static const char *
get_band_name (PlotBand band)
{
  switch (band)
    {
    case PLOT_BAND_Q1:
      return _ ("Q1");
    case PLOT_BAND_Q2:
      return _ ("Q2");
    case PLOT_BAND_Q3:
      return _ ("Q3");
    case PLOT_BAND_BEYOND:
    case PLOT_N_BANDS:
    default:
      return _ ("beyond Q1");
    }
}

typedef struct
{
  Energies energies;
  Measure  measure;
} Stack;

/* The edges of the stack from the bottom: every band has its own share, or energy, more. */
static void
fill_bands (const PlotSource *source,
            gconstpointer     data,
            gsize             from,
            gsize             end,
            double           *x,
            double *const    *y)
{
  const Stack    *stack = data;
  const Energies *energies = &stack->energies;
  const guint64  *steps = eng_trace_get_steps (source->trace) + source->first;

  for (gsize i = from; i < end; i++)
    {
      gsize    record = source->first + i;
      double   total = get_total (energies, record), height = 0;
      double   scale = stack->measure == MEASURE_SHARE ? 1 / total : 1;
      gboolean is_known = total > 0 && isfinite (total);

      x[i] = (double) steps[i];
      y[0][i] = is_known ? 0 : NAN;
      for (guint b = 0; b < energies->n_bands; b++)
        {
          height += MAX (energies->energy[b][record], 0) * scale;
          y[b + 1][i] = is_known ? height : NAN;
        }
    }
}

/* Returns: the top of the stack at its highest; NaN without one. */
static double
add_areas (PlotPanel        *panel,
           const EngRunView *run,
           const Energies   *energies,
           Measure           measure,
           gboolean          pinned)
{
  Stack        stack = { *energies, measure };
  PlotSource   source = { .trace = run->trace,
                          .what = measures,
                          .variant = 4 * energies->n_bands + measure,
                          .n_rows = energies->n_bands + 1 };
  PlotExtent   extents[PLOT_SAMPLES_MAX_ROWS];
  PlotSamples *samples;
  gsize        n;

  if (energies->n_bands == 0)
    return NAN;
  source.first = plot_over_time_find_first (panel, run);
  n = energies->n - source.first;
  samples = plot_panel_make_samples (panel, &source, n, fill_bands, &stack, extents);
  for (guint b = 0; b < energies->n_bands; b++)
    {
      PlotArea *area = plot_panel_add_sampled_area (panel, pinned, energies->bands[b],
                                                    samples, b, n);

      area->name = pinned ? g_strdup_printf (_ ("%s, pinned"),
                                             get_band_name (energies->bands[b]))
                          : g_strdup (get_band_name (energies->bands[b]));
    }
  return extents[energies->n_bands].largest;
}

static void
set_titles (PlotPanel        *panel,
            const EngRunView *run,
            const Energies   *energies,
            PlotRunStyle      style)
{
  gssize last = find_last (energies);

  plot_project_panel_title (panel, run, style);
  if (panel->subtitle != NULL)
    return;
  if (last >= 0)
    {
      g_autofree char *energy = plot_format_value (get_total (energies, (gsize) last), 2,
                                                   PLOT_NUMBER_PLAIN);

      panel->subtitle = g_strdup_printf (_ ("energy %s"), energy);
      panel->subtitle_brief = g_strdup (energy);
    }
  else if (run->trace != NULL)
    panel->subtitle = g_strdup_printf (_ ("energy %s"), "0");
}

/* "Lazy 2 %, 95 %, 3 %": newest shares, bottom band first. */
static void
describe (const EngRunView *run, const Energies *energies, GString *sentence)
{
  gssize              last = find_last (energies);
  g_autoptr (GString) shares = g_string_new (NULL);
  g_autofree char    *named = NULL;
  double              total;

  if (last < 0)
    return;
  total = get_total (energies, (gsize) last);
  for (guint b = 0; b < energies->n_bands; b++)
    {
      double           share = MAX (energies->energy[b][last], 0) / total;
      g_autofree char *text = share > 0 && share < SMALLEST_SAID
                                  ? g_strdup (_ ("under 0.1 %"))
                                  : plot_format_value (share, 2, PLOT_NUMBER_PERCENT);

      g_autofree char *band = plot_format_named (get_band_name (energies->bands[b]),
                                                 text);

      eng_words_append (shares, band);
    }
  named = plot_format_named (plot_project_get_name (run), shares->str);
  eng_words_append_group (sentence, named);
}

static void
set_y_axis (PlotPanel *panel, Measure measure, double largest)
{
  panel->y.kind = PLOT_SCALE_LINEAR;
  panel->y.lo = 0;
  panel->y.hi = measure == MEASURE_SHARE ? 1 : largest > 0 ? largest : 1;
  panel->y.fixed = measure == MEASURE_SHARE;
  panel->y.number = measure == MEASURE_SHARE ? PLOT_NUMBER_PERCENT : PLOT_NUMBER_PLAIN;
}

/* Returns: (nullable) (transfer none): the pinned run of the same name and learner. */
static const EngRunView *
find_pinned (const PlotOptions *options, const EngRunView *run)
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

/* Returns: as add_areas (). */
static double
add_pinned (PlotPanel         *panel,
            const EngRunView  *run,
            const PlotOptions *options,
            Measure            measure)
{
  const EngRunView *pinned = find_pinned (options, run);
  Energies          energies;

  if (pinned == NULL)
    return NAN;
  energies = read_energies (pinned);
  return add_areas (panel, pinned, &energies, measure, TRUE);
}

static void
plot_bands_project (PlotFrame         *frame,
                    const EngSnapshot *snapshot,
                    const PlotOptions *options)
{
  Measure measure = options->measure == MEASURE_ENERGY ? MEASURE_ENERGY : MEASURE_SHARE;
  g_autofree PlotRunStyle *styles = plot_dup_snapshot_styles (snapshot);
  g_autoptr (GString)      sentence = g_string_new (NULL);
  double                   largest = 0;
  gboolean                 any_pinned = FALSE;

  for (guint i = 0; i < snapshot->n_runs; i++)
    {
      const EngRunView *run = &snapshot->runs[i];
      Energies          energies = read_energies (run);
      PlotPanel        *panel;

      if (!plot_project_has_student (snapshot, i))
        continue;
      panel = plot_frame_add_panel (frame);
      panel->run = i;
      plot_over_time_set_axis (panel, snapshot, run, options);
      set_titles (panel, run, &energies, styles[i]);
      largest = fmax (largest, add_areas (panel, run, &energies, measure, FALSE));
      describe (run, &energies, sentence);
      largest = fmax (largest, add_pinned (panel, run, options, measure));
      any_pinned |= panel->pinned->len > 0;
    }
  if (snapshot->n_runs == 0)
    {
      PlotPanel *panel = plot_frame_add_panel (frame);

      plot_over_time_set_axis (panel, snapshot, NULL, options);
      panel->boxed = TRUE;
    }
  for (guint i = 0; i < frame->panels->len; i++)
    set_y_axis (g_ptr_array_index (frame->panels, i), measure, largest);
  frame->subtitle = g_strdup (measure == MEASURE_SHARE
                                  ? _ ("share of the energy per band")
                                  : _ ("energy per band"));
  if (any_pinned)
    {
      g_autofree char *subtitle = frame->subtitle;

      frame->subtitle = g_strdup_printf (_ ("%s; pinned dashed"), subtitle);
    }
  frame->quantity = g_strdup (measure == MEASURE_SHARE
                                  ? _ ("share of the energy of the movement")
                                  : _ ("energy of the movement"));
  frame->summary = plot_project_describe (
      snapshot, _ ("Share of the movement in each band"), sentence->str);
}

const PlotClass plot_bands_class = {
  .id = "bands",
  .title = N_ ("Where It Moved"),
  .measures = measures,
  .over_steps = TRUE,
  .y_linear = TRUE,
  .suits = plot_suits_bands,
  .project = plot_bands_project,
};
