/* SPDX-License-Identifier: GPL-3.0-or-later
 * Figures on disk: PNG, SVG, PDF, and the data of a plot as CSV, with the experiment that
 * made them inside; eng-figure.h finds it again. */
#pragma once

#include <gio/gio.h>

#include "plot.h"

G_BEGIN_DECLS

typedef enum
{
  PLOT_FORMAT_SVG, /* text as text; experiment in <metadata> */
  PLOT_FORMAT_PDF, /* experiment in the document's metadata */
  PLOT_FORMAT_PNG, /* experiment in a text chunk */
  PLOT_FORMAT_CSV, /* what is drawn, one mark a row; experiment in lines that begin with # */
  PLOT_N_FORMATS,
} PlotFormat;

typedef enum
{
  PLOT_SIZE_SLIDE,  /* 960 x 540 */
  PLOT_SIZE_COLUMN, /* 3.3 inch wide column of a paper */
  PLOT_N_SIZES,
} PlotSize;

/* Returns: "svg", "pdf", "png" or "csv". */
const char *plot_format_get_extension (PlotFormat format);
/* Returns: FALSE, and leaves `format` alone, if no format ends like this. */
gboolean plot_format_from_extension (const char *extension, PlotFormat *format);

/* Returns: "slide" or "column". */
const char *plot_size_get_id (PlotSize size);
gboolean    plot_size_from_id (const char *id, PlotSize *size);
/* In units of 1/96 inch: pixels at scale 1.  A column with two plots above one another is
 * higher. */
void plot_size_get_extent (PlotSize size, double *width, double *height);

/* The figure in print colours on white.  `spec` (nullable): the experiment to put inside.
 * `scale` 1 to 4 for PNG; no matter otherwise.  The bytes depend on frame and experiment
 * alone: no date, no machine.  Any thread.
 * Returns: (transfer full) (nullable). */
GBytes *plot_export_to_bytes (const PlotFrame *frame,
                              EngSpec         *spec,
                              PlotFormat       format,
                              PlotSize         size,
                              double           scale,
                              GError         **error) G_GNUC_WARN_UNUSED_RESULT;

/* Writes the same atomically.  Errors: ENG_ERROR_IO with the file's name. */
gboolean plot_export (const PlotFrame *frame,
                      EngSpec         *spec,
                      PlotFormat       format,
                      PlotSize         size,
                      double           scale,
                      GFile           *file,
                      GError         **error);

/* Writes every plot in slide size into a folder that exists, each into a file named after
 * its id; PNG at scale 2. */
gboolean plot_export_all (const EngSnapshot *snapshot,
                          GFile             *folder,
                          PlotFormat         format,
                          GError           **error);
/* The names of all files that plot_export_all () may write, in any format, ending with
 * NULL.  Returns: (transfer full). */
char **plot_export_list_files (void) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
