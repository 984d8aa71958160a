/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a plot draws, as a table. */
#include "config.h"

#include "esc-samples.h"

#include <glib/gi18n.h>
#include <math.h>
#include <stdlib.h>

/* Significant digits: more than the eye takes from a curve, fewer than float noise. */
#define DIGITS 4

typedef struct
{
  char      *title;
  PlotNumber number;
  gsize      n;
  double    *x, *y; /* (n) increasing x */
} Column;

struct _EscSamples
{
  char   *x_title;
  GArray *x;       /* (element-type double): of the rows */
  GArray *columns; /* (element-type Column) */
};

static void
column_clear (gpointer data)
{
  Column *column = data;

  g_free (column->title);
  g_free (column->x);
  g_free (column->y);
}

/* Takes `title`; `below` (nullable) is subtracted: the layers of a stack. */
static void
add_column (EscSamples   *self,
            char         *title,
            PlotNumber    number,
            gsize         n,
            const double *x,
            const double *y,
            const double *below)
{
  Column column = { title, number, n, g_memdup2 (x, n * sizeof *x), g_new (double, n) };

  for (gsize i = 0; i < n; i++)
    column.y[i] = y[i] - (below == NULL ? 0 : below[i]);
  g_array_append_val (self->columns, column);
  g_array_append_vals (self->x, x, (guint) n);
}

static char *
get_band_name (PlotBand band)
{
  switch (band)
    {
    case PLOT_BAND_Q1:
      return g_strdup (_ ("Q1"));
    case PLOT_BAND_Q2:
      return g_strdup (_ ("Q2"));
    case PLOT_BAND_Q3:
      return g_strdup (_ ("Q3"));
    case PLOT_BAND_BEYOND:
    case PLOT_N_BANDS:
    default:
      return g_strdup (_ ("beyond Q1"));
    }
}

/* Only one of the two curves of a run carries its name, which is its end label. */
static char *
get_series_title (const PlotPanel *panel, const PlotSeries *series)
{
  const char *name = series->name;

  /* What has a name of its own; that of a line of theory stands beside it. */
  if (series->role == PLOT_ROLE_TARGET
      || (series->role == PLOT_ROLE_THEORY && series->label != NULL))
    return g_strdup (series->label);
  for (guint i = 0; i < panel->series->len && name == NULL; i++)
    {
      const PlotSeries *other = g_ptr_array_index (panel->series, i);

      if (other->run == series->run)
        name = other->name;
    }
  if (name == NULL)
    name = panel->title == NULL ? _ ("Value") : panel->title;
  if (panel->y.title != NULL)
    return g_strdup_printf (C_ ("curve of a run", "%s, %s"), name, panel->y.title);
  if (series->role == PLOT_ROLE_THEORY)
    return g_strdup_printf (C_ ("curve of a run", "%s, %s"), name, _ ("by chance"));
  if (panel->thin_label == NULL)
    return g_strdup (name);
  return g_strdup_printf (C_ ("curve of a run", "%s, %s"), name,
                          series->role == PLOT_ROLE_TRAIN ? panel->thin_label
                                                          : _ ("test"));
}

static char *
get_area_title (const PlotPanel *panel, const PlotArea *area)
{
  g_autofree char *band = area->name == NULL ? get_band_name (area->band)
                                             : g_strdup (area->name);

  if (panel->title == NULL)
    return g_steal_pointer (&band);
  return g_strdup_printf (C_ ("band of a run", "%s, %s"), panel->title, band);
}

static void
add_areas (EscSamples *self, const PlotPanel *panel, const GPtrArray *areas)
{
  for (guint i = 0; i < areas->len; i++)
    {
      const PlotArea *area = g_ptr_array_index (areas, i);

      add_column (self, get_area_title (panel, area), panel->y.number, area->n, area->x,
                  area->upper, area->lower);
    }
}

static void
add_series (EscSamples *self, const PlotPanel *panel, gboolean pinned)
{
  for (guint i = 0; i < panel->series->len; i++)
    {
      const PlotSeries *series = g_ptr_array_index (panel->series, i);

      if (plot_series_is_pinned (series) == pinned)
        add_column (self, get_series_title (panel, series), panel->y.number, series->n,
                    series->x, series->y, NULL);
    }
}

static void
add_panel (EscSamples *self, const PlotPanel *panel)
{
  add_series (self, panel, FALSE);
  add_areas (self, panel, panel->areas);
  for (guint i = 0; i < panel->clouds->len; i++)
    {
      const PlotCloud *cloud = g_ptr_array_index (panel->clouds, i);

      add_column (self, get_band_name (cloud->band), panel->y.number, cloud->n, cloud->x,
                  cloud->y, NULL);
    }
  if (self->x_title == NULL && panel->x.title != NULL)
    self->x_title = g_strdup (panel->x.title);
}

/* What is compared with stands behind what there is. */
static void
add_pinned (EscSamples *self, const PlotPanel *panel)
{
  add_series (self, panel, TRUE);
  add_areas (self, panel, panel->pinned);
}

static int
compare (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

static void
sort_rows (EscSamples *self)
{
  guint n = 0;

  g_array_sort (self->x, compare);
  for (guint i = 0; i < self->x->len; i++)
    {
      double x = g_array_index (self->x, double, i);

      if (n == 0 || x > g_array_index (self->x, double, n - 1))
        g_array_index (self->x, double, n++) = x;
    }
  g_array_set_size (self->x, n);
}

EscSamples *
esc_samples_new (const PlotFrame *frame)
{
  EscSamples *self = g_new0 (EscSamples, 1);

  self->x = g_array_new (FALSE, FALSE, sizeof (double));
  self->columns = g_array_new (FALSE, FALSE, sizeof (Column));
  g_array_set_clear_func (self->columns, column_clear);
  for (guint i = 0; i < frame->panels->len; i++)
    add_panel (self, g_ptr_array_index (frame->panels, i));
  for (guint i = 0; i < frame->panels->len; i++)
    add_pinned (self, g_ptr_array_index (frame->panels, i));
  if (self->x_title == NULL)
    self->x_title = g_strdup (_ ("step"));
  sort_rows (self);
  return self;
}

void
esc_samples_free (EscSamples *self)
{
  g_free (self->x_title);
  g_array_unref (self->x);
  g_array_unref (self->columns);
  g_free (self);
}

guint
esc_samples_get_n_columns (const EscSamples *self)
{
  return self->columns->len;
}

guint
esc_samples_get_n_rows (const EscSamples *self)
{
  return self->x->len;
}

const char *
esc_samples_get_x_title (const EscSamples *self)
{
  return self->x_title;
}

const char *
esc_samples_get_title (const EscSamples *self, guint column)
{
  return g_array_index (self->columns, Column, column).title;
}

char *
esc_samples_format_x (const EscSamples *self, guint row)
{
  double x = g_array_index (self->x, double, row);

  if (x >= 0 && x == floor (x))
    return plot_format_integer ((guint64) x);
  return plot_format_value (x, DIGITS, PLOT_NUMBER_PLAIN);
}

char *
esc_samples_format (const EscSamples *self, guint row, guint column)
{
  const Column *samples = &g_array_index (self->columns, Column, column);
  const double *found = bsearch (&g_array_index (self->x, double, row), samples->x,
                                 samples->n, sizeof (double), compare);

  if (found == NULL || isnan (samples->y[found - samples->x]))
    return g_strdup ("");
  return plot_format_value (samples->y[found - samples->x], DIGITS, samples->number);
}
