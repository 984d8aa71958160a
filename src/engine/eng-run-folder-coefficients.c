/* SPDX-License-Identifier: GPL-3.0-or-later
 * The linear predictors of a run folder: those that its runs found and theory knows, and the
 * teacher's. */
#include "config.h"

#include "eng-run-folder-private.h"

#include "eng-error.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define N_COLUMNS 4

static void
get_columns (EngCoefficients *self, double **columns[N_COLUMNS])
{
  columns[0] = &self->found;
  columns[1] = &self->expected;
  columns[2] = &self->sparsest;
  columns[3] = &self->smallest;
}

/* Rows of a predictor come in the order of their indices. */
static gboolean
read_row (EngFolderReader *self, const EngRows *rows, gsize row, GError **error)
{
  EngCoefficients *coefficients;
  double         **columns[N_COLUMNS];
  guint64          run, index;

  if (!eng_rows_get_whole (rows, row, 0, 0, self->snapshot->n_runs, &run, error))
    return FALSE;
  coefficients = run == 0 ? &self->snapshot->teacher
                          : &self->snapshot->runs[run - 1].coefficients;
  if (!eng_rows_get_whole (rows, row, 1, coefficients->n + 1, coefficients->n + 1, &index,
                           error))
    return FALSE;
  get_columns (coefficients, columns);
  for (guint c = 0; c < N_COLUMNS; c++)
    {
      *columns[c] = g_renew (double, *columns[c], index);
      if (!eng_rows_get_number (rows, row, 2 + c, *columns[c] + index - 1, error))
        return FALSE;
    }
  coefficients->n = index;
  if (!isnan (coefficients->found[index - 1]))
    return TRUE;
  g_set_error (error, ENG_ERROR, ENG_ERROR_INVALID_SPEC,
               _ ("%s: a number is missing in line %zu"), rows->name, row + 2);
  return FALSE;
}

/* What theory does not know is empty. */
static void
drop_empty (EngCoefficients *self)
{
  double **columns[N_COLUMNS];

  get_columns (self, columns);
  for (guint c = 1; c < N_COLUMNS; c++)
    {
      gboolean is_whole = TRUE;

      for (gsize i = 0; i < self->n; i++)
        is_whole = is_whole && !isnan ((*columns[c])[i]);
      if (!is_whole)
        g_clear_pointer (columns[c], g_free);
    }
}

static gboolean
has_coefficients (EngSpec *spec)
{
  for (guint run = 0; run < eng_spec_get_n_runs (spec); run++)
    if (eng_spec_get_learner_class (spec, run)->coefficients != NULL)
      return TRUE;
  return FALSE;
}

gboolean
eng_folder_read_coefficients (EngFolderReader *self, GFile *folder, GError **error)
{
  static const char *const headings[] = { "run",    "index",  "coefficient", "argmin-q",
                                          "min-l1", "min-l2", NULL };
  g_autoptr (GFile)        file = g_file_get_child (folder, "coefficients.csv");
  g_auto (EngRows)         rows = { 0 };

  if (!has_coefficients (self->snapshot->spec) && !g_file_query_exists (file, NULL))
    return TRUE;
  if (!eng_rows_load (&rows, folder, "coefficients.csv", error)
      || !eng_folder_has_columns (&rows, headings, error))
    return FALSE;
  for (gsize row = 0; row < eng_rows_get_length (&rows); row++)
    if (!read_row (self, &rows, row, error))
      return FALSE;
  drop_empty (&self->snapshot->teacher);
  for (guint run = 0; run < self->snapshot->n_runs; run++)
    drop_empty (&self->snapshot->runs[run].coefficients);
  return TRUE;
}
