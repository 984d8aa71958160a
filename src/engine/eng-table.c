/* SPDX-License-Identifier: GPL-3.0-or-later
 * Tables out of files. */
#include "config.h"

#include "eng-error.h"
#include "eng-table-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

void
eng_table_free (EngTable *self)
{
  g_free (self->values.data);
  g_strfreev (self->columns);
  g_free (self);
}

gssize
eng_table_find (const EngTable *self, const char *name)
{
  guint64 number;

  for (gsize j = 0; self->columns[j] != NULL; j++)
    if (strcmp (self->columns[j], name) == 0)
      return (gssize) j;
  if (g_ascii_string_to_unsigned (name, 10, 1, self->values.cols, &number, NULL))
    return (gssize) number - 1;
  return -1;
}

/* --- files --------------------------------------------------------------------- */

static gboolean
check_size (GFile *file, const char *path, double max_bytes, GError **error)
{
  g_autoptr (GError)    local = NULL;
  g_autoptr (GFileInfo) info = g_file_query_info (
      file, G_FILE_ATTRIBUTE_STANDARD_SIZE "," G_FILE_ATTRIBUTE_STANDARD_TYPE,
      G_FILE_QUERY_INFO_NONE, NULL, &local);

  if (info == NULL)
    {
      g_set_error (error, ENG_ERROR, ENG_ERROR_IO, _ ("“%s” could not be read: %s"), path,
                   local->message);
      return FALSE;
    }
  if (g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR)
    {
      g_set_error (error, ENG_ERROR, ENG_ERROR_IO, _ ("“%s” is not a regular file"),
                   path);
      return FALSE;
    }
  if ((double) g_file_info_get_size (info) > max_bytes)
    {
      g_set_error (error, ENG_ERROR, ENG_ERROR_TOO_LARGE,
                   g_dngettext (GETTEXT_PACKAGE,
                                "“%s” has %zu byte; up to %.0f fit in memory",
                                "“%s” has %zu bytes; up to %.0f fit in memory",
                                (gulong) g_file_info_get_size (info)),
                   path, (gsize) g_file_info_get_size (info), max_bytes);
      return FALSE;
    }
  return TRUE;
}

EngTable *
eng_table_new_from_data (char         *text,
                         gsize         length,
                         GCancellable *cancellable,
                         GError      **error)
{
  if (length >= 6 && memcmp (text, "\x93NUMPY", 6) == 0)
    return eng_table_read_npy (text, length, error);
  if (memchr (text, '\0', length) == NULL
      && g_utf8_validate (text, (gssize) length, NULL))
    return eng_table_read_csv (text, cancellable, error);
  g_set_error (error, ENG_ERROR, ENG_ERROR_INVALID_SPEC,
               _ ("neither a CSV table in UTF-8 nor a .npy array"));
  return NULL;
}

EngTable *
eng_table_load (const char   *path,
                double        max_bytes,
                GCancellable *cancellable,
                GError      **error)
{
  g_autoptr (GFile)  file = g_file_new_for_path (path);
  g_autofree char   *text = NULL;
  g_autoptr (GError) local = NULL;
  gsize              length;
  EngTable          *self;

  if (!check_size (file, path, max_bytes, error))
    return NULL;
  if (!g_file_load_contents (file, cancellable, &text, &length, NULL, &local))
    {
      if (g_error_matches (local, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return NULL;
        }
      g_set_error (error, ENG_ERROR, ENG_ERROR_IO, _ ("“%s” could not be read: %s"), path,
                   local->message);
      return NULL;
    }
  self = eng_table_new_from_data (text, length, cancellable, error);
  if (self == NULL)
    g_prefix_error (error, "%s: ", path);
  return self;
}
