/* SPDX-License-Identifier: GPL-3.0-or-later
 * What was recorded at one x of a frame, in words. */
#include "config.h"

#include "plot-readout-private.h"

#include "eng-words.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define DIGITS 3

gsize
plot_readout_find (const double *xs, gsize n, double x)
{
  gsize lo = 0, hi = n;

  while (lo < hi)
    {
      gsize middle = lo + (hi - lo) / 2;

      if (xs[middle] < x)
        lo = middle + 1;
      else
        hi = middle;
    }
  return lo;
}

static void
row_free (PlotReadoutRow *self)
{
  g_free (self->name);
  g_free (self->value);
  g_free (self->thin_value);
  g_free (self);
}

/* Returns: what was recorded exactly at `x`; NaN if nothing was. */
static double
get_at (const double *xs, const double *ys, gsize n, double x)
{
  gsize i = plot_readout_find (xs, n, x);

  return i < n && xs[i] == x ? ys[i] : NAN;
}

/* Of a series of means that of the stretch in which `x` lies; of one by the clock the last
 * so far, and in `shift` (nullable) where that is. */
static double
get_series_at (const PlotPanel *panel, const PlotSeries *series, double x, double *shift)
{
  gsize i;

  if (panel->x.elapsed)
    {
      i = plot_readout_find (series->x, series->n, nextafter (x, INFINITY));
      if (i > 0 && shift != NULL)
        *shift = series->x[i - 1] - x;
      return i > 0 ? series->y[i - 1] : NAN;
    }
  if (series->until == NULL)
    return get_at (series->x, series->y, series->n, x);
  i = plot_readout_find (series->until, series->n, x);
  return i < series->n ? series->y[i] : NAN;
}

static PlotReadoutRow *
add_row (PlotReadout *self,
         guint        panel,
         const char  *name,
         double       value,
         PlotNumber   number)
{
  PlotReadoutRow *row = g_new0 (PlotReadoutRow, 1);

  row->panel = panel;
  row->name = g_strdup (name == NULL ? "" : name);
  row->value = plot_format_value (value, DIGITS, number);
  row->y = value;
  row->thin_y = NAN;
  g_ptr_array_add (self->rows, row);
  return row;
}

/* What was recorded elsewhere at other steps is left out, not guessed. */
static void
add_pinned (PlotReadout      *self,
            guint             index,
            const PlotPanel  *panel,
            const PlotSeries *series)
{
  double shift = series->shift, value = get_series_at (panel, series, self->x, &shift);
  PlotReadoutRow *row;

  if (isnan (value))
    return;
  row = add_row (self, index, series->name, value, panel->y.number);
  row->shift = shift;
  row->style = series->style;
  row->pinned = TRUE;
}

/* A curve or points of a run; of theory only what has a name. */
static gboolean
is_read_off (const PlotSeries *series)
{
  switch (series->role)
    {
    case PLOT_ROLE_TEST:
    case PLOT_ROLE_POINTS:
    case PLOT_ROLE_TARGET:
      return TRUE;
    case PLOT_ROLE_THEORY:
      return series->label != NULL;
    default:
      return FALSE;
    }
}

static void
add_series (PlotReadout *self, guint index, const PlotPanel *panel)
{
  for (guint i = 0; i < panel->series->len; i++)
    {
      const PlotSeries *series = g_ptr_array_index (panel->series, i);
      double            shift = series->shift;
      PlotReadoutRow   *row;

      if (plot_series_is_pinned (series))
        add_pinned (self, index, panel, series);
      if (!is_read_off (series))
        continue;
      row = add_row (self, index, series->label,
                     get_series_at (panel, series, self->x, &shift), panel->y.number);
      row->style = series->style;
      row->shift = shift;
      row->theory = series->theory;
      row->is_theory = series->role == PLOT_ROLE_THEORY
                       || series->role == PLOT_ROLE_TARGET;
      for (guint j = 0; j < panel->series->len; j++)
        {
          const PlotSeries *thin = g_ptr_array_index (panel->series, j);

          if (thin->role != PLOT_ROLE_TRAIN || thin->run != series->run || panel->parts)
            continue;
          row->thin_y = get_at (thin->x, thin->y, thin->n, self->x);
          row->thin_value = plot_format_value (row->thin_y, DIGITS, panel->y.number);
        }
    }
}

/* From the top of the stack to its bottom. */
static void
add_areas (PlotReadout *self, guint index, const PlotPanel *panel, const GPtrArray *areas)
{
  gboolean pinned = areas == panel->pinned;

  for (guint i = areas->len; i > 0; i--)
    {
      const PlotArea *area = g_ptr_array_index (areas, i - 1);
      double          upper = get_at (area->x, area->upper, area->n, self->x);
      double          lower = get_at (area->x, area->lower, area->n, self->x);
      PlotReadoutRow *row;

      if (pinned && isnan (upper))
        continue;
      row = add_row (self, index, area->name, upper - lower, panel->y.number);
      row->is_band = TRUE;
      row->band = area->band;
      row->pinned = pinned;
      row->y = NAN;
    }
}

static const char *
find_span_name (const PlotPanel *panel, PlotBand band)
{
  for (guint i = 0; i < panel->spans->len; i++)
    {
      const PlotSpan *span = g_ptr_array_index (panel->spans, i);

      if (span->band == band)
        return span->name;
    }
  return NULL;
}

/* Of the clouds only the one that has a point here. */
static void
add_clouds (PlotReadout *self, guint index, const PlotPanel *panel)
{
  for (guint i = 0; i < panel->clouds->len; i++)
    {
      const PlotCloud *cloud = g_ptr_array_index (panel->clouds, i);
      double           value = get_at (cloud->x, cloud->y, cloud->n, self->x);
      PlotReadoutRow  *row;

      if (isnan (value))
        continue;
      row = add_row (self, index, find_span_name (panel, cloud->band), value,
                     panel->y.number);
      row->is_band = TRUE;
      row->band = cloud->band;
    }
}

static int
compare_rows (gconstpointer a, gconstpointer b)
{
  const PlotReadoutRow *first = *(PlotReadoutRow *const *) a;
  const PlotReadoutRow *second = *(PlotReadoutRow *const *) b;

  if (first->panel != second->panel)
    return first->panel < second->panel ? -1 : 1;
  if (isnan (first->y) || isnan (second->y))
    return (isnan (first->y) ? 1 : 0) - (isnan (second->y) ? 1 : 0);
  return first->y > second->y ? -1 : first->y < second->y;
}

static char *
make_title (const PlotPanel *panel, double x)
{
  g_autofree char *number = plot_format_integer ((guint64) MAX (x, 0));

  if (x != floor (x))
    {
      g_free (number);
      number = plot_format_value (x, DIGITS, panel->x.number);
    }
  if (panel->x.steps || panel->x.title == NULL)
    /* Translators: where a plot is read: a step of the training. */
    return g_strdup_printf (_ ("Step %s"), number);
  return g_strdup_printf (_ ("%s: %s"), panel->x.title, number);
}

PlotReadout *
plot_readout_new (const PlotFrame *frame, double x)
{
  PlotReadout *self = g_new0 (PlotReadout, 1);

  self->x = x;
  self->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) row_free);
  for (guint i = 0; i < frame->panels->len; i++)
    {
      const PlotPanel *panel = g_ptr_array_index (frame->panels, i);

      if (i == 0)
        {
          self->title = make_title (panel, x);
          self->thin_label = g_strdup (panel->thin_label);
          self->thick_label = g_strdup (panel->thick_label);
        }
      add_series (self, i, panel);
      add_areas (self, i, panel, panel->areas);
      add_areas (self, i, panel, panel->pinned);
      add_clouds (self, i, panel);
    }
  g_ptr_array_sort (self->rows, compare_rows);
  return self;
}

void
plot_readout_free (PlotReadout *self)
{
  if (self == NULL)
    return;
  g_free (self->title);
  g_free (self->thin_label);
  g_free (self->thick_label);
  g_ptr_array_unref (self->rows);
  g_free (self);
}

static const PlotReadoutRow *
get_row (const PlotReadout *self, guint i)
{
  return g_ptr_array_index (self->rows, i);
}

/* "Lazy 0.37 (train 0.21)". */
static char *
describe_row (const PlotReadout *self, const PlotReadoutRow *row)
{
  g_autofree char *named = plot_format_named (row->name, row->value), *thin = NULL;

  if (row->thin_value == NULL || self->thin_label == NULL)
    return g_steal_pointer (&named);
  thin = plot_format_named (self->thin_label, row->thin_value);
  /* Translators: the values of a run's two curves: Lazy 0.37 (train 0.21). */
  return g_strdup_printf (C_ ("two curves of a run", "%s (%s)"), named, thin);
}

char *
plot_readout_describe (const PlotReadout *self, const PlotFrame *frame)
{
  g_autoptr (GString) sentence = g_string_new (NULL);
  guint               i = 0;

  while (i < self->rows->len)
    {
      guint               panel = get_row (self, i)->panel;
      const PlotPanel    *of = g_ptr_array_index (frame->panels, panel);
      g_autoptr (GString) values = g_string_new (NULL);
      g_autofree char    *group = NULL;

      for (; i < self->rows->len && get_row (self, i)->panel == panel; i++)
        {
          g_autofree char *item = describe_row (self, get_row (self, i));

          eng_words_append (values, item);
        }
      group = of->title == NULL ? g_strdup (values->str)
                                : plot_format_named (of->title, values->str);
      eng_words_append_group (sentence, group);
    }
  /* Translators: where a plot is read, and its values there: Step 12: Lazy 0.37. */
  return g_strdup_printf (_ ("%s: %s."), self->title, sentence->str);
}
