/* SPDX-License-Identifier: GPL-3.0-or-later
 * EscDataDialog: what a table holds, and which column is the target.
 *
 * Reads on a thread; closing it cancels.  Emits "chosen" with the path and the target's
 * name when the table is to be used.  Main thread. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define ESC_TYPE_DATA_DIALOG (esc_data_dialog_get_type ())
G_DECLARE_FINAL_TYPE (EscDataDialog, esc_data_dialog, ESC, DATA_DIALOG, AdwWindow)

/* `target` is a column's name or number; NULL: the last. `standardise` as the experiment
 * is going to. */
GtkWidget *esc_data_dialog_new (GtkWindow  *parent,
                                GFile      *file,
                                const char *target,
                                gboolean    standardise);
/* Takes the words of why a table was not accepted after all. */
void esc_data_dialog_refuse (EscDataDialog *self, const char *message);

G_END_DECLS
