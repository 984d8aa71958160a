/* SPDX-License-Identifier: GPL-3.0-or-later
 * Figures on disk: PNG, SVG, PDF, with the experiment that made them inside. */
#pragma once

#include <gio/gio.h>

#include "plot.h"

G_BEGIN_DECLS

typedef enum
{
  PLOT_FORMAT_SVG, /* text as text; experiment in <metadata> */
  PLOT_FORMAT_PDF, /* experiment in the document's metadata */
  PLOT_FORMAT_PNG, /* experiment in a text chunk */
} PlotFormat;

typedef enum
{
  PLOT_SIZE_SLIDE,  /* 960 x 540 */
  PLOT_SIZE_COLUMN, /* 3.3 inch wide column of a paper */
} PlotSize;

/* Returns: "svg", "pdf" or "png". */
const char *plot_format_get_extension (PlotFormat format);

/* Writes the figure atomically, in print colours on white. `scale` 1 to 4 for PNG; 1
 * otherwise.  The bytes depend on the frame alone: no date, no machine. */
gboolean plot_export (const PlotFrame *frame,
                      EngSpec         *spec,
                      PlotFormat       format,
                      PlotSize         size,
                      double           scale,
                      GFile           *file,
                      GError         **error);

G_END_DECLS
