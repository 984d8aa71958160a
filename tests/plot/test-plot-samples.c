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

/* Curves and layers of `b`, and those of them that have the samples of `a`. */
static guint
count_shared (const PlotFrame *a, const PlotFrame *b, guint *n_all)
{
  guint n = 0;

  *n_all = 0;

  for (guint i = 0; i < a->panels->len; i++)
    {
      const PlotPanel *panel = g_ptr_array_index (a->panels, i);
      const PlotPanel *other = g_ptr_array_index (b->panels, i);

      for (guint j = 0; j < panel->series->len; j++)
        {
          const PlotSeries *series = g_ptr_array_index (panel->series, j);
          const PlotSeries *same = g_ptr_array_index (other->series, j);

          n += series->samples != NULL && series->samples == same->samples;
          (*n_all)++;
        }
      for (guint j = 0; j < panel->areas->len; j++)
        {
          const PlotArea *area = g_ptr_array_index (panel->areas, j);
          const PlotArea *same = g_ptr_array_index (other->areas, j);

          n += area->samples != NULL && area->samples == same->samples;
          (*n_all)++;
        }
    }
  return n;
}

static guint
count_measures (const PlotClass *klass)
{
  return klass->measures == NULL ? 1 : g_strv_length ((char **) klass->measures);
}

/* Records come, and once an older snapshot is asked for again. */
static void
check_plot (const PlotClass *klass, PlotCase which, PlotOptions options)
{
  static const double     shares[] = { 0, 0.1, 0.45, 0.3, 1 };
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
          for (guint measure = 0; measure < count_measures (classes[i]); measure++)
            check_plot (classes[i], cases[which],
                        (PlotOptions){ .x_linear = linear != 0,
                                       .y_linear = linear != 0,
                                       .measure = measure });
        }
}

/* --- another frame before it ------------------------------------------------------- */

static void
check_same_numbers (gsize n, const double *a, const double *b, const char *what)
{
  if (n > 0 && memcmp (a, b, n * sizeof *a) != 0)
    g_error ("%s: other samples than without an earlier frame", what);
}

/* All curves and layers, and what they need of the axes. */
static void
check_same_marks (const PlotPanel *a, const PlotPanel *b, const char *what)
{
  check_same_numbers (1, &a->y.lo, &b->y.lo, what);
  check_same_numbers (1, &a->y.hi, &b->y.hi, what);
  g_assert_cmpuint (a->series->len, ==, b->series->len);
  g_assert_cmpuint (a->areas->len, ==, b->areas->len);
  g_assert_cmpuint (a->pinned->len, ==, b->pinned->len);
  for (guint i = 0; i < a->series->len; i++)
    {
      const PlotSeries *one = g_ptr_array_index (a->series, i);
      const PlotSeries *same = g_ptr_array_index (b->series, i);

      g_assert_cmpuint (one->n, ==, same->n);
      check_same_numbers (one->n, one->x, same->x, what);
      check_same_numbers (one->n, one->y, same->y, what);
    }
  for (guint i = 0; i < a->areas->len + a->pinned->len; i++)
    {
      gboolean        pinned = i >= a->areas->len;
      guint           at = pinned ? i - a->areas->len : i;
      const PlotArea *one = g_ptr_array_index (pinned ? a->pinned : a->areas, at);
      const PlotArea *same = g_ptr_array_index (pinned ? b->pinned : b->areas, at);

      g_assert_cmpuint (one->n, ==, same->n);
      check_same_numbers (one->n, one->x, same->x, what);
      check_same_numbers (one->n, one->lower, same->lower, what);
      check_same_numbers (one->n, one->upper, same->upper, what);
    }
}

static void
check_after (const PlotClass *before,
             EngSnapshot     *old,
             PlotOptions      old_options,
             const PlotClass *klass,
             EngSnapshot     *snapshot,
             PlotOptions      options,
             const char      *what)
{
  g_autoptr (PlotFrame) earlier = plot_project (before, old, &old_options);
  g_autoptr (PlotFrame) alone = plot_project (klass, snapshot, &options),
                        continued = NULL;
  g_autofree char *name = g_strdup_printf ("%s, %s", klass->id, what);

  options.earlier = earlier;
  continued = plot_project (klass, snapshot, &options);
  g_assert_cmpstr (continued->summary, ==, alone->summary);
  g_assert_cmpuint (continued->panels->len, ==, alone->panels->len);
  for (guint i = 0; i < alone->panels->len; i++)
    check_same_marks (g_ptr_array_index (continued->panels, i),
                      g_ptr_array_index (alone->panels, i), name);
}

static void
check_traces (const PlotClass *klass)
{
  static const PlotCase pairs[][2] = {
    { PLOT_CASE_FULL, PLOT_CASE_DIVERGED },
    { PLOT_CASE_DIVERGED, PLOT_CASE_FULL },
    { PLOT_CASE_FULL, PLOT_CASE_UNRESOLVED },
    { PLOT_CASE_UNRESOLVED, PLOT_CASE_FULL },
    { PLOT_CASE_EARLY, PLOT_CASE_FULL },
    { PLOT_CASE_DONE, PLOT_CASE_EARLY },
    { PLOT_CASE_EMPTY, PLOT_CASE_FULL },
    { PLOT_CASE_READY, PLOT_CASE_ONE_RECORD },
    { PLOT_CASE_ONE_RECORD, PLOT_CASE_FULL },
    { PLOT_CASE_FULL, PLOT_CASE_EMPTY },
    { PLOT_CASE_FULL, PLOT_CASE_READY },
    { PLOT_CASE_MATRIX, PLOT_CASE_LINEAR },
    { PLOT_CASE_DIVERGED, PLOT_CASE_ONE_RECORD },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      g_autoptr (EngSnapshot) old = plot_fixture_new (pairs[i][0]);
      g_autoptr (EngSnapshot) next = plot_fixture_new (pairs[i][1]);
      PlotOptions             options = { 0 }, pinned = { .pinned = old };

      check_after (klass, old, options, klass, next, options, "another trace");
      /* What was shown is pinned, and taken away. */
      check_after (klass, old, options, klass, next, pinned, "pinned");
      check_after (klass, next, pinned, klass, next, options, "not pinned");
    }
}

/* Of the same traces, seen otherwise. */
static void
check_options (const PlotClass *klass)
{
  g_autoptr (EngSnapshot) snapshot = plot_fixture_new (PLOT_CASE_FULL);

  for (guint a = 0; a < 2 * count_measures (klass); a++)
    for (guint b = 0; b < 2 * count_measures (klass); b++)
      {
        PlotOptions old = { .x_linear = a % 2 != 0, .measure = a / 2 };
        PlotOptions next = { .x_linear = b % 2 != 0, .measure = b / 2 };

        check_after (klass, snapshot, old, klass, snapshot, next, "other options");
      }
}

/* Neither of another trace, nor seen otherwise, nor of another plot are samples the same. */
static void
test_identity (void)
{
  const PlotClass *const *classes = plot_get_classes ();
  g_autoptr (EngSnapshot) snapshot = plot_fixture_new (PLOT_CASE_FULL);
  PlotOptions             options = { 0 };

  for (gsize i = 0; classes[i] != NULL; i++)
    {
      check_traces (classes[i]);
      check_options (classes[i]);
      for (gsize j = 0; classes[j] != NULL; j++)
        check_after (classes[j], snapshot, options, classes[i], snapshot, options,
                     classes[j]->id);
    }
}

/* --- what is shared ------------------------------------------------------------------ */

/* What was made is used: nothing else of the four plots of the first page grows. */
static void
test_continued (void)
{
  static const struct
  {
    const char *id;
    guint       n; /* of four runs: two curves; one; three layers each */
  } plots[] = { { "loss", 8 }, { "movement", 4 }, { "bands", 12 }, { "terms", 12 } };

  for (gsize i = 0; i < G_N_ELEMENTS (plots); i++)
    {
      const PlotClass        *klass = plot_find_class (plots[i].id);
      g_autoptr (EngSnapshot) snapshot = plot_fixture_new (PLOT_CASE_FULL);
      g_autofree gsize       *n_records = g_new (gsize, snapshot->n_runs);
      g_autoptr (PlotFrame)   first = NULL, second = NULL;
      PlotOptions             options = { 0 };
      guint                   n_shared, n_all;

      for (guint run = 0; run < snapshot->n_runs; run++)
        n_records[run] = snapshot->runs[run].n_records;
      show_records (snapshot, n_records, 0.5);
      first = plot_project (klass, snapshot, &options);
      show_records (snapshot, n_records, 1);
      options.earlier = first;
      second = plot_project (klass, snapshot, &options);
      n_shared = count_shared (first, second, &n_all);
      g_assert_cmpuint (n_shared, ==, plots[i].n);
      g_assert_cmpuint (n_all, ==, plots[i].n);
    }
}

/* What is asked for twice in one frame is made once. */
static void
test_once (void)
{
  g_autoptr (EngSnapshot) snapshot = plot_fixture_new (PLOT_CASE_FULL);
  g_autoptr (PlotFrame)   frame = plot_project (plot_find_class ("loss"), snapshot, NULL);
  g_autoptr (GHashTable)  made = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < frame->samples->len; i++)
    g_hash_table_add (made, g_ptr_array_index (frame->samples, i));
  g_assert_cmpuint (g_hash_table_size (made), ==, 2 * snapshot->n_runs);
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
  g_test_add_func ("/plot/samples/once", test_once);
  g_test_add_func ("/plot/samples/identity", test_identity);
  g_test_add_func ("/plot/samples/all", test_all);
  return g_test_run ();
}
