/* SPDX-License-Identifier: GPL-3.0-or-later
 * A network so wide that lanes own several panels of neurons: its gradient against plain
 * loops, with the same bits for any number of threads. */
#include "eng-experiment.h"
#include "fixture.h"
#include "oracle.h"

#include <math.h>
#include <string.h>

/* f is a difference of two sums of about 20, one of each sign: it has 20 times the rounding
 * of float (6e-8), and the gradient, in which samples cancel, a few times that. */
#define TOLERANCE 1e-5
/* A step this long makes W itself negligible: W − W′ = length × gradient. */
#define LONG_STEP 65536.0

#define N_NEURONS 2600
#define N_DIM     3
#define N_SAMPLES 300
#define N_WEIGHTS (N_NEURONS * (N_DIM + 1))

/* Of (1/2n) Σ (f − y)² by all weights of the first layer and then of the second, plainly. */
static void
take_plain_gradient (const EngTwoLayer *net, const EngProblem *problem, double *gradient)
{
  g_autofree double *s = g_new (double, N_NEURONS), *first = g_new (double, N_NEURONS);
  g_autofree double *z = g_new (double, N_NEURONS);
  double             scale = 1.0 / sqrt ((double) N_NEURONS);

  memset (gradient, 0, N_WEIGHTS * sizeof (double));
  for (gsize i = 0; i < N_SAMPLES; i++)
    {
      const float *x = problem->x_train.data + i * N_DIM;
      double       f = 0.0, g;

      for (gsize r = 0; r < N_NEURONS; r++)
        {
          z[r] = net->b[r];
          for (gsize j = 0, at = r * N_DIM; j < N_DIM; j++)
            z[r] += ((double) net->w0.data[at + j] + net->w.data[at + j]) * x[j];
        }
      net->activation->value (N_NEURONS, z, s);
      net->activation->first (N_NEURONS, z, first);
      for (gsize r = 0; r < N_NEURONS; r++)
        f += scale * net->a[r] * s[r];
      g = (f - problem->y_train[i]) / N_SAMPLES;
      for (gsize r = 0; r < N_NEURONS; r++)
        {
          for (gsize j = 0; j < N_DIM; j++)
            gradient[r * N_DIM + j] += g * scale * net->a[r] * first[r] * x[j];
          gradient[N_NEURONS * N_DIM + r] += g * scale * s[r];
        }
    }
}

static void
open_network (Fixture *fixture, Student *student, EngLanes *lanes)
{
  g_autoptr (EngRng) rng = eng_rng_new (3, "test", 0);
  EngInputs          inputs = { ENG_LAW_GAUSSIAN, N_DIM, 0.0 };
  double             y[N_SAMPLES];
  EngMatF            x;

  fixture_init (fixture, 1);
  x = eng_arena_matf (fixture->arena, N_SAMPLES, N_DIM);
  eng_inputs_sample (&inputs, rng, &x);
  for (gsize i = 0; i < N_SAMPLES; i++)
    y[i] = eng_rng_gaussian (rng);
  fixture_set_train (fixture, &x, y);
  student_init (student, fixture, "network",
                "m=2600\nactivation=softplus\nbias=1\ninit=1\nlayers=both\n"
                "step-size=65536\n");
  student_prepare (student, fixture, lanes);
}

/* to <- all weights, of the first layer and then of the second. */
static void
copy_weights (const EngTwoLayer *net, double *to)
{
  gsize count = N_NEURONS * N_DIM;

  for (gsize i = 0; i < count; i++)
    to[i] = net->w.data[i];
  for (gsize r = 0; r < N_NEURONS; r++)
    to[count + r] = net->a[r];
}

/* What one step changes is the plain gradient, with the same bits for any number of
 * threads. */
static void
test_gradient (void)
{
  g_autofree double *want = g_new (double, N_WEIGHTS), *got = g_new (double, N_WEIGHTS);
  g_autofree double *first = g_new (double, N_WEIGHTS);
  g_autofree double *after = g_new (double, N_WEIGHTS);

  for (guint threads = 1; threads <= 3; threads++)
    {
      g_autoptr (EngLanes) lanes = eng_lanes_new (threads);
      Fixture              fixture;
      Student              student;
      double               error;

      open_network (&fixture, &student, lanes);
      take_plain_gradient (student.net, &fixture.problem, want);
      copy_weights (student.net, got);
      g_assert_cmpint (eng_learner_step (student.learner, lanes), ==,
                       ENG_STATUS_CONTINUE);
      copy_weights (student.net, after);
      for (gsize i = 0; i < N_WEIGHTS; i++)
        got[i] = (got[i] - after[i]) / LONG_STEP;
      error = oracle_error (N_WEIGHTS, got, want);
      g_test_message ("%u threads: error %.3g", threads, error);
      g_assert_cmpfloat (error, <=, TOLERANCE);
      if (threads == 1)
        memcpy (first, after, N_WEIGHTS * sizeof (double));
      g_assert_cmpmem (first, N_WEIGHTS * sizeof (double), after,
                       N_WEIGHTS * sizeof (double));
      student_clear (&student);
      fixture_clear (&fixture);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  eng_init ();
  g_test_add_func ("/engine/wide-network/gradient", test_gradient);
  return g_test_run ();
}
