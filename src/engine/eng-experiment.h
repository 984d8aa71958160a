/* SPDX-License-Identifier: GPL-3.0-or-later
 * EngExperiment: the problem and its one to four runs in lockstep on the same data, test
 * set and initial weights.  Synchronous: no thread of its own but the lanes'; one caller
 * at a time.  The same spec gives the same records for any number of threads. */
#pragma once

#include "eng-run.h"

G_BEGIN_DECLS

/* Called during preparation with a share of 0 to 1 done. */
typedef void (*EngProgressFunc) (double done, gpointer data);

/* First thing in main (): may start the program again with its own arguments, once, so that
 * the linear algebra runs at the speed of this processor (eng_la_require_fast_core). */
void eng_start (char **argv);
/* Process-wide, once, before anything else of the engine: BLAS to one thread, GSL's handler off. */
void eng_init (void);

/* Refuses what does not fit in memory, then draws the problem and takes the runs' memory.
 * `n_threads` 0: one per processor.  `cancel` (nullable): atomic; set nonzero by another
 * thread to make preparation and advancing return early; outlives the experiment.
 * Returns: (transfer full) (nullable). */
EngExperiment *eng_experiment_new (EngSpec   *spec,
                                   guint      n_threads,
                                   const int *cancel,
                                   GError   **error) G_GNUC_WARN_UNUSED_RESULT;
void           eng_experiment_free (EngExperiment *self);

/* Spectrum at W0, step sizes, and the records of step 0.
 * Errors: ENG_ERROR_NUMERIC, ENG_ERROR_CANCELLED. */
gboolean eng_experiment_prepare (EngExperiment  *self,
                                 EngProgressFunc progress, /* (nullable) */
                                 gpointer        data,
                                 GError        **error);

/* Takes up to `n_steps` steps of every run still going.  Returns: CONTINUE while some run
 * is; FINISHED when all have ended. */
EngStatus eng_experiment_advance (EngExperiment *self, guint64 n_steps);
/* A live change at the present step, written into the spec as [change.N]. */
gboolean eng_experiment_change (EngExperiment *self,
                                guint          run,
                                const char    *key,
                                const char    *value,
                                GError       **error);
/* Takes name, title, description and labels from `words`; no number changes. */
void eng_experiment_set_words (EngExperiment *self, EngSpec *words);
/* The user stops: every run still going becomes STOPPED. */
void eng_experiment_stop (EngExperiment *self);

EngSpec    *eng_experiment_get_spec (EngExperiment *self);    /* (transfer none) */
EngProblem *eng_experiment_get_problem (EngExperiment *self); /* (transfer none) */
guint       eng_experiment_get_n_runs (EngExperiment *self);
EngRun     *eng_experiment_get_run (EngExperiment *self, guint run); /* (transfer none) */
guint64     eng_experiment_get_step (EngExperiment *self);
guint64     eng_experiment_get_planned (EngExperiment *self);

/* A view to hand out, paused or done; the caller sets serial and timing.
 * Returns: (transfer full). */
EngSnapshot *eng_experiment_snapshot (EngExperiment *self) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EngExperiment, eng_experiment_free)

G_END_DECLS
