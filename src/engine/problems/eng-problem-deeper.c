/* SPDX-License-Identifier: GPL-3.0-or-later
 * Deeper teacher: f* = Σ_s α_s (β_s·g_s (x))^{p_s} + linear · Σ_s v_s·g_s (x), each g_s a
 * vector of polynomials of one direction each, then centred and scaled to unit variance by
 * fresh inputs (the slides' last class of functions; deep.md 6b; NOTATION "Teachers").
 *
 * Entries of β_s and v have one modulus, |β_s| = |v| = 1, as the reference has them. */
#include "config.h"

#include "eng-deeper.h"
#include "eng-error.h"
#include "eng-ridge-sum.h"

#include <glib/gi18n-lib.h>
#include <math.h>

typedef struct
{
  EngDeeper sum;
  double    shift, scale;
} Deeper;

static const EngParam params[] = {
  { .key = "rank",
    .kind = ENG_PARAM_INT,
    .min = 1,
    .max = ENG_DEEPER_MAX_RANK,
    .fallback = "3",
    .title = N_ ("Rank r"),
    .help = N_ (
        "number of inner polynomials, each of one direction, over all outer parts") },
  { .key = "inner-degree",
    .kind = ENG_PARAM_LIST,
    .min = 1,
    .max = 6,
    .fallback = "2",
    .title = N_ ("Inner Degree"),
    .help = N_ ("of those polynomials, or one per outer part: 2; 3") },
  { .key = "degree",
    .kind = ENG_PARAM_LIST,
    .min = 1,
    .max = 6,
    .fallback = "2",
    .title = N_ ("Degree p"),
    .help = N_ ("of the power of their sum, or one per outer part: 2; 3") },
  { .key = "linear",
    .kind = ENG_PARAM_REAL,
    .min = 0,
    .max = 1e6,
    .fallback = "0",
    .title = N_ ("Linear Part"),
    .help = N_ (
        "weight of the inner polynomials themselves, which makes them easy to find") },
  { .key = "outer-terms",
    .kind = ENG_PARAM_INT,
    .min = 1,
    .max = ENG_DEEPER_MAX_RANK,
    .fallback = "1",
    .flags = ENG_PARAM_ADVANCED,
    .title = N_ ("Outer Parts"),
    .help = N_ ("powers of sums, each of inner polynomials of its own") },
  { .key = "weights",
    .kind = ENG_PARAM_LIST,
    .min = -1e6,
    .max = 1e6,
    .flags = ENG_PARAM_OPTIONAL | ENG_PARAM_ADVANCED,
    .title = N_ ("Weights"),
    .help = N_ ("coefficient of each power; 1 by default") },
  { .key = "directions",
    .kind = ENG_PARAM_CHOICE,
    .choices = eng_ridge_sum_directions,
    .fallback = "orthogonal",
    .flags = ENG_PARAM_ADVANCED,
    .title = N_ ("Directions"),
    .help = N_ ("how those of the inner polynomials lie") },
  ENG_PARAM_END,
};
static const EngParam *const tables[] = { eng_problem_common_params, params,
                                          eng_problem_sampling_params, NULL };

static gboolean
check (const EngSettings *settings, GError **error)
{
  gsize rank = (gsize) eng_settings_get_int (settings, "rank");
  gsize n_terms = (gsize) eng_settings_get_int (settings, "outer-terms");

  if (n_terms > rank)
    return eng_error_refuse (error, "problem", "outer-terms",
                             _ ("must be at most the rank, %zu, got %zu"), rank, n_terms);
  return eng_ridge_sum_check (settings, error)
         && eng_ridge_sum_check_degrees (settings, "degree", error)
         && eng_ridge_sum_check_degrees (settings, "inner-degree", error)
         && eng_ridge_sum_check_length (settings, "inner-degree", n_terms, TRUE, error)
         && eng_ridge_sum_check_length (settings, "degree", n_terms, TRUE, error)
         && eng_ridge_sum_check_length (settings, "weights", n_terms, FALSE, error);
}

/* What is seen of the target without leaving the degrees of the inner polynomials. */
static guint
dense_degree (const EngSettings *settings)
{
  gsize         n;
  const double *degrees = eng_settings_get_list (settings, "inner-degree", &n);
  double        highest = degrees[0];

  for (gsize s = 1; s < n; s++)
    highest = MAX (highest, degrees[s]);
  return (guint) highest;
}

/* --- teacher ----------------------------------------------------------------------- */

static void
draw_signs (EngRng *rng, gsize n, double scale, double *v)
{
  for (gsize l = 0; l < n; l++)
    v[l] = scale * eng_rng_sign (rng) / sqrt ((double) n);
}

/* That of outer part s: one number of the list stands for all. */
static guint
get_degree (const EngSettings *settings, const char *key, gsize s)
{
  gsize         n;
  const double *degrees = eng_settings_get_list (settings, key, &n);

  return (guint) degrees[n == 1 ? 0 : s];
}

static void
draw_sum (const EngSettings *settings, EngRng *rng, EngDeeper *sum)
{
  gsize         n_weights = 0;
  const double *weights = eng_settings_get_list (settings, "weights", &n_weights);

  eng_ridge_sum_draw_directions (settings, rng, &sum->directions);
  for (gsize s = 0; s < sum->n_terms; s++)
    {
      gsize first = eng_deeper_get_first (sum, s);

      draw_signs (rng, eng_deeper_get_first (sum, s + 1) - first, 1.0,
                  sum->mixtures.data + s * sum->mixtures.cols + first);
      sum->powers[s] = get_degree (settings, "degree", s);
      sum->weights[s] = n_weights > 0 ? weights[s] : 1.0;
    }
  draw_signs (rng, sum->directions.rows, eng_settings_get_double (settings, "linear"),
              sum->linear);
}

static gboolean
normalise (EngProblem *problem, EngRng *rng, GError **error)
{
  Deeper *self = problem->state;

  for (gsize s = 0; s < self->sum.n_terms; s++)
    {
      guint inner = get_degree (problem->settings, "inner-degree", s);

      for (gsize l = eng_deeper_get_first (&self->sum, s);
           l < eng_deeper_get_first (&self->sum, s + 1); l++)
        if (!eng_ridge_init (&self->sum.parts[l], &problem->inputs, inner, FALSE,
                             self->sum.directions.data + l * problem->d, rng, error))
          return FALSE;
    }
  return TRUE;
}

static void
raw_target (EngProblem *problem, const EngMatF *x, double *y)
{
  const Deeper *self = problem->state;

  eng_deeper_evaluate (&self->sum, x, y);
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
  Deeper            *self = problem->state;
  const EngSettings *settings = problem->settings;
  g_autoptr (EngRng) rng = eng_rng_new (eng_spec_get_seed (problem->spec), "teacher", 0);
  double             variance;

  eng_deeper_init (&self->sum, (gsize) eng_settings_get_int (settings, "rank"),
                   (gsize) eng_settings_get_int (settings, "outer-terms"), problem->d,
                   problem->arena);
  draw_sum (settings, rng, &self->sum);
  if (!normalise (problem, rng, error))
    return FALSE;
  problem->directions = self->sum.directions;
  eng_problem_measure_moments (problem, rng, raw_target, &self->shift, &variance);
  if (!(variance > 0.0) || !isfinite (variance))
    {
      g_set_error (error, ENG_ERROR, ENG_ERROR_INVALID_SPEC,
                   _ ("the teacher is constant on these inputs"));
      return FALSE;
    }
  self->scale = 1.0 / sqrt (variance);
  return TRUE;
}

static void
target (EngProblem *problem, const EngMatF *x, double *y, double *parts)
{
  const Deeper *self = problem->state;

  eng_deeper_evaluate (&self->sum, x, y);
  for (gsize i = 0; i < x->rows; i++)
    y[i] = (y[i] - self->shift) * self->scale;
}

/* f* = scale (Σ_s weights_s (mixtures_s·g(x))^{p_s} + linear·g(x)) + constant */
static void
add_arrays (EngProblem *problem, EngArrays *arrays)
{
  const Deeper    *self = problem->state;
  const EngDeeper *sum = &self->sum;
  double           constant = -self->shift * self->scale;

  eng_arrays_add_mat (arrays, "mixtures", &sum->mixtures);
  eng_arrays_add (arrays, "weights", sum->n_terms, sum->weights);
  eng_arrays_add (arrays, "linear", sum->directions.rows, sum->linear);
  eng_arrays_add (arrays, "scale", 1, &self->scale);
  eng_arrays_add (arrays, "constant", 1, &constant);
}

const EngProblemClass eng_problem_deeper = {
  .id = "deeper",
  .title = N_ ("Deeper polynomial"),
  .help = N_ ("powers of sums of polynomials, each of one direction"),
  .tables = tables,
  .state_size = sizeof (Deeper),
  .check = check,
  .dense_degree = dense_degree,
  .estimate_teacher = estimate_teacher,
  .prepare = prepare,
  .target = target,
  .add_arrays = add_arrays,
};
