/* SPDX-License-Identifier: GPL-3.0-or-later
 * Changes made while runs are going: replayed from a file they give the same numbers. */
#include "eng-error.h"
#include "eng-experiment.h"
#include "fixture.h"
#include "folder.h"
#include "trained.h"

#include <math.h>
#include <string.h>

#define PROBLEM                                                                          \
  "[experiment]\nversion=1\n[problem]\nkind=dense-plus-sparse\nd=6\nn=100\n"             \
  "n-test=120\n[observe]\ndrift-points=20\n"

#define LAZY  "learner=lazy\nm=20\nsteps=80\n"
#define JOINT "learner=joint\nm=20\nsteps=80\n"

static void
change (EngExperiment *experiment, guint run, const char *key, const char *value)
{
  g_autoptr (GError) error = NULL;

  eng_experiment_change (experiment, run, key, value, &error);
  g_assert_no_error (error);
}

/* The same file, the same numbers: changes made live are replayed at their steps. */
static void
test_replay (void)
{
  g_autoptr (EngExperiment) live = open_experiment (
      PROBLEM "[run.1]\n" JOINT "[run.2]\nlearner=network\nm=20\nsteps=80\n"
              "[change.1]\nstep=60\nrun=1\nkey=lambda4\nvalue=0.01\n",
      2);
  g_autoptr (EngExperiment) replay = NULL, plain = NULL;
  g_autofree char          *text = NULL;

  change (live, 0, "rate", "0.9");
  (void) eng_experiment_advance (live, 7);
  change (live, 0, "rate", "0.25");
  change (live, 1, "alpha", "0.5");
  (void) eng_experiment_advance (live, 13);
  change (live, 0, "lambda1", "0.5 d");
  change (live, 0, "kick", "0.001");
  change (live, 1, "step-size", "0.05");
  (void) eng_experiment_advance (live, 20);
  change (live, 0, "lambda2", "1");
  (void) eng_experiment_advance (live, 1000);
  text = eng_spec_to_text (eng_experiment_get_spec (live));
  g_assert_cmpuint (eng_spec_get_n_changes (eng_experiment_get_spec (live)), ==, 8);
  replay = open_experiment (text, 1);
  (void) eng_experiment_advance (replay, G_MAXUINT64);
  assert_same_run (live, 0, replay, 0);
  assert_same_run (live, 1, replay, 1);
  /* And they did something. */
  plain = open_experiment (PROBLEM "[run.1]\n" JOINT, 1);
  (void) eng_experiment_advance (plain, G_MAXUINT64);
  g_assert_cmpfloat (eng_trace_get_last (trace_of (plain, 0), "test-loss"), !=,
                     eng_trace_get_last (trace_of (live, 0), "test-loss"));
}

/* A change acts at the next step and no earlier. */
static void
test_change_step (void)
{
  g_autoptr (EngExperiment) experiment = open_experiment (PROBLEM "[run.1]\n" LAZY, 1);
  const double *sizes = eng_trace_lookup (trace_of (experiment, 0), "step-size");

  (void) eng_experiment_advance (experiment, 5);
  change (experiment, 0, "step-size", "0.125");
  g_assert_cmpfloat (eng_trace_get_last (trace_of (experiment, 0), "step-size"), !=,
                     0.125);
  (void) eng_experiment_advance (experiment, 1);
  g_assert_cmpfloat (sizes[5], !=, 0.125);
  g_assert_cmpfloat (sizes[6], ==, 0.125);
  /* A rate puts the step size back under λ_max. */
  change (experiment, 0, "rate", "1");
  (void) eng_experiment_advance (experiment, 1);
  g_assert_cmpfloat (sizes[7], ==, sizes[0]);
}

static void
test_refused_changes (void)
{
  static const struct
  {
    guint       run;
    const char *key, *value;
  } cases[] = { { 0, "rate", "0" },  { 0, "rate", "x" },  { 0, "m", "10" },
                { 1, "rate", "1" },  { 0, "alpha", "1" }, { 0, "rate", "" },
                { 0, "rate", "nan" } };
  g_autoptr (EngExperiment) experiment = open_experiment (PROBLEM "[run.1]\n" LAZY, 1);
  g_autoptr (EngExperiment) plain = open_experiment (PROBLEM "[run.1]\n" LAZY, 1);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (eng_experiment_change (experiment, cases[i].run, cases[i].key,
                                             cases[i].value, &error));
      g_assert_error (error, ENG_ERROR, ENG_ERROR_INVALID_SPEC);
    }
  g_assert_cmpuint (eng_spec_get_n_changes (eng_experiment_get_spec (experiment)), ==, 0);
  (void) eng_experiment_advance (experiment, 80);
  (void) eng_experiment_advance (plain, 80);
  assert_same_run (experiment, 0, plain, 0);
}

/* --- many of them ------------------------------------------------------------------------- */

static EngSpec *
with_one_more (EngSpec *spec, guint64 step, GError **error)
{
  EngChange change = { step, 0, (char *) "rate", (char *) "0.123456789012345678" };

  return eng_spec_with_change (spec, &change, error);
}

/* As many as are kept can be saved and read again; one more is refused. */
static void
test_many (void)
{
  g_autofree char    *folder = g_dir_make_tmp ("escapement-XXXXXX", NULL);
  g_autofree char    *text = NULL, *again = NULL;
  g_autofree char    *path = g_build_filename (folder, "many.escapement", NULL);
  g_autoptr (GFile)   file = g_file_new_for_path (path);
  g_autoptr (EngSpec) spec = fixture_spec (PROBLEM "[run.1]\n" LAZY), loaded = NULL;
  g_autoptr (GError)  error = NULL;

  for (guint i = 0; i < ENG_SPEC_MAX_CHANGES; i++)
    {
      EngSpec *changed = with_one_more (spec, i, &error);

      g_assert_no_error (error);
      eng_spec_unref (spec);
      spec = changed;
    }
  g_assert_null (with_one_more (spec, 1000000, &error));
  g_assert_error (error, ENG_ERROR, ENG_ERROR_INVALID_SPEC);
  g_assert_nonnull (strstr (error->message, "at most 4000 changes"));
  g_clear_error (&error);
  eng_spec_save (spec, file, &error);
  g_assert_no_error (error);
  loaded = eng_spec_load (file, &error);
  g_assert_no_error (error);
  text = eng_spec_to_text (spec);
  again = eng_spec_to_text (loaded);
  g_assert_cmpstr (text, ==, again);
  g_assert_true (eng_spec_equal (spec, loaded));
  g_assert_true (eng_spec_same_start (spec, loaded));
  folder_remove (folder);
}

/* One change goes; the others keep their steps. */
static void
test_without (void)
{
  g_autoptr (EngSpec) spec = fixture_spec (
      PROBLEM "[run.1]\n" LAZY "[change.1]\nstep=3\nrun=1\nkey=rate\nvalue=0.5\n"
              "[change.2]\nstep=5\nrun=1\nkey=rate\nvalue=0.25\n"
              "[change.3]\nstep=9\nrun=1\nkey=rate\nvalue=0.125\n");
  g_autoptr (EngSpec) less = eng_spec_without_change (spec, 1);

  g_assert_cmpuint (eng_spec_get_n_changes (spec), ==, 3);
  g_assert_cmpuint (eng_spec_get_n_changes (less), ==, 2);
  g_assert_cmpuint (eng_spec_get_change (less, 0)->step, ==, 3);
  g_assert_cmpuint (eng_spec_get_change (less, 1)->step, ==, 9);
  g_assert_cmpstr (eng_spec_get_change (less, 1)->value, ==, "0.125");
  g_assert_true (eng_spec_same_start (spec, less));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  eng_init ();
  g_test_add_func ("/engine/changes/replay", test_replay);
  g_test_add_func ("/engine/changes/change-step", test_change_step);
  g_test_add_func ("/engine/changes/refused-changes", test_refused_changes);
  g_test_add_func ("/engine/changes/many", test_many);
  g_test_add_func ("/engine/changes/without", test_without);
  return g_test_run ();
}
