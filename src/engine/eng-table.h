/* SPDX-License-Identifier: GPL-3.0-or-later
 * EngTable: a person's own numbers, read strictly: CSV with a header, or a NumPy .npy
 * array of two dimensions.  Any thread. */
#pragma once

#include <gio/gio.h>

#include "eng-la.h"

G_BEGIN_DECLS

typedef struct
{
  EngMat values;  /* (rows, cols), all finite */
  char **columns; /* names, NULL-terminated; "column 1" ... for .npy */
} EngTable;

/* Reads `path`, a CSV (comma, semicolon or tab) or .npy file of at most `max_bytes`.
 * Errors: ENG_ERROR_IO, ENG_ERROR_TOO_LARGE, ENG_ERROR_INVALID_SPEC with a line for each of
 * the first bad rows, G_IO_ERROR_CANCELLED.
 * Returns: (transfer full) (nullable). */
EngTable *eng_table_load (const char   *path,
                          double        max_bytes,
                          GCancellable *cancellable,
                          GError      **error) G_GNUC_WARN_UNUSED_RESULT;
/* The same from memory; `text` (length + 1 bytes, the last one 0) is consumed as scratch. */
EngTable *eng_table_new_from_data (char         *text,
                                   gsize         length,
                                   GCancellable *cancellable,
                                   GError      **error) G_GNUC_WARN_UNUSED_RESULT;
/* Whether there is enough to learn from: 2 inputs, a target and 10 rows. */
gboolean eng_table_check_size (const EngTable *self, GError **error);
/* Mean and variance of a column.  Returns: FALSE if it is constant: of no use as input. */
gboolean
eng_table_measure (const EngTable *self, gsize column, double *mean, double *variance);
/* Number of columns, from the first line or the header alone; 0 with an error. */
gsize eng_table_count_columns (const char *path, GError **error);
void  eng_table_free (EngTable *self);
/* Index of the column named `name`, or whose number from 1 it is; -1 if there is none. */
gssize eng_table_find (const EngTable *self, const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EngTable, eng_table_free)

G_END_DECLS
