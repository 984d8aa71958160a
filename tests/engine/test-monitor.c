/* SPDX-License-Identifier: GPL-3.0-or-later
 * The rate monitor in training: what it promises is kept, what bounds bounds, and where
 * nothing is promised it says nothing. */
#include "eng-advice.h"
#include "fixture.h"
#include "trained.h"

#include <math.h>
#include <string.h>

/* Of its start: below, a loss of training in float is rounding (deep.md section 8). */
#define ROUNDING 1e-10
/* Relative error of a loss in float, of a mean square of about 1e-5 of its start. */
#define FLOAT_ERROR 1e-4

static EngExperiment *
train (const char *problem, const char *run, guint64 steps)
{
  g_autofree char *text = g_strdup_printf (
      "[experiment]\nversion=1\n[problem]\n%s\nn-test=50\nseed=3\n[observe]\nprobes=30\n"
      "drift-points=10\nmonitor=true\n[run.1]\nrate=0.5\nsteps=%" G_GUINT64_FORMAT
      "\n%s\n",
      problem, steps, run);
  EngExperiment *experiment = open_experiment (text, 1);

  (void) eng_experiment_advance (experiment, steps);
  return experiment;
}

static double
at (EngExperiment *experiment, const char *column, gsize record)
{
  const double *values = eng_trace_lookup (trace_of (experiment, 0), column);

  g_assert_nonnull (values);
  return values[record];
}

static double
last (EngExperiment *experiment, const char *column)
{
  return eng_trace_get_last (trace_of (experiment, 0), column);
}

static gsize
count (EngExperiment *experiment)
{
  return eng_trace_get_length (trace_of (experiment, 0));
}

/* A linearised student has the loss that the closed form says, at every record and after a
 * change of its rate; its J never moves. */
static void
test_lazy (void)
{
  g_autoptr (EngExperiment) experiment = train (
      "kind=random-labels\nd=6\nn=20",
      "learner=lazy\nm=40\nactivation=softplus\n[change.1]\nstep=100\nrun=1\nkey=rate\n"
      "value=1.3",
      400);

  for (gsize i = 0; i < count (experiment); i++)
    {
      double loss = at (experiment, "train-loss", i);

      g_assert_cmpfloat (loss, >, 1e-5 * at (experiment, "train-loss", 0));
      g_assert_cmpfloat (fabs (at (experiment, "linearised-loss", i) / loss - 1.0), <=,
                         FLOAT_ERROR);
      g_assert_cmpfloat (at (experiment, "rate-line", i), >=, loss * (1 - FLOAT_ERROR));
      g_assert_cmpfloat (at (experiment, "rate-envelope", i), ==,
                         at (experiment, "rate-line", i));
      g_assert_cmpfloat (at (experiment, "jacobian-smallest", i), ==,
                         at (experiment, "jacobian-smallest", 0));
      g_assert_true (isnan (at (experiment, "jacobian-change", i)));
    }
}

/* deep.md section 3: the change of J never exceeds its bound, the envelope holds while the
 * loss is more than rounding, and the eigenvalues of squares their lower bound. */
static void
test_network (gconstpointer data)
{
  const char               *activation = data;
  g_autofree char          *run = g_strdup_printf ("learner=network\nm=60\nactivation=%s",
                                                   activation);
  g_autoptr (EngExperiment) experiment = train (
      "kind=random-labels\nd=8\nn=20\ninputs=gaussian", run, 2000);
  gboolean is_square = g_str_equal (activation, "halfsquare")
                       || g_str_equal (activation, "square");

  for (gsize i = 0; i < count (experiment); i++)
    {
      double loss = at (experiment, "train-loss", i);
      double bound = at (experiment, "jacobian-smallest-bound", i);

      if (loss > ROUNDING * at (experiment, "train-loss", 0))
        g_assert_cmpfloat (loss, <=,
                           at (experiment, "rate-envelope", i) * (1 + FLOAT_ERROR));
      g_assert_cmpfloat (at (experiment, "jacobian-change", i), <=,
                         at (experiment, "jacobian-change-bound", i));
      g_assert_cmpint (isfinite (bound), ==, is_square);
      if (is_square)
        g_assert_cmpfloat (bound, <=, at (experiment, "jacobian-smallest", i));
    }
  g_assert_cmpfloat (last (experiment, "jacobian-change"), >, 0.0);
  g_assert_cmpfloat (last (experiment, "rate-envelope"), <, 0.5);
  if (is_square)
    g_assert_cmpfloat (last (experiment, "jacobian-smallest-bound"), >, 0.0);
}

/* m d = 96 against n = 60: a start in pairs repeats columns and has a zero, an independent
 * one has none; with m d = 144 both have none.  Either starts at f = 0. */
static void
test_thresholds (void)
{
  static const struct
  {
    const char *run;
    gboolean    is_regular;
  } cases[] = {
    { "m=12", FALSE },
    { "m=12\npaired=false", TRUE },
    { "m=18", TRUE },
    { "m=6\npaired=false", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *run = g_strdup_printf ("learner=network\nactivation=softplus\n%s",
                                              cases[i].run);
      g_autoptr (EngExperiment) experiment = train (
          "kind=random-labels\nd=8\nn=60\ninputs=gaussian", run, 1);
      const EngProblem *problem = eng_experiment_get_problem (experiment);
      double            energy = 0.0;

      for (gsize j = 0; j < problem->n; j++)
        energy += problem->y_train[j] * problem->y_train[j];
      g_assert_cmpfloat_with_epsilon (at (experiment, "train-loss", 0),
                                      energy / ((double) problem->n * problem->variance),
                                      1e-6);
      g_assert_cmpint (at (experiment, "jacobian-smallest", 0) > 0.0, ==,
                       cases[i].is_regular);
    }
}

/* Steps that are no descent on the shown loss promise nothing; the spectrum stays. */
static void
test_silent (void)
{
  static const char *const runs[] = {
    "learner=network\nm=20\nbatch=7",
    "learner=network\nm=20\nweight-decay=0.1",
    "learner=network\nm=20\nsigned-dropout=true\ninit=0.1",
    "learner=joint\nm=20\nactivation=quad",
    "learner=network\nm=20\n[change.1]\nstep=5\nrun=1\nkey=alpha\nvalue=0.7",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (runs); i++)
    {
      g_autoptr (EngExperiment) experiment = train ("kind=low-rank-polynomial\nd=6\nn=20",
                                                    runs[i], 30);

      g_assert_true (isnan (last (experiment, "rate-line")));
      g_assert_true (isnan (last (experiment, "linearised-loss")));
      g_assert_cmpfloat (last (experiment, "jacobian-largest"), >, 0.0);
    }
}

/* Where the output weights train too, their part belongs to J, and no bound is known. */
static void
test_both_layers (void)
{
  g_autoptr (EngExperiment) both = train (
      "kind=low-rank-polynomial\nd=6\nn=20",
      "learner=network\nm=60\nlayers=both\nactivation=softplus", 100);
  g_autoptr (EngExperiment) first = train ("kind=low-rank-polynomial\nd=6\nn=20",
                                           "learner=network\nm=60\nactivation=softplus",
                                           100);

  g_assert_cmpfloat (at (both, "jacobian-largest", 0), >,
                     at (first, "jacobian-largest", 0));
  g_assert_true (isnan (last (both, "jacobian-change-bound")));
  g_assert_cmpfloat (last (both, "train-loss"), <=,
                     last (both, "rate-envelope") * (1 + FLOAT_ERROR));
}

/* The same bits with any number of threads. */
static void
test_threads (void)
{
  static const char *const text
      = "[experiment]\nversion=1\n[problem]\nkind=random-labels\nd=8\nn=100\n"
        "n-test=50\n[observe]\nmonitor=true\n"
        "[run.1]\nlearner=network\nactivation=softplus\nm=20\nsteps=100\n"
        "[run.2]\nlearner=network\nactivation=softplus\nm=20\npaired=false\nsteps=100\n";
  g_autoptr (EngExperiment) one = open_experiment (text, 1);
  g_autoptr (EngExperiment) three = open_experiment (text, 3);

  (void) eng_experiment_advance (one, 100);
  (void) eng_experiment_advance (three, 100);
  assert_same_run (one, 0, three, 0);
  assert_same_run (one, 1, three, 1);
}

/* Not asked for, or too many samples: no columns. */
static void
test_absent (void)
{
  g_autoptr (EngExperiment) many = train ("kind=low-rank-polynomial\nd=5\nn=1001",
                                          "learner=network\nm=10", 1);
  g_autoptr (EngExperiment) off = open_experiment (
      "[experiment]\nversion=1\n[problem]\nkind=low-rank-polynomial\nd=5\nn=10\n"
      "[run.1]\nlearner=network\nm=10\n",
      1);

  g_assert_cmpint (eng_trace_find_column (trace_of (many, 0), "rate-line"), ==, -1);
  g_assert_cmpint (eng_trace_find_column (trace_of (off, 0), "rate-line"), ==, -1);
}

/* want: what it ends with; NULL: there is none */
static void
check_hint (guint n, const char *observe, const char *run, const char *want)
{
  g_autofree char *text = g_strdup_printf (
      "[experiment]\nversion=1\n[problem]\nkind=random-labels\nd=10\nn=%u\n[observe]\n%s\n"
      "[run.1]\nlearner=network\n%s\n",
      n, observe, run);
  g_autoptr (EngSpec) spec = fixture_spec (text);
  g_autofree char    *hint = eng_advice_get_hint (spec, 0);

  if (want == NULL)
    g_assert_null (hint);
  else
    g_assert_true (g_str_has_suffix (hint, want));
}

/* 200 weights are enough for 100 samples in pairs, and for 200 without; with their outputs
 * they are 220.  Of z² no more than 55 count, which takes ten pairs; nine have 54. */
static void
test_hint (void)
{
  static const char *const on = "monitor=true";

  check_hint (100, on, "m=20", NULL);
  check_hint (101, on, "m=20", "below m = 22.");
  check_hint (101, "", "m=20", NULL);
  check_hint (200, on, "m=20\npaired=false", NULL);
  check_hint (201, on, "m=20\npaired=false", "below m = 22.");
  check_hint (110, on, "m=20\nlayers=both\nactivation=tanh", NULL);
  check_hint (111, on, "m=20\nlayers=both\nactivation=tanh", "below m = 22.");
  check_hint (101, on, "m=20\nlayers=both\nactivation=relu", "below m = 22.");
  check_hint (55, on, "m=20\nactivation=square", NULL);
  check_hint (54, on, "m=18\nactivation=square", NULL);
  check_hint (55, on, "m=18\nactivation=square", "below m = 20.");
  check_hint (56, on, "m=1000\nactivation=square", "above n = 55.");
}

int
main (int argc, char **argv)
{
  static const char *const activations[] = { "softplus", "tanh", "gelu", "halfsquare",
                                             "square" };

  g_test_init (&argc, &argv, NULL);
  eng_init ();
  g_test_add_func ("/monitor/lazy", test_lazy);
  for (gsize i = 0; i < G_N_ELEMENTS (activations); i++)
    {
      g_autofree char *path = g_strconcat ("/monitor/network/", activations[i], NULL);

      g_test_add_data_func (path, activations[i], test_network);
    }
  g_test_add_func ("/monitor/thresholds", test_thresholds);
  g_test_add_func ("/monitor/silent", test_silent);
  g_test_add_func ("/monitor/both-layers", test_both_layers);
  g_test_add_func ("/monitor/threads", test_threads);
  g_test_add_func ("/monitor/absent", test_absent);
  g_test_add_func ("/monitor/hint", test_hint);
  return g_test_run ();
}
