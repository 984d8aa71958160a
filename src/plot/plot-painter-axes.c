/* SPDX-License-Identifier: GPL-3.0-or-later
 * What lies under and around the data: tints, hatches, grid, axes, ticks, titles. */
#include "config.h"

#include "plot-painter-private.h"

#include <math.h>

#define MAJOR 5.0
#define MINOR 3.0
/* From the plot area to the centre of tick labels below and of the axis title. */
#define X_LABEL_DROP 14.0
#define X_TITLE_DROP 28.0
/* From the plot area up to the centres of the two title lines and of band names. */
#define TITLE_RISE    30.0
#define SUBTITLE_RISE 12.0
#define SPAN_RISE     13.0

static double
get_right (const cairo_rectangle_t *area)
{
  return area->x + area->width;
}

static double
get_bottom (const cairo_rectangle_t *area)
{
  return area->y + area->height;
}

/* --- ground ------------------------------------------------------------------- */

static void
paint_span (PlotPaint *self, const PlotSpan *span)
{
  const cairo_rectangle_t *area = &self->view->area;
  PlotCanvas              *canvas = self->canvas;
  const PlotBandLook      *look = plot_theme_get_band (canvas->theme, span->band);
  double                   x0 = plot_scale_map (&self->view->x, span->x0);
  double                   x1 = plot_scale_map (&self->view->x, span->x1);

  plot_canvas_set_colour (canvas, look->fill, look->tint);
  cairo_rectangle (canvas->cr, x0, area->y, x1 - x0, area->height);
  cairo_fill (canvas->cr);
}

static void
paint_hatch (PlotPaint *self)
{
  const cairo_rectangle_t *area = &self->view->area;
  cairo_rectangle_t        rest = *area;
  double                   x;

  if (isnan (self->panel->hatch_from))
    return;
  x = plot_scale_map (&self->view->x, self->panel->hatch_from);
  rest.x = x;
  rest.width = get_right (area) - x;
  plot_canvas_hatch_unknown (self->canvas, &rest);
}

static void
paint_grid (PlotPaint *self)
{
  const cairo_rectangle_t *area = &self->view->area;
  PlotCanvas              *canvas = self->canvas;
  const GArray            *ticks[2] = { self->view->x_ticks, self->view->y_ticks };

  for (guint axis = 0; axis < 2; axis++)
    for (guint i = 0; i < ticks[axis]->len; i++)
      {
        const PlotTick *tick = &g_array_index (ticks[axis], PlotTick, i);

        if (!tick->major)
          continue;
        if (axis == 0)
          plot_canvas_vline (canvas, plot_scale_map (&self->view->x, tick->value),
                             area->y, get_bottom (area));
        else
          plot_canvas_hline (canvas, area->x, get_right (area),
                             plot_scale_map (&self->view->y, tick->value));
      }
  plot_canvas_set_colour (canvas, canvas->theme->grid, 1);
  cairo_set_line_width (canvas->cr, 1);
  cairo_stroke (canvas->cr);
}

void
plot_paint_ground (PlotPaint *self)
{
  for (guint i = 0; i < self->panel->spans->len; i++)
    paint_span (self, g_ptr_array_index (self->panel->spans, i));
  if (self->panel->areas->len == 0 && !self->panel->boxed)
    paint_grid (self);
  paint_hatch (self);
}

/* --- axes --------------------------------------------------------------------- */

static void
paint_x_ticks (PlotPaint *self, double y)
{
  PlotCanvas *canvas = self->canvas;

  for (guint i = 0; i < self->view->x_ticks->len; i++)
    {
      const PlotTick *tick = &g_array_index (self->view->x_ticks, PlotTick, i);
      double          x = plot_scale_map (&self->view->x, tick->value);

      plot_canvas_vline (
          canvas, MIN (x, get_right (&self->view->area) - 1), y + 0.5,
          y + 0.5 + plot_canvas_line_length (canvas, tick->major ? MAJOR : MINOR));
    }
}

static void
paint_y_ticks (PlotPaint *self, double x)
{
  PlotCanvas *canvas = self->canvas;

  for (guint i = 0; i < self->view->y_ticks->len; i++)
    {
      const PlotTick *tick = &g_array_index (self->view->y_ticks, PlotTick, i);
      double          y = plot_scale_map (&self->view->y, tick->value);

      plot_canvas_hline (
          canvas, x + 0.5 - plot_canvas_line_length (canvas, tick->major ? MAJOR : MINOR),
          x + 0.5, MIN (y, get_bottom (&self->view->area)));
    }
}

/* Two short strokes across an axis: what lies beyond is zero, not a smaller decade. */
static void
paint_break (PlotPaint *self, double x, double y, gboolean horizontal)
{
  PlotCanvas *canvas = self->canvas;
  double      r = plot_canvas_line_length (canvas, 3);

  for (int side = -1; side <= 1; side += 2)
    {
      double shift = 1.5 * side;
      double cx = horizontal ? x + shift : x;
      double cy = horizontal ? y : y + shift;

      cairo_move_to (canvas->cr, cx - (horizontal ? r / 2 : r),
                     cy + (horizontal ? r : r / 2));
      cairo_line_to (canvas->cr, cx + (horizontal ? r / 2 : r),
                     cy - (horizontal ? r : r / 2));
    }
}

static void
paint_lines (PlotPaint *self)
{
  const cairo_rectangle_t *area = &self->view->area;
  PlotCanvas              *canvas = self->canvas;
  double                   bottom = get_bottom (area);

  cairo_set_line_width (canvas->cr, 1);
  plot_canvas_set_colour (canvas, canvas->theme->axis, 1);
  if (self->panel->boxed)
    cairo_rectangle (canvas->cr, area->x + 0.5, area->y + 0.5, area->width, area->height);
  else
    {
      plot_canvas_vline (canvas, area->x, area->y, bottom + 0.5);
      plot_canvas_hline (canvas, area->x, get_right (area), bottom);
    }
  paint_x_ticks (self, bottom);
  if (self->view->labels_y)
    paint_y_ticks (self, area->x);
  if (self->view->x.slot > 0)
    paint_break (self, area->x + self->view->x.slot / 2, bottom + 0.5, TRUE);
  if (self->view->y.slot > 0 && self->view->labels_y)
    paint_break (self, area->x + 0.5, bottom - self->view->y.slot / 2, FALSE);
  cairo_stroke (canvas->cr);
}

/* Draws a label of the x axis unless it would touch the one before; moved inwards where
 * the picture ends or another panel is near. */
static void
paint_x_label (PlotPaint *self, const char *text, double x, double *free_from)
{
  PlotCanvas              *canvas = self->canvas;
  const cairo_rectangle_t *area = &self->view->area;
  double half = plot_canvas_text_width (canvas, PLOT_FONT_TICK, text) / 2;
  double limit = self->layout->width - 2;
  double y = get_bottom (area) + plot_canvas_text_length (canvas, X_LABEL_DROP);
  double near = plot_canvas_text_length (canvas, 4);

  if (self->layout->n_columns > 1)
    {
      limit = MIN (limit, get_right (area) + near);
      x = MAX (x, area->x - near + half);
    }
  x = MIN (x, limit - half);
  if (x - half < *free_from)
    return;
  plot_canvas_text (canvas, PLOT_FONT_TICK, text, canvas->theme->tick, x, y, 0.5);
  *free_from = x + half + plot_canvas_text_length (canvas, 3);
}

static void
paint_x_labels (PlotPaint *self)
{
  double free_from = -INFINITY;

  if (self->view->x.slot > 0)
    paint_x_label (self, "0", self->view->area.x, &free_from);
  for (guint i = 0; i < self->view->x_ticks->len; i++)
    {
      const PlotTick *tick = &g_array_index (self->view->x_ticks, PlotTick, i);

      if (tick->label != NULL)
        paint_x_label (self, tick->label, plot_scale_map (&self->view->x, tick->value),
                       &free_from);
    }
}

static void
paint_y_labels (PlotPaint *self)
{
  PlotCanvas *canvas = self->canvas;
  double      x = self->view->area.x - plot_canvas_text_length (canvas, 4)
             - plot_canvas_line_length (canvas, MAJOR);

  for (guint i = 0; i < self->view->y_ticks->len; i++)
    {
      const PlotTick *tick = &g_array_index (self->view->y_ticks, PlotTick, i);

      if (tick->label != NULL)
        plot_canvas_text (canvas, PLOT_FONT_TICK, tick->label, canvas->theme->tick, x,
                          plot_scale_map (&self->view->y, tick->value), 1);
    }
  if (self->view->y.slot > 0)
    plot_canvas_text (canvas, PLOT_FONT_TICK, "0", canvas->theme->tick, x,
                      get_bottom (&self->view->area), 1);
}

/* One title serves all panels of the last row. */
static void
paint_x_title (PlotPaint *self)
{
  const PlotLayout        *layout = self->layout;
  guint                    index = (guint) (self->view - layout->views);
  const cairo_rectangle_t *first = &layout->views[0].area;
  const cairo_rectangle_t *last = &layout->views[layout->n_columns - 1].area;
  PlotCanvas              *canvas = self->canvas;

  if (self->panel->x.title == NULL || index + 1 != layout->n_views)
    return;
  plot_canvas_text (canvas, PLOT_FONT_TICK, self->panel->x.title, canvas->theme->dim,
                    (first->x + get_right (last)) / 2,
                    get_bottom (&self->view->area)
                        + plot_canvas_text_length (canvas, X_TITLE_DROP),
                    0.5);
}

/* In a stack all panels share the axis of the last. */
static gboolean
has_x_labels (PlotPaint *self)
{
  return !self->layout->stacked
         || self->view + 1 == self->layout->views + self->layout->n_views;
}

void
plot_paint_axes (PlotPaint *self)
{
  paint_lines (self);
  if (has_x_labels (self))
    paint_x_labels (self);
  if (self->view->labels_y)
    paint_y_labels (self);
  paint_x_title (self);
}

/* --- titles ------------------------------------------------------------------- */

static void
paint_panel_title (PlotPaint *self)
{
  const PlotPanel         *panel = self->panel;
  PlotCanvas              *canvas = self->canvas;
  const PlotTheme         *theme = canvas->theme;
  const PlotRunLook       *look = plot_theme_get_run (theme, panel->style);
  const cairo_rectangle_t *area = &self->view->area;
  double                   indent = plot_canvas_text_length (canvas, 13);
  double                   room = area->width + plot_canvas_text_length (canvas, 6);
  double                   y = area->y - plot_canvas_text_length (canvas, TITLE_RISE);
  guint                    index = (guint) (self->view - self->layout->views);
  PlotFont                 font = self->layout->title_font;
  g_autofree char         *name = plot_canvas_fit_text (
              canvas, font, panel->title,
              plot_layout_get_title_room (self->layout, canvas, index));

  plot_canvas_marker (canvas, look->marker, area->x + plot_canvas_text_length (canvas, 5),
                      y, plot_canvas_line_length (canvas, theme->marker_radius), 0,
                      look->colour);
  plot_canvas_text (canvas, font, name, look->colour, area->x + indent, y, 0);
  if (panel->subtitle != NULL)
    {
      gboolean fits = plot_canvas_text_width (canvas, PLOT_FONT_TICK, panel->subtitle)
                      <= room;
      const char      *text = fits || panel->subtitle_brief == NULL ? panel->subtitle
                                                                    : panel->subtitle_brief;
      g_autofree char *cut = plot_canvas_fit_text (canvas, PLOT_FONT_TICK, text, room);

      plot_canvas_text (canvas, PLOT_FONT_TICK, cut,
                        panel->alarm ? theme->error : theme->dim, area->x,
                        area->y - plot_canvas_text_length (canvas, SUBTITLE_RISE), 0);
    }
}

/* Name in the band's colour, then " · 41 directions", as much as there is room for. */
static void
paint_span_title (PlotPaint *self, const PlotSpan *span, double *free_from)
{
  PlotCanvas         *canvas = self->canvas;
  const PlotBandLook *look = plot_theme_get_band (canvas->theme, span->band);
  double              x0 = plot_scale_map (&self->view->x, span->x0);
  double              x1 = plot_scale_map (&self->view->x, span->x1);
  double      limit = get_right (&self->view->area) + plot_canvas_text_length (canvas, 8);
  double      y = self->view->area.y - plot_canvas_text_length (canvas, SPAN_RISE);
  double      name_width = plot_canvas_text_width (canvas, PLOT_FONT_LABEL, span->name);
  const char *choices[3] = { span->detail, span->brief, NULL };

  if (span->x1 <= self->view->x.lo || span->x0 >= self->view->x.hi)
    return;
  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *rest = choices[i] != NULL ? g_strdup_printf (" · %s", choices[i])
                                                 : g_strdup ("");
      double width = name_width + plot_canvas_text_width (canvas, PLOT_FONT_TICK, rest);
      double x = (x0 + x1 - width) / 2;

      x = MAX (MIN (x, limit - width), *free_from);
      /* A label may hang over its band a little, but not over half of itself. */
      if (i < 2 && (choices[i] == NULL || width > 1.25 * (x1 - x0) || x + width > limit))
        continue;
      if (x + width > limit || (x + x + width) / 2 > x1 + width / 2)
        return;
      plot_canvas_text (canvas, PLOT_FONT_LABEL, span->name, look->line, x, y, 0);
      plot_canvas_text (canvas, PLOT_FONT_TICK, rest, canvas->theme->text, x + name_width,
                        y, 0);
      *free_from = x + width + plot_canvas_text_length (canvas, 8);
      return;
    }
}

static void
paint_span_borders (PlotPaint *self)
{
  const cairo_rectangle_t *area = &self->view->area;
  PlotCanvas              *canvas = self->canvas;

  for (guint i = 1; i < self->panel->spans->len; i++)
    {
      const PlotSpan *span = g_ptr_array_index (self->panel->spans, i);
      double          x = plot_scale_map (&self->view->x, span->x0);

      if (!plot_scale_holds (&self->view->x, span->x0))
        continue;
      plot_occupancy_add_segment (self->taken, x, area->y, x, get_bottom (area));
      plot_canvas_vline (canvas, x, area->y - plot_canvas_text_length (canvas, 4),
                         get_bottom (area));
    }
  cairo_set_line_width (canvas->cr, 1);
  plot_canvas_set_colour (canvas, canvas->theme->axis, 1);
  cairo_stroke (canvas->cr);
}

void
plot_paint_titles (PlotPaint *self)
{
  double free_from = self->view->area.x - plot_canvas_text_length (self->canvas, 8);

  if (self->panel->title != NULL)
    paint_panel_title (self);
  paint_span_borders (self);
  /* The bands of a stack are named above it. */
  for (guint i = 0; i < self->panel->spans->len && self->view == self->layout->views; i++)
    paint_span_title (self, g_ptr_array_index (self->panel->spans, i), &free_from);
}
