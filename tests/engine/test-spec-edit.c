/* SPDX-License-Identifier: GPL-3.0-or-later
 * Edits of experiments, and files there and back. */
#include "eng-error.h"
#include "eng-experiment.h"
#include "fixture.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>

#define BASE                                                                             \
  "[experiment]\nversion=1\n[problem]\nkind=low-rank-polynomial\nd=10\nn=50\nrank=2\n"   \
  "[run.1]\nlearner=lazy\nlabel=One\nm=20\nrate=0.5\n"                                   \
  "[run.2]\nlearner=joint\nm=20\nlambda1=3\n"

static EngSpec *
with_change (EngSpec    *spec,
             guint64     step,
             guint       run,
             const char *key,
             const char *value,
             GError    **error)
{
  EngChange change = { step, run, (char *) key, (char *) value };

  return eng_spec_with_change (spec, &change, error);
}

static void
test_with_value (void)
{
  g_autoptr (EngSpec) base = fixture_spec (BASE);
  g_autofree char    *before = eng_spec_to_text (base), *after = NULL;
  g_autoptr (EngSpec) rate = eng_spec_with_value (base, "run.1", "rate", "1.5", NULL);
  g_autoptr (EngSpec) standard = eng_spec_with_value (base, "run.1", "rate", NULL, NULL);
  g_autoptr (EngSpec) all = eng_spec_with_value (base, "run.*", "m", "40", NULL);
  g_autoptr (EngSpec) title = eng_spec_with_value (base, "experiment", "title", "A; b\nc",
                                                   NULL);
  g_autoptr (EngSpec) observe = eng_spec_with_value (base, "observe", "k", "2", NULL);

  g_assert_cmpfloat (eng_settings_get_double (eng_spec_get_run (rate, 0), "rate"), ==,
                     1.5);
  g_assert_cmpfloat (eng_settings_get_double (eng_spec_get_run (standard, 0), "rate"), ==,
                     1.0);
  for (guint run = 0; run < 2; run++)
    g_assert_cmpint (eng_settings_get_int (eng_spec_get_run (all, run), "m"), ==, 40);
  g_assert_cmpstr (eng_spec_get_title (title), ==, "A; b\nc");
  g_assert_cmpint (eng_settings_get_int (eng_spec_get_observe (observe), "k"), ==, 2);
  /* The old one is what it was. */
  after = eng_spec_to_text (base);
  g_assert_cmpstr (before, ==, after);
  g_assert_false (eng_spec_equal (base, rate));
}

static void
test_refused_values (void)
{
  static const struct
  {
    const char *group, *key, *value, *word;
  } cases[] = {
    { "run.1", "rate", "9", "run.1.rate" },
    { "run.1", "bogus", "1", "run.1.bogus" },
    { "run.7", "rate", "1", "[run.7]" },
    { "problem", "n", "0", "problem.n" },
    { "nothing", "x", "1", "[nothing]" },
    { "problem", "rank", "11", "problem.rank" },
    { "run.2", "activation", "relu", "relu" },
    { "problem", "kind", "x", "problem.kind" },
    { "run.*", "lambda1", "1", "run.1.lambda1" },
  };
  g_autoptr (EngSpec) base = fixture_spec (BASE);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError)  error = NULL;
      g_autoptr (EngSpec) spec = eng_spec_with_value (base, cases[i].group, cases[i].key,
                                                      cases[i].value, &error);

      g_assert_null (spec);
      g_assert_nonnull (error);
      g_assert_true (error->domain == ENG_ERROR);
      if (strstr (error->message, cases[i].word) == NULL)
        {
          g_test_message ("“%s” is not in: %s", cases[i].word, error->message);
          g_test_fail ();
        }
    }
}

/* Another algorithm or family keeps the keys that it has, and drops the others. */
static void
test_change_of_kind (void)
{
  g_autoptr (EngSpec) base = fixture_spec (BASE);
  g_autoptr (EngSpec) learner = eng_spec_with_value (base, "run.2", "learner", "network",
                                                     NULL);
  g_autoptr (EngSpec) kind = eng_spec_with_value (base, "problem", "kind", "network",
                                                  NULL);

  g_assert_cmpstr (eng_spec_get_learner_class (learner, 1)->id, ==, "network");
  g_assert_cmpint (eng_settings_get_int (eng_spec_get_run (learner, 1), "m"), ==, 20);
  g_assert_false (eng_settings_has (eng_spec_get_run (learner, 1), "lambda1"));
  g_assert_cmpstr (eng_spec_get_problem_class (kind)->id, ==, "network");
  g_assert_cmpint (eng_settings_get_int (eng_spec_get_problem (kind), "d"), ==, 10);
}

static void
test_runs (void)
{
  g_autoptr (EngSpec) base = fixture_spec (BASE);
  g_autoptr (EngSpec) three = eng_spec_with_run (base, 0, "quadratic", NULL);
  g_autoptr (EngSpec) four = eng_spec_with_run (three, 1, "joint", NULL);
  g_autoptr (GError)  error = NULL, last = NULL;
  g_autoptr (EngSpec) less = eng_spec_without_run (four, 0, NULL), none = NULL,
                      one = NULL;

  g_assert_cmpuint (eng_spec_get_n_runs (three), ==, 3);
  g_assert_cmpstr (eng_spec_get_learner_class (three, 2)->id, ==, "quadratic");
  /* A copy has its own name and its own step size. */
  g_assert_cmpstr (eng_spec_get_run_label (three, 2), ==, "Quadratic");
  g_assert_null (eng_settings_get_written (eng_spec_get_run (three, 2), "rate"));
  g_assert_cmpfloat (eng_settings_get_double (eng_spec_get_run (four, 3), "lambda1"), ==,
                     3);
  none = eng_spec_with_run (four, 0, "lazy", &error);
  g_assert_null (none);
  g_assert_error (error, ENG_ERROR, ENG_ERROR_INVALID_SPEC);
  g_assert_nonnull (strstr (error->message, "at most 4"));
  g_assert_cmpuint (eng_spec_get_n_runs (less), ==, 3);
  g_assert_cmpstr (eng_spec_get_learner_class (less, 0)->id, ==, "joint");
  g_assert_cmpstr (eng_spec_get_learner_class (less, 1)->id, ==, "quadratic");
  g_assert_cmpstr (eng_spec_get_learner_class (less, 2)->id, ==, "joint");
  one = eng_spec_without_run (base, 1, NULL);
  g_assert_cmpuint (eng_spec_get_n_runs (one), ==, 1);
  none = eng_spec_without_run (one, 0, &last);
  g_assert_null (none);
  g_assert_error (last, ENG_ERROR, ENG_ERROR_INVALID_SPEC);
}

static void
test_changes (void)
{
  g_autoptr (EngSpec) base = fixture_spec (BASE);
  g_autoptr (EngSpec) late = with_change (base, 100, 1, "lambda1", "5", NULL);
  g_autoptr (EngSpec) both = with_change (late, 7, 0, "rate", "1.5", NULL);
  g_autoptr (EngSpec) clean = eng_spec_without_changes (both);
  g_autoptr (EngSpec) less = eng_spec_without_run (both, 0, NULL), refused = NULL;
  g_autoptr (GError)  error = NULL, of_run = NULL, of_value = NULL;

  g_assert_cmpuint (eng_spec_get_n_changes (both), ==, 2);
  g_assert_cmpuint (eng_spec_get_change (both, 0)->step, ==, 7);
  g_assert_cmpstr (eng_spec_get_change (both, 1)->key, ==, "lambda1");
  g_assert_cmpuint (eng_spec_get_n_changes (late), ==, 1);
  g_assert_true (eng_spec_equal (clean, base));
  /* Runs are named by number: without one, old changes would mean another. */
  g_assert_cmpuint (eng_spec_get_n_changes (less), ==, 0);
  refused = with_change (both, 9, 0, "m", "30", &error);
  g_assert_error (error, ENG_ERROR, ENG_ERROR_INVALID_SPEC);
  g_assert_nonnull (strstr (error->message, "change.2.key"));
  refused = with_change (both, 9, 2, "rate", "1", &of_run);
  g_assert_error (of_run, ENG_ERROR, ENG_ERROR_INVALID_SPEC);
  refused = with_change (both, 9, 0, "rate", "0", &of_value);
  g_assert_error (of_value, ENG_ERROR, ENG_ERROR_INVALID_SPEC);
  g_assert_null (refused);
}

/* A change at the same step takes the place of one of the same key. */
static void
test_replaced_change (void)
{
  g_autoptr (EngSpec) base = fixture_spec (BASE);
  g_autoptr (EngSpec) first = with_change (base, 7, 0, "rate", "1.5", NULL);
  g_autoptr (EngSpec) other = with_change (first, 7, 1, "rate", "0.5", NULL);
  g_autoptr (EngSpec) second = with_change (other, 7, 0, "rate", "2", NULL);
  g_autoptr (EngSpec) later = with_change (second, 8, 0, "rate", "2", NULL);

  g_assert_cmpuint (eng_spec_get_n_changes (second), ==, 2);
  g_assert_cmpstr (eng_spec_get_change (second, 1)->value, ==, "2");
  g_assert_cmpuint (eng_spec_get_n_changes (later), ==, 3);
}

/* The settings that hold after some steps. */
static void
test_at_step (void)
{
  g_autoptr (EngSpec) base = fixture_spec (BASE);
  g_autoptr (EngSpec) sized = with_change (base, 5, 0, "step-size", "0.1", NULL);
  g_autoptr (EngSpec) both = with_change (sized, 9, 0, "rate", "0.5", NULL);
  g_autoptr (EngSpec) four = eng_spec_at_step (both, 4), five = NULL, nine = NULL;

  g_assert_true (eng_spec_equal (four, both));
  five = eng_spec_at_step (both, 5);
  g_assert_cmpuint (eng_spec_get_n_changes (five), ==, 1);
  g_assert_cmpfloat (eng_settings_get_double (eng_spec_get_run (five, 0), "step-size"),
                     ==, 0.1);
  /* A rate takes the place of a step size, as it does in the learner. */
  nine = eng_spec_at_step (both, 9);
  g_assert_cmpuint (eng_spec_get_n_changes (nine), ==, 0);
  g_assert_false (eng_settings_has (eng_spec_get_run (nine, 0), "step-size"));
  g_assert_cmpfloat (eng_settings_get_double (eng_spec_get_run (nine, 0), "rate"), ==,
                     0.5);
}

/* Titles and labels are words; everything else gives numbers. */
static void
test_words (void)
{
  g_autoptr (EngSpec) base = fixture_spec (BASE);
  g_autoptr (EngSpec) titled = eng_spec_with_value (base, "experiment", "title", "T",
                                                    NULL);
  g_autoptr (EngSpec) named = eng_spec_with_value (titled, "run.1", "label", "L", NULL);
  g_autoptr (EngSpec) larger = eng_spec_with_value (named, "problem", "n", "77", NULL);
  g_autoptr (EngSpec) changed = with_change (named, 3, 0, "rate", "0.5", NULL);
  g_autoptr (EngSpec) worded = eng_spec_with_words_of (base, larger);
  g_autoptr (EngSpec) taken = eng_spec_with_changes_of (base, changed);

  g_assert_true (eng_spec_same_numbers (base, named));
  g_assert_false (eng_spec_equal (base, named));
  g_assert_false (eng_spec_same_start (base, larger));
  g_assert_true (eng_spec_same_start (base, changed));
  g_assert_false (eng_spec_same_numbers (base, changed));
  g_assert_cmpstr (eng_spec_get_title (worded), ==, "T");
  g_assert_cmpstr (eng_spec_get_run_label (worded, 0), ==, "L");
  g_assert_true (eng_spec_same_numbers (worded, base));
  g_assert_true (eng_spec_same_numbers (taken, changed));
  g_assert_cmpstr (eng_spec_get_title (taken), ==, eng_spec_get_title (base));
}

/* Text there and back is the same experiment, comments and order aside. */
static void
test_round_trip (void)
{
  g_autoptr (EngSpec) base = fixture_spec (
      "# comment\n[run.1]\nlearner=lazy\nlabel=Zeile \\\\ mit ö;\\n zwei\n"
      "[change.1]\nstep=3\nrun=1\nkey=rate\nvalue=0.1\n"
      "[problem]\nkind=network\nn=1.5 d^1.5\n[experiment]\nversion=1\ntitle=T\n");
  g_autofree char    *text = eng_spec_to_text (base), *again_text = NULL;
  g_autoptr (EngSpec) again = fixture_spec (text);

  again_text = eng_spec_to_text (again);
  g_assert_cmpstr (text, ==, again_text);
  g_assert_true (eng_spec_equal (base, again));
  g_assert_cmpstr (eng_spec_get_run_label (again, 0), ==, "Zeile \\ mit ö;\n zwei");
  g_assert_cmpstr (eng_settings_get_written (eng_spec_get_problem (again), "n"), ==,
                   "1.5 d^1.5");
  /* Groups in the order of the documentation. */
  g_assert_true (g_str_has_prefix (text, "[experiment]"));
  g_assert_true (strstr (text, "[problem]") < strstr (text, "[run.1]"));
}

/* --- files ------------------------------------------------------------------------------------ */

static void
test_files (void)
{
  g_autoptr (GError)  error = NULL;
  g_autofree char    *folder = g_dir_make_tmp ("esc-spec-XXXXXX", &error), *path = NULL;
  g_autofree char    *below = NULL, *text = NULL;
  g_autoptr (GFile)   file = NULL, impossible = NULL, directory = NULL;
  g_autoptr (EngSpec) base = fixture_spec (BASE), loaded = NULL, none = NULL;

  path = g_build_filename (folder, "a" ENG_SPEC_SUFFIX, NULL);
  file = g_file_new_for_path (path);
  g_assert_true (eng_spec_save (base, file, &error));
  g_assert_no_error (error);
  loaded = eng_spec_load (file, &error);
  g_assert_no_error (error);
  g_assert_true (eng_spec_equal (base, loaded));
  /* Below a regular file nothing can be written, whoever runs this. */
  below = g_build_filename (path, "b", NULL);
  impossible = g_file_new_for_path (below);
  g_assert_false (eng_spec_save (base, impossible, &error));
  g_assert_error (error, ENG_ERROR, ENG_ERROR_IO);
  g_assert_nonnull (strstr (error->message, below));
  g_clear_error (&error);
  none = eng_spec_load (impossible, &error);
  g_assert_error (error, ENG_ERROR, ENG_ERROR_IO);
  g_clear_error (&error);
  directory = g_file_new_for_path (folder);
  none = eng_spec_load (directory, &error);
  g_assert_null (none);
  g_assert_error (error, ENG_ERROR, ENG_ERROR_IO);
  g_clear_error (&error);
  /* A refused file is named. */
  g_assert_true (g_file_set_contents (path, "[experiment]\nversion=9\n", -1, NULL));
  none = eng_spec_load (file, &error);
  g_assert_error (error, ENG_ERROR, ENG_ERROR_INVALID_SPEC);
  g_assert_nonnull (strstr (error->message, path));
  g_unlink (path);
  g_rmdir (folder);
}

/* A disk that is full: a file may not grow beyond 20 bytes.  The old file stays, and
 * nothing else. */
static void
test_full_disk (void)
{
  g_autofree char    *folder = g_dir_make_tmp ("esc-spec-XXXXXX", NULL), *text = NULL;
  g_autofree char    *path = g_build_filename (folder, "a" ENG_SPEC_SUFFIX, NULL);
  g_autoptr (GFile)   file = g_file_new_for_path (path);
  g_autoptr (EngSpec) base = fixture_spec (BASE);
  g_autoptr (GError)  error = NULL;
  struct rlimit       old, small;

  g_assert_true (g_file_set_contents (path, "old", 3, NULL));
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &old), ==, 0);
  small = old;
  small.rlim_cur = 20;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &small), ==, 0);
  (void) eng_spec_save (base, file, &error);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &old), ==, 0);
  g_assert_error (error, ENG_ERROR, ENG_ERROR_IO);
  g_assert_nonnull (strstr (error->message, path));
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "old");
  g_unlink (path);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

/* Own data are named relative to the experiment's folder. */
static void
test_data_path (void)
{
  g_autofree char    *folder = g_dir_make_tmp ("esc-spec-XXXXXX", NULL), *path = NULL;
  g_autofree char    *want = NULL;
  g_autoptr (GFile)   file = NULL;
  g_autoptr (EngSpec) spec = NULL;
  g_autoptr (GError)  error = NULL;

  path = g_build_filename (folder, "a" ENG_SPEC_SUFFIX, NULL);
  want = g_build_filename (folder, "table.csv", NULL);
  file = g_file_new_for_path (path);
  g_assert_true (g_file_set_contents (path,
                                      "[experiment]\nversion=1\n[problem]\nkind=data\n"
                                      "file=table.csv\n[run.1]\nlearner=lazy\nm=10\n",
                                      -1, NULL));
  spec = eng_spec_load (file, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (eng_settings_get_text (eng_spec_get_problem (spec), "file"), ==, want);
  g_unlink (path);
  g_rmdir (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/spec-edit/with-value", test_with_value);
  g_test_add_func ("/engine/spec-edit/refused-values", test_refused_values);
  g_test_add_func ("/engine/spec-edit/change-of-kind", test_change_of_kind);
  g_test_add_func ("/engine/spec-edit/runs", test_runs);
  g_test_add_func ("/engine/spec-edit/changes", test_changes);
  g_test_add_func ("/engine/spec-edit/replaced-change", test_replaced_change);
  g_test_add_func ("/engine/spec-edit/at-step", test_at_step);
  g_test_add_func ("/engine/spec-edit/words", test_words);
  g_test_add_func ("/engine/spec-edit/round-trip", test_round_trip);
  g_test_add_func ("/engine/spec-edit/files", test_files);
  g_test_add_func ("/engine/spec-edit/full-disk", test_full_disk);
  g_test_add_func ("/engine/spec-edit/data-path", test_data_path);
  return g_test_run ();
}
