/* SPDX-License-Identifier: GPL-3.0-or-later
 * The problem made of a person's own table: standardised, split, sampled, refused. */
#include "eng-error.h"
#include "eng-problem.h"
#include "fixture.h"
#include "folder.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#define NO_LIMIT 1e9
/* Standardised in double, kept in float. */
#define FLOAT_ROUNDING 1e-5

static char *folder;

static char *
write_file (const char *name, const void *data, gssize length)
{
  char *path = g_build_filename (folder, name, NULL);

  g_assert_true (g_file_set_contents (path, data, length, NULL));
  return path;
}

/* 40 rows: x ramps, a constant column, and y = 10 i in the middle. */
static char *
write_ramp (void)
{
  g_autoptr (GString) text = g_string_new ("x1,target,x2,constant\n");

  for (guint i = 0; i < 40; i++)
    g_string_append_printf (text, "%u,%u,%d,7\n", i, 10 * i, i % 2 == 0 ? 100 : -100);
  return write_file ("ramp.csv", text->str, -1);
}

static EngProblem *
open_problem (const char *path, const char *settings, GError **error)
{
  g_autofree char *text = g_strdup_printf (
      "[experiment]\nversion=1\n[problem]\nkind=data\n"
      "file=%s\n%s[run.1]\nlearner=lazy\nm=10\n",
      path, settings);
  g_autoptr (EngSpec) spec = fixture_spec (text);

  return eng_problem_new (spec, NO_LIMIT, NULL, error);
}

/* Row i of the file is known by its target; every row appears once, in train or test. */
static void
test_problem (void)
{
  g_autofree char       *path = write_ramp ();
  g_autoptr (GError)     error = NULL;
  g_autoptr (EngProblem) problem = open_problem (path, "target=target\ntest-share=0.25\n",
                                                 &error);
  gboolean               seen[40] = { FALSE };
  double                 total = 0.0, factor;

  g_assert_no_error (error);
  g_assert_cmpuint (problem->d, ==, 3);
  g_assert_cmpuint (problem->n_test, ==, 10);
  g_assert_cmpuint (problem->n, ==, 30);
  g_assert_cmpuint (problem->k, ==, 1);
  g_assert_false (problem->has_law);
  /* Two columns of variance 1 and a constant one, scaled so that |x|² is 3 on average. */
  factor = sqrt (1.5);
  for (gsize i = 0; i < 40; i++)
    {
      gboolean     is_test = i < 10;
      gsize        at = is_test ? i : i - 10;
      const float *x = (is_test ? problem->x_test : problem->x_train).data + 3 * at;
      double       y = is_test ? problem->y_test[at] : problem->y_train[at];
      guint        row = (guint) (y / 10.0);

      g_assert_cmpfloat (y, ==, 10.0 * row);
      g_assert_false (seen[row]);
      seen[row] = TRUE;
      g_assert_cmpfloat_with_epsilon (
          x[0], factor * (row - 19.5) / sqrt ((1600.0 - 1.0) / 12.0), FLOAT_ROUNDING);
      g_assert_cmpfloat_with_epsilon (x[1], row % 2 == 0 ? factor : -factor,
                                      FLOAT_ROUNDING);
      g_assert_cmpfloat (x[2], ==, 0.0);
      total += x[0] * x[0] + x[1] * x[1];
    }
  g_assert_cmpfloat_with_epsilon (total / 40.0, 3.0, FLOAT_ROUNDING);
}

static void
test_problem_sizes (void)
{
  g_autofree char       *path = write_ramp ();
  g_autoptr (GError)     error = NULL;
  g_autoptr (EngProblem) few = open_problem (path, "target=2\nn=12\n", &error);
  g_autoptr (EngProblem) none = NULL;
  EngMatF                probes = { 25, 3, g_newa (float, 75) };
  g_autoptr (EngRng)     rng = eng_rng_new (1, "probe", 0);

  g_assert_no_error (error);
  g_assert_cmpuint (few->n, ==, 12);
  /* The last column, which is the default target, is constant here. */
  none = open_problem (path, "target=4\n", &error);
  g_assert_null (none);
  g_assert_error (error, ENG_ERROR, ENG_ERROR_INVALID_SPEC);
  g_assert_nonnull (strstr (error->message, "constant"));
  g_clear_error (&error);
  none = open_problem (path, "target=price\n", &error);
  g_assert_error (error, ENG_ERROR, ENG_ERROR_INVALID_SPEC);
  g_assert_nonnull (strstr (error->message, "x1, target, x2, constant"));
  /* Probes are rows, distinct while there are enough. */
  eng_problem_sample (few, rng, &probes);
  for (gsize i = 0; i < 25; i++)
    for (gsize j = 0; j < i; j++)
      g_assert_cmpfloat (probes.data[3 * i], !=, probes.data[3 * j]);
}

static void
test_problem_refusals (void)
{
  g_autofree char       *short_path = write_file ("short.csv", "a,b,c\n1,2,3\n", -1);
  g_autofree char       *narrow = NULL;
  g_autoptr (GString)    text = g_string_new ("a,b\n");
  g_autoptr (GError)     error = NULL;
  g_autoptr (EngProblem) problem = open_problem (short_path, "", &error);

  g_assert_null (problem);
  g_assert_error (error, ENG_ERROR, ENG_ERROR_INVALID_SPEC);
  g_assert_nonnull (strstr (error->message, "10 rows"));
  g_clear_error (&error);
  for (guint i = 0; i < 30; i++)
    g_string_append_printf (text, "%u,%u\n", i, i);
  narrow = write_file ("narrow.csv", text->str, -1);
  problem = open_problem (narrow, "", &error);
  g_assert_error (error, ENG_ERROR, ENG_ERROR_INVALID_SPEC);
  g_assert_nonnull (strstr (error->message, "at least 2 inputs"));
  g_clear_error (&error);
  problem = open_problem ("/nonexistent/table.csv", "", &error);
  g_assert_error (error, ENG_ERROR, ENG_ERROR_IO);
  g_assert_null (problem);
}

/* A table that is gone is not missed until the experiment is prepared: changes and words
 * are still kept, and a value written with d still has its meaning. */
static void
test_gone (void)
{
  g_autofree char *path = write_ramp ();
  g_autofree char *text = g_strdup_printf (
      "[experiment]\nversion=1\n[problem]\nkind=data\nfile=%s\n[run.1]\nlearner=lazy\n"
      "m=10 d\n",
      path);
  g_autoptr (EngSpec) spec = fixture_spec (text), named = NULL, changed = NULL;
  g_autoptr (EngSpec) plain = NULL, other = NULL, again = NULL;
  g_autoptr (GError)  error = NULL;
  EngChange           change = { 5, 0, (char *) "rate", (char *) "0.5" };

  g_assert_cmpint (g_unlink (path), ==, 0);
  changed = eng_spec_with_change (spec, &change, &error);
  g_assert_no_error (error);
  named = eng_spec_with_value (changed, "experiment", "title", "Gone", &error);
  g_assert_no_error (error);
  plain = eng_spec_without_changes (named);
  other = eng_spec_with_words_of (changed, named);
  g_assert_true (eng_spec_equal (other, named));
  g_assert_true (eng_spec_same_start (plain, spec));
  g_assert_cmpint (eng_settings_get_int (eng_spec_get_run (plain, 0), "m"), ==, 30);
  /* Another size of the problem needs the table again. */
  again = eng_spec_with_value (named, "problem", "test-share", "0.5", &error);
  g_assert_error (error, ENG_ERROR, ENG_ERROR_IO);
  g_assert_null (again);
}

int
main (int argc, char **argv)
{
  int result;

  g_test_init (&argc, &argv, NULL);
  folder = g_dir_make_tmp ("esc-own-data-XXXXXX", NULL);
  g_assert_nonnull (folder);
  g_test_add_func ("/engine/own-data/split", test_problem);
  g_test_add_func ("/engine/own-data/sizes", test_problem_sizes);
  g_test_add_func ("/engine/own-data/refusals", test_problem_refusals);
  g_test_add_func ("/engine/own-data/gone", test_gone);
  result = g_test_run ();
  folder_remove (folder);
  g_free (folder);
  return result;
}
