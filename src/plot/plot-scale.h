/* SPDX-License-Identifier: GPL-3.0-or-later
 * PlotScale: one axis as a mapping between data and pixels, linear or logarithmic, and
 * the choice of its range.  Degenerate ranges are handled here and nowhere else.
 *
 * On a logarithmic axis a slot at the low end may hold zero: step 0 on time axes, the
 * floor row for values at or below zero on others. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  PLOT_SCALE_LINEAR,
  PLOT_SCALE_LOG,
} PlotScaleKind;

typedef struct
{
  PlotScaleKind kind;
  double        lo, hi; /* data at the ends; lo < hi, and 0 < lo if logarithmic */
  double        p0, p1; /* pixels of the low and the high end (p1 < p0 for y) */
  double        slot;   /* pixels kept for zero at the low end; 0: none */
} PlotScale;

/* A stretch of an axis, in data; lo < hi, or there is no such stretch. */
typedef struct
{
  double lo, hi;
} PlotRange;

/* Makes a valid scale of whatever range is given: NaN, reversed, empty, zero. */
void plot_scale_init (PlotScale    *self,
                      PlotScaleKind kind,
                      double        lo,
                      double        hi,
                      double        p0,
                      double        p1,
                      double        slot);

/* Returns: the pixel; NaN for NaN and infinities.  What is at or below zero on a
 * logarithmic axis goes to the low end; what is out of range goes to the nearer end. */
double plot_scale_map (const PlotScale *self, double value);
/* Like plot_scale_map (), but what is out of range goes beyond the ends, where it would be
 * on a longer axis; what has no logarithm and no slot goes far below.  Within the slot
 * lies what is between zero and the low end.  Never decreases with `value`. */
double plot_scale_map_beyond (const PlotScale *self, double value);
/* Whether a value has its own place on the axis, the slot for zero included. */
gboolean plot_scale_holds (const PlotScale *self, double value);
/* Returns: the datum under a pixel, within the range. Zero within the slot. */
double plot_scale_unmap (const PlotScale *self, double pixel);

/* A position on the whole axis as a share of its length, 0 at `lo`, and back. */
double plot_scale_get_share (const PlotScale *self, double value);
double plot_scale_get_value (const PlotScale *self, double share);

/* Widens [lo, hi] to hold [data_lo, data_hi], NaN for none: whole decades below, a
 * decade and some headroom above if logarithmic; 1-2-5 steps if linear.  Start from NaN.
 * Never narrows, so that axes do not jitter. */
void plot_scale_grow (PlotScaleKind kind,
                      double        data_lo,
                      double        data_hi,
                      double        headroom, /* decades, or share of the range */
                      double       *lo,
                      double       *hi);

/* Returns: the largest of 1, 2, 5 times a power of ten that is at most `value`, or the
 * smallest that is at least `value`. */
double plot_scale_nice_floor (double value);
double plot_scale_nice_ceil (double value);

G_END_DECLS
