/* SPDX-License-Identifier: GPL-3.0-or-later
 * Figures, data and run folders out of the window: drawn and written on a thread of GIO's
 * from an immutable snapshot, with the code of the command line.  Main thread. */
#pragma once

#include <gtk/gtk.h>

#include "plot-export.h"

G_BEGIN_DECLS

/* What is to be drawn: a plot as a person looks at it. */
typedef struct
{
  const PlotClass *klass;
  PlotOptions      options;
} EscExportView;

/* Plain data; as plot_export () takes it. */
typedef struct
{
  PlotFormat format;
  PlotSize   size;
  double     scale;
} EscExportKind;

/* The file is either the old one or the whole new one. */
void esc_export_write_async (EngSnapshot         *snapshot,
                             const EscExportView *view,
                             const EscExportKind *kind,
                             GFile               *file,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             data);
/* Returns: (transfer full) (nullable): the file. */
GFile *esc_export_write_finish (GAsyncResult *result, GError **error);

/* Tables, figures and the experiment as `escapement-cli run` writes them, in a new folder
 * inside `parent`, named after the experiment. */
void esc_export_folder_async (EngSnapshot        *snapshot,
                              GFile              *parent,
                              GCancellable       *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer            data);
/* Returns: (transfer full) (nullable): the new folder. */
GFile *esc_export_folder_finish (GAsyncResult *result, GError **error);

/* A picture for the clipboard, in slide size, as PNG and as SVG. */
void esc_export_copy_async (EngSnapshot         *snapshot,
                            const EscExportView *view,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             data);
/* Returns: (transfer full) (nullable). */
GdkContentProvider *esc_export_copy_finish (GAsyncResult *result, GError **error);

G_END_DECLS
