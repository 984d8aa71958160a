/* SPDX-License-Identifier: GPL-3.0-or-later
 * The start of two-layer students, and what observables say of known movements: overlap
 * with the teacher, shares of the Taylor terms, recovered parts. */
#include "eng-experiment.h"
#include "eng-registry.h"
#include "fixture.h"

#include <math.h>
#include <string.h>

/* Variances from 20 000 Gaussian numbers: standard error 1 %; five of them. */
#define STATISTICAL 0.05
/* Unit rows and shares, in float. */
#define FLOAT_ROUNDING 1e-5

#define N_NEURONS 1000
#define N_DIM     20

static double
mean_square (gsize n, const float *x)
{
  double sum = 0.0;

  for (gsize i = 0; i < n; i++)
    sum += (double) x[i] * x[i] / (double) n;
  return sum;
}

/* --- the start ---------------------------------------------------------------------------- */

static void
draw (EngTwoLayer *net, EngArena *arena, const char *settings, guint64 seed)
{
  g_autofree char    *text = g_strdup_printf ("[experiment]\nversion=1\n[problem]\n"
                                                 "kind=network\nd=20\n[run.1]\nlearner=joint\n"
                                                 "m=1000\n%s",
                                              settings);
  g_autoptr (EngSpec) spec = fixture_spec (text);

  memset (net, 0, sizeof *net);
  eng_two_layer_init (net, eng_spec_get_run (spec, 0), N_DIM, arena);
  eng_two_layer_draw (net, eng_spec_get_run (spec, 0), seed);
}

/* w0 ~ N(0, I/d), W ~ init m^{-1/4} N(0, I/d), b ~ N(0, bias²), in pairs of a = ±1. */
static void
test_start (void)
{
  g_autoptr (EngArena) arena = eng_arena_new ();
  EngTwoLayer          net, again, other;
  gsize                half = N_NEURONS / 2;

  draw (&net, arena, "init=0.5\nbias=2\n", 1);
  draw (&again, arena, "init=0.5\nbias=2\n", 1);
  draw (&other, arena, "init=0.5\nbias=2\n", 2);
  g_assert_cmpfloat_with_epsilon (N_DIM * mean_square (half * N_DIM, net.w0.data), 1.0,
                                  2 * STATISTICAL);
  g_assert_cmpfloat_with_epsilon (N_DIM * sqrt (N_NEURONS)
                                      * mean_square (N_NEURONS * N_DIM, net.w.data),
                                  0.25, 0.25 * STATISTICAL);
  /* 500 biases: standard error 6 %. */
  g_assert_cmpfloat_with_epsilon (mean_square (half, net.b), 4.0, 4.0 * 0.3);
  for (gsize r = 0; r < half; r++)
    {
      g_assert_cmpfloat (net.a[r], ==, 1.0);
      g_assert_cmpfloat (net.a[r + half], ==, -1.0);
      g_assert_cmpfloat (net.b[r], ==, net.b[r + half]);
    }
  g_assert_cmpmem (net.w0.data, half * N_DIM * sizeof (float), net.w0.data + half * N_DIM,
                   half * N_DIM * sizeof (float));
  /* The movement is not paired. */
  g_assert_cmpfloat (net.w.data[0], !=, net.w.data[half * N_DIM]);
  g_assert_true (eng_two_layer_same_start (&net, &again));
  g_assert_false (eng_two_layer_same_start (&net, &other));
}

static void
test_other_starts (void)
{
  g_autoptr (EngArena) arena = eng_arena_new ();
  EngTwoLayer          sphere, still;

  draw (&sphere, arena, "w0=sphere\n", 1);
  draw (&still, arena, "init=0\n", 1);
  for (gsize r = 0; r < N_NEURONS; r++)
    g_assert_cmpfloat_with_epsilon (
        N_DIM * mean_square (N_DIM, sphere.w0.data + r * N_DIM), 1.0, FLOAT_ROUNDING);
  g_assert_cmpfloat (mean_square (N_NEURONS * N_DIM, still.w.data), ==, 0.0);
  g_assert_cmpfloat (mean_square (N_NEURONS, still.b), ==, 0.0);
  g_assert_false (still.has_bias);
}

/* Independent rows and signs; still f = 0 at W = 0, because its start is subtracted, and f
 * in float is f in double. */
static void
test_unpaired (void)
{
  enum
  {
    N = 20
  };
  g_autoptr (EngArena) arena = eng_arena_new ();
  g_autoptr (EngLanes) lanes = eng_lanes_new (1);
  g_autoptr (EngRng)   rng = eng_rng_new (1, "test", 0);
  EngInputs            inputs = { ENG_LAW_GAUSSIAN, N_DIM, 0.0 };
  EngMatF              x = eng_arena_matf (arena, N, N_DIM);
  EngTwoLayer          net, pairs;
  float                f[N], initial[N];
  double               want[N], linear[N], quadratic[N], sum = 0.0;
  EngTerms             terms = { .f = f };
  int                  stopped = 1;

  eng_inputs_sample (&inputs, rng, &x);
  draw (&net, arena, "paired=false\ninit=0\nbias=1\n", 1);
  draw (&pairs, arena, "init=0\nbias=1\n", 1);
  g_assert_false (eng_two_layer_same_start (&net, &pairs));
  g_assert_cmpfloat_with_epsilon (N_DIM * mean_square (N_NEURONS * N_DIM, net.w0.data),
                                  1.0, STATISTICAL);
  for (gsize r = 0; r < N_NEURONS; r++)
    {
      g_assert_cmpfloat (fabsf (net.a[r]), ==, 1.0);
      sum += net.a[r];
    }
  /* Six standard deviations. */
  g_assert_cmpfloat (fabs (sum), <, 6 * sqrt (N_NEURONS));
  eng_two_layer_evaluate (&net, &x, lanes, &terms);
  initial[0] = initial[N - 1] = 77.0f;
  eng_two_layer_initial (&net, &x, &stopped, initial);
  g_assert_cmpfloat (initial[0], ==, 77.0);
  g_assert_cmpfloat (initial[N - 1], ==, 77.0);
  eng_two_layer_initial (&net, &x, NULL, initial);
  g_assert_cmpfloat (mean_square (N, f), ==, 0.0);
  g_assert_cmpfloat (mean_square (N, initial), >, 0.01);
  for (gsize i = 0; i < N_NEURONS * N_DIM; i++)
    net.w.data[i] = (float) eng_rng_gaussian (rng) / N_DIM;
  eng_two_layer_evaluate (&net, &x, lanes, &terms);
  eng_two_layer_terms (&net, &x, want, linear, quadratic);
  for (gsize i = 0; i < N; i++)
    g_assert_cmpfloat_with_epsilon (f[i], want[i],
                                    FLOAT_ROUNDING * fmax (1.0, fabs (want[i])));
}

/* --- observables ------------------------------------------------------------------------------ */

typedef struct
{
  Fixture fixture;
  Student student;
  float   terms[4][8]; /* f, f_L, f_Q, prediction on 8 test inputs */
} Scene;

static void
scene_init (Scene *self, const char *learner)
{
  EngProblem        *problem;
  EngMatF            x;
  double             y[8] = { 1, -1, 2, -2, 3, -3, 0.5, 0.25 };
  EngInputs          inputs = { ENG_LAW_GAUSSIAN, 3, 0.0 };
  g_autoptr (EngRng) rng = eng_rng_new (1, "test", 0);

  memset (self, 0, sizeof *self);
  fixture_init (&self->fixture, 1);
  problem = &self->fixture.problem;
  x = eng_arena_matf (self->fixture.arena, 8, 3);
  eng_inputs_sample (&inputs, rng, &x);
  fixture_set_train (&self->fixture, &x, y);
  problem->x_test = x;
  problem->n_test = 8;
  problem->y_test = problem->y_train;
  problem->directions = eng_arena_mat (self->fixture.arena, 3, 3);
  student_init (&self->student, &self->fixture, learner, "m=4\nactivation=quad\n");
}

static void
scene_clear (Scene *self)
{
  student_clear (&self->student);
  fixture_clear (&self->fixture);
}

static double
observe (Scene *self, const char *id, const char *column)
{
  const EngObservableClass *const *classes = eng_registry_get_observables ();
  g_autoptr (EngTrace)             trace = NULL;
  gpointer                         state;
  gsize                            n = 0;
  EngMeasurement                   at = { .problem = &self->fixture.problem,
                                          .learner = self->student.learner,
                                          .train = self->terms[3],
                                          .test = self->terms[3],
                                          .f = self->terms[0],
                                          .linear = self->terms[1],
                                          .quadratic = self->terms[2] };

  while (!g_str_equal ((*classes)->id, id))
    classes++;
  while ((*classes)->columns[n].id != NULL)
    n++;
  trace = eng_trace_new ((*classes)->columns, n, 1, 0);
  at.trace = trace;
  state = eng_arena_bytes (self->fixture.arena, 1, MAX ((*classes)->state_size, 1));
  if ((*classes)->init != NULL)
    (*classes)->init (state, &self->student.learner->context, self->student.learner);
  eng_trace_open (trace, 0, 0.0);
  (*classes)->measure (state, &at);
  eng_trace_publish (trace);
  return eng_trace_get_last (trace, column);
}

/* Directions e1, (e1 + e2)/√2 and e1 again span two dimensions of three. */
static void
test_overlap (void)
{
  Scene   scene;
  double *beta;
  float  *w;

  scene_init (&scene, "lazy");
  beta = scene.fixture.problem.directions.data;
  w = scene.student.net->w.data;
  beta[0] = beta[6] = 1.0;
  beta[3] = beta[4] = sqrt (0.5);
  /* Without movement there is no share. */
  g_assert_true (isnan (observe (&scene, "overlap", "teacher-overlap")));
  w[0] = 3.0f;
  w[4] = -4.0f;
  g_assert_cmpfloat_with_epsilon (observe (&scene, "overlap", "teacher-overlap"), 1.0,
                                  FLOAT_ROUNDING);
  w[11] = 5.0f;
  g_assert_cmpfloat_with_epsilon (observe (&scene, "overlap", "teacher-overlap"), 0.5,
                                  FLOAT_ROUNDING);
  scene.fixture.problem.directions.rows = 0;
  g_assert_true (isnan (observe (&scene, "overlap", "teacher-overlap")));
  scene_clear (&scene);
}

/* f = f_L + f_Q + rest with known mean squares 1, 4 and 9; the rest of a Taylor student is
 * none of its own. */
static void
test_shares (void)
{
  static const char *const learners[] = { "network", "joint" };

  for (guint l = 0; l < 2; l++)
    {
      Scene  scene;
      double sum = l == 0 ? 14.0 : 5.0;

      scene_init (&scene, learners[l]);
      for (guint i = 0; i < 8; i++)
        {
          scene.terms[1][i] = i % 2 == 0 ? 1.0f : -1.0f;
          scene.terms[2][i] = i % 4 < 2 ? 2.0f : -2.0f;
          scene.terms[0][i] = scene.terms[1][i] + scene.terms[2][i]
                              + (i < 4 ? 3.0f : -3.0f);
        }
      g_assert_cmpfloat_with_epsilon (observe (&scene, "terms", "share-linear"),
                                      1.0 / sum, FLOAT_ROUNDING);
      g_assert_cmpfloat_with_epsilon (observe (&scene, "terms", "share-quadratic"),
                                      4.0 / sum, FLOAT_ROUNDING);
      g_assert_cmpfloat_with_epsilon (observe (&scene, "terms", "share-rest"),
                                      l == 0 ? 9.0 / sum : 0.0, FLOAT_ROUNDING);
      /* (f − f_L)² against f²: orthogonal patterns, 13 to 14. */
      g_assert_cmpfloat_with_epsilon (observe (&scene, "terms", "linearisation-gap"),
                                      13.0 / 14.0, FLOAT_ROUNDING);
      scene_clear (&scene);
    }
}

/* Pairs of neurons cancel to rounding, which no term has a share of. */
static void
test_terms_at_start (void)
{
  static const char *const columns[] = { "linearisation-gap", "share-linear",
                                         "share-quadratic", "share-rest" };
  Scene                    scene;

  scene_init (&scene, "network");
  for (guint i = 0; i < 8; i++)
    {
      scene.terms[0][i] = 1e-8f;
      scene.terms[1][i] = scene.terms[2][i] = 0.0f;
    }
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    g_assert_true (isnan (observe (&scene, "terms", columns[i])));
  scene_clear (&scene);
}

/* With data enough a lazy student has the linear part, and nothing of one that is not
 * there to learn from. */
static void
test_recovered (void)
{
  g_autoptr (EngSpec) spec = fixture_spec (
      "[experiment]\nversion=1\n[problem]\nkind=low-rank-polynomial\nrank=2\ndegree=1;3\n"
      "weights=1;0.001\nd=10\nn=1000\n[observe]\nk=1\nprobes=50\n"
      "[run.1]\nlearner=lazy\nm=100\nactivation=quad\nsteps=300\n");
  g_autoptr (EngExperiment) experiment = eng_experiment_new (spec, 1, NULL, NULL);
  EngTrace                 *trace;

  g_assert_true (eng_experiment_prepare (experiment, NULL, NULL, NULL));
  (void) eng_experiment_advance (experiment, G_MAXUINT64);
  trace = eng_run_publish (eng_experiment_get_run (experiment, 0), NULL);
  g_assert_cmpfloat (eng_trace_lookup (trace, "recovered-degree-1")[0], ==, 0.0);
  g_assert_cmpfloat_with_epsilon (eng_trace_get_last (trace, "recovered-degree-1"), 1.0,
                                  0.02);
  g_assert_nonnull (eng_trace_lookup (trace, "recovered-degree-3"));
}

/* Beyond 1e4 Var, or not a number: diverged.  At the stop rule's loss: converged, if it is
 * the whole loss that says so. */
static void
test_judge (void)
{
  EngLearner learner = { .stop_train_loss = 0.1 };

  g_assert_cmpint (eng_learner_judge (&learner, 9999.0, TRUE), ==, ENG_STATUS_CONTINUE);
  g_assert_cmpfloat (learner.train_loss, ==, 9999.0);
  g_assert_cmpint (eng_learner_judge (&learner, 10001.0, TRUE), ==, ENG_STATUS_DIVERGED);
  g_assert_cmpint (eng_learner_judge (&learner, 10001.0, FALSE), ==, ENG_STATUS_DIVERGED);
  g_assert_cmpint (eng_learner_judge (&learner, INFINITY, TRUE), ==, ENG_STATUS_DIVERGED);
  g_assert_cmpint (eng_learner_judge (&learner, NAN, FALSE), ==, ENG_STATUS_DIVERGED);
  g_assert_cmpint (eng_learner_judge (&learner, 0.11, TRUE), ==, ENG_STATUS_CONTINUE);
  g_assert_cmpint (eng_learner_judge (&learner, 0.1, TRUE), ==, ENG_STATUS_CONVERGED);
  g_assert_cmpint (eng_learner_judge (&learner, 0.1, FALSE), ==, ENG_STATUS_CONTINUE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  eng_init ();
  g_test_add_func ("/engine/two-layer/start", test_start);
  g_test_add_func ("/engine/two-layer/other-starts", test_other_starts);
  g_test_add_func ("/engine/two-layer/unpaired", test_unpaired);
  g_test_add_func ("/engine/two-layer/overlap", test_overlap);
  g_test_add_func ("/engine/two-layer/shares", test_shares);
  g_test_add_func ("/engine/two-layer/terms-at-start", test_terms_at_start);
  g_test_add_func ("/engine/two-layer/recovered", test_recovered);
  g_test_add_func ("/engine/two-layer/judge", test_judge);
  return g_test_run ();
}
