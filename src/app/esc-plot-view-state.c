/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a person chose about a plot: kinds of axes, measure, ranges. */
#include "config.h"

#include "esc-plot-view-private.h"

#include <glib/gi18n.h>

enum
{
  STATE_X_LOG,
  STATE_Y_LOG,
  STATE_MEASURE,
  STATE_ZOOMED,
  N_STATES,
};
static GParamSpec *states[N_STATES];

enum
{
  SIGNAL_VIEW_EDITED,
  SIGNAL_NOTICE,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

static gboolean
is_range (PlotRange range)
{
  return range.lo < range.hi;
}

static gboolean
get_y_log (EscPlotView *self)
{
  return !self->y_linear && (self->klass == NULL || !self->klass->y_linear);
}

static guint
count_measures (EscPlotView *self)
{
  if (self->klass == NULL || self->klass->measures == NULL)
    return 1;
  return g_strv_length ((GStrv) self->klass->measures);
}

void
esc_plot_view_notice (EscPlotView *self, const char *text)
{
  g_signal_emit (self, signals[SIGNAL_NOTICE], 0, text);
}

void
esc_plot_view_finish_edit (EscPlotView *self)
{
  g_signal_emit (self, signals[SIGNAL_VIEW_EDITED], 0);
}

void
esc_plot_view_axis_changed (EscPlotView *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), states[STATE_X_LOG]);
  g_object_notify_by_pspec (G_OBJECT (self), states[STATE_ZOOMED]);
  esc_plot_view_refresh (self);
}

PlotOptions
esc_plot_view_get_options (EscPlotView *self)
{
  return (PlotOptions){
    .x_linear = esc_plot_link_get_linear (self->link),
    .y_linear = self->y_linear,
    .measure = self->measure,
    .pinned = self->pinned,
    .x_range = esc_plot_link_get_range (self->link),
    .y_range = self->y_range,
    .y_panel = self->y_panel,
  };
}

void
esc_plot_view_set_pinned (EscPlotView *self, EngSnapshot *pinned)
{
  EngSnapshot *old;

  g_return_if_fail (ESC_IS_PLOT_VIEW (self));

  old = self->pinned;
  self->pinned = pinned == NULL ? NULL : eng_snapshot_ref (pinned);
  g_clear_pointer (&old, eng_snapshot_unref);
  /* Axes may shrink again. */
  plot_layout_reset (self->layout);
  esc_plot_view_refresh (self);
}

/* --- choices --------------------------------------------------------------------- */

/* Zero has no logarithm; what the plot does about it is said once, when it is asked. */
static void
explain_zero (EscPlotView *self)
{
  for (guint i = 0; self->frame != NULL && i < self->frame->panels->len; i++)
    {
      const PlotPanel *panel = g_ptr_array_index (self->frame->panels, i);

      for (guint j = 0; j < panel->series->len; j++)
        {
          const PlotSeries *series = g_ptr_array_index (panel->series, j);

          for (gsize k = 0; k < series->n; k++)
            if (series->y[k] <= 0)
              {
                esc_plot_view_notice (self,
                                      _ ("Values at or below zero stand on the row “0”"));
                return;
              }
        }
    }
}

static void
choose_y_log (EscPlotView *self, gboolean log)
{
  if (log && self->klass != NULL && self->klass->y_linear)
    {
      esc_plot_view_notice (self, _ ("These values start at zero, which has no place on "
                                     "a logarithmic axis"));
      return;
    }
  if (log == get_y_log (self))
    return;
  self->y_linear = !log;
  self->y_range = (PlotRange){ 0 };
  if (log)
    explain_zero (self);
  g_object_notify_by_pspec (G_OBJECT (self), states[STATE_Y_LOG]);
  esc_plot_view_refresh (self);
  esc_plot_view_finish_edit (self);
}

static void
choose_x_log (EscPlotView *self, gboolean log)
{
  if (log == !esc_plot_link_get_linear (self->link))
    return;
  esc_plot_link_set_linear (self->link, !log);
  esc_plot_view_finish_edit (self);
}

static void
choose_measure (EscPlotView *self, guint measure)
{
  if (measure == self->measure || measure >= count_measures (self))
    return;
  self->measure = measure;
  self->y_range = (PlotRange){ 0 };
  /* Time goes on; other axes mean something else now. */
  if (!self->klass->over_steps)
    esc_plot_link_set_range (self->link, (PlotRange){ 0 });
  plot_layout_reset (self->layout);
  g_object_notify_by_pspec (G_OBJECT (self), states[STATE_MEASURE]);
  esc_plot_view_refresh (self);
  esc_plot_view_finish_edit (self);
}

/* Panels one above another have y axes of their own. */
PlotRange
esc_plot_view_get_y_range (EscPlotView *self, guint panel)
{
  gboolean own = self->frame == NULL || !self->frame->stacked || panel == self->y_panel;

  return own ? self->y_range : (PlotRange){ 0 };
}

void
esc_plot_view_choose_ranges (EscPlotView *self, guint panel, PlotRange x, PlotRange y)
{
  /* What is seen of one panel stays while another, whole, is moved sideways. */
  if (is_range (y) || is_range (esc_plot_view_get_y_range (self, panel)))
    {
      self->y_range = y;
      self->y_panel = panel;
    }
  esc_plot_link_set_range (self->link, x);
  g_object_notify_by_pspec (G_OBJECT (self), states[STATE_ZOOMED]);
  esc_plot_view_refresh (self);
}

/* --- properties ------------------------------------------------------------------ */

gboolean
esc_plot_view_get_state_property (EscPlotView *self, GParamSpec *pspec, GValue *value)
{
  if (pspec == states[STATE_X_LOG])
    g_value_set_boolean (value, !esc_plot_link_get_linear (self->link));
  else if (pspec == states[STATE_Y_LOG])
    g_value_set_boolean (value, get_y_log (self));
  else if (pspec == states[STATE_MEASURE])
    g_value_set_uint (value, self->measure);
  else if (pspec == states[STATE_ZOOMED])
    g_value_set_boolean (value, esc_plot_view_get_zoomed (self));
  else
    return FALSE;
  return TRUE;
}

gboolean
esc_plot_view_set_state_property (EscPlotView  *self,
                                  GParamSpec   *pspec,
                                  const GValue *value)
{
  if (pspec == states[STATE_X_LOG])
    choose_x_log (self, g_value_get_boolean (value));
  else if (pspec == states[STATE_Y_LOG])
    choose_y_log (self, g_value_get_boolean (value));
  else if (pspec == states[STATE_MEASURE])
    choose_measure (self, g_value_get_uint (value));
  else
    return FALSE;
  return TRUE;
}

void
esc_plot_view_install_state (GObjectClass *klass, guint first_property)
{
  const GParamFlags writable = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY
                               | G_PARAM_STATIC_STRINGS;

  states[STATE_X_LOG] = g_param_spec_boolean ("x-log", NULL, NULL, TRUE, writable);
  states[STATE_Y_LOG] = g_param_spec_boolean ("y-log", NULL, NULL, TRUE, writable);
  states[STATE_MEASURE] = g_param_spec_uint ("measure", NULL, NULL, 0, G_MAXUINT, 0,
                                             writable);
  states[STATE_ZOOMED] = g_param_spec_boolean ("zoomed", NULL, NULL, FALSE,
                                               G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  for (guint i = 0; i < N_STATES; i++)
    g_object_class_install_property (klass, first_property + i, states[i]);

  signals[SIGNAL_VIEW_EDITED] = g_signal_new ("view-edited", G_OBJECT_CLASS_TYPE (klass),
                                              G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                              G_TYPE_NONE, 0);
  signals[SIGNAL_NOTICE] = g_signal_new ("notice", G_OBJECT_CLASS_TYPE (klass),
                                         G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 1, G_TYPE_STRING);
}

/* --- public ---------------------------------------------------------------------- */

gboolean
esc_plot_view_get_zoomed (EscPlotView *self)
{
  g_return_val_if_fail (ESC_IS_PLOT_VIEW (self), FALSE);
  return is_range (self->y_range) || is_range (esc_plot_link_get_range (self->link));
}

void
esc_plot_view_reset_zoom (EscPlotView *self)
{
  g_return_if_fail (ESC_IS_PLOT_VIEW (self));

  if (!esc_plot_view_get_zoomed (self))
    return;
  esc_plot_view_forget_zoom (self);
  esc_plot_view_finish_edit (self);
}

void
esc_plot_view_forget_zoom (EscPlotView *self)
{
  g_return_if_fail (ESC_IS_PLOT_VIEW (self));

  if (esc_plot_view_get_zoomed (self))
    esc_plot_view_choose_ranges (self, self->y_panel, (PlotRange){ 0 }, (PlotRange){ 0 });
}

static void
add_range (GVariantBuilder *builder, const char *key, PlotRange range)
{
  if (is_range (range))
    g_variant_builder_add (builder, "{sv}", key,
                           g_variant_new ("(dd)", range.lo, range.hi));
}

GVariant *
esc_plot_view_get_state (EscPlotView *self)
{
  GVariantBuilder builder;

  g_return_val_if_fail (ESC_IS_PLOT_VIEW (self), NULL);

  g_variant_builder_init (&builder, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&builder, "{sv}", "x-log",
                         g_variant_new_boolean (!esc_plot_link_get_linear (self->link)));
  g_variant_builder_add (&builder, "{sv}", "y-log",
                         g_variant_new_boolean (get_y_log (self)));
  g_variant_builder_add (&builder, "{sv}", "measure",
                         g_variant_new_uint32 (self->measure));
  add_range (&builder, "x-range", esc_plot_link_get_range (self->link));
  add_range (&builder, "y-range", self->y_range);
  if (is_range (self->y_range) && self->y_panel > 0)
    g_variant_builder_add (&builder, "{sv}", "y-panel",
                           g_variant_new_uint32 (self->y_panel));
  return g_variant_ref_sink (g_variant_builder_end (&builder));
}

void
esc_plot_view_set_state (EscPlotView *self, GVariant *state)
{
  gboolean  x_log = TRUE, y_log = TRUE;
  guint     measure = 0, panel = 0;
  PlotRange x = { 0 }, y = { 0 };

  g_return_if_fail (ESC_IS_PLOT_VIEW (self));
  g_return_if_fail (g_variant_is_of_type (state, G_VARIANT_TYPE_VARDICT));

  g_variant_lookup (state, "x-log", "b", &x_log);
  g_variant_lookup (state, "y-log", "b", &y_log);
  g_variant_lookup (state, "measure", "u", &measure);
  g_variant_lookup (state, "x-range", "(dd)", &x.lo, &x.hi);
  g_variant_lookup (state, "y-range", "(dd)", &y.lo, &y.hi);
  g_variant_lookup (state, "y-panel", "u", &panel);
  esc_plot_link_set_linear (self->link, !x_log);
  self->y_linear = !y_log;
  if (self->measure != measure)
    plot_layout_reset (self->layout);
  self->measure = MIN (measure, count_measures (self) - 1);
  self->y_panel = panel;
  self->y_range = y;
  esc_plot_view_choose_ranges (self, panel, x, y);
  g_object_notify_by_pspec (G_OBJECT (self), states[STATE_Y_LOG]);
  g_object_notify_by_pspec (G_OBJECT (self), states[STATE_MEASURE]);
}
