/* SPDX-License-Identifier: GPL-3.0-or-later
 * BenchSide: our side of a comparison: the first learner of an experiment, stepped without
 * the records that an experiment takes on the way.  One thread drives. */
#pragma once

#include "eng-experiment.h"

G_BEGIN_DECLS

typedef struct
{
  EngExperiment *experiment;
  EngLanes      *lanes;
  EngLearner    *learner; /* of the experiment's first run */
} BenchSide;

/* Prepares the experiment `text`, a file of ours, on `n_threads` threads (0: all).
 * Returns: FALSE with an error of the engine. */
gboolean bench_side_init (BenchSide  *self,
                          const char *text,
                          guint       n_threads,
                          GError    **error) G_GNUC_WARN_UNUSED_RESULT;
/* Takes `n` steps.   seconds: (nullable) of one
 * Returns: FALSE with an error if one of them says that training ends there. */
gboolean bench_side_time (BenchSide *self, guint n, double *seconds, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
/* Of all training data before the last step, relative to the teacher. */
double bench_side_get_loss (const BenchSide *self);
void   bench_side_clear (BenchSide *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BenchSide, bench_side_clear)

G_END_DECLS
