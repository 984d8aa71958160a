/* SPDX-License-Identifier: GPL-3.0-or-later
 * The window's plots as a whole: one time axis, and one plot in the place of all. */
#include "config.h"

#include "esc-window-private.h"

GPtrArray *
esc_window_get_cards (EscWindow *self)
{
  GPtrArray *cards = g_ptr_array_new ();

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->grid));
       child != NULL; child = gtk_widget_get_next_sibling (child))
    if (ESC_IS_PLOT_CARD (child))
      g_ptr_array_add (cards, child);
  return cards;
}

static void
expanded_cb (EscPlotCard *card, GParamSpec *pspec, gpointer data)
{
  EscWindow            *self = data;
  g_autoptr (GPtrArray) cards = esc_window_get_cards (self);
  gboolean              expanded = esc_plot_card_get_expanded (card);

  for (guint i = 0; i < cards->len; i++)
    if (g_ptr_array_index (cards, i) != card)
      gtk_widget_set_visible (g_ptr_array_index (cards, i), !expanded);
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
