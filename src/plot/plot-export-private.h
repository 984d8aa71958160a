/* SPDX-License-Identifier: GPL-3.0-or-later
 * The exporters' parts. */
#pragma once

#include "eng-figure.h"
#include "plot-export.h"
#include "plot-painter-private.h"

G_BEGIN_DECLS

/* One figure to be written. */
typedef struct
{
  const PlotFrame *frame;
  const char      *experiment; /* (nullable): text of the experiment's file */
  PlotTheme        theme;
  double           width, height; /* pixels of 1/96 inch */
  double           scale;         /* of PNG */
} PlotFigure;

/* Paints title, subtitle and frame.  `sink`: see PlotCanvas. */
void plot_figure_paint (const PlotFigure *self,
                        cairo_t          *cr,
                        PlotTextSink      sink,
                        gpointer          sink_data);

/* Each returns (transfer full) (nullable). */
GBytes *plot_figure_to_svg (const PlotFigure *self, GError **error);
GBytes *plot_figure_to_pdf (const PlotFigure *self, GError **error);
GBytes *plot_figure_to_png (const PlotFigure *self, GError **error);
/* One mark a row:
 *   run, label   number from 1 and name of the run it belongs to; both empty for none, the
 *                number for a curve of the pinned experiment
 *   mark, name   what it is: test, train, line, later (spectrum), pinned, histogram (two
 *                rows a bin), band, term, point, theory, level, change, range (two rows),
 *                note, diverged (the last sample of such a run); and which
 *   x, y         headed by what is on the axes; empty where there is none; a column for each
 *                y axis of plots that stand above one another */
GBytes *plot_figure_to_csv (const PlotFrame *frame, const char *experiment);

/* Appends to a GByteArray; for cairo's streams. */
cairo_status_t
plot_export_write_cb (void *array, const unsigned char *data, unsigned int length);
/* Returns: FALSE with an error if cairo failed. */
gboolean plot_export_check (cairo_status_t status, GError **error);
/* Ends the stream.  cr, surface: (transfer full).  Returns: FALSE with an error if cairo
 * failed. */
gboolean plot_export_finish (cairo_t *cr, cairo_surface_t *surface, GError **error);

G_END_DECLS
