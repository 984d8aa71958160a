/* SPDX-License-Identifier: GPL-3.0-or-later
 * The run folder: everything a run has to say, as files anyone can read.
 *
 * Every file is written atomically (eng-file.h), so a full disk leaves the old file or the
 * whole new one.  Numbers have a point in every locale and round-trip exactly.
 * Errors: ENG_ERROR_IO with the file's name.  Caller's thread; allocates. */
#pragma once

#include "eng-experiment.h"

G_BEGIN_DECLS

/* Writes NAME.escapement, traces.csv, spectrum.csv, neurons.csv, summary.ini and, where a
 * run estimates a matrix or has a linear predictor, matrices.csv or coefficients.csv into
 * `folder`, which is made if it does not exist; NAME is the experiment's name. */
gboolean eng_export_tables (const EngSnapshot *snapshot, GFile *folder, GError **error);

/* Makes the folder, and tells whether files can be written into it: before a long run,
 * which leaves what is there alone until it has something to write. */
gboolean eng_export_begin (GFile *folder, GError **error);

/* --- eng-export-earlier.c: folders that have been written before ----------------------- */
/* Whether the results of an earlier run are in the folder. */
gboolean eng_export_has_earlier (GFile *folder);
/* Removes them, so that none stays beside others: tables, arrays, and `figures`, names
 * ending with NULL (the engine draws none).  Nothing is done to a folder without results.
 * What else is in the folder stays, and so do experiment files, which may be a person's
 * own.  The summary, which makes it a run folder, goes last. */
gboolean
eng_export_remove_earlier (GFile *folder, const char *const *figures, GError **error);

/* A file name made of the experiment's name: nothing that leads to another folder.
 * (transfer full) */
char *eng_export_dup_stem (EngSpec *spec) G_GNUC_WARN_UNUSED_RESULT;
char *eng_export_make_stem (const char *experiment) G_GNUC_WARN_UNUSED_RESULT;

/* Writes the NumPy arrays (eng-arrays.h): x-train unless it is not kept, y-train, x-test,
 * y-test; of the teacher directions, beta, a and w of L*, if it has them, and what its class
 * names (add_arrays); of run N what two layers have, runN-w0, -a, -b, -w-init, -w, and
 * -a-init if both train, or the runN-a and -w of a matrix, and what its class names.  Only
 * while the experiment is not advancing. */
gboolean eng_export_arrays (EngExperiment *experiment, GFile *folder, GError **error);

/* One record a row: run, step, seconds, then every column.  (transfer full) */
char *eng_export_traces_text (const EngSnapshot *snapshot) G_GNUC_WARN_UNUSED_RESULT;
char *eng_export_spectrum_text (const EngSnapshot *snapshot) G_GNUC_WARN_UNUSED_RESULT;
/* One neuron a row: run, neuron, |w_r| and largest |cosine| with a teacher direction, at
 * the last record. */
char *eng_export_neurons_text (const EngSnapshot *snapshot) G_GNUC_WARN_UNUSED_RESULT;
/* One eigenvalue a row: run (0: L*), index, eigenvalue, and the principal angle with that
 * index, at the last record.  (transfer full) (nullable): NULL without any matrix. */
char *eng_export_matrices_text (const EngSnapshot *snapshot) G_GNUC_WARN_UNUSED_RESULT;
/* One coefficient a row: run (0: the teacher), index, β_i of the run at the last record, of
 * argmin Q, and of the solutions of smallest norm.  (transfer full) (nullable): NULL without
 * any linear predictor. */
char *
eng_export_coefficients_text (const EngSnapshot *snapshot) G_GNUC_WARN_UNUSED_RESULT;
/* The last numbers of each run, and of each spectrum what its table does not say. */
char *eng_export_summary_text (const EngSnapshot *snapshot) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
