/* SPDX-License-Identifier: GPL-3.0-or-later
 * The painter: the only Cairo code.  A frame, a theme and a size onto a cairo_t. */
#pragma once

#include <cairo.h>

#include "plot-frame.h"
#include "plot-readout.h"
#include "plot-theme.h"

G_BEGIN_DECLS

/* Layout state a view keeps between paints so that gutters only grow and labels do not
 * jitter. A one-off picture passes NULL. */
typedef struct _PlotLayout PlotLayout;

PlotLayout *plot_layout_new (void) G_GNUC_WARN_UNUSED_RESULT;
/* As far as the next paint needs it.  (transfer full) */
PlotLayout *plot_layout_copy (const PlotLayout *self) G_GNUC_WARN_UNUSED_RESULT;
void        plot_layout_free (PlotLayout *self);
/* Forgets what was remembered: after Reset or a new experiment. */
void plot_layout_reset (PlotLayout *self);
/* Gutters this frame would like, in pixels, and a minimum that the next paint respects:
 * plots of one column share the larger of theirs. */
void plot_layout_get_gutters (PlotLayout *self, double *left, double *right);
void plot_layout_set_min_gutters (PlotLayout *self, double left, double right);
/* Whether the last paint had these, as long as no other minimum was set. */
gboolean plot_layout_has_gutters (PlotLayout *self, double left, double right);

/* After a paint: where things are, for read-outs, zoom and tests.  `panel` counts from 0 in
 * the order of the frame; FALSE if there is no such panel. */
guint    plot_layout_get_n_panels (PlotLayout *self);
gboolean plot_layout_get_area (PlotLayout *self, guint panel, cairo_rectangle_t *area);
/* Returns: the panel whose plot area holds the point, or -1. */
int      plot_layout_find_panel (PlotLayout *self, double x, double y);
gboolean plot_layout_to_pixel (PlotLayout *self,
                               guint       panel,
                               double      x,
                               double      y,
                               double     *pixel_x,
                               double     *pixel_y);
gboolean plot_layout_to_data (PlotLayout *self,
                              guint       panel,
                              double      pixel_x,
                              double      pixel_y,
                              double     *x,
                              double     *y);

typedef enum
{
  PLOT_HORIZONTAL,
  PLOT_VERTICAL,
} PlotDirection;

/* Ranges to show next, after a paint: `factor` times closer around a pixel, what is shown
 * moved with the pointer by some pixels, what lies between two pixels, and the x range
 * moved as far as needed to show x.  Never more than the axis has; no range is
 * everything. */
PlotRange plot_layout_zoom (PlotLayout   *self,
                            guint         panel,
                            PlotDirection direction,
                            double        pixel,
                            double        factor);
PlotRange
plot_layout_pan (PlotLayout *self, guint panel, PlotDirection direction, double pixels);
PlotRange plot_layout_select (PlotLayout   *self,
                              guint         panel,
                              PlotDirection direction,
                              double        pixel,
                              double        other);
PlotRange plot_layout_reveal (PlotLayout *self, guint panel, double x);

/* Paints `frame` into (0, 0, width, height) of `cr`, in user units of 1/96 inch, the
 * background included.  Leaves `cr` as it was.  No display needed. */
void plot_painter_paint (const PlotFrame *frame,
                         const PlotTheme *theme,
                         PlotLayout      *layout,
                         cairo_t         *cr,
                         double           width,
                         double           height);

/* Paints a read-out over a frame that was painted with `layout`: in every panel a line
 * and markers; and, unless `card` is -1, a card of values for that panel, which leaves
 * `pointer` (an x in pixels; NaN: none) free. */
void plot_painter_paint_readout (const PlotReadout *readout,
                                 const PlotFrame   *frame,
                                 const PlotTheme   *theme,
                                 PlotLayout        *layout,
                                 cairo_t           *cr,
                                 int                card,
                                 double             pointer);

/* Paints the sample of a run's line (dash, marker), as chips in lists do. */
void plot_painter_paint_chip (PlotRunStyle     style,
                              gboolean         diverged,
                              const PlotTheme *theme,
                              cairo_t         *cr,
                              double           width,
                              double           height);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlotLayout, plot_layout_free)

G_END_DECLS
