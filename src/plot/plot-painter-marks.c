/* SPDX-License-Identifier: GPL-3.0-or-later
 * Lines, points, guides and the markers at their ends. */
#include "config.h"

#include "plot-painter-private.h"

#include <math.h>

/* Longer lines are stroked in pieces with bevel joins: cairo's time for one path grows
 * faster than its length. */
#define LONG_LINE 1000
#define CHUNK     64
/* Markers of one band closer than this are thinned. */
#define MIN_POINT_DISTANCE 2.0
#define RIM                1.6
/* Curves of a pinned experiment: beside the width and the opacity of a test curve. */
#define PINNED_WIDTH   0.6
#define PINNED_OPACITY 0.5
/* Under the outline of a histogram. */
#define FILL_ALPHA 0.22

static void
set_dash (PlotCanvas *canvas, const double *dash, guint n, double factor, double offset)
{
  double scaled[PLOT_MAX_DASH];

  for (guint i = 0; i < n; i++)
    scaled[i] = plot_canvas_line_length (canvas, dash[i]) * factor;
  cairo_set_dash (canvas->cr, scaled, (int) n, offset);
}

/* --- guides ------------------------------------------------------------------- */

static void
paint_rule (PlotPaint *self, const PlotRule *rule)
{
  static const double      dash[] = { 2, 3 };
  const cairo_rectangle_t *area = &self->view->area;
  PlotCanvas              *canvas = self->canvas;
  const PlotScale         *scale = rule->vertical ? &self->view->x : &self->view->y;
  double                   at = plot_scale_map (scale, rule->at);

  if (rule->at < scale->lo || rule->at > scale->hi)
    return;
  set_dash (canvas, dash, rule->vertical ? 0 : 2, 1, 0);
  cairo_set_line_width (
      canvas->cr,
      rule->vertical ? 1 : plot_canvas_line_length (canvas, canvas->theme->guide_width));
  plot_canvas_set_colour (canvas, canvas->theme->theory, 1);
  if (rule->vertical)
    plot_canvas_vline (canvas, at, area->y, area->y + area->height);
  else
    {
      plot_canvas_hline (canvas, area->x, area->x + area->width, at);
      plot_occupancy_add_segment (self->taken, area->x, at, area->x + area->width, at);
    }
  cairo_stroke (canvas->cr);
}

static gboolean
is_stair_shown (PlotPaint *self, const PlotStair *stair)
{
  return plot_scale_holds (&self->view->y, stair->y) && stair->x0 < self->view->x.hi
         && stair->x1 > self->view->x.lo;
}

static void
paint_stair (PlotPaint *self, const PlotStair *stair)
{
  static const double dash[] = { 5, 3 };
  PlotCanvas         *canvas = self->canvas;
  double              x0 = plot_scale_map (&self->view->x, stair->x0);
  double              x1 = plot_scale_map (&self->view->x, stair->x1);
  double              y = floor (plot_scale_map (&self->view->y, stair->y)) + 0.5;
  double              hidden = x0 - plot_scale_map_beyond (&self->view->x, stair->x0);

  if (!is_stair_shown (self, stair))
    return;
  /* A stair of one direction is still seen. */
  if (x1 - x0 < 5)
    {
      x0 = (x0 + x1) / 2 - 2.5;
      x1 = x0 + 5;
    }
  set_dash (canvas, dash, 2, 1, hidden);
  cairo_set_line_width (canvas->cr,
                        plot_canvas_line_length (canvas, canvas->theme->stair_width));
  plot_canvas_set_colour (canvas, canvas->theme->theory, 1);
  cairo_move_to (canvas->cr, x0, y);
  cairo_line_to (canvas->cr, x1, y);
  cairo_stroke (canvas->cr);
  plot_occupancy_add_segment (self->taken, x0, y, x1, y);
}

static void
paint_now (PlotPaint *self)
{
  const cairo_rectangle_t *area = &self->view->area;
  PlotCanvas              *canvas = self->canvas;
  double                   x;

  if (!plot_scale_holds (&self->view->x, self->panel->now))
    return;
  x = plot_scale_map (&self->view->x, self->panel->now);
  plot_occupancy_add_segment (self->taken, x, area->y, x, area->y + area->height);
  plot_canvas_vline (canvas, x, area->y, area->y + area->height);
  cairo_set_dash (canvas->cr, NULL, 0, 0);
  cairo_set_line_width (canvas->cr, 1);
  plot_canvas_set_colour (canvas, canvas->theme->axis, 1);
  cairo_stroke (canvas->cr);
}

void
plot_paint_guides (PlotPaint *self)
{
  for (guint i = 0; i < self->panel->rules->len; i++)
    paint_rule (self, g_ptr_array_index (self->panel->rules, i));
  for (guint i = 0; i < self->panel->stairs->len; i++)
    paint_stair (self, g_ptr_array_index (self->panel->stairs, i));
  paint_now (self);
  cairo_set_dash (self->canvas->cr, NULL, 0, 0);
}

/* --- points ------------------------------------------------------------------- */

static void
paint_cloud (PlotPaint *self, const PlotCloud *cloud)
{
  PlotCanvas         *canvas = self->canvas;
  const PlotBandLook *look = plot_theme_get_band (canvas->theme, cloud->band);
  double radius = plot_canvas_line_length (canvas, canvas->theme->point_radius);
  double distance = plot_canvas_line_length (canvas, MIN_POINT_DISTANCE);
  double last_x = -INFINITY, last_y = -INFINITY;

  for (gsize i = 0; i < cloud->n; i++)
    {
      double x = plot_scale_map (&self->view->x, cloud->x[i]);
      double y = plot_scale_map (&self->view->y, cloud->y[i]);

      if (!plot_scale_holds (&self->view->x, cloud->x[i])
          || !plot_scale_holds (&self->view->y, cloud->y[i]))
        continue;
      if (i > 0 && i + 1 < cloud->n && hypot (x - last_x, y - last_y) < distance)
        continue;
      if (isfinite (last_x))
        plot_occupancy_add_segment (self->taken, last_x, last_y, x, y);
      plot_canvas_marker (canvas, look->marker, x, y, radius, 0, look->line);
      last_x = x;
      last_y = y;
    }
}

void
plot_paint_clouds (PlotPaint *self)
{
  for (guint i = 0; i < self->panel->clouds->len; i++)
    paint_cloud (self, g_ptr_array_index (self->panel->clouds, i));
}

/* --- lines -------------------------------------------------------------------- */

static void
add_vertices (cairo_t *cr, const GArray *vertices, guint first, guint end)
{
  for (guint i = first; i < end; i++)
    {
      const PlotVertex *vertex = &g_array_index (vertices, PlotVertex, i);

      if (i == first || vertex->starts)
        cairo_move_to (cr, vertex->x, vertex->y);
      /* A lone sample between gaps is a dot, thanks to the round cap. */
      cairo_line_to (cr, vertex->x, vertex->y);
    }
}

/* Dashes of every piece are counted from where the pen was set down or, where that is out of
 * sight, along x from the first sample: they stay with the data while these are moved. */
static void
stroke_pieces (PlotCanvas   *canvas,
               const GArray *vertices,
               const double *dash,
               guint         n_dash,
               double        factor)
{
  const PlotVertex *all = (const PlotVertex *) vertices->data;
  guint             most = vertices->len > LONG_LINE ? CHUNK + 1 : G_MAXUINT;

  if (vertices->len > LONG_LINE)
    cairo_set_line_join (canvas->cr, CAIRO_LINE_JOIN_BEVEL);
  for (guint first = 0, end; first < vertices->len; first = end)
    {
      end = first + 1;
      while (end < vertices->len && !all[end].starts && end - first < most)
        end++;
      set_dash (canvas, dash, n_dash, factor, all[first].along);
      add_vertices (canvas->cr, vertices, first, end);
      cairo_stroke (canvas->cr);
      /* What goes on begins where this ended. */
      if (end < vertices->len && !all[end].starts)
        end--;
    }
}

/* Down to the floor, pale enough to let guides through. */
static void
fill_below (PlotPaint *self, const PlotSeries *series, const GArray *vertices)
{
  PlotCanvas *canvas = self->canvas;
  cairo_t    *cr = canvas->cr;
  double      floor_y = self->view->area.y + self->view->area.height;

  if (vertices->len < 2)
    return;
  add_vertices (cr, vertices, 0, vertices->len);
  cairo_line_to (cr, g_array_index (vertices, PlotVertex, vertices->len - 1).x, floor_y);
  cairo_line_to (cr, g_array_index (vertices, PlotVertex, 0).x, floor_y);
  cairo_close_path (cr);
  plot_canvas_set_colour (
      canvas, plot_theme_get_run (canvas->theme, series->style)->colour, FILL_ALPHA);
  cairo_fill (cr);
}

static void
stroke_series (PlotPaint *self, const PlotSeries *series, const GArray *vertices)
{
  PlotCanvas        *canvas = self->canvas;
  cairo_t           *cr = canvas->cr;
  const PlotRunLook *look = plot_theme_get_run (canvas->theme, series->style);
  gboolean           thin = series->role == PLOT_ROLE_TRAIN;
  gboolean           pinned = series->role == PLOT_ROLE_PINNED;
  double             factor = thin || pinned ? 0.6 : 1;
  double             width = thin ? canvas->theme->train_width
                                  : (pinned ? PINNED_WIDTH : 1) * canvas->theme->test_width;
  guint              n_dash = series->role == PLOT_ROLE_HISTOGRAM ? 0 : look->n_dash;

  if (series->role == PLOT_ROLE_HISTOGRAM)
    fill_below (self, series, vertices);
  cairo_set_line_width (cr, plot_canvas_line_length (canvas, width));
  plot_canvas_set_colour (canvas, look->colour,
                          thin ? 0.85 : (pinned ? PINNED_OPACITY : 1));
  cairo_set_line_cap (cr, look->n_dash > 0 ? CAIRO_LINE_CAP_BUTT : CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  stroke_pieces (canvas, vertices, look->dash, n_dash, factor);
}

static void
clip_to_area (PlotPaint *self)
{
  const cairo_rectangle_t *area = &self->view->area;
  double margin = plot_canvas_line_length (self->canvas, self->canvas->theme->test_width);

  cairo_rectangle (self->canvas->cr, area->x - margin, area->y - margin,
                   area->width + 2 * margin, area->height + 2 * margin);
  cairo_clip (self->canvas->cr);
}

void
plot_paint_theory_dashes (PlotCanvas *canvas, PlotTheory theory)
{
  static const struct
  {
    double dash[PLOT_MAX_DASH];
    guint  n;
  } dashes[PLOT_N_THEORIES] = {
    [PLOT_THEORY_DASHED] = { { 5, 3 }, 2 },
    [PLOT_THEORY_DOTTED] = { { 1.5, 2.5 }, 2 },
    [PLOT_THEORY_DASH_DOTTED] = { { 9, 3, 1.5, 3 }, 4 },
  };

  set_dash (canvas, dashes[theory].dash, dashes[theory].n, 1, 0);
}

static void
stroke_theory (PlotPaint *self, const PlotSeries *series, const GArray *vertices)
{
  PlotCanvas *canvas = self->canvas;

  plot_paint_theory_dashes (canvas, series->theory);
  cairo_set_line_width (canvas->cr,
                        plot_canvas_line_length (canvas, canvas->theme->stair_width));
  plot_canvas_set_colour (canvas, canvas->theme->theory, 1);
  add_vertices (canvas->cr, vertices, 0, vertices->len);
  cairo_stroke (canvas->cr);
}

void
plot_paint_series (PlotPaint *self)
{
  const GPtrArray *series = self->panel->series;

  cairo_save (self->canvas->cr);
  clip_to_area (self);
  for (guint pass = PLOT_ROLE_PINNED; pass <= PLOT_ROLE_THEORY; pass++)
    for (guint i = 0; i < series->len; i++)
      {
        const PlotSeries *one = g_ptr_array_index (series, i);

        if (one->role == pass && pass == PLOT_ROLE_THEORY)
          stroke_theory (self, one, g_ptr_array_index (self->lines, i));
        else if (one->role == pass)
          stroke_series (self, one, g_ptr_array_index (self->lines, i));
      }
  cairo_restore (self->canvas->cr);
}

/* Step 0, alone in its slot. */
static void
paint_start_marker (PlotPaint *self, const PlotSeries *series, const GArray *vertices)
{
  PlotCanvas        *canvas = self->canvas;
  const PlotRunLook *look = plot_theme_get_run (canvas->theme, series->style);
  const PlotVertex  *first;

  if (self->view->x.slot <= 0 || vertices->len < 2 || series->role != PLOT_ROLE_TEST)
    return;
  first = &g_array_index (vertices, PlotVertex, 0);
  if (first->x < self->view->x.p0 + self->view->x.slot / 2)
    plot_canvas_marker (canvas, look->marker, first->x, first->y,
                        plot_canvas_line_length (canvas, canvas->theme->train_radius), 0,
                        look->colour);
}

static void
paint_end_marker (PlotPaint *self, const PlotSeries *series, const GArray *vertices)
{
  PlotCanvas        *canvas = self->canvas;
  const PlotRunLook *look = plot_theme_get_run (canvas->theme, series->style);
  const PlotVertex  *last;
  gboolean           left_below; /* through the floor */
  PlotMarker         marker;
  gboolean           thin = series->role == PLOT_ROLE_TRAIN;
  double radius = plot_canvas_line_length (canvas, thin ? canvas->theme->train_radius
                                                        : canvas->theme->marker_radius);

  if (vertices->len == 0 || (thin && series->diverged))
    return;
  last = &g_array_index (vertices, PlotVertex, vertices->len - 1);
  left_below = last->y >= self->view->y.p0 && last->sample == PLOT_NO_SAMPLE;
  if (last->sample == PLOT_NO_SAMPLE && !left_below)
    return;
  marker = left_below         ? PLOT_MARKER_TRIANGLE_DOWN
           : series->diverged ? PLOT_MARKER_CROSS
                              : look->marker;
  plot_canvas_marker (canvas, marker, last->x, last->y,
                      series->diverged ? 1.15 * radius : radius,
                      thin ? 0 : plot_canvas_line_length (canvas, RIM), look->colour);
  if (series->role == PLOT_ROLE_PINNED)
    plot_paint_hollow (canvas, marker, last->x, last->y, radius);
  plot_occupancy_add_box (
      self->taken,
      &(cairo_rectangle_t){ last->x - radius, last->y - radius, 2 * radius, 2 * radius });
}

void
plot_paint_end_markers (PlotPaint *self)
{
  const GPtrArray *series = self->panel->series;

  for (guint pass = PLOT_ROLE_PINNED; pass <= PLOT_ROLE_TEST; pass++)
    for (guint i = 0; i < series->len; i++)
      {
        const PlotSeries *one = g_ptr_array_index (series, i);

        if (one->role != pass)
          continue;
        paint_start_marker (self, one, g_ptr_array_index (self->lines, i));
        paint_end_marker (self, one, g_ptr_array_index (self->lines, i));
      }
}
