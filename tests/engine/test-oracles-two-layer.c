/* SPDX-License-Identifier: GPL-3.0-or-later
 * Two-layer students against the reference: f and its Taylor terms, kernels, and for
 * every mode of training on Taylor terms the gradient, the objective over five steps and W
 * after them. */
#include "eng-experiment.h"
#include "objective.h"
#include "two-layer-case.h"

#include <math.h>
#include <string.h>

/* λ_max by Lanczos in float. */
#define LAMBDA_TOLERANCE 2e-5

#define N_STEPS 5

typedef struct
{
  const char *name; /* of the blocks */
  const char *learner;
  const char *settings;
  guint       penalties; /* ObjectiveFlags */
  gboolean    grad_only; /* the file has no steps */
} Mode;

static const Mode modes[] = {
  { "lazy", "lazy", "", OBJECTIVE_LINEAR, FALSE },
  { "quad", "quadratic", "", OBJECTIVE_QUADRATIC, FALSE },
  { "joint", "joint", "lambda1=0\n", OBJECTIVE_JOINT, FALSE },
  { "r1p", "joint", "", OBJECTIVE_JOINT | OBJECTIVE_R1, FALSE },
  { "r1f", "joint", "r1-space=function\n",
    OBJECTIVE_JOINT | OBJECTIVE_R1 | OBJECTIVE_FUNCTION, FALSE },
  { "r1f2", "joint", "r1-space=function\n",
    OBJECTIVE_JOINT | OBJECTIVE_R1 | OBJECTIVE_FUNCTION | OBJECTIVE_DEGREE_2, TRUE },
  { "r2p", "joint", "", OBJECTIVE_JOINT | OBJECTIVE_R2, FALSE },
  { "r2f", "joint", "r1-space=function\n",
    OBJECTIVE_JOINT | OBJECTIVE_R2 | OBJECTIVE_FUNCTION, TRUE },
  { "r3", "joint", "", OBJECTIVE_JOINT | OBJECTIVE_R3, FALSE },
  { "r3p", "joint", "r3=projected\n", OBJECTIVE_JOINT | OBJECTIVE_R3_PROJECTED, FALSE },
  { "r4", "joint", "", OBJECTIVE_JOINT | OBJECTIVE_R4, FALSE },
  { "r8", "joint", "r4-power=8\n", OBJECTIVE_JOINT | OBJECTIVE_R8, TRUE },
  { "all", "joint", "",
    OBJECTIVE_JOINT | OBJECTIVE_R1 | OBJECTIVE_R2 | OBJECTIVE_R3 | OBJECTIVE_R4, FALSE },
};

/* λ's of a mode as lines, from the case's own numbers. */
static char *
penalty_settings (const Oracle *oracle, const Fixture *fixture, const Mode *mode)
{
  GString *text = g_string_new (mode->settings);
  double   lambda3 = oracle_has (oracle, "lam3") ? oracle_scalar (oracle, "lam3") : 0.0;
  gboolean r1 = mode->penalties & OBJECTIVE_R1, r2 = mode->penalties & OBJECTIVE_R2;
  gboolean r3 = mode->penalties & (OBJECTIVE_R3 | OBJECTIVE_R3_PROJECTED);
  gboolean r4 = mode->penalties & (OBJECTIVE_R4 | OBJECTIVE_R8);

  if (strcmp (mode->learner, "joint") != 0 || strcmp (mode->name, "joint") == 0)
    return g_string_free (text, FALSE);
  g_string_append_printf (text, "unlabelled=fixed %zu\n", fixture->unlabelled.rows);
  g_string_append_printf (text, "lambda1=%.17g\n",
                          r1 ? oracle_scalar (oracle, "lam1") : 0);
  g_string_append_printf (text, "lambda2=%.17g\n",
                          r2 ? oracle_scalar (oracle, "lam2") : 0);
  /* As in objective_init (): no ½ in NOTATION's projected R3. */
  if (mode->penalties & OBJECTIVE_R3_PROJECTED)
    lambda3 /= 2.0;
  g_string_append_printf (text, "lambda3=%.17g\n", r3 ? lambda3 : 0);
  g_string_append_printf (text, "lambda4=%.17g\n",
                          r4 ? oracle_scalar (oracle, "lam4") : 0);
  return g_string_free (text, FALSE);
}

/* --- terms and kernels --------------------------------------------------------------- */

static void
check_terms (const Oracle *oracle, Student *student, const EngMatF *x, EngLanes *lanes)
{
  gsize              n = x->rows;
  g_autofree double *f = g_new (double, n), *l = g_new (double, n),
                    *q = g_new (double, n);
  g_autofree float *f_f = g_new (float, n), *l_f = g_new (float, n),
                   *q_f = g_new (float, n);
  EngTerms terms = { f_f, l_f, q_f };

  eng_two_layer_terms (student->net, x, f, l, q);
  eng_two_layer_evaluate (student->net, x, lanes, &terms);
  oracle_check (oracle, "f", n, f, ORACLE_DOUBLE);
  oracle_check (oracle, "f_L", n, l, ORACLE_DOUBLE);
  oracle_check_float (oracle, "f", n, f_f, ORACLE_FLOAT);
  oracle_check_float (oracle, "f_L", n, l_f, ORACLE_FLOAT);
  if (!student->net->activation->has_second)
    {
      for (gsize i = 0; i < n; i++)
        g_assert_true (q[i] == 0.0 && q_f[i] == 0.0f);
      return;
    }
  oracle_check (oracle, "f_Q", n, q, ORACLE_DOUBLE);
  oracle_check_float (oracle, "f_Q", n, q_f, ORACLE_FLOAT);
}

/* Eigenvalues of K/n at W = 0. */
static void
check_kernel (const Oracle *oracle, Student *student, EngArena *arena)
{
  const EngMat *x = oracle_get (oracle, "X");
  gsize         n = x->rows;
  EngMat        features = eng_arena_mat (arena, n, student->net->m);
  EngMat        gram = eng_arena_mat (arena, n, n), kernel = eng_arena_mat (arena, n, n);
  double       *values = eng_arena_doubles (arena, n);
  EngAnalysis   scratch;
  g_autoptr (GError) error = NULL;

  eng_analysis_init (&scratch, student->net->m, student->net->d, arena);
  eng_two_layer_features (student->net, x, FALSE, &scratch, &features);
  eng_la_syrk (1.0, x, 0.0, &gram);
  eng_basis_kernel (&features, &gram, (double) n, &kernel);
  eng_la_eigh (&kernel, FALSE, values, &error);
  g_assert_no_error (error);
  oracle_check (oracle, "K_eigenvalues", n, values, ORACLE_DOUBLE);
}

static void
test_terms (gconstpointer data)
{
  const TwoLayerCase  *given = data;
  g_autoptr (Oracle)   oracle = oracle_load (given->file);
  g_autoptr (EngLanes) lanes = eng_lanes_new (2);
  Fixture              fixture;
  Student              lazy, full;

  two_layer_case_open (&fixture, oracle, 1);
  two_layer_case_student (&lazy, &fixture, oracle, given, "lazy", 1.0, "");
  student_prepare (&lazy, &fixture, lanes);
  check_terms (oracle, &lazy, &fixture.problem.x_train, lanes);
  check_terms (oracle, &lazy, &fixture.problem.x_train, NULL);
  check_kernel (oracle, &lazy, fixture.arena);
  oracle_check_value (oracle, "lambda_max", lazy.learner->lambda_max, LAMBDA_TOLERANCE);
  two_layer_case_student (&full, &fixture, oracle, given, "network", 1.0, "");
  student_prepare (&full, &fixture, lanes);
  oracle_check_value (oracle, "lambda_max_full", full.learner->lambda_max,
                      LAMBDA_TOLERANCE);
  student_clear (&lazy);
  student_clear (&full);
  fixture_clear (&fixture);
}

/* --- Taylor students ------------------------------------------------------------------- */

static void
check_gradient (const Oracle *oracle, const char *mode, Student *student)
{
  EngTaylor *taylor = student->learner->state;
  gsize      count = student->net->m * student->net->d;

  (void) eng_taylor_gradient (taylor, NULL);
  two_layer_case_check (oracle, mode, "grad", count, taylor->gradient.data);
}

/* The objective at the present W: the engine's own data term, and the penalties that it
 * never computes. */
static double
objective_now (const Objective *objective, Student *student)
{
  gsize              count = student->net->m * student->net->d;
  g_autofree double *w = g_new (double, count);

  for (gsize i = 0; i < count; i++)
    w[i] = student->net->w.data[i];
  return 0.5 * student->learner->train_loss + objective_penalties (objective, w);
}

static void
check_steps (const Oracle    *oracle,
             const Mode      *mode,
             Student         *student,
             const Objective *objective)
{
  gsize  count = student->net->m * student->net->d;
  double losses[N_STEPS + 1];

  for (guint step = 0; step <= N_STEPS; step++)
    {
      g_autofree float *before = g_memdup2 (student->net->w.data, count * sizeof (float));
      EngStatus         status = eng_learner_step (student->learner, NULL);

      g_assert_cmpint (status, ==, ENG_STATUS_CONTINUE);
      if (step == N_STEPS)
        two_layer_case_check (oracle, mode->name, "W5", count, before);
      /* The loss that a step reports is that before it. */
      for (gsize i = 0; i < count; i++)
        {
          float keep = student->net->w.data[i];

          student->net->w.data[i] = before[i];
          before[i] = keep;
        }
      losses[step] = objective_now (objective, student);
      memcpy (student->net->w.data, before, count * sizeof (float));
    }
  two_layer_case_check_double (oracle, mode->name, "losses", N_STEPS + 1, losses);
}

static void
check_taylor_mode (const Oracle *oracle, const TwoLayerCase *given, const Mode *mode)
{
  g_autofree char *settings = NULL;
  Fixture          fixture;
  Student          student;
  Objective        objective;
  double           loss;

  two_layer_case_open (&fixture, oracle, (mode->penalties & OBJECTIVE_DEGREE_2) ? 2 : 1);
  settings = penalty_settings (oracle, &fixture, mode);
  two_layer_case_student (&student, &fixture, oracle, given, mode->learner,
                          oracle_scalar (oracle, "eta"), settings);
  student_prepare (&student, &fixture, NULL);
  if (strcmp (mode->name, "r1p") == 0)
    oracle_check_value (oracle, "lambda_max_R1P", student.learner->lambda_max,
                        LAMBDA_TOLERANCE);
  if (strcmp (mode->name, "r1f") == 0)
    oracle_check_value (oracle, "lambda_max_R1F", student.learner->lambda_max,
                        LAMBDA_TOLERANCE);
  check_gradient (oracle, mode->name, &student);
  objective_init (&objective, oracle, given->activation, mode->penalties, fixture.arena);
  student.learner->train_loss = eng_taylor_gradient (student.learner->state, NULL);
  loss = objective_now (&objective, &student);
  two_layer_case_check_double (oracle, mode->name, "loss", 1, &loss);
  g_assert_cmpint (mode->grad_only, ==,
                   !two_layer_case_has (oracle, mode->name, "losses"));
  if (!mode->grad_only)
    check_steps (oracle, mode, &student, &objective);
  student_clear (&student);
  fixture_clear (&fixture);
}

static void
test_taylor (gconstpointer data)
{
  const TwoLayerCase *given = data;
  g_autoptr (Oracle)  oracle = oracle_load (given->file);
  guint               n = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (modes); i++)
    if (two_layer_case_has (oracle, modes[i].name, "grad"))
      {
        check_taylor_mode (oracle, given, &modes[i]);
        n++;
      }
  /* lazy alone for relu, everything but r1f2 elsewhere, r1f2 too for the cubic. */
  g_assert_cmpuint (n, ==,
                    strcmp (given->activation, "relu") == 0            ? 1
                    : strcmp (given->activation, "cubic-hermite") == 0 ? 13
                                                                       : 12);
}

/* --- the projector --------------------------------------------------------------------- */

static void
test_projector (gconstpointer data)
{
  const TwoLayerCase *given = data;
  g_autoptr (Oracle)  oracle = oracle_load (given->file);
  const EngMat       *v1 = oracle_get (oracle, "V1");
  gsize               md = v1->cols;
  Fixture             fixture;
  Student             student;
  EngTaylor          *taylor;
  EngMat              got, want, top;
  EngMatF             directions;
  double              gap[2];
  float              *part;

  two_layer_case_open (&fixture, oracle, 1);
  two_layer_case_student (&student, &fixture, oracle, given, "joint", 1.0,
                          "unlabelled=fixed 16\n");
  fixture.unlabelled.rows = 16;
  student_prepare (&student, &fixture, NULL);
  taylor = student.learner->state;
  gap[0] = eng_basis_get_spectrum (student.basis)->values[5];
  gap[1] = eng_basis_get_spectrum (student.basis)->values[6];
  oracle_check (oracle, "Sigma_gap", 2, gap, ORACLE_DOUBLE);
  /* Signs are free: compare V1ᵀ V1. */
  directions = student_expand_top (&student, fixture.arena);
  g_assert_cmpuint (directions.rows, ==, v1->rows);
  top = eng_arena_mat (fixture.arena, v1->rows, md);
  got = eng_arena_mat (fixture.arena, md, md);
  want = eng_arena_mat (fixture.arena, md, md);
  for (gsize i = 0; i < v1->rows * md; i++)
    top.data[i] = directions.data[i];
  eng_la_gemm_tn (1.0, &top, &top, 0.0, &got);
  eng_la_gemm_tn (1.0, v1, v1, 0.0, &want);
  g_assert_cmpfloat (oracle_error (md * md, got.data, want.data), <=, ORACLE_FLOAT);
  eng_taylor_take_difference (taylor, &student.net->w, NULL);
  eng_taylor_project (taylor, &taylor->difference, &taylor->perpendicular, NULL);
  part = eng_arena_floats (fixture.arena, md);
  /* One neuron of a pair has half of the difference, the other minus that. */
  for (gsize i = 0; i < md / 2; i++)
    {
      part[i] = (taylor->difference.data[i] - taylor->perpendicular.data[i]) / 2;
      part[i + md / 2] = -part[i];
    }
  oracle_check_float (oracle, "P_W", md, part, ORACLE_FLOAT);
  student_clear (&student);
  fixture_clear (&fixture);
}

/* --- program --------------------------------------------------------------------------- */

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
  for (gsize i = 0; i < G_N_ELEMENTS (two_layer_cases); i++)
    {
      add ("terms", &two_layer_cases[i], test_terms);
      add ("taylor", &two_layer_cases[i], test_taylor);
      if (strcmp (two_layer_cases[i].activation, "relu") == 0)
        continue;
      add ("projector", &two_layer_cases[i], test_projector);
    }
  result = g_test_run ();
  oracle_report ();
  return result;
}
