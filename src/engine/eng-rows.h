/* SPDX-License-Identifier: GPL-3.0-or-later
 * EngRows: a table of a run folder as cells: a line of headings, then rows of as many
 * cells, separated by commas and never quoted.  Owned by its reader; one thread. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct
{
  char      *name; /* of the file, for messages */
  char      *text; /* cut in place */
  gsize      n_columns;
  GPtrArray *cells; /* (n_rows + 1, n_columns) borrowed from `text`; headings first */
} EngRows;

/* Errors: ENG_ERROR_IO, and ENG_ERROR_INVALID_SPEC for rows that are no table. */
gboolean eng_rows_load (EngRows *self, GFile *folder, const char *name, GError **error);
void     eng_rows_clear (EngRows *self);

gsize eng_rows_get_length (const EngRows *self);
/* Returns: the column with this heading, or -1. */
gssize eng_rows_find (const EngRows *self, const char *heading);
/* row: from 0.  Borrowed. */
const char *eng_rows_get_text (const EngRows *self, gsize row, gsize column);
/* Both fail with an ENG_ERROR_INVALID_SPEC that names the line and the column.  An empty
 * cell is a NaN. */
gboolean eng_rows_get_whole (const EngRows *self,
                             gsize          row,
                             gsize          column,
                             guint64        lowest,
                             guint64        highest,
                             guint64       *value,
                             GError       **error);
gboolean eng_rows_get_number (const EngRows *self,
                              gsize          row,
                              gsize          column,
                              double        *value,
                              GError       **error);

/* Reads a whole text file of a run folder.  Returns: (transfer full) (nullable). */
char *eng_rows_load_text (GFile      *folder,
                          const char *name,
                          GError    **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (EngRows, eng_rows_clear)

G_END_DECLS
