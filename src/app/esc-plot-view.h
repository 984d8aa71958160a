/* SPDX-License-Identifier: GPL-3.0-or-later
 * EscPlotView: a widget around the frame of one plot.
 *
 * Projects at most once per displayed frame and only a snapshot it has not drawn yet;
 * draws nothing while it is hidden.  Reads aloud as an image with a one-sentence
 * summary. */
#pragma once

#include <gtk/gtk.h>

#include "plot.h"

G_BEGIN_DECLS

#define ESC_TYPE_PLOT_VIEW (esc_plot_view_get_type ())
G_DECLARE_FINAL_TYPE (EscPlotView, esc_plot_view, ESC, PLOT_VIEW, GtkWidget)

/* `id` of a registered plot. */
void             esc_plot_view_set_plot (EscPlotView *self, const char *id);
const PlotClass *esc_plot_view_get_plot (EscPlotView *self); /* (nullable) */
void             esc_plot_view_set_snapshot (EscPlotView *self, EngSnapshot *snapshot);
/* Returns: (transfer none) (nullable): what is drawn. */
PlotFrame *esc_plot_view_get_frame (EscPlotView *self);

/* Plots of one column keep the same gutters, so that equal steps stand below each
 * other.  Works both ways; `peer` is borrowed and must live as long. */
void esc_plot_view_align_with (EscPlotView *self, EscPlotView *peer);

G_END_DECLS
