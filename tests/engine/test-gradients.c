/* SPDX-License-Identifier: GPL-3.0-or-later
 * Gradients against differences of the objective in double: the Taylor students with every
 * penalty, and the full network with one or both layers, any output scale and batch. */
#include "eng-experiment.h"
#include "fixture.h"
#include "objective.h"
#include "oracle.h"

#include <math.h>
#include <string.h>

/* Fourth-order central differences; weights are multiples of 2⁻¹², so W ± 2h is exact in
 * float too.  h⁴ = 6e-8 times a fifth derivative below 10. */
#define STEP 0.015625
/* Float gradient against differences: rounding of some tens of terms. */
#define TOLERANCE 3e-6
/* A step this long makes W itself negligible: W − W′ = length × gradient. */
#define LONG_STEP 65536.0

#define N_NEURONS 8
#define N_DIM     5
#define N_SAMPLES 12

/* --- Taylor students ----------------------------------------------------------------------- */

typedef struct
{
  const char *name, *learner, *settings;
  guint       flags;
} Mode;

#define ALL_PENALTIES "lambda1=2\nlambda2=0.5\nlambda3=0.1\nlambda4=0.05\n"

static const Mode modes[] = {
  { "lazy", "lazy", "", OBJECTIVE_LINEAR },
  { "quadratic", "quadratic", "", OBJECTIVE_QUADRATIC },
  { "quadratic-r4", "quadratic", "lambda4=0.05\n", OBJECTIVE_QUADRATIC | OBJECTIVE_R4 },
  { "quadratic-r8", "quadratic", "lambda4=0.05\nr4-power=8\n",
    OBJECTIVE_QUADRATIC | OBJECTIVE_R8 },
  { "joint-parameter", "joint", ALL_PENALTIES,
    OBJECTIVE_JOINT | OBJECTIVE_R1 | OBJECTIVE_R2 | OBJECTIVE_R3 | OBJECTIVE_R4 },
  { "joint-function", "joint", ALL_PENALTIES "r1-space=function\n",
    OBJECTIVE_JOINT | OBJECTIVE_FUNCTION | OBJECTIVE_R1 | OBJECTIVE_R2 | OBJECTIVE_R3
        | OBJECTIVE_R4 },
  { "joint-projected", "joint", ALL_PENALTIES "r3=projected\nr4-power=8\n",
    OBJECTIVE_JOINT | OBJECTIVE_R1 | OBJECTIVE_R2 | OBJECTIVE_R3_PROJECTED
        | OBJECTIVE_R8 },
  { "joint-function-projected", "joint",
    ALL_PENALTIES "r1-space=function\nr3=projected\n",
    OBJECTIVE_JOINT | OBJECTIVE_FUNCTION | OBJECTIVE_R1 | OBJECTIVE_R2
        | OBJECTIVE_R3_PROJECTED | OBJECTIVE_R4 },
};

static void
load_weights (const Oracle *oracle, EngTwoLayer *net)
{
  oracle_load_floats (oracle, "W0", net->w0.data);
  oracle_load_floats (oracle, "a", net->a);
  oracle_load_floats (oracle, "a", net->a0);
  oracle_load_floats (oracle, "b", net->b);
  oracle_load_floats (oracle, "W", net->w.data);
}

/* The rows of a block, `copies` times over: means over them stay what they are, but they
 * spread over more tiles. */
static EngMatF
repeat_rows (const Oracle *oracle, const char *block, gsize copies, EngArena *arena)
{
  EngMatF once = oracle_float (oracle, block, arena);
  EngMatF all = eng_arena_matf (arena, copies * once.rows, once.cols);

  for (gsize i = 0; i < copies; i++)
    memcpy (all.data + i * once.rows * once.cols, once.data,
            once.rows * once.cols * sizeof (float));
  return all;
}

typedef struct
{
  gsize train, unlabelled; /* copies */
} Copies;

/* One tile of inputs; several of training inputs; of unlabelled ones; of both. */
static const Copies copies[] = { { 1, 1 }, { 30, 1 }, { 1, 20 }, { 60, 41 } };

static void
open_fixture (Fixture *fixture, const Oracle *oracle, const Copies *times)
{
  const EngMat *y = oracle_get (oracle, "y");
  EngMatF       x;
  double       *all;

  fixture_init (fixture, 1);
  x = repeat_rows (oracle, "X", times->train, fixture->arena);
  all = eng_arena_doubles (fixture->arena, x.rows);
  for (gsize i = 0; i < x.rows; i++)
    all[i] = y->data[i % y->rows];
  fixture_set_train (fixture, &x, all);
  fixture->unlabelled = repeat_rows (oracle, "Xu", times->unlabelled, fixture->arena);
  fixture->probes = oracle_float (oracle, "Xs", fixture->arena);
}

static double
objective_value (const Objective *objective, const double *w)
{
  return objective_data (objective, w) + objective_penalties (objective, w);
}

/* ∂/∂w_i by values at ±h and ±2h. */
static double
difference (const Objective *objective, double *w, gsize i)
{
  double keep = w[i], sum = 0.0;

  for (gint k = -2; k <= 2; k++)
    {
      static const double weights[] = { 1, -8, 0, 8, -1 };

      w[i] = keep + k * STEP;
      sum += weights[k + 2] * objective_value (objective, w);
    }
  w[i] = keep;
  return sum / (12.0 * STEP);
}

static void
check_taylor (const Mode   *mode,
              const char   *file,
              const char   *activation,
              const Copies *times)
{
  g_autoptr (Oracle)   oracle = oracle_load (file);
  g_autoptr (EngLanes) lanes = eng_lanes_new (times->train > 1 ? 2 : 1);
  g_autofree char     *settings = NULL;
  Fixture              fixture;
  Student              student;
  EngTaylor           *taylor;
  Objective            objective;
  double w[N_NEURONS * N_DIM], want[N_NEURONS * N_DIM], got[N_NEURONS * N_DIM];
  double error;

  open_fixture (&fixture, oracle, times);
  settings = g_strdup_printf ("m=8\nactivation=%s\nbias=1\n%s", activation,
                              mode->settings);
  if (g_str_equal (mode->learner, "joint"))
    {
      g_autofree char *own = g_steal_pointer (&settings);

      settings = g_strdup_printf ("%sunlabelled=fixed %zu\n", own,
                                  fixture.unlabelled.rows);
    }
  student_init (&student, &fixture, mode->learner, settings);
  load_weights (oracle, student.net);
  student_prepare (&student, &fixture, NULL);
  objective_init (&objective, oracle, activation, mode->flags, fixture.arena);
  taylor = student.learner->state;
  for (gsize i = 0; i < G_N_ELEMENTS (objective.lambda); i++)
    objective.lambda[i] = taylor->config.lambda[i];
  memcpy (w, oracle_get (oracle, "W")->data, sizeof w);
  (void) eng_taylor_gradient (taylor, lanes);
  for (gsize i = 0; i < G_N_ELEMENTS (w); i++)
    {
      want[i] = difference (&objective, w, i);
      got[i] = taylor->gradient.data[i];
    }
  error = oracle_error (G_N_ELEMENTS (w), got, want);
  g_test_message ("%s, %s, n = %zu, N_u = %zu: error %.3g", mode->name, activation,
                  fixture.problem.n, fixture.unlabelled.rows, error);
  g_assert_cmpfloat (error, <=, TOLERANCE);
  student_clear (&student);
  fixture_clear (&fixture);
}

static void
test_taylor (gconstpointer data)
{
  for (gsize i = 0; i < G_N_ELEMENTS (copies); i++)
    check_taylor (data, "two_layer_softplus_bias", "softplus", &copies[i]);
  check_taylor (data, "two_layer_tanh", "tanh", &copies[0]);
}

/* --- the full network ------------------------------------------------------------------------- */

/* (1/2b) Σ (α f − y)² / α² over the rows of `x`. */
static double
network_value (const EngTwoLayer *net, const EngMatF *x, const double *y, double alpha)
{
  double f[N_SAMPLES], linear[N_SAMPLES], quadratic[N_SAMPLES], sum = 0.0;

  eng_two_layer_terms (net, x, f, linear, quadratic);
  for (gsize i = 0; i < x->rows; i++)
    sum += pow (alpha * f[i] - y[i], 2.0);
  return 0.5 * sum / ((double) x->rows * alpha * alpha);
}

static double
network_difference (const EngTwoLayer *net,
                    const EngMatF     *x,
                    const double      *y,
                    double             alpha,
                    float             *weight)
{
  float  keep = *weight;
  double sum = 0.0;

  for (gint k = -2; k <= 2; k++)
    {
      static const double weights[] = { 1, -8, 0, 8, -1 };

      *weight = (float) (keep + k * STEP);
      sum += weights[k + 2] * network_value (net, x, y, alpha);
    }
  *weight = keep;
  return sum / (12.0 * STEP);
}

/* The rows of the first batch: those that stream `batch` puts first. */
static EngMatF
first_batch (Fixture *fixture, guint64 seed, gsize batch, double *y)
{
  g_autoptr (EngRng) rng = eng_rng_new (seed, "batch", 0);
  gsize              order[N_SAMPLES];
  EngMatF            x = eng_arena_matf (fixture->arena, batch, N_DIM);

  eng_rng_shuffle (rng, N_SAMPLES, order);
  for (gsize i = 0; i < batch; i++)
    {
      gsize row = batch == N_SAMPLES ? i : order[i];

      memcpy (x.data + i * N_DIM, fixture->problem.x_train.data + row * N_DIM,
              N_DIM * sizeof (float));
      y[i] = fixture->problem.y_train[row];
    }
  return x;
}

static void
check_network (const char   *activation,
               double        alpha,
               gboolean      both,
               gsize         batch,
               const Copies *times)
{
  g_autoptr (Oracle)   oracle = oracle_load ("two_layer_softplus_bias");
  g_autoptr (EngLanes) lanes = eng_lanes_new (times->train > 1 ? 2 : 1);
  Fixture              fixture;
  Student              student;
  g_autofree char     *settings = g_strdup_printf (
          "m=8\nactivation=%s\nbias=1\nstep-size=%g\nalpha=%g\nlayers=%s\nbatch=%zu\n",
          activation, LONG_STEP, alpha, both ? "both" : "first",
      batch < N_SAMPLES ? batch : 0);
  double        y[N_SAMPLES];
  double        want[N_NEURONS * (N_DIM + 1)], got[N_NEURONS * (N_DIM + 1)], error;
  EngMatF       x;
  gsize         count = N_NEURONS * N_DIM;
  const double *w = oracle_get (oracle, "W")->data, *a = oracle_get (oracle, "a")->data;

  open_fixture (&fixture, oracle, times);
  student_init (&student, &fixture, "network", settings);
  load_weights (oracle, student.net);
  student_prepare (&student, &fixture, NULL);
  x = first_batch (&fixture, student.learner->context.seed, batch, y);
  for (gsize i = 0; i < count; i++)
    want[i] = network_difference (student.net, &x, y, alpha, &student.net->w.data[i]);
  for (gsize r = 0; r < N_NEURONS; r++)
    want[count + r]
        = both ? network_difference (student.net, &x, y, alpha, &student.net->a[r]) : 0.0;
  g_assert_cmpint (eng_learner_step (student.learner, lanes), ==, ENG_STATUS_CONTINUE);
  for (gsize i = 0; i < count; i++)
    got[i] = (w[i] - student.net->w.data[i]) / LONG_STEP;
  for (gsize r = 0; r < N_NEURONS; r++)
    got[count + r] = (a[r] - student.net->a[r]) / LONG_STEP;
  error = oracle_error (G_N_ELEMENTS (want), got, want);
  g_test_message ("%s, α = %g, %s, batch %zu: error %.3g", activation, alpha,
                  both ? "both layers" : "first layer", batch, error);
  g_assert_cmpfloat (error, <=, TOLERANCE);
  student_clear (&student);
  fixture_clear (&fixture);
}

static void
test_network (void)
{
  static const double alphas[] = { 0.1, 1, 10 };

  for (gsize i = 0; i < G_N_ELEMENTS (alphas); i++)
    for (guint both = 0; both < 2; both++)
      {
        check_network ("softplus", alphas[i], both, N_SAMPLES, &copies[0]);
        check_network ("softplus", alphas[i], both, N_SAMPLES, &copies[1]);
        check_network ("softplus", alphas[i], both, N_SAMPLES, &copies[3]);
        check_network ("gelu", alphas[i], both, N_SAMPLES, &copies[0]);
        check_network ("quad", alphas[i], both, N_SAMPLES, &copies[0]);
        check_network ("softplus", alphas[i], both, 5, &copies[0]);
      }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  eng_init ();
  for (gsize i = 0; i < G_N_ELEMENTS (modes); i++)
    {
      g_autofree char *path = g_strconcat ("/engine/gradients/", modes[i].name, NULL);

      g_test_add_data_func (path, &modes[i], test_taylor);
    }
  g_test_add_func ("/engine/gradients/network", test_network);
  return g_test_run ();
}
