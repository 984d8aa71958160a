/* SPDX-License-Identifier: GPL-3.0-or-later
 * EngRun: one learner on the problem with its records.  Synchronous; used by one thread at
 * a time, the one that drives the experiment or one of its lanes. */
#pragma once

#include "eng-learner.h"
#include "eng-snapshot.h"

G_BEGIN_DECLS

#define ENG_RUN_MAX_RECORDS 512

/* Steps at which every run of an experiment records: 0, every step to 20, then
 * geometrically spaced up to `planned`, at most ENG_RUN_MAX_RECORDS − 2 of them
 * (NOTATION "Steps, records, ends").
 * Returns: (transfer full) (element-type guint64). */
GArray *eng_run_schedule (guint64 planned) G_GNUC_WARN_UNUSED_RESULT;

/* Takes all memory of run `index` of the problem's spec.  `schedule` and `cancel` are
 * borrowed and outlive the run.
 * Returns: (transfer full) (nullable). */
EngRun *eng_run_new (EngProblem   *problem,
                     guint         index,
                     const GArray *schedule,
                     const int    *cancel,
                     GError      **error) G_GNUC_WARN_UNUSED_RESULT;
void    eng_run_free (EngRun *self);

EngLearner *eng_run_get_learner (EngRun *self); /* (transfer none) */
EngStatus   eng_run_get_status (EngRun *self);
guint64     eng_run_get_step (EngRun *self); /* steps taken */
guint64     eng_run_get_planned (EngRun *self);

/* (m, d) movement at step 0, for the first layer; NULL without weights. */
const float *eng_run_get_start (EngRun *self);

/* Long computations before step 1, then the record of step 0, unless it is asked to stop
 * meanwhile.  `basis` NULL for learners without a two-layer student. */
gboolean eng_run_prepare (EngRun *self, EngBasis *basis, EngLanes *lanes, GError **error);
/* Takes steps until `until` are taken in all or the run ends, recording on the way.  No
 * allocation. */
void eng_run_advance (EngRun *self, guint64 until, EngLanes *lanes);
/* A LIVE key changes from the next step on; no effect on a run that has ended. */
void eng_run_change (EngRun *self, const char *key, double value);
/* Completes and publishes the records that are still open: advancing leaves a few.
 * Returns: (transfer none) all records. */
EngTrace *eng_run_publish (EngRun *self, EngLanes *lanes);
/* The user ended the experiment: records the present step if it is not, and the status
 * becomes STOPPED unless it ended before. */
void eng_run_stop (EngRun *self, EngLanes *lanes);

/* Fills a snapshot's view of this run, published records and all, but for its label;
 * allocates. */
void   eng_run_fill_view (EngRun *self, EngRunView *view);
double eng_run_estimate_bytes (EngSpec *spec, guint index, const EngSizes *sizes);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EngRun, eng_run_free)

G_END_DECLS
