/* SPDX-License-Identifier: GPL-3.0-or-later
 * Words inside the plot: guides, stairs, notes, crosses.  Each takes the first of its
 * places that hits nothing, or gives way. */
#include "config.h"

#include "plot-painter-private.h"

#include <math.h>

/* Space between text and what it names. */
#define CLEARANCE 3.0
/* How far from its guide, and at how many places along it, a label may stand aside; and
 * the line between. */
#define ASIDE_ROWS    7
#define ASIDE_COLUMNS 4
#define ASIDE_ALPHA   0.55

static double
get_length (PlotPaint *self, double length)
{
  return plot_canvas_text_length (self->canvas, length);
}

/* From a line to the centre of words above or below it. */
static double
get_lift (PlotPaint *self, PlotFont font)
{
  return 0.45 * plot_canvas_text_height (self->canvas, font)
         + get_length (self, CLEARANCE);
}

/* --- guides ------------------------------------------------------------------- */

/* Where a guide runs amid curves its words stand aside, with a thin line to it. */
static void
paint_rule_label_aside (PlotPaint *self, const char *text, double left, double y)
{
  PlotCanvas       *canvas = self->canvas;
  double            row = plot_canvas_text_height (canvas, PLOT_FONT_TICK);
  double            indent = get_length (self, 8);
  cairo_rectangle_t bounds = plot_paint_get_bounds (self);

  for (guint rows = 2; rows <= ASIDE_ROWS; rows++)
    for (guint column = 0; column < ASIDE_COLUMNS; column++)
      {
        double     x = left + self->view->area.width * column / ASIDE_COLUMNS;
        double     below = y + rows * row;
        PlotPlaces places = { 0 };

        plot_places_add (&places, x, below, 0);
        if (!plot_paint_try_places (self, PLOT_FONT_TICK, text, canvas->theme->theory,
                                    &places, &bounds))
          continue;
        plot_canvas_vline (canvas, x + indent, y, below - row / 2);
        cairo_set_line_width (canvas->cr, 1);
        plot_canvas_set_colour (canvas, canvas->theme->theory, ASIDE_ALPHA);
        cairo_stroke (canvas->cr);
        return;
      }
}

/* Words nearer to another guide than to their own would be read as that one's. */
static gboolean
is_nearest_guide (PlotPaint *self, const PlotRule *rule, double y)
{
  double own = fabs (plot_scale_map (&self->view->y, rule->at) - y);

  for (guint i = 0; i < self->panel->rules->len; i++)
    {
      const PlotRule *other = g_ptr_array_index (self->panel->rules, i);

      if (other != rule && !other->vertical
          && fabs (plot_scale_map (&self->view->y, other->at) - y) < own)
        return FALSE;
    }
  return TRUE;
}

static void
paint_rule_label (PlotPaint *self, const PlotRule *rule)
{
  const cairo_rectangle_t *area = &self->view->area;
  double                   inset = get_length (self, 7);
  double                   lift = get_lift (self, PLOT_FONT_TICK);
  double                   left = area->x + self->view->x.slot + inset;
  double                   right = area->x + area->width - inset;
  double                   y = plot_scale_map (&self->view->y, rule->at);
  double                   now;
  PlotPlaces               places = { 0 };

  if (rule->at < self->view->y.lo || rule->at > self->view->y.hi)
    return;
  now = isnan (self->panel->now) ? right
                                 : plot_scale_map (&self->view->x, self->panel->now);
  for (int side = -1; side <= 1; side += 2)
    {
      if (!is_nearest_guide (self, rule, y + side * lift))
        continue;
      plot_places_add (&places, left, y + side * lift, 0);
      plot_places_add (&places, now - inset, y + side * lift, 1);
      plot_places_add (&places, right, y + side * lift, 1);
      plot_places_add (&places, now + inset, y + side * lift, 0);
    }
  for (int side = -1; side <= 1; side += 2)
    for (guint quarter = 1;
         quarter <= 3 && is_nearest_guide (self, rule, y + side * lift); quarter++)
      plot_places_add (&places, left + (now - left) * quarter / 4, y + side * lift, 0.5);
  if (!plot_paint_try_tick_label (self, rule->label, &places))
    paint_rule_label_aside (self, rule->label, left, y);
}

/* A mark of a live change: its words stand beside the line, as high as they can, and over
 * the lines of others. */
static void
paint_mark_label (PlotPaint *self, const PlotRule *rule)
{
  double     gap = get_length (self, 4);
  double     row = plot_canvas_text_height (self->canvas, PLOT_FONT_TICK);
  double     x = plot_scale_map (&self->view->x, rule->at);
  PlotPlaces places = { 0 };

  for (guint side = 0; side < 2; side++)
    for (guint i = 0; i < PLOT_MAX_PLACES / 2; i++)
      plot_places_add (&places, side == 0 ? x + gap : x - gap,
                       self->view->area.y + row * (i + 0.6), side);
  plot_paint_tick_label_over (self, rule->label, &places);
}

static gboolean
try_stair_label (PlotPaint *self, const PlotStair *stair, const char *text)
{
  double     lift = get_lift (self, PLOT_FONT_TICK) + get_length (self, 2);
  double     inset = get_length (self, 5);
  double     x0 = plot_scale_map (&self->view->x, stair->x0);
  double     x1 = plot_scale_map (&self->view->x, stair->x1);
  double     y = plot_scale_map (&self->view->y, stair->y);
  double     width = plot_canvas_text_width (self->canvas, PLOT_FONT_TICK, text);
  PlotPlaces places = { 0 };

  if (x1 - x0 > width + 2 * inset)
    {
      plot_places_add (&places, x0 + inset, y + lift, 0);
      plot_places_add (&places, x1 - inset, y + lift, 1);
      plot_places_add (&places, x0 + inset, y - lift, 0);
      plot_places_add (&places, x1 - inset, y - lift, 1);
    }
  else
    {
      plot_places_add (&places, x1 - inset, y + lift / 2, 1);
      plot_places_add (&places, x1 - inset, y + lift, 1);
      plot_places_add (&places, x0 - inset, y, 1);
      plot_places_add (&places, x1 + inset, y, 0);
      plot_places_add (&places, x0 + inset, y + lift, 0);
      plot_places_add (&places, x0 + inset, y - lift, 0);
    }
  return plot_paint_try_tick_label (self, text, &places);
}

static void
paint_stair_label (PlotPaint *self, const PlotStair *stair)
{
  if (stair->label != NULL && !try_stair_label (self, stair, stair->label)
      && stair->brief != NULL)
    try_stair_label (self, stair, stair->brief);
}

/* --- words about what is not drawn ---------------------------------------------- */

static void
paint_note (PlotPaint *self, const PlotNote *note)
{
  const cairo_rectangle_t *area = &self->view->area;
  double                   inset = get_length (self, 6);
  double                   row = plot_canvas_text_height (self->canvas, PLOT_FONT_TICK);
  double                   x0 = plot_scale_map (&self->view->x, note->x0) + inset;
  double                   x1 = plot_scale_map (&self->view->x, note->x1) - inset;
  PlotPlaces               places = { 0 };

  if (note->x1 <= self->view->x.lo || note->x0 >= self->view->x.hi)
    return;
  for (guint i = 0; i < 4; i++)
    {
      double y = area->y + area->height - row * (0.65 + i);

      plot_places_add (&places, note->leading ? x0 : x1, y, note->leading ? 0 : 1);
      plot_places_add (&places, note->leading ? x1 : x0, y, note->leading ? 1 : 0);
    }
  for (guint i = 0; i < 4; i++)
    plot_places_add (&places, x0 - 2 * inset, area->y + area->height - row * (0.65 + i),
                     1);
  plot_paint_try_tick_label (self, note->label, &places);
}

/* "not resolved": in the middle of what is not, at the top, in two lines if need be. */
static void
paint_hatch_label (PlotPaint *self)
{
  const cairo_rectangle_t *area = &self->view->area;
  PlotCanvas              *canvas = self->canvas;
  const char              *text = self->panel->hatch_label;
  double                   row = plot_canvas_text_height (canvas, PLOT_FONT_TICK);
  g_auto (GStrv)           words = NULL;
  double                   x0, room;

  if (text == NULL || isnan (self->panel->hatch_from))
    return;
  x0 = plot_scale_map (&self->view->x, self->panel->hatch_from);
  room = area->x + area->width - x0 - get_length (self, 6);
  words = g_strsplit (
      text, " ", plot_canvas_text_width (canvas, PLOT_FONT_TICK, text) > room ? 2 : 1);
  for (guint i = 0; words[i] != NULL; i++)
    if (plot_canvas_text_width (canvas, PLOT_FONT_TICK, words[i]) > room)
      return;
  for (guint i = 0; words[i] != NULL; i++)
    {
      PlotPlaces places = { 0 };

      plot_places_add (&places, (x0 + area->x + area->width) / 2, area->y + row * (1 + i),
                       0.5);
      if (!plot_paint_try_tick_label (self, words[i], &places))
        return;
    }
}

/* In a corner, the upper ones first. */
static void
paint_y_title (PlotPaint *self)
{
  const cairo_rectangle_t *area = &self->view->area;
  double                   inset = get_length (self, 6);
  double                   row = plot_canvas_text_height (self->canvas, PLOT_FONT_TICK);
  PlotPlaces               places = { 0 };

  if (self->panel->y.title == NULL || !self->layout->stacked)
    return;
  for (guint side = 0; side < 2; side++)
    {
      double y = side == 0 ? area->y + 0.7 * row : area->y + area->height - 0.7 * row;

      plot_places_add (&places, area->x + inset, y, 0);
      plot_places_add (&places, area->x + area->width - inset, y, 1);
    }
  plot_paint_try_tick_label (self, self->panel->y.title, &places);
}

/* --- curves ------------------------------------------------------------------- */

/* "Lazy diverged", beside its cross; into the gutter rather than not at all. */
static void
paint_diverged_label (PlotPaint *self, const PlotSeries *series, const GArray *vertices)
{
  PlotCanvas       *canvas = self->canvas;
  double            gap = get_length (self, 11);
  double            lift = get_lift (self, PLOT_FONT_LABEL) + gap / 2;
  cairo_rectangle_t whole = { 0, 0, self->layout->width, self->layout->height };
  cairo_rectangle_t bounds = plot_paint_get_bounds (self);
  PlotColour        colour;
  const PlotVertex *end;
  PlotPlaces        places = { 0 };

  if (!series->diverged || series->role != PLOT_ROLE_TEST || series->name == NULL
      || vertices->len == 0)
    return;
  end = &g_array_index (vertices, PlotVertex, vertices->len - 1);
  if (end->sample == PLOT_NO_SAMPLE)
    return;
  plot_places_add (&places, end->x + gap, end->y, 0);
  plot_places_add (&places, end->x - gap, end->y, 1);
  for (int side = -1; side <= 1; side += 2)
    {
      plot_places_add (&places, end->x, end->y + side * lift, 0.5);
      plot_places_add (&places, end->x - gap, end->y + side * lift, 1);
      plot_places_add (&places, end->x + gap, end->y + side * lift, 0);
    }
  /* Beside the names of others that end near it. */
  for (guint lines = 2; lines <= 3; lines++)
    for (int side = 1; side >= -1; side -= 2)
      plot_places_add (&places, end->x + gap, end->y + side * (int) lines * lift, 0);
  colour = plot_theme_get_run (canvas->theme, series->style)->colour;
  if (!plot_paint_try_places (self, PLOT_FONT_LABEL, series->name, colour, &places,
                              &bounds))
    plot_paint_try_places (self, PLOT_FONT_LABEL, series->name, colour, &places, &whole);
}

/* Returns: (nullable): the thin curve that ends lowest. */
static const GArray *
find_lowest_thin (PlotPaint *self)
{
  const GArray *lowest = NULL;
  double        depth = -INFINITY;

  for (guint i = 0; i < self->panel->series->len; i++)
    {
      const PlotSeries *series = g_ptr_array_index (self->panel->series, i);
      const GArray     *vertices = g_ptr_array_index (self->lines, i);
      double            y;

      if (series->role != PLOT_ROLE_TRAIN || series->diverged || vertices->len < 2)
        continue;
      y = g_array_index (vertices, PlotVertex, vertices->len - 1).y;
      if (y > depth)
        {
          lowest = vertices;
          depth = y;
        }
    }
  return lowest;
}

/* The thin curves are named once, beside the lowest of them. */
static void
paint_thin_label (PlotPaint *self)
{
  const GArray *lowest = find_lowest_thin (self);
  double        gap = get_length (self, 8);

  if (self->panel->thin_label == NULL || lowest == NULL)
    return;
  /* To the left of a curve that falls; or below one that does not. */
  for (guint below = 0; below <= 1; below++)
    for (guint share = 75; share >= 30; share -= 5)
      {
        guint             index = (lowest->len - 1) * share / 100;
        const PlotVertex *at = &g_array_index (lowest, PlotVertex, index);
        PlotPlaces        places = { 0 };

        plot_places_add (&places, at->x - gap, at->y + (below ? 2 : 0.5) * gap, 1);
        if (plot_paint_try_tick_label (self, self->panel->thin_label, &places))
          return;
      }
}

/* Theory is named beside its line, where it hits nothing: to the right of a line that falls
 * lies free ground more often than below it. */
static void
paint_theory_label (PlotPaint *self, const PlotSeries *series, const GArray *vertices)
{
  double gap = get_length (self, 8);
  double lift = get_lift (self, PLOT_FONT_TICK);

  if (series->role != PLOT_ROLE_THEORY || series->label == NULL
      || (series->name != NULL && self->layout->names))
    return;
  for (guint share = 30; share <= 90; share += 10)
    {
      const PlotVertex *at = &g_array_index (vertices, PlotVertex,
                                             (vertices->len - 1) * share / 100);
      PlotPlaces        places = { 0 };

      if (vertices->len == 0)
        return;
      for (int side = -1; side <= 1; side += 2)
        {
          plot_places_add (&places, at->x - side * gap, at->y + side * lift,
                           side < 0 ? 0 : 1);
          plot_places_add (&places, at->x - 2 * side * gap, at->y + side * lift / 2,
                           side < 0 ? 0 : 1);
        }
      if (plot_paint_try_tick_label (self, series->label, &places))
        return;
    }
}

void
plot_paint_inner_labels (PlotPaint *self)
{
  const PlotPanel *panel = self->panel;

  for (guint i = 0; i < panel->series->len; i++)
    paint_diverged_label (self, g_ptr_array_index (panel->series, i),
                          g_ptr_array_index (self->lines, i));
  for (guint i = 0; i < panel->series->len; i++)
    paint_theory_label (self, g_ptr_array_index (panel->series, i),
                        g_ptr_array_index (self->lines, i));
  paint_hatch_label (self);
  for (guint i = 0; i < panel->stairs->len; i++)
    paint_stair_label (self, g_ptr_array_index (panel->stairs, i));
  for (guint i = 0; i < panel->notes->len; i++)
    paint_note (self, g_ptr_array_index (panel->notes, i));
  for (guint i = 0; i < panel->rules->len; i++)
    {
      const PlotRule *rule = g_ptr_array_index (panel->rules, i);

      if (rule->label == NULL
          || (rule->vertical && !plot_scale_holds (&self->view->x, rule->at)))
        continue;
      if (rule->vertical)
        paint_mark_label (self, rule);
      else
        paint_rule_label (self, rule);
    }
  paint_thin_label (self);
  paint_y_title (self);
}
