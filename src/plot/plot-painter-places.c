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

/* Words on the hatch stand on a patch of background, so that no line runs through. */
static void
paint_patch (PlotPaint *self, const cairo_rectangle_t *box)
{
  PlotCanvas *canvas = self->canvas;
  double      x;

  if (isnan (self->panel->hatch_from) || self->panel->spans->len > 0)
    return;
  x = plot_scale_map (&self->view->x, self->panel->hatch_from);
  if (box->x + box->width <= x)
    return;
  x = MAX (x + 1, box->x - 1);
  plot_canvas_set_colour (canvas, canvas->theme->background, 1);
  cairo_rectangle (canvas->cr, x, box->y, box->x + box->width - x, box->height);
  cairo_fill (canvas->cr);
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
