/* SPDX-License-Identifier: GPL-3.0-or-later
 * The energy of the movement in the single eigendirections of Σ. */
#include "config.h"

#include "plot-directions.h"

#include "plot-project.h"

#include <math.h>
#include <string.h>

/* Neighbouring directions whose ranks differ by less than this share are averaged. */
#define BIN_SHARE 0.1
/* A logarithmic axis reaches over this many decades, or as many more as show every run in
 * the upper RUN_SHARE of its own energies.  Far below are rounding errors, and the energies
 * of the first steps, which are small together. */
#define MIN_DECADES 5
#define MAX_DECADES 8
#define RUN_SHARE   1e-3
#define HEADROOM    1.5

/* The line of one run. */
typedef struct
{
  GArray *x, *y, *until; /* (element-type double) */
  double  beyond;        /* mean energy of the directions that are not resolved; NaN */
} Means;

static Means
means_new (void)
{
  return (Means){
    g_array_new (FALSE, FALSE, sizeof (double)),
    g_array_new (FALSE, FALSE, sizeof (double)),
    g_array_new (FALSE, FALSE, sizeof (double)),
    NAN,
  };
}

static void
means_clear (Means *self)
{
  g_array_unref (self->x);
  g_array_unref (self->y);
  g_array_unref (self->until);
}

static void
add_mean (Means *self, double x, double y, double until)
{
  g_array_append_val (self->x, x);
  g_array_append_val (self->y, y);
  g_array_append_val (self->until, until);
}

/* Band by band, with a gap between. */
static void
add_resolved (Means *self, const EngRunView *run, const EngSpectrum *spectrum)
{
  gsize        n = MIN (eng_trace_get_n_directions (run->trace), spectrum->n_usable);
  const float *energies = eng_trace_get_directions (run->trace, run->n_records - 1);

  for (gsize first = 0, end; first < n; first = end)
    {
      double sum = 0;

      end = MIN (first + 1 + (gsize) (BIN_SHARE * (double) first), n);
      if (first < spectrum->n_q1)
        end = MIN (end, spectrum->n_q1);
      for (gsize i = first; i < end; i++)
        sum += MAX (energies[i], 0);
      add_mean (self, (double) ((first + end + 1) / 2), sum / (double) (end - first),
                (double) end);
      if (end == spectrum->n_q1 || end == n)
        add_mean (self, (double) end + 0.25, NAN, (double) end);
    }
}

/* Rank of the first direction that is not resolved. */
static double
get_first_beyond (const EngSpectrum *spectrum)
{
  return (double) (spectrum->n_q1 + (spectrum->q2_resolved ? spectrum->n_q2 : 0) + 1);
}

/* The difference of two sums may be a little below zero. */
static void
add_beyond (Means *self, const EngRunView *run, const EngSpectrum *spectrum)
{
  gsize  first = spectrum->n_q1 + (spectrum->q2_resolved ? spectrum->n_q2 : 0);
  double last = (double) spectrum->n_features;
  double total = eng_run_view_get_last (run, spectrum->q2_resolved ? "energy-q3"
                                                                   : "energy-beyond-q1");

  if (!isfinite (total) || spectrum->n_features <= first)
    return;
  self->beyond = MAX (total, 0) / (double) (spectrum->n_features - first);
  add_mean (self, (double) first + 1, self->beyond, last);
  if (spectrum->n_features > first + 1)
    add_mean (self, last, self->beyond, last);
}

static void
add_line (PlotPanel        *panel,
          const EngRunView *run,
          guint             index,
          PlotRunStyle      style,
          const Means      *means)
{
  PlotSeries *series = plot_panel_add_series (panel, style, PLOT_ROLE_TEST, means->x->len,
                                              (const double *) means->x->data,
                                              (const double *) means->y->data);

  series->until = g_memdup2 (means->until->data, means->until->len * sizeof (double));
  series->run = index;
  series->name = g_strdup (plot_project_get_name (run));
  series->label = g_strdup (series->name);
}

static double
find_largest (const PlotSeries *series)
{
  double largest = 0;

  for (gsize i = 0; i < series->n; i++)
    if (isfinite (series->y[i]))
      largest = MAX (largest, series->y[i]);
  return largest;
}

/* From the largest energy of all down to the least that is shown. */
static guint
count_decades (const PlotPanel *panel)
{
  guint n = MIN_DECADES;

  for (guint i = 0; i < panel->series->len; i++)
    {
      double largest = find_largest (g_ptr_array_index (panel->series, i));

      while (n < MAX_DECADES && largest > 0
             && panel->y.hi * pow (10, -(double) n) > RUN_SHARE * largest)
        n++;
    }
  return n;
}

static gboolean
any_below (const PlotPanel *panel, double lowest)
{
  for (guint i = 0; i < panel->series->len; i++)
    {
      const PlotSeries *series = g_ptr_array_index (panel->series, i);

      for (gsize j = 0; j < series->n; j++)
        if (series->y[j] < lowest)
          return TRUE;
    }
  return FALSE;
}

static void
set_axis (PlotPanel *panel)
{
  double largest = 0;

  for (guint i = 0; i < panel->series->len; i++)
    largest = MAX (largest, find_largest (g_ptr_array_index (panel->series, i)));
  plot_axis_include (&panel->y, largest > 0 ? largest : 1);
  if (panel->y.kind == PLOT_SCALE_LINEAR)
    {
      plot_axis_include (&panel->y, 0);
      return;
    }
  panel->y.fixed = TRUE;
  panel->y.hi = plot_scale_nice_ceil (HEADROOM * panel->y.hi);
  panel->y.lo = panel->y.hi * pow (10, -(double) count_decades (panel));
  panel->y.zero = any_below (panel, panel->y.lo);
}

/* What the floor row stands for, where it is not zero. */
static void
add_note (PlotPanel *panel, const EngRunView *run, const Means *means, double from)
{
  g_autofree char *value = plot_format_value (means->beyond, 2, PLOT_NUMBER_PLAIN);
  g_autofree char *below = g_strdup_printf ("↓ %s", value);
  g_autofree char *label = plot_format_named (plot_project_get_name (run), below);

  if (panel->y.zero && means->beyond > 0 && means->beyond < panel->y.lo)
    plot_panel_add_note (panel, from, panel->x.hi, label);
}

/* Those with the same start; where a run's tables were read each has its own copy. */
static gboolean
is_same_start (const EngSpectrum *a, const EngSpectrum *b)
{
  if (a == b)
    return TRUE;
  return a != NULL && b != NULL && a->n_features == b->n_features
         && a->n_values == b->n_values
         && memcmp (a->values, b->values, a->n_values * sizeof (double)) == 0;
}

void
plot_directions_add (PlotPanel *panel, const EngSnapshot *snapshot, guint owner)
{
  const EngSpectrum       *spectrum = snapshot->runs[owner].spectrum;
  g_autofree PlotRunStyle *styles = plot_dup_snapshot_styles (snapshot);
  g_autofree guint        *order = plot_project_dup_order (snapshot, styles);
  g_autofree Means        *means = g_new0 (Means, snapshot->n_runs + 1);

  for (guint i = 0; i < snapshot->n_runs; i++)
    {
      guint             index = order[i];
      const EngRunView *run = &snapshot->runs[index];

      if (run->trace == NULL || run->n_records == 0
          || eng_trace_get_n_directions (run->trace) == 0
          || !is_same_start (run->spectrum, spectrum))
        continue;
      means[index] = means_new ();
      add_resolved (&means[index], run, spectrum);
      add_beyond (&means[index], run, spectrum);
      add_line (panel, run, index, styles[index], &means[index]);
    }
  set_axis (panel);
  for (guint i = 0; i < snapshot->n_runs; i++)
    if (means[i].x != NULL)
      {
        add_note (panel, &snapshot->runs[i], &means[i], get_first_beyond (spectrum));
        means_clear (&means[i]);
      }
}
