/* SPDX-License-Identifier: GPL-3.0-or-later
 * Kernel matrices against reference values, and gradient flow where its end and its
 * beginning are known by other means. */
#include "eng-experiment.h"
#include "eng-kernel.h"
#include "fixture.h"
#include "oracle.h"

#include <math.h>
#include <string.h>

static void
check (const Oracle    *oracle,
       const EngKernel *kernel,
       const char      *block,
       const char      *cross,
       guint            n_threads)
{
  EngArena            *arena = eng_arena_new ();
  g_autoptr (EngLanes) lanes = eng_lanes_new (n_threads);
  const EngMat        *x = oracle_get (oracle, "X"), *z = oracle_get (oracle, "Z");
  EngKernelInputs      of_x, of_z;
  EngKernelWork        work;
  EngMat               k = eng_arena_mat (arena, x->rows, x->rows);
  EngMat               across = eng_arena_mat (arena, z->rows, x->rows);

  eng_kernel_inputs_init (&of_x, kernel, x->rows, arena);
  eng_kernel_inputs_init (&of_z, kernel, z->rows, arena);
  eng_kernel_work_init (&work, kernel, x->rows, arena);
  eng_kernel_inputs_set (&of_x, kernel, x, NULL);
  eng_kernel_inputs_set (&of_z, kernel, z, NULL);
  eng_kernel_fill (kernel, &of_x, &of_x, &work, lanes, &k);
  oracle_check (oracle, block, x->rows * x->rows, k.data, ORACLE_DOUBLE);
  eng_kernel_fill (kernel, &of_z, &of_x, &work, lanes, &across);
  if (cross != NULL)
    oracle_check (oracle, cross, z->rows * x->rows, across.data, ORACLE_DOUBLE);
  eng_arena_free (arena);
}

/* K_l alone, l from 1. */
static void
make_network (EngKernel  *self,
              const char *activation,
              guint       layers,
              double      scale,
              guint       l)
{
  memset (self, 0, sizeof *self);
  self->kind = ENG_KERNEL_NETWORK;
  eng_dual_init (&self->dual, eng_activation_find (activation));
  self->layers = layers;
  self->scale = scale;
  self->weights[l - 1] = 1.0;
}

static void
test_two_layers (void)
{
  static const struct
  {
    const char *activation, *name;
    double      scale; /* of the reference's σ, squared */
  } cases[] = {
    { "relu", "relu", 1 },         { "relu2", "relu_squared", 4 },
    { "relu3", "relu_cubed", 36 }, { "erf-kernel", "erf", 1 },
    { "square", "square", 1 },     { "cube", "cube", 1 },
    { "softplus", "softplus", 1 }, { "logistic", "logistic", 1 },
  };
  Oracle   *oracle = oracle_load ("kernels");
  EngKernel kernel;

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    for (guint l = 1; l <= 2; l++)
      {
        g_autofree char *block = g_strdup_printf ("%s.K%u", cases[i].name, l);

        make_network (&kernel, cases[i].activation, 1, 1.0, l);
        kernel.weights[l - 1] = cases[i].scale;
        check (oracle, &kernel, block, NULL, 1);
      }
  oracle_free (oracle);
}

static void
test_deep (void)
{
  Oracle       *oracle = oracle_load ("kernels_deep");
  const EngMat *alpha = oracle_get (oracle, "alpha");
  EngKernel     kernel;

  for (guint layers = 1; layers <= 3; layers++)
    for (guint l = 1; l <= layers + 1; l++)
      {
        g_autofree char *block = g_strdup_printf ("relu_L%u.K%u", layers, l);

        make_network (&kernel, "relu", layers, 2.0, l);
        check (oracle, &kernel, block, NULL, 2);
      }
  for (guint l = 1; l <= 3; l++)
    {
      g_autofree char *block = g_strdup_printf ("erf_L2.K%u", l);

      make_network (&kernel, "erf-kernel", 2, 1.0, l);
      check (oracle, &kernel, block, NULL, 1);
    }
  make_network (&kernel, "relu", 3, 2.0, 1);
  memcpy (kernel.weights, alpha->data, 4 * sizeof (double));
  check (oracle, &kernel, "relu_L3.weighted", "relu_L3.weighted_cross", 3);
  make_network (&kernel, "relu", 1, 2.0, 1);
  kernel.weights[1] = 1.0;
  check (oracle, &kernel, "K", "K_cross", 1);
  kernel.has_coordinate = TRUE;
  check (oracle, &kernel, "relu_bias.K", NULL, 1);
  oracle_free (oracle);
}

static void
test_others (void)
{
  Oracle   *oracle = oracle_load ("kernels_deep");
  EngKernel kernel = { .kind = ENG_KERNEL_LAPLACE, .width = 0.75 };

  check (oracle, &kernel, "laplace", NULL, 1);
  /* Distances do not know of the coordinate. */
  kernel.has_coordinate = TRUE;
  check (oracle, &kernel, "laplace", NULL, 1);
  kernel.kind = ENG_KERNEL_RBF;
  check (oracle, &kernel, "rbf", NULL, 1);
  kernel = (EngKernel){ .kind = ENG_KERNEL_POLYNOMIAL, .offset = 0.5, .degree = 3 };
  check (oracle, &kernel, "polynomial", NULL, 1);
  oracle_free (oracle);
}

/* --- learners ---------------------------------------------------------------------- */

/* A learner with a relu kernel of two layers on the samples of the case, after one step. */
typedef struct
{
  Oracle *oracle;
  Fixture fixture;
  EngMatF x, z;
} Samples;

static void
samples_init (Samples *self)
{
  self->oracle = oracle_load ("kernels_deep");
  fixture_init (&self->fixture, 1);
  self->x = oracle_float (self->oracle, "X", self->fixture.arena);
  self->z = oracle_float (self->oracle, "Z", self->fixture.arena);
  fixture_set_train (&self->fixture, &self->x, oracle_get (self->oracle, "y")->data);
}

static void
samples_clear (Samples *self)
{
  fixture_clear (&self->fixture);
  oracle_free (self->oracle);
}

/* on_x: (n of X)  on_z: (n of Z); either may be NULL */
static void
predict (Samples    *self,
         const char *learner,
         const char *settings,
         float      *on_x,
         float      *on_z)
{
  g_autofree char *all = g_strconcat ("bias-coordinate=false\n", settings, NULL);
  Student          student;

  student_init (&student, &self->fixture, learner, all);
  student_prepare (&student, &self->fixture, NULL);
  g_assert_cmpint (eng_learner_step (student.learner, NULL), ==, ENG_STATUS_CONTINUE);
  if (on_x != NULL)
    eng_learner_predict (student.learner, &self->x, NULL, NULL, on_x);
  if (on_z != NULL)
    eng_learner_predict (student.learner, &self->z, NULL, NULL, on_z);
  student_clear (&student);
}

static void
test_ridge (void)
{
  Samples self;
  float   on_z[4];

  samples_init (&self);
  predict (&self, "kernel-ridge", "ridge=1e-3\n", NULL, on_z);
  oracle_check_float (self.oracle, "krr_relative.prediction", 4, on_z, ORACLE_FLOAT);
  samples_clear (&self);
}

/* Time in the case is that of the sum of squares, ours that of their mean. */
static void
test_flow (void)
{
  Samples       self;
  const double *times;
  float         on_x[36] = { 0 }, on_z[28] = { 0 };

  samples_init (&self);
  times = oracle_get (self.oracle, "flow.t")->data;
  for (guint i = 1; i < 7; i++)
    {
      double           time = i < 6 ? times[i] : 1e5;
      g_autofree char *settings = g_strdup_printf ("step-size=%.17g\n", 6.0 * time);

      predict (&self, "gradient-flow", settings, i < 6 ? on_x + 6 * i : NULL,
               on_z + 4 * i);
    }
  oracle_check_float (self.oracle, "flow.train", 36, on_x, ORACLE_FLOAT);
  oracle_check_float (self.oracle, "flow.test", 28, on_z, ORACLE_FLOAT);
  samples_clear (&self);
}

static EngSnapshot *
train (const char *runs, guint64 steps)
{
  g_autofree char *text = g_strconcat (
      "[experiment]\nversion=1\n[problem]\nkind=low-rank-polynomial\nrank=2\ndegree=1;2\n"
      "d=8\nn=60\nn-test=300\nnoise=0.1\n",
      runs, NULL);
  g_autoptr (EngSpec)       spec = fixture_spec (text);
  g_autoptr (GError)        error = NULL;
  g_autoptr (EngExperiment) experiment = eng_experiment_new (spec, 1, NULL, &error);

  g_assert_no_error (error);
  g_assert_true (eng_experiment_prepare (experiment, NULL, NULL, &error));
  (void) eng_experiment_advance (experiment, steps);
  return eng_experiment_snapshot (experiment);
}

/* Largest difference of a recorded loss between the runs, relative to its start. */
static double
compare (const EngSnapshot *snapshot, const char *id)
{
  const double *a = eng_run_view_get_column (&snapshot->runs[0], id);
  const double *b = eng_run_view_get_column (&snapshot->runs[1], id);
  double        largest = 0.0;

  for (gsize i = 0; i < snapshot->runs[0].n_records; i++)
    largest = MAX (largest, fabs (a[i] - b[i]) / a[0]);
  return largest;
}

/* With the kernel of its own first layer, gradient flow is what the linearised student of
 * the same seed does in small steps: the difference is of the order of the step. */
static void
test_flow_is_lazy_descent (gconstpointer data)
{
  const char *start = data;
  double      difference[2];

  for (guint i = 0; i < 2; i++)
    {
      double           rate = i == 0 ? 0.02 : 0.01;
      g_autofree char *runs = g_strdup_printf (
          "[run.1]\nlearner=lazy\nactivation=softplus\nm=40\nrate=%g\nsteps=1000\n%s"
          "[run.2]\nlearner=gradient-flow\nactivation=softplus\nm=40\nrate=%g\n"
          "layer-weights=1;0\nbias-coordinate=false\nsteps=1000\n%s",
          rate, start, rate, start);
      g_autoptr (EngSnapshot) snapshot = train (runs, i == 0 ? 200 : 400);

      difference[i] = compare (snapshot, "train-loss");
      g_assert_cmpfloat (difference[i], <, rate);
      g_assert_cmpfloat (compare (snapshot, "test-loss"), <, rate);
    }
  /* Half the step, half the difference: first order. */
  g_assert_cmpfloat (fabs (difference[0] / difference[1] - 2.0), <, 0.2);
}

/* After a long time gradient flow has interpolated, as the ridge regression without a
 * ridge. */
static void
test_flow_ends_at_ridge (void)
{
  g_autoptr (EngSnapshot) snapshot = train ("[run.1]\nlearner=gradient-flow\nrate=4\n"
                                            "steps=100000\nstop-train-loss=1e-20\n"
                                            "[run.2]\nlearner=kernel-ridge\nridge=0\n",
                                            100000);
  double                  flow = eng_run_view_get_last (&snapshot->runs[0], "test-loss");
  double                  ridge = eng_run_view_get_last (&snapshot->runs[1], "test-loss");

  g_assert_cmpint (snapshot->runs[0].status, ==, ENG_STATUS_CONVERGED);
  /* The system is solved with a ridge of 1e-8. */
  g_assert_cmpfloat (fabs (flow - ridge), <, 1e-6 * ridge);
}

/* What series there are of each input takes long enough to be asked to stop. */
static void
test_stopped_inputs (void)
{
  EngArena           *arena = eng_arena_new ();
  g_autoptr (EngSpec) spec = fixture_spec (
      "[experiment]\nversion=1\n[problem]\nkind=low-rank-polynomial\nd=3\n"
      "[run.1]\nlearner=kernel-ridge\nactivation=softplus\n");
  double          data[] = { 1, 2, 3, -1, 0, 1 };
  EngMat          x = { 2, 3, data };
  EngKernel       kernel;
  EngKernelInputs inputs;
  int             cancel = 1;

  eng_kernel_init (&kernel, eng_spec_get_run (spec, 0));
  eng_kernel_inputs_init (&inputs, &kernel, 2, arena);
  eng_kernel_inputs_set (&inputs, &kernel, &x, &cancel);
  g_assert_cmpfloat (inputs.variances.data[0], ==, 0.0);
  cancel = 0;
  eng_kernel_inputs_set (&inputs, &kernel, &x, &cancel);
  g_assert_cmpfloat (inputs.variances.data[0], ==, (14.0 + 3.0) / 4.0);
  g_assert_cmpfloat (inputs.variances.data[1], ==, (2.0 + 3.0) / 4.0);
  eng_arena_free (arena);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  eng_init ();
  g_test_add_func ("/engine/kernel/two-layers", test_two_layers);
  g_test_add_func ("/engine/kernel/deep", test_deep);
  g_test_add_func ("/engine/kernel/others", test_others);
  g_test_add_func ("/engine/kernel/stopped-inputs", test_stopped_inputs);
  g_test_add_func ("/engine/kernel/ridge", test_ridge);
  g_test_add_func ("/engine/kernel/flow", test_flow);
  g_test_add_data_func ("/engine/kernel/flow-is-lazy-descent", "",
                        test_flow_is_lazy_descent);
  g_test_add_data_func ("/engine/kernel/flow-is-lazy-descent-of-others",
                        "w0=sphere\npaired=false\nbias=0.5\n", test_flow_is_lazy_descent);
  g_test_add_func ("/engine/kernel/flow-ends-at-ridge", test_flow_ends_at_ridge);
  return g_test_run ();
}
