/* SPDX-License-Identifier: GPL-3.0-or-later
 * Where labels go: the column of end labels, and free places inside a plot.  Geometry
 * only; nothing is drawn here. */
#pragma once

#include <cairo.h>
#include <glib.h>

G_BEGIN_DECLS

/* Spreads labels of height `spacing` over [top, bottom] as near as possible to the y they
 * want.  wanted, placed: (n).  The order of labels is that of `wanted`; labels that want
 * the same place keep their order in the array. */
void plot_labels_place (const double *wanted,
                        guint         n,
                        double        spacing,
                        double        top,
                        double        bottom,
                        double       *placed);

/* What is remembered of one label between paints. */
typedef struct
{
  double wanted; /* NaN: nothing yet */
  gint64 moved;  /* monotonic time of the last move, microseconds */
} PlotLabelMemory;

/* Keeps a label where it was unless it wants to be more than 3 px away and has not moved
 * for a quarter of a second.  Returns: the y to use for it. */
double plot_label_memory_settle (PlotLabelMemory *self, double wanted, gint64 now);

/* --- free places -------------------------------------------------------------- */

/* What is already drawn: boxes and line segments, in pixels. */
typedef struct _PlotOccupancy PlotOccupancy;

PlotOccupancy *plot_occupancy_new (void) G_GNUC_WARN_UNUSED_RESULT;
void           plot_occupancy_free (PlotOccupancy *self);
void           plot_occupancy_add_box (PlotOccupancy *self, const cairo_rectangle_t *box);
void           plot_occupancy_add_segment (PlotOccupancy *self,
                                           double         x0,
                                           double         y0,
                                           double         x1,
                                           double         y1);
/* Whether `box` lies within `bounds` and touches nothing. */
gboolean plot_occupancy_is_free (const PlotOccupancy     *self,
                                 const cairo_rectangle_t *box,
                                 const cairo_rectangle_t *bounds);

/* Returns: how many things `box` touches. */
guint plot_occupancy_count (const PlotOccupancy *self, const cairo_rectangle_t *box);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlotOccupancy, plot_occupancy_free)

G_END_DECLS
