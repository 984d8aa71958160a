/* SPDX-License-Identifier: GPL-3.0-or-later
 * EscPlotCard: a plot with its bold title and, dim, what is drawn, and a menu.
 *
 * The actions of a card are those of the group "plot": x-log, y-log, measure,
 * reset-zoom, expand.  "expanded" is for the window, which hides the other cards. */
#pragma once

#include <adwaita.h>

#include "esc-plot-view.h"

G_BEGIN_DECLS

#define ESC_TYPE_PLOT_CARD (esc_plot_card_get_type ())
G_DECLARE_FINAL_TYPE (EscPlotCard, esc_plot_card, ESC, PLOT_CARD, AdwBin)

/* Sections of the card's menu, from top to bottom. */
typedef enum
{
  ESC_PLOT_MENU_AXES,
  ESC_PLOT_MENU_MEASURE,
  ESC_PLOT_MENU_VIEW,
  ESC_PLOT_MENU_EXPORT,
  ESC_PLOT_MENU_TABLE,
  ESC_PLOT_N_MENUS,
} EscPlotMenu;

EscPlotView *esc_plot_card_get_view (EscPlotCard *self);
/* Returns: (transfer none): to append items to; empty sections are not seen. */
GMenu *esc_plot_card_get_menu (EscPlotCard *self, EscPlotMenu section);

gboolean esc_plot_card_get_expanded (EscPlotCard *self);
void     esc_plot_card_set_expanded (EscPlotCard *self, gboolean expanded);

G_END_DECLS
