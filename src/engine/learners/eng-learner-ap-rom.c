/* SPDX-License-Identifier: GPL-3.0-or-later
 * ap-rom: approximate projected gradient steps on the matrix, L <- T (L − η H (G)), with a
 * head H of low rank and an exact tail T in factored form (D4; rank-one.md section 3). */
#include "config.h"

#include "eng-error.h"
#include "eng-growth.h"
#include "eng-recovery-advice.h"

#include <glib/gi18n-lib.h>
#include <math.h>

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
  ENG_GROWTH_PARAM,
  ENG_RECOVERY_WHITEN_PARAM,
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
  EngMat      gu;        /* (max_rank, d) G U, for tangent heads */
  gsize       head_rank; /* 0: twice that of L */
  gsize       passes;
  EngGrowth   growth;
  guint64     since; /* iterations since all terms are there */
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

static gboolean
check (EngSpec *spec, const EngSettings *settings, GError **error)
{
  if (is_dense (get_kind (settings))
      && eng_problem_is_streamed (eng_spec_get_problem (spec)))
    {
      g_set_error (error, ENG_ERROR, ENG_ERROR_INVALID_SPEC,
                   _ ("head = %s needs problem.storage = memory; use mbk, tangent or "
                      "hybrid"),
                   eng_settings_get_choice (settings, "head"));
      return FALSE;
    }
  return eng_growth_check (settings, error) && eng_recovery_check (spec, settings, error);
}

static double
estimate_bytes (const EngSettings *settings, const EngSizes *sizes)
{
  double   rank = eng_growth_estimate_max_rank (settings, sizes);
  double   head = eng_settings_has (settings, "head-rank")
                      ? eng_settings_get_double (settings, "head-rank")
                      : 0.0;
  double   terms = MIN (MAX (head, 2.0 * rank), sizes->d);
  double   passes = MAX (eng_settings_get_double (settings, "passes"), ENG_GROWTH_PASSES);
  gboolean dense = is_dense (get_kind (settings));

  return eng_recovery_estimate_bytes (settings, sizes, terms, rank + terms)
         + sizeof (double) * rank * sizes->d
         + eng_head_estimate_bytes (sizes->d, terms, passes, dense);
}

static gboolean
init (EngLearner *learner, const EngContext *context, GError **error)
{
  ApRom             *self = learner->state;
  const EngSettings *settings = context->settings;
  gsize              d = context->problem->d, most;
  gsize              max_rank = eng_growth_get_max_rank (context);

  self->kind = get_kind (settings);
  self->passes = (gsize) eng_settings_get_int (settings, "passes");
  if (eng_settings_has (settings, "head-rank"))
    self->head_rank = MIN ((gsize) eng_settings_get_int (settings, "head-rank"), d);
  most = MAX (self->head_rank, 2 * max_rank);
  eng_recovery_init (&self->recovery, learner, context, max_rank, most, max_rank + most);
  eng_head_init (&self->head, &self->recovery.sensing, d, most,
                 MAX (self->passes, ENG_GROWTH_PASSES), is_dense (self->kind),
                 context->arena);
  self->gu = eng_arena_mat (context->arena, max_rank, d);
  eng_growth_init (&self->growth, &self->recovery, &self->head, context);
  return TRUE;
}

static gboolean
prepare (EngLearner *learner, const EngContext *context, GError **error)
{
  ApRom *self = learner->state;

  if (self->recovery.fresh)
    learner->step_size = eng_recovery_fresh_step (&self->recovery,
                                                  learner->fixed_step_size);
  return eng_recovery_prepare (&self->recovery, context, error);
}

/* --- step -------------------------------------------------------------------------- */

static gboolean
is_tangent_next (const ApRom *self)
{
  if (self->recovery.l.rank == 0)
    return FALSE;
  return self->growth.active || self->kind == HEAD_TANGENT
         || (self->kind == HEAD_HYBRID && self->since % MIX != 0);
}

/* Room for G U if the next head is made of it. */
static EngMat *
get_image (ApRom *self)
{
  self->gu.rows = self->recovery.l.rank;
  return is_tangent_next (self) ? &self->gu : NULL;
}

static gboolean
find_head (ApRom *self, EngLanes *lanes)
{
  EngRecovery *recovery = &self->recovery;
  gboolean     is_first = recovery->l.rank == 0;
  EngMat       u = eng_low_rank_terms (&recovery->l), *start = is_first ? NULL : &u;
  gsize        passes = is_first ? MAX (self->passes, FIRST_PASSES) : self->passes;
  gsize        d = recovery->problem->d;
  gsize        k = self->head_rank > 0 ? self->head_rank : MIN (2 * recovery->rank, d);

  if (is_tangent_next (self))
    return eng_head_project_tangent (&self->head, &recovery->l, &self->gu);
  switch (self->kind)
    {
    case HEAD_BK:
      return eng_head_find_dense (&self->head, k, passes, start, recovery->rng, lanes);
    case HEAD_LAZY:
      return eng_head_find_lazy (&self->head, k, recovery->rng, lanes);
    case HEAD_EXACT:
      return eng_head_find_exact (&self->head, k, lanes);
    case HEAD_TANGENT:
      k = recovery->rank;
      break;
    case HEAD_HYBRID:
    case HEAD_MBK:
      break;
    }
  return eng_head_find_implicit (&self->head, k, passes, start, recovery->rng, lanes);
}

static double
choose_step (ApRom *self, const EngMat *v, EngLanes *lanes)
{
  EngRecovery *recovery = &self->recovery;
  double       fixed = recovery->learner->fixed_step_size;

  if (recovery->fresh)
    return eng_recovery_fresh_step (recovery, fixed);
  if (fixed > 0)
    return fixed;
  return eng_sensing_line_search (&recovery->sensing, v, self->head.theta, lanes);
}

static EngStatus
step (EngLearner *learner, EngLanes *lanes)
{
  ApRom       *self = learner->state;
  EngRecovery *recovery = &self->recovery;
  gboolean     adds = eng_growth_is_due (&self->growth);
  EngStatus status = eng_recovery_begin (recovery, lanes, adds ? NULL : get_image (self));
  EngMat    v;

  if (status == ENG_STATUS_CONVERGED && eng_growth_settle (&self->growth))
    return ENG_STATUS_CONTINUE;
  if (status != ENG_STATUS_CONTINUE)
    return status;
  if (adds)
    {
      if (!eng_growth_add_term (&self->growth, lanes))
        return ENG_STATUS_DIVERGED;
      eng_sensing_set_estimate (&recovery->sensing, &recovery->l, lanes,
                                get_image (self));
    }
  if (!find_head (self, lanes))
    return ENG_STATUS_DIVERGED;
  v = (EngMat){ self->head.k, self->head.v.cols, self->head.v.data };
  status = eng_recovery_end (recovery, &v, self->head.theta,
                             choose_step (self, &v, lanes));
  if (!self->growth.active)
    self->since++;
  else if (status == ENG_STATUS_CONTINUE && !eng_growth_end_step (&self->growth))
    return ENG_STATUS_DIVERGED;
  return status;
}

const EngLearnerClass eng_learner_ap_rom = {
  .id = "ap-rom",
  .title = N_ ("AP-ROM"),
  .help = N_ ("projected gradient on a low-rank matrix, with an approximate head"),
  .tables = tables,
  .state_size = sizeof (ApRom),
  .reads_streamed = TRUE,
  .check = check,
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
