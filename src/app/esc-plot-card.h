/* SPDX-License-Identifier: GPL-3.0-or-later
 * EscPlotCard: a plot with its bold title and, dim, what is drawn. */
#pragma once

#include <adwaita.h>

#include "esc-plot-view.h"

G_BEGIN_DECLS

#define ESC_TYPE_PLOT_CARD (esc_plot_card_get_type ())
G_DECLARE_FINAL_TYPE (EscPlotCard, esc_plot_card, ESC, PLOT_CARD, AdwBin)

EscPlotView *esc_plot_card_get_view (EscPlotCard *self);

G_END_DECLS
