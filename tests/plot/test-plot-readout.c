/* SPDX-License-Identifier: GPL-3.0-or-later
 * Read-outs stand on recorded samples, say what was recorded, and cover nothing. */
#include "plot-fixture.h"
#include "plot-painter.h"

#include <math.h>
#include <string.h>

static PlotFrame *
project (const char *id, PlotCase which)
{
  g_autoptr (EngSnapshot) snapshot = plot_fixture_new (which);

  return plot_project (plot_find_class (id), snapshot, NULL);
}

static gboolean
is_recorded (const PlotFrame *frame, double x)
{
  const PlotPanel  *panel = g_ptr_array_index (frame->panels, 0);
  const PlotSeries *series = g_ptr_array_index (panel->series, 0);

  for (gsize i = 0; i < series->n; i++)
    if (series->x[i] == x)
      return TRUE;
  return FALSE;
}

static void
test_snap (void)
{
  g_autoptr (PlotFrame) frame = project ("loss", PLOT_CASE_FULL);

  for (guint round = 0; round < 2000; round++)
    {
      double wanted = pow (10, g_test_rand_double_range (-1, 4));
      double at = plot_readout_snap (frame, 0, wanted);

      g_assert_true (is_recorded (frame, at));
    }
  g_assert_cmpfloat (plot_readout_snap (frame, 0, 0), ==, 0);
  g_assert_true (isnan (plot_readout_snap (frame, 9, 10)));
}

/* Every recorded step is reached, once, in order, both ways. */
static void
test_walk (void)
{
  g_autoptr (PlotFrame) frame = project ("loss", PLOT_CASE_FULL);
  const PlotPanel      *panel = g_ptr_array_index (frame->panels, 0);
  const PlotSeries     *series = g_ptr_array_index (panel->series, 0);
  double                at = plot_readout_step (frame, -INFINITY, 1);

  for (gsize i = 0; i < series->n; i++)
    {
      g_assert_cmpfloat (at, ==, series->x[i]);
      at = plot_readout_step (frame, at, 1);
    }
  g_assert_cmpfloat (at, ==, series->x[series->n - 1]);
  g_assert_cmpfloat (plot_readout_step (frame, at, -10), ==, series->x[series->n - 11]);
  g_assert_cmpfloat (plot_readout_step (frame, INFINITY, -1), ==, at);
}

static void
test_nothing_recorded (void)
{
  g_autoptr (PlotFrame)   frame = project ("loss", PLOT_CASE_READY);
  g_autoptr (PlotReadout) readout = plot_readout_new (frame, 10);

  g_assert_true (isnan (plot_readout_snap (frame, 0, 10)));
  g_assert_true (isnan (plot_readout_step (frame, -INFINITY, 1)));
  for (guint i = 0; i < readout->rows->len; i++)
    g_assert_cmpstr (((PlotReadoutRow *) g_ptr_array_index (readout->rows, i))->value, ==,
                     "–");
}

/* Values are those of the samples, the largest first. */
static void
test_values (void)
{
  g_autoptr (PlotFrame)   frame = project ("loss", PLOT_CASE_FULL);
  const PlotPanel        *panel = g_ptr_array_index (frame->panels, 0);
  const PlotSeries       *any = g_ptr_array_index (panel->series, 0);
  g_autoptr (PlotReadout) readout = plot_readout_new (frame, any->x[any->n / 2]);
  g_autofree char        *said = plot_readout_describe (readout, frame);
  double                  last = INFINITY;

  g_assert_cmpuint (readout->rows->len, ==, 4);
  for (guint i = 0; i < readout->rows->len; i++)
    {
      const PlotReadoutRow *row = g_ptr_array_index (readout->rows, i);
      gboolean              found = FALSE;

      g_assert_cmpfloat (row->y, <=, last);
      last = row->y;
      for (guint j = 0; j < panel->series->len; j++)
        {
          const PlotSeries *series = g_ptr_array_index (panel->series, j);

          found |= series->role == PLOT_ROLE_TEST && series->style == row->style
                   && series->y[series->n / 2] == row->y;
        }
      g_assert_true (found);
      g_assert_nonnull (row->thin_value);
      g_assert_nonnull (strstr (said, row->value));
      g_assert_nonnull (strstr (said, row->name));
    }
}

/* Every panel of the bands has its rows; shares add up to one. */
static void
test_bands (void)
{
  g_autoptr (PlotFrame)   frame = project ("bands", PLOT_CASE_FULL);
  double                  x = plot_readout_snap (frame, 0, 100);
  g_autoptr (PlotReadout) readout = plot_readout_new (frame, x);
  g_autofree char        *said = plot_readout_describe (readout, frame);

  g_assert_cmpuint (readout->rows->len, ==, 12);
  g_assert_nonnull (strstr (said, "Q2: "));
}

/* A mean is read off at every rank that went into it; directions that are not resolved
 * have one. */
static void
test_means (void)
{
  g_autoptr (PlotFrame) frame = project ("spectrum", PLOT_CASE_FULL);
  const PlotPanel      *panel = g_ptr_array_index (frame->panels, 1);
  const PlotSeries     *series = g_ptr_array_index (panel->series, 0);

  for (gsize i = 1; i < series->n; i++)
    for (double x = series->until[i - 1] + 1; x <= series->until[i] && x < 2000; x++)
      {
        g_autoptr (PlotReadout) readout = plot_readout_new (frame, x);
        gboolean                found = FALSE;

        for (guint r = 0; r < readout->rows->len; r++)
          {
            const PlotReadoutRow *row = g_ptr_array_index (readout->rows, r);

            if (row->panel == 1 && row->style == series->style)
              {
                g_assert_cmpfloat (row->y, ==, series->y[i]);
                found = TRUE;
              }
          }
        g_assert_true (found);
      }
  g_assert_cmpfloat (series->y[series->n - 1], ==, series->y[series->n - 2]);
  /* Whole ranks alone are read off. */
  g_assert_cmpfloat (plot_readout_snap (frame, 1, 700.3), ==,
                     floor (plot_readout_snap (frame, 1, 700.3)));
}

static guint
count_pinned (const PlotReadout *readout)
{
  guint n = 0;

  for (guint i = 0; i < readout->rows->len; i++)
    n += ((PlotReadoutRow *) g_ptr_array_index (readout->rows, i))->pinned;
  return n;
}

/* What is compared with is read off where it was recorded at the same step, by its name. */
static void
test_pinned (void)
{
  static const char *const ids[] = { "loss", "movement", "bands" };
  static const guint       n_rows[] = { 4, 4, 12 };
  g_autoptr (EngSnapshot)  snapshot = plot_fixture_new (PLOT_CASE_DONE);
  g_autoptr (EngSnapshot)  pinned = plot_fixture_new (PLOT_CASE_FULL);
  PlotOptions              options = { .pinned = pinned };

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autoptr (PlotFrame)   frame = plot_project (plot_find_class (ids[i]), snapshot,
                                                    &options);
      g_autoptr (PlotReadout) early = plot_readout_new (frame, 10);
      g_autoptr (PlotReadout) late = plot_readout_new (frame, 2000);
      g_autofree char        *said = plot_readout_describe (early, frame);

      g_assert_cmpuint (count_pinned (early), ==, n_rows[i]);
      g_assert_cmpuint (early->rows->len, ==, 2 * n_rows[i]);
      g_assert_nonnull (strstr (said, ", pinned "));
      /* It ended at step 640. */
      g_assert_cmpuint (count_pinned (late), ==, 0);
      g_assert_cmpuint (late->rows->len, ==, n_rows[i]);
    }
}

static guint32
get_pixel (cairo_surface_t *surface, int x, int y)
{
  guint32 pixel;

  memcpy (&pixel,
          cairo_image_surface_get_data (surface)
              + y * cairo_image_surface_get_stride (surface) + 4 * x,
          4);
  return pixel;
}

/* Whether a pixel belongs to the line or to one of its markers. */
static gboolean
is_line (PlotLayout *layout, const PlotReadout *readout, double line, int x, int y)
{
  double px, py;

  if (fabs (x + 0.5 - line) < 2)
    return TRUE;
  for (guint i = 0; i < readout->rows->len; i++)
    {
      const PlotReadoutRow *row = g_ptr_array_index (readout->rows, i);

      for (guint thin = 0; thin < 2; thin++)
        {
          if (!plot_layout_to_pixel (layout, row->panel, readout->x,
                                     thin ? row->thin_y : row->y, &px, &py))
            continue;
          if (fabs (y - py) < 10 && fabs (x - line) < 10)
            return TRUE;
        }
    }
  return FALSE;
}

/* On a transparent page: nothing of the card within a few pixels of the line and of the
 * pointer, nor at the edges of the picture. */
static void
check_card (const char *id, int width, int height, double share, double scale)
{
  g_autoptr (PlotFrame)   frame = project (id, PLOT_CASE_FULL);
  g_autoptr (PlotLayout)  layout = plot_layout_new ();
  g_autoptr (PlotReadout) readout = NULL;
  cairo_surface_t *data = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  cairo_surface_t *over = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  cairo_t         *cr = cairo_create (data);
  cairo_rectangle_t area;
  PlotTheme         theme;
  double            x, y, line, pointer;
  const PlotPanel  *panel = g_ptr_array_index (frame->panels, 0);
  guint             inked = 0;

  plot_theme_init (&theme, PLOT_THEME_LIGHT, scale, NULL);
  plot_painter_paint (frame, &theme, layout, cr, width, height);
  cairo_destroy (cr);
  plot_layout_get_area (layout, 0, &area);
  pointer = area.x + share * area.width;
  plot_layout_to_data (layout, 0, pointer, area.y, &x, &y);
  x = plot_readout_snap (frame, 0, x);
  plot_layout_to_pixel (layout, 0, x, 1, &line, &y);
  readout = plot_readout_new (frame, x);
  cr = cairo_create (over);
  plot_painter_paint_readout (readout, frame, &theme, layout, cr, 0, pointer);
  cairo_destroy (cr);
  cairo_surface_flush (over);
  for (int i = 0; i < width * height; i++)
    inked += get_pixel (over, i % width, i / width) != 0;
  /* Wherever half of the picture can hold a card there is one. */
  if (width >= 470 && panel->title == NULL)
    g_assert_cmpuint (inked, >, 5000);
  for (int row = 0; row < height; row++)
    {
      for (int column = (int) MIN (line, pointer) - 8;
           column <= (int) MAX (line, pointer) + 8; column++)
        if (column >= 0 && column < width
            && !is_line (layout, readout, line, column, row))
          g_assert_cmphex (get_pixel (over, column, row), ==, 0);
      g_assert_cmphex (get_pixel (over, 0, row), ==, 0);
      g_assert_cmphex (get_pixel (over, width - 1, row), ==, 0);
    }
  cairo_surface_destroy (data);
  cairo_surface_destroy (over);
}

static void
test_card_covers_nothing (void)
{
  static const char *const ids[] = { "loss", "movement", "bands", "spectrum" };
  static const int         sizes[][2] = { { 470, 280 }, { 300, 150 }, { 940, 560 } };

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    for (guint j = 0; j < G_N_ELEMENTS (sizes); j++)
      for (double share = 0.02; share < 1; share += 0.08)
        {
          check_card (ids[i], sizes[j][0], sizes[j][1], share, 1);
          check_card (ids[i], sizes[j][0], sizes[j][1], share, 2);
        }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plot/readout/snap", test_snap);
  g_test_add_func ("/plot/readout/walk", test_walk);
  g_test_add_func ("/plot/readout/nothing-recorded", test_nothing_recorded);
  g_test_add_func ("/plot/readout/values", test_values);
  g_test_add_func ("/plot/readout/bands", test_bands);
  g_test_add_func ("/plot/readout/means", test_means);
  g_test_add_func ("/plot/readout/pinned", test_pinned);
  g_test_add_func ("/plot/readout/card-covers-nothing", test_card_covers_nothing);
  return g_test_run ();
}
