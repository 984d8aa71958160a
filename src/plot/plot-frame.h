/* SPDX-License-Identifier: GPL-3.0-or-later
 * PlotFrame: everything there is to draw, as plain data: panels with axes and marks.
 *
 * Built by a plot's projection, then immutable; reference-counted (atomic), readable
 * from any thread.  All strings are plain UTF-8, already translated; superscript and
 * subscript characters are drawn raised and lowered. */
#pragma once

#include <glib-object.h>

#include "plot-format.h"
#include "plot-reduce.h"
#include "plot-samples.h"
#include "plot-scale.h"
#include "plot-theme.h"

G_BEGIN_DECLS

typedef struct
{
  PlotScaleKind kind;
  PlotNumber    number;
  char         *title;  /* (nullable): below the x axis; within the plot for y, whose name
                           is that of the card where there is one panel */
  double        lo, hi; /* what data and guides need; NaN: nothing yet */
  gboolean      fixed;  /* lo and hi are the ends, exactly: time, shares, ranks */
  gboolean      zero;   /* logarithmic: there is something at or below zero */
  double        headroom;
  double        lowest;  /* the range need not reach below; 0: it must hold everything */
  gboolean      steps;   /* counts steps of training */
  gboolean      elapsed; /* a sample holds until the next: it is read off in between */
  gboolean      whole;   /* nothing lies between whole numbers: no ticks there */
  PlotRange     shown;   /* what a person looks at; none: everything */
} PlotAxis;

typedef enum
{
  PLOT_ROLE_PINNED,    /* of an earlier experiment: faint, with a hollow end */
  PLOT_ROLE_TRAIN,     /* thin */
  PLOT_ROLE_TEST,      /* thick */
  PLOT_ROLE_HISTOGRAM, /* an outline, filled below */
  PLOT_ROLE_THEORY,    /* dashed and neutral, whatever the style */
  PLOT_ROLE_POINTS,    /* markers of a run, without a line */
  PLOT_ROLE_TARGET, /* dashed and neutral, a tread at each sample: where markers belong */
  PLOT_ROLE_PINNED_POINTS, /* of an earlier experiment: hollow markers */
} PlotRole;

/* Lines of theory in one panel, told apart by their dashes. */
typedef enum
{
  PLOT_THEORY_DASHED,
  PLOT_THEORY_DOTTED,
  PLOT_THEORY_DASH_DOTTED,
  PLOT_N_THEORIES,
} PlotTheory;

/* A line through recorded samples; NaN is a gap. */
typedef struct
{
  PlotRunStyle style;
  PlotRole     role;
  guint        run;    /* index in the experiment */
  double       shift;  /* of points: drawn as much to the right, in units of x */
  gboolean     beyond; /* of points: those off the y axis stand at its end */
  PlotTheory   theory; /* of a theory: its dashes */
  double       reach;  /* of a target: to either side of x, in its units */
  gsize        n;      /* recorded samples */
  double      *x;      /* (n) increasing */
  double      *y;      /* (n) */
  double      *until;  /* (n) (nullable): sample i is a mean over the x up to here, from
                         where that of the sample before ends */
  PlotPyramid *pyramid;
  PlotSamples *samples;  /* (nullable) of the frame: what x, y and pyramid belong to */
  PlotExtent   extent;   /* of y */
  char        *label;    /* whose it is, for read-outs; (nullable) */
  char        *name;     /* (nullable): no end label without; theory then has its label
                            beside its line */
  char        *value;    /* (nullable): newest value, formatted */
  gboolean     diverged; /* ends in a cross */
} PlotSeries;

/* One layer of a stack, between two lines over the same x. */
typedef struct
{
  PlotBand     band;
  char        *name;
  gsize        n;
  double      *x;             /* (n) increasing */
  double      *lower, *upper; /* (n); NaN together */
  PlotPyramid *lower_pyramid, *upper_pyramid;
  PlotSamples *samples; /* (nullable) of the frame: what all of these belong to */
} PlotArea;

/* Markers without a line: eigenvalues by rank. */
typedef struct
{
  PlotBand band;
  gsize    n;
  double  *x; /* (n) increasing */
  double  *y; /* (n) decreasing */
} PlotCloud;

/* A tinted stretch of the x axis with its name above. */
typedef struct
{
  PlotBand band;
  double   x0, x1;
  char    *name;   /* "Q1" */
  char    *detail; /* "41 directions" */
  char    *brief;  /* "41" */
} PlotSpan;

/* A level that data are compared with. */
typedef struct
{
  double   at;
  gboolean vertical; /* a mark on the time axis: `at` is an x */
  char    *label;    /* (nullable) */
} PlotRule;

/* A tread of the theoretical staircase. */
typedef struct
{
  double x0, x1, y;
  char  *label;
  char  *brief; /* (nullable): where the label does not fit */
} PlotStair;

/* Words at the foot of an x range: what lies below the axis, "λ₃ = 0 ↓". */
typedef struct
{
  double   x0, x1;
  gboolean leading; /* at x0 rather than at x1 */
  char    *label;
} PlotNote;

typedef struct
{
  /*< private >*/
  struct _PlotFrame *frame; /* borrowed: the one it is in */

  /*< public >*/
  PlotAxis x, y;

  /* Small multiples: a boxed panel with marker, name and a second line for each run, in the
   * order of the runs. */
  gboolean     boxed;
  guint        run; /* index in the experiment */
  PlotRunStyle style;
  char        *title;    /* (nullable) */
  char        *quantity; /* (nullable): as the frame's, where its y axis is another */
  char        *subtitle; /* (nullable) */
  char        *subtitle_brief; /* (nullable): where the subtitle does not fit */
  gboolean     alarm;          /* subtitle in the error colour */

  double now;         /* x of the newest step; NaN: no line */
  double hatch_from;  /* x from which there is nothing yet; NaN: none */
  char  *hatch_label; /* (nullable): "not resolved" */
  char  *thin_label;  /* (nullable): names the thin curves, "train" */
  char  *thick_label; /* (nullable): names the others where there are thin ones, "test" */
  gboolean parts; /* the thin curves are what the thick one of their run is made of: any
                         number of them, told apart by their names */

  GPtrArray *spans;  /* (element-type PlotSpan) */
  GPtrArray *rules;  /* (element-type PlotRule) */
  GPtrArray *stairs; /* (element-type PlotStair) */
  GPtrArray *areas;  /* (element-type PlotArea): bottom to top */
  GPtrArray *pinned; /* (element-type PlotArea): of an earlier experiment, as outlines */
  GPtrArray *clouds; /* (element-type PlotCloud) */
  GPtrArray *series; /* (element-type PlotSeries): least important first */
  GPtrArray *notes;  /* (element-type PlotNote) */
} PlotPanel;

typedef struct _PlotFrame
{
  /*< private >*/
  gatomicrefcount          ref_count;
  const struct _PlotFrame *earlier; /* borrowed (nullable): while it is projected */
  GPtrArray               *samples; /* (element-type PlotSamples): of its marks */

  /*< public >*/
  char      *title;    /* of the card and of exported figures */
  char      *subtitle; /* what is drawn: "N = 2 500 inputs" */
  char      *quantity; /* what y measures, with what it is relative to; heads the data */
  char      *summary;  /* one sentence on the newest values, for screen readers */
  GPtrArray *panels;   /* (element-type PlotPanel): at least one */
  gboolean   stacked;  /* two panels over one x axis, each with a y axis of its own; the
                          second gives way where there is no height for both */
} PlotFrame;

#define PLOT_TYPE_FRAME (plot_frame_get_type ())
GType      plot_frame_get_type (void);
PlotFrame *plot_frame_new (const char *title) G_GNUC_WARN_UNUSED_RESULT;
PlotFrame *plot_frame_ref (PlotFrame *self);
void       plot_frame_unref (PlotFrame *self);

/* --- for projections, before the frame is handed out --------------------------- */

/* Returns: (transfer none): all axes linear and empty, no marks. */
PlotPanel *plot_frame_add_panel (PlotFrame *self);

/* Samples of this frame and of the earlier one are continued.
 * Returns: (transfer none): of the frame, as plot_samples_new (). */
PlotSamples *plot_panel_make_samples (PlotPanel        *self,
                                      const PlotSource *source,
                                      gsize             n,
                                      PlotFillSamples   fill,
                                      gconstpointer     data,
                                      PlotExtent       *extents);
/* The first `n` samples of row 0, with their extent.  Returns: (transfer none). */
PlotSeries *plot_panel_add_samples (PlotPanel        *self,
                                    PlotRunStyle      style,
                                    PlotRole          role,
                                    PlotSamples      *samples,
                                    gsize             n,
                                    const PlotExtent *extent);
/* The same between rows `layer` and `layer` + 1; of an earlier experiment if `pinned`. */
PlotArea *plot_panel_add_sampled_area (PlotPanel   *self,
                                       gboolean     pinned,
                                       PlotBand     band,
                                       PlotSamples *samples,
                                       guint        layer,
                                       gsize        n);
/* Copies (n) samples.  Returns: (transfer none). */
PlotSeries *plot_panel_add_series (PlotPanel    *self,
                                   PlotRunStyle  style,
                                   PlotRole      role,
                                   gsize         n,
                                   const double *x,
                                   const double *y);
PlotArea   *plot_panel_add_area (PlotPanel    *self,
                                 PlotBand      band,
                                 gsize         n,
                                 const double *x,
                                 const double *lower,
                                 const double *upper);
PlotCloud  *plot_panel_add_cloud (PlotPanel    *self,
                                  PlotBand      band,
                                  gsize         n,
                                  const double *x,
                                  const double *y);
PlotSpan   *plot_panel_add_span (PlotPanel *self, PlotBand band, double x0, double x1);
PlotRule   *plot_panel_add_rule (PlotPanel *self, double at, const char *label);
PlotStair *
plot_panel_add_stair (PlotPanel *self, double x0, double x1, double y, const char *label);
PlotNote *plot_panel_add_note (PlotPanel *self, double x0, double x1, const char *label);
/* Extends what an axis needs by a value; NaN and infinities do nothing, and zero or
 * less on a logarithmic axis asks for its slot. */
void plot_axis_include (PlotAxis *self, double value);
/* The same by all samples of a curve. */
void plot_axis_include_extent (PlotAxis *self, const PlotExtent *extent);

/* --- roles ------------------------------------------------------------------------- */

/* Whether it is markers or treads, each at its own sample, and no line. */
gboolean plot_series_is_points (const PlotSeries *self);
/* Whether it is of an earlier experiment. */
gboolean plot_series_is_pinned (const PlotSeries *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlotFrame, plot_frame_unref)

G_END_DECLS
