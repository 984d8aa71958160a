/* SPDX-License-Identifier: GPL-3.0-or-later
 * frank-wolfe: F1 of the activation z^p, min (1/2n) Σ (f(x_i) − y_i)² + λ Σ_j |c_j| over
 * f(x) = Σ_j c_j (w_j·x)^p, |w_j| = 1, with as many atoms as it takes (deep.md section 4).
 *
 * One step is one atom: the direction that the residual correlates with most, by power
 * iterations from many starts (a heuristic: the problem is hard in general), then a refit
 * of all: their coefficients alone, or, sliding (Denoyelle et al. 2019), directions and
 * coefficients together by L-BFGS. */
#include "config.h"

#include "eng-atoms.h"
#include "eng-recovery.h"
#include "eng-teacher-degrees.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define MAX_ATOMS  64
#define MAX_DEGREE 6
/* Power iterations for a new atom: starts, of each sign, and steps from each. */
#define N_STARTS      20
#define N_CLIMBS      (2 * N_STARTS)
#define CLIMB_STEPS   40
#define SLIDING_STEPS 60
/* An atom that correlates with the residual by less than λ, up to this, is worth nothing. */
#define WORTH 1.01
/* Coefficient of a new atom before the refit, in units of the size of the labels. */
#define FIRST_COEFFICIENT 0.01

static const EngChoice refits[] = {
  { "sliding", N_ ("Directions and coefficients") },
  { "coefficients", N_ ("Coefficients") },
  { NULL, NULL },
};

static const EngParam params[] = {
  { .key = "degree",
    .kind = ENG_PARAM_INT,
    .min = 2,
    .max = MAX_DEGREE,
    .fallback = "2",
    .title = N_ ("Degree p"),
    .help = N_ ("of the activation z^p") },
  { .key = "lambda",
    .kind = ENG_PARAM_REAL,
    .min = 0,
    .max = 1e6,
    .flags = ENG_PARAM_LIVE,
    .fallback = "0.01",
    .title = N_ ("Penalty λ"),
    .help = N_ ("of the sum of the moduli of coefficients") },
  { .key = "atoms",
    .kind = ENG_PARAM_INT,
    .min = 1,
    .max = MAX_ATOMS,
    .fallback = "8",
    .title = N_ ("Atoms"),
    .help = N_ ("the run ends when it has so many") },
  { .key = "refit",
    .kind = ENG_PARAM_CHOICE,
    .choices = refits,
    .fallback = "sliding",
    .title = N_ ("Refit"),
    .help = N_ ("what is fitted again after every new atom") },
  ENG_PARAM_END,
};
static const EngParam *const tables[] = { eng_learner_matrix_params, params, NULL };

static const EngColumn columns[] = {
  { "atoms", N_ ("Atoms") },
  { "f1-norm", N_ ("Norm in F1: sum of the moduli of coefficients") },
  { "atom-worth", N_ ("Correlation of the best new atom, relative to λ") },
  { "residual",
    N_ ("Spread of the residual before the step, relative to that of the samples") },
  { NULL, NULL },
};

typedef struct
{
  EngPowerSum sum;
  EngAtoms    atoms;
  EngRng     *rng;
  double      lambda;
  gboolean    lambda_changed; /* since the atoms were fitted */
  gboolean    slides;
  double      spread;           /* of the labels, their standard deviation */
  double      residual;         /* before the latest step; NaN before the first */
  double      worth;            /* of the latest new atom, in units of λ; NaN before */
  EngMat      climbers, slopes; /* (N_CLIMBS, d) */
  double      signs[N_CLIMBS];  /* N_STARTS of each */
  double      values[N_CLIMBS];
  EngMat      heaviest; /* (rank of the teacher, d) unit rows, of the heaviest atoms */
  /* p = 2 alone. */
  gboolean       is_matrix;
  EngLowRank     l;
  EngLowRankWork work;
} FrankWolfe;

static gboolean
has_matrix (const EngSettings *settings)
{
  return eng_settings_get_int (settings, "degree") == 2;
}

static gboolean
is_matrix (EngSpec *spec, const EngSettings *settings)
{
  return has_matrix (settings);
}

static char *
hint (EngSpec *spec, const EngSettings *settings)
{
  guint degree = (guint) eng_settings_get_int (settings, "degree");

  if (!eng_teacher_has_other_parts (spec, degree))
    return NULL;
  return g_strdup_printf (_ ("The teacher is not made of raw powers of degree %u, which "
                             "is all that these neurons are."),
                          degree);
}

/* --- memory ------------------------------------------------------------------------ */

/* Three times: also for what records the matrix and what measures it. */
static double
estimate_matrix_bytes (double d, double atoms)
{
  return 3.0 * eng_low_rank_work_estimate_bytes (d, atoms)
         + sizeof (double) * MIN (d, atoms) * (d + 1.0);
}

static double
estimate_bytes (const EngSettings *settings, const EngSizes *sizes)
{
  double atoms = eng_settings_get_double (settings, "atoms");

  return eng_power_sum_estimate_bytes (sizes->n, sizes->d, MAX (atoms, N_CLIMBS))
         + eng_atoms_estimate_bytes (sizes->d, atoms)
         + sizeof (double) * sizes->d
               * (2.0 * N_CLIMBS + eng_recovery_estimate_rank (settings, sizes))
         + (has_matrix (settings) ? estimate_matrix_bytes (sizes->d, atoms) : 0.0);
}

static gboolean
init (EngLearner *learner, const EngContext *context, GError **error)
{
  FrankWolfe        *self = learner->state;
  const EngSettings *settings = context->settings;
  const EngProblem  *problem = context->problem;
  gsize              n = (gsize) eng_settings_get_int (settings, "atoms");

  self->lambda = eng_settings_get_double (settings, "lambda");
  self->slides = eng_settings_is_choice (settings, "refit", "sliding");
  self->worth = self->residual = NAN;
  self->spread = eng_la_spread (problem->n, problem->y_train, NULL);
  self->rng = eng_context_stream (context, "init", 0);
  eng_power_sum_init (&self->sum, (guint) eng_settings_get_int (settings, "degree"),
                      &problem->x_train, problem->y_train, MAX (n, N_CLIMBS),
                      context->arena);
  self->sum.cancel = context->cancel;
  eng_atoms_init (&self->atoms, &self->sum, n, context->arena);
  self->climbers = eng_arena_mat (context->arena, N_CLIMBS, problem->d);
  self->slopes = eng_arena_mat (context->arena, N_CLIMBS, problem->d);
  for (gsize j = 0; j < N_CLIMBS; j++)
    self->signs[j] = j < N_STARTS ? 1.0 : -1.0;
  self->heaviest = eng_arena_mat (context->arena, eng_recovery_get_rank (context),
                                  problem->d);
  self->is_matrix = has_matrix (settings);
  if (!self->is_matrix)
    return TRUE;
  eng_low_rank_init (&self->l, problem->d, MIN (n, problem->d), context->arena);
  eng_low_rank_work_init (&self->work, problem->d, n, context->arena);
  return TRUE;
}

static gboolean
prepare (EngLearner *learner, const EngContext *context, GError **error)
{
  return TRUE;
}

/* --- a new atom -------------------------------------------------------------------- */

/* The same starts for both signs. */
static void
draw_starts (FrankWolfe *self)
{
  gsize   d = self->climbers.cols;
  double *minus = self->climbers.data + N_STARTS * d;

  for (gsize j = 0; j < N_STARTS; j++)
    eng_rng_fill_direction (self->rng, d, self->climbers.data + j * d);
  memcpy (minus, self->climbers.data, N_STARTS * d * sizeof (double));
}

/* Which climber came highest, and how high. */
static gsize
find_atom (FrankWolfe *self, const EngContext *context, EngLanes *lanes, double *highest)
{
  gsize best = 0;

  draw_starts (self);
  for (guint i = 0; i < CLIMB_STEPS && !eng_context_should_stop (context); i++)
    eng_power_sum_climb (&self->sum, &self->climbers, self->signs, lanes, self->values,
                         &self->slopes);
  eng_power_sum_correlate (&self->sum, &self->climbers, lanes, self->values,
                           &self->slopes);
  for (gsize j = 0; j < N_CLIMBS; j++)
    if (self->signs[j] * self->values[j] > self->signs[best] * self->values[best])
      best = j;
  *highest = self->signs[best] * self->values[best];
  return best;
}

static void
refit_trial (FrankWolfe *self, EngLanes *lanes)
{
  if (self->slides)
    eng_atoms_slide (&self->atoms, self->lambda, SLIDING_STEPS, lanes);
  else
    eng_atoms_reweight (&self->atoms, self->lambda, lanes);
}

/* All atoms and the one of a climber, which points up the errors e = f − y and so has the
 * other sign. */
static void
refit (FrankWolfe *self, gsize climber, const EngProblem *problem, EngLanes *lanes)
{
  const double *w = self->climbers.data + climber * problem->d;
  double size = eng_la_norm (problem->n, problem->y_train) / sqrt ((double) problem->n);

  eng_atoms_append (&self->atoms, w, -self->signs[climber] * FIRST_COEFFICIENT * size);
  refit_trial (self, lanes);
}

/* --- step -------------------------------------------------------------------------- */

/* L <- Σ_j c_j w_j w_jᵀ.  Returns: FALSE if a number is not finite. */
static gboolean
set_matrix (FrankWolfe *self)
{
  self->l.rank = 0;
  return !self->is_matrix
         || eng_low_rank_add (&self->l, &self->atoms.u, self->atoms.signs, self->l.u.rows,
                              &self->work);
}

/* The end of a refit, that was not asked to stop. */
static EngStatus
take_trial (FrankWolfe *self, const EngContext *context)
{
  if (eng_context_should_stop (context))
    return ENG_STATUS_STOPPED;
  eng_atoms_take (&self->atoms);
  self->lambda_changed = FALSE;
  return set_matrix (self) ? ENG_STATUS_CONTINUE : ENG_STATUS_DIVERGED;
}

static EngStatus
step (EngLearner *learner, EngLanes *lanes)
{
  FrankWolfe       *self = learner->state;
  const EngContext *context = &learner->context;
  EngAtoms         *atoms = &self->atoms;
  EngStatus         status;
  double            highest;
  gsize             best;

  (void) eng_power_sum_fit (&self->sum, &atoms->u, atoms->signs, self->lambda, lanes,
                            NULL);
  if (eng_context_should_stop (context))
    return ENG_STATUS_STOPPED;
  self->residual = eng_la_spread (context->problem->n, self->sum.e, NULL) / self->spread;
  status = eng_learner_judge (learner, self->sum.loss / context->problem->variance, TRUE);
  if (status != ENG_STATUS_CONTINUE)
    return status;
  if (self->lambda_changed && atoms->u.rows > 0)
    {
      eng_atoms_try (atoms);
      refit_trial (self, lanes);
      return take_trial (self, context);
    }
  if (atoms->u.rows == atoms->max_atoms)
    return ENG_STATUS_FINISHED;
  best = find_atom (self, context, lanes, &highest);
  if (eng_context_should_stop (context))
    return ENG_STATUS_STOPPED;
  self->worth = highest / self->lambda;
  if (!(highest > WORTH * self->lambda))
    return ENG_STATUS_FINISHED;
  refit (self, best, context->problem, lanes);
  return take_trial (self, context);
}

/* --- class ------------------------------------------------------------------------- */

static void
predict (EngLearner *learner, const EngMatF *x, EngLanes *lanes, float *out)
{
  FrankWolfe *self = learner->state;

  eng_power_sum_evaluate (&self->sum, &self->atoms.u, self->atoms.signs, x, lanes, out);
}

static const EngLowRank *
low_rank (EngLearner *learner)
{
  FrankWolfe *self = learner->state;

  return self->is_matrix ? &self->l : NULL;
}

/* As many as the teacher has. */
static const EngMat *
directions (EngLearner *learner)
{
  FrankWolfe *self = learner->state;

  self->heaviest.rows = MIN (eng_recovery_get_rank (&learner->context),
                             self->atoms.u.rows);
  eng_atoms_fill_directions (&self->atoms, &self->heaviest);
  return &self->heaviest;
}

static void
add_arrays (EngLearner *learner, EngArrays *arrays)
{
  const FrankWolfe *self = learner->state;

  eng_atoms_add_arrays (&self->atoms, arrays);
}

static void
set_live (EngLearner *learner, const char *key, double value)
{
  FrankWolfe *self = learner->state;

  self->lambda = value;
  self->lambda_changed = TRUE;
}

static void
measure (EngLearner *learner, double *values)
{
  const FrankWolfe *self = learner->state;

  values[0] = (double) self->atoms.u.rows;
  values[1] = eng_atoms_get_norm (&self->atoms);
  values[2] = self->worth;
  values[3] = self->residual;
}

const EngLearnerClass eng_learner_frank_wolfe = {
  .id = "frank-wolfe",
  .title = N_ ("Frank-Wolfe, F1"),
  .help = N_ ("greedy neurons with any power as activation, all refitted every time"),
  .tables = tables,
  .state_size = sizeof (FrankWolfe),
  .hint = hint,
  .estimate_bytes = estimate_bytes,
  .init = init,
  .prepare = prepare,
  .step = step,
  .predict = predict,
  .low_rank = low_rank,
  .is_matrix = is_matrix,
  .directions = directions,
  .add_arrays = add_arrays,
  .set_live = set_live,
  .columns = columns,
  .measure = measure,
};
