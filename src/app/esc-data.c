/* SPDX-License-Identifier: GPL-3.0-or-later
 * A person's own table. */
#include "config.h"

#include "esc-data.h"

#include "eng-error.h"
#include "eng-memory.h"
#include "eng-words.h"
#include "plot-format.h"

#include <glib/gi18n.h>
#include <string.h>

/* Of the memory that an experiment may take, as the engine does. */
#define MEMORY_SHARE 0.125
#define MAX_NAMES    8

void
esc_data_free (EscData *self)
{
  g_clear_pointer (&self->table, eng_table_free);
  g_free (self->constant);
  g_free (self);
}

gboolean
esc_data_is_table (GFile *file)
{
  static const char *const endings[] = { ".csv", ".tsv", ".npy" };
  g_autofree char         *name = g_file_get_basename (file);
  g_autofree char         *lower = g_ascii_strdown (name, -1);

  for (gsize i = 0; i < G_N_ELEMENTS (endings); i++)
    if (g_str_has_suffix (lower, endings[i]))
      return TRUE;
  return FALSE;
}

/* --- reading ------------------------------------------------------------------- */

static EscData *
read_table (const char *path, GCancellable *cancellable, GError **error)
{
  g_autoptr (EscData) self = g_new0 (EscData, 1);
  double              max_bytes = MEMORY_SHARE * eng_memory_get_budget ();

  self->table = eng_table_load (path, max_bytes, cancellable, error);
  if (self->table == NULL || !eng_table_check_size (self->table, error))
    return NULL;
  self->constant = g_new0 (gboolean, self->table->values.cols);
  for (gsize j = 0; j < self->table->values.cols; j++)
    {
      double mean, variance;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
      self->constant[j] = !eng_table_measure (self->table, j, &mean, &variance);
    }
  return g_steal_pointer (&self);
}

/* The dialog names the file already. */
static void
strip_path (GError *error, const char *path)
{
  g_autofree char *prefix = g_strconcat (path, ": ", NULL);
  char            *message = error->message;

  if (!g_str_has_prefix (message, prefix))
    return;
  error->message = g_strdup (message + strlen (prefix));
  g_free (message);
}

static void
read_thread (GTask *task, gpointer object, gpointer data, GCancellable *cancellable)
{
  g_autofree char *path = g_file_get_path (data);
  GError          *error = NULL;
  EscData         *self = NULL;

  if (path == NULL)
    g_set_error (&error, ENG_ERROR, ENG_ERROR_IO,
                 _ ("a table must be a file of this computer"));
  else
    self = read_table (path, cancellable, &error);
  if (self == NULL && path != NULL)
    strip_path (error, path);
  if (self == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, self, (GDestroyNotify) esc_data_free);
}

void
esc_data_read_async (GFile              *file,
                     GCancellable       *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer            data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, data);

  g_task_set_task_data (task, g_object_ref (file), g_object_unref);
  g_task_run_in_thread (task, read_thread);
}

EscData *
esc_data_read_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* --- words --------------------------------------------------------------------- */

char *
esc_data_describe_size (const EscData *self)
{
  gsize n_rows = self->table->values.rows, n_columns = self->table->values.cols;
  g_autofree char *row_number = plot_format_integer (n_rows);
  g_autofree char *column_number = plot_format_integer (n_columns);
  g_autofree char *rows = g_strdup_printf (ngettext ("%s row", "%s rows", n_rows),
                                           row_number);
  g_autofree char *columns = g_strdup_printf (
      ngettext ("%s column", "%s columns", n_columns), column_number);

  /* Translators: the size of a table: 100 rows, 5 columns. */
  return g_strdup_printf (C_ ("size of a table", "%s, %s"), rows, columns);
}

static gsize
count_constant (const EscData *self, gsize target)
{
  gsize n = 0;

  for (gsize j = 0; j < self->table->values.cols; j++)
    n += j != target && self->constant[j];
  return n;
}

char *
esc_data_describe_inputs (const EscData *self, gsize target, gboolean standardise)
{
  gsize n = self->table->values.cols - 1
            - (standardise ? count_constant (self, target) : 0);
  g_autofree char *columns = plot_format_integer (n);

  if (!standardise)
    return g_strdup_printf (ngettext ("%s column as it is, but for scale",
                                      "%s columns as they are, but for a common scale",
                                      n),
                            columns);
  return g_strdup_printf (ngettext ("%s column, brought to mean 0 and variance 1",
                                    "%s columns, each brought to mean 0 and variance 1",
                                    n),
                          columns);
}

char *
esc_data_describe_dropped (const EscData *self, gsize target)
{
  gsize            n = count_constant (self, target), shown = 0;
  const char      *names[MAX_NAMES + 2] = { NULL };
  g_autofree char *columns = plot_format_integer (n), *list = NULL;

  if (n == 0)
    return NULL;
  for (gsize j = 0; j < self->table->values.cols && shown < MAX_NAMES; j++)
    if (j != target && self->constant[j])
      names[shown++] = self->table->columns[j];
  if (n > shown)
    names[shown] = "…";
  list = eng_words_list (names);
  return g_strdup_printf (ngettext ("%s column that never changes: %s",
                                    "%s columns that never change: %s", n),
                          columns, list);
}

/* --- experiment ---------------------------------------------------------------- */

/* What another problem was called says nothing of a table. */
static void
name_after (GKeyFile *key_file, const char *path)
{
  g_autofree char *name = g_path_get_basename (path);
  char            *ending = strrchr (name, '.');

  if (ending != NULL && ending != name)
    *ending = '\0';
  g_key_file_set_string (key_file, "experiment", "name", name);
  g_key_file_set_string (key_file, "experiment", "title", name);
  g_key_file_remove_key (key_file, "experiment", "description", NULL);
}

static GKeyFile *
copy_key_file (EngSpec *spec)
{
  g_autoptr (EngSpec) plain = eng_spec_without_changes (spec);
  g_autofree char    *text = eng_spec_to_text (plain);
  GKeyFile           *key_file = g_key_file_new ();

  if (!g_key_file_load_from_data (key_file, text, strlen (text), G_KEY_FILE_KEEP_COMMENTS,
                                  NULL))
    g_assert_not_reached ();
  return key_file;
}

EngSpec *
esc_data_make_spec (EngSpec *spec, const char *path, const char *target, GError **error)
{
  g_autoptr (GKeyFile) key_file = copy_key_file (spec);
  g_autofree char     *kind = g_key_file_get_string (key_file, "problem", "kind", NULL);
  g_autofree char     *seed = g_key_file_get_string (key_file, "problem", "seed", NULL);
  g_autoptr (EngSpec)  made = NULL;

  if (g_strcmp0 (kind, "data") != 0)
    {
      g_key_file_remove_group (key_file, "problem", NULL);
      name_after (key_file, path);
    }
  g_key_file_set_string (key_file, "problem", "kind", "data");
  g_key_file_set_string (key_file, "problem", "file", path);
  g_key_file_set_string (key_file, "problem", "target", target);
  if (seed != NULL)
    g_key_file_set_string (key_file, "problem", "seed", seed);
  made = eng_spec_new_from_key_file (key_file, error);
  if (made == NULL || !eng_memory_check (made, NULL, error))
    return NULL;
  return g_steal_pointer (&made);
}
