/* SPDX-License-Identifier: GPL-3.0-or-later
 * Shapes of the painter: crisp lines, markers, textures. */
#include "config.h"

#include "plot-canvas.h"

#include <math.h>

/* Distance of hatch lines and dots, at line scale 1. */
#define TEXTURE_STEP 6.0
#define DOT_RADIUS   0.9

double
plot_canvas_text_length (const PlotCanvas *self, double length)
{
  return length * self->theme->text_scale;
}

double
plot_canvas_line_length (const PlotCanvas *self, double length)
{
  return length * self->theme->line_scale;
}

void
plot_canvas_set_colour (PlotCanvas *self, PlotColour colour, double alpha)
{
  cairo_set_source_rgba (self->cr, ((colour >> 16) & 0xff) / 255.0,
                         ((colour >> 8) & 0xff) / 255.0, (colour & 0xff) / 255.0, alpha);
}

void
plot_canvas_hline (PlotCanvas *self, double x0, double x1, double y)
{
  cairo_move_to (self->cr, x0, floor (y) + 0.5);
  cairo_line_to (self->cr, x1, floor (y) + 0.5);
}

void
plot_canvas_vline (PlotCanvas *self, double x, double y0, double y1)
{
  cairo_move_to (self->cr, floor (x) + 0.5, y0);
  cairo_line_to (self->cr, floor (x) + 0.5, y1);
}

/* Corners of regular shapes with areas near that of a circle of the same radius. */
static void
add_polygon (cairo_t *cr, double x, double y, double radius, guint n, double start)
{
  for (guint i = 0; i < n; i++)
    {
      double angle = start + 2 * G_PI * i / n;

      cairo_line_to (cr, x + radius * cos (angle), y + radius * sin (angle));
    }
  cairo_close_path (cr);
}

static void
add_marker_path (cairo_t *cr, PlotMarker marker, double x, double y, double r)
{
  cairo_new_path (cr);
  switch (marker)
    {
    case PLOT_MARKER_TRIANGLE:
      add_polygon (cr, x, y + 0.15 * r, 1.35 * r, 3, -G_PI / 2);
      break;
    case PLOT_MARKER_TRIANGLE_DOWN:
      add_polygon (cr, x, y - 0.15 * r, 1.35 * r, 3, G_PI / 2);
      break;
    case PLOT_MARKER_SQUARE:
      cairo_rectangle (cr, x - 0.92 * r, y - 0.92 * r, 1.84 * r, 1.84 * r);
      break;
    case PLOT_MARKER_DIAMOND:
      add_polygon (cr, x, y, 1.32 * r, 4, 0);
      break;
    case PLOT_MARKER_PENTAGON:
      add_polygon (cr, x, y, 1.15 * r, 5, -G_PI / 2);
      break;
    case PLOT_MARKER_PLUS:
      cairo_rectangle (cr, x - 1.2 * r, y - 0.42 * r, 2.4 * r, 0.84 * r);
      cairo_rectangle (cr, x - 0.42 * r, y - 1.2 * r, 0.84 * r, 2.4 * r);
      break;
    case PLOT_MARKER_CROSS:
      cairo_move_to (cr, x - 1.3 * r, y - 1.3 * r);
      cairo_line_to (cr, x + 1.3 * r, y + 1.3 * r);
      cairo_move_to (cr, x - 1.3 * r, y + 1.3 * r);
      cairo_line_to (cr, x + 1.3 * r, y - 1.3 * r);
      break;
    case PLOT_MARKER_CIRCLE:
    default:
      cairo_arc (cr, x, y, r, 0, 2 * G_PI);
      cairo_close_path (cr);
      break;
    }
}

void
plot_canvas_marker (PlotCanvas *self,
                    PlotMarker  marker,
                    double      x,
                    double      y,
                    double      radius,
                    double      rim,
                    PlotColour  colour)
{
  cairo_t *cr = self->cr;
  double   stroke = 0.62 * radius; /* of the cross, which has no inside */

  cairo_save (cr);
  cairo_set_dash (cr, NULL, 0, 0);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_MITER);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  add_marker_path (cr, marker, x, y, radius);
  if (rim > 0)
    {
      plot_canvas_set_colour (self, self->theme->background, 1);
      cairo_set_line_width (cr, marker == PLOT_MARKER_CROSS ? stroke + 2 * rim : 2 * rim);
      cairo_stroke_preserve (cr);
    }
  plot_canvas_set_colour (self, colour, 1);
  if (marker == PLOT_MARKER_CROSS)
    {
      cairo_set_line_width (cr, stroke);
      cairo_stroke (cr);
    }
  else
    cairo_fill (cr);
  cairo_restore (cr);
}

static void
add_diagonals (cairo_t *cr, const cairo_rectangle_t *area, double step, gboolean rising)
{
  double sign = rising ? 1 : -1;
  double x1 = area->x + area->width;
  double y1 = area->y + area->height;
  /* Lines x + sign y = c, with c a multiple of the step whatever the area. */
  double lo = area->x + (rising ? area->y : -y1);
  double hi = x1 + (rising ? y1 : -area->y);

  for (double c = ceil (lo / step) * step; c <= hi; c += step)
    {
      cairo_move_to (cr, c - sign * area->y, area->y);
      cairo_line_to (cr, c - sign * y1, y1);
    }
}

static void
add_dots (cairo_t *cr, const cairo_rectangle_t *area, double step, double radius)
{
  double x1 = area->x + area->width + radius;
  double y1 = area->y + area->height + radius;

  for (double y = floor (area->y / step) * step; y <= y1; y += step)
    for (double x = floor (area->x / step) * step; x <= x1; x += step)
      {
        gboolean odd = ((long long) llround (y / step)) & 1;

        cairo_new_sub_path (cr);
        cairo_arc (cr, x + (odd ? step / 2 : 0), y, radius, 0, 2 * G_PI);
      }
}

void
plot_canvas_texture (PlotCanvas              *self,
                     PlotTexture              texture,
                     const cairo_rectangle_t *area,
                     PlotColour               colour)
{
  cairo_t *cr = self->cr;
  double   step = plot_canvas_line_length (self, TEXTURE_STEP);

  if (texture == PLOT_TEXTURE_PLAIN || area->width <= 0 || area->height <= 0)
    return;
  cairo_save (cr);
  cairo_set_dash (cr, NULL, 0, 0);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_BUTT);
  cairo_set_line_width (cr, plot_canvas_line_length (self, 1.5));
  plot_canvas_set_colour (self, colour, 1);
  cairo_new_path (cr);
  if (texture == PLOT_TEXTURE_DOTS)
    {
      add_dots (cr, area, step, plot_canvas_line_length (self, DOT_RADIUS));
      cairo_fill (cr);
    }
  else
    {
      /* Lines lie 6 px apart measured across them. */
      add_diagonals (cr, area, step * G_SQRT2, TRUE);
      if (texture == PLOT_TEXTURE_CROSSES)
        add_diagonals (cr, area, step * G_SQRT2, FALSE);
      cairo_stroke (cr);
    }
  cairo_restore (cr);
}

void
plot_canvas_hatch_unknown (PlotCanvas *self, const cairo_rectangle_t *area)
{
  cairo_t *cr = self->cr;

  if (area->width <= 0 || area->height <= 0)
    return;
  cairo_save (cr);
  cairo_rectangle (cr, area->x, area->y, area->width, area->height);
  cairo_clip (cr);
  cairo_set_dash (cr, NULL, 0, 0);
  cairo_set_line_width (cr, 1);
  plot_canvas_set_colour (self, self->theme->hatch, 1);
  cairo_new_path (cr);
  add_diagonals (cr, area, plot_canvas_line_length (self, 9), TRUE);
  cairo_stroke (cr);
  cairo_restore (cr);
}
