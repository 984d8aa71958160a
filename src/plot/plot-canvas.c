/* SPDX-License-Identifier: GPL-3.0-or-later
 * Shapes of the painter: crisp lines, markers, textures. */
#include "config.h"

#include "plot-canvas.h"

#include <math.h>

/* Distance of hatch lines and dots, at line scale 1. */
#define TEXTURE_STEP 6.0
#define DOT_RADIUS   0.9
/* Gutters of the design language are for ticks of this size. */
#define DESIGN_TICK_SIZE 11.5

double
plot_canvas_text_length (const PlotCanvas *self, double length)
{
  return length * self->theme->text_scale * self->theme->tick_size / DESIGN_TICK_SIZE;
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

/* Whether the stack has the band at column `x`, at the height `y`. */
static gboolean
is_between (const PlotStretch *stretch, double x, double y, double margin)
{
  double column = floor (x - stretch->x);

  if (column < 0 || column >= stretch->n)
    return FALSE;
  /* NaN compares false: where there is no band there is no texture. */
  return y >= stretch->upper[(guint) column] + margin
         && y <= stretch->lower[(guint) column] - margin;
}

/* Dots that do not fit whole are left out. */
static void
add_dots (cairo_t *cr, const PlotStretch *stretch, double step, double radius)
{
  double x1 = stretch->x + stretch->n - radius;

  for (double x = ceil ((stretch->x + radius) / step) * step; x <= x1; x += step)
    {
      gboolean odd = ((long long) llround (x / step)) & 1;
      guint    column = (guint) (x - stretch->x);
      double   top = stretch->upper[column] + radius;
      double   bottom = stretch->lower[column] - radius;

      if (isnan (top) || isnan (bottom))
        continue;
      for (double y = (ceil (top / step - odd * 0.5) + odd * 0.5) * step; y <= bottom;
           y += step)
        {
          /* A hexagon of this size looks round and costs a fifth of a circle. */
          cairo_new_sub_path (cr);
          add_polygon (cr, x, y, 1.08 * radius, 6, 0);
        }
    }
}

/* The part of the diagonal x + sign y = c between the edges, column by column: clipping
 * each stroke to an outline would cost ten times as much. */
static void
add_stretched_diagonal (cairo_t *cr, const PlotStretch *stretch, double c, double sign)
{
  gboolean drawing = FALSE;
  double   last_x = 0, last_y = 0;

  for (guint i = 0; i < stretch->n; i++)
    {
      double   x = stretch->x + i + 0.5;
      double   y = sign * (c - x);
      gboolean inside = is_between (stretch, x, y, 0);

      if (inside && !drawing)
        cairo_move_to (cr, x - 0.5, sign * (c - x + 0.5));
      if (!inside && drawing)
        cairo_line_to (cr, last_x, last_y);
      drawing = inside;
      last_x = x + 0.5;
      last_y = sign * (c - last_x);
    }
  if (drawing)
    cairo_line_to (cr, last_x, last_y);
}

static void
add_stretched_diagonals (cairo_t           *cr,
                         const PlotStretch *stretch,
                         double             step,
                         double             sign)
{
  double top = INFINITY, bottom = -INFINITY, lo, hi;

  for (guint i = 0; i < stretch->n; i++)
    {
      top = fmin (top, stretch->upper[i]);
      bottom = fmax (bottom, stretch->lower[i]);
    }
  if (!(top < bottom))
    return;
  lo = stretch->x + (sign > 0 ? top : -bottom);
  hi = stretch->x + stretch->n + (sign > 0 ? bottom : -top);
  for (double c = ceil (lo / step) * step; c <= hi; c += step)
    add_stretched_diagonal (cr, stretch, c, sign);
}

void
plot_canvas_texture (PlotCanvas        *self,
                     PlotTexture        texture,
                     const PlotStretch *stretch,
                     PlotColour         colour)
{
  cairo_t *cr = self->cr;
  double   step = plot_canvas_line_length (self, TEXTURE_STEP);

  if (texture == PLOT_TEXTURE_PLAIN)
    return;
  cairo_save (cr);
  cairo_set_dash (cr, NULL, 0, 0);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_BUTT);
  cairo_set_line_width (cr, plot_canvas_line_length (self, 1.4));
  plot_canvas_set_colour (self, colour, 1);
  cairo_new_path (cr);
  if (texture == PLOT_TEXTURE_DOTS)
    {
      add_dots (cr, stretch, step, plot_canvas_line_length (self, DOT_RADIUS));
      cairo_fill (cr);
    }
  else
    {
      /* Lines lie one step apart measured across them. */
      add_stretched_diagonals (cr, stretch, step * G_SQRT2, 1);
      if (texture == PLOT_TEXTURE_CROSSES)
        add_stretched_diagonals (cr, stretch, step * G_SQRT2, -1);
      cairo_stroke (cr);
    }
  cairo_restore (cr);
}

void
plot_canvas_hatch_unknown (PlotCanvas *self, const cairo_rectangle_t *area)
{
  cairo_t *cr = self->cr;
  double   step = plot_canvas_line_length (self, 9);
  double   x1 = area->x + area->width;
  double   y1 = area->y + area->height;

  if (area->width <= 0 || area->height <= 0)
    return;
  cairo_save (cr);
  cairo_set_dash (cr, NULL, 0, 0);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_BUTT);
  cairo_set_line_width (cr, 1);
  plot_canvas_set_colour (self, self->theme->hatch, 1);
  cairo_new_path (cr);
  /* Lines x + y = c, with c a multiple of the step whatever the area; cut by hand, because
   * cairo works on the whole of a line that is clipped to a corner of it. */
  for (double c = ceil ((area->x + area->y) / step) * step; c <= x1 + y1; c += step)
    {
      double top = fmax (area->y, c - x1);
      double bottom = fmin (y1, c - area->x);

      cairo_move_to (cr, c - top, top);
      cairo_line_to (cr, c - bottom, bottom);
    }
  cairo_stroke (cr);
  cairo_restore (cr);
}
