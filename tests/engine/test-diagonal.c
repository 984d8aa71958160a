/* SPDX-License-Identifier: GPL-3.0-or-later
 * The diagonal network: its gradient, kernel and first Taylor term by differences, and that
 * gradient descent ends where theory says (papers.md D.4 and F.7). */
#include "eng-advice.h"
#include "eng-diagonal.h"
#include "eng-error.h"
#include "eng-export.h"
#include "eng-run-folder.h"
#include "fixture.h"
#include "folder.h"
#include "trained.h"

#include <math.h>
#include <string.h>

/* Central differences of step 1e-5 in double. */
#define DIFFERENCE 1e-5
#define GRADIENT   1e-8
/* A step of 1e-6 leaves as much of the second order, times a curvature below 100. */
#define SMALL       1e-6
#define FIRST_ORDER 1e-4
/* Steps of 0.2 % at most, and a train loss of 1e-8 that is left. */
#define AT_ITS_END 2e-3

#define D 7
#define N 4

/* --- weights ----------------------------------------------------------------------- */

typedef struct
{
  EngArena   *arena;
  EngDiagonal network;
  EngMat      x;
  double      data[N * D], y[N];
} Case;

/* Weights that have moved. */
static void
case_init (Case *self, guint depth)
{
  g_autoptr (EngRng) rng = eng_rng_new (depth, "w0", 0);

  self->arena = eng_arena_new ();
  self->x = (EngMat){ N, D, self->data };
  eng_rng_fill_gaussian (rng, N * D, self->data);
  eng_rng_fill_gaussian (rng, N, self->y);
  eng_diagonal_init (&self->network, D, depth, 0.7, self->arena);
  for (gsize i = 0; i < D; i++)
    {
      self->network.plus[i] = 0.3 + eng_rng_uniform (rng);
      self->network.minus[i] = 0.3 + eng_rng_uniform (rng);
    }
  eng_diagonal_update (&self->network);
}

/* (1/2n)|Xβ − y|² at the present weights, and its gradient with respect to β. */
static double
get_loss (Case *self, double *g)
{
  double r[N];

  eng_diagonal_update (&self->network);
  memcpy (r, self->y, sizeof r);
  eng_la_gemv (1.0, &self->x, self->network.beta, -1.0, r);
  if (g != NULL)
    eng_la_gemv_t (1.0 / N, &self->x, r, 0.0, g);
  return eng_la_dot (N, r, r) / (2.0 * N);
}

static double
differentiate (Case *self, double *weight)
{
  double before = *weight, up, down;

  *weight = before + DIFFERENCE;
  up = get_loss (self, NULL);
  *weight = before - DIFFERENCE;
  down = get_loss (self, NULL);
  *weight = before;
  return (up - down) / (2.0 * DIFFERENCE);
}

static void
test_gradient (void)
{
  for (guint depth = 2; depth <= 6; depth++)
    {
      Case   self;
      double expected[2 * D], g[D], before[2 * D];

      case_init (&self, depth);
      for (gsize i = 0; i < D; i++)
        {
          expected[i] = differentiate (&self, &self.network.plus[i]);
          expected[D + i] = differentiate (&self, &self.network.minus[i]);
          before[i] = self.network.plus[i];
          before[D + i] = self.network.minus[i];
        }
      (void) get_loss (&self, g);
      eng_diagonal_descend (&self.network, g, 1.0);
      for (gsize i = 0; i < D; i++)
        {
          double size = fmax (fabs (expected[i]), 1.0);

          g_assert_cmpfloat_with_epsilon (before[i] - self.network.plus[i], expected[i],
                                          GRADIENT * size * depth * depth);
          g_assert_cmpfloat_with_epsilon (before[D + i] - self.network.minus[i],
                                          expected[D + i],
                                          GRADIENT * size * depth * depth);
        }
      eng_arena_free (self.arena);
    }
}

/* β̇ = −κ∘g, and no weight changes faster than said. */
static void
test_kernel (void)
{
  for (guint depth = 2; depth <= 4; depth++)
    {
      Case   self;
      double g[D], kappa[D], before[D], fastest = 0.0, speed;

      case_init (&self, depth);
      (void) get_loss (&self, g);
      memcpy (before, self.network.beta, sizeof before);
      eng_diagonal_get_kernel (&self.network, kappa);
      speed = eng_diagonal_get_speed (&self.network, g);
      for (gsize i = 0; i < D; i++)
        fastest = fmax (
            fastest,
            depth * fabs (g[i])
                * pow (fmax (self.network.plus[i], self.network.minus[i]), depth - 2.0));
      g_assert_cmpfloat_with_epsilon (speed, fastest, 1e-14 * fastest);
      eng_diagonal_descend (&self.network, g, SMALL);
      for (gsize i = 0; i < D; i++)
        g_assert_cmpfloat_with_epsilon ((before[i] - self.network.beta[i]) / SMALL,
                                        kappa[i] * g[i],
                                        FIRST_ORDER * (1.0 + fabs (kappa[i] * g[i])));
      eng_arena_free (self.arena);
    }
}

/* At the start β is 0, the kernel is 2 D² α^{2D−2} ⟨x, x'⟩ and the first Taylor term is all
 * there is. */
static void
test_start (void)
{
  for (guint depth = 2; depth <= 4; depth++)
    {
      g_autoptr (EngArena) arena = eng_arena_new ();
      EngDiagonal          self;
      double               kappa[D], linear[D];

      eng_diagonal_init (&self, D, depth, 0.7, arena);
      eng_diagonal_get_kernel (&self, kappa);
      for (gsize i = 0; i < D; i++)
        {
          g_assert_cmpfloat (self.beta[i], ==, 0.0);
          g_assert_cmpfloat_with_epsilon (
              kappa[i], 2.0 * depth * depth * pow (0.7, 2.0 * depth - 2.0), 1e-12);
          self.plus[i] += SMALL * (double) i;
          self.minus[i] -= 2.0 * SMALL;
        }
      eng_diagonal_update (&self);
      eng_diagonal_linearise (&self, linear);
      for (gsize i = 0; i < D; i++)
        g_assert_cmpfloat_with_epsilon (linear[i], self.beta[i],
                                        FIRST_ORDER * fabs (self.beta[i]) * depth);
    }
}

/* --- runs -------------------------------------------------------------------------- */

#define SPARSE                                                                           \
  "[experiment]\nversion=1\n[problem]\nkind=low-rank-polynomial\nrank=3\ndegree=1\n"     \
  "directions=axes\nd=60\nn=20\ninputs=gaussian\nnoise=0.1\nn-test=400\nseed=3\n"        \
  "[observe]\ndrift-points=50\n"

static EngExperiment *
train (const char *run)
{
  g_autofree char *text = g_strdup_printf (
      SPARSE "[run.1]\nlearner=diagonal\nsteps=100000\nstop-train-loss=1e-9\n%s", run);
  EngExperiment *experiment = open_experiment (text, 1);

  (void) eng_experiment_advance (experiment, G_MAXUINT64);
  g_assert_cmpint (eng_run_get_status (eng_experiment_get_run (experiment, 0)), ==,
                   ENG_STATUS_CONVERGED);
  return experiment;
}

static double
get_last (EngExperiment *experiment, const char *id)
{
  return eng_trace_get_last (trace_of (experiment, 0), id);
}

/* Every scale and depth ends at its own solution. */
static void
test_ends_at_argmin (void)
{
  static const char *const runs[] = {
    "alpha=3\n",
    "alpha=0.3\n",
    "alpha=0.1\n",
    "alpha=0.01\n",
    "alpha=0.001\n",
    "alpha=0.3\ndepth=3\n",
    "alpha=0.03\ndepth=3\n",
    "alpha=0.2\ndepth=4\n",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (runs); i++)
    {
      g_autoptr (EngExperiment) experiment = train (runs[i]);

      g_test_message ("%s: %g", runs[i], get_last (experiment, "bias-distance"));
      g_assert_cmpfloat (get_last (experiment, "bias-distance"), <, AT_ITS_END);
    }
}

/* Smaller steps end nearer: it is the flow that ends there. */
static void
test_smaller_steps (void)
{
  g_autoptr (EngExperiment) large = train ("alpha=0.1\nrate=1.5\n");
  g_autoptr (EngExperiment) small = train ("alpha=0.1\nrate=0.15\n");

  g_assert_cmpfloat (get_last (small, "bias-distance"), <,
                     0.3 * get_last (large, "bias-distance"));
}

/* Lazy: the kernel stays, and the ℓ₂ norm is the least.  Rich: neither, and nearly the least
 * ℓ₁ norm. */
static void
test_regimes (void)
{
  g_autoptr (EngExperiment) lazy = train ("alpha=3\n");
  g_autoptr (EngExperiment) rich = train ("alpha=0.001\n");

  g_assert_cmpfloat (get_last (lazy, "kernel-drift"), <, 0.01);
  g_assert_cmpfloat (get_last (lazy, "linearisation-gap"), <, 0.01);
  g_assert_cmpfloat (fabs (get_last (lazy, "excess-l2")), <, 1e-3);
  g_assert_cmpfloat (get_last (lazy, "excess-l1"), >, 0.3);
  g_assert_cmpfloat (get_last (rich, "kernel-drift"), >, 100);
  g_assert_cmpfloat (get_last (rich, "linearisation-gap"), >, 0.5);
  g_assert_cmpfloat (get_last (rich, "excess-l1"), <, 0.1);
  g_assert_cmpfloat (get_last (rich, "excess-l1"), >, 0);
  g_assert_cmpfloat (get_last (rich, "test-loss"), <, 0.5 * get_last (lazy, "test-loss"));
}

static const EngCoefficients *
get_coefficients (EngExperiment *experiment, guint run)
{
  return eng_learner_coefficients (
      eng_run_get_learner (eng_experiment_get_run (experiment, run)));
}

/* What depends on the problem alone is found once for all runs; what depends on the scale
 * is every run's own. */
static void
test_shared_solutions (void)
{
  g_autoptr (EngExperiment) experiment = open_experiment (
      SPARSE "[run.1]\nlearner=diagonal\nsteps=1\nalpha=1\n"
             "[run.2]\nlearner=diagonal\nsteps=1\nalpha=0.01\n",
      1);
  const EngSolutions    *solutions = eng_experiment_get_problem (experiment)->solutions;
  const EngCoefficients *one = get_coefficients (experiment, 0);
  const EngCoefficients *two = get_coefficients (experiment, 1);

  g_assert_true (solutions->is_found);
  g_assert_nonnull (solutions->smallest);
  g_assert_nonnull (solutions->sparsest);
  g_assert_true (one->smallest == solutions->smallest);
  g_assert_true (two->smallest == solutions->smallest);
  g_assert_true (one->sparsest == solutions->sparsest);
  g_assert_true (two->sparsest == solutions->sparsest);
  g_assert_true (one->expected != two->expected);
}

/* Given up, they are not taken for known: who asks again gets them. */
static void
test_stopped_solutions (void)
{
  g_autoptr (EngExperiment) experiment = open_experiment (
      SPARSE "[run.1]\nlearner=diagonal\nsteps=1\n", 1);
  const EngProblem   *problem = eng_experiment_get_problem (experiment);
  const EngSolutions *known = problem->solutions;
  gsize               d = problem->d, size = problem->n * d;
  EngSolutions       *solutions = eng_solutions_new (d);
  g_autofree double  *data = g_new (double, size);
  EngMat              x = { problem->n, d, data };
  int                 cancel = 1;

  for (gsize i = 0; i < size; i++)
    data[i] = problem->x_train.data[i];
  eng_solutions_find (solutions, &x, problem->y_train, &cancel);
  g_assert_false (solutions->is_found);
  g_assert_null (solutions->smallest);
  g_assert_null (solutions->sparsest);
  cancel = 0;
  eng_solutions_find (solutions, &x, problem->y_train, &cancel);
  g_assert_true (solutions->is_found);
  g_assert_cmpmem (solutions->smallest, d * sizeof (double), known->smallest,
                   d * sizeof (double));
  g_assert_cmpmem (solutions->sparsest, d * sizeof (double), known->sparsest,
                   d * sizeof (double));
  eng_solutions_free (solutions);
}

/* The teacher: three axes with 1/√3 each. */
static void
test_teacher (void)
{
  g_autoptr (EngExperiment) experiment = open_experiment (
      SPARSE "[run.1]\nlearner=diagonal\nsteps=1\n", 1);
  const EngProblem *problem = eng_experiment_get_problem (experiment);
  gsize             n_used = 0;

  g_assert_cmpuint (problem->directions.rows, ==, 3);
  for (gsize i = 0; i < problem->d; i++)
    {
      if (problem->linear[i] == 0.0)
        continue;
      n_used++;
      g_assert_cmpfloat_with_epsilon (problem->linear[i], sqrt (1.0 / 3.0), 1e-12);
    }
  g_assert_cmpuint (n_used, ==, 3);
  for (gsize i = 0; i < problem->n_test; i++)
    {
      double sum = 0.0;

      for (gsize j = 0; j < problem->d; j++)
        sum += problem->linear[j] * problem->x_test.data[i * problem->d + j];
      g_assert_cmpfloat_with_epsilon (problem->y_test[i], sum, 1e-12);
    }
}

/* As many axes as there are dimensions, every one of them; and more are refused. */
static void
test_axes (void)
{
  static const char         text[] = "[experiment]\nversion=1\n[problem]\n"
                                     "kind=low-rank-polynomial\nrank=%d\ndegree=1\nd=9\n"
                                     "directions=axes\n[run.1]\nlearner=diagonal\nsteps=1\n";
  g_autofree char          *all = g_strdup_printf (text, 9);
  g_autofree char          *many = g_strdup_printf (text, 10);
  g_autoptr (EngExperiment) experiment = open_experiment (all, 1);
  const EngProblem         *problem = eng_experiment_get_problem (experiment);
  g_autoptr (GError)        error = NULL;

  for (gsize i = 0; i < 9; i++)
    g_assert_cmpfloat_with_epsilon (problem->linear[i], 1.0 / 3.0, 1e-12);
  g_assert_null (eng_spec_new_from_text (many, -1, &error));
  g_assert_nonnull (strstr (error->message, "problem.rank"));
}

/* With as many samples as dimensions there is no choice, and theory has nothing to say. */
static void
test_no_choice (void)
{
  static const char   text[] = "[experiment]\nversion=1\n[problem]\n"
                               "kind=low-rank-polynomial\ndegree=1\nd=9\nn=%d\n"
                               "[observe]\nspectrum=log\n"
                               "[run.1]\nlearner=diagonal\nsteps=50\n";
  g_autofree char    *few = g_strdup_printf (text, 8), *many = g_strdup_printf (text, 9);
  g_autoptr (EngSpec) free_spec = fixture_spec (few), spec = fixture_spec (many);
  g_autofree char    *hint = eng_advice_get_hint (spec, 0);
  g_autoptr (EngExperiment) experiment = open_experiment (many, 1);

  g_assert_nonnull (hint);
  g_assert_null (eng_advice_get_hint (free_spec, 0));
  (void) eng_experiment_advance (experiment, G_MAXUINT64);
  g_assert_true (isnan (get_last (experiment, "excess-l1")));
  g_assert_true (isnan (get_last (experiment, "excess-l2")));
  g_assert_true (isnan (get_last (experiment, "bias-distance")));
  g_assert_true (isfinite (get_last (experiment, "kernel-drift")));
}

/* A teacher of degree 2 is noise to it. */
static void
test_not_linear (void)
{
  g_autoptr (EngSpec) spec = fixture_spec (
      "[experiment]\nversion=1\n[problem]\nkind=low-rank-polynomial\nrank=2\n"
      "degree=1; 2\nd=9\nn=5\n[run.1]\nlearner=diagonal\n");
  g_autofree char *hint = eng_advice_get_hint (spec, 0);

  g_assert_nonnull (hint);
  g_assert_nonnull (strstr (hint, "degree 1"));
}

/* --- files ------------------------------------------------------------------------- */

/* coefficients.csv comes back as it went, and no damage to it is taken for numbers. */
static void
test_run_folder (void)
{
  g_autoptr (EngExperiment) experiment = train ("alpha=0.1\n");
  g_autoptr (EngSnapshot)   written = eng_experiment_snapshot (experiment), read = NULL;
  g_autofree char          *path = g_dir_make_tmp ("escapement-XXXXXX", NULL);
  g_autofree char          *table = g_build_filename (path, "coefficients.csv", NULL);
  g_autoptr (GFile)         folder = g_file_new_for_path (path);
  g_autoptr (GError)        error = NULL;
  g_autofree char          *before = eng_export_coefficients_text (written);
  g_autofree char          *after = NULL, *cut = NULL;

  g_assert_cmpuint (written->teacher.n, ==, 60);
  g_assert_cmpuint (written->runs[0].coefficients.n, ==, 60);
  g_assert_true (eng_export_tables (written, folder, NULL));
  read = eng_run_folder_load (folder, &error);
  g_assert_no_error (error);
  after = eng_export_coefficients_text (read);
  g_assert_cmpstr (before, ==, after);
  g_assert_null (read->teacher.expected);
  g_assert_nonnull (read->runs[0].coefficients.sparsest);
  cut = g_strdup (before);
  *strstr (cut, "1,7,") = '2';
  g_assert_true (g_file_set_contents (table, cut, -1, NULL));
  g_assert_null (eng_run_folder_load (folder, &error));
  g_assert_error (error, ENG_ERROR, ENG_ERROR_INVALID_SPEC);
  g_clear_error (&error);
  g_assert_true (g_file_set_contents (table, "run,index\n", -1, NULL));
  g_assert_null (eng_run_folder_load (folder, &error));
  g_assert_nonnull (error);
  folder_remove (path);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  eng_init ();
  g_test_add_func ("/engine/diagonal/gradient", test_gradient);
  g_test_add_func ("/engine/diagonal/kernel", test_kernel);
  g_test_add_func ("/engine/diagonal/start", test_start);
  g_test_add_func ("/engine/diagonal/ends-at-argmin", test_ends_at_argmin);
  g_test_add_func ("/engine/diagonal/smaller-steps", test_smaller_steps);
  g_test_add_func ("/engine/diagonal/regimes", test_regimes);
  g_test_add_func ("/engine/diagonal/shared-solutions", test_shared_solutions);
  g_test_add_func ("/engine/diagonal/stopped-solutions", test_stopped_solutions);
  g_test_add_func ("/engine/diagonal/teacher", test_teacher);
  g_test_add_func ("/engine/diagonal/axes", test_axes);
  g_test_add_func ("/engine/diagonal/no-choice", test_no_choice);
  g_test_add_func ("/engine/diagonal/not-linear", test_not_linear);
  g_test_add_func ("/engine/diagonal/run-folder", test_run_folder);
  return g_test_run ();
}
