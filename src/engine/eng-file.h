/* SPDX-License-Identifier: GPL-3.0-or-later
 * Whole files, written so that a full disk leaves the old one or the whole new one. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Writes a file without a name and puts it in the place of `file`: a program killed at any
 * moment leaves the old file or the new one, and nothing beside it but, if it died between
 * two system calls, ".NAME.escapement-part", which the next write of the file removes.
 * Where that cannot be done (symbolic links, files of others, network shares, file systems
 * without such files), a temporary file beside it is renamed; nothing stays of it on failure.
 * Errors: ENG_ERROR_IO with the file's name.  Any thread. */
gboolean eng_file_write (GFile *file, const void *data, gsize length, GError **error);

G_END_DECLS
