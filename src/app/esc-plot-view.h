/* SPDX-License-Identifier: GPL-3.0-or-later
 * EscPlotView: a widget around the frame of one plot.
 *
 * Projects at most once per displayed frame and only a snapshot it has not drawn yet;
 * draws nothing while it is hidden.  Reads aloud as an image with a one-sentence
 * summary.
 *
 * What a person chose about it are the properties "x-log", "y-log" and "measure" (index
 * into the plot's measures) and the ranges shown; "zoomed" tells whether those are less
 * than everything.  Emits "view-edited" when a person has finished changing one of
 * these, and "notice" (char *) with a sentence for a toast. */
#pragma once

#include <gtk/gtk.h>

#include "esc-plot-link.h"
#include "plot.h"

G_BEGIN_DECLS

#define ESC_TYPE_PLOT_VIEW (esc_plot_view_get_type ())
G_DECLARE_FINAL_TYPE (EscPlotView, esc_plot_view, ESC, PLOT_VIEW, GtkWidget)

/* `id` of a registered plot. */
void             esc_plot_view_set_plot (EscPlotView *self, const char *id);
const PlotClass *esc_plot_view_get_plot (EscPlotView *self); /* (nullable) */
void             esc_plot_view_set_snapshot (EscPlotView *self, EngSnapshot *snapshot);
/* An experiment whose curves lie behind; NULL takes them away. */
void esc_plot_view_set_pinned (EscPlotView *self, EngSnapshot *pinned);
/* Returns: (transfer none) (nullable): what is drawn. */
PlotFrame *esc_plot_view_get_frame (EscPlotView *self);
/* The same of the newest snapshot, though it may not be drawn yet, nor while hidden. */
PlotFrame *esc_plot_view_get_present_frame (EscPlotView *self);

/* Plots over the same x axis share a link; a new view has its own. */
void esc_plot_view_set_link (EscPlotView *self, EscPlotLink *link);

/* --- what a person chose --------------------------------------------------------- */

/* As the plot is projected; what they point to lives as long as the view. */
PlotOptions esc_plot_view_get_options (EscPlotView *self);
gboolean    esc_plot_view_get_zoomed (EscPlotView *self);
/* Everything is shown again, on all linked x axes. */
void esc_plot_view_reset_zoom (EscPlotView *self);
/* The same where nobody asked: another experiment.  Emits no "view-edited". */
void esc_plot_view_forget_zoom (EscPlotView *self);

/* a{sv}: x-log b, y-log b, measure u, and where zoomed x-range (dd) and y-range (dd),
 * of y-panel u.
 * Setting takes the default for what is missing and emits no "view-edited".
 * Returns: (transfer full). */
GVariant *esc_plot_view_get_state (EscPlotView *self) G_GNUC_WARN_UNUSED_RESULT;
void      esc_plot_view_set_state (EscPlotView *self, GVariant *state);

/* The same for a projection: what a figure of this view shows. */
PlotOptions esc_plot_view_get_options (EscPlotView *self);

/* Plots of one column keep the same gutters, so that equal steps stand below each
 * other.  Works both ways; `peer` is borrowed and must live as long; NULL: with none. */
void esc_plot_view_align_with (EscPlotView *self, EscPlotView *peer);

G_END_DECLS
