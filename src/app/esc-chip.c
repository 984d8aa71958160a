/* SPDX-License-Identifier: GPL-3.0-or-later
 * A sample of a run's line with its marker. */
#include "config.h"

#include "esc-chip.h"

#include "esc-plot-style.h"
#include "plot-painter.h"

#define CHIP_WIDTH  34
#define CHIP_HEIGHT 16

struct _EscChip
{
  GtkWidget parent_instance;

  PlotRunStyle style;
  gboolean     diverged;
};

G_DEFINE_FINAL_TYPE (EscChip, esc_chip, GTK_TYPE_WIDGET)

static void
esc_chip_measure (GtkWidget     *widget,
                  GtkOrientation orientation,
                  int            for_size,
                  int           *minimum,
                  int           *natural,
                  int           *minimum_baseline,
                  int           *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? CHIP_WIDTH
                                                                  : CHIP_HEIGHT;
}

static void
esc_chip_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  EscChip         *self = ESC_CHIP (widget);
  const PlotTheme *theme = esc_plot_style_get_theme (esc_plot_style_get_default ());
  int              width = gtk_widget_get_width (widget);
  int              height = gtk_widget_get_height (widget);
  graphene_rect_t  bounds = GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height);
  cairo_t         *cr = gtk_snapshot_append_cairo (snapshot, &bounds);

  plot_painter_paint_chip (self->style, self->diverged, theme, cr, width, height);
  cairo_destroy (cr);
}

static void
esc_chip_class_init (EscChipClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->measure = esc_chip_measure;
  widget_class->snapshot = esc_chip_snapshot;
  gtk_widget_class_set_css_name (widget_class, "chip");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
esc_chip_init (EscChip *self)
{
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  g_signal_connect_object (esc_plot_style_get_default (), "changed",
                           G_CALLBACK (gtk_widget_queue_draw), self, G_CONNECT_SWAPPED);
}

void
esc_chip_set_run (EscChip *self, PlotRunStyle style, gboolean diverged)
{
  g_return_if_fail (ESC_IS_CHIP (self));

  if (self->style == style && self->diverged == diverged)
    return;
  self->style = style;
  self->diverged = diverged;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
