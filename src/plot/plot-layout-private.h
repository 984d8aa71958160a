/* SPDX-License-Identifier: GPL-3.0-or-later
 * PlotLayout from inside: where the panels of a frame lie and how their axes map. */
#pragma once

#include "plot-canvas.h"
#include "plot-labels.h"
#include "plot-painter.h"
#include "plot-ticks.h"

G_BEGIN_DECLS

#define PLOT_MAX_PANELS 8
#define PLOT_MAX_LABELS 16

/* One panel: its place, its axes, and what is remembered of it. */
typedef struct
{
  cairo_rectangle_t area; /* the plot area, inside the axes */
  PlotScale         x, y;
  PlotScale         full_x, full_y;    /* with everything shown */
  GArray           *x_ticks, *y_ticks; /* (element-type PlotTick) */
  gboolean          labels_y;          /* first of its row */

  /* Ranges shown so far, which never shrink; NaN: none. */
  double        y_lo, y_hi;
  PlotScaleKind y_kind;
  gboolean      y_zero;

  PlotOccupancy *taken; /* what the last paint drew; NULL before it */

  PlotLabelMemory memory[PLOT_MAX_LABELS];
} PlotView;

struct _PlotLayout
{
  double   left, right;         /* gutters this frame would like */
  double   min_left, min_right; /* respected */
  double   text_scale;          /* that the gutters were measured with */
  double   width, height;       /* of the last paint */
  guint    n_views;
  guint    n_columns, n_rows;
  gboolean stacked; /* the panels share one x axis, at the foot of the last */
  PlotView views[PLOT_MAX_PANELS];
  gboolean names, values; /* what end labels have room for */
  double   label_room;    /* widest end label; longer names are cut */
  PlotFont title_font;    /* of names above small multiples: narrower if one were cut */
};

/* Forgets the ranges and labels of a panel. */
void plot_view_forget (PlotView *self);

/* Places the panels of `frame`, measures gutters and makes ticks. */
void plot_layout_arrange (PlotLayout      *self,
                          PlotCanvas      *canvas,
                          const PlotFrame *frame,
                          double           width,
                          double           height);

/* Width that there is for the name above a small multiple, behind its marker. */
double
plot_layout_get_title_room (const PlotLayout *self, PlotCanvas *canvas, guint view);
/* --- plot-layout-place.c --------------------------------------------------------- */

/* What lies around the plot areas, in pixels. */
typedef struct
{
  double left, right;
  double top, bottom; /* of every row, or of the whole stack */
} PlotMargins;

/* Chooses how many panels are shown and in which rows and columns. */
void plot_layout_choose_grid (PlotLayout        *self,
                              PlotCanvas        *canvas,
                              const PlotFrame   *frame,
                              const PlotMargins *margins);
/* Gives every panel its place. */
void plot_layout_place (PlotLayout *self, PlotCanvas *canvas, const PlotMargins *margins);

/* Text of the end label of a series: "Lazy 0.37"; of a name too long for the gutter its
 * beginning, "Regularis… 0.37".
 * Returns: (transfer full) (nullable): NULL if not even that has room. */
char *plot_layout_make_end_label (const PlotLayout *self,
                                  PlotCanvas       *canvas,
                                  const PlotSeries *series) G_GNUC_WARN_UNUSED_RESULT;
/* Whether a series is labelled at its end: a live test curve with a name and a sample. */
gboolean plot_series_has_end_label (const PlotSeries *series);

G_END_DECLS
