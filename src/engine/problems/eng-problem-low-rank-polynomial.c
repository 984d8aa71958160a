/* SPDX-License-Identifier: GPL-3.0-or-later
 * Low-rank polynomial teacher: f* = Σ_s c_s part_{p_s}(β_s·x), s = 1 ... r (D1). */
#include "config.h"

#include "eng-error.h"
#include "eng-ridge-sum.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

static const EngParam params[] = {
  { .key = "rank",
    .kind = ENG_PARAM_INT,
    .min = 1,
    .max = ENG_PARAM_LIST_MAX,
    .fallback = "1",
    .title = N_ ("Rank r"),
    .help = N_ ("number of directions") },
  { .key = "degree",
    .kind = ENG_PARAM_LIST,
    .min = 1,
    .max = 12,
    .fallback = "2",
    .title = N_ ("Degree p"),
    .help = N_ ("of every part, or one per part: 2; 3") },
  { .key = "weights",
    .kind = ENG_PARAM_LIST,
    .min = -1e6,
    .max = 1e6,
    .flags = ENG_PARAM_OPTIONAL | ENG_PARAM_ADVANCED,
    .title = N_ ("Weights"),
    .help = N_ (
        "coefficient of each part; equal by default, with unit variance in all") },
  ENG_PARAM_END,
};
static const EngParam *const tables[] = { eng_problem_common_params, params,
                                          eng_ridge_sum_params,
                                          eng_problem_sampling_params, NULL };

static gboolean
check (const EngSettings *settings, GError **error)
{
  gsize rank = (gsize) eng_settings_get_int (settings, "rank");

  return eng_ridge_sum_check (settings, error)
         && eng_ridge_sum_check_degrees (settings, "degree", error)
         && eng_ridge_sum_check_length (settings, "degree", rank, TRUE, error)
         && eng_ridge_sum_check_length (settings, "weights", rank, FALSE, error);
}

static guint
dense_degree (const EngSettings *settings)
{
  gsize         length;
  const double *degrees = eng_settings_get_list (settings, "degree", &length);
  double        highest = 0;

  for (gsize i = 0; i < length; i++)
    highest = MAX (highest, degrees[i]);
  return (guint) highest - 1;
}

/* Plain squares are xᵀL*x; normalised ones have a constant besides. */
static gboolean
has_truth (const EngSettings *settings)
{
  gsize         length;
  const double *degrees = eng_settings_get_list (settings, "degree", &length);

  for (gsize i = 0; i < length; i++)
    if (degrees[i] != 2)
      return FALSE;
  return eng_settings_is_choice (settings, "form", "raw");
}

/* Directions, β*, and L* with what it takes to find it. */
static double
estimate_teacher (const EngSettings *settings, double d)
{
  double rank = eng_settings_get_double (settings, "rank");

  return sizeof (double) * d * (2.0 * rank + 1.0)
         + (has_truth (settings) ? eng_low_rank_work_estimate_bytes (d, rank) : 0.0);
}

/* L* <- Σ_s c_s s_s β_s β_sᵀ, s the scales of the squares. */
static gboolean
set_truth (EngProblem *self, const EngRidgeSum *sum)
{
  gsize          rank = MIN (sum->n_terms, self->d);
  double        *values = eng_arena_doubles (self->arena, sum->n_terms);
  EngLowRankWork work;

  for (gsize s = 0; s < sum->n_terms; s++)
    values[s] = sum->coefficients[s] * sum->ridges[s].scale;
  eng_low_rank_init (&self->truth, self->d, rank, self->arena);
  eng_low_rank_work_init (&work, self->d, sum->n_terms, self->arena);
  return eng_low_rank_add (&self->truth, &sum->directions, values, rank, &work);
}

static gboolean
prepare (EngProblem *self, GError **error)
{
  EngRidgeSum       *sum = self->state;
  g_autoptr (EngRng) rng = eng_rng_new (eng_spec_get_seed (self->spec), "teacher", 0);
  gsize              rank = (gsize) eng_settings_get_int (self->settings, "rank");
  gsize              n_degrees, n_weights = 0;
  const double *degrees = eng_settings_get_list (self->settings, "degree", &n_degrees);
  const double *weights = eng_settings_get_list (self->settings, "weights", &n_weights);
  guint         each[ENG_PARAM_LIST_MAX];

  eng_ridge_sum_init (sum, rank, self->d, self->arena);
  eng_ridge_sum_draw_directions (self->settings, rng, &sum->directions);
  for (gsize s = 0; s < rank; s++)
    {
      each[s] = (guint) degrees[n_degrees == 1 ? 0 : s];
      sum->coefficients[s] = n_weights > 0 ? weights[s] : sqrt (1.0 / (double) rank);
    }
  eng_ridge_sum_apply_signs (self->settings, rng, rank, sum->coefficients);
  self->directions = sum->directions;
  if (!eng_ridge_sum_normalise (sum, self, each,
                                eng_settings_is_choice (self->settings, "form", "raw"),
                                rng, error))
    return FALSE;
  self->linear = eng_ridge_sum_get_linear (sum, self->arena);
  if (!has_truth (self->settings) || set_truth (self, sum))
    return TRUE;
  g_set_error (error, ENG_ERROR, ENG_ERROR_NUMERIC,
               _ ("the eigenvalues of the teacher were not found"));
  return FALSE;
}

static void
target (EngProblem *self, const EngMatF *x, double *y, double *parts)
{
  memset (y, 0, x->rows * sizeof (double));
  eng_ridge_sum_add (self->state, self, x, y, parts);
}

static void
add_arrays (EngProblem *self, EngArrays *arrays)
{
  const EngRidgeSum *sum = self->state;

  eng_arrays_add (arrays, "weights", sum->n_terms, sum->coefficients);
}

const EngProblemClass eng_problem_low_rank_polynomial = {
  .id = "low-rank-polynomial",
  .title = N_ ("Low-rank polynomial"),
  .help = N_ ("a sum of r polynomials, each of one direction of the inputs"),
  .tables = tables,
  .state_size = sizeof (EngRidgeSum),
  .check = check,
  .has_truth = has_truth,
  .dense_degree = dense_degree,
  .estimate_teacher = estimate_teacher,
  .prepare = prepare,
  .target = target,
  .add_arrays = add_arrays,
};
