/* SPDX-License-Identifier: GPL-3.0-or-later
 * PlotSamples: the numbers of curves as they are drawn, made of the records of a trace.
 *
 * A trace only grows, so they are made once, and a later frame continues them for the
 * records that came since: a frame costs what is new and what is seen, not what there is.
 * Reference-counted (atomic).  Whoever was given them for n records may read those from any
 * thread, at any time; they never move. */
#pragma once

#include "eng-trace.h"
#include "plot-reduce.h"

#include <pthread.h>

G_BEGIN_DECLS

/* Curves over the same x, such as the edges of stacked bands. */
#define PLOT_SAMPLES_MAX_ROWS 4

/* What they are made of; two with the same are the same, whichever plot they are for. */
typedef struct
{
  EngTrace   *trace;
  const void *what; /* of one kind of samples alone; lives as long as the trace */
  guint       variant;
  gsize       first;  /* the record of sample 0 */
  guint       n_rows; /* curves, which follows from the rest */
} PlotSource;

/* Fills samples [from, end) of x and of every row: NaN is a gap.  `data` is that of
 * plot_samples_new ().   x, y[row]: from sample 0 on */
typedef void (*PlotFillSamples) (const PlotSource *source,
                                 gconstpointer     data,
                                 gsize             from,
                                 gsize             end,
                                 double           *x,
                                 double *const    *y);

/* Of the finite samples of a curve; NaN: there is none. */
typedef struct
{
  double smallest, largest;
  double smallest_positive;
} PlotExtent;

typedef struct
{
  /*< private >*/
  gatomicrefcount ref_count;
  pthread_mutex_t
             lock; /* on what follows to the end of this part; ThreadSanitizer sees no
                           lock of GLib */
  gsize      n;
  PlotExtent extents[PLOT_SAMPLES_MAX_ROWS];

  /*< public >*/
  PlotSource   source;
  double      *x;                               /* increasing */
  double      *y[PLOT_SAMPLES_MAX_ROWS];        /* by row */
  PlotPyramid *pyramids[PLOT_SAMPLES_MAX_ROWS]; /* of these */
} PlotSamples;

void plot_extent_add (PlotExtent *self, const double *y, gsize from, gsize end);

/* The first `n` samples of `source`, with the extents of its rows over them (nullable).
 * Returns: (transfer full): `earlier` (nullable), continued, if they are of the same source
 * and no longer. */
PlotSamples *plot_samples_new (PlotSamples      *earlier,
                               const PlotSource *source,
                               gsize             n,
                               PlotFillSamples   fill,
                               gconstpointer     data,
                               PlotExtent       *extents) G_GNUC_WARN_UNUSED_RESULT;
PlotSamples *plot_samples_ref (PlotSamples *self);
void         plot_samples_unref (PlotSamples *self);
gboolean     plot_source_equal (const PlotSource *a, const PlotSource *b);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlotSamples, plot_samples_unref)

G_END_DECLS
