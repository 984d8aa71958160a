/* SPDX-License-Identifier: GPL-3.0-or-later
 * Tables out of files; the strict reader of CSV. */
#include "config.h"

#include "eng-error.h"
#include "eng-table-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define ROWS_BETWEEN_CHECKS 1024

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

/* --- CSV ----------------------------------------------------------------------- */

/* Whether a decimal number starts here.  strtod would skip a tab, which may be the end of
 * an empty cell, and take hexadecimal numbers. */
static gboolean
is_decimal (const char *text)
{
  if (*text == '+' || *text == '-')
    text++;
  if (text[0] == '0' && (text[1] == 'x' || text[1] == 'X'))
    return FALSE;
  return g_ascii_isdigit (*text) || *text == '.';
}

/* Appends the numbers of one line. */
static gboolean
read_row (const char *line,
          char        separator,
          gsize       n_columns,
          gsize       number,
          GArray     *values,
          GError    **error)
{
  const char *cursor = line;

  for (gsize j = 0; j < n_columns; j++)
    {
      char  *end;
      double value;

      while (*cursor == ' ')
        cursor++;
      value = g_ascii_strtod (cursor, &end);
      if (!is_decimal (cursor) || end == cursor || !isfinite (value))
        {
          char             stop[] = { separator, '\0' };
          g_autofree char *cell = g_strndup (cursor, strcspn (cursor, stop));

          g_set_error (error, ENG_ERROR, ENG_ERROR_INVALID_SPEC,
                       _ ("line %zu, column %zu: a finite number was expected, got "
                          "“%.20s”"),
                       number, j + 1, g_strchomp (cell));
          return FALSE;
        }
      g_array_append_val (values, value);
      cursor = end;
      while (*cursor == ' ')
        cursor++;
      if (*cursor != (j + 1 < n_columns ? separator : '\0'))
        {
          g_set_error (
              error, ENG_ERROR, ENG_ERROR_INVALID_SPEC,
              g_dngettext (
                  GETTEXT_PACKAGE, "line %zu: %zu column was expected, as in the header",
                  "line %zu: %zu columns were expected, as in the header", n_columns),
              number, n_columns);
          return FALSE;
        }
      cursor++;
    }
  return TRUE;
}

/* The next line of `*text`, cut in place; NULL at the end. */
static char *
next_line (char **text)
{
  char *line = *text, *end;

  if (line == NULL || *line == '\0')
    return NULL;
  end = strchr (line, '\n');
  *text = end != NULL ? end + 1 : NULL;
  if (end != NULL)
    *end = '\0';
  g_strchomp (line);
  return line;
}

/* What is wrong with the first of the bad rows, a line for each, and how many more. */
typedef struct
{
  GString *lines;
  gsize    n;
} BadRows;

#define MAX_BAD_ROWS 6

static void
add_bad_row (BadRows *self, const GError *error)
{
  if (self->n < MAX_BAD_ROWS)
    g_string_append_printf (self->lines, "%s%s", self->n > 0 ? "\n" : "", error->message);
  self->n++;
}

static gboolean
check_bad_rows (BadRows *self, GError **error)
{
  g_autoptr (GString) lines = self->lines;

  if (self->n == 0)
    return TRUE;
  if (self->n > MAX_BAD_ROWS)
    {
      gsize more = self->n - MAX_BAD_ROWS;

      g_string_append_c (lines, '\n');
      g_string_append_printf (
          lines,
          g_dngettext (GETTEXT_PACKAGE, "and %zu more line", "and %zu more lines", more),
          more);
    }
  g_set_error_literal (error, ENG_ERROR, ENG_ERROR_INVALID_SPEC, lines->str);
  return FALSE;
}

/* Reads on after a bad row, so that all of them can be mended at once. */
static gboolean
read_rows (char         *text,
           char          separator,
           gsize         n_columns,
           GArray       *values,
           GCancellable *cancellable,
           GError      **error)
{
  BadRows bad = { g_string_new (NULL) };
  gsize   number = 1;
  char   *line;

  while ((line = next_line (&text)) != NULL)
    {
      g_autoptr (GError) local = NULL;

      number++;
      if (number % ROWS_BETWEEN_CHECKS == 0
          && g_cancellable_set_error_if_cancelled (cancellable, error))
        {
          g_string_free (bad.lines, TRUE);
          return FALSE;
        }
      if (*line != '\0' && !read_row (line, separator, n_columns, number, values, &local))
        add_bad_row (&bad, local);
    }
  return check_bad_rows (&bad, error);
}

static EngTable *
read_csv (char *text, GCancellable *cancellable, GError **error)
{
  g_autoptr (EngTable) self = g_new0 (EngTable, 1);
  g_autoptr (GArray)   values = g_array_new (FALSE, FALSE, sizeof (double));
  char                *line, separator;
  gsize                n_columns;

  /* Spreadsheets write a byte-order mark, which is no part of the first name. */
  if (g_str_has_prefix (text, "\xef\xbb\xbf"))
    text += 3;
  line = next_line (&text);
  if (line == NULL || strlen (line) == 0)
    {
      g_set_error (error, ENG_ERROR, ENG_ERROR_INVALID_SPEC,
                   _ ("a table needs a first line with the names of its columns"));
      return NULL;
    }
  separator = eng_table_guess_separator (line);
  self->columns = eng_table_split_header (line, separator);
  n_columns = g_strv_length (self->columns);
  if (!read_rows (text, separator, n_columns, values, cancellable, error))
    return NULL;
  self->values.rows = values->len / n_columns;
  self->values.cols = n_columns;
  self->values.data = (double *) (gpointer) g_array_free (g_steal_pointer (&values),
                                                          FALSE);
  return g_steal_pointer (&self);
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
    return read_csv (text, cancellable, error);
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
