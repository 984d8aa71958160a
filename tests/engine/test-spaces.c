/* SPDX-License-Identifier: GPL-3.0-or-later
 * Function spaces of monomial activations against the reference: F2 as a ridge, F1 as a
 * nuclear norm and as weight decay (deep.md section 4). */
#include "eng-experiment.h"
#include "fixture.h"
#include "oracle.h"

#include <math.h>
#include <string.h>

/* K of the interpolant has a condition number of 3e4. */
#define INTERPOLANT 1e-9
/* FISTA, run until rounding, against a reference that stopped at a gap of 1e-9. */
#define CONVEX_STEPS     6000
#define CONVEX_OBJECTIVE 1e-8
#define CONVEX_MATRIX    1e-4

typedef struct
{
  Oracle *oracle;
  Fixture fixture;
  Student student;
} Space;

/* A learner on X of the reference and the targets in block `y`. */
static void
space_init (Space *self, const char *y, const char *learner, const char *settings)
{
  EngMatF x;

  self->oracle = oracle_load ("function_spaces");
  fixture_init (&self->fixture, 1);
  x = oracle_float (self->oracle, "X", self->fixture.arena);
  fixture_set_train (&self->fixture, &x, oracle_get (self->oracle, y)->data);
  student_init (&self->student, &self->fixture, learner, settings);
  student_prepare (&self->student, &self->fixture, NULL);
}

static void
space_clear (Space *self)
{
  student_clear (&self->student);
  fixture_clear (&self->fixture);
  oracle_free (self->oracle);
}

static void
take_steps (Space *self, guint n)
{
  for (guint i = 0; i < n; i++)
    g_assert_cmpint (eng_learner_step (self->student.learner, NULL), ==,
                     ENG_STATUS_CONTINUE);
}

/* What it has estimated as (d, d) numbers. */
static EngMat
expand (Space *self)
{
  const EngLowRank *l = eng_learner_low_rank (self->student.learner);
  gsize             d = l->u.cols;
  EngMat            all = eng_arena_mat (self->fixture.arena, d, d);

  for (gsize k = 0; k < l->rank; k++)
    for (gsize i = 0; i < d; i++)
      for (gsize j = 0; j < d; j++)
        all.data[i * d + j] += l->s[k] * l->u.data[k * d + i] * l->u.data[k * d + j];
  return all;
}

/* Predictions on the samples.  (transfer full) */
static float *
predict (Space *self)
{
  const EngMatF *x = &self->fixture.problem.x_train;
  float         *f = g_new (float, x->rows);

  eng_learner_predict (self->student.learner, x, NULL, NULL, f);
  return f;
}

/* (1/2n) Σ (x_iᵀ M x_i − y_i)² + τ ‖M‖_* */
static double
measure_objective (Space *self, double tau)
{
  const EngProblem  *problem = &self->fixture.problem;
  const EngLowRank  *l = eng_learner_low_rank (self->student.learner);
  g_autofree double *f = g_new (double, problem->n);
  double             sum = 0.0;

  eng_low_rank_evaluate (l, &problem->x_train, NULL, f);
  for (gsize i = 0; i < problem->n; i++)
    sum += 0.5 / (double) problem->n * pow (f[i] - problem->y_train[i], 2.0);
  for (gsize j = 0; j < l->rank; j++)
    sum += tau * fabs (l->s[j]);
  return sum;
}

/* --- F2 ---------------------------------------------------------------------------- */

static void
test_interpolant (void)
{
  Space  self;
  EngMat got;

  space_init (&self, "y", "frobenius", "objective=plain\nridge=0\n");
  take_steps (&self, 1);
  got = expand (&self);
  oracle_check (self.oracle, "f2_interpolant", 25, got.data, INTERPOLANT);
  oracle_check_value (self.oracle, "f2_interpolant_norm", eng_la_norm (25, got.data),
                      INTERPOLANT);
  space_clear (&self);
}

static void
test_ridge (void)
{
  Space  self;
  EngMat got;

  space_init (&self, "y", "frobenius", "objective=plain\nridge=0.125\n");
  take_steps (&self, 1);
  got = expand (&self);
  oracle_check (self.oracle, "f2_ridge", 25, got.data, ORACLE_DOUBLE);
  space_clear (&self);
}

/* F2 of z³ is kernel ridge with (x·x')³. */
static void
test_cubic (void)
{
  Space             self, other;
  g_autofree float *f = NULL, *g = NULL;

  space_init (&self, "slide3.y", "frobenius", "degree=3\nobjective=plain\nridge=0.01\n");
  space_init (&other, "slide3.y", "kernel-ridge",
              "kernel=polynomial\ndegree=3\nbias-coordinate=false\nridge=0.01\n");
  g_assert_null (eng_learner_low_rank (self.student.learner));
  take_steps (&self, 1);
  take_steps (&other, 1);
  f = predict (&self);
  g = predict (&other);
  g_assert_cmpmem (f, 12 * sizeof (float), g, 12 * sizeof (float));
  g_assert_cmpint (eng_learner_step (self.student.learner, NULL), ==,
                   ENG_STATUS_FINISHED);
  space_clear (&other);
  space_clear (&self);
}

/* Centred, a constant in the labels is one in the predictions, whatever the degree and the
 * ridge; plain it is not. */
static void
test_constant (gconstpointer data)
{
  guint       degree = GPOINTER_TO_UINT (data);
  const char *objectives[] = { "centred", "plain" };

  for (gsize i = 0; i < G_N_ELEMENTS (objectives); i++)
    {
      g_autofree char  *settings = g_strdup_printf ("degree=%u\nridge=1\nobjective=%s\n",
                                                    degree, objectives[i]);
      Space             self, moved;
      g_autofree float *f = NULL, *g = NULL;
      float             largest = 0.0f;

      space_init (&self, "y", "frobenius", settings);
      space_init (&moved, "y", "frobenius", settings);
      for (gsize j = 0; j < 12; j++)
        moved.fixture.problem.y_train[j] += 8.0;
      take_steps (&self, 1);
      take_steps (&moved, 1);
      f = predict (&self);
      g = predict (&moved);
      for (gsize j = 0; j < 12; j++)
        largest = MAX (largest, fabsf (g[j] - f[j] - 8.0f));
      if (i == 0)
        g_assert_cmpfloat (largest, <, 1e-5);
      else
        g_assert_cmpfloat (largest, >, 1.0);
      space_clear (&moved);
      space_clear (&self);
    }
}

/* What the step leaves of the samples has one measure for every degree: its standard
 * deviation, relative to theirs, whatever constant is added to them. */
static void
test_residual (gconstpointer data)
{
  guint             degree = GPOINTER_TO_UINT (data);
  g_autofree char  *settings = g_strdup_printf ("degree=%u\nridge=1\n", degree);
  Space             self;
  g_autofree float *f = NULL;
  double            values[8], left[12], *y;

  space_init (&self, "y", "frobenius", settings);
  y = self.fixture.problem.y_train;
  for (gsize i = 0; i < 12; i++)
    y[i] += 8.0;
  take_steps (&self, 1);
  f = predict (&self);
  for (gsize i = 0; i < 12; i++)
    left[i] = y[i] - (double) f[i];
  self.student.learner->klass->measure (self.student.learner, values);
  g_assert_cmpfloat_with_epsilon (
      values[0], eng_la_spread (12, left, NULL) / eng_la_spread (12, y, NULL), 1e-5);
  space_clear (&self);
}

static EngSnapshot *
run_one_sample (const char *run)
{
  g_autofree char *text = g_strdup_printf (
      "[experiment]\nversion=1\n[problem]\nkind=low-rank-polynomial\nd=3\nn=1\n"
      "[run.1]\n%s\n",
      run);
  g_autoptr (EngSpec)       spec = fixture_spec (text);
  g_autoptr (GError)        error = NULL;
  g_autoptr (EngExperiment) experiment = eng_experiment_new (spec, 1, NULL, &error);

  g_assert_no_error (error);
  g_assert_true (eng_experiment_prepare (experiment, NULL, NULL, &error));
  while (eng_experiment_advance (experiment, 100) == ENG_STATUS_CONTINUE)
    ;
  return eng_experiment_snapshot (experiment);
}

/* A single sample leaves nothing to a centred fit but the constant, where there is one. */
static void
test_one_sample (void)
{
  static const char *const runs[] = { "learner=frobenius",
                                      "learner=frobenius\ndegree=3" };
  g_autoptr (EngSnapshot)  nuclear = run_one_sample ("learner=nuclear-norm\nsteps=30");

  for (gsize i = 0; i < G_N_ELEMENTS (runs); i++)
    {
      g_autoptr (EngSnapshot) snapshot = run_one_sample (runs[i]);
      const EngRunView       *view = &snapshot->runs[0];

      g_assert_cmpint (view->status, ==, ENG_STATUS_FINISHED);
      g_assert_cmpfloat (eng_trace_get_last (view->trace, "train-loss"), <, 1e-10);
    }
  g_assert_cmpint (nuclear->runs[0].status, ==, ENG_STATUS_FINISHED);
  g_assert_cmpfloat (eng_trace_get_last (nuclear->runs[0].trace, "rank"), ==, 0.0);
}

/* --- F1 of the square -------------------------------------------------------------- */

static void
test_nuclear_norm (gconstpointer data)
{
  const char        *name = data;
  g_autofree char   *tau_block = g_strconcat (name, ".tau", NULL);
  g_autofree char   *matrix = g_strconcat (name, ".M", NULL);
  g_autofree char   *objective = g_strconcat (name, ".objective", NULL);
  g_autofree char   *eigenvalues = g_strconcat (name, ".eigenvalues", NULL);
  g_autofree char   *settings = NULL;
  g_autoptr (Oracle) oracle = oracle_load ("function_spaces");
  double             tau = oracle_scalar (oracle, tau_block), values[5] = { 0 };
  const EngLowRank  *l;
  Space              self;
  EngMat             got;

  settings = g_strdup_printf ("objective=plain\nlambda=%g\n", tau);
  space_init (&self, "y", "nuclear-norm", settings);
  take_steps (&self, CONVEX_STEPS);
  got = expand (&self);
  oracle_check (self.oracle, matrix, 25, got.data, CONVEX_MATRIX);
  oracle_check_value (self.oracle, objective, measure_objective (&self, tau),
                      CONVEX_OBJECTIVE);
  l = eng_learner_low_rank (self.student.learner);
  memcpy (values, l->s, l->rank * sizeof (double));
  oracle_check (self.oracle, eigenvalues, 5, values, CONVEX_MATRIX);
  space_clear (&self);
}

/* --- weight decay ------------------------------------------------------------------ */

/* A step this long makes the weights themselves negligible: W − W′ = length × gradient. */
#define LONG_STEP 65536.0

/* The reference's neurons u, whose output weights alternate, in the order of ours, half of
 * them positive; ours are v = (√m/α)^½ u. */
static gsize
find_row (gsize r, gsize m)
{
  return r < m / 2 ? 2 * r : 2 * (r - m / 2) + 1;
}

/* (1/2n) Σ (α f − y)² + γ Σ |u|², with the learner's own data term. */
static double
measure_decayed (const Space *self, double alpha, double decay)
{
  const EngTwoLayer *net = self->student.net;
  double             unit = sqrt ((double) net->m) / alpha, sum = 0.0;

  for (gsize i = 0; i < net->m * net->d; i++)
    sum += pow ((double) net->w0.data[i] + net->w.data[i], 2.0);
  return 0.5 * self->student.learner->train_loss + decay * sum / unit;
}

static void
test_decay_gradient (gconstpointer data)
{
  const char   *settings = data;
  Space         self;
  EngTwoLayer  *net;
  const EngMat *u;
  double        alpha, unit, decay, gradient[30], loss;

  space_init (&self, "y", "network", settings);
  net = self.student.net;
  u = oracle_get (self.oracle, "net.W");
  decay = oracle_scalar (self.oracle, "net.wd");
  alpha = eng_settings_get_double (self.student.learner->context.settings, "alpha");
  unit = sqrt (sqrt ((double) net->m) / alpha);
  for (gsize r = 0; r < u->rows; r++)
    for (gsize j = 0; j < u->cols; j++)
      net->w0.data[r * u->cols + j]
          = (float) (unit * u->data[find_row (r, u->rows) * u->cols + j]);
  eng_learner_set_live (self.student.learner, "step-size", LONG_STEP);
  take_steps (&self, 1);
  for (gsize r = 0; r < u->rows; r++)
    for (gsize j = 0; j < u->cols; j++)
      gradient[find_row (r, u->rows) * u->cols + j] = -alpha * alpha * unit
                                                      * net->w.data[r * u->cols + j]
                                                      / LONG_STEP;
  oracle_check (self.oracle, "net.grad", 30, gradient, ORACLE_FLOAT);
  memset (net->w.data, 0, net->m * net->d * sizeof (float));
  loss = measure_decayed (&self, alpha, decay);
  oracle_check_value (self.oracle, "net.loss", loss, ORACLE_FLOAT);
  space_clear (&self);
}

/* Descent steps to the optimum, where the loss is flat: its value is known well beyond the
 * rounding of the weights. */
#define DESCENT_STEPS 20000
#define OPTIMUM       1e-6

static void
test_decay_optimum (void)
{
  Space self;

  space_init (&self, "y", "network",
              "activation=square\nm=40\nrate=1\nweight-decay=0.125\n");
  take_steps (&self, DESCENT_STEPS);
  oracle_check_value (self.oracle, "net.optimum", measure_decayed (&self, 1.0, 0.125),
                      OPTIMUM);
  space_clear (&self);
}

/* What the reference measured between its network and its FISTA (deep.md section 4). */
#define AGREEMENT 8e-4

/* γ = λ: one matrix, at several output scales; without decay it is another one. */
static void
test_decay_agreement (gconstpointer data)
{
  const char      *network = data;
  g_autofree char *text = g_strdup_printf (
      "[experiment]\nversion=1\n[problem]\nkind=low-rank-polynomial\nform=raw\nrank=2\n"
      "weights=1.7320508;-1.7320508\nd=20\nn=200\nnoise=0.2\ninputs=gaussian\nn-test=50\n"
      "[observe]\nprobes=50\ndrift-points=10\n"
      "[run.1]\nlearner=nuclear-norm\nobjective=plain\nlambda=0.1\nsteps=200\n"
      "[run.2]\nlearner=network\nactivation=square\nm=40\nrate=1\nsteps=4000\n"
      "weight-decay=0.1\n%s[run.3]\nlearner=network\nactivation=square\nm=40\nrate=1\n"
      "steps=4000\n%s",
      network, network);
  g_autoptr (EngSpec)       spec = fixture_spec (text);
  g_autoptr (EngExperiment) experiment = eng_experiment_new (spec, 1, NULL, NULL);
  g_autoptr (EngArena)      arena = eng_arena_new ();
  const EngLowRank         *l[3];
  EngLowRankWork            work;

  g_assert_true (eng_experiment_prepare (experiment, NULL, NULL, NULL));
  (void) eng_experiment_advance (experiment, 4000);
  for (guint run = 0; run < 3; run++)
    l[run] = eng_learner_low_rank (
        eng_run_get_learner (eng_experiment_get_run (experiment, run)));
  eng_low_rank_work_init (&work, 20, 40, arena);
  g_assert_cmpfloat (eng_low_rank_distance (l[1], l[0], &work), <,
                     AGREEMENT * eng_low_rank_norm (l[0]));
  g_assert_cmpfloat (eng_low_rank_distance (l[2], l[0], &work), >,
                     0.1 * eng_low_rank_norm (l[0]));
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  eng_init ();
  g_test_add_func ("/engine/spaces/f2/interpolant", test_interpolant);
  g_test_add_func ("/engine/spaces/f2/ridge", test_ridge);
  g_test_add_func ("/engine/spaces/f2/cubic", test_cubic);
  g_test_add_data_func ("/engine/spaces/f2/constant-2", GUINT_TO_POINTER (2),
                        test_constant);
  g_test_add_data_func ("/engine/spaces/f2/constant-3", GUINT_TO_POINTER (3),
                        test_constant);
  g_test_add_data_func ("/engine/spaces/f2/residual-2", GUINT_TO_POINTER (2),
                        test_residual);
  g_test_add_data_func ("/engine/spaces/f2/residual-3", GUINT_TO_POINTER (3),
                        test_residual);
  g_test_add_func ("/engine/spaces/one-sample", test_one_sample);
  g_test_add_data_func ("/engine/spaces/f1/tau-8th", "f1_1", test_nuclear_norm);
  g_test_add_data_func ("/engine/spaces/f1/tau-32nd", "f1_2", test_nuclear_norm);
  g_test_add_data_func ("/engine/spaces/decay/gradient",
                        "activation=square\nm=6\nweight-decay=0.125\n",
                        test_decay_gradient);
  g_test_add_data_func ("/engine/spaces/decay/gradient-alpha",
                        "activation=square\nm=6\nalpha=0.25\nweight-decay=0.125\n",
                        test_decay_gradient);
  g_test_add_func ("/engine/spaces/decay/optimum", test_decay_optimum);
  g_test_add_data_func ("/engine/spaces/decay/agreement", "", test_decay_agreement);
  g_test_add_data_func ("/engine/spaces/decay/agreement-alpha", "alpha=0.5\n",
                        test_decay_agreement);
  status = g_test_run ();
  oracle_report ();
  return status;
}
