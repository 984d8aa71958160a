/* SPDX-License-Identifier: GPL-3.0-or-later
 * End labels keep their order, their distance and the plot; free places are free. */
#include "plot-labels.h"

#include <math.h>

#define EPSILON 1e-9

static void
test_untouched (void)
{
  static const double wanted[] = { 80, 20, 50 };
  double              placed[3];

  plot_labels_place (wanted, 3, 16, 0, 100, placed);
  for (guint i = 0; i < 3; i++)
    g_assert_cmpfloat (placed[i], ==, wanted[i]);
}

/* Two labels that want one place stand symmetrically about it. */
static void
test_merge (void)
{
  static const double wanted[] = { 50, 50 };
  double              placed[2];

  plot_labels_place (wanted, 2, 16, 0, 100, placed);
  g_assert_cmpfloat (placed[0], ==, 42);
  g_assert_cmpfloat (placed[1], ==, 58);
}

static void
test_clamp (void)
{
  static const double wanted[] = { -5, 1, 2 };
  double              placed[3];

  plot_labels_place (wanted, 3, 16, 0, 100, placed);
  g_assert_cmpfloat (placed[0], ==, 0);
  g_assert_cmpfloat (placed[1], ==, 16);
  g_assert_cmpfloat (placed[2], ==, 32);
}

static void
test_property (void)
{
  for (guint round = 0; round < 2000; round++)
    {
      guint  n = (guint) g_test_rand_int_range (0, 9);
      double wanted[8], placed[8];

      for (guint i = 0; i < n; i++)
        wanted[i] = g_test_rand_bit () ? g_test_rand_double_range (-20, 220)
                                       : g_test_rand_double_range (90, 110);
      plot_labels_place (wanted, n, 16, 0, 200, placed);
      for (guint i = 0; i < n; i++)
        {
          g_assert_cmpfloat (placed[i], >=, -EPSILON);
          g_assert_cmpfloat (placed[i], <=, 200 + EPSILON);
          for (guint j = 0; j < n; j++)
            if (wanted[i] < wanted[j])
              g_assert_cmpfloat (placed[j] - placed[i], >=, 16 - EPSILON);
        }
    }
}

static void
test_memory (void)
{
  PlotLabelMemory memory = { .wanted = NAN };
  gint64          second = G_USEC_PER_SEC;

  g_assert_cmpfloat (plot_label_memory_settle (&memory, 50, 10 * second), ==, 50);
  /* A little does not move it, nor does much at once. */
  g_assert_cmpfloat (plot_label_memory_settle (&memory, 52.5, 12 * second), ==, 50);
  g_assert_cmpfloat (plot_label_memory_settle (&memory, 60, 13 * second), ==, 60);
  g_assert_cmpfloat (plot_label_memory_settle (&memory, 80, 13 * second + 1000), ==, 60);
  g_assert_cmpfloat (plot_label_memory_settle (&memory, 80, 13 * second + second / 4), ==,
                     80);
}

static void
test_occupancy (void)
{
  g_autoptr (PlotOccupancy) taken = plot_occupancy_new ();
  cairo_rectangle_t         bounds = { 0, 0, 100, 100 };
  cairo_rectangle_t         box = { 10, 10, 20, 10 };
  cairo_rectangle_t         outside = { 90, 10, 20, 10 };

  g_assert_true (plot_occupancy_is_free (taken, &box, &bounds));
  g_assert_false (plot_occupancy_is_free (taken, &outside, &bounds));
  /* A diagonal that passes by, then one that runs through with both ends outside. */
  plot_occupancy_add_segment (taken, 0, 40, 40, 20);
  g_assert_true (plot_occupancy_is_free (taken, &box, &bounds));
  plot_occupancy_add_segment (taken, 0, 0, 60, 45);
  g_assert_false (plot_occupancy_is_free (taken, &box, &bounds));
  box.y = 60;
  g_assert_true (plot_occupancy_is_free (taken, &box, &bounds));
  plot_occupancy_add_box (taken, &(cairo_rectangle_t){ 25, 65, 50, 50 });
  g_assert_false (plot_occupancy_is_free (taken, &box, &bounds));
  /* A segment within the box, upright. */
  box = (cairo_rectangle_t){ 70, 5, 20, 20 };
  g_assert_true (plot_occupancy_is_free (taken, &box, &bounds));
  plot_occupancy_add_segment (taken, 80, 10, 80, 15);
  g_assert_false (plot_occupancy_is_free (taken, &box, &bounds));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plot/labels/untouched", test_untouched);
  g_test_add_func ("/plot/labels/merge", test_merge);
  g_test_add_func ("/plot/labels/clamp", test_clamp);
  g_test_add_func ("/plot/labels/property", test_property);
  g_test_add_func ("/plot/labels/memory", test_memory);
  g_test_add_func ("/plot/labels/occupancy", test_occupancy);
  return g_test_run ();
}
