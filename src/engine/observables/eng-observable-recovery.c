/* SPDX-License-Identifier: GPL-3.0-or-later
 * recovery: how far the estimated matrix is from the true one: ‖L − L*‖_F / ‖L*‖_F and
 * the largest principal angle between the span of its leading terms, as many as L* has, and
 * that of L* (rank-one.md sections 1 and 4). */
#include "config.h"

#include "eng-observable.h"

#include <glib/gi18n-lib.h>

enum
{
  ERROR,
  ANGLE,
};

static const EngColumn columns[] = {
  { "relative-error", N_ ("Relative error of L") },
  { "largest-angle", N_ ("Largest principal angle") },
  { NULL, NULL },
};

typedef struct
{
  EngLowRankWork work;
  double        *angles;
} Recovery;

static void
init (gpointer state, const EngContext *context, EngLearner *learner)
{
  Recovery *self = state;
  gsize     rank = eng_learner_low_rank (learner)->u.rows;

  eng_low_rank_work_init (&self->work, context->problem->d,
                          rank + context->problem->truth.rank, context->arena);
  self->angles = eng_arena_doubles (context->arena, rank);
}

static void
measure (gpointer state, const EngMeasurement *at)
{
  Recovery         *self = state;
  const EngLowRank *truth = &at->problem->truth;
  const EngLowRank *l = eng_learner_low_rank (at->learner);
  EngLowRank        found;
  gsize             n;

  if (truth->rank == 0)
    return;
  eng_trace_set (at->trace, at->first_column + ERROR,
                 eng_low_rank_distance (l, truth, &self->work)
                     / eng_low_rank_norm (truth));
  found = eng_low_rank_leading (l, truth->rank);
  n = eng_low_rank_angles (&found, truth, &self->work, self->angles);
  if (n > 0)
    eng_trace_set (at->trace, at->first_column + ANGLE, self->angles[n - 1]);
}

static double
estimate_bytes (const EngSettings *observe,
                const EngSettings *settings,
                const EngSizes    *sizes)
{
  double rank = eng_settings_has (settings, "fit-rank")
                    ? eng_settings_get_double (settings, "fit-rank")
                    : 0.0;

  return 2.0 * eng_low_rank_work_estimate_bytes (sizes->d, 2.0 * rank);
}

const EngObservableClass eng_observable_recovery = {
  .id = "recovery",
  .title = N_ ("Recovery"),
  .help = N_ ("error and angles of an estimated matrix"),
  .columns = columns,
  .needs_low_rank = TRUE,
  .state_size = sizeof (Recovery),
  .init = init,
  .measure = measure,
  .estimate_bytes = estimate_bytes,
};
