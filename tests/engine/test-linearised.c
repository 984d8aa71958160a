/* SPDX-License-Identifier: GPL-3.0-or-later
 * J Jᵀ, its bounds and the rates that it promises, against reference values and against
 * J itself. */
#include "eng-experiment.h"
#include "eng-jacobian.h"
#include "eng-rate-lines.h"
#include "fixture.h"
#include "oracle.h"

#include <math.h>
#include <string.h>

#define N_STEPS 5

/* The cases of the file; its loss is a sum, ours a mean over n, so that its step is n times
 * as long. */
static const struct
{
  const char *id, *activation;
  gboolean    is_square;
} cases[] = {
  { "quad", "halfsquare", TRUE },
  { "softplus", "softplus", FALSE },
  { "tanh", "tanh", FALSE },
};

typedef struct
{
  Oracle      *oracle;
  const char  *id;
  Fixture      fixture;
  Student      student;
  EngJacobian  jacobian;
  EngRateLines lines;
  double      *values;
  EngMat       vectors;
  gsize        n;
  double       step_size; /* of the file */
} Case;

static void
check (Case *self, const char *what, gsize count, const double *got, double tolerance)
{
  g_autofree char *block = g_strconcat (self->id, ".", what, NULL);

  oracle_check (self->oracle, block, count, got, tolerance);
}

static void
check_value (Case *self, const char *what, double got)
{
  check (self, what, 1, &got, ORACLE_DOUBLE);
}

static void
case_open (Case *self, gsize index)
{
  char             number[G_ASCII_DTOSTR_BUF_SIZE];
  g_autofree char *settings = NULL, *eta = NULL;
  EngMatF          x;
  EngArena        *arena;

  self->oracle = oracle_load ("linearised");
  self->id = cases[index].id;
  fixture_init (&self->fixture, 1);
  arena = self->fixture.arena;
  x = oracle_float (self->oracle, "X", arena);
  fixture_set_train (&self->fixture, &x, oracle_get (self->oracle, "y")->data);
  self->n = x.rows;
  eta = g_strconcat (self->id, ".eta", NULL);
  self->step_size = oracle_scalar (self->oracle, eta);
  settings = g_strdup_printf (
      "m=8\nactivation=%s\nstep-size=%s\n", cases[index].activation,
      g_ascii_dtostr (number, sizeof number, self->step_size * (double) self->n));
  student_init (&self->student, &self->fixture, "network", settings);
  oracle_load_floats (self->oracle, "W0", self->student.net->w0.data);
  student_prepare (&self->student, &self->fixture, NULL);
  eng_jacobian_init (&self->jacobian, self->student.net, self->n, arena);
  eng_jacobian_prepare (&self->jacobian, self->student.net, &x);
  eng_rate_lines_init (&self->lines, self->n, arena);
  self->values = eng_arena_doubles (arena, self->n);
  self->vectors = eng_arena_mat (arena, self->n, self->n);
}

static void
case_clear (Case *self)
{
  student_clear (&self->student);
  fixture_clear (&self->fixture);
  oracle_free (self->oracle);
}

/* Starts the lines at W0, where f = 0: the residual is −y. */
static void
start_lines (Case *self)
{
  g_autofree double *residual = g_new (double, self->n);

  for (gsize i = 0; i < self->n; i++)
    residual[i] = -self->fixture.problem.y_train[i];
  g_assert_true (eng_jacobian_eigenvalues (&self->jacobian, self->student.net, FALSE,
                                           self->values, &self->vectors));
  eng_rate_lines_start (&self->lines, self->values, &self->vectors, residual);
}

static void
test_gram (gconstpointer data)
{
  Case   self;
  EngMat gram;

  case_open (&self, GPOINTER_TO_SIZE (data));
  gram = eng_arena_mat (self.fixture.arena, self.n, self.n);
  eng_jacobian_gram (&self.jacobian, self.student.net, FALSE, &gram);
  check (&self, "gram", self.n * self.n, gram.data, ORACLE_DOUBLE);
  g_assert_true (eng_jacobian_eigenvalues (&self.jacobian, self.student.net, FALSE,
                                           self.values, NULL));
  check (&self, "eigenvalues", self.n, self.values, ORACLE_DOUBLE);
  check_value (&self, "sigma_min_J", sqrt (self.values[self.n - 1]));
  check_value (&self, "eta", 0.5 / self.values[0]);
  case_clear (&self);
}

static void
test_bounds (gconstpointer data)
{
  gsize        index = GPOINTER_TO_SIZE (data);
  Case         self;
  EngTwoLayer *net;
  double       products[2], change, bound, smallest;

  case_open (&self, index);
  net = self.student.net;
  products[0] = self.jacobian.smallest;
  products[1] = self.jacobian.largest;
  oracle_check (self.oracle, "khatri_rao", 2, products, ORACLE_DOUBLE);
  oracle_load_floats (self.oracle, "Delta", net->w.data);
  change = eng_jacobian_get_change (&self.jacobian, net);
  bound = eng_jacobian_get_change_bound (&self.jacobian, net);
  check_value (&self, "lipschitz_ratio", change / bound);
  smallest = eng_jacobian_get_smallest_bound (&self.jacobian, net, FALSE);
  g_assert_cmpint (isfinite (smallest), ==, cases[index].is_square);
  if (cases[index].is_square)
    {
      double sigma = sqrt (smallest * (double) net->m) / self.jacobian.smallest;

      oracle_check_value (self.oracle, "W0_sigma_min", sigma, ORACLE_DOUBLE);
    }
  case_clear (&self);
}

/* The line and the closed form at the times of the file. */
static void
test_lines (gconstpointer data)
{
  Case               self;
  const EngMat      *times;
  g_autofree double *line = NULL, *closed = NULL;
  double             at = 0.0;

  case_open (&self, GPOINTER_TO_SIZE (data));
  times = oracle_get (self.oracle, "t");
  line = g_new (double, times->rows);
  closed = g_new (double, times->rows);
  start_lines (&self);
  for (gsize i = 0; i < times->rows; i++)
    {
      eng_rate_lines_advance (&self.lines, (guint64) (times->data[i] - at),
                              self.step_size, self.values[self.n - 1], self.values[0]);
      at = times->data[i];
      line[i] = 0.5 * self.lines.total * self.lines.line;
      closed[i] = 0.5 * self.lines.total * eng_rate_lines_get_linearised (&self.lines);
      g_assert_cmpfloat (self.lines.envelope, ==, self.lines.line);
    }
  check (&self, "pl", times->rows, line, ORACLE_DOUBLE);
  check (&self, "closed", times->rows, closed, ORACLE_DOUBLE);
  case_clear (&self);
}

/* ½ |f − y|², in double. */
static double
loss_of (Case *self)
{
  g_autofree double *f = g_new (double, self->n), *linear = g_new (double, self->n);
  g_autofree double *quadratic = g_new (double, self->n);
  double             sum = 0.0;

  eng_two_layer_terms (self->student.net, &self->fixture.problem.x_train, f, linear,
                       quadratic);
  for (gsize i = 0; i < self->n; i++)
    sum += 0.5 * (f[i] - self->fixture.problem.y_train[i])
           * (f[i] - self->fixture.problem.y_train[i]);
  return sum;
}

/* Five steps of the learner itself, whose weights are float.  Its envelope is that of the
 * file where every step knows the λ_min it starts from. */
static void
test_descent (gconstpointer data)
{
  Case                 self;
  g_autoptr (EngLanes) lanes = eng_lanes_new (1);
  double               losses[N_STEPS + 1], smallest[N_STEPS], envelope[N_STEPS + 1];

  case_open (&self, GPOINTER_TO_SIZE (data));
  for (gsize t = 0; t <= N_STEPS; t++)
    {
      losses[t] = loss_of (&self);
      envelope[t] = losses[0];
      if (t > 0)
        envelope[t] = envelope[t - 1] * pow (1.0 - self.step_size * smallest[t - 1], 2.0);
      if (t == N_STEPS)
        break;
      g_assert_true (eng_jacobian_eigenvalues (&self.jacobian, self.student.net, TRUE,
                                               self.values, NULL));
      smallest[t] = self.values[self.n - 1];
      g_assert_cmpint (eng_learner_step (self.student.learner, lanes), ==,
                       ENG_STATUS_CONTINUE);
    }
  check (&self, "losses", N_STEPS + 1, losses, ORACLE_FLOAT);
  check (&self, "lambda_min", N_STEPS, smallest, ORACLE_FLOAT);
  check (&self, "envelope", N_STEPS + 1, envelope, ORACLE_FLOAT);
  case_clear (&self);
}

/* Infinitely small steps: e^(−2 λ t), the limit of the closed form. */
static void
test_flow (void)
{
  enum
  {
    SUBSTEPS = 1 << 20
  };
  Case               self;
  const EngMat      *times;
  g_autofree double *flow = NULL;

  case_open (&self, 1);
  times = oracle_get (self.oracle, "t");
  flow = g_new (double, times->rows);
  for (gsize i = 0; i < times->rows; i++)
    {
      start_lines (&self);
      eng_rate_lines_advance (&self.lines, SUBSTEPS, times->data[i] / SUBSTEPS,
                              self.values[self.n - 1], self.values[0]);
      flow[i] = 0.5 * self.lines.total * eng_rate_lines_get_linearised (&self.lines);
    }
  check (&self, "flow", times->rows, flow, ORACLE_FLOAT);
  case_clear (&self);
}

static void
add (const char *name, gsize index, GTestDataFunc function)
{
  g_autofree char *path = g_strdup_printf ("/linearised/%s/%s", name, cases[index].id);

  g_test_add_data_func (path, GSIZE_TO_POINTER (index), function);
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  eng_init ();
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      add ("gram", i, test_gram);
      add ("bounds", i, test_bounds);
      add ("lines", i, test_lines);
      add ("descent", i, test_descent);
    }
  g_test_add_func ("/linearised/flow", test_flow);
  status = g_test_run ();
  oracle_report ();
  return status;
}
