/* SPDX-License-Identifier: GPL-3.0-or-later
 * A person's own table as the window uses it: read on a thread, described in words, made
 * the problem of an experiment.  Main thread. */
#pragma once

#include "eng-spec.h"
#include "eng-table.h"

G_BEGIN_DECLS

/* A table that was read, and which of its columns never change. */
typedef struct
{
  EngTable *table;
  gboolean *constant; /* (columns) */
} EscData;

void esc_data_free (EscData *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EscData, esc_data_free)

/* Whether a file's name is that of a table: .csv, .tsv or .npy. */
gboolean esc_data_is_table (GFile *file);

/* Errors: those of eng_table_load (), and too few rows or columns. */
void esc_data_read_async (GFile              *file,
                          GCancellable       *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer            data);
EscData *
esc_data_read_finish (GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* "1 200 rows, 14 columns".  (transfer full) */
char *esc_data_describe_size (const EscData *self) G_GNUC_WARN_UNUSED_RESULT;
/* How many inputs there are beside column `target`, and what is done to them.
 * (transfer full) */
char *esc_data_describe_inputs (const EscData *self,
                                gsize          target,
                                gboolean       standardise) G_GNUC_WARN_UNUSED_RESULT;
/* The names of inputs that never change; NULL if there are none.  (transfer full) */
char *
esc_data_describe_dropped (const EscData *self, gsize target) G_GNUC_WARN_UNUSED_RESULT;

/* `spec` with the table as its problem.  What the old problem shares with it stays: the
 * seed, or everything if it was a table, which else gives its name.  `target` is a column's name or number. */
EngSpec *esc_data_make_spec (EngSpec    *spec,
                             const char *path,
                             const char *target,
                             GError    **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
