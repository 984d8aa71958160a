/* SPDX-License-Identifier: GPL-3.0-or-later
 * A plot with its title and what is drawn. */
#include "config.h"

#include "esc-plot-card-private.h"

#include "esc-cut-tooltip.h"

#include <glib/gi18n.h>

G_DEFINE_FINAL_TYPE (EscPlotCard, esc_plot_card, ADW_TYPE_BIN)

enum
{
  PROP_PLOT = 1,
  PROP_SNAPSHOT,
  PROP_EXPANDED,
  N_PROPS,
};
static GParamSpec *properties[N_PROPS];

static void
frame_cb (EscPlotCard *self)
{
  PlotFrame *frame = esc_plot_view_get_frame (self->view);

  gtk_label_set_label (self->title, frame->title);
  gtk_label_set_label (self->subtitle, frame->subtitle == NULL ? "" : frame->subtitle);
}

static void
esc_plot_card_get_property (GObject    *object,
                            guint       property_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  EscPlotCard *self = ESC_PLOT_CARD (object);

  switch (property_id)
    {
    case PROP_PLOT:
      g_object_get_property (G_OBJECT (self->view), "plot", value);
      break;
    case PROP_SNAPSHOT:
      g_object_get_property (G_OBJECT (self->view), "snapshot", value);
      break;
    case PROP_EXPANDED:
      g_value_set_boolean (value, self->expanded);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
esc_plot_card_set_property (GObject      *object,
                            guint         property_id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  EscPlotCard *self = ESC_PLOT_CARD (object);

  switch (property_id)
    {
    case PROP_PLOT:
      esc_plot_view_set_plot (self->view, g_value_get_string (value));
      if (esc_plot_view_get_plot (self->view) != NULL)
        gtk_label_set_label (self->title, _ (esc_plot_view_get_plot (self->view)->title));
      esc_plot_card_update_menu (self);
      break;
    case PROP_SNAPSHOT:
      esc_plot_view_set_snapshot (self->view, g_value_get_boxed (value));
      break;
    case PROP_EXPANDED:
      esc_plot_card_set_expanded (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
esc_plot_card_dispose (GObject *object)
{
  EscPlotCard *self = ESC_PLOT_CARD (object);

  gtk_widget_dispose_template (GTK_WIDGET (object), ESC_TYPE_PLOT_CARD);
  gtk_widget_insert_action_group (GTK_WIDGET (object), "plot", NULL);
  g_clear_object (&self->actions);
  for (guint i = 0; i < ESC_PLOT_N_MENUS; i++)
    g_clear_object (&self->sections[i]);
  G_OBJECT_CLASS (esc_plot_card_parent_class)->dispose (object);
}

static void
esc_plot_card_class_init (EscPlotCardClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = esc_plot_card_get_property;
  object_class->set_property = esc_plot_card_set_property;
  object_class->dispose = esc_plot_card_dispose;

  properties[PROP_PLOT] = g_param_spec_string (
      "plot", NULL, NULL, NULL, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_SNAPSHOT] = g_param_spec_boxed (
      "snapshot", NULL, NULL, ENG_TYPE_SNAPSHOT,
      G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_EXPANDED] = g_param_spec_boolean (
      "expanded", NULL, NULL, FALSE,
      G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_install_property_action (widget_class, "plot.expand", "expanded");

  g_type_ensure (ESC_TYPE_PLOT_VIEW);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/escapement_lab/Escapement/plot-card.ui");
  gtk_widget_class_bind_template_child (widget_class, EscPlotCard, title);
  gtk_widget_class_bind_template_child (widget_class, EscPlotCard, subtitle);
  gtk_widget_class_bind_template_child (widget_class, EscPlotCard, expand_button);
  gtk_widget_class_bind_template_child (widget_class, EscPlotCard, menu_button);
  gtk_widget_class_bind_template_child (widget_class, EscPlotCard, view);
  gtk_widget_class_bind_template_callback (widget_class, frame_cb);
}

static void
esc_plot_card_init (EscPlotCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  esc_cut_tooltip_attach (GTK_WIDGET (self->subtitle));
  esc_plot_card_init_menu (self);
}

EscPlotView *
esc_plot_card_get_view (EscPlotCard *self)
{
  g_return_val_if_fail (ESC_IS_PLOT_CARD (self), NULL);
  return self->view;
}

GMenu *
esc_plot_card_get_menu (EscPlotCard *self, EscPlotMenu section)
{
  g_return_val_if_fail (ESC_IS_PLOT_CARD (self), NULL);
  g_return_val_if_fail (section < ESC_PLOT_N_MENUS, NULL);
  return self->sections[section];
}

gboolean
esc_plot_card_get_expanded (EscPlotCard *self)
{
  g_return_val_if_fail (ESC_IS_PLOT_CARD (self), FALSE);
  return self->expanded;
}

void
esc_plot_card_set_expanded (EscPlotCard *self, gboolean expanded)
{
  g_return_if_fail (ESC_IS_PLOT_CARD (self));

  if (self->expanded == expanded)
    return;
  self->expanded = expanded;
  gtk_button_set_icon_name (GTK_BUTTON (self->expand_button),
                            expanded ? "view-restore-symbolic"
                                     : "view-fullscreen-symbolic");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->expand_button),
                               expanded ? _ ("All plots (Escape)")
                                        : _ ("This plot alone (E)"));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_EXPANDED]);
}
