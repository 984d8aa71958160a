/* SPDX-License-Identifier: GPL-3.0-or-later
 * A plot with its title and what is drawn. */
#include "config.h"

#include "esc-plot-card.h"

#include <glib/gi18n.h>

struct _EscPlotCard
{
  AdwBin parent_instance;

  GtkLabel    *title;
  GtkLabel    *subtitle;
  EscPlotView *view;
};

G_DEFINE_FINAL_TYPE (EscPlotCard, esc_plot_card, ADW_TYPE_BIN)

enum
{
  PROP_PLOT = 1,
  PROP_SNAPSHOT,
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
      break;
    case PROP_SNAPSHOT:
      esc_plot_view_set_snapshot (self->view, g_value_get_boxed (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
esc_plot_card_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), ESC_TYPE_PLOT_CARD);
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
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (ESC_TYPE_PLOT_VIEW);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/escapement_lab/Escapement/plot-card.ui");
  gtk_widget_class_bind_template_child (widget_class, EscPlotCard, title);
  gtk_widget_class_bind_template_child (widget_class, EscPlotCard, subtitle);
  gtk_widget_class_bind_template_child (widget_class, EscPlotCard, view);
  gtk_widget_class_bind_template_callback (widget_class, frame_cb);
}

static void
esc_plot_card_init (EscPlotCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

EscPlotView *
esc_plot_card_get_view (EscPlotCard *self)
{
  g_return_val_if_fail (ESC_IS_PLOT_CARD (self), NULL);
  return self->view;
}
