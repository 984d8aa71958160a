/* SPDX-License-Identifier: GPL-3.0-or-later
 * Run folders read back: the same tables come out of what was read; a folder that is
 * damaged is refused with words. */
#include "eng-error.h"
#include "eng-experiment.h"
#include "eng-export.h"
#include "eng-memory.h"
#include "eng-run-folder.h"
#include "fixture.h"
#include "folder.h"

#include <glib/gstdio.h>
#include <string.h>

/* Three kinds of learners, a label that looks like a table, spectra at later steps and of
 * features. */
#define SPEC                                                                             \
  "[experiment]\nversion=1\nname=a/b: c\n[problem]\nkind=low-rank-polynomial\nd=5\n"     \
  "n=30\nn-test=60\nnoise=0.2\n[observe]\ndrift-points=10\nspectrum=log\n"               \
  "[run.1]\nlearner=lazy\nm=20\nsteps=40\nlabel=One, \"two\"\n"                          \
  "[run.2]\nlearner=network\nm=10\nsteps=30\nlayers=both\n"                              \
  "[run.3]\nlearner=three-layer\nfirst-layer=random\nfeatures=40\nsteps=20\n"

static const char *const tables[] = { "traces.csv", "spectrum.csv", "neurons.csv",
                                      "summary.ini", "a-b- c.escapement" };

typedef struct
{
  char        *path;
  GFile       *folder;
  EngSnapshot *snapshot;
} Written;

static void
written_init (Written *self, guint64 n_steps)
{
  g_autoptr (EngSpec)       spec = fixture_spec (SPEC);
  g_autoptr (EngExperiment) experiment = NULL;
  g_autoptr (GError)        error = NULL;

  self->path = g_dir_make_tmp ("esc-folder-XXXXXX", &error);
  g_assert_no_error (error);
  self->folder = g_file_new_for_path (self->path);
  experiment = eng_experiment_new (spec, 1, NULL, &error);
  g_assert_no_error (error);
  eng_experiment_prepare (experiment, NULL, NULL, &error);
  g_assert_no_error (error);
  (void) eng_experiment_advance (experiment, n_steps);
  self->snapshot = eng_experiment_snapshot (experiment);
  eng_export_tables (self->snapshot, self->folder, &error);
  g_assert_no_error (error);
}

static void
written_clear (Written *self)
{
  folder_remove (self->path);
  g_free (self->path);
  g_object_unref (self->folder);
  eng_snapshot_unref (self->snapshot);
}

static void
assert_same (char *(*make) (const EngSnapshot *),
             const EngSnapshot *a,
             const EngSnapshot *b)
{
  g_autofree char *left = make (a), *right = make (b);

  g_assert_cmpstr (left, ==, right);
}

static void
test_round_trip (gconstpointer n_steps)
{
  Written                 written;
  g_autoptr (EngSnapshot) read = NULL;
  g_autoptr (GError)      error = NULL;

  written_init (&written, GPOINTER_TO_UINT (n_steps));
  read = eng_run_folder_load (written.folder, &error);
  g_assert_no_error (error);
  assert_same (eng_export_traces_text, written.snapshot, read);
  assert_same (eng_export_spectrum_text, written.snapshot, read);
  assert_same (eng_export_neurons_text, written.snapshot, read);
  assert_same (eng_export_summary_text, written.snapshot, read);
  g_assert_true (eng_spec_equal (written.snapshot->spec, read->spec));
  g_assert_cmpint (read->phase, ==, written.snapshot->phase);
  g_assert_cmpuint (read->step, ==, written.snapshot->step);
  g_assert_cmpuint (read->planned, ==, written.snapshot->planned);
  for (guint i = 0; i < read->n_runs; i++)
    {
      const EngRunView *a = &written.snapshot->runs[i], *b = &read->runs[i];

      g_assert_cmpuint (a->later->len, ==, b->later->len);
      for (guint s = 0; s < a->later->len; s++)
        g_assert_cmpuint (((EngSpectrum *) a->later->pdata[s])->n_usable, ==,
                          ((EngSpectrum *) b->later->pdata[s])->n_usable);
      g_assert_cmpint (a->linearised, ==, b->linearised);
      g_assert_cmpint (a->full_network, ==, b->full_network);
    }
  written_clear (&written);
}

static void
assert_refused (const Written *written)
{
  g_autoptr (GError)      error = NULL;
  g_autoptr (EngSnapshot) read = eng_run_folder_load (written->folder, &error);

  g_assert_null (read);
  g_assert_nonnull (error);
  g_assert_true (error->domain == ENG_ERROR);
}

static void
test_missing (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      Written          written;
      g_autofree char *path = NULL;

      written_init (&written, 5);
      path = g_build_filename (written.path, tables[i], NULL);
      g_assert_cmpint (g_unlink (path), ==, 0);
      assert_refused (&written);
      written_clear (&written);
    }
}

/* Cut anywhere, with a byte changed anywhere: read or refused, nothing else. */
static void
test_damaged (void)
{
  Written           written;
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);

  written_init (&written, 40);
  for (gsize i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      g_autofree char *path = g_build_filename (written.path, tables[i], NULL);
      g_autofree char *text = NULL;
      gsize            length;

      g_assert_true (g_file_get_contents (path, &text, &length, NULL));
      for (guint n = 0; n < 40; n++)
        {
          g_autofree char        *copy = g_memdup2 (text, length);
          gint32                  at = g_rand_int_range (rand, 0, (gint32) length);
          g_autoptr (GError)      error = NULL;
          g_autoptr (EngSnapshot) read = NULL;

          copy[at] = (char) g_rand_int_range (rand, 0, 128);
          g_assert_true (
              g_file_set_contents (path, copy, n % 3 == 0 ? at : (gssize) length, NULL));
          read = eng_run_folder_load (written.folder, &error);
          g_assert_true ((read == NULL) == (error != NULL));
          g_assert_true (error == NULL || error->domain == ENG_ERROR);
        }
      g_assert_true (g_file_set_contents (path, text, (gssize) length, NULL));
    }
  written_clear (&written);
}

static void
replace (const Written *written, const char *name, const char *old, const char *by)
{
  g_autofree char *path = g_build_filename (written->path, name, NULL);
  g_autofree char *text = NULL;
  GString         *changed;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  changed = g_string_new (text);
  g_assert_cmpuint (g_string_replace (changed, old, by, 1), ==, 1);
  g_assert_true (g_file_set_contents (path, changed->str, -1, NULL));
  g_string_free (changed, TRUE);
}

/* What is said of the tables does not make the reader look outside them. */
static void
test_false_facts (void)
{
  Written                 written;
  g_autoptr (GError)      error = NULL;
  g_autoptr (EngSnapshot) read = NULL;

  written_init (&written, 40);
  replace (&written, "summary.ini", "usable=", "usable=999999");
  read = eng_run_folder_load (written.folder, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (read->runs[0].spectrum->n_usable, ==,
                    written.snapshot->runs[0].spectrum->n_usable);
  replace (&written, "summary.ini", "\ncolumns=", "\ncolumns=test-loss;");
  assert_refused (&written);
  written_clear (&written);
}

/* As many records as memory cannot hold with that many directions. */
static void
test_too_large (void)
{
  Written                 written;
  g_autoptr (GError)      error = NULL;
  g_autoptr (EngSnapshot) read = NULL;

  written_init (&written, 40);
  eng_memory_set_budget (1000);
  read = eng_run_folder_load (written.folder, &error);
  eng_memory_set_budget (0);
  g_assert_null (read);
  g_assert_error (error, ENG_ERROR, ENG_ERROR_TOO_LARGE);
  written_clear (&written);
}

/* Tables of another experiment are not drawn as if they were this one's. */
static void
test_foreign (void)
{
  Written             written;
  g_autoptr (EngSpec) other = fixture_spec (
      "[experiment]\nversion=1\nname=a/b: c\n[problem]\nkind=low-rank-polynomial\nd=5\n"
      "n=30\n[run.1]\nlearner=joint\nm=20\nsteps=40\n");
  g_autofree char *text = eng_spec_to_text (other), *path = NULL;

  written_init (&written, 5);
  path = g_build_filename (written.path, "a-b- c.escapement", NULL);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  assert_refused (&written);
  written_clear (&written);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  eng_init ();
  g_test_add_data_func ("/run-folder/start", GUINT_TO_POINTER (0), test_round_trip);
  g_test_add_data_func ("/run-folder/half-way", GUINT_TO_POINTER (35), test_round_trip);
  g_test_add_data_func ("/run-folder/done", GUINT_TO_POINTER (40), test_round_trip);
  g_test_add_func ("/run-folder/missing", test_missing);
  g_test_add_func ("/run-folder/damaged", test_damaged);
  g_test_add_func ("/run-folder/false-facts", test_false_facts);
  g_test_add_func ("/run-folder/too-large", test_too_large);
  g_test_add_func ("/run-folder/foreign", test_foreign);
  return g_test_run ();
}
