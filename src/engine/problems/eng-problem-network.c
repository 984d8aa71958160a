/* SPDX-License-Identifier: GPL-3.0-or-later
 * Two-layer network teacher: f* = Σ_s a_s σ(β_s·x), unit rows, a = ±1, then centred and
 * scaled to unit variance (NOTATION "Teachers"). */
#include "config.h"

#include "eng-activation.h"
#include "eng-error.h"
#include "eng-ridge-sum.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define MAX_RANK 1000

typedef struct
{
  const EngActivation *activation;
  gsize                rank;
  EngMat               directions; /* (rank, d) */
  double              *signs;      /* (rank) */
  double               shift, scale;
} NetworkTeacher;

/* Row by row, between the signs. */
static const EngChoice directions[] = {
  { "orthogonal", N_ ("Orthogonal") },
  { "same", N_ ("All the same") },
  { "random", N_ ("Random") },
  { NULL, NULL },
};

static const EngParam params[] = {
  { .key = "rank",
    .kind = ENG_PARAM_INT,
    .min = 1,
    .max = MAX_RANK,
    .fallback = "3",
    .title = N_ ("Neurons r"),
    .help = N_ ("of the teacher") },
  { .key = "activation",
    .kind = ENG_PARAM_CHOICE,
    .choices = eng_activation_choices,
    .fallback = "relu",
    .title = N_ ("Activation"),
    .help = N_ ("of the teacher") },
  { .key = "directions",
    .kind = ENG_PARAM_CHOICE,
    .choices = directions,
    .fallback = "random",
    .flags = ENG_PARAM_ADVANCED,
    .title = N_ ("Directions"),
    .help = N_ ("how the rows of the teacher lie") },
  { .key = "signs",
    .kind = ENG_PARAM_CHOICE,
    .choices = eng_ridge_sum_signs,
    .fallback = "random",
    .flags = ENG_PARAM_ADVANCED,
    .title = N_ ("Signs"),
    .help = N_ ("of its outputs") },
  { .key = "centre",
    .kind = ENG_PARAM_BOOLEAN,
    .fallback = "true",
    .flags = ENG_PARAM_ADVANCED,
    .title = N_ ("Centred"),
    .help = N_ ("to mean zero") },
  { .key = "scale",
    .kind = ENG_PARAM_BOOLEAN,
    .fallback = "true",
    .flags = ENG_PARAM_ADVANCED,
    .title = N_ ("Scaled"),
    .help = N_ ("to unit variance") },
  ENG_PARAM_END,
};
static const EngParam *const tables[] = { eng_problem_common_params, params,
                                          eng_problem_sampling_params, NULL };

static guint
dense_degree (const EngSettings *settings)
{
  return 1;
}

/* Evaluated together, so that a step that asks the teacher allocates nothing. */
#define BLOCK_ROWS 64

static void
raw_target (EngProblem *problem, const EngMatF *x, double *y)
{
  const NetworkTeacher *self = problem->state;
  double                u[BLOCK_ROWS], s[BLOCK_ROWS];

  memset (y, 0, x->rows * sizeof (double));
  for (gsize first = 0; first < x->rows; first += BLOCK_ROWS)
    {
      EngMatF block = eng_matf_rows (x, first, MIN (BLOCK_ROWS, x->rows - first));

      for (gsize r = 0; r < self->rank; r++)
        {
          eng_inputs_project (&block, self->directions.data + r * x->cols, u);
          self->activation->value (block.rows, u, s);
          eng_la_axpy (block.rows, self->signs[r], s, y + first);
        }
    }
}

static gboolean
normalise (NetworkTeacher *self, EngProblem *problem, EngRng *rng, GError **error)
{
  double mean, variance;

  eng_problem_measure_moments (problem, rng, raw_target, &mean, &variance);
  if (!(variance > 0.0) || !isfinite (variance))
    {
      g_set_error (error, ENG_ERROR, ENG_ERROR_INVALID_SPEC,
                   _ ("the teacher network is constant on these inputs"));
      return FALSE;
    }
  self->shift = eng_settings_get_boolean (problem->settings, "centre") ? mean : 0.0;
  self->scale = eng_settings_get_boolean (problem->settings, "scale")
                    ? 1.0 / sqrt (variance)
                    : 1.0;
  return TRUE;
}

static double
estimate_teacher (const EngSettings *settings, double d)
{
  return sizeof (double)
         * (ENG_INPUTS_EMPIRICAL + d * eng_settings_get_double (settings, "rank"));
}

static gboolean
prepare (EngProblem *problem, GError **error)
{
  NetworkTeacher    *self = problem->state;
  g_autoptr (EngRng) rng = eng_rng_new (eng_spec_get_seed (problem->spec), "teacher", 0);

  self->activation = eng_activation_find (
      eng_settings_get_choice (problem->settings, "activation"));
  self->rank = (gsize) eng_settings_get_int (problem->settings, "rank");
  self->directions = eng_arena_mat (problem->arena, self->rank, problem->d);
  self->signs = eng_arena_doubles (problem->arena, self->rank);
  for (gsize r = 0; r < self->rank; r++)
    {
      eng_ridge_sum_draw_direction (problem->settings, rng, &self->directions, r);
      self->signs[r] = eng_ridge_sum_draw_sign (problem->settings, rng, r);
    }
  problem->directions = self->directions;
  return normalise (self, problem, rng, error);
}

static void
target (EngProblem *problem, const EngMatF *x, double *y, double *parts)
{
  NetworkTeacher *self = problem->state;

  raw_target (problem, x, y);
  for (gsize i = 0; i < x->rows; i++)
    y[i] = (y[i] - self->shift) * self->scale;
}

/* f* = Σ_s weights_s σ(β_s·x) + constant */
static void
add_arrays (EngProblem *problem, EngArrays *arrays)
{
  const NetworkTeacher *self = problem->state;
  g_autofree double    *weights = g_new (double, self->rank);
  double                constant = -self->shift * self->scale;

  for (gsize r = 0; r < self->rank; r++)
    weights[r] = self->signs[r] * self->scale;
  eng_arrays_add (arrays, "weights", self->rank, weights);
  eng_arrays_add (arrays, "constant", 1, &constant);
}

const EngProblemClass eng_problem_network = {
  .id = "network",
  .title = N_ ("Two-layer network"),
  .help = N_ ("a network of r neurons with outputs ±1"),
  .tables = tables,
  .state_size = sizeof (NetworkTeacher),
  .check = eng_ridge_sum_check,
  .dense_degree = dense_degree,
  .estimate_teacher = estimate_teacher,
  .prepare = prepare,
  .target = target,
  .add_arrays = add_arrays,
};
