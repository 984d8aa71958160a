/* SPDX-License-Identifier: GPL-3.0-or-later
 * gfm: the alternating method of Lin and Ye, L = sym (U Vᵀ), M = L − G,
 * U <- orth (M U), V <- M U: one power step on every batch of samples (papers.md C.7;
 * rank-one.md section 5).  Its step is fixed to 1, so that it diverges on a batch that is
 * used again unless that is large. */
#include "config.h"

#include "eng-head.h"
#include "eng-recovery-advice.h"
#include "eng-recovery.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* C from which steps of size 1 on one batch do not diverge (rank-one.md section 5). */
#define LEAST_BATCH 12
/* Products of the spectral start. */
#define PASSES 6

static const EngParam params[] = {
  ENG_RECOVERY_RANK_PARAM,
  ENG_RECOVERY_SAMPLES_PARAM,
  ENG_RECOVERY_GRADIENT_PARAM,
  ENG_PARAM_END,
};
static const EngParam *const tables[] = { eng_learner_matrix_params, params, NULL };

typedef struct
{
  EngRecovery recovery;
  EngHead     head; /* of the spectral start */
  gsize       rank;
  EngMat      u;        /* (rank or less, d) orthonormal rows */
  EngMat      v;        /* (rank, d) */
  EngMat      products; /* (rank, 2 rank) */
  EngMat      terms;    /* (2 rank, d) */
  double     *weights;  /* (2 rank) */
} Gfm;

static double
estimate_bytes (const EngSettings *settings, const EngSizes *sizes)
{
  double rank = eng_recovery_estimate_rank (settings, sizes);

  return eng_recovery_estimate_bytes (settings, sizes, 2.0 * rank, 2.0 * rank)
         + eng_head_estimate_bytes (sizes->d, rank, PASSES, FALSE)
         + sizeof (double) * (4.0 * rank * sizes->d + 2.0 * rank * (rank + 1.0));
}

static gboolean
init (EngLearner *learner, const EngContext *context, GError **error)
{
  Gfm      *self = learner->state;
  EngArena *arena = context->arena;
  gsize     d = context->problem->d, rank = eng_recovery_get_rank (context);

  self->rank = rank;
  eng_recovery_init (&self->recovery, learner, context, MIN (2 * rank, d), 2 * rank,
                     2 * rank);
  eng_head_init (&self->head, &self->recovery.sensing, d, rank, PASSES, FALSE, arena);
  self->u = eng_arena_mat (arena, rank, d);
  self->v = eng_arena_mat (arena, rank, d);
  self->products = eng_arena_mat (arena, rank, 2 * rank);
  self->terms = eng_arena_mat (arena, 2 * rank, d);
  self->weights = eng_arena_doubles (arena, 2 * rank);
  return TRUE;
}

static gboolean
prepare (EngLearner *learner, const EngContext *context, GError **error)
{
  learner->step_size = 1.0;
  return TRUE;
}

/* out <- M in = L in − G in.   in, out: (k, d) */
static void
apply (Gfm *self, const EngMat *in, EngLanes *lanes, EngMat *out)
{
  const EngLowRank *l = &self->recovery.l;
  EngMat            terms = eng_low_rank_terms (l);
  EngMat            products = { in->rows, terms.rows, self->products.data };

  eng_sensing_apply (&self->recovery.sensing, in, lanes, out);
  for (gsize i = 0; i < out->rows * out->cols; i++)
    out->data[i] = -out->data[i];
  if (terms.rows == 0)
    return;
  eng_la_gemm_nt (1.0, in, &terms, 0.0, &products);
  for (gsize i = 0; i < products.rows; i++)
    for (gsize j = 0; j < products.cols; j++)
      products.data[i * products.cols + j] *= l->s[j];
  eng_la_gemm_nn (1.0, &products, &terms, 1.0, out);
}

/* (u vᵀ + v uᵀ)/2 = (a aᵀ − b bᵀ)/4, a = t u + v/t, b = t u − v/t; t makes both parts
 * equally long, so that little cancels. */
static EngMat
make_terms (Gfm *self)
{
  gsize  k = self->u.rows, d = self->u.cols;
  EngMat terms = { 2 * k, d, self->terms.data };

  for (gsize j = 0; j < k; j++)
    {
      const double *u = self->u.data + j * d, *v = self->v.data + j * d;
      double       *a = terms.data + 2 * j * d, *b = a + d;
      double        length = eng_la_norm (d, v), t = length > 0 ? sqrt (length) : 1.0;

      for (gsize i = 0; i < d; i++)
        {
          a[i] = t * u[i] + v[i] / t;
          b[i] = t * u[i] - v[i] / t;
        }
      self->weights[2 * j] = 0.25;
      self->weights[2 * j + 1] = -0.25;
    }
  return terms;
}

static EngStatus
step (EngLearner *learner, EngLanes *lanes)
{
  Gfm         *self = learner->state;
  EngRecovery *recovery = &self->recovery;
  EngStatus    status = eng_recovery_begin (recovery, lanes, NULL);
  EngMat       from = self->u, to, v, terms;

  if (status != ENG_STATUS_CONTINUE)
    return status;
  if (recovery->t == 0)
    {
      if (!eng_head_find_implicit (&self->head, self->rank, PASSES, NULL, recovery->rng,
                                   lanes))
        return ENG_STATUS_DIVERGED;
      from = (EngMat){ self->head.k, self->head.v.cols, self->head.v.data };
    }
  /* V is needed no more: M U takes its place, and changes places with U. */
  to = (EngMat){ from.rows, from.cols, self->v.data };
  apply (self, &from, lanes, &to);
  if (eng_low_rank_orthonormalise (&to, NULL) == 0)
    return ENG_STATUS_DIVERGED;
  v = (EngMat){ to.rows, to.cols, self->u.data };
  apply (self, &to, lanes, &v);
  self->u = to;
  self->v = v;
  terms = make_terms (self);
  return eng_recovery_replace (recovery, &terms, self->weights);
}

static char *
hint (EngSpec *spec, const EngSettings *settings)
{
  gsize rank = eng_recovery_find_rank (settings, eng_spec_get_problem (spec));

  if (eng_settings_is_choice (settings, "samples", "batch"))
    return eng_recovery_hint_samples (spec, settings, LEAST_BATCH);
  return eng_recovery_hint_samples (spec, settings, eng_recovery_least_fresh (rank, 1));
}

/* (U Vᵀ + V Uᵀ)/2 has up to twice the rank that is fitted. */
static void
measure (EngLearner *learner, double *values)
{
  const Gfm *self = learner->state;

  eng_recovery_measure (learner, values);
  values[ENG_RECOVERY_RANK] = fmin (values[ENG_RECOVERY_RANK], (double) self->rank);
}

const EngLearnerClass eng_learner_gfm = {
  .id = "gfm",
  .title = N_ ("gFM"),
  .help = N_ ("one power step of alternating factors for every batch"),
  .tables = tables,
  .state_size = sizeof (Gfm),
  .reads_streamed = TRUE,
  .check = eng_recovery_check,
  .hint = hint,
  .find_remedy = eng_recovery_find_remedy,
  .estimate_bytes = estimate_bytes,
  .init = init,
  .prepare = prepare,
  .step = step,
  .predict = eng_recovery_predict,
  .low_rank = eng_recovery_low_rank,
  .add_arrays = eng_recovery_add_arrays,
  .columns = eng_recovery_columns,
  .measure = measure,
};
