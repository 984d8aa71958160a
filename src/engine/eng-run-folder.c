/* SPDX-License-Identifier: GPL-3.0-or-later
 * A run folder read back as a snapshot. */
#include "config.h"

#include "eng-run-folder-private.h"

#include "eng-error.h"
#include "eng-memory.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* --- tables ------------------------------------------------------------------------- */

gboolean
eng_folder_has_columns (const EngRows *rows, const char *const *headings, GError **error)
{
  for (gsize i = 0; headings[i] != NULL; i++)
    if (eng_rows_find (rows, headings[i]) != (gssize) i)
      {
        g_set_error (error, ENG_ERROR, ENG_ERROR_INVALID_SPEC,
                     /* Translators: a file, and the heading that the column must have. */
                     _ ("%s: column %zu must be %s"), rows->name, i + 1, headings[i]);
        return FALSE;
      }
  return TRUE;
}

/* The rows of one run and, for spectra, one step follow one another.
 * Returns: the row behind them. */
static gsize
find_end (const EngRows *rows, gsize first, guint n_keys)
{
  gsize row = first + 1;

  for (; row < eng_rows_get_length (rows); row++)
    for (guint key = 0; key < n_keys; key++)
      if (strcmp (eng_rows_get_text (rows, row, key),
                  eng_rows_get_text (rows, first, key))
          != 0)
        return row;
  return row;
}

static gboolean
get_run (EngFolderReader *self,
         const EngRows   *rows,
         gsize            row,
         guint           *run,
         GError         **error)
{
  guint64 number;

  if (!eng_rows_get_whole (rows, row, 0, 1, self->snapshot->n_runs, &number, error))
    return FALSE;
  *run = (guint) number - 1;
  return TRUE;
}

static gboolean
read_spectrum (EngFolderReader *self,
               const EngRows   *rows,
               gsize            first,
               gsize            end,
               GError         **error)
{
  g_autoptr (EngSpectrum) spectrum = eng_spectrum_new (end - first);
  EngRunView             *view;
  guint                   run;

  if (!get_run (self, rows, first, &run, error)
      || !eng_rows_get_whole (rows, first, 1, 0, G_MAXINT64, &spectrum->step, error)
      || !eng_folder_read_spectrum_facts (self, run, spectrum, error))
    return FALSE;
  for (gsize row = first; row < end; row++)
    {
      double energy;

      if (!eng_rows_get_number (rows, row, 4, &spectrum->values[row - first], error)
          || !eng_rows_get_number (rows, row, 5, &energy, error))
        return FALSE;
      if (isfinite (energy))
        {
          float single = (float) energy;

          g_array_append_val (self->energies[run], single);
        }
    }
  eng_spectrum_find_usable (spectrum);
  view = &self->snapshot->runs[run];
  if (view->spectrum == NULL)
    view->spectrum = g_steal_pointer (&spectrum);
  else
    g_ptr_array_add (view->later, g_steal_pointer (&spectrum));
  return TRUE;
}

static gboolean
read_spectra (EngFolderReader *self, GFile *folder, GError **error)
{
  static const char *const headings[] = { "run",        "step",         "rank", "band",
                                          "eigenvalue", "final-energy", NULL };
  g_auto (EngRows)         rows = { 0 };
  gsize                    end;

  if (!eng_rows_load (&rows, folder, "spectrum.csv", error)
      || !eng_folder_has_columns (&rows, headings, error))
    return FALSE;
  for (gsize first = 0; first < eng_rows_get_length (&rows); first = end)
    {
      end = find_end (&rows, first, 2);
      if (!read_spectrum (self, &rows, first, end, error))
        return FALSE;
    }
  return TRUE;
}

/* Where the columns of a run are in the table, by the list in summary.ini.
 * Returns: (transfer full) (nullable): (n). */
static gsize *
locate_columns (EngFolderReader *self,
                const EngRows   *rows,
                guint            run,
                char           **ids,
                GError         **error)
{
  gsize             n = ids != NULL ? g_strv_length (ids) : 0;
  g_autofree gsize *at = g_new0 (gsize, n + 1);

  for (gsize i = 0; i < n; i++)
    {
      gssize column = eng_rows_find (rows, ids[i]);

      if (column < 3)
        {
          g_set_error (
              error, ENG_ERROR, ENG_ERROR_INVALID_SPEC,
              _ ("traces.csv has no column %.40s, which summary.ini lists for run "
                 "%u"),
              ids[i], run + 1);
          return NULL;
        }
      for (gsize j = 0; j < i; j++)
        if (at[j] == (gsize) column)
          {
            g_set_error (error, ENG_ERROR, ENG_ERROR_INVALID_SPEC,
                         _ ("summary.ini lists column %.40s twice for run %u"), ids[i],
                         run + 1);
            return NULL;
          }
      at[i] = (gsize) column;
    }
  return g_steal_pointer (&at);
}

static gboolean
read_record (const EngRows *rows,
             gsize          row,
             gsize          n_columns,
             const gsize   *at,
             EngTrace      *trace,
             GError       **error)
{
  gsize   length = eng_trace_get_length (trace);
  guint64 lowest = length > 0 ? eng_trace_get_steps (trace)[length - 1] + 1 : 0;
  guint64 step;
  double  value;

  if (!eng_rows_get_whole (rows, row, 1, lowest, G_MAXINT64, &step, error)
      || !eng_rows_get_number (rows, row, 2, &value, error))
    return FALSE;
  eng_trace_open (trace, step, value);
  for (gsize c = 0; c < n_columns; c++)
    {
      if (!eng_rows_get_number (rows, row, at[c], &value, error))
        return FALSE;
      eng_trace_set (trace, c, value);
    }
  return TRUE;
}

/* A folder made by others may ask for more than any run of ours. */
static gboolean
check_size (gsize n_records, gsize n_columns, gsize n_directions, GError **error)
{
  double bytes = (double) n_records
                 * ((double) (n_columns + 2) * sizeof (double)
                    + (double) n_directions * sizeof (float));

  if (bytes <= eng_memory_get_budget ())
    return TRUE;
  g_set_error (error, ENG_ERROR, ENG_ERROR_TOO_LARGE,
               _ ("traces.csv: %zu records with %zu directions each do not fit in "
                  "memory"),
               n_records, n_directions);
  return FALSE;
}

static gboolean
read_trace (EngFolderReader *self,
            const EngRows   *rows,
            gsize            first,
            gsize            end,
            GError         **error)
{
  g_autofree char      *group = NULL;
  g_auto (GStrv)        ids = NULL;
  g_autofree gsize     *at = NULL;
  g_autofree EngColumn *columns = NULL;
  g_autoptr (EngTrace)  trace = NULL;
  gsize                 n;
  guint                 run;

  if (!get_run (self, rows, first, &run, error))
    return FALSE;
  group = g_strdup_printf ("run.%u", run + 1);
  ids = g_key_file_get_string_list (self->summary, group, "columns", &n, NULL);
  at = locate_columns (self, rows, run, ids, error);
  if (at == NULL)
    return FALSE;
  n = ids != NULL ? n : 0;
  if (!check_size (end - first, n, self->energies[run]->len, error))
    return FALSE;
  columns = g_new0 (EngColumn, n + 1);
  for (gsize c = 0; c < n; c++)
    columns[c].id = columns[c].title = ids[c];
  trace = eng_trace_new (columns, n, end - first, self->energies[run]->len);
  for (gsize row = first; row < end; row++)
    {
      if (!read_record (rows, row, n, at, trace, error))
        return FALSE;
      if (row + 1 == end && self->energies[run]->len > 0)
        memcpy (eng_trace_open_directions (trace), self->energies[run]->data,
                self->energies[run]->len * sizeof (float));
      eng_trace_publish (trace);
    }
  g_clear_pointer (&self->snapshot->runs[run].trace, eng_trace_unref);
  self->snapshot->runs[run].n_records = end - first;
  self->snapshot->runs[run].trace = g_steal_pointer (&trace);
  return TRUE;
}

static gboolean
read_traces (EngFolderReader *self, GFile *folder, GError **error)
{
  static const char *const headings[] = { "run", "step", "seconds", NULL };
  g_auto (EngRows)         rows = { 0 };
  gsize                    end;

  if (!eng_rows_load (&rows, folder, "traces.csv", error)
      || !eng_folder_has_columns (&rows, headings, error))
    return FALSE;
  for (gsize first = 0; first < eng_rows_get_length (&rows); first = end)
    {
      end = find_end (&rows, first, 1);
      if (!read_trace (self, &rows, first, end, error))
        return FALSE;
    }
  /* A run without a record still has a trace. */
  for (guint run = 0; run < self->snapshot->n_runs; run++)
    if (self->snapshot->runs[run].trace == NULL)
      self->snapshot->runs[run].trace = eng_trace_new (NULL, 0, 0, 0);
  return TRUE;
}

static gboolean
read_neuron (EngFolderReader *self, const EngRows *rows, gsize row, GError **error)
{
  EngNeurons *neurons;
  guint64     number;
  double      movement, overlap;
  guint       run;

  if (!get_run (self, rows, row, &run, error)
      || !eng_rows_get_whole (rows, row, 1, 1, G_MAXINT32, &number, error)
      || !eng_rows_get_number (rows, row, 2, &movement, error)
      || !eng_rows_get_number (rows, row, 3, &overlap, error))
    return FALSE;
  neurons = &self->snapshot->runs[run].neurons;
  neurons->n++;
  neurons->movement = g_renew (float, neurons->movement, neurons->n);
  neurons->movement[neurons->n - 1] = (float) movement;
  neurons->overlap = g_renew (float, neurons->overlap, neurons->n);
  neurons->overlap[neurons->n - 1] = (float) overlap;
  return TRUE;
}

/* Without a teacher's directions the column is empty. */
static void
drop_empty_overlaps (EngNeurons *neurons)
{
  gboolean any = FALSE;

  for (gsize i = 0; i < neurons->n && !any; i++)
    any = isfinite (neurons->overlap[i]);
  if (!any)
    g_clear_pointer (&neurons->overlap, g_free);
}

static gboolean
read_neurons (EngFolderReader *self, GFile *folder, GError **error)
{
  static const char *const headings[] = { "run", "neuron", "movement", "overlap", NULL };
  g_auto (EngRows)         rows = { 0 };

  if (!eng_rows_load (&rows, folder, "neurons.csv", error)
      || !eng_folder_has_columns (&rows, headings, error))
    return FALSE;
  for (gsize row = 0; row < eng_rows_get_length (&rows); row++)
    if (!read_neuron (self, &rows, row, error))
      return FALSE;
  for (guint run = 0; run < self->snapshot->n_runs; run++)
    drop_empty_overlaps (&self->snapshot->runs[run].neurons);
  return TRUE;
}

void
eng_folder_reader_clear (EngFolderReader *self)
{
  g_clear_pointer (&self->summary, g_key_file_unref);
  g_clear_pointer (&self->snapshot, eng_snapshot_unref);
  for (guint i = 0; i < ENG_SPEC_MAX_RUNS; i++)
    g_clear_pointer (&self->energies[i], g_array_unref);
}

/* --- the folder --------------------------------------------------------------------- */

static GKeyFile *
load_summary (GFile *folder, GError **error)
{
  g_autoptr (GKeyFile) summary = g_key_file_new ();
  g_autoptr (GError)   local = NULL;
  g_autofree char     *text = eng_rows_load_text (folder, "summary.ini", &local);

  if (text == NULL)
    {
      g_set_error (error, local->domain, local->code, _ ("this is no run folder: %s"),
                   local->message);
      return NULL;
    }
  if (g_key_file_load_from_data (summary, text, strlen (text), G_KEY_FILE_NONE, &local))
    return g_steal_pointer (&summary);
  g_set_error (error, ENG_ERROR, ENG_ERROR_INVALID_SPEC, "%s: %s", "summary.ini",
               local->message);
  return NULL;
}

static EngSpec *
load_spec (GFile *folder, GError **error)
{
  g_autoptr (GFile) file = eng_run_folder_find_experiment (folder, error);

  return file != NULL ? eng_spec_load (file, error) : NULL;
}

EngSnapshot *
eng_run_folder_load (GFile *folder, GError **error)
{
  g_auto (EngFolderReader) self = { 0 };
  g_autoptr (EngSpec)      spec = NULL;

  self.summary = load_summary (folder, error);
  if (self.summary != NULL)
    spec = load_spec (folder, error);
  if (spec == NULL)
    return NULL;
  self.snapshot = eng_snapshot_new (spec, eng_spec_get_n_runs (spec));
  self.snapshot->phase = ENG_PHASE_DONE;
  if (!eng_folder_read_facts (&self, error))
    return NULL;
  for (guint run = 0; run < self.snapshot->n_runs; run++)
    {
      self.energies[run] = g_array_new (FALSE, FALSE, sizeof (float));
      if (!eng_folder_read_run (&self, run, error))
        return NULL;
    }
  if (!read_spectra (&self, folder, error) || !read_traces (&self, folder, error)
      || !read_neurons (&self, folder, error)
      || !eng_folder_read_matrices (&self, folder, error)
      || !eng_folder_read_coefficients (&self, folder, error))
    return NULL;
  return g_steal_pointer (&self.snapshot);
}
