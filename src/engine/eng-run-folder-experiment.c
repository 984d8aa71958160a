/* SPDX-License-Identifier: GPL-3.0-or-later
 * Which of the files in a folder is the experiment that its results belong to. */
#include "config.h"

#include "eng-error.h"
#include "eng-export.h"
#include "eng-run-folder.h"

#include <glib/gi18n-lib.h>

/* The one that the summary names.  Returns: (transfer full) (nullable). */
static GFile *
find_named (GFile *folder)
{
  g_autoptr (GFile)    file = g_file_get_child (folder, "summary.ini"), found = NULL;
  g_autoptr (GKeyFile) summary = g_key_file_new ();
  g_autofree char     *text = NULL, *name = NULL, *stem = NULL, *base = NULL;
  gsize                length;

  if (!g_file_load_contents (file, NULL, &text, &length, NULL, NULL)
      || !g_key_file_load_from_data (summary, text, length, G_KEY_FILE_NONE, NULL))
    return NULL;
  name = g_key_file_get_string (summary, "experiment", "name", NULL);
  if (name == NULL)
    return NULL;
  stem = eng_export_make_stem (name);
  base = g_strconcat (stem, ENG_SPEC_SUFFIX, NULL);
  found = g_file_get_child (folder, base);
  return g_file_query_exists (found, NULL) ? g_steal_pointer (&found) : NULL;
}

/* Counts experiment files, and keeps the first in `found`. */
static gboolean
count_experiments (GFile *folder, guint *n, GFile **found, GError **error)
{
  g_autoptr (GFileEnumerator) files = g_file_enumerate_children (
      folder, G_FILE_ATTRIBUTE_STANDARD_NAME, G_FILE_QUERY_INFO_NONE, NULL, error);
  GFileInfo *info = NULL;
  GFile     *file = NULL;

  while (files != NULL)
    {
      if (!g_file_enumerator_iterate (files, &info, &file, NULL, error))
        return FALSE;
      if (file == NULL)
        return TRUE;
      if (g_str_has_suffix (g_file_info_get_name (info), ENG_SPEC_SUFFIX) && (*n)++ == 0)
        *found = g_object_ref (file);
    }
  return FALSE;
}

GFile *
eng_run_folder_find_experiment (GFile *folder, GError **error)
{
  GFile             *named = find_named (folder);
  g_autoptr (GFile)  found = NULL;
  g_autoptr (GError) local = NULL;
  guint              n = 0;

  if (named != NULL)
    return named;
  if (!count_experiments (folder, &n, &found, &local))
    g_set_error_literal (error, ENG_ERROR, ENG_ERROR_IO, local->message);
  else if (n == 0)
    g_set_error (error, ENG_ERROR, ENG_ERROR_INVALID_SPEC,
                 _ ("there is no experiment file in this folder"));
  else if (n > 1)
    g_set_error (
        error, ENG_ERROR, ENG_ERROR_INVALID_SPEC,
        _ ("there are several experiment files in this folder; open the one that "
           "is meant"));
  else
    return g_steal_pointer (&found);
  return NULL;
}
