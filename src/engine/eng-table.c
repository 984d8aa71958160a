/* SPDX-License-Identifier: GPL-3.0-or-later
 * Strict readers of CSV and .npy tables. */
#include "config.h"

#include "eng-error.h"
#include "eng-table-private.h"

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
                       "line %" G_GSIZE_FORMAT ", column %" G_GSIZE_FORMAT
                       ": a finite number was expected, got “%.20s”",
                       number, j + 1, g_strchomp (cell));
          return FALSE;
        }
      g_array_append_val (values, value);
      cursor = end;
      while (*cursor == ' ')
        cursor++;
      if (*cursor != (j + 1 < n_columns ? separator : '\0'))
        {
          g_set_error (error, ENG_ERROR, ENG_ERROR_INVALID_SPEC,
                       "line %" G_GSIZE_FORMAT ": %" G_GSIZE_FORMAT
                       " columns were expected, as in the header",
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
    g_string_append_printf (lines, "\nand %" G_GSIZE_FORMAT " more lines",
                            self->n - MAX_BAD_ROWS);
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
                   "a table needs a first line with the names of its columns");
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

/* --- .npy ---------------------------------------------------------------------- */

/* The value of `key` in the header's dictionary, up to its closing character. */
static char *
header_value (const char *header, const char *key)
{
  const char *at = strstr (header, key);
  const char *end;

  if (at == NULL)
    return NULL;
  at = strchr (at, ':');
  if (at == NULL)
    return NULL;
  at++;
  while (*at == ' ' || *at == '(' || *at == '\'')
    at++;
  end = at + strcspn (at, ")'},");
  if (strchr ("0123456789", *at) != NULL) /* a shape: both numbers */
    end = at + strcspn (at, ")}");
  return g_strndup (at, (gsize) (end - at));
}

static gboolean
refuse_npy (GError **error, const char *reason)
{
  g_set_error (error, ENG_ERROR, ENG_ERROR_INVALID_SPEC,
               "this .npy file is not read: %s; allowed are two-dimensional C-ordered "
               "arrays of float32 or float64",
               reason);
  return FALSE;
}

static gboolean
parse_npy_header (const char *text,
                  gsize       length,
                  gsize      *offset,
                  gsize      *rows,
                  gsize      *cols,
                  gsize      *item,
                  GError    **error)
{
  const guchar    *bytes = (const guchar *) text;
  g_autofree char *header = NULL, *type = NULL, *order = NULL, *shape = NULL;
  gsize            header_length;
  guint64          r, c;
  g_auto (GStrv)   sizes = NULL;

  if (length < 12)
    return refuse_npy (error, "it is too short");
  *offset = bytes[6] == 1 ? 10 : 12;
  header_length = bytes[8] | (gsize) bytes[9] << 8;
  if (bytes[6] > 1)
    header_length |= (gsize) bytes[10] << 16 | (gsize) bytes[11] << 24;
  if (header_length > length - *offset)
    return refuse_npy (error, "its header is cut off");
  header = g_strndup (text + *offset, header_length);
  *offset += header_length;
  type = header_value (header, "'descr'");
  order = header_value (header, "'fortran_order'");
  shape = header_value (header, "'shape'");
  if (g_strcmp0 (type, "<f4") != 0 && g_strcmp0 (type, "<f8") != 0)
    return refuse_npy (error, "it holds other numbers");
  if (g_strcmp0 (order, "False") != 0)
    return refuse_npy (error, "its order is Fortran's");
  sizes = g_strsplit (shape != NULL ? shape : "", ",", 4);
  if (g_strv_length (sizes) != 2
      || !g_ascii_string_to_unsigned (g_strstrip (sizes[0]), 10, 1, G_MAXUINT32, &r, NULL)
      || !g_ascii_string_to_unsigned (g_strstrip (sizes[1]), 10, 1, ENG_TABLE_MAX_COLUMNS,
                                      &c, NULL))
    return refuse_npy (error, "it has another number of dimensions");
  *item = type[2] == '4' ? 4 : 8;
  *rows = (gsize) r;
  *cols = (gsize) c;
  if (*rows > (length - *offset) / *cols / *item)
    return refuse_npy (error, "it is cut off");
  return TRUE;
}

static EngTable *
read_npy (const char *text, gsize length, GError **error)
{
  g_autoptr (EngTable)  self = g_new0 (EngTable, 1);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  gsize                 offset, item;

  if (!parse_npy_header (text, length, &offset, &self->values.rows, &self->values.cols,
                         &item, error))
    return NULL;
  self->values.data = g_new (double, self->values.rows * self->values.cols);
  for (gsize i = 0; i < self->values.rows * self->values.cols; i++)
    {
      float single;

      if (item == 4)
        {
          memcpy (&single, text + offset + i * item, item);
          self->values.data[i] = single;
        }
      else
        memcpy (&self->values.data[i], text + offset + i * item, item);
      if (!isfinite (self->values.data[i]))
        {
          g_set_error (error, ENG_ERROR, ENG_ERROR_INVALID_SPEC,
                       "row %" G_GSIZE_FORMAT ", column %" G_GSIZE_FORMAT
                       ": a finite number was expected",
                       i / self->values.cols + 1, i % self->values.cols + 1);
          return NULL;
        }
    }
  for (gsize j = 0; j < self->values.cols; j++)
    g_ptr_array_add (names, g_strdup_printf ("column %" G_GSIZE_FORMAT, j + 1));
  g_ptr_array_add (names, NULL);
  self->columns = (char **) g_ptr_array_free (g_steal_pointer (&names), FALSE);
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
      g_set_error (error, ENG_ERROR, ENG_ERROR_IO, "“%s” could not be read: %s", path,
                   local->message);
      return FALSE;
    }
  if (g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR)
    {
      g_set_error (error, ENG_ERROR, ENG_ERROR_IO, "“%s” is not a regular file", path);
      return FALSE;
    }
  if ((double) g_file_info_get_size (info) > max_bytes)
    {
      g_set_error (error, ENG_ERROR, ENG_ERROR_TOO_LARGE,
                   "“%s” has %" G_GOFFSET_FORMAT " bytes; up to %.0f fit in memory", path,
                   g_file_info_get_size (info), max_bytes);
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
    return read_npy (text, length, error);
  if (memchr (text, '\0', length) == NULL
      && g_utf8_validate (text, (gssize) length, NULL))
    return read_csv (text, cancellable, error);
  g_set_error (error, ENG_ERROR, ENG_ERROR_INVALID_SPEC,
               "neither a CSV table in UTF-8 nor a .npy array");
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
      g_set_error (error, ENG_ERROR, ENG_ERROR_IO, "“%s” could not be read: %s", path,
                   local->message);
      return NULL;
    }
  self = eng_table_new_from_data (text, length, cancellable, error);
  if (self == NULL)
    g_prefix_error (error, "%s: ", path);
  return self;
}
