/* SPDX-License-Identifier: GPL-3.0-or-later
 * EscExportDialog: which plot, in which format and size.  Its choices are remembered in the
 * settings.  Emits "export" once, when a person goes on, and is then closed. */
#pragma once

#include <adwaita.h>

#include "esc-export.h"

G_BEGIN_DECLS

#define ESC_TYPE_EXPORT_DIALOG (esc_export_dialog_get_type ())
G_DECLARE_FINAL_TYPE (EscExportDialog, esc_export_dialog, ESC, EXPORT_DIALOG, AdwWindow)

/* titles: NULL-terminated, of the plots to choose among; `selected` is one's index. */
EscExportDialog *
esc_export_dialog_new (GtkWindow *parent, const char *const *titles, guint selected);

guint         esc_export_dialog_get_plot (EscExportDialog *self);
EscExportKind esc_export_dialog_get_kind (EscExportDialog *self);

G_END_DECLS
