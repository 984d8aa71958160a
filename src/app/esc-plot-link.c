/* SPDX-License-Identifier: GPL-3.0-or-later
 * What plots over the same x axis share. */
#include "config.h"

#include "esc-plot-link.h"

#include <math.h>

struct _EscPlotLink
{
  GObject parent_instance;

  double    cursor;
  PlotRange range;
  gboolean  linear;
};

G_DEFINE_FINAL_TYPE (EscPlotLink, esc_plot_link, G_TYPE_OBJECT)

enum
{
  SIGNAL_CURSOR_MOVED,
  SIGNAL_AXIS_CHANGED,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

static void
esc_plot_link_class_init (EscPlotLinkClass *klass)
{
  signals[SIGNAL_CURSOR_MOVED] = g_signal_new ("cursor-moved", ESC_TYPE_PLOT_LINK,
                                               G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                               G_TYPE_NONE, 0);
  signals[SIGNAL_AXIS_CHANGED] = g_signal_new ("axis-changed", ESC_TYPE_PLOT_LINK,
                                               G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                               G_TYPE_NONE, 0);
}

static void
esc_plot_link_init (EscPlotLink *self)
{
  self->cursor = NAN;
}

EscPlotLink *
esc_plot_link_new (void)
{
  return g_object_new (ESC_TYPE_PLOT_LINK, NULL);
}

double
esc_plot_link_get_cursor (EscPlotLink *self)
{
  g_return_val_if_fail (ESC_IS_PLOT_LINK (self), NAN);
  return self->cursor;
}

void
esc_plot_link_set_cursor (EscPlotLink *self, double x)
{
  g_return_if_fail (ESC_IS_PLOT_LINK (self));

  if (x == self->cursor || (isnan (x) && isnan (self->cursor)))
    return;
  self->cursor = x;
  g_signal_emit (self, signals[SIGNAL_CURSOR_MOVED], 0);
}

PlotRange
esc_plot_link_get_range (EscPlotLink *self)
{
  g_return_val_if_fail (ESC_IS_PLOT_LINK (self), (PlotRange){ 0 });
  return self->range;
}

void
esc_plot_link_set_range (EscPlotLink *self, PlotRange range)
{
  g_return_if_fail (ESC_IS_PLOT_LINK (self));

  if (range.lo == self->range.lo && range.hi == self->range.hi)
    return;
  self->range = range;
  g_signal_emit (self, signals[SIGNAL_AXIS_CHANGED], 0);
}

gboolean
esc_plot_link_get_linear (EscPlotLink *self)
{
  g_return_val_if_fail (ESC_IS_PLOT_LINK (self), FALSE);
  return self->linear;
}

void
esc_plot_link_set_linear (EscPlotLink *self, gboolean linear)
{
  g_return_if_fail (ESC_IS_PLOT_LINK (self));

  if (linear == self->linear)
    return;
  self->linear = linear;
  g_signal_emit (self, signals[SIGNAL_AXIS_CHANGED], 0);
}
