/* SPDX-License-Identifier: GPL-3.0-or-later
 * The window's commands that explain: help, the card of the setting with focus, and plots
 * in numbers. */
#include "config.h"

#include "esc-window-private.h"

#include "esc-help-card.h"
#include "esc-help-window.h"
#include "esc-plot-table.h"

#include <glib/gi18n.h>

static GtkWidget *
get_focus (GtkWidget *widget)
{
  return gtk_window_get_focus (GTK_WINDOW (widget));
}

/* At the entry of what has focus, if there is one. */
static void
help_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  esc_help_window_present (GTK_WINDOW (widget),
                           esc_help_card_find_entry (get_focus (widget)));
}

static void
help_on_plot_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  esc_help_window_present (
      GTK_WINDOW (widget),
      esc_help_find (ESC_HELP_PLOT, g_variant_get_string (parameter, NULL)));
}

static void
explain_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  if (!esc_help_card_popup (get_focus (widget)))
    help_cb (widget, name, parameter);
}

/* --- data in numbers ---------------------------------------------------------------- */

/* The plot that has focus, or whose id is given; else the first. */
static EscPlotView *
find_plot (EscWindow *self, const char *id)
{
  g_autoptr (GPtrArray) cards = esc_window_get_cards (self);
  GtkWidget            *focus = get_focus (GTK_WIDGET (self));

  for (guint i = 0; i < cards->len; i++)
    {
      EscPlotView     *view = esc_plot_card_get_view (g_ptr_array_index (cards, i));
      const PlotClass *plot = esc_plot_view_get_plot (view);

      if (*id == '\0' ? GTK_WIDGET (view) == focus : g_strcmp0 (plot->id, id) == 0)
        return view;
    }
  return esc_plot_card_get_view (self->loss);
}

/* Of the newest step: what is drawn may lack samples that move no pixel.
 * Returns: (transfer full) (nullable). */
static PlotFrame *
project_newest (EscWindow *self, EscPlotView *view)
{
  EngSnapshot *snapshot = esc_session_model_get_snapshot (self->model);
  PlotOptions  options = esc_plot_view_get_options (view);

  if (snapshot == NULL)
    return NULL;
  return plot_project (esc_plot_view_get_plot (view), snapshot, &options);
}

static void
refresh_table_cb (EscPlotView *view, EscPlotTable *table)
{
  EscWindow *self = ESC_WINDOW (gtk_window_get_transient_for (GTK_WINDOW (table)));
  g_autoptr (PlotFrame) frame = project_newest (self, view);

  if (frame != NULL)
    esc_plot_table_show (table, frame,
                         esc_session_model_get_snapshot (self->model)->step);
}

static void
plot_table_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  EscWindow            *self = ESC_WINDOW (widget);
  EscPlotView          *view = find_plot (self, g_variant_get_string (parameter, NULL));
  g_autoptr (PlotFrame) frame = project_newest (self, view);
  EscPlotTable         *table;

  if (frame == NULL)
    return;
  table = esc_plot_table_present (GTK_WINDOW (widget), frame,
                                  esc_session_model_get_snapshot (self->model)->step);
  g_signal_connect_object (table, "refresh", G_CALLBACK (refresh_table_cb), view,
                           G_CONNECT_SWAPPED);
}

void
esc_window_install_help (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.help", NULL, help_cb);
  gtk_widget_class_install_action (widget_class, "win.explain", NULL, explain_cb);
  gtk_widget_class_install_action (widget_class, "win.help-on-plot", "s",
                                   help_on_plot_cb);
  gtk_widget_class_install_action (widget_class, "win.plot-table", "s", plot_table_cb);
}

void
esc_window_add_help (EscWindow *self)
{
  g_autoptr (GPtrArray) cards = esc_window_get_cards (self);

  for (guint i = 0; i < cards->len; i++)
    {
      EscPlotCard     *card = g_ptr_array_index (cards, i);
      const PlotClass *plot = esc_plot_view_get_plot (esc_plot_card_get_view (card));
      GMenu           *menu = esc_plot_card_get_menu (card, ESC_PLOT_MENU_TABLE);
      g_autofree char *table = g_strdup_printf ("win.plot-table::%s", plot->id);
      g_autofree char *help = g_strdup_printf ("win.help-on-plot::%s", plot->id);

      g_menu_append (menu, _ ("Show as _Table"), table);
      g_menu_append (menu, _ ("About This _Plot"), help);
    }
}
