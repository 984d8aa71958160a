/* SPDX-License-Identifier: GPL-3.0-or-later
 * A widget around the frame of one plot. */
#include "config.h"

#include "esc-plot-view-private.h"

#include "esc-plot-change.h"
#include "esc-plot-style.h"

#include <glib/gi18n.h>
#include <math.h>

#define MIN_WIDTH  300
#define MIN_HEIGHT 150

G_DEFINE_FINAL_TYPE (EscPlotView, esc_plot_view, GTK_TYPE_WIDGET)

enum
{
  PROP_PLOT = 1,
  PROP_SNAPSHOT,
  PROP_FRAME,
  N_PROPS, /* those of the view state follow */
};
static GParamSpec *properties[N_PROPS];

/* A picture with other gutters is replaced by the next, and nothing else is: most pictures
 * that grow have made their gutters wider by themselves. */
static void
keep_gutters (EscPlotView *self, double left, double right)
{
  self->left = left;
  self->right = right;
  if (self->picture == NULL || plot_layout_has_gutters (self->layout, left, right))
    return;
  self->outdated = TRUE;
  esc_plot_view_schedule (self);
}

static void
align_gutters (EscPlotView *self)
{
  double left, right, peer_left, peer_right;

  if (self->peer == NULL || self->peer->frame == NULL)
    return;
  plot_layout_get_gutters (self->layout, &left, &right);
  plot_layout_get_gutters (self->peer->layout, &peer_left, &peer_right);
  left = MAX (left, peer_left);
  right = MAX (right, peer_right);
  keep_gutters (self, left, right);
  keep_gutters (self->peer, left, right);
}

static void
part (EscPlotView *self)
{
  if (self->peer != NULL)
    self->peer->peer = NULL;
  self->peer = NULL;
}

static void
forget_layout (EscPlotView *self)
{
  esc_plot_view_drop_painting (self);
  plot_layout_reset (self->layout);
  self->left = self->right = 0;
}

/* Another experiment, or the same from the start: axes may shrink again. */
static gboolean
starts_over (const EngSnapshot *old, const EngSnapshot *new)
{
  return old != NULL && new != NULL
         && (old->n_starts != new->n_starts || new->step < old->step);
}

static void
esc_plot_view_measure (GtkWidget     *widget,
                       GtkOrientation orientation,
                       int            for_size,
                       int           *minimum,
                       int           *natural,
                       int           *minimum_baseline,
                       int           *natural_baseline)
{
  const PlotTheme *theme = esc_plot_style_get_theme (esc_plot_style_get_default ());

  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL
                            ? MIN_WIDTH
                            : (int) (MIN_HEIGHT * theme->text_scale);
}

static void
esc_plot_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  EscPlotView *self = ESC_PLOT_VIEW (widget);

  if (self->frame == NULL || gtk_widget_get_width (widget) < 1
      || gtk_widget_get_height (widget) < 1)
    return;
  esc_plot_view_snapshot_picture (self, snapshot);
  esc_plot_view_snapshot_cursor (self, snapshot);
  esc_plot_view_snapshot_box (self, snapshot);
  align_gutters (self);
}

/* What was drawn before it was hidden may be long past. */
static void
esc_plot_view_map (GtkWidget *widget)
{
  EscPlotView *self = ESC_PLOT_VIEW (widget);

  GTK_WIDGET_CLASS (esc_plot_view_parent_class)->map (widget);
  self->urgent |= self->outdated;
  esc_plot_view_schedule (self);
}

static void
esc_plot_view_unmap (GtkWidget *widget)
{
  esc_plot_view_cancel_tick (ESC_PLOT_VIEW (widget));
  esc_plot_view_drop_painting (ESC_PLOT_VIEW (widget));
  GTK_WIDGET_CLASS (esc_plot_view_parent_class)->unmap (widget);
}

static void
esc_plot_view_get_property (GObject    *object,
                            guint       property_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  EscPlotView *self = ESC_PLOT_VIEW (object);

  switch (property_id)
    {
    case PROP_PLOT:
      g_value_set_string (value, self->klass == NULL ? NULL : self->klass->id);
      break;
    case PROP_SNAPSHOT:
      g_value_set_boxed (value, self->snapshot);
      break;
    case PROP_FRAME:
      g_value_set_boxed (value, self->frame);
      break;
    default:
      if (!esc_plot_view_get_state_property (self, pspec, value))
        G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
esc_plot_view_set_property (GObject      *object,
                            guint         property_id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  EscPlotView *self = ESC_PLOT_VIEW (object);

  switch (property_id)
    {
    case PROP_PLOT:
      esc_plot_view_set_plot (self, g_value_get_string (value));
      break;
    case PROP_SNAPSHOT:
      esc_plot_view_set_snapshot (self, g_value_get_boxed (value));
      break;
    default:
      if (!esc_plot_view_set_state_property (self, pspec, value))
        G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
esc_plot_view_dispose (GObject *object)
{
  EscPlotView *self = ESC_PLOT_VIEW (object);

  part (self);
  esc_plot_view_drop_painting (self);
  g_clear_handle_id (&self->refresh_id, g_source_remove);
  g_clear_handle_id (&self->follow_id, g_source_remove);
  g_clear_handle_id (&self->pause_id, g_source_remove);
  g_clear_pointer (&self->snapshot, eng_snapshot_unref);
  g_clear_pointer (&self->drawn, eng_snapshot_unref);
  g_clear_pointer (&self->pinned, eng_snapshot_unref);
  g_clear_pointer (&self->frame, plot_frame_unref);
  g_clear_pointer (&self->readout, plot_readout_free);
  g_clear_object (&self->picture);
  G_OBJECT_CLASS (esc_plot_view_parent_class)->dispose (object);
}

static void
esc_plot_view_finalize (GObject *object)
{
  EscPlotView *self = ESC_PLOT_VIEW (object);

  plot_layout_free (self->layout);
  g_object_unref (self->link);
  G_OBJECT_CLASS (esc_plot_view_parent_class)->finalize (object);
}

static void
esc_plot_view_class_init (EscPlotViewClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = esc_plot_view_get_property;
  object_class->set_property = esc_plot_view_set_property;
  object_class->dispose = esc_plot_view_dispose;
  object_class->finalize = esc_plot_view_finalize;
  widget_class->measure = esc_plot_view_measure;
  widget_class->snapshot = esc_plot_view_snapshot;
  widget_class->map = esc_plot_view_map;
  widget_class->unmap = esc_plot_view_unmap;

  properties[PROP_PLOT] = g_param_spec_string (
      "plot", NULL, NULL, NULL, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_SNAPSHOT] = g_param_spec_boxed (
      "snapshot", NULL, NULL, ENG_TYPE_SNAPSHOT,
      G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_FRAME] = g_param_spec_boxed ("frame", NULL, NULL, PLOT_TYPE_FRAME,
                                               G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  esc_plot_view_install_state (object_class, N_PROPS);

  gtk_widget_class_set_css_name (widget_class, "plotview");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
esc_plot_view_init (EscPlotView *self)
{
  g_autoptr (EscPlotLink) link = esc_plot_link_new ();

  self->layout = plot_layout_new ();
  esc_plot_view_set_link (self, link);
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_hexpand (GTK_WIDGET (self), TRUE);
  gtk_widget_set_vexpand (GTK_WIDGET (self), TRUE);
  esc_plot_view_add_cursor (self);
  esc_plot_view_add_zoom (self);
  g_signal_connect_object (esc_plot_style_get_default (), "changed",
                           G_CALLBACK (esc_plot_view_forget_picture), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (esc_plot_style_get_default (), "changed",
                           G_CALLBACK (gtk_widget_queue_resize), self, G_CONNECT_SWAPPED);
}

void
esc_plot_view_set_plot (EscPlotView *self, const char *id)
{
  g_return_if_fail (ESC_IS_PLOT_VIEW (self));

  self->klass = id == NULL ? NULL : plot_find_class (id);
  self->outdated = self->urgent = TRUE;
  esc_plot_view_drop_painting (self);
  if (self->klass != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                    _ (self->klass->title), -1);
  esc_plot_view_schedule (self);
}

const PlotClass *
esc_plot_view_get_plot (EscPlotView *self)
{
  g_return_val_if_fail (ESC_IS_PLOT_VIEW (self), NULL);
  return self->klass;
}

void
esc_plot_view_set_snapshot (EscPlotView *self, EngSnapshot *snapshot)
{
  EngSnapshot *old;
  gboolean     over;

  g_return_if_fail (ESC_IS_PLOT_VIEW (self));

  if (self->snapshot == snapshot)
    return;
  old = self->snapshot;
  over = starts_over (old != NULL ? old : self->drawn, snapshot);
  if (over)
    {
      forget_layout (self);
      esc_plot_link_set_cursor (self->link, NAN);
    }
  self->snapshot = snapshot == NULL ? NULL : eng_snapshot_ref (snapshot);
  g_clear_pointer (&old, eng_snapshot_unref);
  if (snapshot == NULL)
    {
      esc_plot_view_drop_painting (self);
      self->outdated = self->urgent;
      return;
    }
  if (self->frame != NULL && !esc_plot_would_change (self->frame, self->drawn, snapshot))
    return;
  self->outdated = TRUE;
  /* What is shown is of no use beside it. */
  self->urgent |= over;
  if (self->frame == NULL)
    esc_plot_view_get_present_frame (self); /* also while it is hidden */
  esc_plot_view_schedule_newest (self);
}

PlotFrame *
esc_plot_view_get_frame (EscPlotView *self)
{
  g_return_val_if_fail (ESC_IS_PLOT_VIEW (self), NULL);
  return self->frame;
}

void
esc_plot_view_set_link (EscPlotView *self, EscPlotLink *link)
{
  g_return_if_fail (ESC_IS_PLOT_VIEW (self));
  g_return_if_fail (ESC_IS_PLOT_LINK (link));

  if (self->link == link)
    return;
  if (self->link != NULL)
    g_signal_handlers_disconnect_by_data (self->link, self);
  g_set_object (&self->link, link);
  g_signal_connect_object (link, "axis-changed", G_CALLBACK (esc_plot_view_axis_changed),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (link, "cursor-moved", G_CALLBACK (esc_plot_view_cursor_moved),
                           self, G_CONNECT_SWAPPED);
  esc_plot_view_axis_changed (self);
}

void
esc_plot_view_align_with (EscPlotView *self, EscPlotView *peer)
{
  g_return_if_fail (ESC_IS_PLOT_VIEW (self));
  g_return_if_fail (peer == NULL || ESC_IS_PLOT_VIEW (peer));

  if (self->peer == peer)
    return;
  part (self);
  if (peer == NULL)
    return;
  part (peer);
  self->peer = peer;
  peer->peer = self;
}
