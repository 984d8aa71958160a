/* SPDX-License-Identifier: GPL-3.0-or-later
 * ap-rom: approximate projected gradient steps on the matrix, L <- T (L − η H (G)), with a
 * head H of low rank and an exact tail T in factored form (D4; rank-one.md section 3). */
#include "config.h"

#include "eng-head.h"
#include "eng-recovery.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* A Krylov head in every fourth iteration keeps tangent heads out of spurious stationary
 * points (rank-one.md 3 "Hybrid"). */
#define MIX 4
/* Products of the first head, which starts cold. */
#define FIRST_PASSES 6

typedef enum
{
  HEAD_HYBRID,
  HEAD_MBK,
  HEAD_TANGENT,
  HEAD_BK,
  HEAD_LAZY,
  HEAD_EXACT,
} HeadKind;

static const EngChoice heads[] = {
  { "hybrid", N_ ("Hybrid") },
  { "mbk", N_ ("MBK-SVD") },
  { "tangent", N_ ("Tangent space") },
  { "bk", N_ ("BK-SVD, dense") },
  { "lazy", N_ ("LazySVD, dense") },
  { "exact", N_ ("Eigenvectors, dense") },
  { NULL, NULL },
};

static const EngParam params[] = {
  ENG_RECOVERY_RANK_PARAM,
  ENG_RECOVERY_SAMPLES_PARAM,
  { .key = "head",
    .kind = ENG_PARAM_CHOICE,
    .choices = heads,
    .fallback = "hybrid",
    .title = N_ ("Head"),
    .help = N_ ("how the leading part of the gradient is found") },
  { .key = "head-rank",
    .kind = ENG_PARAM_INT,
    .min = 1,
    .max = 2 * ENG_RECOVERY_MAX_RANK,
    .flags = ENG_PARAM_OPTIONAL | ENG_PARAM_ADVANCED,
    .title = N_ ("Rank of the Head"),
    .help = N_ ("twice that of L by default") },
  { .key = "passes",
    .kind = ENG_PARAM_INT,
    .min = 1,
    .max = 20,
    .fallback = "3",
    .flags = ENG_PARAM_ADVANCED,
    .title = N_ ("Krylov Passes q"),
    .help = N_ ("products with the gradient for one head") },
  ENG_RECOVERY_GRADIENT_PARAM,
  ENG_RECOVERY_STEP_PARAM,
  ENG_PARAM_END,
};
static const EngParam *const tables[] = { eng_learner_matrix_params, params, NULL };

typedef struct
{
  EngRecovery recovery;
  EngHead     head;
  HeadKind    kind;
  gsize       head_rank, passes;
} ApRom;

/* --- memory ------------------------------------------------------------------------ */

static HeadKind
get_kind (const EngSettings *settings)
{
  gsize i = 0;

  while (!eng_settings_is_choice (settings, "head", heads[i].id))
    i++;
  return (HeadKind) i;
}

static gboolean
is_dense (HeadKind kind)
{
  return kind == HEAD_BK || kind == HEAD_LAZY || kind == HEAD_EXACT;
}

static double
estimate_bytes (const EngSettings *settings, const EngSizes *sizes)
{
  double   rank = eng_settings_has (settings, "fit-rank")
                      ? eng_settings_get_double (settings, "fit-rank")
                      : ENG_RECOVERY_MAX_RANK;
  double   terms = MIN (2.0 * rank, sizes->d);
  double   passes = MAX (eng_settings_get_double (settings, "passes"), FIRST_PASSES);
  gboolean dense = is_dense (get_kind (settings));

  return eng_recovery_estimate_bytes (settings, sizes, terms, 3.0 * rank)
         + eng_head_estimate_bytes (sizes->d, terms, passes, dense);
}

static gboolean
init (EngLearner *learner, const EngContext *context, GError **error)
{
  ApRom             *self = learner->state;
  const EngSettings *settings = context->settings;
  gsize              d = context->problem->d, most;
  gsize rank = MIN (eng_recovery_get_rank (settings, context->problem->settings), d);

  self->kind = get_kind (settings);
  self->passes = (gsize) eng_settings_get_int (settings, "passes");
  self->head_rank = eng_settings_has (settings, "head-rank")
                        ? (gsize) eng_settings_get_int (settings, "head-rank")
                        : 2 * rank;
  self->head_rank = MIN (self->head_rank, d);
  most = MAX (self->head_rank, 2 * rank);
  eng_recovery_init (&self->recovery, learner, context, most, rank + most);
  eng_head_init (&self->head, &self->recovery.sensing, d, most,
                 MAX (self->passes, FIRST_PASSES), is_dense (self->kind), context->arena);
  return TRUE;
}

static gboolean
prepare (EngLearner *learner, const EngContext *context, GError **error)
{
  ApRom *self = learner->state;

  if (self->recovery.fresh)
    learner->step_size = eng_recovery_fresh_step (&self->recovery,
                                                  learner->fixed_step_size);
  return TRUE;
}

/* --- step -------------------------------------------------------------------------- */

static gboolean
find_head (ApRom *self, EngLanes *lanes)
{
  EngRecovery *recovery = &self->recovery;
  gboolean     is_first = recovery->l.rank == 0;
  EngMat       u = eng_low_rank_terms (&recovery->l);
  gsize        passes = is_first ? MAX (self->passes, FIRST_PASSES) : self->passes;
  gsize        k = self->head_rank;

  switch (self->kind)
    {
    case HEAD_HYBRID:
      if (recovery->t % MIX != 0)
        return eng_head_project_tangent (&self->head, &recovery->l, lanes);
      break;
    case HEAD_TANGENT:
      if (!is_first)
        return eng_head_project_tangent (&self->head, &recovery->l, lanes);
      k = recovery->rank;
      break;
    case HEAD_BK:
      return eng_head_find_dense (&self->head, k, passes, is_first ? NULL : &u,
                                  recovery->rng, lanes);
    case HEAD_LAZY:
      return eng_head_find_lazy (&self->head, k, recovery->rng, lanes);
    case HEAD_EXACT:
      return eng_head_find_exact (&self->head, k, lanes);
    case HEAD_MBK:
      break;
    }
  return eng_head_find_implicit (&self->head, k, passes, is_first ? NULL : &u,
                                 recovery->rng, lanes);
}

static EngStatus
step (EngLearner *learner, EngLanes *lanes)
{
  ApRom       *self = learner->state;
  EngRecovery *recovery = &self->recovery;
  EngStatus    status = eng_recovery_begin (recovery, lanes);
  EngMat       v;
  double       eta;

  if (status != ENG_STATUS_CONTINUE)
    return status;
  if (!find_head (self, lanes))
    return ENG_STATUS_DIVERGED;
  v = (EngMat){ self->head.k, self->head.v.cols, self->head.v.data };
  if (recovery->fresh)
    eta = eng_recovery_fresh_step (recovery, learner->fixed_step_size);
  else if (learner->fixed_step_size > 0)
    eta = learner->fixed_step_size;
  else
    eta = eng_sensing_line_search (&recovery->sensing, &v, self->head.theta, lanes);
  return eng_recovery_end (recovery, &v, self->head.theta, eta);
}

/* --- results ----------------------------------------------------------------------- */

static void
predict (EngLearner *learner, const EngMatF *x, EngLanes *lanes, float *out)
{
  ApRom *self = learner->state;

  eng_recovery_predict (&self->recovery, x, lanes, out);
}

static const EngLowRank *
low_rank (EngLearner *learner)
{
  ApRom *self = learner->state;

  return &self->recovery.l;
}

static void
measure (EngLearner *learner, double *values)
{
  ApRom *self = learner->state;

  eng_recovery_measure (&self->recovery, values);
}

const EngLearnerClass eng_learner_ap_rom = {
  .id = "ap-rom",
  .title = N_ ("AP-ROM"),
  .help = N_ ("projected gradient on a low-rank matrix, with an approximate head"),
  .tables = tables,
  .state_size = sizeof (ApRom),
  .check = eng_recovery_check,
  .estimate_bytes = estimate_bytes,
  .init = init,
  .prepare = prepare,
  .step = step,
  .predict = predict,
  .low_rank = low_rank,
  .columns = eng_recovery_columns,
  .measure = measure,
};
