/* SPDX-License-Identifier: GPL-3.0-or-later
 * The window's plots as a whole: one time axis, and one plot in the place of all. */
#include "config.h"

#include "esc-window-private.h"

void
esc_window_bind_cards (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, EscWindow, loss);
  gtk_widget_class_bind_template_child (widget_class, EscWindow, spectrum);
  gtk_widget_class_bind_template_child (widget_class, EscWindow, movement);
  gtk_widget_class_bind_template_child (widget_class, EscWindow, bands);
  gtk_widget_class_bind_template_child (widget_class, EscWindow, coefficients);
  gtk_widget_class_bind_template_child (widget_class, EscWindow, degrees);
  gtk_widget_class_bind_template_child (widget_class, EscWindow, recovery);
  gtk_widget_class_bind_template_child (widget_class, EscWindow, jacobian);
  gtk_widget_class_bind_template_child (widget_class, EscWindow, angles);
  gtk_widget_class_bind_template_child (widget_class, EscWindow, terms);
  gtk_widget_class_bind_template_child (widget_class, EscWindow, neurons);
}

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

gboolean
esc_window_has_card (EscWindow *self, EscPlotCard *card)
{
  return plot_class_suits (esc_plot_view_get_plot (esc_plot_card_get_view (card)),
                           esc_document_get_spec (self->document));
}

/* Of the cards of a page those that suit, or the one that stands in their place.
 * Returns: whether there is any. */
static gboolean
show_cards (EscWindow *self, EscPlotGrid *grid)
{
  GtkWidget *alone = NULL;
  gboolean   any = FALSE;

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (grid)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (esc_plot_card_get_expanded (ESC_PLOT_CARD (child)))
      alone = child;
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (grid)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      gboolean suits = esc_window_has_card (self, ESC_PLOT_CARD (child));

      gtk_widget_set_visible (child, suits && (alone == NULL || alone == child));
      any |= suits;
    }
  return any;
}

/* In the place of those of its page. */
static void
expanded_cb (EscPlotCard *card, GParamSpec *pspec, gpointer data)
{
  show_cards (data, ESC_PLOT_GRID (gtk_widget_get_parent (GTK_WIDGET (card))));
  gtk_widget_grab_focus (GTK_WIDGET (esc_plot_card_get_view (card)));
}

static void
notice_cb (EscPlotView *view, const char *text, gpointer data)
{
  adw_toast_overlay_add_toast (ESC_WINDOW (data)->toasts, adw_toast_new (text));
}

/* What matters most after the loss. */
static EscPlotCard *
choose_second (EscWindow *self)
{
  EscPlotCard *const first[] = { self->coefficients, self->recovery, self->jacobian,
                                 self->degrees };

  for (guint i = 0; i < G_N_ELEMENTS (first); i++)
    if (esc_window_has_card (self, first[i]))
      return first[i];
  return self->bands;
}

/* The two cards of a column stand under each other, but small multiples need all their
 * width; in one column what matters most follows the first. */
static void
align_columns (EscWindow *self)
{
  EscPlotView *above[] = { NULL, NULL };
  guint        n = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->grid));
       child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      EscPlotView *view = esc_plot_card_get_view (ESC_PLOT_CARD (child));

      esc_plot_view_align_with (view, NULL);
      if (!esc_window_has_card (self, ESC_PLOT_CARD (child)))
        continue;
      if (n < 2)
        above[n] = view;
      else if (n < 4 && above[n - 2] != esc_plot_card_get_view (self->coefficients))
        esc_plot_view_align_with (above[n - 2], view);
      n++;
    }
  esc_plot_grid_set_second (self->grid, GTK_WIDGET (choose_second (self)));
}

/* Only where another kind of experiment comes: what a person chose stays. */
static void
choose_steps (EscWindow *self)
{
  gboolean linear = plot_prefers_linear_steps (esc_document_get_spec (self->document));

  if (linear != self->prefers_linear)
    esc_plot_link_set_linear (self->steps, linear);
  self->prefers_linear = linear;
}

void
esc_window_update_cards (EscWindow *self)
{
  g_autoptr (GPtrArray) cards = esc_window_get_cards (self);
  GtkWidget            *focus = gtk_window_get_focus (GTK_WINDOW (self));
  GtkWidget            *focused = focus == NULL
                                      ? NULL
                                      : gtk_widget_get_ancestor (focus, ESC_TYPE_PLOT_CARD);

  if (focused != NULL && !esc_window_has_card (self, ESC_PLOT_CARD (focused)))
    gtk_window_set_focus (GTK_WINDOW (self),
                          GTK_WIDGET (esc_plot_card_get_view (self->loss)));
  for (guint i = 0; i < cards->len; i++)
    if (!esc_window_has_card (self, g_ptr_array_index (cards, i)))
      esc_plot_card_set_expanded (g_ptr_array_index (cards, i), FALSE);
  show_cards (self, self->grid);
  gtk_stack_page_set_visible (self->inside_page, show_cards (self, self->inside_grid));
  align_columns (self);
  choose_steps (self);
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
