/* SPDX-License-Identifier: GPL-3.0-or-later
 * EscPlotGrid: cards of equal size, in rows of "columns" (1 or 2), or one below another
 * where two would be too narrow to be read.  Hidden cards leave their place to the others.
 * Never lower than can be read at the size of the text: put it into a scrolled window. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define ESC_TYPE_PLOT_GRID (esc_plot_grid_get_type ())
G_DECLARE_FINAL_TYPE (EscPlotGrid, esc_plot_grid, ESC, PLOT_GRID, GtkWidget)

/* Between cards, in pixels. */
void esc_plot_grid_set_spacing (EscPlotGrid *self, int spacing);
/* In one column what matters most comes first: this card, if it is shown, follows the
 * first.  Borrowed; one of the grid's own, or NULL. */
void esc_plot_grid_set_second (EscPlotGrid *self, GtkWidget *card);
/* Returns: whether the cards stand one below another, though there may be two columns. */
gboolean esc_plot_grid_get_single (EscPlotGrid *self);

G_END_DECLS
