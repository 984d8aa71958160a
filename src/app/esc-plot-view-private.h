/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the parts of EscPlotView share. */
#pragma once

#include "esc-plot-view.h"
#include "plot-painter.h"

G_BEGIN_DECLS

struct _EscPlotView
{
  GtkWidget parent_instance;

  const PlotClass *klass;
  EngSnapshot     *snapshot; /* newest */
  EngSnapshot     *drawn;    /* the one that the frame shows */
  PlotFrame       *frame;
  PlotLayout      *layout;
  EscPlotView     *peer;        /* borrowed; same column */
  double           left, right; /* gutters this view was told to keep */
  gboolean         outdated;    /* the frame shows less than the snapshot would */
  guint            tick_id;
  guint            refresh_id;
  gint64           drawn_at;
  gint64           described_at;

  /* What a person chose. */
  EscPlotLink *link; /* the x axis */
  gboolean     y_linear;
  guint        measure;
  PlotRange    y_range;
};

/* --- esc-plot-view.c ------------------------------------------------------------- */

/* Projects and draws again, at the next displayed frame. */
void esc_plot_view_refresh (EscPlotView *self);

/* --- esc-plot-view-state.c ------------------------------------------------------- */

/* Adds the properties and signals of the view state, from `first_property` on. */
void esc_plot_view_install_state (GObjectClass *klass, guint first_property);
/* Returns: FALSE if the property is none of the view state. */
gboolean
esc_plot_view_get_state_property (EscPlotView *self, GParamSpec *pspec, GValue *value);
gboolean    esc_plot_view_set_state_property (EscPlotView  *self,
                                              GParamSpec   *pspec,
                                              const GValue *value);
PlotOptions esc_plot_view_get_options (EscPlotView *self);
/* Says what a person chose to the link, and that it was chosen. */
void esc_plot_view_choose_ranges (EscPlotView *self, PlotRange x, PlotRange y);
/* After the end of a gesture. */
void esc_plot_view_finish_edit (EscPlotView *self);
void esc_plot_view_notice (EscPlotView *self, const char *text);
/* The link has a new range or kind. */
void esc_plot_view_axis_changed (EscPlotView *self);

G_END_DECLS
