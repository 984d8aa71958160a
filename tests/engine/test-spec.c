/* SPDX-License-Identifier: GPL-3.0-or-later
 * Experiment files: what is read, and what is refused with which words. */
#include "eng-error.h"
#include "eng-experiment.h"
#include "fixture.h"

#include <math.h>
#include <string.h>

#define HEAD    "[experiment]\nversion=1\n"
#define PROBLEM "[problem]\nkind=low-rank-polynomial\nd=10\nn=50\n"
#define RUN     "[run.1]\nlearner=lazy\n"

/* Presets are files a person may read at once. */
#define PRESET_BYTES 4096

static void
check_refused (const char *text, gssize length, int code, const char *const *words)
{
  g_autoptr (GError)  error = NULL;
  g_autoptr (EngSpec) spec = eng_spec_new_from_text (text, length, &error);

  if (spec != NULL)
    g_test_message ("accepted: %s", text);
  g_assert_null (spec);
  g_assert_error (error, ENG_ERROR, code);
  for (gsize i = 0; i < 3 && words[i] != NULL; i++)
    if (strstr (error->message, words[i]) == NULL)
      {
        g_test_message ("“%s” is not in: %s", words[i], error->message);
        g_test_fail ();
      }
  /* Whatever the file holds, the message stays readable. */
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  g_assert_cmpuint (strlen (error->message), <, 1500);
}

/* --- reading ------------------------------------------------------------------------------- */

static void
test_minimal (void)
{
  g_autoptr (EngSpec) spec = fixture_spec (HEAD PROBLEM RUN);

  g_assert_cmpstr (eng_spec_get_name (spec), ==, "experiment");
  g_assert_cmpstr (eng_spec_get_title (spec), ==, "Experiment");
  g_assert_cmpstr (eng_spec_get_description (spec), ==, "");
  g_assert_cmpstr (eng_spec_get_problem_class (spec)->id, ==, "low-rank-polynomial");
  g_assert_cmpuint (eng_spec_get_n_runs (spec), ==, 1);
  g_assert_cmpstr (eng_spec_get_learner_class (spec, 0)->id, ==, "lazy");
  g_assert_cmpstr (eng_spec_get_run_label (spec, 0), ==, "Lazy");
  g_assert_cmpuint (eng_spec_get_seed (spec), ==, 1);
  g_assert_cmpuint (eng_spec_get_run_seed (spec, 0), ==, 1);
  g_assert_cmpuint (eng_spec_get_max_steps (spec), ==, 2000);
  g_assert_cmpuint (eng_spec_get_n_changes (spec), ==, 0);
  g_assert_cmpint (eng_settings_get_int (eng_spec_get_run (spec, 0), "m"), ==, 100);
}

/* Runs that nobody named can be told apart; a label is left as it is. */
static void
test_names (void)
{
  static const char *const names[] = { "Lazy", "Lazy", "Lazy 2", "Joint" };
  g_autoptr (EngSpec)      spec = fixture_spec (
           HEAD PROBLEM "[run.1]\nlearner=lazy\n[run.2]\nlearner=lazy\nlabel=Lazy\n"
                             "[run.3]\nlearner=lazy\n[run.4]\nlearner=joint\n");

  for (guint run = 0; run < 4; run++)
    g_assert_cmpstr (eng_spec_get_run_label (spec, run), ==, names[run]);
}

static void
test_full (void)
{
  g_autoptr (EngSpec) spec = fixture_spec (
      HEAD "name=a name\ntitle=T\ndescription=two\\nlines\n# a comment\n" PROBLEM
           "seed=7\n[observe]\nk=2\nprobes=80\n"
           "[run.2]\nlearner=joint\nsteps=5000\nseed=9\n"
           "[run.1]\nlearner=network\nlabel=My run\nsteps=10\n"
           "[change.2]\nstep=3\nrun=2\nkey=lambda1\nvalue=0.1 d\n"
           "[change.1]\nstep=8\nrun=1\nkey=alpha\nvalue=2\n");

  g_assert_cmpstr (eng_spec_get_name (spec), ==, "a name");
  g_assert_cmpstr (eng_spec_get_description (spec), ==, "two\nlines");
  g_assert_cmpuint (eng_spec_get_n_runs (spec), ==, 2);
  g_assert_cmpstr (eng_spec_get_run_label (spec, 0), ==, "My run");
  g_assert_cmpstr (eng_spec_get_run_label (spec, 1), ==, "Joint");
  g_assert_cmpuint (eng_spec_get_run_seed (spec, 0), ==, 7);
  g_assert_cmpuint (eng_spec_get_run_seed (spec, 1), ==, 9);
  g_assert_cmpuint (eng_spec_get_max_steps (spec), ==, 5000);
  g_assert_cmpint (eng_settings_get_int (eng_spec_get_observe (spec), "k"), ==, 2);
  /* Changes come by step. */
  g_assert_cmpuint (eng_spec_get_n_changes (spec), ==, 2);
  g_assert_cmpuint (eng_spec_get_change (spec, 0)->step, ==, 3);
  g_assert_cmpuint (eng_spec_get_change (spec, 0)->run, ==, 1);
  g_assert_cmpstr (eng_spec_get_change (spec, 0)->key, ==, "lambda1");
  g_assert_cmpstr (eng_spec_get_change (spec, 0)->value, ==, "0.1 d");
  g_assert_cmpuint (eng_spec_get_change (spec, 1)->step, ==, 8);
}

/* --- refusals --------------------------------------------------------------------------------- */

typedef struct
{
  const char *text;
  const char *words[3];
} Refusal;

static const Refusal refusals[] = {
  { "", { "not an experiment file", "version" } },
  { "\n\n# nothing\n", { "not an experiment file" } },
  { "hello\n", { "not an experiment file" } },
  { "[experiment\nversion=1\n", { "not an experiment file" } },
  { "[experiment]\nversion=1", { "problem.kind", "low-rank-polynomial" } },
  { PROBLEM RUN, { "version is missing" } },
  { "[experiment]\nversion=2\n" PROBLEM RUN, { "version 2", "up to 1", "newer" } },
  { "[experiment]\nversion=4000000000\n" PROBLEM RUN, { "version 4000000000", "newer" } },
  { "[experiment]\nversion=0\n" PROBLEM RUN, { "experiment.version", "“0”" } },
  { "[experiment]\nversion=one\n" PROBLEM RUN, { "experiment.version", "“one”" } },
  { HEAD "colour=red\n" PROBLEM RUN, { "experiment.colour", "not a known key" } },
  { HEAD PROBLEM RUN "[bogus]\nx=1\n", { "[bogus]", "not a known group", "[run.1]" } },
  { HEAD PROBLEM RUN "[run.x]\nlearner=lazy\n", { "[run.x]", "not a known group" } },
  { HEAD PROBLEM RUN "[run.02]\nlearner=lazy\n", { "[run.02]", "not a known group" } },
  { HEAD PROBLEM RUN "[change.01]\nstep=1\n", { "[change.01]", "not a known group" } },
  { HEAD "[problem]\nkind=mystery\n" RUN, { "problem.kind", "“mystery”", "network" } },
  { HEAD "[problem]\nd=5\n" RUN, { "problem.kind", "must be one of" } },
  { HEAD PROBLEM "m=7\n" RUN, { "problem.m", "not a known key" } },
  { HEAD PROBLEM "n-test=1\n" RUN, { "problem.n-test", "“1”", "[2, 1000000]" } },
  { HEAD PROBLEM "inputs=cube\n" RUN,
    { "problem.inputs", "“cube”", "sphere, gaussian" } },
  { HEAD PROBLEM "noise=nan\n" RUN, { "problem.noise", "“nan”", "[0, 100]" } },
  { HEAD PROBLEM "noise=inf\n" RUN, { "problem.noise", "“inf”", "[0, 100]" } },
  { HEAD PROBLEM "seed=-1\n" RUN, { "problem.seed", "“-1”" } },
  { HEAD PROBLEM "rank=11\n" RUN, { "problem.rank", "d = 10", "11" } },
  { HEAD PROBLEM "rank=2\ndegree=2;3;4\n" RUN, { "problem.degree", "1 or 2", "got 3" } },
  { HEAD PROBLEM "rank=2\nweights=1\n" RUN, { "problem.weights", "2 numbers", "got 1" } },
  { HEAD PROBLEM "degree=0\n" RUN, { "problem.degree", "“0”", "[1, 12]" } },
  { HEAD PROBLEM "degree=1.5\n" RUN, { "problem.degree", "whole", "1.5" } },
  { HEAD PROBLEM "degree=13\n" RUN, { "problem.degree", "“13”", "[1, 12]" } },
  { HEAD "[problem]\nkind=network\nn=0\n" RUN, { "problem.n", "“0”", "[1, 10000000]" } },
  { HEAD "[problem]\nkind=network\nd=1\n" RUN, { "problem.d", "“1”", "[2, 10000]" } },
  { HEAD "[problem]\nkind=dense-plus-sparse\nd=4\nrank=4\n" RUN,
    { "problem.rank", "d − 1 = 3", "got 4" } },
  { HEAD "[problem]\nkind=dense-plus-sparse\ndense-degree=2\ndense-weights=1\n" RUN,
    { "problem.dense-weights", "2 numbers", "got 1" } },
  { HEAD "[problem]\nkind=network\nd=4\nrank=5\ndirections=orthogonal\n" RUN,
    { "problem.rank", "d = 4", "got 5" } },
  { HEAD "[problem]\nkind=deeper\nouter-terms=4\n" RUN,
    { "problem.outer-terms", "the rank, 3", "got 4" } },
  { HEAD "[problem]\nkind=deeper\nouter-terms=2\nweights=1\n" RUN,
    { "problem.weights", "2 numbers", "got 1" } },
  { HEAD "[problem]\nkind=deeper\nouter-terms=2\ninner-degree=1;2;3\n" RUN,
    { "problem.inner-degree", "1 or 2", "got 3" } },
  { HEAD "[problem]\nkind=deeper\ninner-degree=1.5\n" RUN,
    { "problem.inner-degree", "whole", "1.5" } },
  { HEAD PROBLEM "[run.1]\nlearner=recovery\nfit-rank=11\n",
    { "fit-rank", "d = 10", "got 11" } },
  { HEAD PROBLEM "[run.1]\nlearner=recovery\nfit-rank=10\nspan-degree=8\n",
    { "span-degree", "2000", "43758" } },
  { HEAD "[problem]\nkind=data\n[run.1]\nlearner=lazy\nm=10\n",
    { "problem.file", "CSV or .npy" } },
  { HEAD PROBLEM, { "[run.1] is missing" } },
  { HEAD PROBLEM "[run.2]\nlearner=lazy\n", { "without gaps", "[run.1] is missing" } },
  { HEAD PROBLEM RUN "[run.3]\nlearner=lazy\n",
    { "without gaps", "[run.2] is missing" } },
  { HEAD PROBLEM RUN "[run.2]\nlearner=lazy\n[run.3]\nlearner=lazy\n"
                     "[run.4]\nlearner=lazy\n[run.5]\nlearner=lazy\n",
    { "[run.5]", "[run.1] to [run.4]" } },
  { HEAD PROBLEM "[run.1]\nlearner=magic\n", { "run.1.learner", "“magic”", "lazy" } },
  { HEAD PROBLEM "[run.1]\nm=10\n", { "run.1.learner", "must be one of" } },
  { HEAD PROBLEM RUN "m=7\n", { "run.1.m", "even", "“7”" } },
  { HEAD PROBLEM RUN "m=0\n", { "run.1.m", "“0”", "[2, 1000000]" } },
  { HEAD PROBLEM RUN "alpha=1\n", { "run.1.alpha", "not a known key" } },
  { HEAD PROBLEM RUN "rate=0\n", { "run.1.rate", "“0”", "(0, 4]" } },
  { HEAD PROBLEM RUN "rate=4.1\n", { "run.1.rate", "“4.1”", "(0, 4]" } },
  { HEAD PROBLEM RUN "steps=0\n", { "run.1.steps", "“0”" } },
  { HEAD PROBLEM RUN "activation=sigmoid\n", { "run.1.activation", "softplus" } },
  { HEAD PROBLEM RUN "[observe]\nk=7\n", { "observe.k", "“7”", "[0, 6]" } },
  { HEAD PROBLEM RUN "[observe]\nprobes=9\n", { "observe.probes", "“9”" } },
};

static void
test_refusals (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (refusals); i++)
    check_refused (refusals[i].text, -1, ENG_ERROR_INVALID_SPEC, refusals[i].words);
}

/* Parts that are fine each, but not together. */
static void
test_unsupported (void)
{
  static const Refusal cases[] = {
    { HEAD PROBLEM "[run.1]\nlearner=quadratic\nactivation=relu\n",
      { "run.1", "relu", "second derivative" } },
    { HEAD PROBLEM RUN "[run.2]\nlearner=joint\nactivation=relu\n", { "run.2", "relu" } },
    { HEAD PROBLEM "[run.1]\nlearner=joint\nr1-space=function\nunlabelled=11\n",
      { "run.1", "unlabelled", "11" } },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    check_refused (cases[i].text, -1, ENG_ERROR_UNSUPPORTED, cases[i].words);
}

static void
test_refused_changes (void)
{
  static const Refusal cases[] = {
    { "[change.1]\nstep=-1\nrun=1\nkey=rate\nvalue=1\n", { "change.1.step", "“-1”" } },
    { "[change.1]\nrun=1\nkey=rate\nvalue=1\n", { "change.1.step", "must be given" } },
    { "[change.1]\nstep=1\nrun=2\nkey=rate\nvalue=1\n",
      { "change.1.run", "[1, 1]", "“2”" } },
    { "[change.1]\nstep=1\nrun=0\nkey=rate\nvalue=1\n", { "change.1.run", "“0”" } },
    { "[change.1]\nstep=1\nrun=1\nkey=m\nvalue=10\n", { "change.1.key", "“m”" } },
    { "[change.1]\nstep=1\nrun=1\nkey=bogus\nvalue=1\n", { "change.1.key", "“bogus”" } },
    { "[change.1]\nstep=1\nrun=1\nkey=rate\nvalue=9\n",
      { "change.1.rate", "“9”", "(0, 4]" } },
    { "[change.1]\nstep=1\nrun=1\nkey=rate\nvalue=1\nwhy=x\n", { "change.1.why" } },
    { "[change.2]\nstep=1\nrun=1\nkey=rate\nvalue=1\n",
      { "without gaps", "[change.1] is missing" } },
    { "[change.1]\nstep=1\nrun=1\nkey=rate\nvalue=1\n"
      "[change.3]\nstep=1\nrun=1\nkey=rate\nvalue=1\n",
      { "without gaps", "[change.2] is missing" } },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strconcat (HEAD PROBLEM RUN, cases[i].text, NULL);

      check_refused (text, -1, ENG_ERROR_INVALID_SPEC, cases[i].words);
    }
}

/* Every cut of a good file is refused or is a smaller good file: never a crash. */
static void
test_truncated (void)
{
  const char *text = HEAD PROBLEM "[observe]\nk=2\n" RUN "rate=0.5\n";
  gsize                   length = strlen (text), n_good = 0;

  for (gsize cut = 0; cut <= length; cut++)
    {
      g_autoptr (GError)  error = NULL;
      g_autoptr (EngSpec) spec = eng_spec_new_from_text (text, (gssize) cut, &error);

      g_assert_true ((spec != NULL) == (error == NULL));
      n_good += spec != NULL;
    }
  g_assert_cmpuint (n_good, >, 1);
  g_assert_cmpuint (n_good, <, length / 2);
}

static void
test_binary (void)
{
  static const char nul[] = HEAD "title=a\0b\n" PROBLEM RUN;
  static const char latin[] = HEAD "title=caf\xe9\n" PROBLEM RUN;
  static const char   png[] = "\x89PNG\r\n\x1a\n\0\0\0\rIHDR";
  const char *const   words[3] = { "not an experiment file", "UTF-8" };
  g_autofree char    *huge = g_strnfill (ENG_SPEC_MAX_BYTES + 1, '#');
  const char *const   huge_words[3] = { "1048576", "1048577" };
  g_autofree char    *padding = g_strnfill (ENG_SPEC_MAX_BYTES, '#'), *fits = NULL;
  g_autoptr (EngSpec) spec = NULL;

  check_refused (nul, sizeof nul - 1, ENG_ERROR_INVALID_SPEC, words);
  check_refused (latin, sizeof latin - 1, ENG_ERROR_INVALID_SPEC, words);
  check_refused (png, sizeof png - 1, ENG_ERROR_INVALID_SPEC, words);
  check_refused (huge, -1, ENG_ERROR_INVALID_SPEC, huge_words);
  /* And one that just fits is read. */
  fits = g_strconcat (HEAD PROBLEM RUN, padding, NULL);
  spec = eng_spec_new_from_text (fits, ENG_SPEC_MAX_BYTES, NULL);
  g_assert_nonnull (spec);
}

/* --- presets --------------------------------------------------------------------------------- */

static void
test_presets (void)
{
  const char        *root = g_getenv ("ESC_SOURCE_ROOT");
  g_autofree char   *folder = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir)   dir = NULL;
  const char        *name;
  guint              n = 0;

  g_assert_nonnull (root);
  folder = g_build_filename (root, "data", "presets", NULL);
  dir = g_dir_open (folder, 0, &error);
  g_assert_no_error (error);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char    *path = g_build_filename (folder, name, NULL);
      g_autoptr (GFile)   file = g_file_new_for_path (path);
      g_autofree char    *text = NULL, *base = NULL;
      g_autoptr (EngSpec) spec = NULL;
      gsize               length;

      if (!g_str_has_suffix (name, ENG_SPEC_SUFFIX))
        continue;
      spec = eng_spec_load (file, &error);
      g_assert_no_error (error);
      g_file_get_contents (path, &text, &length, NULL);
      g_assert_cmpuint (length, <, PRESET_BYTES);
      base = g_strndup (name, strlen (name) - strlen (ENG_SPEC_SUFFIX));
      g_assert_cmpstr (eng_spec_get_name (spec), ==, base);
      g_assert_cmpstr (eng_spec_get_title (spec), !=, "Experiment");
      g_assert_cmpstr (eng_spec_get_description (spec), !=, "");
      /* One seed for all runs, so that they start from the same weights. */
      for (guint run = 0; run < eng_spec_get_n_runs (spec); run++)
        g_assert_false (eng_settings_has (eng_spec_get_run (spec, run), "seed"));
      n++;
    }
  g_assert_cmpuint (n, >, 10);
}

/* A key and a group that are cut within a character are still told. */
static void
test_long_names (void)
{
  g_autoptr (GString) name = g_string_new ("a");

  while (name->len < 90)
    g_string_append (name, "λ");
  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *text = g_strdup_printf (i == 0 ? "[experiment]\nversion=1\n%s=1\n"
                                                      : "[experiment]\nversion=1\n[%s]\n",
                                               name->str);
      g_autoptr (GError)  error = NULL;
      g_autoptr (EngSpec) spec = eng_spec_new_from_text (text, -1, &error);

      g_assert_null (spec);
      g_assert_error (error, ENG_ERROR, ENG_ERROR_INVALID_SPEC);
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      g_assert_nonnull (strstr (error->message, "aλλ"));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/spec/minimal", test_minimal);
  g_test_add_func ("/engine/spec/full", test_full);
  g_test_add_func ("/engine/spec/names", test_names);
  g_test_add_func ("/engine/spec/refusals", test_refusals);
  g_test_add_func ("/engine/spec/unsupported", test_unsupported);
  g_test_add_func ("/engine/spec/refused-changes", test_refused_changes);
  g_test_add_func ("/engine/spec/truncated", test_truncated);
  g_test_add_func ("/engine/spec/binary", test_binary);
  g_test_add_func ("/engine/spec/presets", test_presets);
  g_test_add_func ("/engine/spec/long-names", test_long_names);
  return g_test_run ();
}
