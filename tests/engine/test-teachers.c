/* SPDX-License-Identifier: GPL-3.0-or-later
 * Teachers' parts against the reference: zonal harmonics, monomials, Hermite polynomials,
 * sums of them, the dense form of degree 2 and the network. */
#include "eng-deeper.h"
#include "eng-error.h"
#include "eng-experiment.h"
#include "eng-harmonics.h"
#include "eng-quad.h"
#include "eng-ridge-sum.h"
#include "fixture.h"
#include "oracle.h"

#include <math.h>
#include <string.h>

/* Quadrature of polynomials of degree <= 12 is exact up to rounding. */
#define ROUNDING 1e-11

static const gsize dimensions[] = { 5, 16, 40 };

static EngRidge
make_ridge (EngLaw law, gsize d, guint degree, gboolean raw)
{
  EngInputs          inputs = { law, d, 0.0 };
  EngRidge           ridge;
  g_autoptr (GError) error = NULL;

  /* Closed forms need neither direction nor random numbers. */
  eng_ridge_init (&ridge, &inputs, degree, raw, NULL, NULL, &error);
  g_assert_no_error (error);
  return ridge;
}

static void
test_zonal (void)
{
  g_autoptr (Oracle) oracle = oracle_load ("teachers");
  double             worst = 0.0;

  for (gsize i = 0; i < G_N_ELEMENTS (dimensions); i++)
    {
      g_autofree char *u_name = g_strdup_printf ("u_d%zu", dimensions[i]);
      g_autofree char *zonal_name = g_strdup_printf ("zonal_d%zu", dimensions[i]);
      const EngMat    *u = oracle_get (oracle, u_name);
      const EngMat    *want = oracle_get (oracle, zonal_name);

      for (guint p = 1; p < want->cols; p++)
        {
          EngRidge ridge = make_ridge (ENG_LAW_SPHERE, dimensions[i], p, FALSE);
          double   got[16], column[16];

          for (gsize j = 0; j < u->rows; j++)
            {
              got[j] = eng_ridge_evaluate (&ridge, u->data[j]);
              column[j] = want->data[j * want->cols + p];
            }
          worst = fmax (worst, oracle_error (u->rows, got, column));
        }
    }
  g_test_message ("worst error %.3g", worst);
  g_assert_cmpfloat (worst, <=, ORACLE_DOUBLE);
}

/* Mean and standard deviation of scale (β·x)^p on the sphere. */
static void
moments (const EngRidge *ridge, double *mean, double *deviation)
{
  double nodes[ENG_QUAD_GEGENBAUER_NODES], weights[ENG_QUAD_GEGENBAUER_NODES];
  double square = 0.0;

  *mean = 0.0;
  eng_quad_gegenbauer (ridge->d, nodes, weights);
  for (gsize i = 0; i < ENG_QUAD_GEGENBAUER_NODES; i++)
    {
      double value = eng_ridge_evaluate (ridge, sqrt ((double) ridge->d) * nodes[i]);

      *mean += weights[i] * value;
      square += weights[i] * value * value;
    }
  g_assert_cmpfloat_with_epsilon (square, 1.0, ROUNDING);
  *deviation = sqrt (square - *mean * *mean);
}

/* Columns of the case: second moment, its inverse root, mean, standard deviation. */
static void
check_monomials (const Oracle *oracle, EngLaw law, gsize d, const char *block)
{
  const EngMat *want = oracle_get (oracle, block);

  for (guint p = 1; p <= want->rows; p++)
    {
      const double *row = want->data + (p - 1) * want->cols;
      EngRidge      ridge = make_ridge (law, d, p, TRUE);
      double        mean, deviation;

      g_assert_cmpfloat_with_epsilon (ridge.scale, row[1], ORACLE_DOUBLE * row[1]);
      g_assert_cmpfloat_with_epsilon (1.0 / (ridge.scale * ridge.scale), row[0],
                                      ORACLE_DOUBLE * row[0]);
      g_assert_cmpfloat_with_epsilon (eng_ridge_evaluate (&ridge, -1.5),
                                      row[1] * pow (-1.5, p),
                                      ORACLE_DOUBLE * row[1] * pow (1.5, p));
      if (law != ENG_LAW_SPHERE)
        continue;
      moments (&ridge, &mean, &deviation);
      g_assert_cmpfloat_with_epsilon (mean, row[1] * row[2], ROUNDING);
      g_assert_cmpfloat_with_epsilon (deviation, row[1] * row[3], ROUNDING);
    }
}

static void
test_monomials (void)
{
  g_autoptr (Oracle) oracle = oracle_load ("teachers");

  for (gsize i = 0; i < G_N_ELEMENTS (dimensions); i++)
    {
      g_autofree char *block = g_strdup_printf ("monomial_d%zu", dimensions[i]);

      check_monomials (oracle, ENG_LAW_SPHERE, dimensions[i], block);
    }
  check_monomials (oracle, ENG_LAW_GAUSSIAN, 5, "monomial_gauss");
}

/* --- sums ------------------------------------------------------------------------------- */

typedef struct
{
  Oracle     *oracle;
  Fixture     fixture;
  EngMatF     x;
  EngRidgeSum sum;
} Sum;

/* A sum along the rows of `directions`, made unit. */
static void
sum_init (Sum *self, EngLaw law, const char *directions)
{
  const EngMat *rows;

  self->oracle = oracle_load ("teachers");
  fixture_init (&self->fixture, 1);
  self->x = oracle_float (self->oracle, "X", self->fixture.arena);
  self->fixture.problem.inputs = (EngInputs){ law, self->x.cols, 0.0 };
  rows = oracle_get (self->oracle, directions);
  eng_ridge_sum_init (&self->sum, rows->rows, rows->cols, self->fixture.arena);
  for (gsize s = 0; s < rows->rows; s++)
    {
      const double *from = rows->data + s * rows->cols;
      double        norm = eng_la_norm (rows->cols, from);

      for (gsize j = 0; j < rows->cols; j++)
        self->sum.directions.data[s * rows->cols + j] = from[j] / norm;
    }
}

static void
sum_check (Sum *self, const guint *degrees, gboolean raw, const char *block)
{
  EngProblem        *problem = &self->fixture.problem;
  gsize              n = self->x.rows;
  g_autofree double *y = g_new0 (double, n), *parts = g_new0 (double, 3 * n);
  g_autoptr (GError) error = NULL;

  eng_ridge_sum_normalise (&self->sum, problem, degrees, raw, NULL, &error);
  g_assert_no_error (error);
  eng_ridge_sum_add (&self->sum, problem, &self->x, y, parts);
  oracle_check (self->oracle, block, n, y, ORACLE_DOUBLE);
  /* The parts are what the sum is made of. */
  for (gsize i = 0; i < n; i++)
    {
      for (guint p = 0; p < problem->n_degrees; p++)
        y[i] -= parts[p * n + i];
      g_assert_cmpfloat_with_epsilon (y[i], 0.0, ROUNDING);
    }
}

static void
sum_clear (Sum *self)
{
  oracle_free (self->oracle);
  fixture_clear (&self->fixture);
}

static void
check_case_sum (EngLaw law, gboolean raw, const char *block)
{
  Sum   self;
  guint degrees[3];

  sum_init (&self, law, "B");
  for (gsize s = 0; s < 3; s++)
    {
      degrees[s] = (guint) oracle_get (self.oracle, "degree")->data[s];
      self.sum.coefficients[s] = oracle_get (self.oracle, "coef")->data[s];
    }
  sum_check (&self, degrees, raw, block);
  sum_clear (&self);
}

static void
test_sums (void)
{
  check_case_sum (ENG_LAW_SPHERE, FALSE, "y_zonal");
  check_case_sum (ENG_LAW_GAUSSIAN, FALSE, "y_hermite");
  check_case_sum (ENG_LAW_SPHERE, TRUE, "y_monomial");
}

/* Σ He₄ (b·x) / √(24 R) with orthonormal b. */
static void
test_hermite_sum (void)
{
  const guint degrees[] = { 4, 4, 4 };
  Sum         self;

  sum_init (&self, ENG_LAW_GAUSSIAN, "Q");
  for (gsize s = 0; s < 3; s++)
    self.sum.coefficients[s] = sqrt (1.0 / 3.0);
  sum_check (&self, degrees, FALSE, "y_he4");
  g_assert_cmpuint (self.fixture.problem.n_degrees, ==, 1);
  sum_clear (&self);
}

/* --- the dense form ---------------------------------------------------------------------- */

/* The teacher's degree-2 part at one point. */
static double
form_at (EngProblem *problem, const float *point)
{
  double  y, parts[3];
  EngMatF x = { 1, problem->d, (float *) point };

  memset (parts, 0, sizeof parts);
  problem->klass->target (problem, &x, &y, parts);
  for (guint p = 0; p < problem->n_degrees; p++)
    if (problem->degrees[p] == 2)
      return parts[p];
  g_assert_not_reached ();
}

/* M of x'Mx by polarisation. */
static double
form_entry (EngProblem *problem, gsize i, gsize j)
{
  g_autofree float *x = g_new0 (float, problem->d);
  double            both, first, second;

  x[i] = 1.0f;
  first = form_at (problem, x);
  if (i == j)
    return first;
  x[j] = 1.0f;
  both = form_at (problem, x);
  x[i] = 0.0f;
  second = form_at (problem, x);
  return 0.5 * (both - first - second);
}

/* tr M = 0 and variance 1/3, a third of the teacher's, by the formula of the law: the one
 * that the matrices of the case satisfy. */
static void
check_form (const char *law, double per_square)
{
  g_autofree char       *text = g_strdup_printf ("[experiment]\nversion=1\n[problem]\n"
                                                       "kind=dense-plus-sparse\ndense-degree=2\nd=5\n"
                                                       "n=10\nn-test=50\ninputs=%s\n"
                                                       "[run.1]\nlearner=lazy\n",
                                                 law);
  g_autoptr (EngSpec)    spec = fixture_spec (text);
  g_autoptr (GError)     error = NULL;
  g_autoptr (EngProblem) problem = eng_problem_new (spec, 1e9, NULL, &error);
  double                 trace = 0.0, square = 0.0;

  g_assert_no_error (error);
  for (gsize i = 0; i < 5; i++)
    for (gsize j = 0; j < 5; j++)
      {
        double entry = form_entry (problem, i, j);

        square += entry * entry;
        trace += i == j ? entry : 0.0;
      }
  g_assert_cmpfloat_with_epsilon (trace, 0.0, ROUNDING);
  g_assert_cmpfloat_with_epsilon (per_square * square, 1.0 / 3.0, ROUNDING);
}

static void
test_dense_form (void)
{
  g_autoptr (Oracle) oracle = oracle_load ("teachers");
  const EngMat      *m = oracle_get (oracle, "M"), *g = oracle_get (oracle, "M_gauss");
  double             sphere = 2.0 * 5.0 / 7.0, gaussian = 2.0;

  g_assert_cmpfloat_with_epsilon (sphere * eng_la_dot (25, m->data, m->data), 1.0,
                                  ROUNDING);
  g_assert_cmpfloat_with_epsilon (gaussian * eng_la_dot (25, g->data, g->data), 1.0,
                                  ROUNDING);
  check_form ("sphere", sphere);
  check_form ("gaussian", gaussian);
}

/* --- the network -------------------------------------------------------------------------- */

/* Σ a_s relu (b_s·x) with the problem's own directions, for exactly one choice of signs. */
static void
test_network (void)
{
  g_autoptr (EngSpec) spec = fixture_spec (
      "[experiment]\nversion=1\n[problem]\nkind=network\nd=5\nn=40\nrank=3\n"
      "centre=false\nscale=false\ninputs=gaussian\n[run.1]\nlearner=lazy\n");
  g_autoptr (GError)     error = NULL;
  g_autoptr (EngProblem) problem = eng_problem_new (spec, 1e9, NULL, &error);
  guint                  n_fitting = 0;

  g_assert_no_error (error);
  for (guint pattern = 0; pattern < 8; pattern++)
    {
      double worst = 0.0;

      for (gsize i = 0; i < problem->n; i++)
        {
          double y = 0.0;

          for (gsize s = 0; s < 3; s++)
            {
              double u = 0.0;

              for (gsize j = 0; j < 5; j++)
                u += problem->directions.data[s * 5 + j]
                     * problem->x_train.data[i * 5 + j];
              y += ((pattern >> s) & 1 ? 1.0 : -1.0) * fmax (u, 0.0);
            }
          worst = fmax (worst, fabs (y - problem->y_train[i]));
        }
      n_fitting += worst < ROUNDING;
    }
  g_assert_cmpuint (n_fitting, ==, 1);
}

/* A part without variance is refused: degree 0, and even powers of signs along an axis. */
static void
test_constant_parts (void)
{
  EngInputs          inputs = { ENG_LAW_SIGNS, 4, 0.0 };
  const double       axis[] = { 1, 0, 0, 0 };
  g_autoptr (EngRng) rng = eng_rng_new (1, "teacher", 0);
  EngRidge           ridge;

  for (guint degree = 0; degree <= 2; degree += 2)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (eng_ridge_init (&ridge, &inputs, degree, FALSE, axis, rng, &error));
      g_assert_error (error, ENG_ERROR, ENG_ERROR_INVALID_SPEC);
      g_assert_nonnull (strstr (error->message, degree == 0 ? "degree 0" : "degree 2"));
    }
  g_assert_true (eng_ridge_init (&ridge, &inputs, 1, FALSE, axis, rng, NULL));
}

/* (β·g)² − 1 and the same with 3 v·g, β = (1, −1, 1)/√3, v = (1, 1, −1)/√3. */
static void
test_deeper (void)
{
  static const double beta[] = { 1, -1, 1 }, v[] = { 1, 1, -1 };
  Sum                 self;
  EngDeeper           deeper;
  g_autofree double  *y = NULL;

  sum_init (&self, ENG_LAW_GAUSSIAN, "Q");
  y = g_new (double, self.x.rows);
  eng_deeper_init (&deeper, 3, 1, self.x.cols, self.fixture.arena);
  deeper.directions = self.sum.directions;
  deeper.weights[0] = 1;
  deeper.powers[0] = 2;
  for (guint l = 0; l < 3; l++)
    {
      deeper.parts[l] = make_ridge (ENG_LAW_GAUSSIAN, self.x.cols, 2, FALSE);
      deeper.mixtures.data[l] = beta[l] / sqrt (3);
    }
  for (guint linear = 0; linear < 2; linear++)
    {
      for (guint l = 0; l < 3; l++)
        deeper.linear[l] = 3 * linear * v[l] / sqrt (3);
      eng_deeper_evaluate (&deeper, &self.x, y);
      for (gsize i = 0; i < self.x.rows; i++)
        y[i] -= 1;
      oracle_check (self.oracle, linear == 0 ? "y_deep" : "y_deep_linear", self.x.rows, y,
                    ORACLE_DOUBLE);
    }
  sum_clear (&self);
}

/* Two outer parts with polynomials of their own: 2 h_1 (u_1·x)³ + (h_2 (u_2·x) − h_2
 * (u_3·x))² + 5 h_2 (u_3·x). */
static void
test_deeper_parts (void)
{
  Sum       self;
  EngDeeper deeper;
  double    y;

  sum_init (&self, ENG_LAW_GAUSSIAN, "Q");
  eng_deeper_init (&deeper, 3, 2, self.x.cols, self.fixture.arena);
  g_assert_cmpuint (eng_deeper_get_first (&deeper, 1), ==, 1);
  g_assert_cmpuint (eng_deeper_get_first (&deeper, 2), ==, 3);
  deeper.directions = self.sum.directions;
  for (guint l = 0; l < 3; l++)
    {
      deeper.parts[l] = make_ridge (ENG_LAW_GAUSSIAN, self.x.cols, l == 0 ? 1 : 2, FALSE);
      deeper.mixtures.data[(l > 0) * 3 + l] = l == 2 ? -1 : 1;
      deeper.linear[l] = l == 2 ? 5 : 0;
    }
  deeper.weights[0] = 2;
  deeper.powers[0] = 3;
  deeper.weights[1] = 1;
  deeper.powers[1] = 2;
  for (gsize i = 0; i < self.x.rows; i++)
    {
      EngMatF row = eng_matf_rows (&self.x, i, 1);
      double  u[3], h[3];

      for (gsize l = 0; l < 3; l++)
        {
          eng_inputs_project (&row, deeper.directions.data + l * self.x.cols, &u[l]);
          h[l] = (u[l] * u[l] - 1) / sqrt (2);
        }
      eng_deeper_evaluate (&deeper, &row, &y);
      g_assert_cmpfloat_with_epsilon (y,
                                      2 * pow (u[0], 3) + pow (h[1] - h[2], 2) + 5 * h[2],
                                      ROUNDING * (1 + fabs (y)));
    }
  sum_clear (&self);
}

int
main (int argc, char **argv)
{
  int result;

  g_test_init (&argc, &argv, NULL);
  eng_init ();
  g_test_add_func ("/engine/teachers/zonal", test_zonal);
  g_test_add_func ("/engine/teachers/monomials", test_monomials);
  g_test_add_func ("/engine/teachers/sums", test_sums);
  g_test_add_func ("/engine/teachers/hermite-sum", test_hermite_sum);
  g_test_add_func ("/engine/teachers/deeper", test_deeper);
  g_test_add_func ("/engine/teachers/deeper-parts", test_deeper_parts);
  g_test_add_func ("/engine/teachers/dense-form", test_dense_form);
  g_test_add_func ("/engine/teachers/network", test_network);
  g_test_add_func ("/engine/teachers/constant-parts", test_constant_parts);
  result = g_test_run ();
  oracle_report ();
  return result;
}
