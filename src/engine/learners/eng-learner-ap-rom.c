/* SPDX-License-Identifier: GPL-3.0-or-later
 * ap-rom: approximate projected gradient steps on the matrix, L <- T (L − η H (G)), with a
 * head H of low rank and an exact tail T in factored form (D4; rank-one.md section 3). */
#include "config.h"

#include "eng-error.h"
#include "eng-head.h"
#include "eng-recovery-advice.h"
#include "eng-recovery.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* A Krylov head in every fourth iteration keeps tangent heads out of spurious stationary
 * points (rank-one.md 3 "Hybrid"). */
#define MIX 4
/* Products of the first head, which starts cold. */
#define FIRST_PASSES 6
/* Rank continuation: products that find the next term, and tangent steps at each rank. */
#define GROW_PASSES     8
#define GROW_STEPS      8
#define SELECTION_STEPS 12
/* Rank chosen on held-out samples: their share, the ranks tried unless fit-rank says
 * more, and how near the best a smaller rank must come (rank-one.md 5 "Unknown rank"). */
#define HELD_OUT_SHARE  0.1
#define SELECTION_RANKS 8
#define SELECTION_NEAR  1.02
#define SELECTION_FLOOR 1e-4

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

static const EngChoice growths[] = {
  { "none", N_ ("At once") },
  { "continuation", N_ ("One by one") },
  { "choose", N_ ("One by one, rank chosen") },
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
  { .key = "growth",
    .kind = ENG_PARAM_CHOICE,
    .choices = growths,
    .fallback = "none",
    .title = N_ ("Terms"),
    .help = N_ ("added at once, or one by one where samples are scarce"),
    .only_key = "samples",
    .only_id = "batch" },
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
  EngMat      gu; /* (max_rank, d) G U, for tangent heads */
  gsize       head_rank, passes;
  /* Rank continuation. */
  gboolean grows;    /* terms are still added */
  gboolean chooses;  /* the rank by the samples held out */
  gsize    max_rank; /* of the ranks tried */
  guint    at_rank;  /* steps taken at the present rank */
  guint64  since;    /* iterations since all terms are there */
  double  *held_out; /* (max_rank) sd of the residual for ranks from 1 */
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
  if (!eng_settings_is_choice (settings, "growth", "none")
      && eng_settings_is_choice (settings, "samples", "fresh"))
    {
      g_set_error (error, ENG_ERROR, ENG_ERROR_INVALID_SPEC,
                   _ ("growth = %s needs samples = batch: fresh ones find all terms at "
                      "once"),
                   eng_settings_get_choice (settings, "growth"));
      return FALSE;
    }
  if (is_dense (get_kind (settings))
      && eng_problem_is_streamed (eng_spec_get_problem (spec)))
    {
      g_set_error (error, ENG_ERROR, ENG_ERROR_INVALID_SPEC,
                   _ ("head = %s needs problem.storage = memory; use mbk, tangent or "
                      "hybrid"),
                   eng_settings_get_choice (settings, "head"));
      return FALSE;
    }
  return eng_recovery_check (spec, settings, error);
}

static gboolean
chooses_rank (const EngSettings *settings)
{
  return eng_settings_is_choice (settings, "growth", "choose");
}

static double
estimate_bytes (const EngSettings *settings, const EngSizes *sizes)
{
  double   rank = eng_recovery_estimate_rank (settings);
  double   terms = MIN (2.0 * rank, sizes->d);
  double   passes = MAX (eng_settings_get_double (settings, "passes"), GROW_PASSES);
  gboolean dense = is_dense (get_kind (settings));

  return eng_recovery_estimate_bytes (settings, sizes, terms, 3.0 * rank)
         + sizeof (double) * rank * sizes->d
         + eng_head_estimate_bytes (sizes->d, terms, passes, dense);
}

static gboolean
init (EngLearner *learner, const EngContext *context, GError **error)
{
  ApRom             *self = learner->state;
  const EngSettings *settings = context->settings;
  gsize              d = context->problem->d, most;

  self->kind = get_kind (settings);
  self->passes = (gsize) eng_settings_get_int (settings, "passes");
  self->grows = !eng_settings_is_choice (settings, "growth", "none");
  self->chooses = chooses_rank (settings);
  self->max_rank = eng_recovery_get_rank (context);
  if (self->chooses && !eng_settings_has (settings, "fit-rank"))
    self->max_rank = SELECTION_RANKS;
  self->max_rank = MIN (self->max_rank, d);
  self->head_rank = eng_settings_has (settings, "head-rank")
                        ? (gsize) eng_settings_get_int (settings, "head-rank")
                        : 2 * self->max_rank;
  self->head_rank = MIN (self->head_rank, d);
  most = MAX (self->head_rank, 2 * self->max_rank);
  eng_recovery_init (&self->recovery, learner, context, self->max_rank, most,
                     self->max_rank + most);
  eng_head_init (&self->head, &self->recovery.sensing, d, most,
                 MAX (self->passes, GROW_PASSES), is_dense (self->kind), context->arena);
  self->gu = eng_arena_mat (context->arena, self->max_rank, d);
  self->held_out = eng_arena_doubles (context->arena, self->max_rank);
  if (self->grows)
    self->recovery.rank = 1;
  if (self->chooses)
    eng_recovery_hold_out (
        &self->recovery,
        MAX ((gsize) ((1.0 - HELD_OUT_SHARE) * (double) context->problem->n), 1));
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

/* --- terms one by one -------------------------------------------------------------- */

/* The term of the gradient that is missing most, with the weight that a unit step gives. */
static gboolean
add_term (ApRom *self, EngLanes *lanes)
{
  EngRecovery *recovery = &self->recovery;
  EngMat       v = { 1, self->head.v.cols, self->head.v.data };
  double       weight;

  if (!eng_head_find_top (&self->head, GROW_PASSES, recovery->rng, lanes))
    return FALSE;
  weight = -self->head.theta[0];
  return eng_low_rank_add (&recovery->l, &v, &weight, recovery->rank, &recovery->work);
}

/* The smallest rank whose residual on the samples held out is near the best. */
static gsize
choose_rank (const ApRom *self)
{
  double y_sd = self->recovery.sensing.y_sd, best = INFINITY;
  gsize  rank = 1;

  for (gsize j = 0; j < self->max_rank; j++)
    best = MIN (best, self->held_out[j] * self->held_out[j]);
  while (rank < self->max_rank
         && self->held_out[rank - 1] * self->held_out[rank - 1]
                > SELECTION_NEAR * best + SELECTION_FLOOR * y_sd * y_sd)
    rank++;
  return rank;
}

static gboolean
end_growth (ApRom *self)
{
  EngRecovery *recovery = &self->recovery;
  EngMat       nothing = { 0, self->head.v.cols, self->head.v.data };

  self->grows = FALSE;
  if (!self->chooses)
    return TRUE;
  recovery->rank = choose_rank (self);
  eng_recovery_hold_out (recovery, recovery->problem->n);
  return eng_low_rank_add (&recovery->l, &nothing, NULL, recovery->rank, &recovery->work);
}

/* After a step at the present rank. */
static gboolean
end_rank (ApRom *self)
{
  EngRecovery *recovery = &self->recovery;

  if (++self->at_rank < (self->chooses ? SELECTION_STEPS : GROW_STEPS))
    return TRUE;
  self->at_rank = 0;
  eng_recovery_measure_held_out (recovery);
  self->held_out[recovery->rank - 1] = recovery->held_out;
  if (recovery->rank == self->max_rank)
    return end_growth (self);
  recovery->rank++;
  return TRUE;
}

/* --- step -------------------------------------------------------------------------- */

static gboolean
is_tangent_next (const ApRom *self)
{
  if (self->recovery.l.rank == 0)
    return FALSE;
  return self->grows || self->kind == HEAD_TANGENT
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
  gsize        k = self->head_rank;

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
  gboolean     adds = self->grows && self->at_rank == 0;
  EngStatus status = eng_recovery_begin (recovery, lanes, adds ? NULL : get_image (self));
  EngMat    v;

  if (status != ENG_STATUS_CONTINUE)
    return status;
  if (adds)
    {
      if (!add_term (self, lanes))
        return ENG_STATUS_DIVERGED;
      /* With the last term all are there; a chosen rank is tried like the others. */
      self->grows = self->chooses || recovery->rank < self->max_rank;
      eng_sensing_set_estimate (&recovery->sensing, &recovery->l, lanes,
                                get_image (self));
    }
  if (!find_head (self, lanes))
    return ENG_STATUS_DIVERGED;
  v = (EngMat){ self->head.k, self->head.v.cols, self->head.v.data };
  status = eng_recovery_end (recovery, &v, self->head.theta,
                             choose_step (self, &v, lanes));
  if (!self->grows)
    self->since++;
  else if (status == ENG_STATUS_CONTINUE && !end_rank (self))
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
  .columns = eng_recovery_columns,
  .measure = eng_recovery_measure,
};
