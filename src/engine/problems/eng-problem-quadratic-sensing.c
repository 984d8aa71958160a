/* SPDX-License-Identifier: GPL-3.0-or-later
 * Quadratic teacher: y = xᵀL*x + e with L* = Σ_j s_j w_j w_jᵀ of rank r, ‖L*‖_F = 1: a
 * network of r neurons with activation z², and rank-one measurements of L* (D4;
 * rank-one.md section 1). */
#include "config.h"

#include "eng-error.h"
#include "eng-problem.h"

#include <glib/gi18n-lib.h>
#include <math.h>

static const EngChoice signs[] = {
  { "mixed", N_ ("Alternating") },
  { "psd", N_ ("All positive") },
  { "random", N_ ("Random") },
  { NULL, NULL },
};

static const EngParam params[] = {
  { .key = "rank",
    .kind = ENG_PARAM_INT,
    .min = 1,
    .max = ENG_PARAM_LIST_MAX,
    .fallback = "5",
    .title = N_ ("Rank r"),
    .help = N_ ("neurons of the teacher") },
  { .key = "condition",
    .kind = ENG_PARAM_REAL,
    .min = 1,
    .max = 1e6,
    .fallback = "3",
    .title = N_ ("Condition κ"),
    .help = N_ ("largest over smallest eigenvalue of L*, in modulus") },
  { .key = "signs",
    .kind = ENG_PARAM_CHOICE,
    .choices = signs,
    .fallback = "mixed",
    .title = N_ ("Signs"),
    .help = N_ ("of the eigenvalues of L*") },
  ENG_PARAM_END,
};
static const EngParam *const tables[] = { eng_problem_common_params, params,
                                          eng_problem_sensing_params, NULL };

static gboolean
check (const EngSettings *settings, GError **error)
{
  gsize rank = (gsize) eng_settings_get_int (settings, "rank");
  gsize d = (gsize) eng_settings_get_int (settings, "d");
  gsize n = (gsize) eng_settings_get_int (settings, "n");

  if (rank > d)
    return eng_error_refuse (error, "problem", "rank",
                             _ ("must be at most d = %zu, got %zu"), d, rank);
  if (n < 2)
    return eng_error_refuse (error, "problem", "n", _ ("must be at least 2, got %zu"), n);
  if (n < rank)
    return eng_error_refuse (error, "problem", "n",
                             _ ("must be at least the rank %zu, got %zu"), rank, n);
  return TRUE;
}

static gboolean
has_truth (const EngSettings *settings)
{
  return TRUE;
}

static guint
dense_degree (const EngSettings *settings)
{
  return 1;
}

static double
estimate_teacher (const EngSettings *settings, double d)
{
  return sizeof (double) * (d + 1.0) * eng_settings_get_double (settings, "rank");
}

/* Moduli fall geometrically from 1 to 1/κ. */
static void
draw_eigenvalues (EngProblem *problem, EngRng *rng)
{
  EngLowRank *l = &problem->truth;
  double      condition = eng_settings_get_double (problem->settings, "condition");
  gboolean    alternate = eng_settings_is_choice (problem->settings, "signs", "mixed");
  gboolean    random = eng_settings_is_choice (problem->settings, "signs", "random");
  double      norm;

  for (gsize j = 0; j < l->rank; j++)
    {
      double share = l->rank == 1 ? 0.0 : (double) j / (double) (l->rank - 1);

      l->s[j] = pow (condition, -share);
      if ((alternate && j % 2 == 1) || (random && eng_rng_sign (rng) < 0))
        l->s[j] = -l->s[j];
    }
  norm = eng_low_rank_norm (l);
  for (gsize j = 0; j < l->rank; j++)
    l->s[j] /= norm;
}

static gboolean
prepare (EngProblem *problem, GError **error)
{
  g_autoptr (EngRng) rng = eng_rng_new (eng_spec_get_seed (problem->spec), "teacher", 0);
  gsize              rank = (gsize) eng_settings_get_int (problem->settings, "rank");
  EngMat             u;

  eng_low_rank_init (&problem->truth, problem->d, rank, problem->arena);
  problem->truth.rank = rank;
  u = eng_low_rank_terms (&problem->truth);
  eng_rng_fill_gaussian (rng, rank * problem->d, u.data);
  if (eng_low_rank_orthonormalise (&u, NULL) < rank)
    {
      g_set_error (error, ENG_ERROR, ENG_ERROR_NUMERIC,
                   _ ("the drawn neurons depend on each other"));
      return FALSE;
    }
  draw_eigenvalues (problem, rng);
  problem->directions = u;
  return TRUE;
}

static void
target (EngProblem *problem, const EngMatF *x, double *y, double *parts)
{
  eng_low_rank_evaluate (&problem->truth, x, NULL, y);
}

const EngProblemClass eng_problem_quadratic_sensing = {
  .id = "quadratic-sensing",
  .title = N_ ("Quadratic teacher"),
  .help = N_ ("y = xᵀL*x + e, L* symmetric of rank r: recover the matrix"),
  .tables = tables,
  .check = check,
  .has_truth = has_truth,
  .dense_degree = dense_degree,
  .estimate_teacher = estimate_teacher,
  .prepare = prepare,
  .target = target,
};
