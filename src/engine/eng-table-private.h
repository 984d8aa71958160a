/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the files of eng-table.h share. */
#pragma once

#include "eng-table.h"

G_BEGIN_DECLS

#define ENG_TABLE_MAX_COLUMNS 100000

/* The separator that the header uses most: comma, semicolon or tab. */
char eng_table_guess_separator (const char *header);
/* text: begins as .npy files do.  (transfer full) (nullable)
 * Errors: ENG_ERROR_INVALID_SPEC. */
EngTable *eng_table_read_npy (const char *text, gsize length, GError **error);
/* text: UTF-8, cut in place.  The same, or the error of a cancelled reading. */
EngTable *eng_table_read_csv (char *text, GCancellable *cancellable, GError **error);
/* Whether a table may have that many: ENG_ERROR_INVALID_SPEC otherwise. */
gboolean eng_table_check_columns (gsize columns, GError **error);
/* The names between separators, without quotes.  (transfer full) */
char **eng_table_split_header (const char *line, char separator);

G_END_DECLS
