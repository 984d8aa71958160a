/* SPDX-License-Identifier: GPL-3.0-or-later
 * Problems as experiments see them: variance, parts, directions, noise, the split of the
 * test error, and equal data from equal seeds. */
#include "eng-error.h"
#include "eng-experiment.h"
#include "eng-harmonics.h"
#include "fixture.h"

#include <math.h>
#include <string.h>

/* The variance of a teacher of unit variance on 20 000 points: polynomials of degree <= 3
 * have kurtosis below 60, so five standard errors are 0.27; what is normalised empirically
 * adds as much. */
#define VARIANCE_TOLERANCE 0.35
/* Sums in double. */
#define ROUNDING 1e-9

static EngProblem *
open_problem (const char *lines)
{
  g_autofree char    *text = g_strdup_printf ("[experiment]\nversion=1\n[problem]\n%s"
                                                 "[run.1]\nlearner=lazy\nm=10\n",
                                              lines);
  g_autoptr (EngSpec) spec = fixture_spec (text);
  g_autoptr (GError)  error = NULL;
  EngProblem         *problem = eng_problem_new (spec, 1e9, NULL, &error);

  g_assert_no_error (error);
  return problem;
}

static const char *const kinds[]
    = { "kind=low-rank-polynomial\nrank=2\ndegree=1;2\n",
        "kind=low-rank-polynomial\nrank=3\ndegree=3\nsigns=alternating\n",
        "kind=dense-plus-sparse\n",
        "kind=dense-plus-sparse\ndense-degree=2\nrank=2\n",
        "kind=dense-plus-sparse\ndense-degree=3\n",
        "kind=network\n",
        "kind=network\ndirections=orthogonal\nsigns=alternating\n",
        "kind=deeper\nlinear=3\n",
        "kind=deeper\nrank=5\nouter-terms=2\ninner-degree=1;2\ndegree=3;2\nlinear=1\n",
        "kind=network\nactivation=softplus\nrank=5\n" };
static const char *const laws[] = { "sphere", "gaussian", "elliptical", "uniform",
                                    "signs" };

/* Unit variance under every law, and for the polynomial teachers parts that add up. */
static void
test_variance (void)
{
  for (gsize k = 0; k < G_N_ELEMENTS (kinds); k++)
    for (gsize l = 0; l < G_N_ELEMENTS (laws); l++)
      {
        g_autofree char *lines = g_strdup_printf (
            "%sd=8\nn=10\nn-test=20000\ninputs=%s\n", kinds[k], laws[l]);
        g_autoptr (EngProblem) problem = open_problem (lines);

        if (fabs (problem->variance - 1.0) > VARIANCE_TOLERANCE)
          g_test_message ("variance %g: %s", problem->variance, lines);
        g_assert_cmpfloat (fabs (problem->variance - 1.0), <=, VARIANCE_TOLERANCE);
        for (gsize i = 0; i < 100 && problem->n_degrees > 0; i++)
          {
            double sum = 0.0;

            for (guint p = 0; p < problem->n_degrees; p++)
              sum += problem->test_parts.data[p * problem->n_test + i];
            g_assert_cmpfloat_with_epsilon (sum, problem->y_test[i], ROUNDING);
          }
      }
}

/* k: one less than the highest degree; the dense degree; 1; or as observed. */
static void
test_dense_degree (void)
{
  g_autoptr (EngProblem) low = open_problem (
      "kind=low-rank-polynomial\nrank=2\ndegree=2;4\n"
      "d=5\nn=10\n");
  g_autoptr (EngProblem) dense = open_problem (
      "kind=dense-plus-sparse\ndense-degree=2\nd=5\nn=10\n");
  g_autoptr (EngProblem) network = open_problem ("kind=network\nd=5\nn=10\n");
  g_autoptr (EngProblem) deeper = open_problem ("kind=deeper\nd=5\nn=10\n");
  g_autoptr (EngProblem) mixed = open_problem (
      "kind=deeper\nouter-terms=2\ninner-degree=1;3\nd=5\nn=10\n");
  g_autoptr (EngProblem) observed = open_problem (
      "kind=network\nd=5\nn=10\n[observe]\nk=3\n");

  g_assert_cmpuint (low->k, ==, 3);
  g_assert_cmpuint (dense->k, ==, 2);
  g_assert_cmpuint (network->k, ==, 1);
  g_assert_cmpuint (deeper->k, ==, 2);
  g_assert_cmpuint (mixed->k, ==, 3);
  g_assert_cmpuint (observed->k, ==, 3);
}

/* --- directions and signs ------------------------------------------------------------------- */

static double
cosine (const EngProblem *problem, gsize i, gsize j)
{
  return eng_la_dot (problem->d, problem->directions.data + i * problem->d,
                     problem->directions.data + j * problem->d);
}

static void
test_directions (void)
{
  static const char *const ways[] = { "orthogonal", "same", "random" };

  for (gsize w = 0; w < G_N_ELEMENTS (ways); w++)
    {
      g_autofree char *lines = g_strdup_printf (
          "kind=low-rank-polynomial\nrank=6\nd=6\nn=10\ndirections=%s\n", ways[w]);
      g_autoptr (EngProblem) problem = open_problem (lines);

      g_assert_cmpuint (problem->directions.rows, ==, 6);
      for (gsize i = 0; i < 6; i++)
        for (gsize j = 0; j <= i; j++)
          {
            double c = cosine (problem, i, j);

            if (i == j || w == 1)
              g_assert_cmpfloat_with_epsilon (c, 1.0, ROUNDING);
            else if (w == 0)
              g_assert_cmpfloat_with_epsilon (c, 0.0, ROUNDING);
            else
              g_assert_cmpfloat (fabs (c), <, 0.999);
          }
    }
}

/* Coefficients of the parts along their own direction: weights, with signs. */
static void
test_weights_and_signs (void)
{
  g_autoptr (EngProblem) problem = open_problem (
      "kind=low-rank-polynomial\nrank=3\ndegree=1\nweights=2;3;4\nsigns=alternating\n"
      "d=6\nn=10\n");
  const double want[] = { 2, -3, 4 };

  for (gsize s = 0; s < 3; s++)
    {
      float   x[6];
      EngMatF point = { 1, 6, x };
      double  y;

      for (gsize j = 0; j < 6; j++)
        x[j] = (float) problem->directions.data[s * 6 + j];
      problem->klass->target (problem, &point, &y, NULL);
      g_assert_cmpfloat_with_epsilon (y, want[s], 1e-6);
    }
}

/* Raw monomials: Σ c (β·x)^p, all of one sign for even p. */
static void
test_raw_form (void)
{
  g_autoptr (EngProblem) problem = open_problem (
      "kind=low-rank-polynomial\nform=raw\ndegree=2\nd=6\nn=200\n");

  for (gsize i = 0; i < problem->n; i++)
    g_assert_cmpfloat (problem->y_train[i], >=, 0.0);
}

/* Raw squares are a matrix, also of directions that depend on each other, and under every
 * law; normalised ones, and other degrees, are none. */
static void
test_truth (void)
{
  static const char *const matrices[] = { "rank=3\nweights=1;-2;0.5\n",
                                          "rank=8\ndirections=random\nsigns=random\n",
                                          "rank=2\ndirections=same\ninputs=sphere\n",
                                          "rank=2\ninputs=elliptical\n" };
  static const char *const others[] = { "form=normalised\n", "form=raw\ndegree=3\n",
                                        "form=raw\nrank=2\ndegree=2;3\n" };

  for (gsize i = 0; i < G_N_ELEMENTS (matrices); i++)
    {
      g_autofree char *text = g_strconcat (
          "kind=low-rank-polynomial\nform=raw\nd=6\nn=200\n", matrices[i], NULL);
      g_autoptr (EngProblem) problem = open_problem (text);
      double                 got[200];

      g_assert_true (eng_problem_spec_has_truth (problem->spec));
      eng_low_rank_evaluate (&problem->truth, &problem->x_train, NULL, got);
      for (gsize j = 0; j < problem->n; j++)
        g_assert_cmpfloat (fabs (got[j] - problem->y_train[j]), <, 1e-12 * 200);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autofree char       *text = g_strconcat ("kind=low-rank-polynomial\nd=6\nn=200\n",
                                                 others[i], NULL);
      g_autoptr (EngProblem) problem = open_problem (text);

      g_assert_false (eng_problem_spec_has_truth (problem->spec));
      g_assert_cmpuint (problem->truth.rank, ==, 0);
    }
}

/* --- noise and seeds ---------------------------------------------------------------------------- */

/* The same data with and without noise, but for the noise, which has the deviation asked. */
static void
test_noise (void)
{
  g_autoptr (EngProblem) clean = open_problem ("kind=network\nd=5\nn=4000\n");
  g_autoptr (EngProblem) noisy = open_problem ("kind=network\nd=5\nn=4000\nnoise=0.5\n");
  double                 square = 0.0;

  g_assert_cmpmem (clean->x_train.data, clean->n * 5 * sizeof (float),
                   noisy->x_train.data, clean->n * 5 * sizeof (float));
  g_assert_cmpmem (clean->y_test, clean->n_test * sizeof (double), noisy->y_test,
                   clean->n_test * sizeof (double));
  for (gsize i = 0; i < clean->n; i++)
    square += pow (noisy->y_train[i] - clean->y_train[i], 2.0) / (double) clean->n;
  /* Five standard errors of a variance from 4 000 draws: 5 √(2/4000) = 11 %. */
  g_assert_cmpfloat_with_epsilon (square, 0.25, 0.11 * 0.25);
}

static void
test_seeds (void)
{
  g_autoptr (EngProblem) a = open_problem ("kind=network\nd=5\nn=50\nseed=3\n");
  g_autoptr (EngProblem) b = open_problem ("kind=network\nd=5\nn=50\nseed=3\n");
  g_autoptr (EngProblem) more = open_problem ("kind=network\nd=5\nn=90\nseed=3\n");
  g_autoptr (EngProblem) other = open_problem ("kind=network\nd=5\nn=50\nseed=4\n");

  g_assert_cmpmem (a->x_train.data, 250 * sizeof (float), b->x_train.data,
                   250 * sizeof (float));
  g_assert_cmpmem (a->y_train, 50 * sizeof (double), b->y_train, 50 * sizeof (double));
  /* More data begin with the same ones, under the same teacher and test set. */
  g_assert_cmpmem (a->x_train.data, 250 * sizeof (float), more->x_train.data,
                   250 * sizeof (float));
  g_assert_cmpmem (a->y_test, a->n_test * sizeof (double), more->y_test,
                   a->n_test * sizeof (double));
  g_assert_cmpint (memcmp (a->x_train.data, other->x_train.data, 250 * sizeof (float)),
                   !=, 0);
  g_assert_cmpfloat (a->directions.data[0], !=, other->directions.data[0]);
  /* Train and test are not the same points. */
  g_assert_cmpfloat (a->x_train.data[0], !=, a->x_test.data[0]);
}

/* --- the split by degree -------------------------------------------------------------------------- */

/* Orthonormal, of the dimension of polynomials on these inputs. */
static void
test_basis (void)
{
  static const gsize want[] = { 20, 21, 21, 21, 16 }; /* d = 5, k = 2 */

  for (gsize l = 0; l < G_N_ELEMENTS (laws); l++)
    {
      g_autofree char *lines = g_strdup_printf (
          "kind=dense-plus-sparse\ndense-degree=2\nd=5\nn=10\nn-test=200\ninputs=%s\n",
          laws[l]);
      g_autoptr (EngProblem) problem = open_problem (lines);
      const EngMat          *basis = &problem->test_basis;
      double                 sum = 0.0;

      g_assert_cmpuint (basis->cols, ==, want[l]);
      for (gsize i = 0; i < basis->cols; i++)
        for (gsize j = 0; j <= i; j++)
          {
            double product = 0.0;

            for (gsize r = 0; r < basis->rows; r++)
              product += basis->data[r * basis->cols + i]
                         * basis->data[r * basis->cols + j];
            g_assert_cmpfloat_with_epsilon (product, i == j ? 1.0 : 0.0, ROUNDING);
          }
      /* The dense parts are inside, the sparse one is what is left. */
      for (gsize i = 0; i < problem->n_test; i++)
        sum += pow (problem->y_test[i], 2.0) / (double) problem->n_test;
      g_assert_cmpfloat (problem->best_low_fit, <=, sum / problem->variance);
      g_assert_cmpfloat (problem->best_low_fit, >=, 0.0);
    }
}

/* A linear teacher is all low; where there are too few points, nothing is claimed. */
static void
test_best_fit (void)
{
  g_autoptr (EngProblem) linear = open_problem (
      "kind=low-rank-polynomial\ndegree=1\nd=5\nn=10\n[observe]\nk=1\n");
  g_autoptr (EngProblem) quadratic = open_problem (
      "kind=low-rank-polynomial\ndegree=2\nd=5\nn=10\nn-test=50000\n");
  g_autoptr (EngProblem) few = open_problem (
      "kind=low-rank-polynomial\ndegree=2\nd=5\nn=10\nn-test=23\n");
  g_autoptr (EngProblem) enough = open_problem (
      "kind=low-rank-polynomial\ndegree=2\nd=5\nn=10\nn-test=24\n");

  g_assert_cmpfloat (linear->best_low_fit, <, ROUNDING);
  /* Orthogonal to degrees <= 1 but for 6/50 000 of sampling, five times over. */
  g_assert_cmpfloat_with_epsilon (quadratic->best_low_fit, 1.0, 1e-3);
  g_assert_cmpuint (few->test_basis.cols, ==, 0);
  g_assert_true (isnan (few->best_low_fit));
  g_assert_cmpuint (enough->test_basis.cols, ==, 6);
}

/* Σ over multi-indices: C(d + k, k); on the sphere n_{<=k}. */
static void
test_monomials (void)
{
  g_autoptr (EngProblem) sphere = open_problem (
      "kind=dense-plus-sparse\ndense-degree=3\nd=4\nn=10\n");
  g_autoptr (EngProblem) gaussian = open_problem (
      "kind=dense-plus-sparse\ndense-degree=3\nd=4\nn=10\ninputs=gaussian\n");

  g_assert_cmpuint (eng_problem_basis_size (4, 3), ==, 35);
  g_assert_cmpuint (eng_problem_basis_size (30, 1), ==, 31);
  g_assert_cmpuint (eng_problem_basis_size (30, 0), ==, 1);
  g_assert_cmpuint (eng_problem_basis_size (10000, 6), ==, G_MAXSIZE);
  g_assert_cmpuint (eng_problem_n_monomials (gaussian), ==, 35);
  g_assert_cmpuint (eng_problem_n_monomials (sphere), ==,
                    eng_harmonics_dimension_up_to (4, 3));
}

/* --- refusals ------------------------------------------------------------------------------------- */

/* Parts that cancel: only the data show it. */
static void
test_constant_target (void)
{
  g_autoptr (EngSpec) spec = fixture_spec (
      "[experiment]\nversion=1\n[problem]\nkind=low-rank-polynomial\nrank=2\nweights=1;-1\n"
      "directions=same\nd=5\nn=10\n[run.1]\nlearner=lazy\nm=10\n");
  g_autoptr (GError)     error = NULL;
  g_autoptr (EngProblem) problem = eng_problem_new (spec, 1e9, NULL, &error);

  g_assert_null (problem);
  g_assert_error (error, ENG_ERROR, ENG_ERROR_INVALID_SPEC);
  g_assert_nonnull (strstr (error->message, "nothing to learn"));
}

/* Labels of unit variance that no input explains, other ones in the test set; f = 0 has
 * loss 1. */
static void
test_random_labels (void)
{
  g_autoptr (EngProblem) problem = open_problem (
      "kind=random-labels\nd=5\nn=20000\nn-test=20000\n");
  double mean = 0.0, square = 0.0, with_input = 0.0;

  for (gsize i = 0; i < problem->n; i++)
    {
      double y = problem->y_train[i];

      mean += y / (double) problem->n;
      square += y * y / (double) problem->n;
      with_input += y * problem->x_train.data[5 * i] / (double) problem->n;
      g_assert_cmpfloat (y, !=, problem->y_test[i]);
    }
  /* Five standard errors. */
  g_assert_cmpfloat (fabs (mean), <, 5 / sqrt (20000));
  g_assert_cmpfloat (fabs (with_input), <, 5 / sqrt (20000));
  g_assert_cmpfloat_with_epsilon (square, 1.0, 5 * sqrt (2.0 / 20000));
  g_assert_cmpfloat_with_epsilon (problem->variance, 1.0, 5 * sqrt (2.0 / 20000));
  g_assert_cmpfloat (problem->best_low_fit, >, 0.99);
  g_assert_cmpuint (problem->n_degrees, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  eng_init ();
  g_test_add_func ("/engine/problems/variance", test_variance);
  g_test_add_func ("/engine/problems/dense-degree", test_dense_degree);
  g_test_add_func ("/engine/problems/directions", test_directions);
  g_test_add_func ("/engine/problems/weights-and-signs", test_weights_and_signs);
  g_test_add_func ("/engine/problems/raw-form", test_raw_form);
  g_test_add_func ("/engine/problems/truth", test_truth);
  g_test_add_func ("/engine/problems/noise", test_noise);
  g_test_add_func ("/engine/problems/seeds", test_seeds);
  g_test_add_func ("/engine/problems/basis", test_basis);
  g_test_add_func ("/engine/problems/best-fit", test_best_fit);
  g_test_add_func ("/engine/problems/monomials", test_monomials);
  g_test_add_func ("/engine/problems/constant-target", test_constant_target);
  g_test_add_func ("/engine/problems/random-labels", test_random_labels);
  return g_test_run ();
}
