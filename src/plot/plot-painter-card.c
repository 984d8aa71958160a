/* SPDX-License-Identifier: GPL-3.0-or-later
 * The card of a read-out: values beside the line. */
#include "config.h"

#include "plot-painter-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* Of the card, at scale 1. */
#define PADDING    10.0
#define RADIUS     9.0
#define CHIP       26.0
#define COLUMN_GAP 10.0
#define ROW        1.5 /* heights of a line of text */
/* Between the line and the card, and between the card and the edge of the picture, in
 * pixels. */
#define GAP  12.0
#define EDGE 3.0
/* Of chips and markers of what is pinned. */
#define PINNED_ALPHA 0.5
/* A name is not cut to less than this. */
#define MIN_NAME 30.0

/* A card being laid out. */
typedef struct
{
  PlotCanvas        *canvas;
  const PlotReadout *readout;
  guint              panel;
  guint              n_rows;
  char              *title;
  gboolean           thin; /* the thin values have room */
  gboolean           bare; /* what is pinned has none */
  double             name_width, value_width, thin_width;
  cairo_rectangle_t  box;
} Card;

static double
get_length (const Card *self, double length)
{
  return plot_canvas_text_length (self->canvas, length);
}

static double
get_row_height (const Card *self)
{
  return ROW * plot_canvas_text_height (self->canvas, PLOT_FONT_TICK);
}

static double
measure_rows (const Card *self)
{
  double gaps = self->name_width > 0 ? 2 * COLUMN_GAP : COLUMN_GAP;

  return get_length (self, CHIP + gaps + 2 * PADDING) + self->name_width
         + self->value_width
         + (self->thin ? get_length (self, COLUMN_GAP) + self->thin_width : 0);
}

static double
measure_title (const Card *self)
{
  double title = plot_canvas_text_width (self->canvas, PLOT_FONT_LABEL, self->title);

  if (self->thin)
    title += get_length (self, 2 * COLUMN_GAP) + self->value_width + self->thin_width;
  return title + 2 * get_length (self, PADDING);
}

static gboolean
is_listed (const Card *self, const PlotReadoutRow *row)
{
  return row->panel == self->panel && !(self->bare && row->pinned);
}

static void
measure_columns (Card *self)
{
  PlotCanvas *canvas = self->canvas;

  self->n_rows = 0;
  self->name_width = self->value_width = self->thin_width = 0;
  self->thin = FALSE;

  for (guint i = 0; i < self->readout->rows->len; i++)
    {
      const PlotReadoutRow *row = g_ptr_array_index (self->readout->rows, i);

      if (!is_listed (self, row))
        continue;
      self->n_rows++;
      self->name_width = MAX (self->name_width,
                              plot_canvas_text_width (canvas, PLOT_FONT_TICK, row->name));
      self->value_width = MAX (
          self->value_width,
          plot_canvas_text_width (canvas, PLOT_FONT_LABEL, row->value));
      if (row->thin_value == NULL || self->readout->thin_label == NULL)
        continue;
      self->thin = TRUE;
      self->thin_width = MAX (
          self->thin_width,
          plot_canvas_text_width (canvas, PLOT_FONT_TICK, row->thin_value));
    }
  if (self->thin)
    self->thin_width = MAX (
        self->thin_width,
        plot_canvas_text_width (canvas, PLOT_FONT_TICK, self->readout->thin_label));
}

/* Gives up thin values, then ends of names, then names: chips tell runs apart.
 * Returns: FALSE if it needs more all the same. */
static gboolean
fit_width (Card *self, double room)
{
  double excess;

  if (MAX (measure_rows (self), measure_title (self)) > room)
    self->thin = FALSE;
  excess = measure_rows (self) - room;
  if (excess > 0)
    self->name_width = self->name_width - excess < get_length (self, MIN_NAME)
                           ? 0
                           : self->name_width - excess;
  self->box.width = MAX (measure_rows (self), MIN (measure_title (self), room));
  self->box.height = get_row_height (self) * (self->n_rows + 1)
                     + 1.2 * get_length (self, PADDING);
  return self->box.width <= room;
}

/* Beside the line and the pointer, never over them; of the places that are left the one
 * that covers least.  Returns: FALSE if there is no room. */
static gboolean
place_card (Card *self, PlotLayout *layout, double line, double pointer)
{
  const PlotView *view = &layout->views[self->panel];
  double          gap = GAP;
  double          from = isnan (pointer) ? line : MIN (line, pointer);
  double          to = isnan (pointer) ? line : MAX (line, pointer);
  double          left = from - gap - EDGE, right = layout->width - EDGE - to - gap;
  double          lowest, best = G_MAXDOUBLE;
  double          ys[3];

  if (!fit_width (self, MAX (left, right)))
    return FALSE;
  lowest = layout->height - EDGE - self->box.height;
  if (lowest < EDGE)
    return FALSE;
  ys[0] = CLAMP (view->area.y + gap / 2, EDGE, lowest);
  ys[1] = CLAMP (view->area.y + view->area.height - gap / 2 - self->box.height, EDGE,
                 lowest);
  ys[2] = (ys[0] + ys[1]) / 2;
  for (guint side = 0; side < 2; side++)
    for (guint i = 0; i < 3; i++)
      {
        cairo_rectangle_t box = self->box;
        double            covered;

        if (box.width > (side == 0 ? right : left))
          continue;
        box.x = side == 0 ? to + gap : from - gap - box.width;
        box.y = ys[i];
        covered = plot_occupancy_count (view->taken, &box);
        if (covered < best)
          {
            best = covered;
            self->box.x = floor (box.x);
            self->box.y = floor (box.y);
          }
      }
  return TRUE;
}

static void
paint_ground (Card *self)
{
  cairo_t                 *cr = self->canvas->cr;
  const PlotTheme         *theme = self->canvas->theme;
  const cairo_rectangle_t *box = &self->box;
  double                   r = get_length (self, RADIUS);

  for (int step = 2; step >= 0; step--)
    {
      /* A soft shadow below, then the card itself. */
      double grow = step;

      cairo_new_sub_path (cr);
      cairo_arc (cr, box->x + box->width - r, box->y + r + grow, r + grow, -(G_PI / 2),
                 0);
      cairo_arc (cr, box->x + box->width - r, box->y + box->height - r + grow, r + grow,
                 0, (G_PI / 2));
      cairo_arc (cr, box->x + r, box->y + box->height - r + grow, r + grow, (G_PI / 2),
                 G_PI);
      cairo_arc (cr, box->x + r, box->y + r + grow, r + grow, G_PI, 1.5 * G_PI);
      cairo_close_path (cr);
      if (step > 0)
        {
          cairo_set_source_rgba (cr, 0, 0, 0, 0.07);
          cairo_fill (cr);
        }
    }
  /* On black no shadow is seen; the grid's grey lifts the card. */
  plot_canvas_set_colour (self->canvas, theme->dark ? theme->grid : theme->background, 1);
  cairo_fill_preserve (cr);
  cairo_set_line_width (cr, 1);
  plot_canvas_set_colour (self->canvas, theme->axis, 0.6);
  cairo_stroke (cr);
}

static void
paint_theory_chip (const Card *self, PlotTheory theory, double x, double y, double width)
{
  PlotCanvas *canvas = self->canvas;

  plot_paint_theory_dashes (canvas, theory);
  cairo_set_line_width (canvas->cr,
                        plot_canvas_line_length (canvas, canvas->theme->stair_width));
  plot_canvas_set_colour (canvas, canvas->theme->theory, 1);
  cairo_move_to (canvas->cr, x, y);
  cairo_line_to (canvas->cr, x + width, y);
  cairo_stroke (canvas->cr);
}

/* Of what is pinned half as strong. */
static void
paint_chip (Card *self, const PlotReadoutRow *row, double y)
{
  PlotCanvas         *canvas = self->canvas;
  const PlotBandLook *look = plot_theme_get_band (canvas->theme, row->band);
  double              x = self->box.x + get_length (self, PADDING);
  double              width = get_length (self, CHIP), height = get_row_height (self);

  cairo_save (canvas->cr);
  cairo_push_group (canvas->cr);
  if (row->is_band)
    plot_canvas_marker (canvas, look->marker, x + width / 2, y,
                        plot_canvas_line_length (canvas, canvas->theme->marker_radius), 0,
                        look->line);
  else if (row->is_theory)
    paint_theory_chip (self, row->theory, x, y, width);
  else
    {
      cairo_translate (canvas->cr, x, y - height / 2);
      plot_painter_paint_chip (row->style, FALSE, canvas->theme, canvas->cr, width,
                               height);
    }
  cairo_pop_group_to_source (canvas->cr);
  cairo_paint_with_alpha (canvas->cr, row->pinned ? PINNED_ALPHA : 1);
  cairo_restore (canvas->cr);
}

static void
paint_rows (Card *self)
{
  PlotCanvas      *canvas = self->canvas;
  const PlotTheme *theme = canvas->theme;
  double           left = self->box.x + get_length (self, PADDING);
  double           right = self->box.x + self->box.width - get_length (self, PADDING);
  double           value_right = self->thin
                                     ? right - self->thin_width - get_length (self, COLUMN_GAP)
                                     : right;
  double           height = get_row_height (self);
  g_autofree char *title = plot_canvas_fit_text (
      canvas, PLOT_FONT_LABEL, self->title,
      self->box.width - 2 * get_length (self, PADDING) + 1);
  double y = self->box.y + 0.6 * get_length (self, PADDING) + height / 2;

  plot_canvas_text (canvas, PLOT_FONT_LABEL, title, theme->text, left, y, 0);
  if (self->thin)
    plot_canvas_text (canvas, PLOT_FONT_TICK, self->readout->thin_label, theme->dim,
                      right, y, 1);
  if (self->thin && self->readout->thick_label != NULL)
    plot_canvas_text (canvas, PLOT_FONT_TICK, self->readout->thick_label, theme->dim,
                      value_right, y, 1);
  for (guint i = 0; i < self->readout->rows->len; i++)
    {
      const PlotReadoutRow *row = g_ptr_array_index (self->readout->rows, i);
      g_autofree char      *name = NULL;

      if (!is_listed (self, row))
        continue;
      y += height;
      name = plot_canvas_fit_text (canvas, PLOT_FONT_TICK, row->name, self->name_width);
      paint_chip (self, row, y);
      if (self->name_width > 0)
        plot_canvas_text (canvas, PLOT_FONT_TICK, name,
                          row->pinned ? theme->dim : theme->text,
                          left + get_length (self, CHIP + COLUMN_GAP), y, 0);
      plot_canvas_text (canvas, PLOT_FONT_LABEL, row->value,
                        row->pinned ? theme->dim : theme->text, value_right, y, 1);
      if (self->thin && row->thin_value != NULL)
        plot_canvas_text (canvas, PLOT_FONT_TICK, row->thin_value, theme->dim, right, y,
                          1);
    }
}

void
plot_paint_readout_card (PlotCanvas        *canvas,
                         PlotLayout        *layout,
                         const PlotFrame   *frame,
                         const PlotReadout *readout,
                         guint              index,
                         double             pointer)
{
  const PlotPanel *panel = g_ptr_array_index (frame->panels, index);
  const PlotView  *view = &layout->views[index];
  Card             card = { .canvas = canvas, .readout = readout, .panel = index };
  g_autofree char *title = NULL;
  double           line;

  /* Small multiples are named; where there is one panel its card's title says enough. */
  title = panel->title == NULL
              ? g_strdup (readout->title)
              : g_strdup_printf (_ ("%s: %s"), panel->title, readout->title);
  card.title = title;
  if (!plot_scale_holds (&view->x, readout->x))
    return;
  line = plot_scale_map (&view->x, readout->x);
  measure_columns (&card);
  while (card.n_rows > 0 && !place_card (&card, layout, line, pointer))
    {
      if (card.bare)
        return;
      card.bare = TRUE;
      measure_columns (&card);
    }
  if (card.n_rows == 0)
    return;
  paint_ground (&card);
  paint_rows (&card);
}
