/* SPDX-License-Identifier: GPL-3.0-or-later
 * Reduction of long lines in screen space: first, minimum, maximum and last sample of
 * every pixel column, so that drawing costs O(pixels) whatever the length and no extreme
 * is lost.  Gaps (NaN) stay gaps. */
#pragma once

#include "plot-scale.h"

G_BEGIN_DECLS

/* Minimum and maximum over any index range in logarithmic time.  Does not keep
 * the samples. */
typedef struct _PlotPyramid PlotPyramid;

/* y: (n). */
PlotPyramid *plot_pyramid_new (const double *y, gsize n) G_GNUC_WARN_UNUSED_RESULT;
/* Of nothing yet, with room for `capacity` samples. */
PlotPyramid *plot_pyramid_new_empty (gsize capacity) G_GNUC_WARN_UNUSED_RESULT;
/* Adds samples [from, end) to the [0, from) that it has.  Ranges below `from` may be asked
 * for meanwhile, from any thread.   y: (end) */
void plot_pyramid_extend (PlotPyramid *self, const double *y, gsize from, gsize end);
void plot_pyramid_free (PlotPyramid *self);

/* Indices of the smallest and the largest finite sample among [first, end) of y, the
 * array the pyramid was built from.
 * Returns: FALSE if none is finite. */
gboolean plot_pyramid_range (const PlotPyramid *self,
                             const double      *y,
                             gsize              first,
                             gsize              end,
                             gsize             *at_min,
                             gsize             *at_max);

/* A vertex that stands for no sample: where a line leaves the plot. */
#define PLOT_NO_SAMPLE G_MAXSIZE

/* A drawn vertex, in pixels, and the sample it stands for. */
typedef struct
{
  double   x, y;
  gsize    sample;
  gboolean starts; /* the pen is lifted before it */
  double   along;  /* length of the line up to here from where the pen was set down, and
                      before that, where it comes from the left of the plot, the length
                      along x alone: dashes are counted from there */
} PlotVertex;

/* x: (n) increasing, y: (n).  Appends the vertices of the line to `vertices`
 * (element-type PlotVertex), which is emptied first: at most four per pixel column, and
 * on either side the one sample beyond the range of x that the line comes from or goes
 * to.  Heights out of range lie beyond the ends of the axis. */
void plot_reduce_line (const PlotPyramid *pyramid,
                       const double      *x,
                       const double      *y,
                       gsize              n,
                       const PlotScale   *x_scale,
                       const PlotScale   *y_scale,
                       GArray            *vertices);

/* Keeps what lies in the rectangle between two opposite corners; where the line crosses
 * its border there is a vertex without a sample. */
void plot_reduce_clip (GArray *vertices, double x0, double y0, double x1, double y1);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlotPyramid, plot_pyramid_free)

G_END_DECLS
