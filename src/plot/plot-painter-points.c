/* SPDX-License-Identifier: GPL-3.0-or-later
 * Points of runs that stand side by side, and the treads they belong on. */
#include "config.h"

#include "plot-painter-private.h"

#include <math.h>

#define RIM 1.6
/* What is open of a hollow marker. */
#define HOLLOW 0.55
/* Where points stand closer than they are wide they shrink, down to this share. */
#define SMALLEST 0.65

static gboolean
is_shown (PlotPaint *self, const PlotSeries *series, gsize i)
{
  return plot_scale_holds (&self->view->x, series->x[i])
         && (series->beyond || plot_scale_holds (&self->view->y, series->y[i]));
}

static void
paint_target (PlotPaint *self, const PlotSeries *series)
{
  static const double dash[] = { 5, 3 };
  PlotCanvas         *canvas = self->canvas;
  double              scaled[G_N_ELEMENTS (dash)];

  for (guint i = 0; i < G_N_ELEMENTS (dash); i++)
    scaled[i] = plot_canvas_line_length (canvas, dash[i]);
  cairo_set_dash (canvas->cr, scaled, G_N_ELEMENTS (dash), 0);
  cairo_set_line_width (canvas->cr,
                        plot_canvas_line_length (canvas, canvas->theme->stair_width));
  plot_canvas_set_colour (canvas, canvas->theme->theory, 1);
  for (gsize i = 0; i < series->n; i++)
    {
      double x0 = plot_scale_map (&self->view->x, series->x[i] - series->reach);
      double x1 = plot_scale_map (&self->view->x, series->x[i] + series->reach);
      double y;

      if (!is_shown (self, series, i))
        continue;
      y = floor (plot_scale_map (&self->view->y, series->y[i])) + 0.5;
      cairo_move_to (canvas->cr, x0, y);
      cairo_line_to (canvas->cr, x1, y);
      plot_occupancy_add_segment (self->taken, x0, y, x1, y);
    }
  cairo_stroke (canvas->cr);
  cairo_set_dash (canvas->cr, NULL, 0, 0);
}

/* Returns: pixels between the points of neighbouring runs; infinite if there is one. */
static double
find_gap (PlotPaint *self)
{
  double smallest = INFINITY, last = NAN;

  if (!self->panel->x.whole)
    return INFINITY;
  for (guint i = 0; i < self->panel->series->len; i++)
    {
      const PlotSeries *series = g_ptr_array_index (self->panel->series, i);

      if (series->role != PLOT_ROLE_POINTS)
        continue;
      smallest = fmin (smallest, fabs (series->shift - last));
      last = series->shift;
    }
  return smallest
         * (plot_scale_map (&self->view->x, 2) - plot_scale_map (&self->view->x, 1));
}

/* Of their full size. */
static double
get_share (PlotPaint *self)
{
  double diameter
      = 2 * plot_canvas_line_length (self->canvas, self->canvas->theme->marker_radius);

  return CLAMP (find_gap (self) / diameter, SMALLEST, 1);
}

/* Rims keep points of different runs apart.  Those of one that lie close together are a band:
 * all rims come first. */
static void
paint_markers (PlotPaint *self, const PlotSeries *series, double rim)
{
  PlotCanvas        *canvas = self->canvas;
  const PlotRunLook *look = plot_theme_get_run (canvas->theme, series->style);
  double             radius = get_share (self)
                  * plot_canvas_line_length (canvas, canvas->theme->marker_radius);
  PlotMarker marker = series->diverged ? PLOT_MARKER_CROSS : look->marker;

  for (gsize i = 0; i < series->n; i++)
    {
      double x = plot_scale_map (&self->view->x, series->x[i] + series->shift);
      double y;

      if (!is_shown (self, series, i))
        continue;
      y = plot_scale_map (&self->view->y, series->y[i]);
      plot_canvas_marker (canvas, marker, x, y, radius, rim, look->colour);
      if (plot_series_is_pinned (series))
        plot_paint_hollow (canvas, marker, x, y, radius);
      plot_occupancy_add_box (
          self->taken,
          &(cairo_rectangle_t){ x - radius, y - radius, 2 * radius, 2 * radius });
    }
}

static void
paint_points (PlotPaint *self, const PlotSeries *series)
{
  double share = get_share (self);

  /* Narrower beside small ones, of which it hides more. */
  paint_markers (self, series,
                 share * share * plot_canvas_line_length (self->canvas, RIM));
  paint_markers (self, series, 0);
}

void
plot_paint_hollow (PlotCanvas *canvas,
                   PlotMarker  marker,
                   double      x,
                   double      y,
                   double      radius)
{
  if (marker != PLOT_MARKER_CROSS)
    plot_canvas_marker (canvas, marker, x, y, HOLLOW * radius, 0,
                        canvas->theme->background);
}

static void
paint_all (PlotPaint *self,
           PlotRole   role,
           void (*paint) (PlotPaint *self, const PlotSeries *series))
{
  for (guint i = 0; i < self->panel->series->len; i++)
    {
      const PlotSeries *series = g_ptr_array_index (self->panel->series, i);

      if (series->role == role)
        paint (self, series);
    }
}

void
plot_paint_targets (PlotPaint *self)
{
  paint_all (self, PLOT_ROLE_TARGET, paint_target);
}

void
plot_paint_points (PlotPaint *self)
{
  paint_all (self, PLOT_ROLE_PINNED_POINTS, paint_points);
  paint_all (self, PLOT_ROLE_POINTS, paint_points);
}
