/* SPDX-License-Identifier: GPL-3.0-or-later
 * The first line of a table: its separator, its names, how many there are. */
#include "config.h"

#include "eng-error.h"
#include "eng-table-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Enough for any header. */
#define HEADER_BYTES (1024 * 1024)

char
eng_table_guess_separator (const char *header)
{
  static const char candidates[] = { ',', ';', '\t' };
  char              best = ',';
  gsize             most = 0;

  for (gsize c = 0; c < G_N_ELEMENTS (candidates); c++)
    {
      gsize count = 0;

      for (const char *p = header; *p != '\0'; p++)
        count += *p == candidates[c];
      if (count > most)
        {
          most = count;
          best = candidates[c];
        }
    }
  return best;
}

char **
eng_table_split_header (const char *line, char separator)
{
  const char delimiter[] = { separator, '\0' };
  char     **names = g_strsplit (line, delimiter, ENG_TABLE_MAX_COLUMNS);

  for (gsize j = 0; names[j] != NULL; j++)
    {
      gsize length;

      g_strstrip (names[j]);
      length = strlen (names[j]);
      if (length >= 2 && names[j][0] == '"' && names[j][length - 1] == '"')
        {
          names[j][length - 1] = '\0';
          memmove (names[j], names[j] + 1, length - 1);
        }
    }
  return names;
}

/* The beginning of a file, with a 0 behind it.  Returns: (transfer full) (nullable). */
static char *
read_beginning (const char *path, gsize *length, GError **error)
{
  g_autoptr (GFile)            file = g_file_new_for_path (path);
  g_autoptr (GError)           local = NULL;
  g_autoptr (GFileInputStream) stream = g_file_read (file, NULL, &local);
  g_autofree char             *text = g_malloc (HEADER_BYTES + 1);

  if (stream == NULL
      || !g_input_stream_read_all (G_INPUT_STREAM (stream), text, HEADER_BYTES, length,
                                   NULL, &local))
    {
      g_set_error (error, ENG_ERROR, ENG_ERROR_IO, _ ("“%s” could not be read: %s"), path,
                   local->message);
      return NULL;
    }
  text[*length] = '\0';
  return g_steal_pointer (&text);
}

/* The second number of the shape in a .npy header; 0 if it has another form. */
static gsize
count_npy_columns (const char *text)
{
  const char *shape = strstr (text, "'shape'");
  guint64     columns = 0;

  if (shape == NULL || (shape = strchr (shape, ',')) == NULL)
    return 0;
  columns = g_ascii_strtoull (shape + 1, NULL, 10);
  return columns <= ENG_TABLE_MAX_COLUMNS ? (gsize) columns : 0;
}

gsize
eng_table_count_columns (const char *path, GError **error)
{
  gsize            length, columns;
  g_autofree char *text = read_beginning (path, &length, error);
  gboolean         is_npy;

  if (text == NULL)
    return 0;
  is_npy = length >= 12 && memcmp (text, "\x93NUMPY", 6) == 0;
  if (!is_npy)
    {
      g_auto (GStrv) names = NULL;

      text[strcspn (text, "\r\n")] = '\0';
      names = eng_table_split_header (text, eng_table_guess_separator (text));
      columns = g_strv_length (names);
    }
  else
    columns = count_npy_columns (text + 10);
  if (eng_table_check_columns (columns, error))
    return columns;
  g_prefix_error (error, "%s: ", path);
  return 0;
}
