/* SPDX-License-Identifier: GPL-3.0-or-later
 * EscPlotPainting: one plot projected and painted beside the main thread, which goes on
 * answering and drawing meanwhile.
 *
 * Made, asked and freed on the main thread; in between one thread of the program, which
 * all share, works on it and nobody else. */
#pragma once

#include <gtk/gtk.h>

#include "plot-painter.h"
#include "plot.h"

G_BEGIN_DECLS

typedef struct _EscPlotPainting EscPlotPainting;

/* Called on the main thread, unless it was abandoned before; frees it with
 * esc_plot_painting_free () when it has taken what it wants. */
typedef void (*EscPlotPainted) (EscPlotPainting *painting, gpointer data);

struct _EscPlotPainting
{
  /* What is to be painted. */
  const PlotClass *klass;
  EngSnapshot     *snapshot;
  PlotOptions      options;
  PlotTheme        theme;
  int              width, height, scale;
  gint64           begun; /* monotonic, µs */

  /* What is known of the places, and after the painting where everything is. */
  PlotLayout *layout;

  /* The result. */
  PlotFrame  *frame;
  GdkTexture *picture;

  /*< private >*/
  EngSnapshot   *pinned;
  PlotFrame     *earlier;
  gint           abandoned;   /* atomic */
  GApplication  *application; /* (nullable): held */
  EscPlotPainted painted;     /* on the main thread alone, as its data */
  gpointer       data;
};

/* Paints `snapshot`; copies `layout`. */
EscPlotPainting *esc_plot_painting_new (const PlotClass   *klass,
                                        EngSnapshot       *snapshot,
                                        const PlotOptions *options,
                                        const PlotLayout  *layout,
                                        int                width,
                                        int                height,
                                        int scale) G_GNUC_WARN_UNUSED_RESULT;
/* Begins; `data` must live until it is painted or abandoned. */
void
esc_plot_painting_start (EscPlotPainting *self, EscPlotPainted painted, gpointer data);
/* Nobody is told, what is not begun yet is left out, and it frees itself. */
void esc_plot_painting_abandon (EscPlotPainting *self);
void esc_plot_painting_free (EscPlotPainting *self);

/* The picture of a frame, here and now; `layout` tells where its parts are.
 * Returns: (transfer full). */
GdkTexture *esc_plot_painting_paint (PlotFrame       *frame,
                                     const PlotTheme *theme,
                                     PlotLayout      *layout,
                                     int              width,
                                     int              height,
                                     int              scale) G_GNUC_WARN_UNUSED_RESULT;

/* The same pixels for Cairo.   picture: of a painting   Returns: (transfer none). */
cairo_surface_t *esc_plot_painting_get_surface (GdkTexture *picture);

G_END_DECLS
