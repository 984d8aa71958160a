/* SPDX-License-Identifier: GPL-3.0-or-later
 * What can be learnt from a table: its size, and which columns say something. */
#include "config.h"

#include "eng-error.h"
#include "eng-table-private.h"

#include <glib/gi18n-lib.h>

#define MIN_COLUMNS 3
#define MIN_ROWS    10

gboolean
eng_table_check_columns (gsize columns, GError **error)
{
  if (columns >= MIN_COLUMNS)
    return TRUE;
  g_set_error (
      error, ENG_ERROR, ENG_ERROR_INVALID_SPEC,
      g_dngettext (
          GETTEXT_PACKAGE,
          "a table needs at least 2 inputs and a target, this one has %zu column",
          "a table needs at least 2 inputs and a target, this one has %zu columns",
          columns),
      columns);
  return FALSE;
}

gboolean
eng_table_check_size (const EngTable *self, GError **error)
{
  if (!eng_table_check_columns (self->values.cols, error))
    return FALSE;
  if (self->values.rows >= MIN_ROWS)
    return TRUE;
  g_set_error (error, ENG_ERROR, ENG_ERROR_INVALID_SPEC,
               g_dngettext (GETTEXT_PACKAGE,
                            "a table needs at least 10 rows, this one has %zu row",
                            "a table needs at least 10 rows, this one has %zu rows",
                            self->values.rows),
               self->values.rows);
  return FALSE;
}

gboolean
eng_table_measure (const EngTable *self, gsize column, double *mean, double *variance)
{
  const EngMat *values = &self->values;

  *mean = *variance = 0.0;
  for (gsize i = 0; i < values->rows; i++)
    *mean += values->data[i * values->cols + column] / (double) values->rows;
  for (gsize i = 0; i < values->rows; i++)
    {
      double centred = values->data[i * values->cols + column] - *mean;

      *variance += centred * centred / (double) values->rows;
    }
  return *variance > 1e-24 * (1.0 + *mean * *mean);
}
