/* SPDX-License-Identifier: GPL-3.0-or-later
 * Whole files, written so that a full disk leaves the old one or the whole new one. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Writes a temporary file beside `file` and renames it; nothing stays of it on failure.
 * Errors: ENG_ERROR_IO with the file's name.  Any thread. */
gboolean eng_file_write (GFile *file, const void *data, gsize length, GError **error);

G_END_DECLS
