/* SPDX-License-Identifier: GPL-3.0-or-later
 * Tables and arrays of a run folder. */
#include "config.h"

#include "eng-arrays.h"
#include "eng-error.h"
#include "eng-export-private.h"
#include "eng-file.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>
#include <unistd.h>

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

static gboolean
check_writable (GFile *folder, GError **error)
{
  const char *path = g_file_peek_path (folder);

  if (path == NULL || g_access (path, W_OK | X_OK) == 0)
    return TRUE;
  g_set_error (error, ENG_ERROR, ENG_ERROR_IO, _ ("“%s” could not be written: %s"), path,
               g_strerror (errno));
  return FALSE;
}

gboolean
eng_export_begin (GFile *folder, GError **error)
{
  g_autoptr (GError) local = NULL;

  if (g_file_make_directory_with_parents (folder, NULL, &local)
      || (g_error_matches (local, G_IO_ERROR, G_IO_ERROR_EXISTS)
          && g_file_query_file_type (folder, G_FILE_QUERY_INFO_NONE, NULL)
                 == G_FILE_TYPE_DIRECTORY))
    return check_writable (folder, error);
  g_set_error (error, ENG_ERROR, ENG_ERROR_IO,
               _ ("the folder “%s” could not be made: %s"), g_file_peek_path (folder),
               local->message);
  return FALSE;
}

static gboolean
write_spec (EngSpec *spec, GFile *folder, GError **error)
{
  g_autofree char *text = eng_spec_to_text (spec);
  g_autofree char *stem = eng_export_dup_stem (spec);
  g_autofree char *name = g_strconcat (stem, ENG_SPEC_SUFFIX, NULL);

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

  return eng_export_begin (folder, error) && write_spec (snapshot->spec, folder, error)
         && write_text (folder, "traces.csv", traces, error)
         && write_text (folder, "spectrum.csv", spectrum, error)
         && write_text (folder, "neurons.csv", neurons, error)
         && (matrices == NULL || write_text (folder, "matrices.csv", matrices, error))
         && (coefficients == NULL
             || write_text (folder, "coefficients.csv", coefficients, error))
         && write_text (folder, "summary.ini", summary, error);
}

/* --- arrays --------------------------------------------------------------------------- */

/* L = Σ_j a_j w_j w_jᵀ as the weights of a network. */
static void
add_matrix (EngArrays *arrays, const EngLowRank *l)
{
  g_autofree double *a = g_new (double, l->rank);
  g_autofree double *w = g_new (double, l->rank * l->u.cols);
  EngMat             rows = { l->rank, l->u.cols, w };

  eng_low_rank_get_weights (l, a, &rows);
  eng_arrays_add (arrays, "a", l->rank, a);
  eng_arrays_add_mat (arrays, "w", &rows);
}

/* start: (m, d) */
static void
add_network (EngArrays *arrays, const EngTwoLayer *net, const float *start)
{
  EngMatF w_init = { net->m, net->d, (float *) start };

  eng_arrays_add_matf (arrays, "w0", &net->w0);
  eng_arrays_add_floats (arrays, "a", net->m, net->a);
  eng_arrays_add_floats (arrays, "b", net->m, net->b);
  eng_arrays_add_matf (arrays, "w-init", &w_init);
  eng_arrays_add_matf (arrays, "w", &net->w);
  if (net->both_layers)
    eng_arrays_add_floats (arrays, "a-init", net->m, net->a0);
}

static void
add_run (EngArrays *arrays, EngRun *run)
{
  EngLearner        *learner = eng_run_get_learner (run);
  const EngTwoLayer *net = eng_learner_two_layer (learner);
  const EngLowRank  *l = eng_learner_low_rank (learner);

  if (net != NULL)
    add_network (arrays, net, eng_run_get_start (run));
  else if (l != NULL)
    add_matrix (arrays, l);
  eng_learner_add_arrays (learner, arrays);
}

static void
add_problem (EngArrays *arrays, EngProblem *problem)
{
  /* Inputs that are not kept can be larger than a disk. */
  if (!problem->streamed)
    eng_arrays_add_matf (arrays, "x-train", &problem->x_train);
  eng_arrays_add (arrays, "y-train", problem->n, problem->y_train);
  eng_arrays_add_matf (arrays, "x-test", &problem->x_test);
  eng_arrays_add (arrays, "y-test", problem->n_test, problem->y_test);
  eng_arrays_set_owner (arrays, "teacher");
  if (problem->directions.rows > 0)
    eng_arrays_add_mat (arrays, "directions", &problem->directions);
  if (problem->linear != NULL)
    eng_arrays_add (arrays, "beta", problem->d, problem->linear);
  if (problem->truth.rank > 0)
    add_matrix (arrays, &problem->truth);
  if (problem->klass->add_arrays != NULL)
    problem->klass->add_arrays (problem, arrays);
}

gboolean
eng_export_arrays (EngExperiment *experiment, GFile *folder, GError **error)
{
  EngArrays arrays;

  eng_arrays_init (&arrays, folder);
  add_problem (&arrays, eng_experiment_get_problem (experiment));
  for (guint run = 0; run < eng_experiment_get_n_runs (experiment); run++)
    {
      g_autofree char *owner = g_strdup_printf ("run%u", run + 1);

      eng_arrays_set_owner (&arrays, owner);
      add_run (&arrays, eng_experiment_get_run (experiment, run));
    }
  return eng_arrays_finish (&arrays, error);
}
