/* SPDX-License-Identifier: GPL-3.0-or-later
 * Neurons: how their movement |w_r|, or its overlap with the teacher's directions, is
 * spread over them, one histogram per run; dashed, what chance alone would give. */
#include "config.h"

#include "eng-words.h"
#include "plot-project.h"
#include "plot-suits.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <stdlib.h>

#define N_BINS 24
/* A logarithmic axis reaches down to this share of every run's largest movement. */
#define LOWEST_SHARE 1e-3
/* Points of a bin at which the density of chance is evaluated. */
#define N_POINTS 16
/* Heights end at a multiple of this share. */
#define HEIGHT_STEP 0.1
/* Before anything has moved. */
#define EMPTY_MOVEMENT 1.0

typedef enum
{
  MEASURE_MOVEMENT,
  MEASURE_OVERLAP,
} Measure;

static const char *const measures[] = { N_ ("Movement"), N_ ("Overlap with the Teacher"),
                                        NULL };

typedef struct
{
  double edge[N_BINS + 1];
  double share[N_BINS];  /* of the neurons */
  double chance[N_BINS]; /* the same, expected; NaN: unknown */
  gsize  n_below;        /* neurons left of the first bin */
} Histogram;

static const float *
get_values (const EngRunView *run, Measure measure)
{
  return measure == MEASURE_OVERLAP ? run->neurons.overlap : run->neurons.movement;
}

/* --- bins ----------------------------------------------------------------------- */

/* The same for all runs, or their shapes could not be compared. */
static void
choose_range (const EngSnapshot *snapshot,
              Measure            measure,
              gboolean           log,
              double            *lo,
              double            *hi)
{
  double smallest = INFINITY, largest = 0;

  *lo = 0;
  *hi = 1;
  if (measure == MEASURE_OVERLAP)
    return;
  for (guint i = 0; i < snapshot->n_runs; i++)
    {
      const EngNeurons *neurons = &snapshot->runs[i].neurons;
      double            least = INFINITY, most = 0;

      for (gsize r = 0; r < neurons->n; r++)
        if (isfinite (neurons->movement[r]) && neurons->movement[r] > 0)
          {
            least = MIN (least, neurons->movement[r]);
            most = MAX (most, neurons->movement[r]);
          }
      smallest = MIN (smallest, MAX (least, most * LOWEST_SHARE));
      largest = MAX (largest, most);
    }
  *hi = largest > 0 ? plot_scale_nice_ceil (largest) : EMPTY_MOVEMENT;
  if (log)
    *lo = plot_scale_nice_floor (MIN (smallest, *hi / 10));
}

static void
fill_bins (Histogram *self, const float *values, gsize n, gboolean log)
{
  double lo = self->edge[0], hi = self->edge[N_BINS];

  for (gsize r = 0; r < n; r++)
    {
      double at = log ? log10 (values[r] / lo) / log10 (hi / lo)
                      : (values[r] - lo) / (hi - lo);

      if (at >= 0)
        self->share[MIN ((gsize) (at * N_BINS), N_BINS - 1)] += 1.0 / (double) n;
      else
        self->n_below++;
    }
}

/* Density of the norm of d standard normal numbers. */
static double
get_chi_density (double x, double d)
{
  int sign;

  return x > 0 ? exp ((d - 1) * log (x) - x * x / 2 - (d / 2 - 1) * log (2)
                      - lgamma_r (d / 2, &sign))
               : 0;
}

/* Rows of independent normal numbers with the energy that W has. */
static void
fill_gaussian (Histogram *self, const EngNeurons *neurons, double d)
{
  double energy = 0, scale;

  for (gsize r = 0; r < neurons->n; r++)
    energy += (double) neurons->movement[r] * neurons->movement[r];
  scale = sqrt (energy / ((double) neurons->n * d));
  for (guint b = 0; b < N_BINS; b++)
    {
      double width = (self->edge[b + 1] - self->edge[b]) / N_POINTS;

      self->chance[b] = scale > 0 ? 0 : NAN;
      for (guint i = 0; i < N_POINTS && scale > 0; i++)
        self->chance[b] += get_chi_density ((self->edge[b] + (i + 0.5) * width) / scale,
                                            d)
                           * width / scale;
    }
}

/* The largest of r cosines of a random direction, taken as independent: one has the density
 * (1 − c²)^{(d−3)/2}. */
static void
fill_random_direction (Histogram *self, double d, double r)
{
  double sum[N_BINS + 1] = { 0 };

  for (guint b = 0; b < N_BINS; b++)
    {
      double width = (self->edge[b + 1] - self->edge[b]) / N_POINTS;

      sum[b + 1] = sum[b];
      for (guint i = 0; i < N_POINTS; i++)
        {
          double c = self->edge[b] + (i + 0.5) * width;

          sum[b + 1] += width * pow (1 - c * c, (d - 3) / 2);
        }
    }
  for (guint b = 0; b < N_BINS; b++)
    self->chance[b] = pow (sum[b + 1] / sum[N_BINS], r) - pow (sum[b] / sum[N_BINS], r);
}

static Histogram
make_histogram (const EngSnapshot *snapshot,
                const EngRunView  *run,
                Measure            measure,
                gboolean           log)
{
  Histogram    self = { 0 };
  const float *values = get_values (run, measure);
  double       lo, hi;

  choose_range (snapshot, measure, log, &lo, &hi);
  for (guint b = 0; b <= N_BINS; b++)
    self.edge[b] = log ? lo * pow (hi / lo, (double) b / N_BINS)
                       : lo + (hi - lo) * b / N_BINS;
  if (values == NULL || run->neurons.n == 0)
    return self;
  fill_bins (&self, values, run->neurons.n, log);
  if (measure == MEASURE_MOVEMENT)
    fill_gaussian (&self, &run->neurons, (double) snapshot->facts.d);
  else
    fill_random_direction (&self, (double) snapshot->facts.d,
                           (double) MAX (snapshot->facts.n_directions, 1));
  return self;
}

/* --- panels --------------------------------------------------------------------- */

static void
add_outline (PlotPanel       *panel,
             const Histogram *histogram,
             const double    *heights,
             PlotRole         role,
             PlotRunStyle     style,
             guint            run)
{
  double x[2 * N_BINS], y[2 * N_BINS];

  for (guint b = 0; b < N_BINS; b++)
    {
      x[2 * b] = histogram->edge[b];
      /* Increasing, so that a step is a step. */
      x[2 * b + 1] = nextafter (histogram->edge[b + 1], histogram->edge[b]);
      y[2 * b] = y[2 * b + 1] = heights[b];
    }
  plot_panel_add_series (panel, style, role, 2 * N_BINS, x, y)->run = run;
}

static void
add_note_below (PlotPanel *panel, const Histogram *histogram)
{
  g_autofree char *count = NULL, *label = NULL;

  if (histogram->n_below == 0)
    return;
  count = plot_format_integer (histogram->n_below);
  /* Translators: how many neurons lie to the left of what is shown. */
  label = g_strdup_printf (_ ("← %s"), count);
  plot_panel_add_note (panel, panel->x.lo, panel->x.hi, label)->leading = TRUE;
}

static int
compare_floats (const void *a, const void *b)
{
  float x = *(const float *) a, y = *(const float *) b;

  return (x > y) - (x < y);
}

static double
get_median (const float *values, gsize n)
{
  g_autofree float *sorted = g_memdup2 (values, n * sizeof (float));

  qsort (sorted, n, sizeof (float), compare_floats);
  return (sorted[(n - 1) / 2] + sorted[n / 2]) / 2.0;
}

/* Returns: (transfer full): the newest median in words. */
static char *
describe_median (const EngRunView *run, Measure measure)
{
  const float *values = get_values (run, measure);

  if (values == NULL || run->neurons.n == 0)
    return NULL;
  return plot_format_value (get_median (values, run->neurons.n), 2,
                            measure == MEASURE_OVERLAP ? PLOT_NUMBER_PERCENT
                                                       : PLOT_NUMBER_PLAIN);
}

static void
set_subtitle (PlotPanel        *panel,
              const EngRunView *run,
              Measure           measure,
              const char       *median)
{
  if (panel->subtitle != NULL)
    return;
  if (median != NULL)
    {
      panel->subtitle = g_strdup_printf (_ ("median %s"), median);
      panel->subtitle_brief = g_strdup (median);
    }
  else if (run->neurons.n > 0)
    panel->subtitle = g_strdup (_ ("no directions to overlap with"));
}

static void
set_axes (PlotPanel *panel, Measure measure, gboolean log, double lo, double hi)
{
  panel->x.kind = log ? PLOT_SCALE_LOG : PLOT_SCALE_LINEAR;
  panel->x.lo = lo;
  panel->x.hi = hi;
  panel->x.fixed = TRUE;
  panel->x.number = measure == MEASURE_OVERLAP ? PLOT_NUMBER_PERCENT : PLOT_NUMBER_PLAIN;
  panel->x.title = g_strdup (measure == MEASURE_OVERLAP
                                 ? _ ("largest overlap with a direction of the teacher")
                                 : _ ("movement of a neuron"));
  panel->y.kind = PLOT_SCALE_LINEAR;
  panel->y.number = PLOT_NUMBER_PERCENT;
  panel->y.lo = 0;
  panel->y.fixed = TRUE;
  panel->boxed = TRUE;
}

/* One height for all panels. */
static void
set_height (PlotFrame *frame, double largest)
{
  for (guint i = 0; i < frame->panels->len; i++)
    {
      PlotPanel *panel = g_ptr_array_index (frame->panels, i);

      panel->y.hi = largest > 0 ? HEIGHT_STEP * ceil (largest / HEIGHT_STEP) : 1;
    }
}

static double
find_largest (const Histogram *histogram)
{
  double largest = 0;

  for (guint b = 0; b < N_BINS; b++)
    largest = fmax (largest, fmax (histogram->share[b], histogram->chance[b]));
  return largest;
}

static void
plot_neurons_project (PlotFrame         *frame,
                      const EngSnapshot *snapshot,
                      const PlotOptions *options)
{
  Measure                  measure = options->measure == MEASURE_OVERLAP ? MEASURE_OVERLAP
                                                                         : MEASURE_MOVEMENT;
  gboolean                 log = measure == MEASURE_MOVEMENT && !options->x_linear;
  g_autofree PlotRunStyle *styles = plot_dup_snapshot_styles (snapshot);
  g_autoptr (GString)      sentence = g_string_new (NULL);
  double                   largest = 0, lo, hi;

  choose_range (snapshot, measure, log, &lo, &hi);
  for (guint i = 0; i < snapshot->n_runs; i++)
    {
      const EngRunView *run = &snapshot->runs[i];
      Histogram         histogram = make_histogram (snapshot, run, measure, log);
      PlotPanel        *panel;
      g_autofree char  *median = describe_median (run, measure), *named = NULL;

      if (!plot_project_has_student (snapshot, i))
        continue;
      panel = plot_frame_add_panel (frame);
      panel->run = i;
      set_axes (panel, measure, log, lo, hi);
      plot_project_panel_title (panel, run, styles[i]);
      set_subtitle (panel, run, measure, median);
      if (median == NULL)
        continue;
      add_outline (panel, &histogram, histogram.share, PLOT_ROLE_HISTOGRAM, styles[i], i);
      add_outline (panel, &histogram, histogram.chance, PLOT_ROLE_THEORY, styles[i], i);
      add_note_below (panel, &histogram);
      largest = MAX (largest, find_largest (&histogram));
      named = plot_format_named (plot_project_get_name (run), median);
      eng_words_append (sentence, named);
    }
  if (snapshot->n_runs == 0)
    set_axes (plot_frame_add_panel (frame), measure, log, lo, hi);
  set_height (frame, largest);
  frame->subtitle = g_strdup (measure == MEASURE_OVERLAP
                                  ? _ ("share of the neurons; dashed: random directions")
                                  : _ ("share of the neurons; dashed: a Gaussian of the "
                                       "same energy"));
  frame->quantity = g_strdup (_ ("share of the neurons"));
  frame->summary = plot_project_describe (
      snapshot,
      measure == MEASURE_OVERLAP ? _ ("Median overlap of a neuron with the teacher")
                                 : _ ("Median movement of a neuron"),
      sentence->str);
}

const PlotClass plot_neurons_class = {
  .id = "neurons",
  .title = N_ ("Neurons"),
  .measures = measures,
  .y_linear = TRUE,
  .suits = plot_suits_student,
  .project = plot_neurons_project,
};
