/* SPDX-License-Identifier: GPL-3.0-or-later
 * Experiments of a text, and their records. */
#pragma once

#include "eng-experiment.h"

G_BEGIN_DECLS

/* Prepared, before step 1; the text must be valid. */
EngExperiment *
open_experiment (const char *text, guint n_threads) G_GNUC_WARN_UNUSED_RESULT;
/* (transfer none): the records of a run. */
EngTrace *trace_of (EngExperiment *experiment, guint run);
/* The records of two runs but for their times: bit for bit. */
void assert_same_run (EngExperiment *a, guint run_a, EngExperiment *b, guint run_b);

G_END_DECLS
