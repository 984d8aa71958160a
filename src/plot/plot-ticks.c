/* SPDX-License-Identifier: GPL-3.0-or-later
 * Ticks on decades or on 1-2-5 steps. */
#include "config.h"

#include "plot-ticks.h"

#include <math.h>

/* A decade shorter than this shows no ticks at 2, 3 ... 9. */
#define MIN_MINOR_DECADE 24.0
/* Rounding at the ends of the range must not lose their ticks. */
#define END_EPSILON 1e-9

static void
tick_clear (PlotTick *tick)
{
  g_free (tick->label);
}

static void
add (GArray *ticks, double value, gboolean major, char *label)
{
  PlotTick tick = { value, major, label };

  g_array_append_val (ticks, tick);
}

static gboolean
is_inside (const PlotScale *scale, double value)
{
  double slack = END_EPSILON
                 * (scale->kind == PLOT_SCALE_LOG ? value : scale->hi - scale->lo);

  return value >= scale->lo - slack && value <= scale->hi + slack;
}

/* Less than a decade holds one labelled decade or none: 2 and 5 are labelled too. */
static void
add_short_log (GArray          *ticks,
               const PlotScale *scale,
               PlotNumber       number,
               int              first,
               int              last)
{
  for (int e = first - 1; e <= last; e++)
    for (int digit = 1; digit <= 9; digit++)
      {
        double   value = digit * pow (10, e);
        gboolean major = digit == 1 || digit == 2 || digit == 5;

        if (is_inside (scale, value))
          add (ticks, value, major, major ? plot_format_value (value, 1, number) : NULL);
      }
}

static void
add_log (GArray          *ticks,
         const PlotScale *scale,
         PlotNumber       number,
         double           spacing,
         gboolean         plain)
{
  int    first = (int) ceil (log10 (scale->lo) - END_EPSILON);
  int    last = (int) floor (log10 (scale->hi) + END_EPSILON);
  double length = fabs (scale->p1 - scale->p0) - scale->slot;
  double decade = length / (log10 (scale->hi) - log10 (scale->lo));
  int    stride = MAX (1, (int) ceil (spacing / decade));

  if (last <= first && decade > 2.5 * spacing)
    {
      add_short_log (ticks, scale, number, first, last);
      return;
    }
  for (int e = first - 1; e <= last; e++)
    {
      double value = pow (10, e);

      /* Labels are counted from 1 = 10⁰, so they stay put when the range grows. */
      if (e >= first)
        {
          gboolean labelled = e % stride == 0;

          add (ticks, value, labelled || decade >= MIN_MINOR_DECADE,
               labelled ? plot_format_decade (e, number, plain) : NULL);
        }
      if (decade < MIN_MINOR_DECADE)
        continue;
      for (int digit = 2; digit <= 9; digit++)
        if (is_inside (scale, digit * value))
          add (ticks, digit * value, FALSE, NULL);
    }
}

static void
add_linear (GArray *ticks, const PlotScale *scale, PlotNumber number, double spacing)
{
  double length = fabs (scale->p1 - scale->p0);
  double range = scale->hi - scale->lo;
  double step = plot_scale_nice_ceil (range * MIN (1, spacing / MAX (length, 1)));
  double first = ceil (scale->lo / step - END_EPSILON);
  double last = floor (scale->hi / step + END_EPSILON);

  for (double i = first; i <= last; i++)
    add (ticks, i * step, TRUE, plot_format_tick (i * step, step, number));
}

GArray *
plot_ticks_new (const PlotScale *scale, PlotNumber number, double spacing, gboolean plain)
{
  GArray *ticks = g_array_new (FALSE, FALSE, sizeof (PlotTick));

  g_array_set_clear_func (ticks, (GDestroyNotify) tick_clear);
  if (scale->kind == PLOT_SCALE_LOG)
    add_log (ticks, scale, number, MAX (spacing, 1), plain);
  else
    add_linear (ticks, scale, number, MAX (spacing, 1));
  return ticks;
}
