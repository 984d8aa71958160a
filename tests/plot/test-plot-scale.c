/* SPDX-License-Identifier: GPL-3.0-or-later
 * Scales, ranges and ticks, degenerate ones included. */
#include "plot-scale.h"
#include "plot-ticks.h"

#include <math.h>

/* Of a mapping there and back through logarithms, relative. */
#define ROUND_TRIP 1e-9

static void
test_linear (void)
{
  PlotScale scale;

  plot_scale_init (&scale, PLOT_SCALE_LINEAR, 0, 10, 100, 300, 0);
  g_assert_cmpfloat (plot_scale_map (&scale, 5), ==, 200);
  g_assert_cmpfloat (plot_scale_unmap (&scale, 250), ==, 7.5);
  g_assert_true (isnan (plot_scale_map (&scale, NAN)));
  g_assert_true (isnan (plot_scale_map (&scale, INFINITY)));
  /* What is off range goes to the end, not beyond. */
  g_assert_cmpfloat (plot_scale_map (&scale, 99), ==, 300);
  g_assert_cmpfloat (plot_scale_map (&scale, -99), ==, 100);
}

static void
test_log_slot (void)
{
  PlotScale scale;

  /* A y axis: the high end has the smaller pixel. */
  plot_scale_init (&scale, PLOT_SCALE_LOG, 0.01, 1, 216, 0, 16);
  g_assert_cmpfloat (plot_scale_map (&scale, 0), ==, 216);
  g_assert_cmpfloat (plot_scale_map (&scale, -3), ==, 216);
  g_assert_cmpfloat_with_epsilon (plot_scale_map (&scale, 0.01), 200, ROUND_TRIP);
  g_assert_cmpfloat_with_epsilon (plot_scale_map (&scale, 0.1), 100, ROUND_TRIP);
  g_assert_cmpfloat (plot_scale_unmap (&scale, 214), ==, 0);
  g_assert_cmpfloat_with_epsilon (plot_scale_unmap (&scale, 202), 0.01, ROUND_TRIP);
}

static void
test_round_trip (void)
{
  for (guint i = 0; i < 1000; i++)
    {
      PlotScaleKind kind = g_test_rand_bit () ? PLOT_SCALE_LOG : PLOT_SCALE_LINEAR;
      double        lo = pow (10, g_test_rand_double_range (-8, 2));
      double        hi = lo * g_test_rand_double_range (1.5, 1e6);
      double        value = g_test_rand_double_range (lo, hi);
      PlotScale     scale;

      plot_scale_init (&scale, kind, lo, hi, 10, g_test_rand_double_range (100, 2000), 0);
      g_assert_cmpfloat (
          fabs (plot_scale_unmap (&scale, plot_scale_map (&scale, value)) - value), <=,
          ROUND_TRIP * hi);
    }
}

/* Whatever range is given, values have pixels within the axis. */
static void
test_degenerate (void)
{
  static const double ends[]
      = { NAN, -INFINITY, INFINITY, 0, -1, 1, 1e-320, 1e308, -1e308, 5, 5.0000000000001 };

  for (guint kind = 0; kind < 2; kind++)
    for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
      for (guint j = 0; j < G_N_ELEMENTS (ends); j++)
        {
          PlotScale          scale;
          g_autoptr (GArray) ticks = NULL;

          plot_scale_init (&scale, kind, ends[i], ends[j], 0, 100, 0);
          g_assert_true (isfinite (scale.lo) && isfinite (scale.hi)
                         && scale.lo < scale.hi);
          g_assert_true (kind == PLOT_SCALE_LINEAR || scale.lo > 0);
          for (guint k = 0; k < G_N_ELEMENTS (ends); k++)
            {
              double pixel = plot_scale_map (&scale, ends[k]);

              g_assert_true (isfinite (ends[k]) ? pixel >= 0 && pixel <= 100
                                                : isnan (pixel));
            }
          ticks = plot_ticks_new (&scale, PLOT_NUMBER_PLAIN, 30, FALSE);
          g_assert_cmpuint (ticks->len, <, 2000);
        }
}

static void
test_grow_log (void)
{
  double lo = NAN, hi = NAN;

  plot_scale_grow (PLOT_SCALE_LOG, 0.037, 1, 0.3, &lo, &hi);
  g_assert_cmpfloat_with_epsilon (lo, 0.01, 1e-12);
  g_assert_cmpfloat_with_epsilon (hi, pow (10, 0.3), 1e-9);
  /* More data below opens a whole decade; less closes none. */
  plot_scale_grow (PLOT_SCALE_LOG, 0.0099, 1, 0.3, &lo, &hi);
  g_assert_cmpfloat_with_epsilon (lo, 0.001, 1e-12);
  plot_scale_grow (PLOT_SCALE_LOG, 0.5, 0.6, 0.3, &lo, &hi);
  g_assert_cmpfloat_with_epsilon (lo, 0.001, 1e-12);
  /* An exact decade needs no other. */
  lo = hi = NAN;
  plot_scale_grow (PLOT_SCALE_LOG, 0.1, 1, 0, &lo, &hi);
  g_assert_cmpfloat_with_epsilon (lo, 0.1, 1e-12);
  g_assert_cmpfloat_with_epsilon (hi, 1, 1e-12);
  /* Nothing to show changes nothing. */
  lo = hi = NAN;
  plot_scale_grow (PLOT_SCALE_LOG, NAN, NAN, 0, &lo, &hi);
  plot_scale_grow (PLOT_SCALE_LOG, -2, -1, 0, &lo, &hi);
  g_assert_true (isnan (lo) && isnan (hi));
}

/* Random data never lie outside the range, and ranges never shrink. */
static void
test_grow_holds (void)
{
  for (guint i = 0; i < 500; i++)
    {
      PlotScaleKind kind = g_test_rand_bit () ? PLOT_SCALE_LOG : PLOT_SCALE_LINEAR;
      double        lo = NAN, hi = NAN;

      for (guint j = 0; j < 5; j++)
        {
          double a = pow (10, g_test_rand_double_range (-9, 3));
          double b = a * pow (10, g_test_rand_double_range (0, 4));
          double old_lo = lo, old_hi = hi;

          plot_scale_grow (kind, a, b, 0.1, &lo, &hi);
          g_assert_cmpfloat (lo, <=, a * (1 + 1e-9));
          g_assert_cmpfloat (hi, >=, b * (1 - 1e-9));
          g_assert_true (isnan (old_lo) || (lo <= old_lo && hi >= old_hi));
        }
    }
}

static void
test_nice (void)
{
  g_assert_cmpfloat_with_epsilon (plot_scale_nice_floor (0.37), 0.2, 1e-12);
  g_assert_cmpfloat_with_epsilon (plot_scale_nice_ceil (0.37), 0.5, 1e-12);
  g_assert_cmpfloat_with_epsilon (plot_scale_nice_ceil (2.1), 5, 1e-12);
  g_assert_cmpfloat_with_epsilon (plot_scale_nice_ceil (5.1), 10, 1e-12);
  g_assert_cmpfloat_with_epsilon (plot_scale_nice_ceil (1000), 1000, 1e-9);
}

/* Labels stay apart, and those of decades stay put when the range grows. */
static void
test_tick_spacing (void)
{
  for (double decades = 1; decades < 40; decades += 0.7)
    {
      PlotScale          scale;
      g_autoptr (GArray) ticks = NULL;
      double             last = -INFINITY;
      guint              n_labels = 0;

      plot_scale_init (&scale, PLOT_SCALE_LOG, pow (10, -decades), 1, 0, 200, 0);
      ticks = plot_ticks_new (&scale, PLOT_NUMBER_PLAIN, 34, FALSE);
      for (guint i = 0; i < ticks->len; i++)
        {
          const PlotTick *tick = &g_array_index (ticks, PlotTick, i);
          double          pixel = plot_scale_map (&scale, tick->value);

          if (tick->label == NULL)
            continue;
          g_assert_cmpfloat (pixel - last, >=, 20);
          last = pixel;
          n_labels++;
        }
      g_assert_cmpuint (n_labels, >=, 2);
      g_assert_cmpstr (g_array_index (ticks, PlotTick, ticks->len - 1).label, ==, "1");
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plot/scale/linear", test_linear);
  g_test_add_func ("/plot/scale/log-slot", test_log_slot);
  g_test_add_func ("/plot/scale/round-trip", test_round_trip);
  g_test_add_func ("/plot/scale/degenerate", test_degenerate);
  g_test_add_func ("/plot/scale/grow-log", test_grow_log);
  g_test_add_func ("/plot/scale/grow-holds", test_grow_holds);
  g_test_add_func ("/plot/scale/nice", test_nice);
  g_test_add_func ("/plot/scale/tick-spacing", test_tick_spacing);
  return g_test_run ();
}
