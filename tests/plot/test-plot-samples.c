/* SPDX-License-Identifier: GPL-3.0-or-later
 * A frame that continues an earlier one is the frame that is made alone. */
#include "plot-fixture.h"

#include "plot-painter.h"

#include <math.h>
#include <string.h>

#define WIDTH  480
#define HEIGHT 300

/* Returns: (transfer full): its picture. */
static cairo_surface_t *
paint (const PlotFrame *frame)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, WIDTH,
                                                         HEIGHT);
  cairo_t         *cr = cairo_create (surface);
  PlotTheme        theme;

  plot_theme_init (&theme, PLOT_THEME_LIGHT, 1, NULL);
  plot_painter_paint (frame, &theme, NULL, cr, WIDTH, HEIGHT);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  return surface;
}

static void
check_same_picture (const PlotFrame *a, const PlotFrame *b, const char *what)
{
  cairo_surface_t *first = paint (a), *second = paint (b);

  if (memcmp (cairo_image_surface_get_data (first), cairo_image_surface_get_data (second),
              (gsize) cairo_image_surface_get_stride (first) * HEIGHT)
      != 0)
    g_error ("%s: another picture when it continues an earlier one", what);
  cairo_surface_destroy (first);
  cairo_surface_destroy (second);
}

static void
show_records (EngSnapshot *snapshot, const gsize *n_records, double share)
{
  for (guint i = 0; i < snapshot->n_runs; i++)
    snapshot->runs[i].n_records = (gsize) (share * (double) n_records[i]);
}

static guint
count_shared (const PlotFrame *a, const PlotFrame *b)
{
  guint n = 0;

  for (guint i = 0; i < a->panels->len; i++)
    {
      const PlotPanel *panel = g_ptr_array_index (a->panels, i);
      const PlotPanel *other = g_ptr_array_index (b->panels, i);

      for (guint j = 0; j < panel->series->len; j++)
        {
          const PlotSeries *series = g_ptr_array_index (panel->series, j);
          const PlotSeries *same = g_ptr_array_index (other->series, j);

          n += series->samples != NULL && series->samples == same->samples;
        }
      for (guint j = 0; j < panel->areas->len; j++)
        {
          const PlotArea *area = g_ptr_array_index (panel->areas, j);
          const PlotArea *same = g_ptr_array_index (other->areas, j);

          n += area->samples != NULL && area->samples == same->samples;
        }
    }
  return n;
}

/* Records come, and once an older snapshot is asked for again. */
static void
check_plot (const PlotClass *klass, PlotCase which, PlotOptions options)
{
  static const double     shares[] = { 0.1, 0.45, 0.3, 1 };
  g_autoptr (EngSnapshot) snapshot = plot_fixture_new (which);
  g_autofree gsize       *n_records = g_new (gsize, snapshot->n_runs + 1);
  g_autoptr (PlotFrame)   earlier = NULL;

  for (guint i = 0; i < snapshot->n_runs; i++)
    n_records[i] = snapshot->runs[i].n_records;
  for (gsize i = 0; i < G_N_ELEMENTS (shares); i++)
    {
      g_autoptr (PlotFrame) alone = NULL, continued = NULL;

      show_records (snapshot, n_records, shares[i]);
      options.earlier = NULL;
      alone = plot_project (klass, snapshot, &options);
      options.earlier = earlier;
      continued = plot_project (klass, snapshot, &options);
      g_assert_cmpstr (continued->summary, ==, alone->summary);
      check_same_picture (continued, alone, klass->id);
      g_clear_pointer (&earlier, plot_frame_unref);
      earlier = g_steal_pointer (&continued);
    }
}

static void
test_all (void)
{
  static const PlotCase   cases[] = { PLOT_CASE_FULL, PLOT_CASE_DIVERGED,
                                      PLOT_CASE_UNRESOLVED, PLOT_CASE_MATRIX,
                                      PLOT_CASE_LINEAR };
  const PlotClass *const *classes = plot_get_classes ();

  for (gsize i = 0; classes[i] != NULL; i++)
    for (gsize which = 0; which < G_N_ELEMENTS (cases); which++)
      for (guint linear = 0; linear < 2; linear++)
        {
          guint n_measures = classes[i]->measures == NULL
                                 ? 1
                                 : g_strv_length ((char **) classes[i]->measures);

          for (guint measure = 0; measure < n_measures; measure++)
            check_plot (classes[i], cases[which],
                        (PlotOptions){ .x_linear = linear != 0,
                                       .y_linear = linear != 0,
                                       .measure = measure });
        }
}

/* What was made is used: nothing else of the four plots of the first page grows. */
static void
test_continued (void)
{
  static const char *const ids[] = { "loss", "movement", "bands", "terms" };

  for (gsize i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      const PlotClass        *klass = plot_find_class (ids[i]);
      g_autoptr (EngSnapshot) snapshot = plot_fixture_new (PLOT_CASE_FULL);
      g_autofree gsize       *n_records = g_new (gsize, snapshot->n_runs);
      g_autoptr (PlotFrame)   first = NULL, second = NULL;
      PlotOptions             options = { 0 };

      for (guint run = 0; run < snapshot->n_runs; run++)
        n_records[run] = snapshot->runs[run].n_records;
      show_records (snapshot, n_records, 0.5);
      first = plot_project (klass, snapshot, &options);
      show_records (snapshot, n_records, 1);
      options.earlier = first;
      second = plot_project (klass, snapshot, &options);
      g_assert_cmpuint (count_shared (first, second), >=, snapshot->n_runs);
    }
}

/* The extent of a prefix, whatever else was made since. */
static void
test_extent (void)
{
  static const double y[] = { NAN, 3, -1, INFINITY, 0.5, 7 };
  PlotExtent          extent = { NAN, NAN, NAN };

  plot_extent_add (&extent, y, 0, 1);
  g_assert_true (isnan (extent.smallest) && isnan (extent.largest));
  plot_extent_add (&extent, y, 1, 5);
  g_assert_cmpfloat (extent.smallest, ==, -1);
  g_assert_cmpfloat (extent.largest, ==, 3);
  g_assert_cmpfloat (extent.smallest_positive, ==, 0.5);
  plot_extent_add (&extent, y, 5, 6);
  g_assert_cmpfloat (extent.largest, ==, 7);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plot/samples/extent", test_extent);
  g_test_add_func ("/plot/samples/continued", test_continued);
  g_test_add_func ("/plot/samples/all", test_all);
  return g_test_run ();
}
