/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the parts of EscPlotView share. */
#pragma once

#include "esc-plot-view.h"
#include "esc-plot-painting.h"

G_BEGIN_DECLS

typedef enum
{
  ESC_PLOT_DRAG_NONE,
  ESC_PLOT_DRAG_BOX, /* what is to be shown */
  ESC_PLOT_DRAG_PAN,
} EscPlotDrag;

struct _EscPlotView
{
  GtkWidget parent_instance;

  const PlotClass *klass;
  EngSnapshot     *snapshot; /* newest */
  EngSnapshot     *pinned;   /* (nullable): to compare with */
  EngSnapshot     *drawn;    /* the one that the frame shows */
  PlotFrame       *frame;
  PlotLayout      *layout;
  EscPlotView     *peer;        /* borrowed; same column */
  double           left, right; /* gutters that the next picture keeps */
  gboolean         outdated;    /* the frame shows less than the snapshot would */
  gboolean         urgent;      /* and that not by newer records alone */
  guint            tick_id;
  guint            refresh_id;
  gint64           drawn_at;
  gint64           described_at;

  GdkTexture *picture; /* grid and data as they were painted last; NULL: out of date */
  int         picture_width, picture_height, picture_scale;

  EscPlotPainting *painting; /* (nullable): the next picture, under way */

  PlotReadout *readout;    /* at the link's cursor; NULL: not made yet, or no cursor */
  int          card_panel; /* the panel whose values are shown on a card; -1: none */
  double       pointer;    /* x in pixels; NaN: the keyboard leads */
  gboolean     leading;    /* this view is moving the cursor just now */
  gboolean     hovered;    /* the pointer rests where a value is read off */
  guint        follow_id;
  /* Where the pointer rested when Escape put the read-out away: GTK tells of it again
   * whenever something is laid out.  NaN: nowhere. */
  double away_x, away_y;

  EscPlotDrag       drag;
  guint             drag_panel;
  cairo_rectangle_t box;              /* from its start; may be negative in size */
  double            hover_x, hover_y; /* where the pointer was seen last */
  double            pinched;          /* scale of the pinch so far */
  guint             pause_id;         /* the end of a gesture of many events is awaited */

  /* What a person chose. */
  EscPlotLink *link; /* the x axis */
  gboolean     y_linear;
  guint        measure;
  PlotRange    y_range;
  guint        y_panel; /* whose y axis that is, where panels have their own */
};

/* --- esc-plot-view-frame.c ------------------------------------------------------- */

/* Projects and draws again: a person chose something else. */
void esc_plot_view_refresh (EscPlotView *self);
/* The same of a newer snapshot. */
void esc_plot_view_schedule_newest (EscPlotView *self);
/* At the next displayed frame, if any is. */
void esc_plot_view_schedule (EscPlotView *self);
void esc_plot_view_cancel_tick (EscPlotView *self);
/* From here on the view shows `frame`, of `snapshot`, begun at `begun` (monotonic, µs). */
void esc_plot_view_show_frame (EscPlotView *self,
                               PlotFrame   *frame,
                               EngSnapshot *snapshot,
                               gint64       begun);

/* --- esc-plot-view-picture.c ----------------------------------------------------- */

/* Draws grid and data, from the cached picture if it is up to date. */
void esc_plot_view_snapshot_picture (EscPlotView *self, GtkSnapshot *snapshot);
/* The next drawing paints anew. */
void esc_plot_view_forget_picture (EscPlotView *self);
/* Newer records alone, while training goes on, are painted beside the main thread; that
 * takes its picture to the screen when it is done.
 * Returns: FALSE if that cannot be, or should not be waited for. */
gboolean esc_plot_view_paint_aside (EscPlotView *self);
/* What is being painted is of no use any more. */
void esc_plot_view_drop_painting (EscPlotView *self);

/* --- esc-plot-view-cursor.c ------------------------------------------------------ */

/* New data stand under the pointer: soon, the sample nearest to it is read off. */
void esc_plot_view_follow_pointer (EscPlotView *self);

/* Pointer and keys that move the read-out. */
void esc_plot_view_add_cursor (EscPlotView *self);
/* The link's cursor or the frame is another. */
void esc_plot_view_cursor_moved (EscPlotView *self);
/* Returns: (transfer none) (nullable): at the link's cursor. */
const PlotReadout *esc_plot_view_get_readout (EscPlotView *self);
/* Says the read-out, or what is drawn, to screen readers. */
void esc_plot_view_describe (EscPlotView *self);
void esc_plot_view_snapshot_cursor (EscPlotView *self, GtkSnapshot *snapshot);

/* --- esc-plot-view-zoom.c -------------------------------------------------------- */

void esc_plot_view_add_zoom (EscPlotView *self);
/* The box that is being dragged. */
void esc_plot_view_snapshot_box (EscPlotView *self, GtkSnapshot *snapshot);

/* --- esc-plot-view-state.c ------------------------------------------------------- */

/* Adds the properties and signals of the view state, from `first_property` on. */
void esc_plot_view_install_state (GObjectClass *klass, guint first_property);
/* Returns: FALSE if the property is none of the view state. */
gboolean
esc_plot_view_get_state_property (EscPlotView *self, GParamSpec *pspec, GValue *value);
gboolean esc_plot_view_set_state_property (EscPlotView  *self,
                                           GParamSpec   *pspec,
                                           const GValue *value);
/* Says what a person chose to the link, and that it was chosen; `y` on the axis of
 * `panel`. */
void
esc_plot_view_choose_ranges (EscPlotView *self, guint panel, PlotRange x, PlotRange y);
/* Returns: what is shown of the y axis of a panel; none: everything. */
PlotRange esc_plot_view_get_y_range (EscPlotView *self, guint panel);
/* After the end of a gesture. */
void esc_plot_view_finish_edit (EscPlotView *self);
void esc_plot_view_notice (EscPlotView *self, const char *text);
/* The link has a new range or kind. */
void esc_plot_view_axis_changed (EscPlotView *self);

G_END_DECLS
