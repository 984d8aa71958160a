/* SPDX-License-Identifier: GPL-3.0-or-later
 * Memory is refused before it is taken, with what would fit; estimates hold. */
#include "eng-error.h"
#include "eng-experiment.h"
#include "eng-memory.h"
#include "fixture.h"
#include "malloc-count.h"

#include <math.h>
#include <string.h>

#define MEGABYTE 1e6
/* What preparation takes may exceed the estimate by this: scratch of a few blocks, traces,
 * random generators. */
#define ESTIMATE_SLACK (4 * MEGABYTE)
/* Hints are found by bisection to half a per cent. */
#define HINT_SHARE 0.99

static EngSpec *
large_spec (void)
{
  return fixture_spec ("[experiment]\nversion=1\n[problem]\nkind=low-rank-polynomial\n"
                       "d=50\nn=100000\n[run.1]\nlearner=joint\nm=1000\n"
                       "[run.2]\nlearner=lazy\nm=1000\n");
}

/* The number after "NAME ≤ ". */
static gint64
hint (const char *message, const char *name)
{
  g_autofree char *before = g_strdup_printf (" %s ≤ ", name);
  const char      *at = strstr (message, before);

  if (at == NULL)
    g_error ("no hint for %s in: %s", name, message);
  return g_ascii_strtoll (at + strlen (before), NULL, 10);
}

static gboolean
fits (EngSpec *spec, const char *group, const char *key, gint64 value)
{
  g_autofree char    *text = g_strdup_printf ("%" G_GINT64_FORMAT, value - value % 2);
  g_autoptr (GError)  error = NULL;
  g_autoptr (EngSpec) changed = eng_spec_with_value (spec, group, key, text, &error);

  g_assert_no_error (error);
  return eng_memory_check (changed, NULL, NULL);
}

static void
check_hint (EngSpec *spec, const char *group, const char *key, gint64 value)
{
  g_test_message ("%s.%s up to %" G_GINT64_FORMAT, group, key, value);
  g_assert_cmpint (value, >, 0);
  g_assert_true (fits (spec, group, key, value));
  g_assert_false (fits (spec, group, key, (gint64) ((double) value / HINT_SHARE) + 4));
}

static void
test_refusal (void)
{
  g_autoptr (EngSpec)       spec = large_spec ();
  g_autoptr (EngExperiment) experiment = NULL;
  g_autoptr (GError)        error = NULL;
  gsize                     peak;

  eng_memory_set_budget (500 * MEGABYTE);
  malloc_count_arm ();
  experiment = eng_experiment_new (spec, 1, NULL, &error);
  (void) malloc_count_disarm ();
  peak = malloc_count_peak ();
  g_assert_null (experiment);
  g_assert_error (error, ENG_ERROR, ENG_ERROR_TOO_LARGE);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, "n = 100000, d = 50"));
  g_assert_nonnull (strstr (error->message, "500.0"));
  /* Nothing of its size was taken on the way. */
  g_assert_cmpfloat ((double) peak, <, MEGABYTE);
  check_hint (spec, "problem", "n", hint (error->message, "n"));
  check_hint (spec, "run.*", "m", hint (error->message, "m"));
  eng_memory_set_budget (0);
}

/* Sizes that follow d become smaller with it. */
static void
test_dimension_hint (void)
{
  g_autoptr (EngSpec) spec = fixture_spec ("[experiment]\nversion=1\n"
                                           "[problem]\nkind=low-rank-polynomial\nd=200\n"
                                           "[run.1]\nlearner=joint\n");
  g_autoptr (GError)  error = NULL;

  eng_memory_set_budget (400 * MEGABYTE);
  g_assert_false (eng_memory_check (spec, NULL, &error));
  g_test_message ("%s", error->message);
  check_hint (spec, "problem", "d", hint (error->message, "d"));
  eng_memory_set_budget (0);
}

/* Where no single number helps, the message says so. */
static void
test_hopeless (void)
{
  g_autoptr (EngSpec) spec = large_spec ();
  g_autoptr (GError)  error = NULL;

  eng_memory_set_budget (1000);
  g_assert_false (eng_memory_check (spec, NULL, &error));
  g_assert_error (error, ENG_ERROR, ENG_ERROR_TOO_LARGE);
  g_assert_nonnull (strstr (error->message, "smaller n, m and d together"));
  eng_memory_set_budget (0);
}

/* Products of the largest allowed sizes do not wrap around. */
static void
test_overflow (void)
{
  g_autoptr (EngSpec) spec = fixture_spec (
      "[experiment]\nversion=1\n[problem]\nkind=low-rank-polynomial\nd=10000\nn=10000000\n"
      "n-test=1000000\ndegree=12\n[observe]\nk=6\nprobes=6000\n"
      "[run.1]\nlearner=joint\nm=1000000\nunlabelled=1000000\nlambda1=0\n");
  g_autoptr (GError) error = NULL;
  EngSizes           sizes;

  g_assert_true (eng_problem_spec_sizes (spec, &sizes));
  g_assert_cmpfloat (eng_memory_estimate (spec, &sizes), >, 1e13);
  g_assert_false (eng_memory_check (spec, NULL, &error));
  g_assert_error (error, ENG_ERROR, ENG_ERROR_TOO_LARGE);
}

static void
test_budget (void)
{
  double system;

  eng_memory_set_budget (0);
  system = eng_memory_get_budget ();
  g_assert_cmpfloat (system, >, 10 * MEGABYTE);
  eng_memory_set_budget (12345);
  g_assert_cmpfloat (eng_memory_get_budget (), ==, 12345);
  eng_memory_set_budget (0);
  /* What is free changes while others work. */
  g_assert_cmpfloat (eng_memory_get_budget (), >, 0.1 * system);
}

/* What is taken until step 0 stays below the estimate. */
static void
check_estimate (const char *problem, const char *runs)
{
  g_autofree char    *text = g_strconcat ("[experiment]\nversion=1\n[problem]\n", problem,
                                          runs, NULL);
  g_autoptr (EngSpec) spec = fixture_spec (text);
  g_autoptr (EngExperiment) experiment = NULL;
  g_autoptr (GError)        error = NULL;
  EngSizes                  sizes;
  double                    estimate, peak;

  g_assert_true (eng_problem_spec_sizes (spec, &sizes));
  estimate = eng_memory_estimate (spec, &sizes);
  malloc_count_arm ();
  experiment = eng_experiment_new (spec, 1, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (eng_experiment_prepare (experiment, NULL, NULL, &error));
  (void) eng_experiment_advance (experiment, 2);
  (void) malloc_count_disarm ();
  peak = (double) malloc_count_peak ();
  g_test_message ("estimated %.1f MB, taken %.1f MB: %s", estimate / MEGABYTE,
                  peak / MEGABYTE, runs);
  g_assert_cmpfloat (peak, <=, estimate + ESTIMATE_SLACK);
  /* And it is not so large that it refuses what would fit easily. */
  g_assert_cmpfloat (estimate, <=, 3.0 * peak + ESTIMATE_SLACK);
}

#define POLYNOMIAL "kind=low-rank-polynomial\ninputs=gaussian\n"

static void
test_estimates (void)
{
  check_estimate (POLYNOMIAL "d=30\nn=5000\n", "[run.1]\nlearner=lazy\nm=500\nsteps=5\n");
  check_estimate (POLYNOMIAL "d=30\nn=5000\n",
                  "[run.1]\nlearner=quadratic\nm=500\nsteps=5\n");
  check_estimate (POLYNOMIAL "d=20\nn=100\n",
                  "[observe]\nprobes=300\n[run.1]\nlearner=joint\nm=1000\nsteps=5\n"
                  "unlabelled=fixed 2500\n");
  check_estimate (POLYNOMIAL "d=12\nn=3000\ndegree=3\n",
                  "[observe]\nprobes=300\n[run.1]\nlearner=joint\nm=10\nsteps=5\n"
                  "r1-space=function\nunlabelled=fixed 12000\n");
  check_estimate (POLYNOMIAL "d=30\nn=5000\n",
                  "[run.1]\nlearner=network\nm=500\nsteps=5\nlayers=both\n");
  check_estimate (POLYNOMIAL "d=8\nn=100\n",
                  "[observe]\nprobes=800\ndrift-points=2000\n"
                  "[run.1]\nlearner=network\nm=500\nsteps=5\n");
  check_estimate (POLYNOMIAL "d=8\nn=900\n",
                  "[observe]\nmonitor=true\n[run.1]\nlearner=network\nm=50\nsteps=2\n");
  check_estimate (POLYNOMIAL "d=10\nn=100\n",
                  "[run.1]\nlearner=lazy\nm=2000\nsteps=5\n"
                  "[run.2]\nlearner=lazy\nm=1000\nsteps=5\n"
                  "[run.3]\nlearner=joint\nm=2000\nsteps=5\nlambda1=0\n");
  /* Directions of Q1 that the second run of a start asks for, whole and by moments. */
  check_estimate (POLYNOMIAL "d=60\nn=100\n",
                  "[observe]\nprobes=300\n[run.1]\nlearner=lazy\nm=4000\nsteps=2\n"
                  "[run.2]\nlearner=joint\nm=4000\nsteps=2\nlambda1=10\n");
  check_estimate (POLYNOMIAL "d=40\nn=400\n",
                  "[observe]\nprobes=300\n"
                  "[run.1]\nlearner=lazy\nactivation=quad\nm=4000\nsteps=2\n"
                  "[run.2]\nlearner=joint\nactivation=quad\nm=4000\nsteps=2\n"
                  "lambda1=10\n");
  check_estimate ("kind=dense-plus-sparse\nd=20\nn=200\nn-test=200000\n",
                  "[run.1]\nlearner=lazy\nm=50\nsteps=5\n");
}

static double
estimate_of (const char *first, const char *second)
{
  g_autofree char *text = g_strdup_printf (
      "[experiment]\nversion=1\n[problem]\n" POLYNOMIAL "d=20\nn=100\n"
      "[run.1]\nm=100\nlearner=%s\n"
      "[run.2]\nm=100\nlearner=%s\n",
      first, second);
  g_autoptr (EngSpec) spec = fixture_spec (text);
  EngSizes            sizes;

  g_assert_true (eng_problem_spec_sizes (spec, &sizes));
  return eng_memory_estimate (spec, &sizes);
}

/* A basis is counted once for each start, whatever of it is written and in any order, with
 * the directions that some run of it needs. */
static void
test_shared_starts (void)
{
  g_assert_cmpfloat (
      estimate_of ("lazy", "network"), ==,
      estimate_of ("lazy\nactivation=softplus", "network\nactivation=relu"));
  g_assert_cmpfloat (estimate_of ("lazy", "lazy"), ==,
                     estimate_of ("lazy\nactivation=softplus", "lazy\npaired=true"));
  g_assert_cmpfloat (estimate_of ("lazy", "lazy"), <,
                     estimate_of ("lazy", "lazy\nbias=1"));
  g_assert_cmpfloat (estimate_of ("lazy", "joint\nlambda1=10"), ==,
                     estimate_of ("joint\nlambda1=10", "lazy"));
}

#define QUADRATIC "kind=quadratic-sensing\nrank=2\n"

static void
test_matrix_estimates (void)
{
  check_estimate (QUADRATIC "d=200\nn=3200\n", "[run.1]\nlearner=ap-rom\nsteps=5\n");
  check_estimate (QUADRATIC "d=200\nn=3200\n",
                  "[run.1]\nlearner=ap-rom\nsteps=5\nsamples=batch\nwhiten=true\n"
                  "growth=choose\n");
  check_estimate (QUADRATIC "d=500\nn=8000\nstorage=streamed\n",
                  "[run.1]\nlearner=ap-rom\nsteps=5\n");
  check_estimate (QUADRATIC "d=200\nn=3200\n", "[run.1]\nlearner=ep-rom\nsteps=5\n");
  check_estimate (QUADRATIC "d=200\nn=3200\n",
                  "[run.1]\nlearner=ap-rom\nhead=lazy\nsteps=5\n");
  check_estimate (QUADRATIC "d=200\nn=3200\n", "[run.1]\nlearner=gfm\nsteps=5\n");
  check_estimate (QUADRATIC "d=200\nn=3200\n", "[run.1]\nlearner=factored-gd\nsteps=5\n");
  check_estimate (QUADRATIC "d=100\nn=1600\n",
                  "[run.1]\nlearner=nuclear-norm\nsteps=5\n");
  check_estimate (QUADRATIC "d=200\nn=3200\n", "[run.1]\nlearner=geco\nsteps=5\n");
  check_estimate (QUADRATIC "d=60\nn=1000\n", "[run.1]\nlearner=frobenius\n");
  check_estimate (QUADRATIC "d=60\nn=1000\n", "[run.1]\nlearner=frobenius\ndegree=3\n");
  check_estimate (
      QUADRATIC "d=400\nn=3200\n",
      "[run.1]\nlearner=frank-wolfe\natoms=64\nsteps=1\nrefit=coefficients\n");
}

static void
test_kernel_estimates (void)
{
  check_estimate (POLYNOMIAL "d=20\nn=1500\n", "[run.1]\nlearner=kernel-ridge\n");
  check_estimate (POLYNOMIAL "d=20\nn=1500\n",
                  "[run.1]\nlearner=kernel-ridge\nhidden=3\nactivation=softplus\n");
  check_estimate (POLYNOMIAL "d=20\nn=500\n", "[run.1]\nlearner=kernel-ridge\nm=8000\n");
  check_estimate (POLYNOMIAL "d=20\nn=600\n",
                  "[run.1]\nlearner=gradient-flow\nsteps=5\n");
  check_estimate (POLYNOMIAL "d=20\nn=300\n",
                  "[run.1]\nlearner=gradient-flow\nm=4000\nsteps=5\n");
}

static void
test_depth_estimates (void)
{
  check_estimate (POLYNOMIAL "d=20\nn=2000\n", "[run.1]\nlearner=three-layer\nsteps=5\n");
  check_estimate (POLYNOMIAL "d=20\nn=500\n",
                  "[run.1]\nlearner=three-layer\nm=2000\nsteps=5\nbatch=0\n");
  check_estimate (POLYNOMIAL "d=20\nn=1000\n",
                  "[run.1]\nlearner=three-layer\nfirst-layer=random\nfeatures=1000\n"
                  "steps=5\n");
  check_estimate (POLYNOMIAL "d=20\nn=1000\n",
                  "[run.1]\nlearner=three-layer\nfirst-layer=random\nfeatures=800\n"
                  "first-layer-rate=1\nsteps=5\n");
}

static void
test_direction_estimates (void)
{
  check_estimate (POLYNOMIAL "d=200\nn=4000\nrank=3\n", "[run.1]\nlearner=recovery\n");
  check_estimate (POLYNOMIAL "d=100\nn=4000\nrank=3\ndegree=4\n",
                  "[run.1]\nlearner=recovery\nstart=tensor\ndegree=4\n"
                  "prediction=hermite\nsteps=5\n");
  check_estimate (POLYNOMIAL "d=100\nn=60\ndegree=1\n",
                  "[run.1]\nlearner=diagonal\nsteps=5\n");
  check_estimate (POLYNOMIAL "d=6000\nn=60\nn-test=100\ndegree=1\n",
                  "[run.1]\nlearner=diagonal\nsteps=2\n");
  check_estimate (POLYNOMIAL "d=2000\nn=300\nn-test=100\ndegree=1\n",
                  "[run.1]\nlearner=diagonal\nsteps=2\n"
                  "[run.2]\nlearner=diagonal\nalpha=1\nsteps=2\n");
  check_estimate (POLYNOMIAL "d=30\nn=4000\ndegree=3\n",
                  "[run.1]\nlearner=frank-wolfe\ndegree=3\nsteps=2\n");
}

/* Teachers of few directions take little, however many dimensions there are. */
static void
test_teacher_estimates (void)
{
  static const char run[] = "[run.1]\nlearner=kernel-ridge\nkernel=rbf\n";

  check_estimate (POLYNOMIAL "d=1000\nn=100\nn-test=100\nrank=3\n", run);
  check_estimate (POLYNOMIAL "d=1000\nn=100\nn-test=100\nrank=3\nform=raw\n", run);
  check_estimate ("kind=network\nd=1000\nn=100\nn-test=100\n", run);
  check_estimate ("kind=deeper\nd=1000\nn=100\nn-test=100\ninputs=gaussian\n", run);
  check_estimate ("kind=dense-plus-sparse\nd=1000\nn=100\nn-test=100\n", run);
  check_estimate ("kind=dense-plus-sparse\nd=1000\nn=100\nn-test=100\ndense-degree=2\n",
                  run);
}

/* Kernel ridge of 8 000 samples within 2 GB. */
static void
test_large_kernel (void)
{
  g_autoptr (EngSpec) spec = fixture_spec (
      "[experiment]\nversion=1\n[problem]\n" POLYNOMIAL
      "d=20\nn=8000\n[run.1]\nlearner=kernel-ridge\n");
  EngSizes sizes;

  g_assert_true (eng_problem_spec_sizes (spec, &sizes));
  g_assert_cmpfloat (eng_memory_estimate (spec, &sizes), <, 2000.0 * MEGABYTE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  eng_init ();
  g_test_add_func ("/engine/memory/refusal", test_refusal);
  g_test_add_func ("/engine/memory/dimension-hint", test_dimension_hint);
  g_test_add_func ("/engine/memory/hopeless", test_hopeless);
  g_test_add_func ("/engine/memory/overflow", test_overflow);
  g_test_add_func ("/engine/memory/budget", test_budget);
  g_test_add_func ("/engine/memory/estimates", test_estimates);
  g_test_add_func ("/engine/memory/shared-starts", test_shared_starts);
  g_test_add_func ("/engine/memory/matrix-estimates", test_matrix_estimates);
  g_test_add_func ("/engine/memory/kernel-estimates", test_kernel_estimates);
  g_test_add_func ("/engine/memory/depth-estimates", test_depth_estimates);
  g_test_add_func ("/engine/memory/direction-estimates", test_direction_estimates);
  g_test_add_func ("/engine/memory/teacher-estimates", test_teacher_estimates);
  g_test_add_func ("/engine/memory/large-kernel", test_large_kernel);
  return g_test_run ();
}
