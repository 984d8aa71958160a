/* SPDX-License-Identifier: GPL-3.0-or-later
 * R1 in function space under every input law: what is a polynomial of degree <= k on the
 * inputs is not penalised, whichever monomials coincide there (Σ x_i² = d on the sphere,
 * x_i² = 1 for signs). */
#include "eng-experiment.h"
#include "fixture.h"
#include "oracle.h"

#include <math.h>
#include <string.h>

/* For quad f_L is a polynomial of degree <= 2, so R1 = 0 with k = 2 and its gradient is
 * rounding of float: relative to the gradient of f_L without a projector. */
#define NOTHING 1e-5
/* And with k = 1 a good part of it must be left. */
#define SOMETHING 1e-2

#define N_DIM        6
#define N_TRAIN      20
#define N_UNLABELLED 60

static EngMatF
draw (EngLaw law, const char *stream, gsize rows, EngArena *arena)
{
  EngInputs          inputs = { law, N_DIM, 0.5 };
  g_autoptr (EngRng) rng = eng_rng_new (3, stream, 0);
  EngMatF            x = eng_arena_matf (arena, rows, N_DIM);

  eng_inputs_sample (&inputs, rng, &x);
  return x;
}

static double
largest (const EngMatF *a)
{
  double value = 0.0;

  for (gsize i = 0; i < a->rows * a->cols; i++)
    value = fmax (value, fabs (a->data[i]));
  return value;
}

/* Size of the gradient of R1 at a random W. */
static double
penalty_gradient (EngLaw law, guint k, const char *key)
{
  g_autofree double *y = g_new0 (double, N_TRAIN);
  g_autofree char   *settings = g_strdup_printf ("m=20\nactivation=quad\ninit=1\n"
                                                   "%s=1\nunlabelled=fixed %d\n"
                                                   "r1-space=function\n",
                                                 key, N_UNLABELLED);
  Fixture            fixture;
  Student            student;
  EngTaylor         *taylor;
  EngMatF            x;
  double             size;

  fixture_init (&fixture, k);
  fixture.problem.inputs = (EngInputs){ law, N_DIM, 0.5 };
  x = draw (law, "train", N_TRAIN, fixture.arena);
  fixture_set_train (&fixture, &x, y);
  fixture.unlabelled = draw (law, "unlabelled", N_UNLABELLED, fixture.arena);
  student_init (&student, &fixture, "joint", settings);
  student_prepare (&student, &fixture, NULL);
  taylor = student.learner->state;
  (void) eng_taylor_gradient (taylor, NULL);
  size = largest (&taylor->half);
  student_clear (&student);
  fixture_clear (&fixture);
  return size;
}

static void
test_polynomials_are_free (gconstpointer data)
{
  EngLaw law = (EngLaw) GPOINTER_TO_INT (data);

  /* R1 with the constants alone projected out, then with degrees <= 1 and <= 2. */
  double all = penalty_gradient (law, 0, "lambda1");

  g_assert_cmpfloat (all, >, 0.0);
  g_assert_cmpfloat (penalty_gradient (law, 1, "lambda1"), >, SOMETHING * all);
  g_assert_cmpfloat (penalty_gradient (law, 2, "lambda1"), <, NOTHING * all);
}

/* R2: the fit on the unlabelled inputs carries over to the training inputs. */
static void
test_training_inputs (gconstpointer data)
{
  EngLaw law = (EngLaw) GPOINTER_TO_INT (data);
  double all = penalty_gradient (law, 0, "lambda1=0\nlambda2");

  g_assert_cmpfloat (penalty_gradient (law, 1, "lambda1=0\nlambda2"), >, SOMETHING * all);
  g_assert_cmpfloat (penalty_gradient (law, 2, "lambda1=0\nlambda2"), <, NOTHING * all);
}

int
main (int argc, char **argv)
{
  static const char *const laws[] = { "sphere", "gaussian", "elliptical", "uniform",
                                      "signs" };

  g_test_init (&argc, &argv, NULL);
  eng_init ();
  for (gsize i = 0; i < G_N_ELEMENTS (laws); i++)
    {
      g_autofree char *r1 = g_strconcat ("/engine/function-space/r1/", laws[i], NULL);
      g_autofree char *r2 = g_strconcat ("/engine/function-space/r2/", laws[i], NULL);

      g_test_add_data_func (r1, GINT_TO_POINTER (i), test_polynomials_are_free);
      g_test_add_data_func (r2, GINT_TO_POINTER (i), test_training_inputs);
    }
  return g_test_run ();
}
