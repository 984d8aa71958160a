/* SPDX-License-Identifier: GPL-3.0-or-later
 * The full network, with one layer or both and at several output scales, and signed dropout
 * on the network and on its Taylor terms, against the reference. */
#include "eng-experiment.h"
#include "two-layer-case.h"

#include <math.h>
#include <string.h>

/* A step this long makes W itself negligible: W − W′ = length × gradient. */
#define LONG_STEP 65536.0

#define N_STEPS 5

/* The signs that the learner will draw are those of its stream.  With W′_r = s_r z_r W_r
 * its forward pass sees diag (z) W, and its gradient comes out as s_r z_r times the one for
 * z: both exactly, so z is as good as given. */
static void
exchange_signs (EngTwoLayer *net, const float *drawn, const double *given)
{
  for (gsize r = 0; r < net->m; r++)
    for (gsize j = 0; j < net->d; j++)
      net->w.data[r * net->d + j] *= drawn[r] * (float) given[r];
}

/* Steps 0 to N_STEPS; `scale` turns the relative train loss into the case's loss. */
static void
check_plain_steps (const Oracle *oracle,
                   const char   *mode,
                   Student      *student,
                   gboolean      signs,
                   double        scale)
{
  gsize              m = student->net->m, count = m * student->net->d;
  const EngMat      *z = oracle_get (oracle, "z");
  g_autoptr (EngRng) rng = eng_rng_new (student->learner->context.seed, "dropout", 0);
  g_autofree float  *drawn = g_new (float, m);
  double             losses[N_STEPS + 1];

  for (guint step = 0; step <= N_STEPS; step++)
    {
      if (step == N_STEPS)
        {
          two_layer_case_check (oracle, mode, "W5", count, student->net->w.data);
          if (two_layer_case_has (oracle, mode, "a5"))
            two_layer_case_check (oracle, mode, "a5", m, student->net->a);
        }
      eng_rng_fill_signs (rng, m, drawn);
      if (signs)
        exchange_signs (student->net, drawn, z->data + step * m);
      g_assert_cmpint (eng_learner_step (student->learner, NULL), ==,
                       ENG_STATUS_CONTINUE);
      if (signs)
        exchange_signs (student->net, drawn, z->data + step * m);
      losses[step] = scale * student->learner->train_loss;
    }
  two_layer_case_check_double (oracle, mode, "losses", N_STEPS + 1, losses);
  if (two_layer_case_has (oracle, mode, "loss"))
    two_layer_case_check_double (oracle, mode, "loss", 1, losses);
}

/* The gradient, from one step so long that W is nothing beside it. */
static void
check_long_step (const Oracle       *oracle,
                 const TwoLayerCase *given,
                 const char         *mode,
                 const char         *settings,
                 gboolean            signs)
{
  Fixture            fixture;
  Student            student;
  const EngMat      *z = oracle_get (oracle, "z"), *w = oracle_get (oracle, "W");
  const EngMat      *a = oracle_get (oracle, "a");
  g_autoptr (EngRng) rng = NULL;
  float              drawn[8];
  float             *gradient;
  gsize              count = w->rows * w->cols;

  two_layer_case_open (&fixture, oracle, 1);
  two_layer_case_student (&student, &fixture, oracle, given, "network", LONG_STEP,
                          settings);
  student_prepare (&student, &fixture, NULL);
  rng = eng_rng_new (student.learner->context.seed, "dropout", 0);
  eng_rng_fill_signs (rng, 8, drawn);
  if (signs)
    exchange_signs (student.net, drawn, z->data);
  g_assert_cmpint (eng_learner_step (student.learner, NULL), ==, ENG_STATUS_CONTINUE);
  if (signs)
    exchange_signs (student.net, drawn, z->data);
  gradient = eng_arena_floats (fixture.arena, count);
  for (gsize i = 0; i < count; i++)
    gradient[i] = (float) ((w->data[i] - student.net->w.data[i]) / LONG_STEP);
  two_layer_case_check (oracle, mode, "grad", count, gradient);
  for (gsize r = 0; r < a->rows; r++)
    gradient[r] = (float) ((a->data[r] - student.net->a[r]) / LONG_STEP);
  if (two_layer_case_has (oracle, mode, "grad_a"))
    two_layer_case_check (oracle, mode, "grad_a", a->rows, gradient);
  else
    for (gsize r = 0; r < a->rows; r++)
      g_assert_cmpfloat (gradient[r], ==, 0.0);
  student_clear (&student);
  fixture_clear (&fixture);
}

static void
check_network_mode (const Oracle       *oracle,
                    const TwoLayerCase *given,
                    const char         *mode,
                    const char         *settings,
                    gboolean            signs)
{
  g_autofree char *alpha_block = g_strconcat (mode, ".alpha", NULL), *with_alpha = NULL;
  double           alpha = 1.0;
  Fixture          fixture;
  Student          student;

  if (oracle_has (oracle, alpha_block))
    alpha = oracle_scalar (oracle, alpha_block);
  with_alpha = g_strdup_printf ("alpha=%.17g\n%s", alpha, settings);
  check_long_step (oracle, given, mode, with_alpha, signs);
  two_layer_case_open (&fixture, oracle, 1);
  two_layer_case_student (&student, &fixture, oracle, given, "network",
                          oracle_scalar (oracle, "eta"), with_alpha);
  student_prepare (&student, &fixture, NULL);
  check_plain_steps (oracle, mode, &student, signs, 0.5 / (alpha * alpha));
  student_clear (&student);
  fixture_clear (&fixture);
}

static void
test_network (gconstpointer data)
{
  const TwoLayerCase *given = data;
  g_autoptr (Oracle)  oracle = oracle_load (given->file);

  check_network_mode (oracle, given, "full1", "", FALSE);
  check_network_mode (oracle, given, "full2", "", FALSE);
  check_network_mode (oracle, given, "full3", "", FALSE);
  check_network_mode (oracle, given, "both", "layers=both\n", FALSE);
  check_network_mode (oracle, given, "dropout_full", "signed-dropout=true\n", TRUE);
}

static void
check_gradient (const Oracle *oracle, const char *mode, Student *student)
{
  EngTaylor *taylor = student->learner->state;
  gsize      count = student->net->m * student->net->d;

  (void) eng_taylor_gradient (taylor, NULL);
  two_layer_case_check (oracle, mode, "grad", count, taylor->gradient.data);
}

/* The mean over all sign vectors of the dropout loss. */
static double
mean_over_signs (EngTaylor *taylor)
{
  guint  n = 1u << taylor->net.m;
  double sum = 0.0;

  for (guint pattern = 0; pattern < n; pattern++)
    {
      for (gsize r = 0; r < taylor->net.m; r++)
        taylor->signs[r] = (pattern >> r) & 1 ? 1.0f : -1.0f;
      sum += 0.5 * eng_taylor_gradient (taylor, NULL) / n;
    }
  return sum;
}

static void
test_dropout (gconstpointer data)
{
  const TwoLayerCase *given = data;
  g_autoptr (Oracle)  oracle = oracle_load (given->file);
  double              eta = oracle_scalar (oracle, "eta");
  const EngMat       *z = oracle_get (oracle, "z");
  Fixture             fixture;
  Student             student;

  two_layer_case_open (&fixture, oracle, 1);
  for (guint literal = 0; literal < 2; literal++)
    {
      EngTaylor *taylor;

      two_layer_case_student (&student, &fixture, oracle, given, "quadratic", eta,
                              literal ? "mode=literal\n" : "mode=signed-dropout\n");
      student_prepare (&student, &fixture, NULL);
      taylor = student.learner->state;
      for (gsize r = 0; r < z->cols; r++)
        taylor->signs[r] = (float) z->data[r];
      check_gradient (oracle, literal ? "dropout_literal" : "dropout", &student);
      if (!literal)
        {
          oracle_check_value (oracle, "dropout.mean_loss", mean_over_signs (taylor),
                              ORACLE_FLOAT);
          check_plain_steps (oracle, "dropout", &student, TRUE, 0.5);
        }
      student_clear (&student);
    }
  fixture_clear (&fixture);
}

static void
add (const char *what, const TwoLayerCase *given, GTestDataFunc func)
{
  g_autofree char *path = g_strdup_printf ("/engine/oracles/%s/%s", given->file, what);

  g_test_add_data_func (path, given, func);
}

int
main (int argc, char **argv)
{
  int result;

  g_test_init (&argc, &argv, NULL);
  eng_init ();
  for (gsize i = 0; i < TWO_LAYER_N_CASES; i++)
    {
      add ("network", &two_layer_cases[i], test_network);
      if (strcmp (two_layer_cases[i].activation, "relu") != 0)
        add ("dropout", &two_layer_cases[i], test_dropout);
    }
  result = g_test_run ();
  oracle_report ();
  return result;
}
