/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the parts of the verdict share. */
#pragma once

#include "eng-verdict.h"

G_BEGIN_DECLS

/* Returns: (transfer none) (nullable): what the run recorded under `id`; NULL also before
 * its first record. */
const double *eng_verdict_get_column (const EngRunView *run, const char *id);

/* --- eng-verdict-matrix.c ----------------------------------------------------------- */

/* Whether the run estimates a matrix: it has no lazy and no rich regime. */
gboolean eng_verdict_is_of_matrix (const EngRunView *run);
/* Regime, trend and evidence of such a run that has not diverged. */
void eng_verdict_judge_matrix (const EngRunView *run,
                               const EngFacts   *facts,
                               EngVerdict       *verdict);

G_END_DECLS
