/* SPDX-License-Identifier: GPL-3.0-or-later
 * The column of end labels, with leaders from the newest samples. */
#include "config.h"

#include "plot-painter-private.h"

#include <math.h>

/* From a marker to its leader, and from the leader to the label. */
#define LEADER_START 6.0
#define LEADER_BEND  12.0
#define LABEL_GAP    14.0
#define LEADER_ALPHA 0.55
/* From the marker that names points to their label. */
#define KEY_GAP 7.0

cairo_rectangle_t
plot_paint_text_box (PlotPaint  *self,
                     PlotFont    font,
                     const char *text,
                     double      x,
                     double      y,
                     double      align)
{
  double width = plot_canvas_text_width (self->canvas, font, text);
  double height = 0.95 * plot_canvas_text_height (self->canvas, font);

  return (cairo_rectangle_t){ x - align * width - 1, y - height / 2, width + 2, height };
}

typedef struct
{
  const PlotSeries *series;
  double            x, y;    /* of the newest sample, pixels */
  gboolean          is_exit; /* the line leaves the plot there; its end is not seen */
  guint             slot;    /* where its place is remembered */
} EndLabel;

/* Theory is remembered from the other end, away from the runs. */
static guint
find_slot (const PlotSeries *series, guint *n_theories)
{
  if (series->role == PLOT_ROLE_THEORY)
    return PLOT_MAX_LABELS - 1 - (*n_theories)++ % PLOT_MAX_LABELS;
  return series->run % PLOT_MAX_LABELS;
}

static guint
collect_end_labels (PlotPaint *self, EndLabel *labels)
{
  guint n = 0, n_theories = 0;

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
        g_array_index (vertices, PlotVertex, vertices->len - 1).sample == PLOT_NO_SAMPLE,
        find_slot (series, &n_theories),
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

  /* Where there is no room for a bend the leader is one stroke. */
  if (bend - start < end - bend)
    bend = end;
  if (end <= start)
    return;
  plot_occupancy_add_segment (self->taken, start, label->y, bend, y);
  cairo_move_to (cr, start, floor (label->y) + 0.5);
  cairo_line_to (cr, bend, floor (y) + 0.5);
  cairo_line_to (cr, end, floor (y) + 0.5);
  cairo_set_line_width (cr, 1);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  plot_canvas_set_colour (canvas, colour, LEADER_ALPHA);
  cairo_stroke (cr);
}

/* Points lie side by side and leaders would run through them: a label has their marker. */
static void
paint_key (PlotPaint *self, const PlotSeries *series, double text_x, double y)
{
  PlotCanvas        *canvas = self->canvas;
  const PlotRunLook *look = plot_theme_get_run (canvas->theme, series->style);
  double             gap = plot_canvas_text_length (canvas, KEY_GAP);
  double radius = plot_canvas_line_length (canvas, canvas->theme->marker_radius);

  if (series->role != PLOT_ROLE_TARGET)
    {
      PlotMarker marker = series->diverged ? PLOT_MARKER_CROSS : look->marker;

      plot_canvas_marker (canvas, marker, text_x - gap, y, radius, 0, look->colour);
      if (plot_series_is_pinned (series))
        plot_paint_hollow (canvas, marker, text_x - gap, y, radius);
      return;
    }
  plot_canvas_hline (canvas, text_x - gap - radius, text_x - gap + radius, y);
  cairo_set_line_width (canvas->cr,
                        plot_canvas_line_length (canvas, canvas->theme->stair_width));
  plot_canvas_set_colour (canvas, canvas->theme->theory, 1);
  cairo_stroke (canvas->cr);
}

/* Where the end is not seen its value would be read as that of the place.
 * Returns: (nullable) (transfer full). */
static char *
make_text (PlotPaint *self, const EndLabel *label)
{
  if (label->is_exit)
    return plot_canvas_fit_text (self->canvas, PLOT_FONT_LABEL, label->series->name,
                                 self->layout->label_room);
  return plot_layout_make_end_label (self->layout, self->canvas, label->series);
}

static PlotColour
get_label_colour (PlotCanvas *canvas, const PlotSeries *series)
{
  return series->role == PLOT_ROLE_TARGET || series->role == PLOT_ROLE_THEORY
             ? canvas->theme->theory
             : plot_theme_get_run (canvas->theme, series->style)->colour;
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
      PlotLabelMemory *memory = &self->view->memory[labels[i].slot];

      /* The last picture of a run is exact. */
      if (!running)
        memory->wanted = NAN;
      wanted[i] = plot_label_memory_settle (memory, labels[i].y, now);
    }
  plot_labels_place (wanted, n, height, area->y, area->y + area->height, placed);
  for (guint i = 0; i < n; i++)
    {
      PlotColour        colour = get_label_colour (canvas, labels[i].series);
      gboolean          pinned = plot_series_is_pinned (labels[i].series);
      g_autofree char  *text = make_text (self, &labels[i]);
      cairo_rectangle_t box;

      if (text == NULL)
        continue;
      if (plot_series_is_points (labels[i].series))
        paint_key (self, labels[i].series, x, placed[i]);
      else
        paint_leader (self, &labels[i], x, placed[i], colour);
      plot_canvas_text (canvas, PLOT_FONT_LABEL, text,
                        pinned ? canvas->theme->dim : colour, x, placed[i], 0);
      box = plot_paint_text_box (self, PLOT_FONT_LABEL, text, x, placed[i], 0);
      plot_occupancy_add_box (self->taken, &box);
    }
}
