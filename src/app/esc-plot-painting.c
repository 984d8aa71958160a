/* SPDX-License-Identifier: GPL-3.0-or-later
 * Plots painted beside the main thread. */
#include "config.h"

#include "esc-plot-painting.h"

#include "esc-application.h"
#include "esc-plot-style.h"

static GQuark
get_surface_quark (void)
{
  return g_quark_from_static_string ("esc-plot-painting-surface");
}

/* Texture and surface are the same pixels. */
static GdkTexture *
make_picture (cairo_surface_t *surface)
{
  int                width = cairo_image_surface_get_width (surface);
  int                height = cairo_image_surface_get_height (surface);
  gsize              stride = (gsize) cairo_image_surface_get_stride (surface);
  g_autoptr (GBytes) bytes = g_bytes_new_with_free_func (
      cairo_image_surface_get_data (surface), stride * (gsize) height,
      (GDestroyNotify) cairo_surface_destroy, cairo_surface_reference (surface));
  GdkTexture *picture = gdk_memory_texture_new (width, height, GDK_MEMORY_DEFAULT, bytes,
                                                stride);

  g_object_set_qdata_full (G_OBJECT (picture), get_surface_quark (), surface,
                           (GDestroyNotify) cairo_surface_destroy);
  return picture;
}

GdkTexture *
esc_plot_painting_paint (PlotFrame       *frame,
                         const PlotTheme *theme,
                         PlotLayout      *layout,
                         int              width,
                         int              height,
                         int              scale)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32,
                                                         width * scale, height * scale);
  cairo_t         *cr = cairo_create (surface);

  cairo_scale (cr, scale, scale);
  plot_painter_paint (frame, theme, layout, cr, width, height);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  return make_picture (surface);
}

cairo_surface_t *
esc_plot_painting_get_surface (GdkTexture *picture)
{
  return g_object_get_qdata (G_OBJECT (picture), get_surface_quark ());
}

EscPlotPainting *
esc_plot_painting_new (const PlotClass   *klass,
                       EngSnapshot       *snapshot,
                       const PlotOptions *options,
                       const PlotLayout  *layout,
                       int                width,
                       int                height,
                       int                scale)
{
  EscPlotPainting *self = g_new0 (EscPlotPainting, 1);

  self->klass = klass;
  self->snapshot = eng_snapshot_ref (snapshot);
  self->options = *options;
  if (options->pinned != NULL)
    self->options.pinned = self->pinned = eng_snapshot_ref (
        (EngSnapshot *) options->pinned);
  if (options->earlier != NULL)
    self->options.earlier = self->earlier = plot_frame_ref (
        (PlotFrame *) options->earlier);
  self->theme = *esc_plot_style_get_theme (esc_plot_style_get_default ());
  self->layout = plot_layout_copy (layout);
  self->width = width;
  self->height = height;
  self->scale = scale;
  self->begun = g_get_monotonic_time ();
  return self;
}

static gboolean
is_abandoned (EscPlotPainting *self)
{
  return g_atomic_int_get (&self->abandoned);
}

static gboolean
painted_cb (gpointer data)
{
  EscPlotPainting *self = data;

  esc_application_let_go (g_steal_pointer (&self->application));
  if (is_abandoned (self))
    esc_plot_painting_free (self);
  else
    self->painted (self, self->data);
  return G_SOURCE_REMOVE;
}

static void
work (gpointer data, gpointer unused)
{
  EscPlotPainting *self = data;

  /* Others wait. */
  if (!is_abandoned (self))
    self->frame = plot_project (self->klass, self->snapshot, &self->options);
  if (!is_abandoned (self))
    self->picture = esc_plot_painting_paint (self->frame, &self->theme, self->layout,
                                             self->width, self->height, self->scale);
  g_idle_add_full (G_PRIORITY_DEFAULT, painted_cb, self, NULL);
}

/* One thread: it keeps its fonts, and leaves the other processors to the training. */
static GThreadPool *
get_pool (void)
{
  static GThreadPool *pool = NULL;

  /* Of an error, which is that the system has no thread left, nothing needs to be known:
   * there is a pool all the same, and each push tries again to start its thread. */
  if (pool == NULL)
    pool = g_thread_pool_new (work, NULL, 1, TRUE, NULL);
  return pool;
}

void
esc_plot_painting_start (EscPlotPainting *self, EscPlotPainted painted, gpointer data)
{
  self->painted = painted;
  self->data = data;
  /* The program does not end under the thread. */
  self->application = esc_application_hold ();
  /* Without a thread it waits for the next push; what a person asks for, and what a pause
   * leaves, is painted on the main one. */
  g_thread_pool_push (get_pool (), self, NULL);
}

void
esc_plot_painting_abandon (EscPlotPainting *self)
{
  g_atomic_int_set (&self->abandoned, TRUE);
}

void
esc_plot_painting_free (EscPlotPainting *self)
{
  eng_snapshot_unref (self->snapshot);
  g_clear_pointer (&self->pinned, eng_snapshot_unref);
  g_clear_pointer (&self->earlier, plot_frame_unref);
  g_clear_pointer (&self->layout, plot_layout_free);
  g_clear_pointer (&self->frame, plot_frame_unref);
  g_clear_object (&self->picture);
  g_free (self);
}
