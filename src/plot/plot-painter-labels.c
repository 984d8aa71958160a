/* SPDX-License-Identifier: GPL-3.0-or-later
 * Words inside the plot and in the column of end labels. */
#include "config.h"

#include "plot-painter-private.h"

#include <math.h>

/* Space between text and what it names. */
#define CLEARANCE 3.0
/* From a marker to its leader, and from the leader to the label. */
#define LEADER_START 6.0
#define LEADER_BEND  12.0
#define LABEL_GAP    8.0
#define LEADER_ALPHA 0.55

cairo_rectangle_t
plot_paint_text_box (PlotPaint  *self,
                     PlotFont    font,
                     const char *text,
                     double      x,
                     double      y,
                     double      align)
{
  double width = plot_canvas_text_width (self->canvas, font, text);
  double height = 0.9 * plot_canvas_text_height (self->canvas, font);

  return (cairo_rectangle_t){ x - align * width - 1, y - height / 2, width + 2, height };
}

/* --- end labels --------------------------------------------------------------- */

typedef struct
{
  const PlotSeries *series;
  double            x, y; /* of the newest sample, pixels */
} EndLabel;

static guint
collect_end_labels (PlotPaint *self, EndLabel *labels)
{
  guint n = 0;

  for (guint i = 0; i < self->panel->series->len && n < PLOT_MAX_LABELS; i++)
    {
      const PlotSeries *series = g_ptr_array_index (self->panel->series, i);
      const GArray     *vertices = g_ptr_array_index (self->lines, i);

      if (!plot_series_has_end_label (series) || vertices->len == 0)
        continue;
      labels[n++] = (EndLabel){
        series,
        g_array_index (vertices, PlotVertex, vertices->len - 1).x,
        g_array_index (vertices, PlotVertex, vertices->len - 1).y,
      };
    }
  return n;
}

static void
paint_leader (PlotPaint      *self,
              const EndLabel *label,
              double          text_x,
              double          y,
              PlotColour      colour)
{
  PlotCanvas *canvas = self->canvas;
  cairo_t    *cr = canvas->cr;
  double      start = label->x + plot_canvas_line_length (canvas, LEADER_START + 1);
  double      bend = MAX (text_x - plot_canvas_text_length (canvas, LEADER_BEND), start);
  double      end = text_x - plot_canvas_text_length (canvas, 3);

  if (end <= start)
    return;
  cairo_move_to (cr, start, floor (label->y) + 0.5);
  cairo_line_to (cr, bend, floor (y) + 0.5);
  cairo_line_to (cr, end, floor (y) + 0.5);
  cairo_set_line_width (cr, 1);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  plot_canvas_set_colour (canvas, colour, LEADER_ALPHA);
  cairo_stroke (cr);
}

void
plot_paint_end_labels (PlotPaint *self)
{
  const cairo_rectangle_t *area = &self->view->area;
  PlotCanvas              *canvas = self->canvas;
  EndLabel                 labels[PLOT_MAX_LABELS];
  double                   wanted[PLOT_MAX_LABELS], placed[PLOT_MAX_LABELS];
  guint                    n = collect_end_labels (self, labels);
  double                   height = plot_canvas_text_height (canvas, PLOT_FONT_LABEL);
  double   x = area->x + area->width + plot_canvas_text_length (canvas, LABEL_GAP);
  gint64   now = g_get_monotonic_time ();
  gboolean running = !isnan (self->panel->now);

  if (!self->layout->names)
    return;
  for (guint i = 0; i < n; i++)
    {
      PlotLabelMemory *memory
          = &self->view->memory[labels[i].series->run % PLOT_MAX_LABELS];

      /* The last picture of a run is exact. */
      if (!running)
        memory->wanted = NAN;
      wanted[i] = plot_label_memory_settle (memory, labels[i].y, now);
    }
  plot_labels_place (wanted, n, height, area->y, area->y + area->height, placed);
  for (guint i = 0; i < n; i++)
    {
      PlotColour colour
          = plot_theme_get_run (canvas->theme, labels[i].series->style)->colour;
      g_autofree char *text = plot_layout_make_end_label (self->layout, labels[i].series);

      paint_leader (self, &labels[i], x, placed[i], colour);
      plot_canvas_text (canvas, PLOT_FONT_LABEL, text, colour, x, placed[i], 0);
    }
}

/* --- inner labels ------------------------------------------------------------- */

typedef struct
{
  double x, y, align;
} Place;

/* Draws text at the first free of the places.  Returns: FALSE if there is none. */
static gboolean
try_places (PlotPaint   *self,
            PlotFont     font,
            const char  *text,
            PlotColour   colour,
            const Place *places,
            guint        n)
{
  for (guint i = 0; i < n; i++)
    {
      cairo_rectangle_t box = plot_paint_text_box (self, font, text, places[i].x,
                                                   places[i].y, places[i].align);

      if (!plot_occupancy_is_free (self->taken, &box, &self->view->area))
        continue;
      plot_canvas_text (self->canvas, font, text, colour, places[i].x, places[i].y,
                        places[i].align);
      plot_occupancy_add_box (self->taken, &box);
      return TRUE;
    }
  return FALSE;
}

static double
get_label_lift (PlotPaint *self, PlotFont font)
{
  return 0.45 * plot_canvas_text_height (self->canvas, font)
         + plot_canvas_text_length (self->canvas, CLEARANCE);
}

static void
paint_rule_label (PlotPaint *self, const PlotRule *rule)
{
  const cairo_rectangle_t *area = &self->view->area;
  double                   inset = plot_canvas_text_length (self->canvas, 7);
  double                   lift = get_label_lift (self, PLOT_FONT_TICK);
  double                   left = area->x + inset;
  double                   right = area->x + area->width - inset;
  double                   now = isnan (self->panel->now)
                                     ? right
                                     : plot_scale_map (&self->view->x, self->panel->now) - inset;
  double                   y = plot_scale_map (&self->view->y, rule->at);
  Place                    places[] = {
                       { left, y - lift, 0 },
                       { now, y - lift, 1 },
                       { right, y - lift, 1 },
                       { left, y + lift, 0 },
                       { now, y + lift, 1 },
                       { right, y + lift, 1 },
                       { (left + now) / 2, y - lift, 0.5 },
                       { (left + now) / 2, y + lift, 0.5 },
  };

  try_places (self, PLOT_FONT_TICK, rule->label, self->canvas->theme->theory, places,
              G_N_ELEMENTS (places));
}

/* A mark of a live change: its words stand at the top, beside the line. */
static void
paint_mark_label (PlotPaint *self, const PlotRule *rule)
{
  const cairo_rectangle_t *area = &self->view->area;
  double                   gap = plot_canvas_text_length (self->canvas, 4);
  double                   row = plot_canvas_text_height (self->canvas, PLOT_FONT_TICK);
  double                   x = plot_scale_map (&self->view->x, rule->at);
  Place                    places[12];

  for (guint i = 0; i < 6; i++)
    {
      double y = area->y + row * (i + 0.6);

      places[2 * i] = (Place){ x + gap, y, 0 };
      places[2 * i + 1] = (Place){ x - gap, y, 1 };
    }
  try_places (self, PLOT_FONT_TICK, rule->label, self->canvas->theme->theory, places,
              G_N_ELEMENTS (places));
}

static void
paint_stair_label (PlotPaint *self, const PlotStair *stair)
{
  double lift = get_label_lift (self, PLOT_FONT_TICK)
                + plot_canvas_text_length (self->canvas, 3);
  double inset = plot_canvas_text_length (self->canvas, 5);
  double x0 = plot_scale_map (&self->view->x, stair->x0);
  double x1 = plot_scale_map (&self->view->x, stair->x1);
  double y = plot_scale_map (&self->view->y, stair->y);
  Place  places[] = {
     { x0 + inset, y + lift, 0 }, { x1 - inset, y + lift, 1 }, { x0 - inset, y, 1 },
     { x0 + inset, y - lift, 0 }, { x0 - inset, y + lift, 1 }, { x1 + inset, y, 0 },
  };

  try_places (self, PLOT_FONT_TICK, stair->label, self->canvas->theme->theory, places,
              G_N_ELEMENTS (places));
}

static void
paint_note (PlotPaint *self, const PlotNote *note, guint row)
{
  const cairo_rectangle_t *area = &self->view->area;
  double                   inset = plot_canvas_text_length (self->canvas, 6);
  double height = plot_canvas_text_height (self->canvas, PLOT_FONT_TICK);
  double x0 = plot_scale_map (&self->view->x, note->x0);
  double x1 = plot_scale_map (&self->view->x, note->x1);
  Place  places[8];

  for (guint i = 0; i < 4; i++)
    {
      double y = area->y + area->height - height * (0.65 + i);

      places[2 * i] = (Place){ x1 - inset, y, 1 };
      places[2 * i + 1] = (Place){ x0 + inset, y, 0 };
    }
  try_places (self, PLOT_FONT_TICK, note->label, self->canvas->theme->theory, places,
              G_N_ELEMENTS (places));
}

/* "not resolved", in the middle of what is, at the top, in two lines if need be. */
static void
paint_hatch_label (PlotPaint *self)
{
  const cairo_rectangle_t *area = &self->view->area;
  PlotCanvas              *canvas = self->canvas;
  const char              *text = self->panel->hatch_label;
  g_auto (GStrv)           words = NULL;
  double                   row = plot_canvas_text_height (canvas, PLOT_FONT_TICK);
  double                   x0, x, room;
  guint                    n_lines = 1;

  if (text == NULL || isnan (self->panel->hatch_from))
    return;
  x0 = plot_scale_map (&self->view->x, self->panel->hatch_from);
  room = area->x + area->width - x0 - 6;
  x = (x0 + area->x + area->width) / 2;
  words = g_strsplit (text, " ", 2);
  if (plot_canvas_text_width (canvas, PLOT_FONT_TICK, text) > room && words[1] != NULL)
    n_lines = 2;
  for (guint i = 0; i < n_lines; i++)
    {
      const char       *line = n_lines == 1 ? text : words[i];
      double            y = area->y + row * (1 + i);
      cairo_rectangle_t box = plot_paint_text_box (self, PLOT_FONT_TICK, line, x, y, 0.5);

      if (box.width > room || !plot_occupancy_is_free (self->taken, &box, area))
        return;
      plot_canvas_text (canvas, PLOT_FONT_TICK, line, canvas->theme->theory, x, y, 0.5);
      plot_occupancy_add_box (self->taken, &box);
    }
}

/* "Lazy diverged", beside its cross. */
static void
paint_diverged_label (PlotPaint *self, const PlotSeries *series, const GArray *vertices)
{
  PlotCanvas       *canvas = self->canvas;
  double            gap = plot_canvas_text_length (canvas, 11);
  double            lift = get_label_lift (self, PLOT_FONT_LABEL) + gap / 2;
  const PlotVertex *end;

  if (!series->diverged || series->role != PLOT_ROLE_TEST || series->name == NULL
      || vertices->len == 0)
    return;
  end = &g_array_index (vertices, PlotVertex, vertices->len - 1);
  {
    Place places[] = {
      { end->x + gap, end->y, 0 },        { end->x - gap, end->y, 1 },
      { end->x, end->y - lift, 0.5 },     { end->x - gap, end->y - lift, 1 },
      { end->x + gap, end->y - lift, 0 }, { end->x + gap, end->y + lift, 0 },
      { end->x, end->y + lift, 0.5 },     { end->x - gap, end->y + lift, 1 },
    };

    try_places (self, PLOT_FONT_LABEL, series->name,
                plot_theme_get_run (canvas->theme, series->style)->colour, places,
                G_N_ELEMENTS (places));
  }
}

/* The thin curves are named once, beside the lowest of them. */
static void
paint_thin_label (PlotPaint *self)
{
  PlotCanvas   *canvas = self->canvas;
  const GArray *lowest = NULL;
  double        depth = -INFINITY;
  double        gap = plot_canvas_text_length (canvas, 8);

  for (guint i = 0; i < self->panel->series->len; i++)
    {
      const PlotSeries *series = g_ptr_array_index (self->panel->series, i);
      const GArray     *vertices = g_ptr_array_index (self->lines, i);

      if (series->role != PLOT_ROLE_TRAIN || series->diverged || vertices->len < 2
          || g_array_index (vertices, PlotVertex, vertices->len - 1).y <= depth)
        continue;
      lowest = vertices;
      depth = g_array_index (vertices, PlotVertex, vertices->len - 1).y;
    }
  if (self->panel->thin_label == NULL || lowest == NULL)
    return;
  for (guint share = 75; share >= 30; share -= 5)
    {
      const PlotVertex *at = &g_array_index (lowest, PlotVertex,
                                             (lowest->len - 1) * share / 100);
      Place             place = { at->x - gap, at->y + gap / 2, 1 };

      if (try_places (self, PLOT_FONT_TICK, self->panel->thin_label,
                      canvas->theme->theory, &place, 1))
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
  paint_hatch_label (self);
  for (guint i = 0; i < panel->stairs->len; i++)
    {
      const PlotStair *stair = g_ptr_array_index (panel->stairs, i);

      if (stair->label != NULL)
        paint_stair_label (self, stair);
    }
  for (guint i = 0; i < panel->notes->len; i++)
    paint_note (self, g_ptr_array_index (panel->notes, i), i);
  for (guint i = 0; i < panel->rules->len; i++)
    {
      const PlotRule *rule = g_ptr_array_index (panel->rules, i);

      if (rule->label == NULL)
        continue;
      if (rule->vertical)
        paint_mark_label (self, rule);
      else
        paint_rule_label (self, rule);
    }
  paint_thin_label (self);
}
