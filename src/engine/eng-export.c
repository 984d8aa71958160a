/* SPDX-License-Identifier: GPL-3.0-or-later
 * Tables and arrays of a run folder. */
#include "config.h"

#include "eng-error.h"
#include "eng-export-private.h"
#include "eng-file.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* What GByteArray holds, less a header. */
#define MAX_ARRAY_BYTES (G_MAXUINT - 4096)

void
eng_export_append_number (GString *text, double value)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  if (isfinite (value))
    g_string_append (text, g_ascii_dtostr (buffer, sizeof buffer, value));
}

/* --- traces.csv ---------------------------------------------------------------------- */

/* Ids of all runs' columns, in order of first appearance. */
static GPtrArray *
all_columns (const EngSnapshot *snapshot)
{
  GPtrArray *ids = g_ptr_array_new ();

  for (guint run = 0; run < snapshot->n_runs; run++)
    {
      EngTrace *trace = snapshot->runs[run].trace;

      for (gsize c = 0; c < eng_trace_get_n_columns (trace); c++)
        {
          const char *id = eng_trace_get_column_info (trace, c)->id;

          if (!g_ptr_array_find_with_equal_func (ids, id, g_str_equal, NULL))
            g_ptr_array_add (ids, (gpointer) id);
        }
    }
  return ids;
}

char *
eng_export_traces_text (const EngSnapshot *snapshot)
{
  g_autoptr (GPtrArray) ids = all_columns (snapshot);
  GString              *text = g_string_new ("run,step,seconds");

  for (guint c = 0; c < ids->len; c++)
    g_string_append_printf (text, ",%s", (const char *) ids->pdata[c]);
  g_string_append_c (text, '\n');
  for (guint run = 0; run < snapshot->n_runs; run++)
    {
      const EngRunView *view = &snapshot->runs[run];

      for (gsize i = 0; i < view->n_records; i++)
        {
          g_string_append_printf (text, "%u,%" G_GUINT64_FORMAT ",", run + 1,
                                  eng_trace_get_steps (view->trace)[i]);
          eng_export_append_number (text, eng_trace_get_seconds (view->trace)[i]);
          for (guint c = 0; c < ids->len; c++)
            {
              const double *column = eng_trace_lookup (view->trace, ids->pdata[c]);

              g_string_append_c (text, ',');
              eng_export_append_number (text, column != NULL ? column[i] : NAN);
            }
          g_string_append_c (text, '\n');
        }
    }
  return g_string_free (text, FALSE);
}

/* --- spectrum.csv -------------------------------------------------------------------- */

static void
append_spectrum (GString           *text,
                 guint              run,
                 const EngRunView  *view,
                 const EngSpectrum *spectrum)
{
  gsize        n_directions = eng_trace_get_n_directions (view->trace);
  const float *energies = NULL;

  if (spectrum == view->spectrum && view->n_records > 0 && n_directions > 0)
    energies = eng_trace_get_directions (view->trace, view->n_records - 1);
  for (gsize i = 0; i < spectrum->n_values; i++)
    {
      g_string_append_printf (text, "%u,%" G_GUINT64_FORMAT ",%" G_GSIZE_FORMAT ",%s,",
                              run + 1, spectrum->step, i + 1,
                              eng_spectrum_get_band (spectrum, i));
      eng_export_append_number (text, spectrum->values[i]);
      g_string_append_c (text, ',');
      if (energies != NULL && i < MIN (n_directions, spectrum->n_usable))
        eng_export_append_number (text, energies[i]);
      g_string_append_c (text, '\n');
    }
}

char *
eng_export_spectrum_text (const EngSnapshot *snapshot)
{
  GString *text = g_string_new ("run,step,rank,band,eigenvalue,final-energy\n");

  for (guint run = 0; run < snapshot->n_runs; run++)
    {
      const EngRunView *view = &snapshot->runs[run];

      if (view->spectrum != NULL)
        append_spectrum (text, run, view, view->spectrum);
      for (guint i = 0; i < view->later->len; i++)
        append_spectrum (text, run, view, view->later->pdata[i]);
    }
  return g_string_free (text, FALSE);
}

/* --- neurons.csv --------------------------------------------------------------------- */

char *
eng_export_neurons_text (const EngSnapshot *snapshot)
{
  GString *text = g_string_new ("run,neuron,movement,overlap\n");

  for (guint run = 0; run < snapshot->n_runs; run++)
    {
      const EngNeurons *neurons = &snapshot->runs[run].neurons;

      for (gsize i = 0; i < neurons->n; i++)
        {
          g_string_append_printf (text, "%u,%" G_GSIZE_FORMAT ",", run + 1, i + 1);
          eng_export_append_number (text, neurons->movement[i]);
          g_string_append_c (text, ',');
          eng_export_append_number (text,
                                    neurons->overlap != NULL ? neurons->overlap[i] : NAN);
          g_string_append_c (text, '\n');
        }
    }
  return g_string_free (text, FALSE);
}

/* --- matrices.csv -------------------------------------------------------------------- */

static void
append_matrix (GString *text, guint run, const EngMatrixView *matrix)
{
  for (gsize i = 0; i < matrix->rank; i++)
    {
      g_string_append_printf (text, "%u,%" G_GSIZE_FORMAT ",", run, i + 1);
      eng_export_append_number (text, matrix->eigenvalues[i]);
      g_string_append_c (text, ',');
      eng_export_append_number (text, i < matrix->n_angles ? matrix->angles[i] : NAN);
      g_string_append_c (text, '\n');
    }
}

char *
eng_export_matrices_text (const EngSnapshot *snapshot)
{
  g_autoptr (GString) text = g_string_new ("run,index,eigenvalue,angle\n");
  gsize               empty = text->len;

  append_matrix (text, 0, &snapshot->truth);
  for (guint run = 0; run < snapshot->n_runs; run++)
    append_matrix (text, run + 1, &snapshot->runs[run].matrix);
  return text->len > empty ? g_strdup (text->str) : NULL;
}

/* --- files ---------------------------------------------------------------------------- */

static gboolean
write_file (GFile      *folder,
            const char *name,
            const void *data,
            gsize       length,
            GError    **error)
{
  g_autoptr (GFile) file = g_file_get_child (folder, name);

  return eng_file_write (file, data, length, error);
}

static gboolean
write_text (GFile *folder, const char *name, const char *text, GError **error)
{
  return write_file (folder, name, text, strlen (text), error);
}

char *
eng_export_make_stem (const char *experiment)
{
  g_autofree char *name = g_strdup (experiment);

  g_strdelimit (name, "/\\:*?\"<>|", '-');
  return g_strdup (*name == '\0' || *name == '.' || *name == '-' ? "experiment" : name);
}

char *
eng_export_dup_stem (EngSpec *spec)
{
  return eng_export_make_stem (eng_spec_get_name (spec));
}

gboolean
eng_export_begin (EngSpec *spec, GFile *folder, GError **error)
{
  g_autofree char   *text = eng_spec_to_text (spec);
  g_autofree char   *stem = eng_export_dup_stem (spec);
  g_autofree char   *name = g_strconcat (stem, ENG_SPEC_SUFFIX, NULL);
  g_autoptr (GError) local = NULL;

  if (!g_file_make_directory_with_parents (folder, NULL, &local)
      && !g_error_matches (local, G_IO_ERROR, G_IO_ERROR_EXISTS))
    {
      g_set_error (error, ENG_ERROR, ENG_ERROR_IO,
                   _ ("the folder “%s” could not be made: %s"), g_file_peek_path (folder),
                   local->message);
      return FALSE;
    }
  return write_text (folder, name, text, error);
}

gboolean
eng_export_tables (const EngSnapshot *snapshot, GFile *folder, GError **error)
{
  g_autofree char *traces = eng_export_traces_text (snapshot);
  g_autofree char *spectrum = eng_export_spectrum_text (snapshot);
  g_autofree char *neurons = eng_export_neurons_text (snapshot);
  g_autofree char *matrices = eng_export_matrices_text (snapshot);
  g_autofree char *coefficients = eng_export_coefficients_text (snapshot);
  g_autofree char *summary = eng_export_summary_text (snapshot);

  return eng_export_begin (snapshot->spec, folder, error)
         && write_text (folder, "traces.csv", traces, error)
         && write_text (folder, "spectrum.csv", spectrum, error)
         && write_text (folder, "neurons.csv", neurons, error)
         && (matrices == NULL || write_text (folder, "matrices.csv", matrices, error))
         && (coefficients == NULL
             || write_text (folder, "coefficients.csv", coefficients, error))
         && write_text (folder, "summary.ini", summary, error);
}

/* --- .npy ----------------------------------------------------------------------------- */

/* NumPy format 1.0: magic, version, header length, a dictionary padded to 64 bytes. */
static gboolean
write_npy (GFile       *folder,
           const char  *name,
           gsize        rows,
           gsize        cols,
           const float *data,
           GError     **error)
{
  g_autoptr (GString)    header = g_string_new (NULL);
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autofree char       *file = g_strconcat (name, ".npy", NULL);
  guint8                 prefix[10] = { 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, 0, 0 };

  if (rows * MAX (cols, 1) > MAX_ARRAY_BYTES / sizeof (float))
    {
      g_set_error (error, ENG_ERROR, ENG_ERROR_TOO_LARGE,
                   _ ("%s: too many numbers, %zu; an array file has at most %u"), file,
                   rows * MAX (cols, 1), (guint) (MAX_ARRAY_BYTES / sizeof (float)));
      return FALSE;
    }
  g_string_append (header, "{'descr': '<f4', 'fortran_order': False, 'shape': (");
  if (cols > 0)
    g_string_append_printf (header, "%" G_GSIZE_FORMAT ", %" G_GSIZE_FORMAT "), }", rows,
                            cols);
  else
    g_string_append_printf (header, "%" G_GSIZE_FORMAT ",), }", rows);
  while ((sizeof prefix + header->len + 1) % 64 != 0)
    g_string_append_c (header, ' ');
  g_string_append_c (header, '\n');
  prefix[8] = header->len & 0xff;
  prefix[9] = header->len >> 8;
  g_byte_array_append (bytes, prefix, sizeof prefix);
  g_byte_array_append (bytes, (const guint8 *) header->str, (guint) header->len);
  g_byte_array_append (bytes, (const guint8 *) data,
                       (guint) (rows * MAX (cols, 1) * sizeof (float)));
  return write_file (folder, file, bytes->data, bytes->len, error);
}

static gboolean
write_doubles (GFile        *folder,
               const char   *name,
               gsize         n,
               const double *data,
               GError      **error)
{
  g_autofree float *single = g_new (float, n);

  for (gsize i = 0; i < n; i++)
    single[i] = (float) data[i];
  return write_npy (folder, name, n, 0, single, error);
}

static gboolean
write_run_array (GFile       *folder,
                 guint        run,
                 const char  *what,
                 gsize        rows,
                 gsize        cols,
                 const float *data,
                 GError     **error)
{
  g_autofree char *name = g_strdup_printf ("run%u-%s", run + 1, what);

  return write_npy (folder, name, rows, cols, data, error);
}

/* L = Σ_j a_j w_j w_jᵀ as the weights of a network. */
static gboolean
write_matrix (GFile *folder, const char *prefix, const EngLowRank *l, GError **error)
{
  g_autofree double *a = g_new (double, l->rank);
  g_autofree double *w = g_new (double, l->rank * l->u.cols);
  g_autofree float  *single = g_new (float, l->rank * l->u.cols);
  g_autofree char   *a_name = g_strdup_printf ("%s-a", prefix);
  g_autofree char   *w_name = g_strdup_printf ("%s-w", prefix);
  EngMat             rows = { l->rank, l->u.cols, w };

  eng_low_rank_get_weights (l, a, &rows);
  for (gsize i = 0; i < rows.rows * rows.cols; i++)
    single[i] = (float) w[i];
  return write_doubles (folder, a_name, l->rank, a, error)
         && write_npy (folder, w_name, rows.rows, rows.cols, single, error);
}

static gboolean
export_matrix (EngExperiment *experiment, guint run, GFile *folder, GError **error)
{
  EngRun           *engine_run = eng_experiment_get_run (experiment, run);
  const EngLowRank *l = eng_learner_low_rank (eng_run_get_learner (engine_run));
  g_autofree char  *prefix = g_strdup_printf ("run%u", run + 1);

  return l == NULL || write_matrix (folder, prefix, l, error);
}

static gboolean
export_run (EngExperiment *experiment, guint run, GFile *folder, GError **error)
{
  EngRun            *engine_run = eng_experiment_get_run (experiment, run);
  const EngTwoLayer *net = eng_learner_two_layer (eng_run_get_learner (engine_run));
  const float       *start = eng_run_get_start (engine_run);

  if (net == NULL)
    return export_matrix (experiment, run, folder, error);
  return write_run_array (folder, run, "w0", net->m, net->d, net->w0.data, error)
         && write_run_array (folder, run, "a", net->m, 0, net->a, error)
         && write_run_array (folder, run, "b", net->m, 0, net->b, error)
         && write_run_array (folder, run, "w-init", net->m, net->d, start, error)
         && write_run_array (folder, run, "w", net->m, net->d, net->w.data, error)
         && (!net->both_layers
             || write_run_array (folder, run, "a-init", net->m, 0, net->a0, error));
}

gboolean
eng_export_arrays (EngExperiment *experiment, GFile *folder, GError **error)
{
  EngProblem *p = eng_experiment_get_problem (experiment);

  /* Inputs that are not kept can be larger than a disk. */
  if ((!p->streamed && !write_npy (folder, "x-train", p->n, p->d, p->x_train.data, error))
      || !write_doubles (folder, "y-train", p->n, p->y_train, error)
      || !write_npy (folder, "x-test", p->n_test, p->d, p->x_test.data, error)
      || !write_doubles (folder, "y-test", p->n_test, p->y_test, error)
      || (p->truth.rank > 0 && !write_matrix (folder, "teacher", &p->truth, error)))
    return FALSE;
  for (guint run = 0; run < eng_experiment_get_n_runs (experiment); run++)
    if (!export_run (experiment, run, folder, error))
      return FALSE;
  return TRUE;
}
