/* SPDX-License-Identifier: GPL-3.0-or-later
 * The window's plots as a whole: one time axis, and one plot in the place of all. */
#include "config.h"

#include "esc-window-private.h"

GPtrArray *
esc_window_get_cards (EscWindow *self)
{
  GPtrArray   *cards = g_ptr_array_new ();
  EscPlotGrid *grids[] = { self->grid, self->inside_grid };

  for (guint i = 0; i < G_N_ELEMENTS (grids); i++)
    for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (grids[i]));
         child != NULL; child = gtk_widget_get_next_sibling (child))
      if (ESC_IS_PLOT_CARD (child))
        g_ptr_array_add (cards, child);
  return cards;
}

/* In the place of those of its page. */
static void
expanded_cb (EscPlotCard *card, GParamSpec *pspec, gpointer data)
{
  GtkWidget *grid = gtk_widget_get_parent (GTK_WIDGET (card));
  gboolean   expanded = esc_plot_card_get_expanded (card);

  for (GtkWidget *child = gtk_widget_get_first_child (grid); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (child != GTK_WIDGET (card))
      gtk_widget_set_visible (child, !expanded);
  gtk_widget_grab_focus (GTK_WIDGET (esc_plot_card_get_view (card)));
}

static void
notice_cb (EscPlotView *view, const char *text, gpointer data)
{
  adw_toast_overlay_add_toast (ESC_WINDOW (data)->toasts, adw_toast_new (text));
}

void
esc_window_connect_plots (EscWindow *self)
{
  g_autoptr (GPtrArray) cards = esc_window_get_cards (self);

  self->steps = esc_plot_link_new ();
  /* Space and the full stop act wherever one looks. */
  g_signal_connect_object (self->pages, "notify::visible-child",
                           G_CALLBACK (esc_window_focus_plots), self, G_CONNECT_SWAPPED);
  for (guint i = 0; i < cards->len; i++)
    {
      EscPlotCard     *card = g_ptr_array_index (cards, i);
      EscPlotView     *view = esc_plot_card_get_view (card);
      const PlotClass *klass = esc_plot_view_get_plot (view);

      if (klass != NULL && klass->over_steps)
        esc_plot_view_set_link (view, self->steps);
      g_signal_connect_object (card, "notify::expanded", G_CALLBACK (expanded_cb), self,
                               0);
      g_signal_connect_object (view, "notice", G_CALLBACK (notice_cb), self, 0);
    }
}

void
esc_window_forget_zoom (EscWindow *self)
{
  g_autoptr (GPtrArray) cards = esc_window_get_cards (self);

  for (guint i = 0; i < cards->len; i++)
    esc_plot_view_forget_zoom (esc_plot_card_get_view (g_ptr_array_index (cards, i)));
}
