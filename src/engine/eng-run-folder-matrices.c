/* SPDX-License-Identifier: GPL-3.0-or-later
 * The matrices of a run folder: those that its runs estimated, and the true one. */
#include "config.h"

#include "eng-run-folder-private.h"

#include "eng-error.h"

#include <glib/gi18n-lib.h>
#include <math.h>

static void
append (EngMatrixView *matrix, double eigenvalue, double angle)
{
  matrix->rank++;
  matrix->eigenvalues = g_renew (double, matrix->eigenvalues, matrix->rank);
  matrix->eigenvalues[matrix->rank - 1] = eigenvalue;
  if (isnan (angle))
    return;
  matrix->n_angles++;
  matrix->angles = g_renew (double, matrix->angles, matrix->n_angles);
  matrix->angles[matrix->n_angles - 1] = angle;
}

/* Rows of a matrix come in the order of their indices, angles before what has none. */
static gboolean
read_row (EngFolderReader *self, const EngRows *rows, gsize row, GError **error)
{
  EngMatrixView *matrix;
  guint64        run, index;
  double         eigenvalue, angle;

  if (!eng_rows_get_whole (rows, row, 0, 0, self->snapshot->n_runs, &run, error))
    return FALSE;
  matrix = run == 0 ? &self->snapshot->truth : &self->snapshot->runs[run - 1].matrix;
  if (!eng_rows_get_whole (rows, row, 1, matrix->rank + 1, matrix->rank + 1, &index,
                           error)
      || !eng_rows_get_number (rows, row, 2, &eigenvalue, error)
      || !eng_rows_get_number (rows, row, 3, &angle, error))
    return FALSE;
  if (isnan (eigenvalue) || (!isnan (angle) && matrix->n_angles < matrix->rank))
    {
      g_set_error (error, ENG_ERROR, ENG_ERROR_INVALID_SPEC,
                   _ ("%s: a number is missing in line %zu"), rows->name, row + 2);
      return FALSE;
    }
  append (matrix, eigenvalue, angle);
  return TRUE;
}

static gboolean
estimates_matrix (EngSpec *spec)
{
  for (guint run = 0; run < eng_spec_get_n_runs (spec); run++)
    if (eng_learner_class_is_matrix (eng_spec_get_learner_class (spec, run), spec,
                                     eng_spec_get_run (spec, run)))
      return TRUE;
  return FALSE;
}

gboolean
eng_folder_read_matrices (EngFolderReader *self, GFile *folder, GError **error)
{
  static const char *const headings[] = { "run", "index", "eigenvalue", "angle", NULL };
  g_autoptr (GFile)        file = g_file_get_child (folder, "matrices.csv");
  g_auto (EngRows)         rows = { 0 };

  if (!estimates_matrix (self->snapshot->spec) && !g_file_query_exists (file, NULL))
    return TRUE;
  if (!eng_rows_load (&rows, folder, "matrices.csv", error)
      || !eng_folder_has_columns (&rows, headings, error))
    return FALSE;
  for (gsize row = 0; row < eng_rows_get_length (&rows); row++)
    if (!read_row (self, &rows, row, error))
      return FALSE;
  self->snapshot->facts.true_rank = self->snapshot->truth.rank;
  return TRUE;
}
