/* SPDX-License-Identifier: GPL-3.0-or-later
 * EscPlotLink: what plots over the same x axis share: where it is read off, which part of
 * it is shown, and whether it is logarithmic.
 *
 * Reference-counted; every view holds one, and those of one experiment's time axis hold
 * the same.  Main thread.  Emits "cursor-moved" and "axis-changed", only when something
 * did. */
#pragma once

#include <glib-object.h>

#include "plot-scale.h"

G_BEGIN_DECLS

#define ESC_TYPE_PLOT_LINK (esc_plot_link_get_type ())
G_DECLARE_FINAL_TYPE (EscPlotLink, esc_plot_link, ESC, PLOT_LINK, GObject)

EscPlotLink *esc_plot_link_new (void) G_GNUC_WARN_UNUSED_RESULT;

/* The x of a recorded sample; NaN: nothing is read off. */
double esc_plot_link_get_cursor (EscPlotLink *self);
void   esc_plot_link_set_cursor (EscPlotLink *self, double x);

/* No range: everything. */
PlotRange esc_plot_link_get_range (EscPlotLink *self);
void      esc_plot_link_set_range (EscPlotLink *self, PlotRange range);

gboolean esc_plot_link_get_linear (EscPlotLink *self);
void     esc_plot_link_set_linear (EscPlotLink *self, gboolean linear);

G_END_DECLS
