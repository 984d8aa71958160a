/* SPDX-License-Identifier: GPL-3.0-or-later
 * The methods of one linear system: kernel ridge regression with (x·z)² against the
 * reference, least squares, their limits, and what they share. */
#include "eng-experiment.h"
#include "eng-normal.h"
#include "eng-sensing.h"
#include "fixture.h"
#include "oracle.h"

#include <math.h>
#include <string.h>

/* Least squares of random samples is well conditioned, and refined to rounding. */
#define EXACT 1e-11
/* With exactly as many samples as unknowns it is as badly conditioned as it gets. */
#define BARELY 1e-7

/* --- systems ----------------------------------------------------------------------- */

/* K = A Aᵀ of rank `rank`, and b in its range. */
static void
fill_system (EngNormal *normal, gsize rank, double *b, EngArena *arena)
{
  g_autoptr (EngRng) rng = eng_rng_new (3, "test", 0);
  gsize              n = normal->k.rows;
  EngMat             a = eng_arena_mat (arena, n, rank);
  double            *z = eng_arena_doubles (arena, n);

  eng_rng_fill_gaussian (rng, n * rank, a.data);
  eng_rng_fill_gaussian (rng, n, z);
  eng_la_syrk (1.0, &a, 0.0, &normal->k);
  eng_la_gemv (1.0, &normal->k, z, 0.0, b);
}

/* Several panels of columns: K c = b again, whatever the number of threads. */
static void
test_system (void)
{
  enum
  {
    N = 203
  };
  g_autoptr (EngArena) arena = eng_arena_new ();
  EngNormal            normal;
  EngMat               k = eng_arena_mat (arena, N, N);
  double               b[N], c[N], first[N], product[N];

  eng_normal_init (&normal, N, arena);
  for (guint n_threads = 1; n_threads <= 3; n_threads++)
    {
      g_autoptr (EngLanes) lanes = eng_lanes_new (n_threads);

      fill_system (&normal, 2 * N, b, arena);
      memcpy (k.data, normal.k.data, N * N * sizeof (double));
      memcpy (c, b, sizeof c);
      g_assert_true (eng_normal_factor (&normal, 0.0, lanes, NULL));
      g_assert_cmpfloat (normal.ridge, ==, 0.0);
      eng_normal_solve (&normal, c);
      if (n_threads == 1)
        memcpy (first, c, sizeof c);
      g_assert_cmpmem (c, sizeof c, first, sizeof first);
    }
  eng_la_gemv (1.0, &k, c, 0.0, product);
  g_assert_cmpfloat (oracle_error (N, product, b), <, 1e-12);
}

/* A singular system gets the ridge it needs, one that is near to it as well. */
static void
test_singular (void)
{
  enum
  {
    N = 100
  };
  g_autoptr (EngArena) arena = eng_arena_new ();
  EngNormal            normal;
  double               b[N];
  int                  stop = 1;

  eng_normal_init (&normal, N, arena);
  fill_system (&normal, 5, b, arena);
  g_assert_true (eng_normal_factor (&normal, 0.0, NULL, NULL));
  g_assert_cmpfloat (normal.ridge, ==, 1e-8);
  fill_system (&normal, 5, b, arena);
  for (gsize i = 0; i < N; i++)
    normal.k.data[i * N + i] += 1e-14;
  g_assert_true (eng_normal_factor (&normal, 1e-16, NULL, NULL));
  g_assert_cmpfloat (normal.ridge, ==, 1e-8);
  /* Also where that is seen only behind the first panel. */
  fill_system (&normal, N - 1, b, arena);
  g_assert_true (eng_normal_factor (&normal, 0.0, NULL, NULL));
  g_assert_cmpfloat (normal.ridge, ==, 1e-8);
  fill_system (&normal, 5, b, arena);
  g_assert_true (eng_normal_factor (&normal, 1e-10, NULL, NULL));
  g_assert_cmpfloat (normal.ridge, ==, 1e-10);
  /* One that is asked to stop does; one of nonsense ends. */
  fill_system (&normal, N, b, arena);
  g_assert_false (eng_normal_factor (&normal, 0.0, NULL, &stop));
  normal.k.data[0] = NAN;
  g_assert_false (eng_normal_factor (&normal, 0.0, NULL, NULL));
  memset (normal.k.data, 0, N * N * sizeof (double));
  normal.k.data[0] = -1.0;
  g_assert_false (eng_normal_factor (&normal, 0.0, NULL, NULL));
}

/* --- whole matrices ---------------------------------------------------------------- */

/* A dense matrix, its terms, and the distance to a matrix of rank 2. */
static void
test_decompose (void)
{
  enum
  {
    P = 9
  };
  g_autoptr (EngArena) arena = eng_arena_new ();
  g_autoptr (EngRng)   rng = eng_rng_new (4, "test", 0);
  EngMat               dense = eng_arena_mat (arena, P, P), u;
  EngLowRank           l, few, leading;
  EngLowRankWork       work;
  double               square = 0.0, sum[P * P];

  eng_rng_fill_gaussian (rng, P * P, dense.data);
  for (gsize i = 0; i < P; i++)
    for (gsize j = 0; j < i; j++)
      dense.data[i * P + j] = dense.data[j * P + i];
  eng_low_rank_init (&l, P, P, arena);
  eng_low_rank_init (&few, P, 2, arena);
  eng_low_rank_work_init (&work, P, P + 2, arena);
  g_assert_true (eng_low_rank_decompose (&l, &dense, &work));
  g_assert_true (eng_low_rank_decompose (&few, &dense, &work));
  g_assert_cmpuint (l.rank, ==, P);
  memset (sum, 0, sizeof sum);
  for (gsize k = 0; k < P; k++)
    {
      g_assert_true (k == 0 || fabs (l.s[k]) <= fabs (l.s[k - 1]));
      for (gsize i = 0; i < P; i++)
        for (gsize j = 0; j < P; j++)
          sum[i * P + j] += l.s[k] * l.u.data[k * P + i] * l.u.data[k * P + j];
      square += k < 2 ? 0.0 : l.s[k] * l.s[k];
    }
  g_assert_cmpfloat (oracle_error (P * P, sum, dense.data), <, 1e-13);
  leading = eng_low_rank_leading (&l, 2);
  g_assert_cmpuint (leading.rank, ==, 2);
  g_assert_cmpfloat (eng_low_rank_distance (&leading, &few, &work), <, 1e-13);
  /* What is left are the other terms, and the same the other way round. */
  g_assert_cmpfloat (fabs (eng_low_rank_distance (&l, &few, &work) - sqrt (square)), <,
                     1e-13);
  g_assert_cmpfloat (fabs (eng_low_rank_distance (&few, &l, &work) - sqrt (square)), <,
                     1e-13);
  /* Rounding is no term. */
  u = (EngMat){ 2, P, few.u.data };
  memset (dense.data, 0, P * P * sizeof (double));
  eng_la_gemm_tn (1.0, &u, &u, 0.0, &dense);
  g_assert_true (eng_low_rank_decompose (&l, &dense, &work));
  g_assert_cmpuint (l.rank, ==, 2);
  dense.data[0] = NAN;
  g_assert_false (eng_low_rank_decompose (&l, &dense, &work));
  g_assert_cmpuint (l.rank, ==, 2);
}

/* --- learners ---------------------------------------------------------------------- */

typedef struct
{
  Oracle        *oracle;
  Fixture        fixture;
  Student        student;
  EngMatF        x;
  EngLowRankWork work;
} Direct;

/* The first `n` samples of the reference, with y = xᵀL*x + noise + 3. */
static void
direct_init (Direct     *self,
             gsize       n,
             double      noise,
             const char *learner,
             const char *settings)
{
  g_autoptr (EngRng) rng = eng_rng_new (5, "test", 0);
  const EngMat      *u, *s;
  EngLowRank        *truth = &self->fixture.problem.truth;
  g_autofree double *y = NULL;
  EngArena          *arena;

  self->oracle = oracle_load ("rankone_competitors");
  fixture_init (&self->fixture, 1);
  arena = self->fixture.arena;
  self->x = oracle_float (self->oracle, "X", arena);
  g_assert_cmpuint (n, <=, self->x.rows);
  self->x.rows = n;
  u = oracle_get (self->oracle, "U0");
  s = oracle_get (self->oracle, "s0");
  eng_low_rank_init (truth, u->rows, u->cols, arena);
  truth->rank = u->cols;
  for (gsize i = 0; i < u->rows; i++)
    for (gsize j = 0; j < u->cols; j++)
      truth->u.data[j * u->rows + i] = u->data[i * u->cols + j];
  memcpy (truth->s, s->data, u->cols * sizeof (double));
  y = g_new (double, n);
  eng_low_rank_evaluate (truth, &self->x, NULL, y);
  for (gsize i = 0; i < n; i++)
    y[i] += 3.0 + noise * eng_rng_gaussian (rng);
  fixture_set_train (&self->fixture, &self->x, y);
  eng_low_rank_work_init (&self->work, u->rows, 2 * u->rows, arena);
  student_init (&self->student, &self->fixture, learner, settings);
  student_prepare (&self->student, &self->fixture, NULL);
}

static void
direct_clear (Direct *self)
{
  student_clear (&self->student);
  fixture_clear (&self->fixture);
  oracle_free (self->oracle);
}

static double
get_column (const Direct *self, const char *id)
{
  const EngLearnerClass *klass = self->student.learner->klass;
  double                 values[ENG_LEARNER_MAX_COLUMNS];
  gsize                  i = 0;

  klass->measure (self->student.learner, values);
  while (strcmp (klass->columns[i].id, id) != 0)
    i++;
  return values[i];
}

/* Takes the step.  Returns: the relative error. */
static double
solve (Direct *self)
{
  EngLearner       *learner = self->student.learner;
  const EngLowRank *truth = &self->fixture.problem.truth;

  g_assert_cmpint (eng_learner_step (learner, NULL), ==, ENG_STATUS_CONTINUE);
  return eng_low_rank_distance (eng_learner_low_rank (learner), truth, &self->work)
         / eng_low_rank_norm (truth);
}

/* L as (p, p) numbers. */
static EngMat
expand (Direct *self)
{
  const EngLowRank *l = eng_learner_low_rank (self->student.learner);
  gsize             p = l->u.cols;
  EngMat            all = eng_arena_mat (self->fixture.arena, p, p);

  for (gsize k = 0; k < l->rank; k++)
    for (gsize i = 0; i < p; i++)
      for (gsize j = 0; j < p; j++)
        all.data[i * p + j] += l->s[k] * l->u.data[k * p + i] * l->u.data[k * p + j];
  return all;
}

/* Mean of (f − y)² over the training set. */
static double
measure_loss (Direct *self)
{
  const EngProblem *problem = &self->fixture.problem;
  g_autofree float *f = g_new (float, problem->n);
  double            sum = 0.0;

  eng_learner_predict (self->student.learner, &problem->x_train, NULL, NULL, f);
  for (gsize i = 0; i < problem->n; i++)
    sum += pow (f[i] - problem->y_train[i], 2.0) / (double) problem->n;
  return sum;
}

static void
test_frobenius (void)
{
  Direct self;
  EngMat got;

  /* The reference has no offset, which is fitted and so makes no difference. */
  direct_init (&self, 128, 0.0, "frobenius", "ridge=0.001\n");
  (void) solve (&self);
  got = expand (&self);
  oracle_check (self.oracle, "kernel_ridge", 64, got.data, ORACLE_DOUBLE);
  g_assert_cmpfloat (get_column (&self, "ridge"), ==, 0.001);
  g_assert_cmpfloat (get_column (&self, "rank"), ==, 8);
  direct_clear (&self);
}

/* Ridge without end gives 0; none, with more samples than unknowns, least squares; with
 * fewer, a matrix that fits all samples and is not the true one. */
static void
test_ridges (void)
{
  Direct            self, other;
  const EngLowRank *l;

  direct_init (&self, 128, 0.1, "frobenius", "ridge=1e12\n");
  (void) solve (&self);
  l = eng_learner_low_rank (self.student.learner);
  g_assert_cmpfloat (eng_low_rank_norm (l), <, 1e-10);
  g_assert_cmpfloat (fabs (get_column (&self, "residual") - 1.0), <, 1e-9);
  direct_clear (&self);

  direct_init (&self, 128, 0.1, "frobenius", "ridge=1e-10\n");
  direct_init (&other, 128, 0.1, "least-squares", "");
  (void) solve (&self);
  (void) solve (&other);
  g_assert_cmpfloat (eng_low_rank_distance (eng_learner_low_rank (self.student.learner),
                                            eng_learner_low_rank (other.student.learner),
                                            &self.work),
                     <, 1e-3);
  direct_clear (&other);
  direct_clear (&self);

  direct_init (&self, 30, 0.0, "frobenius", "ridge=0\n");
  g_assert_cmpfloat (solve (&self), >, 0.1);
  g_assert_cmpfloat (get_column (&self, "residual"), <, 1e-6);
  g_assert_cmpfloat (get_column (&self, "ridge"), >, 0.0);
  direct_clear (&self);
}

/* Without noise the matrix itself; from 8·9/2 + 1 samples on, since an offset is free. */
static void
test_least_squares (void)
{
  Direct self;

  direct_init (&self, 128, 0.0, "least-squares", "");
  g_assert_cmpfloat (solve (&self), <, EXACT);
  g_assert_cmpfloat (get_column (&self, "residual"), <, EXACT);
  g_assert_cmpfloat (measure_loss (&self), <, 1e-11);
  direct_clear (&self);
  direct_init (&self, 37, 0.0, "least-squares", "");
  g_assert_cmpfloat (solve (&self), <, BARELY);
  direct_clear (&self);
}

/* With noise, where no symmetric change makes it better: the centred gradient is 0. */
static void
test_optimum (void)
{
  Direct     self;
  EngSamples samples;
  EngSensing sensing;
  EngMat     g;

  direct_init (&self, 128, 0.5, "least-squares", "");
  g_assert_cmpfloat (solve (&self), >, 1e-3);
  eng_sensing_init (&sensing, ENG_SENSING_CENTRED, 8, 128, 8, self.fixture.arena);
  eng_samples_init_given (&samples, &self.x, self.fixture.problem.y_train);
  eng_sensing_set_samples (&sensing, &samples);
  eng_sensing_set_estimate (&sensing, eng_learner_low_rank (self.student.learner), NULL,
                            NULL);
  g = eng_arena_mat (self.fixture.arena, 8, 8);
  eng_sensing_get_dense (&sensing, NULL, &g);
  g_assert_cmpfloat (eng_la_norm (64, g.data), <, EXACT);
  /* The offset is that of the residuals. */
  g_assert_cmpfloat (fabs (measure_loss (&self) - sensing.c_sd * sensing.c_sd), <, 1e-6);
  direct_clear (&self);
}

/* One step, and the second finds that nothing is left to do. */
static void
test_end (void)
{
  static const char *const learners[] = { "frobenius", "least-squares" };

  for (gsize i = 0; i < G_N_ELEMENTS (learners); i++)
    {
      Direct self;
      int    stop = 1;

      direct_init (&self, 128, 0.1, learners[i], "");
      self.student.learner->context.cancel = &stop;
      g_assert_cmpint (eng_learner_step (self.student.learner, NULL), ==,
                       ENG_STATUS_STOPPED);
      g_assert_cmpuint (eng_learner_low_rank (self.student.learner)->rank, ==, 0);
      stop = 0;
      (void) solve (&self);
      g_assert_cmpint (eng_learner_step (self.student.learner, NULL), ==,
                       ENG_STATUS_FINISHED);
      g_assert_cmpfloat (fabs (self.student.learner->train_loss - measure_loss (&self)),
                         <, 1e-6);
      direct_clear (&self);
    }
}

/* On a sphere the trace of L and the offset are the same thing: a ridge keeps the trace
 * from growing without end, and all else is as it was. */
static void
test_sphere (void)
{
  g_autoptr (EngSpec) spec = fixture_spec (
      "[experiment]\nversion=1\n[problem]\nkind=low-rank-polynomial\nd=12\nn=400\n"
      "inputs=sphere\nnoise=0.1\n[run.1]\nlearner=least-squares\n");
  g_autoptr (EngExperiment) experiment = eng_experiment_new (spec, 1, NULL, NULL);
  EngLearner               *learner;

  g_assert_true (eng_experiment_prepare (experiment, NULL, NULL, NULL));
  (void) eng_experiment_advance (experiment, 1);
  learner = eng_run_get_learner (eng_experiment_get_run (experiment, 0));
  g_assert_cmpfloat (fabs (eng_low_rank_trace (eng_learner_low_rank (learner))), <, 1.0);
  g_assert_cmpfloat (
      eng_trace_get_last (eng_run_publish (eng_experiment_get_run (experiment, 0), NULL),
                          "test-loss"),
      <, 0.01);
}

/* Too few samples are refused with the number that would do. */
static void
test_refusal (void)
{
  static const char text[]
      = "[experiment]\nversion=1\n[problem]\nkind=quadratic-sensing\n"
        "d=20\nrank=2\nn=210\n[run.1]\nlearner=least-squares\n";
  g_autoptr (GError)  error = NULL;
  g_autoptr (EngSpec) spec = eng_spec_new_from_text (text, -1, &error);
  g_autoptr (EngSpec) enough = NULL;

  g_assert_null (spec);
  g_assert_nonnull (strstr (error->message, "run.1"));
  g_assert_nonnull (strstr (error->message, "d(d + 1)/2 + 1 = 211, got 210"));
  enough = fixture_spec ("[experiment]\nversion=1\n[problem]\nkind=quadratic-sensing\n"
                         "d=20\nrank=2\nn=211\n[run.1]\nlearner=least-squares\n");
  g_assert_nonnull (enough);
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  eng_init ();
  g_test_add_func ("/engine/direct/system", test_system);
  g_test_add_func ("/engine/direct/singular", test_singular);
  g_test_add_func ("/engine/direct/decompose", test_decompose);
  g_test_add_func ("/engine/direct/frobenius", test_frobenius);
  g_test_add_func ("/engine/direct/ridges", test_ridges);
  g_test_add_func ("/engine/direct/least-squares", test_least_squares);
  g_test_add_func ("/engine/direct/optimum", test_optimum);
  g_test_add_func ("/engine/direct/end", test_end);
  g_test_add_func ("/engine/direct/sphere", test_sphere);
  g_test_add_func ("/engine/direct/refusal", test_refusal);
  status = g_test_run ();
  oracle_report ();
  return status;
}
