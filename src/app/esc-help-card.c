/* SPDX-License-Identifier: GPL-3.0-or-later
 * Help where the question arises. */
#include "config.h"

#include "esc-help-card.h"

#include "esc-access.h"
#include "esc-plot-view.h"
#include "esc-tooltip.h"

#include <glib/gi18n.h>

#define PARAM_DATA "esc-help-param"

void
esc_help_card_attach (GtkWidget *widget, const EngParam *param)
{
  g_autofree char *markup = esc_help_describe_param (param);

  g_object_set_data (G_OBJECT (widget), PARAM_DATA, (gpointer) param);
  gtk_widget_set_tooltip_markup (widget, markup);
  esc_tooltip_wrap (widget);
  /* GTK describes a widget by its tooltip, which is too long to be read on every visit. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  param->help == NULL ? "" : _ (param->help), -1);
}

/* `widget` or the nearest around it that is explained. */
static GtkWidget *
find_explained (GtkWidget *widget)
{
  while (widget != NULL && g_object_get_data (G_OBJECT (widget), PARAM_DATA) == NULL)
    widget = gtk_widget_get_parent (widget);
  return widget;
}

const EscHelpEntry *
esc_help_card_find_entry (GtkWidget *widget)
{
  GtkWidget       *explained = find_explained (widget);
  const PlotClass *plot;

  if (explained != NULL)
    {
      const EngParam *param = g_object_get_data (G_OBJECT (explained), PARAM_DATA);

      return esc_help_find_key (param->key);
    }
  if (!ESC_IS_PLOT_VIEW (widget))
    return NULL;
  plot = esc_plot_view_get_plot (ESC_PLOT_VIEW (widget));
  return plot == NULL ? NULL : esc_help_find (ESC_HELP_PLOT, plot->id);
}

/* Not from within the signal that GTK still handles. */
static gboolean
unparent_cb (gpointer popover)
{
  gtk_widget_unparent (popover);
  return G_SOURCE_REMOVE;
}

static void
closed_cb (GtkWidget *popover)
{
  g_idle_add_full (G_PRIORITY_DEFAULT, unparent_cb, g_object_ref (popover),
                   g_object_unref);
}

gboolean
esc_help_card_popup (GtkWidget *widget)
{
  GtkWidget       *explained = find_explained (widget);
  GtkWidget       *popover, *label;
  g_autofree char *markup = NULL;

  if (explained == NULL)
    return FALSE;
  markup = esc_help_describe_param (g_object_get_data (G_OBJECT (explained), PARAM_DATA));
  label = esc_tooltip_make_label (markup);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, "help-card");

  popover = gtk_popover_new ();
  gtk_popover_set_child (GTK_POPOVER (popover), label);
  gtk_widget_set_parent (popover, explained);
  esc_access_return_focus (GTK_POPOVER (popover));
  /* A row may be made anew while its card is open. */
  g_signal_connect_object (explained, "destroy", G_CALLBACK (gtk_widget_unparent),
                           popover, G_CONNECT_SWAPPED);
  g_signal_connect (popover, "closed", G_CALLBACK (closed_cb), NULL);
  gtk_popover_popup (GTK_POPOVER (popover));
  gtk_label_select_region (GTK_LABEL (label), 0, 0);
  return TRUE;
}
