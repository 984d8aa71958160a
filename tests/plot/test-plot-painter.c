/* SPDX-License-Identifier: GPL-3.0-or-later
 * The painter on image surfaces: ink where it belongs and nowhere else. */
#include "plot-fixture.h"
#include "plot-painter.h"

#include <math.h>
#include <string.h>

#define WIDTH  474
#define HEIGHT 258
#define MARGIN 20
/* Largest difference of a colour channel that counts as the same colour. */
#define SAME 24

typedef struct
{
  cairo_surface_t *surface;
  cairo_t         *cr;
} Page;

/* A transparent page with a margin around the picture. */
static Page
page_new (void)
{
  Page self;

  self.surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, WIDTH + 2 * MARGIN,
                                             HEIGHT + 2 * MARGIN);
  self.cr = cairo_create (self.surface);
  cairo_translate (self.cr, MARGIN, MARGIN);
  return self;
}

static void
page_clear (Page *self)
{
  cairo_destroy (self->cr);
  cairo_surface_destroy (self->surface);
}

/* Pixel of the picture: 0xAARRGGBB. */
static guint32
page_get (Page *self, int x, int y)
{
  const guint8 *data;
  guint32       pixel;

  cairo_surface_flush (self->surface);
  data = cairo_image_surface_get_data (self->surface);
  memcpy (&pixel,
          data + (y + MARGIN) * cairo_image_surface_get_stride (self->surface)
              + (x + MARGIN) * 4,
          4);
  return pixel;
}

static gboolean
is_colour (guint32 pixel, PlotColour colour)
{
  for (guint shift = 0; shift < 24; shift += 8)
    if (ABS ((int) ((pixel >> shift) & 0xff) - (int) ((colour >> shift) & 0xff)) > SAME)
      return FALSE;
  return TRUE;
}

static guint
count_colour (Page *self, const cairo_rectangle_t *area, PlotColour colour)
{
  guint n = 0;

  for (int y = (int) area->y; y < (int) (area->y + area->height); y++)
    for (int x = (int) area->x; x < (int) (area->x + area->width); x++)
      n += is_colour (page_get (self, x, y), colour);
  return n;
}

/* One solid line at 0.5 over x = 0 to 100, with nothing recorded from 40 to 60. */
static PlotFrame *
make_gap_frame (void)
{
  PlotFrame *frame = plot_frame_new ("Gap");
  PlotPanel *panel = plot_frame_add_panel (frame);
  double     x[101], y[101];

  for (guint i = 0; i <= 100; i++)
    {
      x[i] = i;
      y[i] = i > 40 && i < 60 ? NAN : 0.5;
    }
  panel->x.lo = panel->y.lo = 0;
  panel->x.hi = 100;
  panel->y.hi = 1;
  panel->x.fixed = panel->y.fixed = TRUE;
  plot_panel_add_series (panel, PLOT_RUN_RICH, PLOT_ROLE_TEST, 101, x, y);
  return frame;
}

static void
test_gap (gconstpointer data)
{
  PlotThemeKind          kind = (PlotThemeKind) GPOINTER_TO_UINT (data);
  g_autoptr (PlotFrame)  frame = make_gap_frame ();
  g_autoptr (PlotLayout) layout = plot_layout_new ();
  Page                   page = page_new ();
  PlotTheme              theme;
  PlotColour             colour;
  double                 x0, x1, y;

  plot_theme_init (&theme, kind, 1, NULL);
  plot_painter_paint (frame, &theme, layout, page.cr, WIDTH, HEIGHT);
  colour = plot_theme_get_run (&theme, PLOT_RUN_RICH)->colour;
  g_assert_true (plot_layout_to_pixel (layout, 0, 41, 0.5, &x0, &y));
  g_assert_true (plot_layout_to_pixel (layout, 0, 59, 0.5, &x1, &y));
  /* A column of ink at every place of the line, none between. */
  g_assert_cmpuint (
      count_colour (&page, &(cairo_rectangle_t){ x0 - 40, y - 5, 1, 10 }, colour), >=, 1);
  g_assert_cmpuint (
      count_colour (&page, &(cairo_rectangle_t){ x1 + 40, y - 5, 1, 10 }, colour), >=, 1);
  g_assert_cmpuint (
      count_colour (&page, &(cairo_rectangle_t){ x0, y - 5, x1 - x0, 10 }, colour), ==,
      0);
  /* The background is the theme's. */
  g_assert_true (is_colour (page_get (&page, 2, 2), theme.background));
  page_clear (&page);
}

/* Points are seen on any axis: here a logarithmic one on which 1 and 2 are far outside. */
static void
test_points (void)
{
  g_autoptr (PlotFrame)  frame = plot_frame_new ("Points");
  g_autoptr (PlotLayout) layout = plot_layout_new ();
  PlotPanel             *panel = plot_frame_add_panel (frame);
  Page                   page = page_new ();
  double                 x[] = { 100, 5000 }, y[] = { 0.4, 0.6 };
  PlotTheme              theme;

  panel->x.kind = PLOT_SCALE_LOG;
  panel->x.lo = 50;
  panel->x.hi = 10000;
  panel->y.lo = 0;
  panel->y.hi = 1;
  panel->x.fixed = panel->y.fixed = TRUE;
  plot_panel_add_series (panel, PLOT_RUN_RICH, PLOT_ROLE_POINTS, 2, x, y);
  plot_theme_init (&theme, PLOT_THEME_LIGHT, 1, NULL);
  plot_painter_paint (frame, &theme, layout, page.cr, WIDTH, HEIGHT);
  for (guint i = 0; i < G_N_ELEMENTS (x); i++)
    {
      double at_x, at_y;

      g_assert_true (plot_layout_to_pixel (layout, 0, x[i], y[i], &at_x, &at_y));
      g_assert_true (is_colour (page_get (&page, (int) at_x, (int) at_y),
                                plot_theme_get_run (&theme, PLOT_RUN_RICH)->colour));
    }
  page_clear (&page);
}

/* The picture stays within its rectangle, and the context is as it was. */
static void
test_leaves_no_trace (void)
{
  g_autoptr (EngSnapshot) snapshot = plot_fixture_new (PLOT_CASE_DIVERGED);

  for (guint i = 0; plot_get_classes ()[i] != NULL; i++)
    {
      g_autoptr (PlotFrame) frame = plot_project (plot_get_classes ()[i], snapshot, NULL);
      Page                  page = page_new ();
      PlotTheme             theme;
      cairo_matrix_t        before, after;
      double                x0, y0, x1, y1;

      plot_theme_init (&theme, PLOT_THEME_DARK, 1, NULL);
      cairo_set_line_width (page.cr, 7);
      cairo_set_dash (page.cr, (double[]){ 3 }, 1, 0);
      cairo_get_matrix (page.cr, &before);
      plot_painter_paint (frame, &theme, NULL, page.cr, WIDTH, HEIGHT);
      cairo_get_matrix (page.cr, &after);
      g_assert_cmpmem (&before, sizeof before, &after, sizeof after);
      g_assert_cmpfloat (cairo_get_line_width (page.cr), ==, 7);
      g_assert_cmpint (cairo_get_dash_count (page.cr), ==, 1);
      g_assert_false (cairo_has_current_point (page.cr));
      cairo_clip_extents (page.cr, &x0, &y0, &x1, &y1);
      g_assert_cmpfloat (x0, ==, -MARGIN);
      g_assert_cmpfloat (x1, ==, WIDTH + MARGIN);
      g_assert_cmpint (cairo_status (page.cr), ==, CAIRO_STATUS_SUCCESS);
      for (int y = -MARGIN; y < HEIGHT + MARGIN; y++)
        for (int x = -MARGIN; x < WIDTH + MARGIN; x++)
          {
            gboolean inside = x >= 0 && x < WIDTH && y >= 0 && y < HEIGHT;

            g_assert_cmpuint (page_get (&page, x, y) >> 24, ==, inside ? 0xff : 0);
          }
      page_clear (&page);
    }
}

/* A range grown once stays, so that axes do not jump while a run is on. */
static void
test_range_stays (void)
{
  g_autoptr (EngSnapshot) late = plot_fixture_new (PLOT_CASE_DIVERGED);
  g_autoptr (EngSnapshot) early = plot_fixture_new (PLOT_CASE_EARLY);
  const PlotClass        *klass = plot_find_class ("loss");
  g_autoptr (PlotFrame)   wide = plot_project (klass, late, NULL);
  g_autoptr (PlotFrame)   narrow = plot_project (klass, early, NULL);
  g_autoptr (PlotLayout)  layout = plot_layout_new ();
  Page                    page = page_new ();
  PlotTheme               theme;
  double                  x, before, after;

  plot_theme_init (&theme, PLOT_THEME_LIGHT, 1, NULL);
  plot_painter_paint (wide, &theme, layout, page.cr, WIDTH, HEIGHT);
  plot_layout_to_pixel (layout, 0, 10, 0.5, &x, &before);
  plot_painter_paint (narrow, &theme, layout, page.cr, WIDTH, HEIGHT);
  plot_layout_to_pixel (layout, 0, 10, 0.5, &x, &after);
  g_assert_cmpfloat (before, ==, after);
  plot_layout_reset (layout);
  plot_painter_paint (narrow, &theme, layout, page.cr, WIDTH, HEIGHT);
  plot_layout_to_pixel (layout, 0, 10, 0.5, &x, &after);
  g_assert_cmpfloat (before, !=, after);
  page_clear (&page);
}

/* What an axis shows while nothing is recorded is a guess, and leaves no room behind. */
static void
test_range_of_nothing (void)
{
  g_autoptr (PlotFrame)  empty = plot_frame_new ("");
  g_autoptr (PlotFrame)  full = plot_frame_new ("");
  g_autoptr (PlotLayout) layout = plot_layout_new ();
  g_autoptr (PlotLayout) fresh = plot_layout_new ();
  PlotFrame             *frames[] = { empty, full };
  Page                   page = page_new ();
  PlotTheme              theme;
  double                 x, after, alone;

  plot_theme_init (&theme, PLOT_THEME_LIGHT, 1, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (frames); i++)
    {
      PlotPanel *panel = plot_frame_add_panel (frames[i]);

      panel->x.lo = 0;
      panel->x.hi = 10;
      plot_axis_include (&panel->y, i == 0 ? 1 : 500);
      plot_axis_include (&panel->y, i == 0 ? 0 : 400);
    }
  plot_panel_add_series (g_ptr_array_index (full->panels, 0), PLOT_RUN_LAZY,
                         PLOT_ROLE_TEST, 2, (const double[]){ 0, 10 },
                         (const double[]){ 400, 500 });
  plot_painter_paint (empty, &theme, layout, page.cr, WIDTH, HEIGHT);
  plot_painter_paint (full, &theme, layout, page.cr, WIDTH, HEIGHT);
  plot_layout_to_pixel (layout, 0, 5, 450, &x, &after);
  plot_painter_paint (full, &theme, fresh, page.cr, WIDTH, HEIGHT);
  plot_layout_to_pixel (fresh, 0, 5, 450, &x, &alone);
  g_assert_cmpfloat (after, ==, alone);
  page_clear (&page);
}

/* Plots of one column share the larger of their gutters and so their x axis. */
static void
test_gutters (void)
{
  g_autoptr (EngSnapshot) snapshot = plot_fixture_new (PLOT_CASE_FULL);
  g_autoptr (PlotFrame)   loss = plot_project (plot_find_class ("loss"), snapshot, NULL);
  g_autoptr (PlotFrame)   move = plot_project (plot_find_class ("movement"), snapshot,
                                               NULL);
  g_autoptr (PlotLayout)  upper = plot_layout_new ();
  g_autoptr (PlotLayout)  lower = plot_layout_new ();
  Page                    page = page_new ();
  PlotTheme               theme;
  cairo_rectangle_t       a, b;
  double                  left[2], right[2];

  plot_theme_init (&theme, PLOT_THEME_LIGHT, 1, NULL);
  plot_painter_paint (loss, &theme, upper, page.cr, WIDTH, HEIGHT);
  plot_painter_paint (move, &theme, lower, page.cr, WIDTH, HEIGHT);
  plot_layout_get_gutters (upper, &left[0], &right[0]);
  plot_layout_get_gutters (lower, &left[1], &right[1]);
  plot_layout_set_min_gutters (upper, MAX (left[0], left[1]), MAX (right[0], right[1]));
  plot_layout_set_min_gutters (lower, MAX (left[0], left[1]), MAX (right[0], right[1]));
  plot_painter_paint (loss, &theme, upper, page.cr, WIDTH, HEIGHT);
  plot_painter_paint (move, &theme, lower, page.cr, WIDTH, HEIGHT);
  g_assert_true (plot_layout_get_area (upper, 0, &a));
  g_assert_true (plot_layout_get_area (lower, 0, &b));
  g_assert_cmpfloat (a.x, ==, b.x);
  g_assert_cmpfloat (a.width, ==, b.width);
  page_clear (&page);
}

static void
test_mapping (void)
{
  g_autoptr (EngSnapshot) snapshot = plot_fixture_new (PLOT_CASE_FULL);
  g_autoptr (PlotFrame)  frame = plot_project (plot_find_class ("bands"), snapshot, NULL);
  g_autoptr (PlotLayout) layout = plot_layout_new ();
  Page                   page = page_new ();
  PlotTheme              theme;
  cairo_rectangle_t      area;
  double                 x, y, px, py;

  plot_theme_init (&theme, PLOT_THEME_LIGHT, 1, NULL);
  plot_painter_paint (frame, &theme, layout, page.cr, WIDTH, HEIGHT);
  g_assert_cmpuint (plot_layout_get_n_panels (layout), ==, 4);
  for (guint i = 0; i < 4; i++)
    {
      g_assert_true (plot_layout_get_area (layout, i, &area));
      g_assert_true (area.x >= 0 && area.x + area.width <= WIDTH);
      g_assert_cmpint (
          plot_layout_find_panel (layout, area.x + area.width / 2, area.y + 1), ==,
          (int) i);
      plot_layout_to_pixel (layout, i, 100, 0.25, &px, &py);
      plot_layout_to_data (layout, i, px, py, &x, &y);
      g_assert_cmpfloat_with_epsilon (x, 100, 1e-6);
      g_assert_cmpfloat_with_epsilon (y, 0.25, 1e-9);
    }
  g_assert_false (plot_layout_get_area (layout, 4, &area));
  g_assert_cmpint (plot_layout_find_panel (layout, -5, -5), ==, -1);
  page_clear (&page);
}

/* Every size a window may take, every theme, every case: no warning, no broken context. */
static void
test_any_size (void)
{
  for (guint round = 0; round < 300; round++)
    {
      g_autoptr (EngSnapshot) snapshot = plot_fixture_new (
          (PlotCase) g_test_rand_int_range (0, PLOT_N_CASES));
      PlotOptions           options = { .x_linear = g_test_rand_bit (),
                                        .y_linear = g_test_rand_bit (),
                                        .measure = (guint) g_test_rand_int_range (0, 4),
                                        .selected_run = (guint) g_test_rand_int_range (0, 6) };
      guint                 which = (guint) g_test_rand_int_range (0, 4);
      g_autoptr (PlotFrame) frame = plot_project (plot_get_classes ()[which], snapshot,
                                                  &options);
      Page                  page = page_new ();
      PlotTheme             theme;

      plot_theme_init (&theme, (PlotThemeKind) g_test_rand_int_range (0, 6),
                       g_test_rand_double_range (0.5, 3), NULL);
      plot_painter_paint (frame, &theme, NULL, page.cr, g_test_rand_double_range (0, 600),
                          g_test_rand_double_range (0, 400));
      g_assert_cmpint (cairo_status (page.cr), ==, CAIRO_STATUS_SUCCESS);
      page_clear (&page);
    }
}

/* A hundred thousand samples are drawn in pieces; the spike of one of them shows. */
static void
test_long_line (void)
{
  const guint            n = 100000;
  g_autoptr (PlotFrame)  frame = plot_frame_new ("Long");
  PlotPanel             *panel = plot_frame_add_panel (frame);
  g_autofree double     *x = g_new (double, n);
  g_autofree double     *y = g_new (double, n);
  g_autoptr (PlotLayout) layout = plot_layout_new ();
  Page                   page = page_new ();
  PlotTheme              theme;
  double                 px, py;

  for (guint i = 0; i < n; i++)
    {
      x[i] = i;
      y[i] = i == 33333 ? 0.95 : 0.1 + 0.02 * (i % 2);
    }
  panel->x.lo = panel->y.lo = 0;
  panel->x.hi = n;
  panel->y.hi = 1;
  panel->x.fixed = panel->y.fixed = TRUE;
  plot_panel_add_series (panel, PLOT_RUN_RICH, PLOT_ROLE_TEST, n, x, y);
  plot_theme_init (&theme, PLOT_THEME_LIGHT, 1, NULL);
  plot_painter_paint (frame, &theme, layout, page.cr, WIDTH, HEIGHT);
  plot_layout_to_pixel (layout, 0, 33333, 0.9, &px, &py);
  g_assert_cmpuint (count_colour (&page, &(cairo_rectangle_t){ px - 3, py - 1, 6, 3 },
                                  theme.runs[PLOT_RUN_RICH].colour),
                    >=, 1);
  page_clear (&page);
}

/* Looked at closely, a spike out of view leaves no ink, and one in view shows. */
static void
test_zoom (void)
{
  const guint            n = 1000;
  g_autoptr (PlotFrame)  frame = plot_frame_new ("Zoom");
  PlotPanel             *panel = plot_frame_add_panel (frame);
  double                 x[1000], y[1000];
  g_autoptr (PlotLayout) layout = plot_layout_new ();
  Page                   page = page_new ();
  cairo_rectangle_t      area;
  PlotTheme              theme;
  PlotColour             colour;
  double                 px, py;

  for (guint i = 0; i < n; i++)
    {
      x[i] = i;
      y[i] = i == 300 || i == 550 ? 0.9 : 0.5;
    }
  panel->x.lo = panel->y.lo = 0;
  panel->x.hi = n;
  panel->y.hi = 1;
  panel->x.fixed = panel->y.fixed = TRUE;
  panel->x.shown = (PlotRange){ 500, 600 };
  plot_panel_add_series (panel, PLOT_RUN_RICH, PLOT_ROLE_TEST, n, x, y);
  plot_theme_init (&theme, PLOT_THEME_LIGHT, 1, NULL);
  colour = theme.runs[PLOT_RUN_RICH].colour;
  plot_painter_paint (frame, &theme, layout, page.cr, WIDTH, HEIGHT);
  plot_layout_get_area (layout, 0, &area);
  plot_layout_to_pixel (layout, 0, 550, 0.88, &px, &py);
  g_assert_cmpuint (
      count_colour (&page, &(cairo_rectangle_t){ px - 3, py - 2, 6, 5 }, colour), >, 0);
  plot_layout_to_pixel (layout, 0, 530, 0.7, &px, &py);
  g_assert_cmpuint (
      count_colour (&page,
                    &(cairo_rectangle_t){ area.x, area.y, px - area.x, py - area.y },
                    colour),
      ==, 0);
  page_clear (&page);
}

/* Ranges to look at stay within the axis and come back to everything. */
static void
test_zoom_ranges (void)
{
  g_autoptr (EngSnapshot) snapshot = plot_fixture_new (PLOT_CASE_FULL);
  g_autoptr (PlotLayout)  layout = plot_layout_new ();
  PlotOptions             options = { 0 };
  cairo_rectangle_t       area;
  PlotTheme               theme;
  Page                    page = page_new ();
  double                  lo, hi, y;

  plot_theme_init (&theme, PLOT_THEME_LIGHT, 1, NULL);
  for (guint round = 0; round < 200; round++)
    {
      g_autoptr (PlotFrame) frame = plot_project (plot_find_class ("loss"), snapshot,
                                                  &options);
      double pixel, factor = g_test_rand_double_range (0.5, 3), before, after;

      plot_painter_paint (frame, &theme, layout, page.cr, WIDTH, HEIGHT);
      plot_layout_get_area (layout, 0, &area);
      plot_layout_to_data (layout, 0, area.x + 16, area.y, &lo, &y);
      plot_layout_to_data (layout, 0, area.x + area.width, area.y, &hi, &y);
      g_assert_cmpfloat (lo, <, hi);
      g_assert_cmpfloat (hi, <=, 2000.001);
      pixel = area.x + g_test_rand_double_range (0.3, 0.7) * area.width;
      plot_layout_to_data (layout, 0, pixel, area.y, &before, &y);
      options.x_range = plot_layout_zoom (layout, 0, PLOT_HORIZONTAL, pixel, factor);
      if (options.x_range.lo < options.x_range.hi)
        {
          after = log (before / options.x_range.lo)
                  / log (options.x_range.hi / options.x_range.lo);
          g_assert_true (after > -1e-9 && after < 1 + 1e-9);
        }
      if (round % 7 == 0)
        options.x_range = plot_layout_pan (layout, 0, PLOT_HORIZONTAL, 1e6);
      if (round % 13 == 0)
        options.x_range = plot_layout_select (layout, 0, PLOT_HORIZONTAL, pixel,
                                              pixel + 60);
    }
  options.x_range = plot_layout_zoom (layout, 0, PLOT_HORIZONTAL, area.x, 1e-9);
  g_assert_cmpfloat (options.x_range.hi, ==, 0);
  page_clear (&page);
}

static void
test_chip (void)
{
  for (guint style = 0; style < PLOT_N_RUN_STYLES; style++)
    for (guint diverged = 0; diverged < 2; diverged++)
      {
        Page              page = page_new ();
        cairo_rectangle_t chip = { 0, 0, 34, 18 };
        PlotTheme         theme;

        plot_theme_init (&theme, PLOT_THEME_LIGHT, 1, NULL);
        plot_painter_paint_chip ((PlotRunStyle) style, diverged, &theme, page.cr, 34, 18);
        g_assert_cmpuint (count_colour (&page, &chip, theme.runs[style].colour), >, 15);
        g_assert_cmpuint (page_get (&page, 36, 9) >> 24, ==, 0);
        g_assert_cmpuint (page_get (&page, 0, 0) >> 24, ==, 0);
        page_clear (&page);
      }
}

/* One x axis for both panels, and one panel where there is no height for two. */
static void
test_stack (void)
{
  g_autoptr (EngSnapshot) snapshot = plot_fixture_new (PLOT_CASE_FULL);
  g_autoptr (PlotFrame)   frame = plot_project (plot_find_class ("spectrum"), snapshot,
                                                NULL);
  g_autoptr (PlotLayout)  layout = plot_layout_new ();
  cairo_surface_t  *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 470, 260);
  cairo_t          *cr = cairo_create (surface);
  PlotTheme         theme;
  cairo_rectangle_t upper, lower, alone;

  plot_theme_init (&theme, PLOT_THEME_LIGHT, 1, NULL);
  plot_painter_paint (frame, &theme, layout, cr, 470, 260);
  g_assert_cmpuint (plot_layout_get_n_panels (layout), ==, 2);
  g_assert_true (plot_layout_get_area (layout, 0, &upper));
  g_assert_true (plot_layout_get_area (layout, 1, &lower));
  g_assert_cmpfloat (upper.x, ==, lower.x);
  g_assert_cmpfloat (upper.width, ==, lower.width);
  g_assert_cmpfloat (lower.y, >, upper.y + upper.height);
  plot_painter_paint (frame, &theme, layout, cr, 470, 170);
  g_assert_cmpuint (plot_layout_get_n_panels (layout), ==, 1);
  g_assert_true (plot_layout_get_area (layout, 0, &alone));
  g_assert_cmpfloat (alone.y + alone.height, >, 120);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

static guint32
read_pixel (cairo_surface_t *surface, int x, int y)
{
  guint32 pixel;

  memcpy (&pixel,
          cairo_image_surface_get_data (surface)
              + y * cairo_image_surface_get_stride (surface) + 4 * x,
          4);
  return pixel;
}

/* A dashed level, looked at from `from` on. */
static cairo_surface_t *
paint_level (double from, cairo_rectangle_t *area)
{
  g_autoptr (PlotFrame)  frame = plot_frame_new ("Level");
  g_autoptr (PlotLayout) layout = plot_layout_new ();
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 400, 200);
  cairo_t         *cr = cairo_create (surface);
  PlotPanel       *panel = plot_frame_add_panel (frame);
  double           x[1001], y[1001];
  PlotTheme        theme;

  for (guint i = 0; i < 1001; i++)
    {
      x[i] = i;
      y[i] = 0.55;
    }
  panel->x.lo = panel->y.lo = 0;
  panel->x.hi = 1000;
  panel->y.hi = 1;
  panel->x.fixed = panel->y.fixed = TRUE;
  panel->x.shown = (PlotRange){ from, from + 300 };
  plot_panel_add_series (panel, PLOT_RUN_LAZY, PLOT_ROLE_TEST, 1001, x, y);
  plot_theme_init (&theme, PLOT_THEME_LIGHT, 1, NULL);
  plot_painter_paint (frame, &theme, layout, cr, 400, 200);
  plot_layout_get_area (layout, 0, area);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  return surface;
}

/* Dashes move with the data, not with the edge of what is seen. */
static void
test_dashes (void)
{
  const int         shift = 5; /* neither a dash nor a period of lazy's line */
  cairo_rectangle_t area;
  cairo_surface_t  *before = paint_level (200, &area);
  cairo_surface_t  *after = paint_level (200 + shift * 300 / area.width, &area);
  int               row = (int) (area.y + 0.45 * area.height);
  guint             n_edges = 0;

  for (int x = (int) area.x + 10; x < (int) (area.x + area.width) - 10 - shift; x++)
    {
      int old = (int) ((read_pixel (before, x + shift, row) >> 16) & 0xff);
      int new = (int) ((read_pixel (after, x, row) >> 16) & 0xff);
      int last = (int) ((read_pixel (after, x - 1, row) >> 16) & 0xff);

      /* The grid lies elsewhere, and is pale. */
      g_assert_cmpint (ABS (old - new), <, 60);
      n_edges += ABS (new - last) > 100;
    }
  g_assert_cmpuint (n_edges, >, 20);
  cairo_surface_destroy (before);
  cairo_surface_destroy (after);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/plot/painter/gap/light", GUINT_TO_POINTER (PLOT_THEME_LIGHT),
                        test_gap);
  g_test_add_data_func ("/plot/painter/gap/dark", GUINT_TO_POINTER (PLOT_THEME_DARK),
                        test_gap);
  g_test_add_func ("/plot/painter/points", test_points);
  g_test_add_func ("/plot/painter/leaves-no-trace", test_leaves_no_trace);
  g_test_add_func ("/plot/painter/range-stays", test_range_stays);
  g_test_add_func ("/plot/painter/range-of-nothing", test_range_of_nothing);
  g_test_add_func ("/plot/painter/gutters", test_gutters);
  g_test_add_func ("/plot/painter/mapping", test_mapping);
  g_test_add_func ("/plot/painter/any-size", test_any_size);
  g_test_add_func ("/plot/painter/long-line", test_long_line);
  g_test_add_func ("/plot/painter/zoom", test_zoom);
  g_test_add_func ("/plot/painter/zoom-ranges", test_zoom_ranges);
  g_test_add_func ("/plot/painter/chip", test_chip);
  g_test_add_func ("/plot/painter/dashes", test_dashes);
  g_test_add_func ("/plot/painter/stack", test_stack);
  return g_test_run ();
}
