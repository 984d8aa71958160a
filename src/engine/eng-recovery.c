/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the matrix learners share. */
#include "config.h"

#include "eng-recovery.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* Fitted in rank-one.md section 2: ν = (1 + 2.2/r)/C. */
#define NOISE_PER_RANK 2.2
/* An eigenvalue above this many standard deviations of y has left for good. */
#define DIVERGED_EIGENVALUE 1e6

const EngColumn eng_recovery_columns[] = {
  { "residual",
    N_ ("Spread of the residual before the step, relative to that of the samples") },
  { "predicted-rate", N_ ("Predicted contraction") },
  { "rank", N_ ("Rank of L") },
  { "held-out", N_ ("Held-out residual") },
  { NULL, NULL },
};

/* --- memory ------------------------------------------------------------------------ */

static void
init_whitening (EngRecovery *self, const EngContext *context)
{
  EngProblem *problem = self->problem;

  self->whitens = TRUE;
  eng_whitener_init (&self->whitener, problem->d, context->arena);
  self->white = eng_arena_matf (context->arena, problem->n, problem->d);
  self->renewed.whitener = &self->whitener;
  eng_low_rank_init (&self->shown, problem->d, self->l.u.rows, context->arena);
}

/* The gradient does not see it (rank-one.md section 1), so it follows from L. */
static void
update_intercept (EngRecovery *self)
{
  double *values = self->sensing.a;
  gsize   n = self->batch.n;

  if (!self->has_intercept)
    return;
  eng_low_rank_evaluate (&self->l, &self->batch.x, NULL, values);
  self->intercept = 0.0;
  for (gsize i = 0; i < n; i++)
    self->intercept += (self->batch.y[i] - values[i]) / (double) n;
}

void
eng_recovery_init (EngRecovery      *self,
                   EngLearner       *learner,
                   const EngContext *context,
                   gsize             rank,
                   gsize             max_columns,
                   gsize             max_terms)
{
  EngProblem *problem = context->problem;

  self->learner = learner;
  self->problem = problem;
  self->fresh = eng_recovery_is_fresh (context->settings);
  self->rank = rank;
  self->predicted_rate = NAN;
  self->held_out = NAN;
  self->residual = NAN;
  self->has_intercept = !problem->has_law
                        && eng_recovery_get_gradient (context->settings)
                               == ENG_SENSING_CENTRED;
  self->rng = eng_context_stream (context, "init", 0);
  eng_sensing_init (&self->sensing, eng_recovery_get_gradient (context->settings),
                    problem->d, problem->n, max_columns, context->arena);
  eng_low_rank_init (&self->l, problem->d, rank, context->arena);
  eng_low_rank_work_init (&self->work, problem->d, max_terms, context->arena);
  eng_samples_init_training (&self->batch, context);
  if (self->fresh)
    eng_samples_init_fresh (&self->renewed, &self->batch, context);
  if (eng_recovery_is_whitened (context->settings))
    init_whitening (self, context);
  update_intercept (self);
}

double
eng_recovery_estimate_bytes (const EngSettings *settings,
                             const EngSizes    *sizes,
                             double             max_columns,
                             double             max_terms)
{
  return eng_sensing_estimate_bytes (sizes->d, sizes->n, max_columns)
         + eng_low_rank_work_estimate_bytes (sizes->d, max_terms)
         + sizeof (double) * max_columns * sizes->d
         + eng_samples_estimate_bytes (sizes, eng_recovery_is_fresh (settings))
         + (eng_recovery_is_whitened (settings)
                ? eng_whitener_estimate_bytes (sizes->d)
                      + sizeof (float) * sizes->n * sizes->d
                : 0.0);
}

gboolean
eng_recovery_prepare (EngRecovery *self, const EngContext *context, GError **error)
{
  const EngMatF *x = &self->problem->x_train;

  if (!self->whitens)
    return TRUE;
  if (!eng_whitener_fit (&self->whitener, x, error))
    return FALSE;
  eng_whitener_apply_all (&self->whitener, x, context->lanes, &self->white);
  self->batch.x = self->white;
  return TRUE;
}

void
eng_recovery_hold_out (EngRecovery *self, gsize n_used)
{
  self->batch.n = n_used;
}

void
eng_recovery_measure_held_out (EngRecovery *self)
{
  EngSamples all = self->batch;
  double     sum = 0.0, square = 0.0, n = (double) (self->problem->n - self->batch.n);
  double     values[ENG_BLOCK_ROWS];

  all.n = self->problem->n;
  for (gsize block = self->batch.n / ENG_BLOCK_ROWS; block < eng_lanes_n_blocks (all.n);
       block++)
    {
      EngMatF x = eng_samples_get_block (&all, 0, block);
      gsize   first = block * ENG_BLOCK_ROWS;

      eng_low_rank_evaluate (&self->l, &x, NULL, values);
      for (gsize i = 0; i < x.rows; i++)
        {
          double error = values[i] - all.y[first + i];

          if (first + i < self->batch.n)
            continue;
          sum += error;
          square += error * error;
        }
    }
  self->held_out = n > 0 ? sqrt (MAX (square / n - sum / n * (sum / n), 0.0)) : NAN;
}

/* --- iterations -------------------------------------------------------------------- */

EngStatus
eng_recovery_begin (EngRecovery *self, EngLanes *lanes, EngMat *gu)
{
  EngSensing *sensing = &self->sensing;
  double      mean;

  if (self->fresh && self->t > 0)
    {
      eng_samples_renew (&self->renewed);
      eng_sensing_set_samples (sensing, &self->renewed);
    }
  else
    eng_sensing_set_samples (sensing, &self->batch);
  eng_sensing_set_estimate (sensing, &self->l, lanes, gu);
  self->residual = sensing->c_sd / sensing->y_sd;
  if (self->l.rank > 0 && fabs (self->l.s[0]) > DIVERGED_EIGENVALUE * sensing->y_sd)
    return ENG_STATUS_DIVERGED;
  mean = self->has_intercept ? 0.0 : sensing->c_mean;
  return eng_learner_judge (
      self->learner,
      (sensing->c_sd * sensing->c_sd + mean * mean) / self->problem->variance, TRUE);
}

/* shown <- L for x, of a whitened one. */
static void
show (EngRecovery *self)
{
  EngMat terms = eng_low_rank_terms (&self->l), v;

  if (!self->whitens)
    return;
  v = (EngMat){ terms.rows, terms.cols, self->shown.u.data };
  memcpy (v.data, terms.data, terms.rows * terms.cols * sizeof (double));
  eng_whitener_undo (&self->whitener, &v);
  self->shown.rank = 0;
  eng_low_rank_add (&self->shown, &v, self->l.s, self->l.rank, &self->work);
}

void
eng_recovery_advance (EngRecovery *self)
{
  self->t++;
  show (self);
  update_intercept (self);
}

gboolean
eng_recovery_truncate (EngRecovery *self, gsize rank)
{
  EngMat nothing = { 0, self->l.u.cols, self->l.u.data };

  self->rank = rank;
  if (!eng_low_rank_add (&self->l, &nothing, NULL, rank, &self->work))
    return FALSE;
  show (self);
  update_intercept (self);
  return TRUE;
}

EngStatus
eng_recovery_end (EngRecovery *self, const EngMat *v, double *theta, double eta)
{
  for (gsize j = 0; j < v->rows; j++)
    theta[j] *= -eta;
  if (!eng_low_rank_add (&self->l, v, theta, self->rank, &self->work))
    return ENG_STATUS_DIVERGED;
  self->learner->step_size = eta;
  eng_recovery_advance (self);
  return ENG_STATUS_CONTINUE;
}

EngStatus
eng_recovery_replace (EngRecovery *self, const EngMat *v, const double *t)
{
  gsize before = self->l.rank;

  self->l.rank = 0;
  if (!eng_low_rank_add (&self->l, v, t, self->rank, &self->work))
    {
      self->l.rank = before;
      return ENG_STATUS_DIVERGED;
    }
  eng_recovery_advance (self);
  return ENG_STATUS_CONTINUE;
}

double
eng_recovery_fresh_step (EngRecovery *self, double fixed)
{
  double r = (double) self->rank, d = (double) self->problem->d;
  double nu = (1.0 + NOISE_PER_RANK / r) * d * r / (double) self->problem->n;
  double eta = fixed > 0 ? fixed : 1.0 / (1.0 + nu);

  /* The misprints have no rate, nor have correlated inputs. */
  if (self->sensing.gradient <= ENG_SENSING_PAPER
      && (self->whitens || self->problem->inputs.law != ENG_LAW_ELLIPTICAL))
    self->predicted_rate = sqrt ((1.0 - eta) * (1.0 - eta) + eta * eta * nu);
  return eta;
}

/* --- vfuncs ------------------------------------------------------------------------ */

void
eng_recovery_measure (EngLearner *learner, double *values)
{
  const EngRecovery *self = learner->state;

  values[0] = self->residual;
  values[1] = self->predicted_rate;
  values[ENG_RECOVERY_RANK] = (double) self->l.rank;
  values[3] = self->held_out / self->sensing.y_sd;
}

const EngLowRank *
eng_recovery_low_rank (EngLearner *learner)
{
  EngRecovery *self = learner->state;

  return self->whitens ? &self->shown : &self->l;
}

typedef struct
{
  const EngLowRank *l;
  double            intercept;
  const EngMatF    *x;
  float            *out;
} Prediction;

static void
predict_lane (guint lane, gpointer data)
{
  const Prediction *self = data;
  gsize             first, last;
  double            values[ENG_BLOCK_ROWS];

  eng_lanes_share (self->x->rows, lane, &first, &last);
  for (gsize from = first; from < last; from += ENG_BLOCK_ROWS)
    {
      EngMatF x = eng_matf_rows (self->x, from, MIN (ENG_BLOCK_ROWS, last - from));

      eng_low_rank_evaluate (self->l, &x, NULL, values);
      for (gsize i = 0; i < x.rows; i++)
        self->out[from + i] = (float) (values[i] + self->intercept);
    }
}

void
eng_recovery_predict (EngLearner *learner, const EngMatF *x, EngLanes *lanes, float *out)
{
  const EngRecovery *self = learner->state;
  Prediction prediction = { eng_recovery_low_rank (learner), self->intercept, x, out };

  eng_lanes_run (lanes, ENG_N_LANES, predict_lane, &prediction);
}

void
eng_recovery_add_arrays (EngLearner *learner, EngArrays *arrays)
{
  const EngRecovery *self = learner->state;

  eng_arrays_add (arrays, "intercept", 1, &self->intercept);
}
