/* SPDX-License-Identifier: GPL-3.0-or-later
 * From the newest snapshot to a frame, and when. */
#include "config.h"

#include "esc-plot-view-private.h"

#include "esc-plot-change.h"

/* A picture costs some milliseconds of a processor that the engine could use; more of
 * them a second than this are not seen as more movement. */
#define REFRESH_INTERVAL_MS 66
/* While a person zooms or pans: 30 times a second. */
#define EDIT_INTERVAL_MS 33

void
esc_plot_view_show_frame (EscPlotView *self,
                          PlotFrame   *frame,
                          EngSnapshot *snapshot,
                          gint64       begun)
{
  g_clear_pointer (&self->frame, plot_frame_unref);
  g_clear_pointer (&self->drawn, eng_snapshot_unref);
  g_clear_pointer (&self->readout, plot_readout_free);
  self->frame = plot_frame_ref (frame);
  self->drawn = eng_snapshot_ref (snapshot);
  self->drawn_at = begun;
  self->outdated = snapshot != self->snapshot
                   && esc_plot_would_change (frame, snapshot, self->snapshot);
  self->urgent = FALSE;
  esc_plot_view_describe (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify (G_OBJECT (self), "frame");
  if (self->outdated)
    esc_plot_view_schedule_newest (self);
}

static void
project (EscPlotView *self)
{
  PlotOptions           options = esc_plot_view_get_options (self);
  g_autoptr (PlotFrame) frame = NULL;

  options.earlier = self->frame;
  frame = plot_project (self->klass, self->snapshot, &options);
  esc_plot_view_forget_picture (self);
  esc_plot_view_show_frame (self, frame, self->snapshot, g_get_monotonic_time ());
}

PlotFrame *
esc_plot_view_get_present_frame (EscPlotView *self)
{
  g_return_val_if_fail (ESC_IS_PLOT_VIEW (self), NULL);

  if (self->outdated && self->klass != NULL && self->snapshot != NULL)
    project (self);
  return self->frame;
}

static gboolean
tick_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  EscPlotView *self = ESC_PLOT_VIEW (widget);

  self->tick_id = 0;
  if (esc_plot_view_paint_aside (self))
    return G_SOURCE_REMOVE;
  esc_plot_view_get_present_frame (self);
  gtk_widget_queue_draw (widget);
  return G_SOURCE_REMOVE;
}

/* A tick comes before the layout of its frame, so labels that follow the plot may still
 * change their size; and hidden widgets get none. */
void
esc_plot_view_schedule (EscPlotView *self)
{
  if (self->tick_id == 0 && gtk_widget_get_mapped (GTK_WIDGET (self)))
    self->tick_id = gtk_widget_add_tick_callback (GTK_WIDGET (self), tick_cb, NULL, NULL);
}

void
esc_plot_view_cancel_tick (EscPlotView *self)
{
  if (self->tick_id != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->tick_id);
  self->tick_id = 0;
}

static gboolean
refresh_cb (gpointer data)
{
  EscPlotView *self = data;

  self->refresh_id = 0;
  esc_plot_view_schedule (self);
  return G_SOURCE_REMOVE;
}

/* At the next frame, but not within `interval` ms of the last drawing. */
static void
schedule_after (EscPlotView *self, gint64 interval)
{
  gint64 wait = interval
                - (g_get_monotonic_time () - self->drawn_at) / G_TIME_SPAN_MILLISECOND;

  if (wait <= 0)
    esc_plot_view_schedule (self);
  else if (self->refresh_id == 0)
    self->refresh_id = g_timeout_add ((guint) wait, refresh_cb, self);
}

/* At once where something ends or begins; while it runs, not too often. */
void
esc_plot_view_schedule_newest (EscPlotView *self)
{
  schedule_after (self,
                  self->snapshot->phase == ENG_PHASE_RUNNING ? REFRESH_INTERVAL_MS : 0);
}

void
esc_plot_view_refresh (EscPlotView *self)
{
  self->outdated = self->urgent = TRUE;
  esc_plot_view_drop_painting (self);
  schedule_after (self, EDIT_INTERVAL_MS);
}
