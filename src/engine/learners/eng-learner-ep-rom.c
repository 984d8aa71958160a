/* SPDX-License-Identifier: GPL-3.0-or-later
 * ep-rom: exact projected gradient steps, L <- P_r (L − η G), by the whole
 * eigendecomposition of a dense matrix: the method that AP-ROM approximates, for teaching
 * and comparison (D4; rank-one.md section 3). */
#include "config.h"

#include "eng-recovery-advice.h"
#include "eng-recovery.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* Columns of the dense gradient made at a time by one lane. */
#define COLUMNS 64

static const EngParam params[] = {
  ENG_RECOVERY_RANK_PARAM,     ENG_RECOVERY_SAMPLES_PARAM, ENG_RECOVERY_WHITEN_PARAM,
  ENG_RECOVERY_GRADIENT_PARAM, ENG_RECOVERY_STEP_PARAM,    ENG_PARAM_END,
};
static const EngParam *const tables[] = { eng_learner_matrix_params, params, NULL };

typedef struct
{
  EngRecovery recovery;
  EngMat      dense;  /* (d, d) */
  EngMat      scaled; /* (r, d) */
  double     *values, *solver;
  gsize      *order;
  int        *integers;
} EpRom;

static double
estimate_bytes (const EngSettings *settings, const EngSizes *sizes)
{
  double rank = eng_recovery_estimate_rank (settings, sizes);

  return eng_recovery_estimate_bytes (settings, sizes, MAX (rank, COLUMNS), rank)
         + 3.0 * sizeof (double) * sizes->d * sizes->d;
}

static gboolean
init (EngLearner *learner, const EngContext *context, GError **error)
{
  EpRom    *self = learner->state;
  EngArena *arena = context->arena;
  gsize     d = context->problem->d;
  gsize     rank = eng_recovery_get_rank (context);

  eng_recovery_init (&self->recovery, learner, context, rank, MAX (rank, COLUMNS), rank);
  self->dense = eng_arena_mat (arena, d, d);
  self->scaled = eng_arena_mat (arena, rank, d);
  self->values = eng_arena_doubles (arena, d);
  self->order = eng_arena_bytes (arena, rank, sizeof (gsize));
  self->solver = eng_arena_doubles (arena, eng_la_eigh_doubles (d));
  self->integers = eng_arena_bytes (arena, eng_la_eigh_integers (d), sizeof (int));
  return TRUE;
}

/* η as for AP-ROM on fresh samples; on a batch, where the unit step diverges, what
 * rank-one.md section 6 calls safe from C = 8 on. */
#define BATCH_STEP 0.75

static double
get_step (EpRom *self, const EngLearner *learner)
{
  if (self->recovery.fresh)
    return eng_recovery_fresh_step (&self->recovery, learner->fixed_step_size);
  return learner->fixed_step_size > 0 ? learner->fixed_step_size : BATCH_STEP;
}

static gboolean
prepare (EngLearner *learner, const EngContext *context, GError **error)
{
  EpRom *self = learner->state;

  learner->step_size = get_step (self, learner);
  return eng_recovery_prepare (&self->recovery, context, error);
}

/* dense <- L − η G */
static void
make_step (EpRom *self, double eta, EngLanes *lanes)
{
  EngLowRank *l = &self->recovery.l;
  EngMat      u = eng_low_rank_terms (l);
  EngMat      scaled = { u.rows, u.cols, self->scaled.data };

  eng_sensing_get_dense (&self->recovery.sensing, lanes, &self->dense);
  for (gsize j = 0; j < u.rows; j++)
    for (gsize i = 0; i < u.cols; i++)
      scaled.data[j * u.cols + i] = l->s[j] * u.data[j * u.cols + i];
  if (u.rows > 0)
    eng_la_gemm_tn (1.0, &scaled, &u, -eta, &self->dense);
  else
    for (gsize i = 0; i < self->dense.rows * self->dense.cols; i++)
      self->dense.data[i] *= -eta;
}

static EngStatus
step (EngLearner *learner, EngLanes *lanes)
{
  EpRom       *self = learner->state;
  EngRecovery *recovery = &self->recovery;
  EngLowRank  *l = &recovery->l;
  EngStatus    status = eng_recovery_begin (recovery, lanes, NULL);
  gsize        d = self->dense.cols;

  if (status != ENG_STATUS_CONTINUE)
    return status;
  learner->step_size = get_step (self, learner);
  make_step (self, learner->step_size, lanes);
  if (!isfinite (eng_la_norm (d * d, self->dense.data))
      || !eng_la_eigh_with (&self->dense, self->values, self->solver, self->integers))
    return ENG_STATUS_DIVERGED;
  l->rank = eng_la_largest (d, self->values, recovery->rank, self->order);
  for (gsize j = 0; j < l->rank; j++)
    {
      memcpy (l->u.data + j * d, self->dense.data + self->order[j] * d,
              d * sizeof (double));
      l->s[j] = self->values[self->order[j]];
    }
  eng_recovery_advance (recovery);
  return ENG_STATUS_CONTINUE;
}

const EngLearnerClass eng_learner_ep_rom = {
  .id = "ep-rom",
  .title = N_ ("EP-ROM"),
  .help = N_ ("projected gradient on a low-rank matrix, with exact eigenvectors"),
  .tables = tables,
  .state_size = sizeof (EpRom),
  .check = eng_recovery_check,
  .hint = eng_recovery_get_hint,
  .find_remedy = eng_recovery_find_remedy,
  .estimate_bytes = estimate_bytes,
  .init = init,
  .prepare = prepare,
  .step = step,
  .predict = eng_recovery_predict,
  .low_rank = eng_recovery_low_rank,
  .add_arrays = eng_recovery_add_arrays,
  .columns = eng_recovery_columns,
  .measure = eng_recovery_measure,
};
