/* SPDX-License-Identifier: GPL-3.0-or-later
 * EscPlotStyle: the PlotTheme that fits the desktop now: light or dark, high contrast,
 * the user's font and text scale.  One for the whole program; emits "changed".  Main
 * thread. */
#pragma once

#include <glib-object.h>

#include "plot-theme.h"

G_BEGIN_DECLS

#define ESC_TYPE_PLOT_STYLE (esc_plot_style_get_type ())
G_DECLARE_FINAL_TYPE (EscPlotStyle, esc_plot_style, ESC, PLOT_STYLE, GObject)

/* Returns: (transfer none). */
EscPlotStyle    *esc_plot_style_get_default (void);
const PlotTheme *esc_plot_style_get_theme (EscPlotStyle *self);

G_END_DECLS
