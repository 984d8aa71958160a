/* SPDX-License-Identifier: GPL-3.0-or-later
 * A temporary folder, such as one in which data is handed to a peer; one at a time, which
 * SIGINT and SIGTERM remove as well.  One thread. */
#pragma once

#include "eng-experiment.h"

G_BEGIN_DECLS

/* Returns: (transfer full) (nullable): the path of a new folder. */
char *bench_folder_make (GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Listens to the signals again, after something else took them. */
void bench_folder_guard (void);
/* Writes the arrays of `experiment`, as `escapement-cli run --arrays` does, into a new
 * folder.  Returns: (transfer full) (nullable): its path. */
char *
bench_folder_new (EngExperiment *experiment, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Adds FOLDER/NAME.npy.   data: (rows, cols) */
gboolean bench_folder_add (const char    *folder,
                           const char    *name,
                           const EngMatF *data,
                           GError       **error) G_GNUC_WARN_UNUSED_RESULT;
/* Removes the folder with all in it, and frees the path.  (nullable) */
void bench_folder_remove (char *folder);

G_END_DECLS
