/* SPDX-License-Identifier: GPL-3.0-or-later
 * Sums of powers and their refits in F1, the minimisation under them, and the learner that
 * is made of them, against the reference (deep.md section 4) and what must hold at an
 * optimum. */
#include "eng-atoms.h"
#include "eng-experiment.h"
#include "fixture.h"
#include "oracle.h"

#include <math.h>
#include <string.h>

/* The reference says so of its minima. */
#define MINIMUM       1e-8
#define MINIMISER     1e-5
#define MINIMUM_STEPS 2000

/* --- minimisation ------------------------------------------------------------------ */

#define N_ROSENBROCK 10

/* Σ 100 (x_{i+1} − x_i²)² + (1 − x_i)², not a number far away. */
static double
rosenbrock (const double *x, double *gradient, gpointer data)
{
  guint *calls = data;
  double value = 0.0;

  memset (gradient, 0, N_ROSENBROCK * sizeof (double));
  for (gsize i = 0; i + 1 < N_ROSENBROCK; i++)
    {
      double a = x[i + 1] - x[i] * x[i], b = 1.0 - x[i];

      value += 100.0 * a * a + b * b;
      gradient[i] += -400.0 * a * x[i] - 2.0 * b;
      gradient[i + 1] += 200.0 * a;
    }
  (*calls)++;
  return eng_la_norm (N_ROSENBROCK, x) > 5.0 ? NAN : value;
}

static void
test_rosenbrock (void)
{
  g_autoptr (EngArena) arena = eng_arena_new ();
  EngLbfgs             lbfgs;
  double               x[N_ROSENBROCK], before, value;
  guint                calls = 0;
  int                  stop = 1;

  eng_lbfgs_init (&lbfgs, N_ROSENBROCK, arena);
  for (gsize i = 0; i < N_ROSENBROCK; i++)
    x[i] = i % 2 == 0 ? -1.2 : 1.0;
  before = eng_lbfgs_minimise (&lbfgs, N_ROSENBROCK, rosenbrock, &calls, 500, &stop, x);
  g_assert_cmpfloat (x[0], ==, -1.2);
  /* Every step goes down. */
  for (guint i = 0; i < 20; i++)
    {
      value = eng_lbfgs_minimise (&lbfgs, N_ROSENBROCK, rosenbrock, &calls, 1, NULL, x);
      g_assert_cmpfloat (value, <, before);
      before = value;
    }
  (void) eng_lbfgs_minimise (&lbfgs, N_ROSENBROCK, rosenbrock, &calls, 500, NULL, x);
  for (gsize i = 0; i < N_ROSENBROCK; i++)
    g_assert_cmpfloat (fabs (x[i] - 1.0), <, 1e-7);
  g_assert_cmpuint (calls, <, 500);
}

/* --- sums of powers ---------------------------------------------------------------- */

typedef struct
{
  EngArena   *arena;
  Oracle     *oracle;
  EngMatF     x;
  EngPowerSum sum;
} Powers;

/* X of the reference, and the labels times `factor`. */
static void
powers_init (Powers *self, guint degree, const char *y, double factor)
{
  const EngMat *from;
  double       *labels;

  self->arena = eng_arena_new ();
  self->oracle = oracle_load ("function_spaces");
  self->x = oracle_float (self->oracle, "X", self->arena);
  from = oracle_get (self->oracle, y);
  labels = eng_arena_doubles (self->arena, from->rows);
  for (gsize i = 0; i < from->rows; i++)
    labels[i] = factor * from->data[i];
  eng_power_sum_init (&self->sum, degree, &self->x, labels, 8, self->arena);
}

static void
powers_clear (Powers *self)
{
  eng_arena_free (self->arena);
  oracle_free (self->oracle);
}

static char *
name_block (const char *kind, guint degree, const char *what)
{
  return g_strdup_printf ("%s%u.%s", kind, degree, what);
}

static const EngMat *
get_block (const Powers *self, const char *kind, const char *what)
{
  g_autofree char *name = name_block (kind, self->sum.degree, what);

  return oracle_get (self->oracle, name);
}

static void
check_block (const Powers *self,
             const char   *kind,
             const char   *what,
             const double *got,
             double        tolerance)
{
  g_autofree char *name = name_block (kind, self->sum.degree, what);
  const EngMat    *want = oracle_get (self->oracle, name);

  oracle_check (self->oracle, name, want->rows * want->cols, got, tolerance);
}

static void
test_sliding (gconstpointer data)
{
  guint            degree = GPOINTER_TO_UINT (data);
  g_autofree char *y = name_block ("slide", degree, "y");
  Powers           self;
  EngAtoms         atoms;
  const EngMat    *u, *signs;
  EngMat           gradient;
  double           tau, value;

  powers_init (&self, degree, y, 1.0);
  u = get_block (&self, "slide", "U");
  signs = get_block (&self, "slide", "s");
  tau = get_block (&self, "slide", "tau")->data[0];
  gradient = eng_arena_mat (self.arena, u->rows, u->cols);
  value = eng_power_sum_fit (&self.sum, u, signs->data, tau, NULL, &gradient);
  check_block (&self, "slide", "loss", &value, ORACLE_DOUBLE);
  check_block (&self, "slide", "grad", gradient.data, ORACLE_DOUBLE);

  eng_atoms_init (&atoms, &self.sum, 8, self.arena);
  atoms.trial.rows = u->rows;
  memcpy (atoms.trial.data, u->data, u->rows * u->cols * sizeof (double));
  memcpy (atoms.trial_signs, signs->data, u->rows * sizeof (double));
  eng_atoms_slide (&atoms, tau, MINIMUM_STEPS, NULL);
  value = eng_power_sum_fit (&self.sum, &atoms.trial, atoms.trial_signs, tau, NULL, NULL);
  check_block (&self, "slide", "min", &value, MINIMUM);
  check_block (&self, "slide", "U_min", atoms.trial.data, MINIMISER);
  powers_clear (&self);
}

/* Without atoms the errors are the labels, but for their sign. */
static void
test_oracle (gconstpointer data)
{
  guint            degree = GPOINTER_TO_UINT (data);
  g_autofree char *y = name_block ("slide", degree, "y");
  Powers           self;
  const EngMat    *start;
  EngMat           u, slopes, none;
  double           signs[3] = { 1.0, 1.0, 1.0 }, values[3];

  powers_init (&self, degree, y, -1.0);
  start = get_block (&self, "atom", "start");
  u = eng_arena_mat (self.arena, start->rows, start->cols);
  slopes = eng_arena_mat (self.arena, start->rows, start->cols);
  none = (EngMat){ 0, start->cols, u.data };
  for (gsize j = 0; j < start->rows; j++)
    for (gsize i = 0; i < start->cols; i++)
      u.data[j * start->cols + i] = start->data[j * start->cols + i]
                                    / eng_la_norm (start->cols,
                                                   start->data + j * start->cols);
  (void) eng_power_sum_fit (&self.sum, &none, signs, 0.0, NULL, NULL);
  for (guint step = 1; step <= 5; step++)
    {
      eng_power_sum_climb (&self.sum, &u, signs, NULL, values, &slopes);
      if (step == 1)
        check_block (&self, "atom", "U1", u.data, ORACLE_DOUBLE);
    }
  check_block (&self, "atom", "U5", u.data, ORACLE_DOUBLE);
  eng_power_sum_correlate (&self.sum, &u, NULL, values, &slopes);
  check_block (&self, "atom", "value", values, ORACLE_DOUBLE);
  powers_clear (&self);
}

/* At the best coefficients every atom that is left correlates with the errors by exactly λ,
 * against its sign; one that was dropped by less; and what is left is in order. */
static void
test_reweight (gconstpointer data)
{
  guint              degree = GPOINTER_TO_UINT (data);
  g_autoptr (EngRng) rng = eng_rng_new (7, "test", 0);
  Powers             self;
  EngAtoms           atoms;
  EngMat             w, slopes;
  double             lambda = 0.05, values[6];

  powers_init (&self, degree, "y", 1.0);
  eng_atoms_init (&atoms, &self.sum, 6, self.arena);
  w = eng_arena_mat (self.arena, 6, 5);
  slopes = eng_arena_mat (self.arena, 6, 5);
  for (gsize j = 0; j < 6; j++)
    {
      eng_rng_fill_direction (rng, 5, w.data + 5 * j);
      atoms.u.rows = j;
      eng_atoms_append (&atoms, w.data + 5 * j, j % 2 == 0 ? 0.1 : -0.1);
      memcpy (atoms.u.data, atoms.trial.data, (j + 1) * 5 * sizeof (double));
      memcpy (atoms.signs, atoms.trial_signs, (j + 1) * sizeof (double));
    }
  eng_atoms_reweight (&atoms, lambda, NULL);
  eng_atoms_take (&atoms);
  g_assert_cmpuint (atoms.u.rows, >, 0);
  (void) eng_power_sum_fit (&self.sum, &atoms.u, atoms.signs, lambda, NULL, NULL);
  for (gsize j = 0; j < atoms.u.rows; j++)
    {
      double *row = atoms.u.data + 5 * j, norm = eng_la_norm (5, row);

      g_assert_true (j == 0 || norm <= eng_la_norm (5, row - 5));
      for (gsize i = 0; i < 5; i++)
        row[i] /= norm;
    }
  slopes.rows = atoms.u.rows;
  eng_power_sum_correlate (&self.sum, &atoms.u, NULL, values, &slopes);
  for (gsize j = 0; j < atoms.u.rows; j++)
    g_assert_cmpfloat (fabs (values[j] + lambda * atoms.signs[j]), <, 1e-9);
  slopes.rows = 6;
  eng_power_sum_correlate (&self.sum, &w, NULL, values, &slopes);
  for (gsize j = 0; j < 6; j++)
    g_assert_cmpfloat (fabs (values[j]), <, lambda + 1e-9);
  powers_clear (&self);
}

/* --- learner ----------------------------------------------------------------------- */

/* Sixty steps of each refit leave so much of the objective. */
#define F1_OBJECTIVE   1e-4
#define F1_EIGENVALUES 1e-2

/* F1 of the square, atom by atom, is the nuclear norm; and it knows when it is done. */
static void
test_square (void)
{
  Fixture           fixture;
  Student           student;
  Oracle           *oracle = oracle_load ("function_spaces");
  EngMatF           x;
  EngStatus         status;
  double            columns[4], objective, values[5] = { 0 };
  const EngLowRank *l;
  const double     *y = oracle_get (oracle, "y")->data;

  fixture_init (&fixture, 1);
  x = oracle_float (oracle, "X", fixture.arena);
  fixture_set_train (&fixture, &x, y);
  student_init (&student, &fixture, "frank-wolfe", "lambda=0.125\natoms=20\n");
  student_prepare (&student, &fixture, NULL);
  do
    status = eng_learner_step (student.learner, NULL);
  while (status == ENG_STATUS_CONTINUE);
  g_assert_cmpint (status, ==, ENG_STATUS_FINISHED);
  student.learner->klass->measure (student.learner, columns);
  g_assert_cmpfloat (columns[0], <, 20);
  g_assert_cmpfloat (columns[2], <, 1.01);
  objective = 0.5 * student.learner->train_loss + 0.125 * columns[1];
  oracle_check_value (oracle, "f1_1.objective", objective, F1_OBJECTIVE);
  l = eng_learner_low_rank (student.learner);
  memcpy (values, l->s, MIN (l->rank, 5) * sizeof (double));
  oracle_check (oracle, "f1_1.eigenvalues", 5, values, F1_EIGENVALUES);
  student_clear (&student);
  fixture_clear (&fixture);
  oracle_free (oracle);
}

/* A penalty that changes while it runs is that of the present atoms from the next step on. */
static void
test_live (void)
{
  Fixture       fixture;
  Student       student;
  Oracle       *oracle = oracle_load ("function_spaces");
  EngMatF       x;
  double        before[4], after[4];
  const double *y = oracle_get (oracle, "y")->data;

  fixture_init (&fixture, 1);
  x = oracle_float (oracle, "X", fixture.arena);
  fixture_set_train (&fixture, &x, y);
  student_init (&student, &fixture, "frank-wolfe", "degree=3\nlambda=0.01\natoms=3\n");
  student_prepare (&student, &fixture, NULL);
  for (guint step = 0; step < 3; step++)
    g_assert_cmpint (eng_learner_step (student.learner, NULL), ==, ENG_STATUS_CONTINUE);
  student.learner->klass->measure (student.learner, before);
  eng_learner_set_live (student.learner, "lambda", 0.5);
  g_assert_cmpint (eng_learner_step (student.learner, NULL), ==, ENG_STATUS_CONTINUE);
  student.learner->klass->measure (student.learner, after);
  g_assert_cmpfloat (after[1], <, 0.9 * before[1]);
  g_assert_cmpfloat (after[3], >, 0.0);
  student_clear (&student);
  fixture_clear (&fixture);
  oracle_free (oracle);
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  eng_init ();
  g_test_add_func ("/engine/atoms/rosenbrock", test_rosenbrock);
  for (guint degree = 3; degree <= 4; degree++)
    {
      g_autofree char *slide = g_strdup_printf ("/engine/atoms/sliding/%u", degree);
      g_autofree char *oracle = g_strdup_printf ("/engine/atoms/oracle/%u", degree);
      g_autofree char *weights = g_strdup_printf ("/engine/atoms/reweight/%u", degree);

      g_test_add_data_func (slide, GUINT_TO_POINTER (degree), test_sliding);
      g_test_add_data_func (oracle, GUINT_TO_POINTER (degree), test_oracle);
      g_test_add_data_func (weights, GUINT_TO_POINTER (degree), test_reweight);
    }
  g_test_add_func ("/engine/atoms/square", test_square);
  g_test_add_func ("/engine/atoms/live", test_live);
  status = g_test_run ();
  oracle_report ();
  return status;
}
