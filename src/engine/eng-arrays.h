/* SPDX-License-Identifier: GPL-3.0-or-later
 * EngArrays: the NumPy arrays of a run folder, which those who have the numbers name.
 *
 * NumPy format 1.0, C order, in the precision in which the program keeps the numbers:
 * float32 or float64, so that what is recomputed outside is what was computed here.  Every
 * array is written at once.  The first failure is kept and what follows it is not written,
 * so that callers need not look.  Errors: ENG_ERROR_IO, ENG_ERROR_TOO_LARGE.  Caller's
 * thread; allocates. */
#pragma once

#include "eng-la.h"
#include "eng-types.h"

#include <gio/gio.h>

G_BEGIN_DECLS

struct _EngArrays
{
  GFile  *folder; /* borrowed */
  char   *owner;  /* what names begin with; NULL: nothing */
  GError *error;
};

/* `folder` exists and outlives it. */
void eng_arrays_init (EngArrays *self, GFile *folder);
/* From now on NAME is the file OWNER-NAME.npy; NAME.npy for NULL. */
void eng_arrays_set_owner (EngArrays *self, const char *owner);

/* `name` is one of those in eng-arrays.c, by which a later run knows the file for one of
 * ours.  One row each: (rows, cols). */
void eng_arrays_add_mat (EngArrays *self, const char *name, const EngMat *values);
void eng_arrays_add_matf (EngArrays *self, const char *name, const EngMatF *values);
/* values: (n) */
void eng_arrays_add (EngArrays *self, const char *name, gsize n, const double *values);
void
eng_arrays_add_floats (EngArrays *self, const char *name, gsize n, const float *values);

/* Appends the names of all files that eng_arrays_add () may have written into a folder:
 * element-type char, owned by the array. */
void eng_arrays_list_files (GPtrArray *names);

/* Frees what is in it.  Returns: FALSE with the first error. */
gboolean eng_arrays_finish (EngArrays *self, GError **error);

G_END_DECLS
