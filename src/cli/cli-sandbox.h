/* SPDX-License-Identifier: GPL-3.0-or-later
 * The command line in a Flatpak: what is written outside of the folders that the sandbox
 * shares with the person's is gone when it ends.  Without a sandbox nothing happens here. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Goes to the person's data folder (~/.var/app/ID/data) if the folder it was called in is not
 * shared, so that names of files and folders mean what is kept.  Before they are read. */
void cli_sandbox_enter (void);

/* `path` (inout) becomes absolute, so that what is said of it is true outside, too.
 * Returns: FALSE with ENG_ERROR_IO if what is written there would be lost. */
gboolean cli_sandbox_keep (char **path, GError **error);

/* Adds to an error that a file is not there, that the sandbox may be why.  `error` (transfer
 * full), returned. */
GError *cli_sandbox_explain (GFile *file, GError *error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
