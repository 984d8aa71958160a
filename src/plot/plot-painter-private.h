/* SPDX-License-Identifier: GPL-3.0-or-later
 * The painter's parts: each draws one concern of one panel. */
#pragma once

#include "plot-layout-private.h"

G_BEGIN_DECLS

/* One panel being painted. */
typedef struct
{
  PlotCanvas      *canvas;
  PlotLayout      *layout;
  const PlotPanel *panel;
  PlotView        *view;
  PlotOccupancy   *taken; /* what labels inside the plot must not hit */
  GPtrArray       *lines; /* (element-type GArray(PlotVertex)): one per series */
} PlotPaint;

/* The painter with a receiver of text; see PlotCanvas. */
void plot_painter_paint_to (const PlotFrame *frame,
                            const PlotTheme *theme,
                            PlotLayout      *layout,
                            cairo_t         *cr,
                            double           width,
                            double           height,
                            PlotTextSink     sink,
                            gpointer         sink_data);

/* plot-painter-axes.c */
void plot_paint_ground (PlotPaint *self);
void plot_paint_axes (PlotPaint *self);
void plot_paint_titles (PlotPaint *self);

/* plot-painter-marks.c */
void plot_paint_guides (PlotPaint *self);
void plot_paint_clouds (PlotPaint *self);
void plot_paint_series (PlotPaint *self);
void plot_paint_end_markers (PlotPaint *self);
void plot_paint_theory_dashes (PlotCanvas *canvas, PlotTheory theory);

/* plot-painter-points.c */
void plot_paint_targets (PlotPaint *self);
void plot_paint_points (PlotPaint *self);
/* Opens the marker that was painted there. */
void plot_paint_hollow (PlotCanvas *canvas,
                        PlotMarker  marker,
                        double      x,
                        double      y,
                        double      radius);

/* plot-painter-card.c: the values of one panel; see plot_painter_paint_readout (). */
void plot_paint_readout_card (PlotCanvas        *canvas,
                              PlotLayout        *layout,
                              const PlotFrame   *frame,
                              const PlotReadout *readout,
                              guint              index,
                              double             pointer);

/* plot-painter-areas.c */
void plot_paint_areas (PlotPaint *self);

/* plot-painter-labels.c */
void plot_paint_end_labels (PlotPaint *self);
void plot_paint_inner_labels (PlotPaint *self);

/* --- plot-painter-places.c ------------------------------------------------------- */

#define PLOT_MAX_PLACES 24

/* Places for one label, best first. */
typedef struct
{
  guint n;
  struct
  {
    double x, y, align;
  } at[PLOT_MAX_PLACES];
} PlotPlaces;

void plot_places_add (PlotPlaces *self, double x, double y, double align);
/* Draws `text` at the first free place within `bounds`, and takes it.
 * Returns: FALSE if there is none. */
gboolean plot_paint_try_places (PlotPaint               *self,
                                PlotFont                 font,
                                const char              *text,
                                PlotColour               colour,
                                const PlotPlaces        *places,
                                const cairo_rectangle_t *bounds);
/* The same in the font and colour of guides. */
gboolean
plot_paint_try_tick_label (PlotPaint *self, const char *text, const PlotPlaces *places);
/* On a patch, in the first of the places where least is hidden. */
void
plot_paint_tick_label_over (PlotPaint *self, const char *text, const PlotPlaces *places);
/* The plot area and, where no names stand there, a little above it. */
cairo_rectangle_t plot_paint_get_bounds (PlotPaint *self);

/* The box that text takes when drawn at x, y with `align`. */
cairo_rectangle_t plot_paint_text_box (PlotPaint  *self,
                                       PlotFont    font,
                                       const char *text,
                                       double      x,
                                       double      y,
                                       double      align);

G_END_DECLS
