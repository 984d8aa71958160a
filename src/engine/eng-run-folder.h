/* SPDX-License-Identifier: GPL-3.0-or-later
 * A run folder read back: the tables that eng_export_tables () wrote, as the snapshot they
 * were written from.  Figures drawn from it are the figures drawn then. */
#pragma once

#include "eng-snapshot.h"

G_BEGIN_DECLS

/* Blocks; any thread.  What is not in the tables is as in a new snapshot: serial, speed,
 * and energies by direction before the last record.
 * Errors: ENG_ERROR_IO for a file that cannot be read, ENG_ERROR_INVALID_SPEC for a folder
 * that is no run folder or whose tables do not belong together.
 * Returns: (transfer full) (nullable). */
EngSnapshot *
eng_run_folder_load (GFile *folder, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The experiment that made a run folder: the file that its summary names, or else the only
 * one there.  Blocks; any thread.  Errors: as above.
 * Returns: (transfer full) (nullable). */
GFile *
eng_run_folder_find_experiment (GFile *folder, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
