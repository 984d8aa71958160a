/* SPDX-License-Identifier: GPL-3.0-or-later
 * Stacked bands: fills with their textures, the lines between them, and their names where
 * they are thickest. */
#include "config.h"

#include "plot-painter-private.h"

#include <math.h>

/* The line between two bands, in the background colour, keeps pale fills apart. */
#define BORDER 1.6
/* The edge of a pinned band: its dashes, and the seam that they lie on. */
#define PINNED_WIDTH 1.2
#define PINNED_SEAM  3.0
/* Room around a name inside its band. */
#define PATCH 2.5
/* A band thinner than this at its end is not named there. */
#define MIN_NAMED_PIXELS 3.0
/* Places tried for the flag of a thin band. */
#define MAX_FLAGS 3

/* Edges are clipped on the left and on the right; above and below the canvas does it. */
#define FAR 1e7

typedef struct
{
  GArray     *upper, *lower; /* (element-type PlotVertex) */
  PlotStretch stretch;       /* the same, pixel by pixel */
} Outline;

static GArray *
reduce (const PlotArea    *area,
        const double      *y,
        const PlotPyramid *pyramid,
        const PlotView    *view)
{
  GArray *vertices = g_array_new (FALSE, FALSE, sizeof (PlotVertex));

  plot_reduce_line (pyramid, area->x, y, area->n, &view->x, &view->y, vertices);
  plot_reduce_clip (vertices, view->x.p0, -FAR, view->x.p1, FAR);
  return vertices;
}

/* Heights of an edge at every pixel column of the area; NaN where there is none. */
static void
sample_edge (const GArray            *vertices,
             const cairo_rectangle_t *area,
             double                  *heights,
             guint                    n)
{
  for (guint i = 0; i < n; i++)
    heights[i] = NAN;
  for (guint i = 1; i < vertices->len; i++)
    {
      const PlotVertex *a = &g_array_index (vertices, PlotVertex, i - 1);
      const PlotVertex *b = &g_array_index (vertices, PlotVertex, i);
      double            last = MIN (b->x - area->x, n - 1.0);

      if (b->starts)
        continue;
      for (double x = MAX (ceil (a->x - area->x), 0); x <= last; x++)
        {
          double t = b->x > a->x ? (x + area->x - a->x) / (b->x - a->x) : 0;

          heights[(guint) x] = CLAMP (a->y + t * (b->y - a->y), area->y,
                                      area->y + area->height);
        }
    }
}

static void
outline_init (Outline *self, const PlotArea *area, const PlotView *view)
{
  guint n = (guint) MAX (view->area.width, 1);

  self->upper = reduce (area, area->upper, area->upper_pyramid, view);
  self->lower = reduce (area, area->lower, area->lower_pyramid, view);
  self->stretch = (PlotStretch){ view->area.x, n, g_new (double, n), g_new (double, n) };
  sample_edge (self->upper, &view->area, self->stretch.upper, n);
  sample_edge (self->lower, &view->area, self->stretch.lower, n);
}

static void
outline_clear (Outline *self)
{
  g_array_unref (self->upper);
  g_array_unref (self->lower);
  g_free (self->stretch.upper);
  g_free (self->stretch.lower);
}

static guint
find_piece_end (const GArray *vertices, guint first)
{
  guint end = first + 1;

  while (end < vertices->len && !g_array_index (vertices, PlotVertex, end).starts)
    end++;
  return end;
}

/* Both edges have their gaps at the same samples, so pieces correspond. */
static void
add_outline (cairo_t *cr, const Outline *outline)
{
  guint up = 0, low = 0;

  while (up < outline->upper->len && low < outline->lower->len)
    {
      guint up_end = find_piece_end (outline->upper, up);
      guint low_end = find_piece_end (outline->lower, low);

      for (guint i = up; i < up_end; i++)
        {
          const PlotVertex *v = &g_array_index (outline->upper, PlotVertex, i);

          cairo_line_to (cr, v->x, v->y);
        }
      for (guint i = low_end; i > low; i--)
        {
          const PlotVertex *v = &g_array_index (outline->lower, PlotVertex, i - 1);

          cairo_line_to (cr, v->x, v->y);
        }
      cairo_close_path (cr);
      up = up_end;
      low = low_end;
    }
}

static void
fill_area (PlotPaint *self, const PlotArea *area, const Outline *outline)
{
  PlotCanvas         *canvas = self->canvas;
  const PlotBandLook *look = plot_theme_get_band (canvas->theme, area->band);

  cairo_new_path (canvas->cr);
  add_outline (canvas->cr, outline);
  plot_canvas_set_colour (canvas, look->fill, 1);
  cairo_fill (canvas->cr);
  plot_canvas_texture (canvas, look->texture, &outline->stretch, look->texture_colour);
}

static void
stroke_border (PlotPaint *self, const Outline *outline)
{
  PlotCanvas *canvas = self->canvas;

  cairo_new_path (canvas->cr);
  for (guint i = 0; i < outline->upper->len; i++)
    {
      const PlotVertex *v = &g_array_index (outline->upper, PlotVertex, i);

      if (v->starts)
        cairo_move_to (canvas->cr, v->x, v->y);
      else
        cairo_line_to (canvas->cr, v->x, v->y);
    }
  plot_canvas_set_colour (canvas, canvas->theme->background, 1);
  cairo_set_line_width (canvas->cr, plot_canvas_line_length (canvas, BORDER));
  cairo_set_line_join (canvas->cr, CAIRO_LINE_JOIN_ROUND);
  cairo_stroke (canvas->cr);
}

/* --- names -------------------------------------------------------------------- */

/* Where a box of `width` columns fits best between the edges.
 * Returns: the height it may have; its centre in `x`, `y`. */
static double
find_thickest (const PlotStretch *stretch, guint width, double *x, double *y)
{
  double best = 0, best_score = 0;

  for (guint first = 0; first + width <= stretch->n; first++)
    {
      double top = -INFINITY, bottom = INFINITY, score;

      for (guint i = first; i < first + width && top < bottom; i++)
        {
          if (isnan (stretch->upper[i]) || isnan (stretch->lower[i]))
            bottom = -INFINITY;
          top = MAX (top, stretch->upper[i]);
          bottom = MIN (bottom, stretch->lower[i]);
        }
      /* Among nearly equal places the middle one looks best. */
      score = bottom - top - 0.05 * fabs (first + width / 2.0 - stretch->n / 2.0);
      if (bottom > top && score > best_score)
        {
          best_score = score;
          best = bottom - top;
          *x = stretch->x + first + width / 2.0;
          *y = (top + bottom) / 2;
        }
    }
  return best;
}

static gboolean
paint_name_inside (PlotPaint *self, const PlotArea *area, const Outline *outline)
{
  PlotCanvas         *canvas = self->canvas;
  const PlotBandLook *look = plot_theme_get_band (canvas->theme, area->band);
  double              x = 0, y = 0;
  double              height = plot_canvas_text_height (canvas, PLOT_FONT_LABEL);
  double width = plot_canvas_text_width (canvas, PLOT_FONT_LABEL, area->name) + 2 * PATCH;

  if (find_thickest (&outline->stretch, (guint) ceil (width + 2 * PATCH), &x, &y)
      < height)
    return FALSE;
  if (look->texture != PLOT_TEXTURE_PLAIN)
    {
      cairo_rectangle (canvas->cr, x - width / 2, y - height / 2, width, height);
      plot_canvas_set_colour (canvas, look->fill, 1);
      cairo_fill (canvas->cr);
    }
  plot_canvas_text (canvas, PLOT_FONT_LABEL, area->name, look->on_fill, x, y, 0.5);
  plot_occupancy_add_box (
      self->taken, &(cairo_rectangle_t){ x - width / 2, y - height / 2, width, height });
  return TRUE;
}

typedef struct
{
  const PlotArea *area;
  double          wanted;
} SideName;

/* Without room to the right the name of a thin band is a flag in its colour, at its end. */
static void
paint_flag (PlotPaint *self, const SideName *name, double from)
{
  PlotCanvas              *canvas = self->canvas;
  const cairo_rectangle_t *bounds = &self->view->area;
  const PlotBandLook      *look = plot_theme_get_band (canvas->theme, name->area->band);
  double                   height = plot_canvas_text_height (canvas, PLOT_FONT_LABEL);
  double width = plot_canvas_text_width (canvas, PLOT_FONT_LABEL, name->area->name)
                 + 4 * PATCH;
  cairo_rectangle_t box = { from - width - PATCH,
                            CLAMP (name->wanted - height / 2, bounds->y + 1,
                                   bounds->y + bounds->height - height - 1),
                            width, height };

  for (guint i = 0; i < MAX_FLAGS && !plot_occupancy_is_free (self->taken, &box, bounds);
       i++)
    box.x -= width / 2 + PATCH;
  if (!plot_occupancy_is_free (self->taken, &box, bounds))
    return;
  plot_occupancy_add_box (self->taken, &box);
  cairo_rectangle (canvas->cr, box.x, box.y, box.width, box.height);
  plot_canvas_set_colour (canvas, look->fill, 1);
  cairo_fill_preserve (canvas->cr);
  plot_canvas_set_colour (canvas, canvas->theme->background, 1);
  cairo_set_line_width (canvas->cr, 1);
  cairo_stroke (canvas->cr);
  plot_canvas_text (canvas, PLOT_FONT_LABEL, name->area->name, look->on_fill,
                    box.x + width / 2, box.y + height / 2, 0.5);
}

/* Names of bands too narrow for words stand right of their newest sample, if there is
 * room, or else as flags left of it. */
static void
paint_names_beside (PlotPaint *self, SideName *names, guint n, double from)
{
  PlotCanvas              *canvas = self->canvas;
  const cairo_rectangle_t *area = &self->view->area;
  double                   height = plot_canvas_text_height (canvas, PLOT_FONT_LABEL);
  double                   x = from + plot_canvas_text_length (canvas, 12);
  double                   wanted[PLOT_N_BANDS], placed[PLOT_N_BANDS];

  for (guint i = 0; i < n; i++)
    wanted[i] = names[i].wanted;
  plot_labels_place (wanted, n, height, area->y + height / 2,
                     area->y + area->height - height / 2, placed);
  for (guint i = 0; i < n; i++)
    {
      const char *name = names[i].area->name;
      PlotColour  colour = plot_theme_get_band (canvas->theme, names[i].area->band)->line;
      double      width = plot_canvas_text_width (canvas, PLOT_FONT_LABEL, name);

      if (x + width > area->x + area->width - PATCH)
        {
          paint_flag (self, &names[i], from);
          continue;
        }
      plot_canvas_set_colour (canvas, canvas->theme->background, 1);
      cairo_rectangle (canvas->cr, x - PATCH, placed[i] - height / 2, width + 2 * PATCH,
                       height);
      cairo_fill (canvas->cr);
      cairo_move_to (canvas->cr, from + 2, wanted[i]);
      cairo_line_to (canvas->cr, x - 3, placed[i]);
      plot_canvas_set_colour (canvas, colour, 0.55);
      cairo_set_line_width (canvas->cr, 1);
      cairo_stroke (canvas->cr);
      plot_canvas_text (canvas, PLOT_FONT_LABEL, name, colour, x, placed[i], 0);
    }
}

static void
paint_names (PlotPaint *self, const Outline *outlines)
{
  SideName names[PLOT_N_BANDS];
  guint    n = 0;
  double   from = self->view->area.x;

  for (guint i = 0; i < self->panel->areas->len; i++)
    {
      const PlotArea   *area = g_ptr_array_index (self->panel->areas, i);
      const Outline    *outline = &outlines[i];
      const PlotVertex *up, *low;

      if (outline->upper->len == 0 || outline->lower->len == 0)
        continue;
      up = &g_array_index (outline->upper, PlotVertex, outline->upper->len - 1);
      low = &g_array_index (outline->lower, PlotVertex, outline->lower->len - 1);
      from = MAX (from, up->x);
      if (!paint_name_inside (self, area, outline) && low->y - up->y >= MIN_NAMED_PIXELS
          && n < PLOT_N_BANDS)
        names[n++] = (SideName){ .area = area, .wanted = (up->y + low->y) / 2 };
    }
  paint_names_beside (self, names, n, from);
}

/* Dashes on a light seam, seen on every fill.  The top of a whole is the frame. */
static void
paint_pinned (PlotPaint *self)
{
  static const double dash[] = { 4, 3 };
  PlotCanvas         *canvas = self->canvas;
  cairo_t            *cr = canvas->cr;
  guint               n = self->panel->pinned->len;

  for (guint i = 0; i + (self->panel->y.fixed ? 1 : 0) < n; i++)
    {
      const PlotArea    *area = g_ptr_array_index (self->panel->pinned, i);
      g_autoptr (GArray) edge = reduce (area, area->upper, area->upper_pyramid,
                                        self->view);

      for (guint j = 0; j < edge->len; j++)
        {
          const PlotVertex *v = &g_array_index (edge, PlotVertex, j);

          if (v->starts)
            cairo_move_to (cr, v->x, v->y);
          else
            cairo_line_to (cr, v->x, v->y);
        }
      cairo_set_dash (cr, NULL, 0, 0);
      cairo_set_line_width (cr, plot_canvas_line_length (canvas, PINNED_SEAM));
      plot_canvas_set_colour (canvas, canvas->theme->background, 1);
      cairo_stroke_preserve (cr);
      cairo_set_dash (cr, dash, G_N_ELEMENTS (dash),
                      edge->len > 0 ? g_array_index (edge, PlotVertex, 0).along : 0);
      cairo_set_line_width (cr, plot_canvas_line_length (canvas, PINNED_WIDTH));
      plot_canvas_set_colour (canvas, canvas->theme->text, 1);
      cairo_stroke (cr);
      cairo_set_dash (cr, NULL, 0, 0);
    }
}

void
plot_paint_areas (PlotPaint *self)
{
  guint               n = self->panel->areas->len;
  g_autofree Outline *outlines = g_new0 (Outline, n + 1);

  if (n == 0 && self->panel->pinned->len == 0)
    return;
  cairo_save (self->canvas->cr);
  cairo_rectangle (self->canvas->cr, self->view->area.x, self->view->area.y,
                   self->view->area.width, self->view->area.height);
  cairo_clip (self->canvas->cr);
  for (guint i = 0; i < n; i++)
    {
      outline_init (&outlines[i], g_ptr_array_index (self->panel->areas, i), self->view);
      fill_area (self, g_ptr_array_index (self->panel->areas, i), &outlines[i]);
    }
  for (guint i = 0; i + 1 < n; i++)
    stroke_border (self, &outlines[i]);
  paint_pinned (self);
  paint_names (self, outlines);
  cairo_restore (self->canvas->cr);
  for (guint i = 0; i < n; i++)
    outline_clear (&outlines[i]);
}
