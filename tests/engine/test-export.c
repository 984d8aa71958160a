/* SPDX-License-Identifier: GPL-3.0-or-later
 * Run folders: what is written reads back as what was; what cannot be written is said and
 * leaves nothing half done. */
#include "eng-error.h"
#include "eng-export.h"
#include "eng-table.h"
#include "fixture.h"
#include "folder.h"

#include <glib/gstdio.h>
#include <math.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>

#define SPEC                                                                             \
  "[experiment]\nversion=1\nname=a/b: c\n[problem]\nkind=low-rank-polynomial\nd=5\n"     \
  "n=30\nn-test=60\nnoise=0.2\n[observe]\ndrift-points=10\n"                             \
  "[run.1]\nlearner=lazy\nm=20\nsteps=40\nlabel=One, \"two\"\n"                          \
  "[run.2]\nlearner=network\nm=10\nsteps=30\nlayers=both\n"

typedef struct
{
  char          *path; /* a fresh folder */
  GFile         *folder;
  EngExperiment *experiment;
  EngSnapshot   *snapshot;
} Export;

static void
export_init (Export *self)
{
  g_autoptr (EngSpec) spec = fixture_spec (SPEC);
  g_autoptr (GError)  error = NULL;

  self->path = g_dir_make_tmp ("esc-export-XXXXXX", &error);
  g_assert_no_error (error);
  self->folder = g_file_new_for_path (self->path);
  self->experiment = eng_experiment_new (spec, 1, NULL, &error);
  g_assert_no_error (error);
  eng_experiment_prepare (self->experiment, NULL, NULL, &error);
  g_assert_no_error (error);
  (void) eng_experiment_advance (self->experiment, 35);
  self->snapshot = eng_experiment_snapshot (self->experiment);
}

static void
export_clear (Export *self)
{
  folder_remove (self->path);
  g_free (self->path);
  g_object_unref (self->folder);
  eng_snapshot_unref (self->snapshot);
  eng_experiment_free (self->experiment);
}

static char *
read_file (const Export *self, const char *name)
{
  g_autofree char   *path = g_build_filename (self->path, name, NULL);
  g_autoptr (GError) error = NULL;
  char              *text = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

/* --- tables ---------------------------------------------------------------------------- */

/* One row of traces.csv against the trace. */
static void
check_row (const char *line, char **header, EngTrace *trace, guint run, gsize record)
{
  g_auto (GStrv) cells = g_strsplit (line, ",", -1);

  g_assert_cmpuint (g_strv_length (cells), ==, g_strv_length (header));
  g_assert_cmpuint (g_ascii_strtoull (cells[0], NULL, 10), ==, run + 1);
  g_assert_cmpuint (g_ascii_strtoull (cells[1], NULL, 10), ==,
                    eng_trace_get_steps (trace)[record]);
  g_assert_cmpfloat (g_ascii_strtod (cells[2], NULL), ==,
                     eng_trace_get_seconds (trace)[record]);
  for (gsize c = 3; header[c] != NULL; c++)
    {
      const double *column = eng_trace_lookup (trace, header[c]);

      if (column == NULL || !isfinite (column[record]))
        g_assert_cmpstr (cells[c], ==, "");
      else
        g_assert_cmpfloat (g_ascii_strtod (cells[c], NULL), ==, column[record]);
    }
}

static void
check_traces (const Export *self)
{
  g_autofree char *text = read_file (self, "traces.csv");
  g_auto (GStrv)   lines = g_strsplit (text, "\n", -1);
  g_auto (GStrv)   header = g_strsplit (lines[0], ",", -1);
  gsize            line = 1;

  g_assert_true (g_str_has_prefix (lines[0], "run,step,seconds,train-loss,test-loss"));
  for (guint run = 0; run < 2; run++)
    for (gsize i = 0; i < self->snapshot->runs[run].n_records; i++)
      check_row (lines[line++], header, self->snapshot->runs[run].trace, run, i);
  g_assert_cmpstr (lines[line], ==, "");
}

static void
check_spectrum (const Export *self)
{
  g_autofree char   *text = read_file (self, "spectrum.csv");
  g_auto (GStrv)     lines = g_strsplit (text, "\n", -1);
  const EngSpectrum *spectrum = self->snapshot->runs[0].spectrum;

  g_assert_cmpstr (lines[0], ==, "run,step,rank,band,eigenvalue,final-energy");
  for (gsize i = 0; i < spectrum->n_values; i++)
    {
      g_auto (GStrv) cells = g_strsplit (lines[1 + i], ",", -1);

      g_assert_cmpuint (g_strv_length (cells), ==, 6);
      g_assert_cmpuint (g_ascii_strtoull (cells[2], NULL, 10), ==, i + 1);
      g_assert_cmpstr (cells[3], ==,
                       i < spectrum->n_q1                    ? "Q1"
                       : i < spectrum->n_q1 + spectrum->n_q2 ? "Q2"
                                                             : "Q3");
      g_assert_cmpfloat (g_ascii_strtod (cells[4], NULL), ==, spectrum->values[i]);
    }
}

/* One neuron a row; the movements add up to the recorded one. */
static void
check_neurons (const Export *self)
{
  g_autofree char *text = read_file (self, "neurons.csv");
  g_auto (GStrv)   lines = g_strsplit (text, "\n", -1);
  double           energy = 0;

  g_assert_cmpstr (lines[0], ==, "run,neuron,movement,overlap");
  for (gsize r = 0; r < 20; r++)
    {
      g_auto (GStrv) cells = g_strsplit (lines[1 + r], ",", -1);
      double         movement = g_ascii_strtod (cells[2], NULL);

      g_assert_cmpuint (g_ascii_strtoull (cells[1], NULL, 10), ==, r + 1);
      g_assert_cmpfloat (g_ascii_strtod (cells[3], NULL), <=, 1 + 1e-6);
      energy += movement * movement;
    }
  g_assert_cmpfloat_with_epsilon (
      sqrt (energy), eng_trace_get_last (self->snapshot->runs[0].trace, "movement"),
      1e-5);
  g_assert_cmpstr (lines[1 + 20 + 10], ==, "");
}

static void
check_summary (const Export *self)
{
  g_autofree char     *text = read_file (self, "summary.ini");
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char     *status = NULL, *label = NULL;
  gboolean             loaded;

  loaded = g_key_file_load_from_data (file, text, strlen (text), G_KEY_FILE_NONE, NULL);
  g_assert_true (loaded);
  g_assert_cmpuint (g_key_file_get_uint64 (file, "experiment", "n", NULL), ==, 30);
  g_assert_cmpfloat (g_key_file_get_double (file, "experiment", "variance", NULL), ==,
                     self->snapshot->facts.variance);
  g_assert_cmpfloat (g_key_file_get_double (file, "run.2", "test-loss", NULL), ==,
                     eng_trace_get_last (self->snapshot->runs[1].trace, "test-loss"));
  status = g_key_file_get_string (file, "run.2", "status", NULL);
  g_assert_cmpstr (status, ==, "finished");
  label = g_key_file_get_string (file, "run.1", "label", NULL);
  g_assert_cmpstr (label, ==, "One, \"two\"");
}

static void
test_tables (void)
{
  Export              self;
  g_autoptr (GError)  error = NULL;
  g_autofree char    *names = NULL, *spec_path = NULL;
  g_autoptr (GFile)   spec_file = NULL;
  g_autoptr (EngSpec) spec = NULL;

  export_init (&self);
  g_assert_true (eng_export_tables (self.snapshot, self.folder, &error));
  g_assert_no_error (error);
  names = folder_list (self.path);
  /* The name has nothing that a path could mistake. */
  g_assert_cmpstr (names, ==,
                   "a-b- c.escapement neurons.csv spectrum.csv summary.ini traces.csv");
  spec_path = g_build_filename (self.path, "a-b- c.escapement", NULL);
  spec_file = g_file_new_for_path (spec_path);
  spec = eng_spec_load (spec_file, &error);
  g_assert_no_error (error);
  g_assert_true (eng_spec_equal (spec, self.snapshot->spec));
  check_traces (&self);
  check_spectrum (&self);
  check_neurons (&self);
  check_summary (&self);
  export_clear (&self);
}

/* The folder and its parents are made; an older export is replaced. */
static void
test_folders (void)
{
  Export             self;
  g_autoptr (GError) error = NULL;
  g_autofree char   *deep_path = NULL, *names = NULL;
  g_autoptr (GFile)  deep = NULL;

  export_init (&self);
  deep_path = g_build_filename (self.path, "x", "y", NULL);
  deep = g_file_new_for_path (deep_path);
  for (guint i = 0; i < 2; i++)
    {
      g_assert_true (eng_export_tables (self.snapshot, deep, &error));
      g_assert_true (eng_export_arrays (self.experiment, deep, &error));
    }
  names = folder_list (deep_path);
  g_assert_null (strstr (names, "~"));
  export_clear (&self);
}

/* --- folders that are written again ------------------------------------------------------- */

static void
write_own (const Export *self, const char *name)
{
  g_autofree char *path = g_build_filename (self->path, name, NULL);

  g_assert_true (g_file_set_contents (path, "own", 3, NULL));
}

/* What was written goes, with what may have been; all else stays. */
static void
test_earlier (void)
{
  static const char *const figures[] = { "loss.svg", "never-drawn.svg", NULL };
  Export                   self;
  g_autoptr (GError)       error = NULL;
  g_autofree char         *names = NULL, *nested = NULL;

  export_init (&self);
  g_assert_true (eng_export_tables (self.snapshot, self.folder, &error));
  g_assert_true (eng_export_arrays (self.experiment, self.folder, &error));
  write_own (&self, "loss.svg");
  write_own (&self, "coefficients.csv");
  write_own (&self, "loss.txt");
  write_own (&self, "run1-mine.npy");
  write_own (&self, "run5-w.npy");
  nested = g_build_filename (self.path, "matrices.csv", NULL);
  g_assert_cmpint (g_mkdir (nested, 0700), ==, 0);
  g_assert_true (eng_export_has_earlier (self.folder));
  g_assert_true (eng_export_remove_earlier (self.folder, figures, &error));
  g_assert_no_error (error);
  g_assert_false (eng_export_has_earlier (self.folder));
  names = folder_list (self.path);
  g_assert_cmpstr (names, ==,
                   "a-b- c.escapement loss.txt matrices.csv run1-mine.npy run5-w.npy");
  export_clear (&self);
}

/* Without results of ours every file is somebody else's, whatever its name. */
static void
test_no_earlier (void)
{
  static const char *const figures[] = { "loss.svg", NULL };
  Export                   self;
  g_autoptr (GError)       error = NULL;
  g_autofree char         *names = NULL;

  export_init (&self);
  write_own (&self, "loss.svg");
  write_own (&self, "run1-w.npy");
  write_own (&self, "summary.ini");
  write_own (&self, "traces.csv");
  g_assert_false (eng_export_has_earlier (self.folder));
  g_assert_true (eng_export_remove_earlier (self.folder, figures, &error));
  g_assert_no_error (error);
  names = folder_list (self.path);
  g_assert_cmpstr (names, ==, "loss.svg run1-w.npy summary.ini traces.csv");
  export_clear (&self);
}

/* --- arrays ------------------------------------------------------------------------------ */

static void
check_array (const Export *self,
             const char   *name,
             gsize         rows,
             gsize         cols,
             const float  *data)
{
  g_autofree char     *path = g_build_filename (self->path, name, NULL);
  g_autoptr (GError)   error = NULL;
  g_autoptr (EngTable) table = eng_table_load (path, 1e9, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (table->values.rows, ==, rows);
  g_assert_cmpuint (table->values.cols, ==, cols);
  for (gsize i = 0; i < rows * cols; i++)
    g_assert_cmpfloat (table->values.data[i], ==, data[i]);
}

/* A vector: the header by hand, since tables have two dimensions.
 * descr: of its numbers, each `size` bytes */
static void
check_vector (const Export *self,
              const char   *name,
              const char   *descr,
              gsize         size,
              gsize         n,
              const void   *data)
{
  g_autofree char *path = g_build_filename (self->path, name, NULL);
  g_autofree char *bytes = NULL, *shape = g_strdup_printf ("'shape': (%zu,)", n);
  gsize            length, header;
  gboolean         loaded = g_file_get_contents (path, &bytes, &length, NULL);

  g_assert_true (loaded);
  g_assert_cmpmem (bytes, 8, "\x93NUMPY\1\0", 8);
  header = 10 + (guchar) bytes[8] + 256 * (gsize) (guchar) bytes[9];
  g_assert_cmpuint (header % 64, ==, 0);
  g_assert_nonnull (g_strstr_len (bytes + 10, (gssize) header - 10, shape));
  g_assert_nonnull (g_strstr_len (bytes + 10, (gssize) header - 10, descr));
  g_assert_cmpmem (bytes + header, length - header, data, n * size);
}

static void
test_arrays (void)
{
  Export             self;
  g_autoptr (GError) error = NULL;
  g_autofree char   *names = NULL;
  EngProblem        *problem;
  EngTwoLayer       *net;

  export_init (&self);
  g_assert_true (eng_export_arrays (self.experiment, self.folder, &error));
  g_assert_no_error (error);
  names = folder_list (self.path);
  g_assert_cmpstr (names, ==,
                   "run1-a.npy run1-b.npy run1-w-init.npy run1-w.npy run1-w0.npy "
                   "run2-a-init.npy run2-a.npy run2-b.npy run2-w-init.npy run2-w.npy "
                   "run2-w0.npy teacher-directions.npy teacher-weights.npy x-test.npy "
                   "x-train.npy y-test.npy y-train.npy");
  problem = eng_experiment_get_problem (self.experiment);
  check_array (&self, "x-train.npy", 30, 5, problem->x_train.data);
  check_array (&self, "x-test.npy", 60, 5, problem->x_test.data);
  check_vector (&self, "y-train.npy", "'<f8'", sizeof (double), 30, problem->y_train);
  for (guint run = 0; run < 2; run++)
    {
      EngRun          *of = eng_experiment_get_run (self.experiment, run);
      g_autofree char *w = g_strdup_printf ("run%u-w.npy", run + 1);
      g_autofree char *w0 = g_strdup_printf ("run%u-w0.npy", run + 1);
      g_autofree char *start = g_strdup_printf ("run%u-w-init.npy", run + 1);
      g_autofree char *a = g_strdup_printf ("run%u-a.npy", run + 1);

      net = eng_learner_two_layer (eng_run_get_learner (of));
      check_array (&self, w, net->m, 5, net->w.data);
      check_array (&self, w0, net->m, 5, net->w0.data);
      check_array (&self, start, net->m, 5, eng_run_get_start (of));
      check_vector (&self, a, "'<f4'", sizeof (float), net->m, net->a);
    }
  export_clear (&self);
}

/* --- what cannot be written ------------------------------------------------------------------ */

static void
check_io_error (gboolean done, GError **error, const char *word)
{
  g_assert_false (done);
  g_assert_error (*error, ENG_ERROR, ENG_ERROR_IO);
  if (strstr ((*error)->message, word) == NULL)
    g_error ("“%s” is not in: %s", word, (*error)->message);
  g_clear_error (error);
}

/* Below a regular file nothing can be made, whoever runs this. */
static void
test_impossible_folder (void)
{
  Export             self;
  g_autoptr (GError) error = NULL;
  g_autofree char   *file = NULL, *below = NULL, *missing = NULL;
  g_autoptr (GFile)  impossible = NULL, nowhere = NULL;

  export_init (&self);
  file = g_build_filename (self.path, "file", NULL);
  below = g_build_filename (file, "folder", NULL);
  missing = g_build_filename (self.path, "missing", NULL);
  g_assert_true (g_file_set_contents (file, "x", 1, NULL));
  impossible = g_file_new_for_path (below);
  nowhere = g_file_new_for_path (missing);
  check_io_error (eng_export_tables (self.snapshot, impossible, &error), &error, below);
  check_io_error (eng_export_arrays (self.experiment, impossible, &error), &error, below);
  /* Arrays go into a folder that exists. */
  check_io_error (eng_export_arrays (self.experiment, nowhere, &error), &error, missing);
  export_clear (&self);
}

/* A folder in the place of a file. */
static void
test_occupied (void)
{
  Export             self;
  g_autoptr (GError) error = NULL;
  g_autofree char   *traces = NULL, *names = NULL;

  export_init (&self);
  traces = g_build_filename (self.path, "traces.csv", NULL);
  g_assert_cmpint (g_mkdir (traces, 0700), ==, 0);
  check_io_error (eng_export_tables (self.snapshot, self.folder, &error), &error,
                  "traces.csv");
  /* What came before is whole, and nothing temporary is left. */
  names = folder_list (self.path);
  g_assert_cmpstr (names, ==, "a-b- c.escapement traces.csv");
  export_clear (&self);
}

/* A disk that is full: files may not grow beyond 500 bytes.  The old file stays. */
static void
test_full_disk (void)
{
  Export             self;
  g_autoptr (GError) error = NULL;
  struct rlimit      old, small;
  g_autofree char   *path = NULL, *text = NULL, *names = NULL;

  export_init (&self);
  path = g_build_filename (self.path, "traces.csv", NULL);
  g_assert_true (g_file_set_contents (path, "old", 3, NULL));
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &old), ==, 0);
  small = old;
  small.rlim_cur = 500;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &small), ==, 0);
  (void) eng_export_tables (self.snapshot, self.folder, &error);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &old), ==, 0);
  g_assert_error (error, ENG_ERROR, ENG_ERROR_IO);
  g_assert_nonnull (strstr (error->message, "traces.csv"));
  text = read_file (&self, "traces.csv");
  g_assert_cmpstr (text, ==, "old");
  names = folder_list (self.path);
  g_assert_cmpstr (names, ==, "a-b- c.escapement traces.csv");
  export_clear (&self);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  eng_init ();
  g_test_add_func ("/engine/export/tables", test_tables);
  g_test_add_func ("/engine/export/folders", test_folders);
  g_test_add_func ("/engine/export/earlier", test_earlier);
  g_test_add_func ("/engine/export/no-earlier", test_no_earlier);
  g_test_add_func ("/engine/export/arrays", test_arrays);
  g_test_add_func ("/engine/export/impossible-folder", test_impossible_folder);
  g_test_add_func ("/engine/export/occupied", test_occupied);
  g_test_add_func ("/engine/export/full-disk", test_full_disk);
  return g_test_run ();
}
