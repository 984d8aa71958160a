/* SPDX-License-Identifier: GPL-3.0-or-later
 * A read-out over a painted frame: a line and markers on the curves. */
#include "config.h"

#include "plot-painter-private.h"

#include <math.h>

#define LINE_WIDTH 1.2
#define RIM        1.6

static void
paint_marker (PlotCanvas           *canvas,
              const PlotView       *view,
              const PlotReadoutRow *row,
              double                px,
              double                y,
              double                radius)
{
  const PlotRunLook  *run = plot_theme_get_run (canvas->theme, row->style);
  const PlotBandLook *band = plot_theme_get_band (canvas->theme, row->band);

  if (plot_scale_holds (&view->y, y) && !row->is_theory)
    plot_canvas_marker (
        canvas, row->is_band ? band->marker : run->marker, px,
        plot_scale_map_beyond (&view->y, y), plot_canvas_line_length (canvas, radius),
        plot_canvas_line_length (canvas, RIM), row->is_band ? band->line : run->colour);
}

static void
paint_line (PlotCanvas        *canvas,
            const PlotView    *view,
            const PlotReadout *readout,
            guint              panel)
{
  const cairo_rectangle_t *area = &view->area;
  double                   px;

  if (!plot_scale_holds (&view->x, readout->x))
    return;
  px = plot_scale_map (&view->x, readout->x);
  cairo_set_dash (canvas->cr, NULL, 0, 0);
  cairo_set_line_width (canvas->cr, plot_canvas_line_length (canvas, LINE_WIDTH));
  plot_canvas_set_colour (canvas, canvas->theme->text, 1);
  cairo_move_to (canvas->cr, px, area->y);
  cairo_line_to (canvas->cr, px, area->y + area->height);
  cairo_stroke (canvas->cr);
  for (guint i = 0; i < readout->rows->len; i++)
    {
      const PlotReadoutRow *row = g_ptr_array_index (readout->rows, i);
      double                at;

      if (row->panel != panel)
        continue;
      at = plot_scale_map (&view->x, readout->x + row->shift);
      paint_marker (canvas, view, row, at, row->thin_y, canvas->theme->train_radius);
      paint_marker (canvas, view, row, at, row->y,
                    row->pinned ? canvas->theme->train_radius
                                : canvas->theme->marker_radius);
    }
}

void
plot_painter_paint_readout (const PlotReadout *readout,
                            const PlotFrame   *frame,
                            const PlotTheme   *theme,
                            PlotLayout        *layout,
                            cairo_t           *cr,
                            int                card,
                            double             pointer)
{
  PlotCanvas canvas;

  g_return_if_fail (readout != NULL && frame != NULL && layout != NULL);

  cairo_save (cr);
  cairo_new_path (cr);
  plot_canvas_init (&canvas, cr, theme);
  for (guint i = 0; i < layout->n_views && i < frame->panels->len; i++)
    paint_line (&canvas, &layout->views[i], readout, i);
  if (card >= 0 && (guint) card < MIN (layout->n_views, frame->panels->len))
    plot_paint_readout_card (&canvas, layout, frame, readout, (guint) card, pointer);
  plot_canvas_clear (&canvas);
  cairo_new_path (cr);
  cairo_restore (cr);
}
