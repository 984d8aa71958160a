/* SPDX-License-Identifier: GPL-3.0-or-later
 * geco: greedy atoms.  Every step appends v, the eigenvector of largest modulus of the
 * gradient, and refits by least squares with an intercept: the coefficients of
 * L = Σ_j a_j v_j v_jᵀ, or the whole core of L = V C Vᵀ on the span of the atoms
 * (papers.md C.7; rank-one.md section 5).  Atoms are never forgotten: that is why it
 * stalls. */
#include "config.h"

#include "eng-head.h"
#include "eng-kernels.h"
#include "eng-recovery.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Products of the head that finds an atom, with as many vectors. */
#define PASSES 8
#define BLOCK  2
/* A feature of which less than this is left depends on the others. */
#define DEPENDENT 1e-13

static const EngChoice refits[] = {
  { "coefficients", N_ ("Coefficients") },
  { "core", N_ ("Whole core") },
  { NULL, NULL },
};

static const EngParam params[] = {
  { .key = "atoms",
    .kind = ENG_PARAM_INT,
    .min = 1,
    .max = ENG_RECOVERY_MAX_RANK,
    .fallback = "20",
    .title = N_ ("Atoms"),
    .help = N_ ("the run ends when it has so many") },
  { .key = "refit",
    .kind = ENG_PARAM_CHOICE,
    .choices = refits,
    .fallback = "coefficients",
    .title = N_ ("Refit"),
    .help = N_ ("what is fitted again after every new atom") },
  ENG_PARAM_END,
};
static const EngParam *const tables[] = { eng_learner_matrix_params, params, NULL };

typedef struct
{
  EngRecovery recovery;
  EngHead     head;
  gboolean    whole_core;
  gsize       max_atoms;
  EngMat      atoms;    /* (so far, d) unit rows; orthonormal with a whole core */
  EngMat      x;        /* (ENG_BLOCK_ROWS, d) */
  EngMat      z;        /* (ENG_BLOCK_ROWS, max_atoms) V x */
  EngMat      features; /* (ENG_BLOCK_ROWS, max_features) 1 and products of z */
  EngMat      gram;     /* (max_features, max_features) */
  double     *fit;      /* (max_features) */
  double     *work;     /* (3 max_features) */
  EngMat      core;     /* (max_atoms, max_atoms) */
  EngMat      terms;    /* (max_atoms, d) */
  double     *values;   /* (max_atoms) */
  double     *solver;
  int        *integers;
} Geco;

/* --- memory ------------------------------------------------------------------------ */

static double
count_features (gboolean whole_core, double atoms)
{
  return 1.0 + (whole_core ? atoms * (atoms + 1.0) / 2.0 : atoms);
}

static double
estimate_bytes (const EngSettings *settings, const EngSizes *sizes)
{
  gboolean whole_core = eng_settings_is_choice (settings, "refit", "core");
  double   atoms = eng_settings_get_double (settings, "atoms");
  double   features = count_features (whole_core, atoms);

  return eng_recovery_estimate_bytes (settings, sizes, MAX (atoms, BLOCK), atoms)
         + eng_head_estimate_bytes (sizes->d, BLOCK, PASSES, FALSE)
         + sizeof (double)
               * (2.0 * atoms * sizes->d + features * features
                  + ENG_BLOCK_ROWS * (sizes->d + atoms + features) + 4.0 * atoms * atoms);
}

static gboolean
init (EngLearner *learner, const EngContext *context, GError **error)
{
  Geco              *self = learner->state;
  EngArena          *arena = context->arena;
  const EngSettings *settings = context->settings;
  gsize              d = context->problem->d, n, n_features;

  self->whole_core = eng_settings_is_choice (settings, "refit", "core");
  n = (gsize) eng_settings_get_int (settings, "atoms");
  n = self->whole_core ? MIN (n, d) : n;
  n_features = (gsize) count_features (self->whole_core, (double) n);
  self->max_atoms = n;
  eng_recovery_init (&self->recovery, learner, context, MIN (n, d), MAX (n, BLOCK), n);
  eng_head_init (&self->head, &self->recovery.sensing, d, BLOCK, PASSES, FALSE, arena);
  self->atoms = eng_arena_mat (arena, n, d);
  self->atoms.rows = 0;
  self->x = eng_arena_mat (arena, ENG_BLOCK_ROWS, d);
  self->z = eng_arena_mat (arena, ENG_BLOCK_ROWS, n);
  self->features = eng_arena_mat (arena, ENG_BLOCK_ROWS, n_features);
  self->gram = eng_arena_mat (arena, n_features, n_features);
  self->fit = eng_arena_doubles (arena, n_features);
  self->work = eng_arena_doubles (arena, 3 * n_features);
  self->core = eng_arena_mat (arena, n, n);
  self->terms = eng_arena_mat (arena, n, d);
  self->values = eng_arena_doubles (arena, n);
  self->solver = eng_arena_doubles (arena, eng_la_eigh_doubles (n));
  self->integers = eng_arena_bytes (arena, eng_la_eigh_integers (n), sizeof (int));
  return TRUE;
}

static gboolean
prepare (EngLearner *learner, const EngContext *context, GError **error)
{
  return TRUE;
}

/* --- step -------------------------------------------------------------------------- */

/* The features of one sample from z = V x: 1, then z_j², or z_i z_j of all pairs. */
static void
make_features (const Geco *self, const double *z, double *features)
{
  gsize n = self->atoms.rows;

  *features++ = 1.0;
  for (gsize j = 0; j < n; j++)
    if (self->whole_core)
      for (gsize i = 0; i <= j; i++)
        *features++ = (i == j ? 1.0 : 2.0) * z[i] * z[j];
    else
      *features++ = z[j] * z[j];
}

/* fit <- argmin Σ_i (features_i·fit − y_i)², by the normal equations. */
static void
refit (Geco *self)
{
  const EngProblem *problem = self->recovery.problem;
  gsize             n = self->atoms.rows, d = self->atoms.cols;
  gsize             n_features = (gsize) count_features (self->whole_core, (double) n);
  EngMat            gram = { n_features, n_features, self->gram.data };

  for (gsize first = 0; first < problem->n; first += ENG_BLOCK_ROWS)
    {
      gsize  rows = MIN (ENG_BLOCK_ROWS, problem->n - first);
      EngMat x = { rows, d, self->x.data }, z = { rows, n, self->z.data };
      EngMat features = { rows, n_features, self->features.data };
      double beta = first == 0 ? 0.0 : 1.0;

      eng_kernel_widen (rows * d, problem->x_train.data + first * d, x.data);
      eng_la_gemm_nt (1.0, &x, &self->atoms, 0.0, &z);
      for (gsize i = 0; i < rows; i++)
        make_features (self, z.data + i * n, features.data + i * n_features);
      eng_la_gemm_tn (1.0, &features, &features, beta, &gram);
      eng_la_gemv_t (1.0, &features, problem->y_train + first, beta, self->fit);
    }
  eng_la_solve_psd (&gram, DEPENDENT, self->work, self->fit);
}

/* L <- Vᵀ C V through the eigenvectors of the core. */
static EngStatus
replace_by_core (Geco *self)
{
  gsize         n = self->atoms.rows;
  EngMat        core = { n, n, self->core.data };
  EngMat        terms = { n, self->atoms.cols, self->terms.data };
  const double *entry = self->fit + 1;

  for (gsize j = 0; j < n; j++)
    for (gsize i = 0; i <= j; i++)
      core.data[i * n + j] = core.data[j * n + i] = *entry++;
  if (!eng_la_eigh_with (&core, self->values, self->solver, self->integers))
    return ENG_STATUS_DIVERGED;
  eng_la_gemm_nn (1.0, &core, &self->atoms, 0.0, &terms);
  return eng_recovery_replace (&self->recovery, &terms, self->values);
}

static EngStatus
step (EngLearner *learner, EngLanes *lanes)
{
  Geco        *self = learner->state;
  EngRecovery *recovery = &self->recovery;
  EngStatus    status = eng_recovery_begin (recovery, lanes, NULL);
  EngMat      *atoms = &self->atoms;

  if (status != ENG_STATUS_CONTINUE)
    return status;
  if (atoms->rows == self->max_atoms)
    return ENG_STATUS_FINISHED;
  if (!eng_head_find_top (&self->head, PASSES, recovery->rng, lanes))
    return ENG_STATUS_DIVERGED;
  memcpy (atoms->data + atoms->rows * atoms->cols, self->head.v.data,
          atoms->cols * sizeof (double));
  if (self->whole_core && !eng_la_orthonormalise_row (atoms, atoms->rows))
    return ENG_STATUS_FINISHED;
  atoms->rows++;
  refit (self);
  return self->whole_core ? replace_by_core (self)
                          : eng_recovery_replace (recovery, atoms, self->fit + 1);
}

const EngLearnerClass eng_learner_geco = {
  .id = "geco",
  .title = N_ ("GECO"),
  .help = N_ ("greedy neurons, one more in every step, and a refit"),
  .tables = tables,
  .state_size = sizeof (Geco),
  .check = eng_recovery_check,
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
