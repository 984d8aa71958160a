/* SPDX-License-Identifier: GPL-3.0-or-later
 * Coefficients of a linear predictor: those of every run beside the exact solution that theory
 * has for it, or beside one of smallest norm, by decreasing size of that; the teacher's own
 * come first. */
#include "config.h"

#include "eng-words.h"
#include "plot-project.h"
#include "plot-suits.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* Room above the largest value, as a share. */
#define HEADROOM 0.08
/* Room beside the first and the last coefficient, as a factor. */
#define MARGIN 1.12
/* Axes while there is nothing to show. */
#define EMPTY_RANKS 100.0
#define EMPTY_SIZE  0.1
/* Points nearer to each other than this factor lie upon each other. */
#define NEAREST 1.004
/* The teacher's reach so far to either side. */
#define REACH 0.5

typedef enum
{
  MEASURE_EXPECTED,
  MEASURE_SPARSEST,
  MEASURE_SMALLEST,
} Measure;

static const char *const measures[] = { N_ ("Beside Argmin Q"),
                                        N_ ("Beside Least L1 Norm"),
                                        N_ ("Beside Least L2 Norm"), NULL };

static const struct
{
  const char *column;   /* how far a run is from the dashed line */
  const char *subtitle; /* of the plot */
  const char *name;     /* of the dashed line */
  const char *words;    /* what the column is */
} details[] = {
  { "bias-distance", N_ ("|βᵢ|, the teacher's first; dashed: argmin Q"), N_ ("argmin Q"),
    N_ ("Distance to argmin Q") },
  { "excess-l1", N_ ("|βᵢ|, the teacher's first; dashed: least ℓ₁ norm"),
    N_ ("least ℓ₁ norm"), N_ ("ℓ₁ norm above the least") },
  { "excess-l2", N_ ("|βᵢ|, the teacher's first; dashed: least ℓ₂ norm"),
    N_ ("least ℓ₂ norm"), N_ ("ℓ₂ norm above the least") },
};

static const double *
get_reference (const EngCoefficients *from, Measure measure)
{
  switch (measure)
    {
    case MEASURE_SPARSEST:
      return from->sparsest;
    case MEASURE_SMALLEST:
      return from->smallest;
    case MEASURE_EXPECTED:
    default:
      return from->expected;
    }
}

/* --- order ------------------------------------------------------------------------- */

typedef struct
{
  gsize    index;
  gboolean is_teacher; /* β*_i ≠ 0 */
  double   size;
} Place;

static int
compare_places (const void *a, const void *b)
{
  const Place *x = a, *y = b;

  if (x->is_teacher != y->is_teacher)
    return y->is_teacher - x->is_teacher;
  if (x->size != y->size)
    return x->size < y->size ? 1 : -1;
  return x->index < y->index ? -1 : x->index > y->index;
}

/* Returns: (transfer full): (n) the coefficients in the order in which they are shown. */
static Place *
make_order (const EngCoefficients *from, const EngCoefficients *teacher, Measure measure)
{
  const double *by = get_reference (from, measure);
  Place        *order = g_new (Place, from->n);

  if (by == NULL)
    by = from->found;
  for (gsize i = 0; i < from->n; i++)
    order[i] = (Place){ i, teacher->n == from->n && teacher->found[i] != 0.0,
                        fabs (by[i]) };
  qsort (order, from->n, sizeof (Place), compare_places);
  return order;
}

static gsize
count_teacher (const EngCoefficients *teacher)
{
  gsize n = 0;

  for (gsize i = 0; i < teacher->n; i++)
    n += teacher->found[i] != 0.0;
  return n;
}

/* --- panels ------------------------------------------------------------------------ */

static void
set_axes (PlotPanel *panel, const PlotOptions *options, double n)
{
  panel->boxed = TRUE;
  panel->x.kind = options->x_linear ? PLOT_SCALE_LINEAR : PLOT_SCALE_LOG;
  panel->x.fixed = TRUE;
  panel->x.whole = TRUE;
  panel->x.lo = 1.0 / MARGIN;
  panel->x.hi = n * MARGIN;
  panel->x.title = g_strdup (_ ("place of the coefficient"));
  panel->y.kind = PLOT_SCALE_LINEAR;
  panel->y.headroom = HEADROOM;
  plot_axis_include (&panel->y, 0);
}

/* |values| in the shown order, of which those that would lie upon others are left out. */
static PlotSeries *
add_series (PlotPanel    *panel,
            PlotRunStyle  style,
            PlotRole      role,
            gsize         n,
            const Place  *order,
            const double *values)
{
  g_autofree double *x = g_new (double, n + 1), *y = g_new (double, n + 1);
  gsize              n_shown = 0;

  for (gsize i = 0; i < n; i++)
    {
      double place = (double) (i + 1);

      if (n_shown > 0 && place < NEAREST * x[n_shown - 1])
        continue;
      x[n_shown] = place;
      y[n_shown++] = fabs (values[order[i].index]);
    }
  return plot_panel_add_series (panel, style, role, n_shown, x, y);
}

static void
add_teacher (PlotPanel *panel, const EngCoefficients *teacher, const Place *order)
{
  gsize            n = count_teacher (teacher);
  g_autofree char *count = plot_format_integer (n);
  g_autofree char *label = NULL;
  PlotSeries      *series;

  if (n == 0)
    return;
  series = add_series (panel, 0, PLOT_ROLE_TARGET, n, order, teacher->found);
  series->run = ENG_SPEC_MAX_RUNS;
  series->reach = REACH;
  series->label = g_strdup (_ ("β*"));
  if (n == teacher->n)
    return;
  /* Translators: what lies to the left of a line: how many coefficients of the teacher that
     * are not 0. */
  label = g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "← %s of β*", "← %s of β*", (gulong) n), count);
  plot_panel_add_rule (panel, (double) n + 0.5, label)->vertical = TRUE;
}

static void
add_points (PlotPanel         *panel,
            const EngSnapshot *snapshot,
            guint              run,
            PlotRunStyle       style,
            Measure            measure)
{
  const EngRunView      *view = &snapshot->runs[run];
  const EngCoefficients *from = &view->coefficients;
  const double          *reference = get_reference (from, measure);
  g_autofree Place      *order = make_order (from, &snapshot->teacher, measure);
  PlotSeries            *series;

  if (snapshot->teacher.n == from->n)
    add_teacher (panel, &snapshot->teacher, order);
  series = add_series (panel, style, PLOT_ROLE_POINTS, from->n, order, from->found);
  series->run = run;
  series->label = g_strdup (plot_project_get_name (view));
  series->diverged = view->status == ENG_STATUS_DIVERGED;
  if (reference == NULL)
    return;
  series = add_series (panel, style, PLOT_ROLE_THEORY, from->n, order, reference);
  series->run = run;
  series->label = g_strdup (_ (details[measure].name));
}

/* The largest size that is shown of any run that has not left for good. */
static double
find_largest (const EngSnapshot *snapshot, Measure measure)
{
  double largest = 0;

  for (gsize i = 0; i < snapshot->teacher.n; i++)
    largest = MAX (largest, fabs (snapshot->teacher.found[i]));
  for (guint run = 0; run < snapshot->n_runs; run++)
    {
      const EngCoefficients *from = &snapshot->runs[run].coefficients;
      const double          *reference = get_reference (from, measure);

      for (gsize i = 0; i < from->n; i++)
        {
          if (snapshot->runs[run].status != ENG_STATUS_DIVERGED)
            largest = MAX (largest, fabs (from->found[i]));
          if (reference != NULL)
            largest = MAX (largest, fabs (reference[i]));
        }
    }
  return largest > 0 ? largest : EMPTY_SIZE;
}

/* How far it is from the dashed line, or how much larger its norm. */
static void
set_subtitle (PlotPanel *panel, const EngRunView *run, Measure measure, GString *sentence)
{
  double           value = eng_run_view_get_last (run, details[measure].column);
  g_autofree char *text = plot_format_value (value, 2, PLOT_NUMBER_PERCENT);
  g_autofree char *size = plot_format_value (fabs (value), 2, PLOT_NUMBER_PERCENT);
  g_autofree char *named = plot_format_named (plot_project_get_name (run), text);

  if (!isfinite (value))
    return;
  eng_words_append (sentence, named);
  if (panel->subtitle != NULL)
    return;
  if (measure == MEASURE_EXPECTED)
    /* Translators: a distance, relative. */
    panel->subtitle = g_strdup_printf (_ ("%s away"), text);
  else
    /* Translators: by how much a norm is larger than the least one of all that fit; one that
     * does not fit yet may be smaller. */
    panel->subtitle = g_strdup_printf (
        value < 0 ? _ ("norm %s smaller") : _ ("norm %s larger"), size);
  panel->subtitle_brief = g_strdup (text);
}

static gboolean
has_any (const EngSnapshot *snapshot)
{
  for (guint i = 0; i < snapshot->n_runs; i++)
    if (snapshot->runs[i].coefficients.n > 0)
      return TRUE;
  return FALSE;
}

static void
plot_coefficients_project (PlotFrame         *frame,
                           const EngSnapshot *snapshot,
                           const PlotOptions *options)
{
  Measure                  measure = (Measure) MIN (options->measure, MEASURE_SMALLEST);
  g_autofree PlotRunStyle *styles = plot_dup_snapshot_styles (snapshot);
  g_autoptr (GString)      sentence = g_string_new (NULL);
  double                   largest = find_largest (snapshot, measure);

  for (guint i = 0; i < snapshot->n_runs; i++)
    {
      const EngRunView *run = &snapshot->runs[i];
      PlotPanel        *panel;

      if (run->coefficients.n == 0 && has_any (snapshot))
        continue;
      panel = plot_frame_add_panel (frame);
      panel->run = i;
      set_axes (panel, options, MAX ((double) run->coefficients.n, 2));
      plot_axis_include (&panel->y, largest);
      plot_project_panel_title (panel, run, styles[i]);
      if (run->coefficients.n == 0)
        continue;
      add_points (panel, snapshot, i, styles[i], measure);
      set_subtitle (panel, run, measure, sentence);
    }
  if (snapshot->n_runs == 0)
    {
      PlotPanel *panel = plot_frame_add_panel (frame);

      set_axes (panel, options, EMPTY_RANKS);
      plot_axis_include (&panel->y, largest);
    }
  frame->subtitle = g_strdup (_ (details[measure].subtitle));
  frame->quantity = g_strdup (_ ("size of the coefficient"));
  frame->summary = plot_project_describe (snapshot, _ (details[measure].words),
                                          sentence->str);
}

const PlotClass plot_coefficients_class = {
  .id = "coefficients",
  .title = N_ ("Coefficients"),
  .measures = measures,
  .y_linear = TRUE,
  .suits = plot_suits_coefficients,
  .project = plot_coefficients_project,
};
