/* SPDX-License-Identifier: GPL-3.0-or-later
 * What eng-table.c and eng-table-header.c share. */
#pragma once

#include "eng-table.h"

G_BEGIN_DECLS

#define ENG_TABLE_MAX_COLUMNS 100000

/* The separator that the header uses most: comma, semicolon or tab. */
char eng_table_guess_separator (const char *header);
/* The names between separators, without quotes.  (transfer full) */
char **eng_table_split_header (const char *line, char separator);

G_END_DECLS
