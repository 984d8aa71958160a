/* SPDX-License-Identifier: GPL-3.0-or-later
 * Words inside a plot take the first of their places that hits nothing. */
#include "config.h"

#include "plot-painter-private.h"

#include <math.h>

/* Words may stand this far above the plot area. */
#define OVERHANG 9.0

void
plot_places_add (PlotPlaces *self, double x, double y, double align)
{
  g_assert (self->n < PLOT_MAX_PLACES);
  self->at[self->n].x = x;
  self->at[self->n].y = y;
  self->at[self->n].align = align;
  self->n++;
}

static void
fill_background (PlotPaint *self, double x, double y, double width, double height)
{
  PlotCanvas *canvas = self->canvas;

  plot_canvas_set_colour (canvas, canvas->theme->background, 1);
  cairo_rectangle (canvas->cr, x, y, width, height);
  cairo_fill (canvas->cr);
}

/* Words on a hatch or on a filled area stand on a patch of background, so that no line runs
 * through. */
static void
paint_patch (PlotPaint *self, const cairo_rectangle_t *box)
{
  double x;

  if (self->panel->areas->len > 0)
    {
      fill_background (self, box->x, box->y, box->width, box->height);
      return;
    }
  if (isnan (self->panel->hatch_from) || self->panel->spans->len > 0)
    return;
  x = plot_scale_map (&self->view->x, self->panel->hatch_from);
  if (box->x + box->width <= x)
    return;
  x = MAX (x + 1, box->x - 1);
  fill_background (self, x, box->y, box->x + box->width - x, box->height);
}

gboolean
plot_paint_try_places (PlotPaint               *self,
                       PlotFont                 font,
                       const char              *text,
                       PlotColour               colour,
                       const PlotPlaces        *places,
                       const cairo_rectangle_t *bounds)
{
  for (guint i = 0; i < places->n; i++)
    {
      double            x = places->at[i].x;
      double            y = places->at[i].y;
      double            align = places->at[i].align;
      cairo_rectangle_t box = plot_paint_text_box (self, font, text, x, y, align);

      if (!plot_occupancy_is_free (self->taken, &box, bounds))
        continue;
      paint_patch (self, &box);
      plot_canvas_text (self->canvas, font, text, colour, x, y, align);
      plot_occupancy_add_box (self->taken, &box);
      return TRUE;
    }
  return FALSE;
}

cairo_rectangle_t
plot_paint_get_bounds (PlotPaint *self)
{
  cairo_rectangle_t bounds = self->view->area;
  double            overhang = self->panel->spans->len > 0
                                   ? 0
                                   : plot_canvas_text_length (self->canvas, OVERHANG);

  bounds.y -= overhang;
  bounds.height += overhang;
  return bounds;
}

gboolean
plot_paint_try_tick_label (PlotPaint *self, const char *text, const PlotPlaces *places)
{
  cairo_rectangle_t bounds = plot_paint_get_bounds (self);

  return plot_paint_try_places (self, PLOT_FONT_TICK, text, self->canvas->theme->theory,
                                places, &bounds);
}

void
plot_paint_tick_label_over (PlotPaint *self, const char *text, const PlotPlaces *places)
{
  cairo_rectangle_t bounds = plot_paint_get_bounds (self);
  cairo_rectangle_t best = { 0 };
  guint             at = places->n, fewest = G_MAXUINT;

  for (guint i = 0; i < places->n; i++)
    {
      cairo_rectangle_t box = plot_paint_text_box (self, PLOT_FONT_TICK, text,
                                                   places->at[i].x, places->at[i].y,
                                                   places->at[i].align);
      guint             n = plot_occupancy_count (self->taken, &box);

      if (box.x < bounds.x || box.x + box.width > bounds.x + bounds.width
          || box.y + box.height > bounds.y + bounds.height || n >= fewest)
        continue;
      best = box;
      fewest = n;
      at = i;
    }
  if (at == places->n)
    return;
  fill_background (self, best.x, best.y, best.width, best.height);
  plot_canvas_text (self->canvas, PLOT_FONT_TICK, text, self->canvas->theme->theory,
                    places->at[at].x, places->at[at].y, places->at[at].align);
  plot_occupancy_add_box (self->taken, &best);
}
