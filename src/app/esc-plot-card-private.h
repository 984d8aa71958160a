/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the parts of EscPlotCard share. */
#pragma once

#include "esc-plot-card.h"

G_BEGIN_DECLS

struct _EscPlotCard
{
  AdwBin parent_instance;

  GtkLabel        *title;
  GtkLabel        *subtitle;
  GtkToggleButton *expand_button;
  GtkMenuButton   *menu_button;
  EscPlotView     *view;

  GSimpleActionGroup *actions;
  GMenu              *sections[ESC_PLOT_N_MENUS];
  gboolean            expanded;
};

/* --- esc-plot-card-menu.c -------------------------------------------------------- */

/* Menu, actions and the keys that lead to them. */
void esc_plot_card_init_menu (EscPlotCard *self);
/* Fills the menu for the plot the card now has. */
void esc_plot_card_update_menu (EscPlotCard *self);

G_END_DECLS
