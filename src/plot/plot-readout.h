/* SPDX-License-Identifier: GPL-3.0-or-later
 * PlotReadout: what was recorded at one x of a frame, in words: for the card beside the
 * pointer and for screen readers.  Never interpolates. */
#pragma once

#include "plot-frame.h"

G_BEGIN_DECLS

/* One curve, band or cloud of points. */
typedef struct
{
  guint        panel;
  gboolean     is_band;   /* has `band`, else `style` */
  gboolean     is_theory; /* neutral: has neither, and no marker */
  PlotTheory   theory;    /* of a theory: its dashes */
  gboolean     pinned;    /* of the experiment that this one is compared with */
  PlotRunStyle style;
  PlotBand     band;
  char        *name;
  char        *value;      /* "–" where nothing was recorded */
  char        *thin_value; /* (nullable): of the run's thin curve */
  double       y, thin_y;  /* of the markers, in data; NaN: none */
  double       shift;      /* of the markers to the right of x, in data */
} PlotReadoutRow;

typedef struct
{
  double     x;
  char      *title;       /* "Step 150" */
  char      *thin_label;  /* (nullable): what the thin values are, "train" */
  char      *thick_label; /* (nullable): what the others are, "test" */
  GPtrArray *rows;        /* (element-type PlotReadoutRow): panel by panel, top first */
} PlotReadout;

PlotReadout      *
plot_readout_new (const PlotFrame *frame, double x) G_GNUC_WARN_UNUSED_RESULT;
void plot_readout_free (PlotReadout *self);
/* "Step 150: Lazy 0.38, train 0.12; Joint 0.18, train 0.07."
 * Returns: (transfer full). */
char *plot_readout_describe (const PlotReadout *self,
                             const PlotFrame   *frame) G_GNUC_WARN_UNUSED_RESULT;

/* The recorded x of a panel that is nearest on its axis.
 * Returns: NaN if nothing was recorded. */
double plot_readout_snap (const PlotFrame *frame, guint panel, double x);
/* The recorded x that is `n` samples after x (before, if negative), of all panels; the
 * first or the last if there are not so many.  x may be infinite.
 * Returns: NaN if nothing was recorded. */
double plot_readout_step (const PlotFrame *frame, double x, int n);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlotReadout, plot_readout_free)

G_END_DECLS
