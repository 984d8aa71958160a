/* SPDX-License-Identifier: GPL-3.0-or-later
 * A run folder that is written again: what was in it goes, and nothing else. */
#include "config.h"

#include "eng-arrays.h"
#include "eng-error.h"
#include "eng-export.h"

#include <glib/gi18n-lib.h>

/* The last is what makes a folder a run folder. */
static const char *const tables[] = { "traces.csv",   "spectrum.csv",     "neurons.csv",
                                      "matrices.csv", "coefficients.csv", "summary.ini" };

gboolean
eng_export_has_earlier (GFile *folder)
{
  g_autoptr (GFile)    file = g_file_get_child (folder, "summary.ini");
  g_autoptr (GKeyFile) summary = g_key_file_new ();
  g_autofree char     *text = NULL;
  gsize                length;

  return g_file_load_contents (file, NULL, &text, &length, NULL, NULL)
         && g_key_file_load_from_data (summary, text, length, G_KEY_FILE_NONE, NULL)
         && g_key_file_has_key (summary, "experiment", "problem", NULL)
         && g_key_file_has_key (summary, "run.1", "status", NULL);
}

/* A folder of that name is none of ours. */
static gboolean
remove_file (GFile *folder, const char *name, GError **error)
{
  g_autoptr (GFile)  file = g_file_get_child (folder, name);
  g_autoptr (GError) local = NULL;
  g_autofree char   *shown = NULL;
  GFileType type = g_file_query_file_type (file, G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS,
                                           NULL);

  if ((type != G_FILE_TYPE_REGULAR && type != G_FILE_TYPE_SYMBOLIC_LINK)
      || g_file_delete (file, NULL, &local)
      || g_error_matches (local, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    return TRUE;
  shown = g_file_get_parse_name (file);
  g_set_error (error, ENG_ERROR, ENG_ERROR_IO, _ ("“%s” could not be removed: %s"), shown,
               local->message);
  return FALSE;
}

gboolean
eng_export_remove_earlier (GFile *folder, const char *const *figures, GError **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  if (!eng_export_has_earlier (folder))
    return TRUE;
  for (gsize i = 0; figures[i] != NULL; i++)
    g_ptr_array_add (names, g_strdup (figures[i]));
  eng_arrays_list_files (names);
  for (gsize i = 0; i < G_N_ELEMENTS (tables); i++)
    g_ptr_array_add (names, g_strdup (tables[i]));
  for (guint i = 0; i < names->len; i++)
    if (!remove_file (folder, names->pdata[i], error))
      return FALSE;
  return TRUE;
}
