/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the matrix learners share. */
#include "config.h"

#include "eng-recovery.h"

#include "eng-error.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* The rank of the estimate where neither run nor teacher says one. */
#define DEFAULT_RANK 5
/* Fitted in rank-one.md section 2: ν = (1 + 2.2/r)/C. */
#define NOISE_PER_RANK 2.2
/* An eigenvalue above this many standard deviations of y has left for good. */
#define DIVERGED_EIGENVALUE 1e6

const EngChoice eng_recovery_samples[] = {
  { "fresh", N_ ("Fresh in every iteration") },
  { "batch", N_ ("One batch, used again") },
  { NULL, NULL },
};

const EngChoice eng_recovery_gradients[] = {
  { "centred", N_ ("Centred") },
  { "paper", N_ ("As in the paper") },
  { "printed", N_ ("As printed in the slides") },
  { "raw", N_ ("Without its correction") },
  { "wrong-sign", N_ ("With the wrong sign") },
  { NULL, NULL },
};

const EngColumn eng_recovery_columns[] = {
  { "residual", N_ ("Residual, relative to the samples") },
  { "predicted-rate", N_ ("Predicted contraction") },
  { "rank", N_ ("Rank of L") },
  { "held-out", N_ ("Held-out residual") },
  { NULL, NULL },
};

static gsize
find_rank (const EngSettings *settings, const EngSettings *problem)
{
  if (eng_settings_has (settings, "fit-rank"))
    return (gsize) eng_settings_get_int (settings, "fit-rank");
  if (eng_settings_has (problem, "rank"))
    return (gsize) eng_settings_get_int (problem, "rank");
  return DEFAULT_RANK;
}

gsize
eng_recovery_get_rank (const EngContext *context)
{
  return MIN (find_rank (context->settings, context->problem->settings),
              context->problem->d);
}

double
eng_recovery_estimate_rank (const EngSettings *settings)
{
  return eng_settings_has (settings, "fit-rank")
             ? eng_settings_get_double (settings, "fit-rank")
             : ENG_RECOVERY_MAX_RANK;
}

static gboolean
is_fresh (const EngSettings *settings)
{
  return eng_settings_has (settings, "samples")
         && eng_settings_is_choice (settings, "samples", "fresh");
}

/* eng_error_refuse () says which run; the settings of one do not know its number. */
gboolean
eng_recovery_check (EngSpec *spec, const EngSettings *settings, GError **error)
{
  const EngSettings *problem = eng_spec_get_problem (spec);
  gsize              rank = find_rank (settings, problem);

  if (eng_spec_get_problem_class (spec)->load != NULL && is_fresh (settings))
    {
      g_set_error (error, ENG_ERROR, ENG_ERROR_INVALID_SPEC,
                   _ ("samples = fresh needs a teacher to ask; of a table, use batch"));
      return FALSE;
    }
  if (eng_settings_has (problem, "d")
      && rank > (gsize) eng_settings_get_int (problem, "d"))
    {
      g_set_error (error, ENG_ERROR, ENG_ERROR_INVALID_SPEC,
                   _ ("fit-rank must be at most d = %zu, got %zu"),
                   (gsize) eng_settings_get_int (problem, "d"), rank);
      return FALSE;
    }
  return TRUE;
}

/* --- memory ------------------------------------------------------------------------ */

static EngSensingGradient
get_gradient (const EngSettings *settings)
{
  gsize i = 0;

  if (!eng_settings_has (settings, "gradient"))
    return ENG_SENSING_CENTRED;
  while (!eng_settings_is_choice (settings, "gradient", eng_recovery_gradients[i].id))
    i++;
  return (EngSensingGradient) i;
}

static void
init_fresh (EngRecovery *self, const EngContext *context)
{
  EngProblem *problem = self->problem;
  guint64     seed = eng_spec_get_seed (problem->spec);

  self->x = eng_arena_matf (context->arena, problem->n, problem->d);
  self->y = eng_arena_doubles (context->arena, problem->n);
  /* Of the problem, not of the run: every fresh run sees the same samples. */
  for (guint lane = 0; lane < ENG_N_LANES; lane++)
    {
      self->draws[lane] = eng_rng_new (seed, "batch", lane + 1);
      self->noises[lane] = eng_rng_new (seed, "noise", lane + 1);
      g_ptr_array_add (context->streams, self->draws[lane]);
      g_ptr_array_add (context->streams, self->noises[lane]);
    }
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
  self->fresh = is_fresh (context->settings);
  self->rank = rank;
  self->predicted_rate = NAN;
  self->held_out = NAN;
  self->rng = eng_context_stream (context, "init");
  eng_sensing_init (&self->sensing, get_gradient (context->settings), problem->d,
                    problem->n, max_columns, context->arena);
  eng_low_rank_init (&self->l, problem->d, rank, context->arena);
  eng_low_rank_work_init (&self->work, problem->d, max_terms, context->arena);
  eng_recovery_hold_out (self, problem->n);
  if (self->fresh)
    init_fresh (self, context);
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
         + (is_fresh (settings) ? sizes->n * (sizeof (float) * sizes->d + sizeof (double))
                                : 0.0);
}

void
eng_recovery_hold_out (EngRecovery *self, gsize n_used)
{
  self->n_used = n_used;
  self->batch = eng_matf_rows (&self->problem->x_train, 0, n_used);
}

void
eng_recovery_measure_held_out (EngRecovery *self)
{
  EngProblem *problem = self->problem;
  double      sum = 0.0, square = 0.0, n = (double) (problem->n - self->n_used);

  for (gsize i = self->n_used; i < problem->n; i++)
    {
      EngMatF row = eng_matf_rows (&problem->x_train, i, 1);
      double  value;

      eng_low_rank_evaluate (&self->l, &row, NULL, &value);
      value -= problem->y_train[i];
      sum += value;
      square += value * value;
    }
  self->held_out = n > 0 ? sqrt (MAX (square / n - sum / n * (sum / n), 0.0)) : NAN;
}

/* --- iterations -------------------------------------------------------------------- */

static void
draw_lane (guint lane, gpointer data)
{
  EngRecovery *self = data;
  EngProblem  *problem = self->problem;
  gsize        n = self->x.rows;

  for (gsize block = lane; block < eng_lanes_n_blocks (n); block += ENG_N_LANES)
    {
      gsize   first = block * ENG_BLOCK_ROWS;
      EngMatF x = eng_matf_rows (&self->x, first, MIN (ENG_BLOCK_ROWS, n - first));
      double *y = self->y + first;

      eng_problem_sample (problem, self->draws[lane], &x);
      problem->klass->target (problem, &x, y, NULL);
      for (gsize i = 0; i < x.rows && problem->noise > 0; i++)
        y[i] += problem->noise * eng_rng_gaussian (self->noises[lane]);
    }
}

EngStatus
eng_recovery_begin (EngRecovery *self, EngLanes *lanes)
{
  EngSensing *sensing = &self->sensing;

  if (self->fresh && self->t > 0)
    {
      eng_lanes_run (lanes, eng_lanes_for_rows (self->x.rows), draw_lane, self);
      eng_sensing_set_data (sensing, &self->x, self->y);
    }
  else
    eng_sensing_set_data (sensing, &self->batch, self->problem->y_train);
  eng_sensing_set_estimate (sensing, &self->l, lanes);
  if (self->l.rank > 0 && fabs (self->l.s[0]) > DIVERGED_EIGENVALUE * sensing->y_sd)
    return ENG_STATUS_DIVERGED;
  return eng_learner_judge (
      self->learner,
      (sensing->c_sd * sensing->c_sd + sensing->c_mean * sensing->c_mean)
          / self->problem->variance,
      TRUE);
}

EngStatus
eng_recovery_end (EngRecovery *self, const EngMat *v, double *theta, double eta)
{
  for (gsize j = 0; j < v->rows; j++)
    theta[j] *= -eta;
  if (!eng_low_rank_add (&self->l, v, theta, self->rank, &self->work))
    return ENG_STATUS_DIVERGED;
  self->learner->step_size = eta;
  self->t++;
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
  self->t++;
  return ENG_STATUS_CONTINUE;
}

double
eng_recovery_fresh_step (EngRecovery *self, double fixed)
{
  double r = (double) self->rank, d = (double) self->problem->d;
  double nu = (1.0 + NOISE_PER_RANK / r) * d * r / (double) self->problem->n;
  double eta = fixed > 0 ? fixed : 1.0 / (1.0 + nu);

  self->predicted_rate = sqrt ((1.0 - eta) * (1.0 - eta) + eta * eta * nu);
  return eta;
}

/* --- vfuncs ------------------------------------------------------------------------ */

void
eng_recovery_measure (EngLearner *learner, double *values)
{
  const EngRecovery *self = learner->state;

  values[0] = self->sensing.x == NULL ? NAN : self->sensing.c_sd / self->sensing.y_sd;
  values[1] = self->predicted_rate;
  values[2] = (double) self->l.rank;
  values[3] = self->held_out / self->sensing.y_sd;
}

const EngLowRank *
eng_recovery_low_rank (EngLearner *learner)
{
  EngRecovery *self = learner->state;

  return &self->l;
}

typedef struct
{
  const EngLowRank *l;
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
        self->out[from + i] = (float) values[i];
    }
}

void
eng_recovery_predict (EngLearner *learner, const EngMatF *x, EngLanes *lanes, float *out)
{
  Prediction prediction = { eng_recovery_low_rank (learner), x, out };

  eng_lanes_run (lanes, ENG_N_LANES, predict_lane, &prediction);
}
