/* SPDX-License-Identifier: GPL-3.0-or-later
 * The painter: the order in which the parts of a frame are drawn. */
#include "config.h"

#include "plot-painter-private.h"

#include <math.h>

/* Nothing sensible can be drawn in less. */
#define MIN_WIDTH  60.0
#define MIN_HEIGHT 50.0

/* No line crosses the break of the axis: between step 0 and step 1 the pen is lifted. */
static void
lift_at_slot (GArray *vertices, const PlotScale *x)
{
  double along = 0;

  if (x->slot <= 0)
    return;
  for (guint i = 1; i < vertices->len; i++)
    {
      PlotVertex *vertex = &g_array_index (vertices, PlotVertex, i);

      vertex->starts |= (vertex - 1)->x < x->p0 + x->slot / 2;
      if (vertex->starts)
        along = vertex->along;
      vertex->along -= along;
    }
}

/* Points have no line; the last of them has the label. */
static void
reduce_points (const PlotSeries *series, const PlotView *view, GArray *vertices)
{
  double side = series->role == PLOT_ROLE_TARGET ? series->reach : series->shift;

  for (gsize i = series->n; i > 0 && vertices->len == 0; i--)
    if (plot_scale_holds (&view->x, series->x[i - 1])
        && (series->beyond || plot_scale_holds (&view->y, series->y[i - 1])))
      {
        PlotVertex vertex = { .x = plot_scale_map (&view->x, series->x[i - 1] + side),
                              .y = plot_scale_map (&view->y, series->y[i - 1]),
                              .sample = i - 1,
                              .starts = TRUE };

        g_array_append_val (vertices, vertex);
      }
}

static GArray *
reduce_series (const PlotSeries *series, const PlotView *view)
{
  GArray *vertices = g_array_new (FALSE, FALSE, sizeof (PlotVertex));

  if (plot_series_is_points (series))
    {
      reduce_points (series, view, vertices);
      return vertices;
    }
  plot_reduce_line (series->pyramid, series->x, series->y, series->n, &view->x, &view->y,
                    vertices);
  lift_at_slot (vertices, &view->x);
  plot_reduce_clip (vertices, view->x.p0, view->y.p0, view->x.p1, view->y.p1);
  return vertices;
}

static void
occupy_line (PlotOccupancy *taken, const GArray *vertices)
{
  for (guint i = 1; i < vertices->len; i++)
    {
      const PlotVertex *a = &g_array_index (vertices, PlotVertex, i - 1);
      const PlotVertex *b = &g_array_index (vertices, PlotVertex, i);

      if (!b->starts)
        plot_occupancy_add_segment (taken, a->x, a->y, b->x, b->y);
    }
}

static void
paint_panel (PlotCanvas      *canvas,
             PlotLayout      *layout,
             const PlotPanel *panel,
             PlotView        *view)
{
  PlotOccupancy        *taken = plot_occupancy_new ();
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (
      (GDestroyNotify) g_array_unref);
  PlotPaint paint = { canvas, layout, panel, view, taken, lines };

  g_clear_pointer (&view->taken, plot_occupancy_free);
  view->taken = taken;

  for (guint i = 0; i < panel->series->len; i++)
    {
      g_ptr_array_add (lines, reduce_series (g_ptr_array_index (panel->series, i), view));
      occupy_line (taken, g_ptr_array_index (lines, i));
    }
  plot_paint_ground (&paint);
  plot_paint_areas (&paint);
  plot_paint_guides (&paint);
  plot_paint_clouds (&paint);
  plot_paint_targets (&paint);
  plot_paint_axes (&paint);
  plot_paint_series (&paint);
  plot_paint_end_markers (&paint);
  plot_paint_points (&paint);
  plot_paint_titles (&paint);
  plot_paint_end_labels (&paint);
  plot_paint_inner_labels (&paint);
}

static void
paint_background (PlotCanvas *canvas, double width, double height)
{
  cairo_rectangle (canvas->cr, 0, 0, width, height);
  cairo_clip_preserve (canvas->cr);
  plot_canvas_set_colour (canvas, canvas->theme->background, 1);
  cairo_fill (canvas->cr);
}

void
plot_painter_paint_to (const PlotFrame *frame,
                       const PlotTheme *theme,
                       PlotLayout      *layout,
                       cairo_t         *cr,
                       double           width,
                       double           height,
                       PlotTextSink     sink,
                       gpointer         sink_data)
{
  g_autoptr (PlotLayout) own = layout == NULL ? plot_layout_new () : NULL;
  PlotCanvas             canvas;

  if (layout == NULL)
    layout = own;
  cairo_save (cr);
  cairo_new_path (cr);
  plot_canvas_init (&canvas, cr, theme);
  canvas.sink = sink;
  canvas.sink_data = sink_data;
  paint_background (&canvas, width, height);
  if (width >= MIN_WIDTH && height >= MIN_HEIGHT)
    {
      plot_layout_arrange (layout, &canvas, frame, width, height);
      for (guint i = 0; i < layout->n_views; i++)
        paint_panel (&canvas, layout, g_ptr_array_index (frame->panels, i),
                     &layout->views[i]);
    }
  else
    layout->n_views = 0;
  plot_canvas_clear (&canvas);
  cairo_new_path (cr);
  cairo_restore (cr);
}

void
plot_painter_paint (const PlotFrame *frame,
                    const PlotTheme *theme,
                    PlotLayout      *layout,
                    cairo_t         *cr,
                    double           width,
                    double           height)
{
  g_return_if_fail (frame != NULL && theme != NULL && cr != NULL);
  plot_painter_paint_to (frame, theme, layout, cr, width, height, NULL, NULL);
}

void
plot_painter_paint_chip (PlotRunStyle     style,
                         gboolean         diverged,
                         const PlotTheme *theme,
                         cairo_t         *cr,
                         double           width,
                         double           height)
{
  const PlotRunLook *look = plot_theme_get_run (theme, style);
  PlotCanvas         canvas = { .cr = cr, .theme = theme };
  double             scale = theme->line_scale;
  double             y = height / 2;
  double             dash[PLOT_MAX_DASH];

  for (guint i = 0; i < look->n_dash; i++)
    dash[i] = look->dash[i] * scale;
  cairo_save (cr);
  cairo_new_path (cr);
  cairo_rectangle (cr, 0, 0, width, height);
  cairo_clip (cr);
  cairo_set_line_width (cr, theme->test_width * scale);
  cairo_set_dash (cr, dash, (int) look->n_dash, 0);
  plot_canvas_set_colour (&canvas, look->colour, 1);
  cairo_move_to (cr, 1, y);
  cairo_line_to (cr, width - 1, y);
  cairo_stroke (cr);
  plot_canvas_marker (&canvas, diverged ? PLOT_MARKER_CROSS : look->marker, width / 2, y,
                      theme->marker_radius * scale, 1.6 * scale, look->colour);
  cairo_restore (cr);
}
