/* SPDX-License-Identifier: GPL-3.0-or-later
 * The parts of the reader of run folders: the summary, and the tables. */
#pragma once

#include "eng-run-folder.h"

#include "eng-learner.h"
#include "eng-rows.h"

G_BEGIN_DECLS

typedef struct
{
  GKeyFile    *summary;
  EngSnapshot *snapshot;
  GArray      *energies[ENG_SPEC_MAX_RUNS]; /* (element-type float): of the last record */
} EngFolderReader;

void eng_folder_reader_clear (EngFolderReader *self);

/* Each reads a part of summary.ini; errors as eng_run_folder_load (). */
gboolean eng_folder_read_facts (EngFolderReader *self, GError **error);
gboolean eng_folder_read_run (EngFolderReader *self, guint run, GError **error);
gboolean eng_folder_read_spectrum_facts (EngFolderReader *self,
                                         guint            run,
                                         EngSpectrum     *spectrum,
                                         GError         **error);

/* Whether the table has these columns, in this order; NULL-terminated. */
gboolean
eng_folder_has_columns (const EngRows *rows, const char *const *headings, GError **error);
/* Reads matrices.csv, which is there if a run estimates a matrix. */
gboolean eng_folder_read_matrices (EngFolderReader *self, GFile *folder, GError **error);
/* Reads coefficients.csv, which is there if a run has a linear predictor. */
gboolean
eng_folder_read_coefficients (EngFolderReader *self, GFile *folder, GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (EngFolderReader, eng_folder_reader_clear)

G_END_DECLS
