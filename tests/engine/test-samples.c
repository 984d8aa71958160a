/* SPDX-License-Identifier: GPL-3.0-or-later
 * Samples of the matrix methods: drawn again they are the same as kept, and whitening
 * takes out what correlates them. */
#include "eng-error.h"
#include "eng-experiment.h"
#include "eng-memory.h"
#include "eng-whitener.h"
#include "fixture.h"
#include "trained.h"

#include <math.h>
#include <string.h>

#define PROBLEM                                                                          \
  "[experiment]\nversion=1\n[problem]\nkind=quadratic-sensing\nd=30\nrank=2\nn=1500\n"   \
  "noise=0.01\nn-test=100\n"

static EngExperiment *
train (const char *problem, const char *run, guint n_threads)
{
  g_autofree char *text = g_strconcat (PROBLEM, problem, "[run.1]\nlearner=", run, NULL);
  EngExperiment   *experiment = open_experiment (text, n_threads);

  (void) eng_experiment_advance (experiment, 1000);
  return experiment;
}

static double
last (EngExperiment *experiment, const char *column)
{
  return eng_trace_get_last (trace_of (experiment, 0), column);
}

/* --- streaming --------------------------------------------------------------------- */

static void
assert_same_column (EngExperiment *a, EngExperiment *b, const char *column)
{
  EngTrace *one = trace_of (a, 0), *other = trace_of (b, 0);
  gsize     n = eng_trace_get_length (one);

  g_assert_cmpuint (n, ==, eng_trace_get_length (other));
  g_assert_cmpmem (eng_trace_lookup (one, column), n * sizeof (double),
                   eng_trace_lookup (other, column), n * sizeof (double));
}

static void
test_streamed (gconstpointer data)
{
  static const char *const  columns[] = { "test-loss", "relative-error", "residual",
                                          "step-size", "held-out",       NULL };
  g_autoptr (EngExperiment) kept = train ("", data, 1);

  for (guint n_threads = 1; n_threads <= 3; n_threads++)
    {
      g_autoptr (EngExperiment) streamed = train ("storage=streamed\n", data, n_threads);

      g_assert_cmpuint (eng_experiment_get_problem (streamed)->x_train.rows, ==, 0);
      for (gsize i = 0; columns[i] != NULL; i++)
        assert_same_column (kept, streamed, columns[i]);
      g_assert_true (isnan (last (streamed, "train-loss")));
    }
  g_assert_cmpfloat (last (kept, "relative-error"), <, 0.1);
}

static void
assert_refused (const char *problem, const char *run, const char *words)
{
  g_autofree char *text = g_strconcat (PROBLEM, problem, "[run.1]\nlearner=", run, NULL);
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GError)   error = NULL;

  g_assert_true (g_key_file_load_from_data (file, text, -1, G_KEY_FILE_NONE, NULL));
  g_assert_null (eng_spec_new_from_key_file (file, &error));
  g_assert_error (error, ENG_ERROR, ENG_ERROR_INVALID_SPEC);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, words));
}

static void
test_refused (void)
{
  assert_refused ("storage=streamed\n", "network\n", "problem.storage = memory");
  assert_refused ("storage=streamed\n", "ep-rom\n", "problem.storage = memory");
  assert_refused ("storage=streamed\n", "ap-rom\nhead=bk\n", "head = bk needs");
  assert_refused ("storage=streamed\n", "ap-rom\nwhiten=true\n", "whiten = true needs");
}

/* Too large to be kept is no end. */
static void
test_offered (void)
{
  g_autoptr (EngSpec) spec = fixture_spec (
      "[experiment]\nversion=1\n[problem]\nkind=quadratic-sensing\nd=2000\nrank=2\n"
      "n=32000\nn-test=100\n[run.1]\nlearner=ap-rom\nfit-rank=2\n");
  g_autoptr (EngSpec) streamed = eng_spec_with_value (spec, "problem", "storage",
                                                      "streamed", NULL);
  g_autoptr (GError)  error = NULL;

  eng_memory_set_budget (150e6);
  g_assert_false (eng_memory_check (spec, NULL, &error));
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, "or storage = streamed"));
  g_assert_true (eng_memory_check (streamed, NULL, NULL));
  eng_memory_set_budget (0);
}

/* --- whitening --------------------------------------------------------------------- */

/* Whitened moments are the identity, and directions go back. */
static void
test_whitener (void)
{
  enum
  {
    D = 7,
    N = 150
  };
  EngArena          *arena = eng_arena_new ();
  g_autoptr (EngRng) rng = eng_rng_new (5, "test", 0);
  EngInputs          inputs = { ENG_LAW_ELLIPTICAL, D, 0.8 };
  EngMatF            x = eng_arena_matf (arena, N, D), z = eng_arena_matf (arena, N, D);
  EngMat             v = eng_arena_mat (arena, 1, D);
  EngWhitener        whitener;
  double             w[D];

  eng_inputs_sample (&inputs, rng, &x);
  eng_whitener_init (&whitener, D, arena);
  g_assert_true (eng_whitener_fit (&whitener, &x, NULL));
  eng_whitener_apply_all (&whitener, &x, NULL, &z);
  for (gsize i = 0; i < D; i++)
    for (gsize j = 0; j <= i; j++)
      {
        double moment = 0.0;

        for (gsize k = 0; k < N; k++)
          moment += (double) z.data[k * D + i] * z.data[k * D + j] / N;
        g_assert_cmpfloat (fabs (moment - (i == j)), <, 1e-6);
      }
  eng_rng_fill_gaussian (rng, D, w);
  memcpy (v.data, w, sizeof w);
  eng_whitener_undo (&whitener, &v);
  for (gsize k = 0; k < N; k++)
    {
      double before = 0.0, after = 0.0;

      for (gsize j = 0; j < D; j++)
        {
          before += w[j] * z.data[k * D + j];
          after += v.data[j] * x.data[k * D + j];
        }
      g_assert_cmpfloat (fabs (before - after), <, 1e-5);
    }
  eng_arena_free (arena);
}

static void
test_whitener_refuses (void)
{
  EngArena          *arena = eng_arena_new ();
  g_autoptr (EngRng) rng = eng_rng_new (5, "test", 0);
  g_autoptr (GError) few = NULL, dependent = NULL;
  EngInputs          inputs = { ENG_LAW_GAUSSIAN, 6, 0 };
  EngMatF            x = eng_arena_matf (arena, 20, 6), some = eng_matf_rows (&x, 0, 5);
  EngWhitener        whitener;

  eng_inputs_sample (&inputs, rng, &x);
  eng_whitener_init (&whitener, 6, arena);
  g_assert_false (eng_whitener_fit (&whitener, &some, &few));
  g_assert_error (few, ENG_ERROR, ENG_ERROR_NUMERIC);
  for (gsize i = 0; i < x.rows; i++)
    x.data[i * 6 + 3] = 0.0f;
  g_assert_false (eng_whitener_fit (&whitener, &x, &dependent));
  g_assert_error (dependent, ENG_ERROR, ENG_ERROR_NUMERIC);
  eng_arena_free (arena);
}

/* Strongly correlated inputs: lost as they are, found whitened. */
static void
test_correlated (gconstpointer data)
{
  static const char problem[] = "noise=0\ninputs=elliptical\ncorrelation=0.9\n";
  g_autofree char  *whitened = g_strconcat (data, "whiten=true\nsteps=60\n", NULL);
  g_autofree char  *raw = g_strconcat (data, "steps=60\n", NULL);
  g_autoptr (EngExperiment) one = train (problem, whitened, 1);
  g_autoptr (EngExperiment) three = train (problem, whitened, 3);
  g_autoptr (EngExperiment) without = train (problem, raw, 1);

  assert_same_run (one, 0, three, 0);
  g_test_message ("whitened %.3g, not %.3g", last (one, "relative-error"),
                  last (without, "relative-error"));
  g_assert_cmpfloat (last (one, "relative-error"), <, 1e-5);
  g_assert_cmpfloat (last (one, "test-loss"), <, 1e-9);
  g_assert_false (last (without, "relative-error") < 1e-2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  eng_init ();
  g_test_add_data_func ("/engine/samples/streamed/fresh", "ap-rom\n", test_streamed);
  g_test_add_data_func ("/engine/samples/streamed/batch", "ap-rom\nsamples=batch\n",
                        test_streamed);
  g_test_add_data_func ("/engine/samples/streamed/choose",
                        "ap-rom\nsamples=batch\ngrowth=choose\nsteps=60\nfit-rank=3\n",
                        test_streamed);
  g_test_add_data_func ("/engine/samples/streamed/gfm", "gfm\n", test_streamed);
  g_test_add_data_func ("/engine/samples/streamed/factored-gd",
                        "factored-gd\nsteps=100\n", test_streamed);
  g_test_add_func ("/engine/samples/refused", test_refused);
  g_test_add_func ("/engine/samples/offered", test_offered);
  g_test_add_func ("/engine/samples/whitener", test_whitener);
  g_test_add_func ("/engine/samples/whitener-refuses", test_whitener_refuses);
  g_test_add_data_func ("/engine/samples/correlated/batch", "ap-rom\nsamples=batch\n",
                        test_correlated);
  g_test_add_data_func ("/engine/samples/correlated/fresh", "ap-rom\n", test_correlated);
  return g_test_run ();
}
