/* SPDX-License-Identifier: GPL-3.0-or-later
 * Two-layer students against the reference: f and its Taylor terms, kernels, and for
 * every mode of training the gradient, the objective over five steps and W after them. */
#include "eng-experiment.h"
#include "fixture.h"
#include "objective.h"
#include "oracle.h"

#include <math.h>
#include <string.h>

/* λ_max by power iteration in float, which stops when it changes by 1e-6: a gap of one per
 * cent between the first two eigenvalues leaves 5e-5. */
#define LAMBDA_TOLERANCE 1e-4
/* R1 flattens the top of the spectrum; where its first eigenvalues nearly coincide, the
 * iteration stops up to 0.2 % below. */
#define LAMBDA_R1_TOLERANCE 3e-3
/* A step this long makes W itself negligible: W − W′ = length × gradient. */
#define LONG_STEP 65536.0

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

typedef struct
{
  const char *file, *activation;
  gboolean    has_bias;
} Case;

static const Case cases[] = {
  { "two_layer_quad", "quad", FALSE },
  { "two_layer_softplus", "softplus", FALSE },
  { "two_layer_logistic", "logistic", FALSE },
  { "two_layer_gelu", "gelu", FALSE },
  { "two_layer_cubic", "cubic-hermite", FALSE },
  { "two_layer_softplus_bias", "softplus", TRUE },
  { "two_layer_tanh", "tanh", TRUE },
  { "two_layer_erf", "erf", TRUE },
  { "two_layer_relu", "relu", FALSE },
  { "two_layer_relu_bias", "relu", TRUE },
};

/* --- given numbers ------------------------------------------------------------------ */

static char *
block_name (const char *mode, const char *what)
{
  return g_strconcat (mode, ".", what, NULL);
}

static gboolean
mode_has (const Oracle *oracle, const char *mode, const char *what)
{
  g_autofree char *name = block_name (mode, what);

  return oracle_has (oracle, name);
}

static void
open_fixture (Fixture *fixture, const Oracle *oracle, guint k)
{
  EngMatF x;

  fixture_init (fixture, k);
  x = oracle_float (oracle, "X", fixture->arena);
  fixture_set_train (fixture, &x, oracle_get (oracle, "y")->data);
  if (oracle_has (oracle, "Xu"))
    fixture->unlabelled = oracle_float (oracle, "Xu", fixture->arena);
  if (oracle_has (oracle, "Xs"))
    fixture->probes = oracle_float (oracle, "Xs", fixture->arena);
}

static void
load_floats (const Oracle *oracle, const char *block, float *to)
{
  const EngMat *from = oracle_get (oracle, block);

  for (gsize i = 0; i < from->rows * from->cols; i++)
    to[i] = (float) from->data[i];
}

static void
open_student (Student      *student,
              Fixture      *fixture,
              const Oracle *oracle,
              const Case   *data,
              const char   *learner,
              double        step_size,
              const char   *settings)
{
  char             number[G_ASCII_DTOSTR_BUF_SIZE];
  g_autofree char *text = g_strdup_printf (
      "m=8\nactivation=%s\nbias=%d\nstep-size=%s\n%s", data->activation, data->has_bias,
      g_ascii_dtostr (number, sizeof number, step_size), settings);

  student_init (student, fixture, learner, text);
  load_floats (oracle, "W0", student->net->w0.data);
  load_floats (oracle, "a", student->net->a);
  load_floats (oracle, "a", student->net->a0);
  load_floats (oracle, "b", student->net->b);
  load_floats (oracle, "W", student->net->w.data);
}

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

static void
check_mode (const Oracle *oracle,
            const char   *mode,
            const char   *what,
            gsize         n,
            const float  *got)
{
  g_autofree char *name = block_name (mode, what);

  oracle_check_float (oracle, name, n, got, ORACLE_FLOAT);
}

static void
check_mode_double (const Oracle *oracle,
                   const char   *mode,
                   const char   *what,
                   gsize         n,
                   const double *got)
{
  g_autofree char *name = block_name (mode, what);

  oracle_check (oracle, name, n, got, ORACLE_FLOAT);
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
  const Case          *given = data;
  g_autoptr (Oracle)   oracle = oracle_load (given->file);
  g_autoptr (EngLanes) lanes = eng_lanes_new (2);
  Fixture              fixture;
  Student              lazy, full;

  open_fixture (&fixture, oracle, 1);
  open_student (&lazy, &fixture, oracle, given, "lazy", 1.0, "");
  student_prepare (&lazy, &fixture, lanes);
  check_terms (oracle, &lazy, &fixture.problem.x_train, lanes);
  check_terms (oracle, &lazy, &fixture.problem.x_train, NULL);
  check_kernel (oracle, &lazy, fixture.arena);
  oracle_check_value (oracle, "lambda_max", lazy.learner->lambda_max, LAMBDA_TOLERANCE);
  open_student (&full, &fixture, oracle, given, "network", 1.0, "");
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
  check_mode (oracle, mode, "grad", count, taylor->gradient.data);
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
        check_mode (oracle, mode->name, "W5", count, before);
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
  check_mode_double (oracle, mode->name, "losses", N_STEPS + 1, losses);
}

static void
check_taylor_mode (const Oracle *oracle, const Case *given, const Mode *mode)
{
  g_autofree char *settings = NULL;
  Fixture          fixture;
  Student          student;
  Objective        objective;
  double           loss;

  open_fixture (&fixture, oracle, (mode->penalties & OBJECTIVE_DEGREE_2) ? 2 : 1);
  settings = penalty_settings (oracle, &fixture, mode);
  open_student (&student, &fixture, oracle, given, mode->learner,
                oracle_scalar (oracle, "eta"), settings);
  student_prepare (&student, &fixture, NULL);
  if (strcmp (mode->name, "r1p") == 0)
    oracle_check_value (oracle, "lambda_max_R1P", student.learner->lambda_max,
                        LAMBDA_R1_TOLERANCE);
  if (strcmp (mode->name, "r1f") == 0)
    oracle_check_value (oracle, "lambda_max_R1F", student.learner->lambda_max,
                        LAMBDA_R1_TOLERANCE);
  check_gradient (oracle, mode->name, &student);
  objective_init (&objective, oracle, given->activation, mode->penalties, fixture.arena);
  student.learner->train_loss = eng_taylor_gradient (student.learner->state, NULL);
  loss = objective_now (&objective, &student);
  check_mode_double (oracle, mode->name, "loss", 1, &loss);
  g_assert_cmpint (mode->grad_only, ==, !mode_has (oracle, mode->name, "losses"));
  if (!mode->grad_only)
    check_steps (oracle, mode, &student, &objective);
  student_clear (&student);
  fixture_clear (&fixture);
}

static void
test_taylor (gconstpointer data)
{
  const Case        *given = data;
  g_autoptr (Oracle) oracle = oracle_load (given->file);
  guint              n = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (modes); i++)
    if (mode_has (oracle, modes[i].name, "grad"))
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
  const Case        *given = data;
  g_autoptr (Oracle) oracle = oracle_load (given->file);
  const EngMat      *v1 = oracle_get (oracle, "V1");
  gsize              md = v1->cols;
  Fixture            fixture;
  Student            student;
  EngTaylor         *taylor;
  EngMat             got, want, top;
  double             gap[2];
  float             *part;

  open_fixture (&fixture, oracle, 1);
  open_student (&student, &fixture, oracle, given, "joint", 1.0, "unlabelled=fixed 16\n");
  fixture.unlabelled.rows = 16;
  student_prepare (&student, &fixture, NULL);
  taylor = student.learner->state;
  gap[0] = eng_basis_get_spectrum (student.basis)->values[5];
  gap[1] = eng_basis_get_spectrum (student.basis)->values[6];
  oracle_check (oracle, "Sigma_gap", 2, gap, ORACLE_DOUBLE);
  /* Signs are free: compare V1ᵀ V1. */
  g_assert_cmpuint (taylor->top->rows, ==, v1->rows);
  top = eng_arena_mat (fixture.arena, v1->rows, md);
  got = eng_arena_mat (fixture.arena, md, md);
  want = eng_arena_mat (fixture.arena, md, md);
  for (gsize i = 0; i < v1->rows * md; i++)
    top.data[i] = taylor->top->data[i];
  eng_la_gemm_tn (1.0, &top, &top, 0.0, &got);
  eng_la_gemm_tn (1.0, v1, v1, 0.0, &want);
  g_assert_cmpfloat (oracle_error (md * md, got.data, want.data), <=, ORACLE_FLOAT);
  eng_taylor_project (taylor, &student.net->w, &taylor->perpendicular, NULL);
  part = eng_arena_floats (fixture.arena, md);
  for (gsize i = 0; i < md; i++)
    part[i] = student.net->w.data[i] - taylor->perpendicular.data[i];
  oracle_check_float (oracle, "P_W", md, part, ORACLE_FLOAT);
  student_clear (&student);
  fixture_clear (&fixture);
}

/* --- signed dropout, and the full network ------------------------------------------------ */

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
          check_mode (oracle, mode, "W5", count, student->net->w.data);
          if (mode_has (oracle, mode, "a5"))
            check_mode (oracle, mode, "a5", m, student->net->a);
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
  check_mode_double (oracle, mode, "losses", N_STEPS + 1, losses);
  if (mode_has (oracle, mode, "loss"))
    check_mode_double (oracle, mode, "loss", 1, losses);
}

/* The gradient, from one step so long that W is nothing beside it. */
static void
check_long_step (const Oracle *oracle,
                 const Case   *given,
                 const char   *mode,
                 const char   *settings,
                 gboolean      signs)
{
  Fixture            fixture;
  Student            student;
  const EngMat      *z = oracle_get (oracle, "z"), *w = oracle_get (oracle, "W");
  const EngMat      *a = oracle_get (oracle, "a");
  g_autoptr (EngRng) rng = NULL;
  float              drawn[8];
  float             *gradient;
  gsize              count = w->rows * w->cols;

  open_fixture (&fixture, oracle, 1);
  open_student (&student, &fixture, oracle, given, "network", LONG_STEP, settings);
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
  check_mode (oracle, mode, "grad", count, gradient);
  for (gsize r = 0; r < a->rows; r++)
    gradient[r] = (float) ((a->data[r] - student.net->a[r]) / LONG_STEP);
  if (mode_has (oracle, mode, "grad_a"))
    check_mode (oracle, mode, "grad_a", a->rows, gradient);
  else
    for (gsize r = 0; r < a->rows; r++)
      g_assert_cmpfloat (gradient[r], ==, 0.0);
  student_clear (&student);
  fixture_clear (&fixture);
}

static void
check_network_mode (const Oracle *oracle,
                    const Case   *given,
                    const char   *mode,
                    const char   *settings,
                    gboolean      signs)
{
  g_autofree char *alpha_block = block_name (mode, "alpha"), *with_alpha = NULL;
  double           alpha = 1.0;
  Fixture          fixture;
  Student          student;

  if (oracle_has (oracle, alpha_block))
    alpha = oracle_scalar (oracle, alpha_block);
  with_alpha = g_strdup_printf ("alpha=%.17g\n%s", alpha, settings);
  check_long_step (oracle, given, mode, with_alpha, signs);
  open_fixture (&fixture, oracle, 1);
  open_student (&student, &fixture, oracle, given, "network",
                oracle_scalar (oracle, "eta"), with_alpha);
  student_prepare (&student, &fixture, NULL);
  check_plain_steps (oracle, mode, &student, signs, 0.5 / (alpha * alpha));
  student_clear (&student);
  fixture_clear (&fixture);
}

static void
test_network (gconstpointer data)
{
  const Case        *given = data;
  g_autoptr (Oracle) oracle = oracle_load (given->file);

  check_network_mode (oracle, given, "full1", "", FALSE);
  check_network_mode (oracle, given, "full2", "", FALSE);
  check_network_mode (oracle, given, "full3", "", FALSE);
  check_network_mode (oracle, given, "both", "layers=both\n", FALSE);
  check_network_mode (oracle, given, "dropout_full", "signed-dropout=true\n", TRUE);
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
  const Case        *given = data;
  g_autoptr (Oracle) oracle = oracle_load (given->file);
  double             eta = oracle_scalar (oracle, "eta");
  const EngMat      *z = oracle_get (oracle, "z");
  Fixture            fixture;
  Student            student;

  open_fixture (&fixture, oracle, 1);
  for (guint literal = 0; literal < 2; literal++)
    {
      EngTaylor *taylor;

      open_student (&student, &fixture, oracle, given, "quadratic", eta,
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

/* --- program --------------------------------------------------------------------------- */

static void
add (const char *what, const Case *given, GTestDataFunc func)
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
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      add ("terms", &cases[i], test_terms);
      add ("taylor", &cases[i], test_taylor);
      add ("network", &cases[i], test_network);
      if (strcmp (cases[i].activation, "relu") == 0)
        continue;
      add ("projector", &cases[i], test_projector);
      add ("dropout", &cases[i], test_dropout);
    }
  result = g_test_run ();
  oracle_report ();
  return result;
}
