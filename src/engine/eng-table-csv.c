/* SPDX-License-Identifier: GPL-3.0-or-later
 * The strict reader of CSV: numbers below a header, and what is wrong with them in words. */
#include "config.h"

#include "eng-error.h"
#include "eng-table-private.h"
#include "eng-words.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define ROWS_BETWEEN_CHECKS 1024
/* Of what is wrong so much is told. */
#define MAX_BAD_ROWS   6
#define MAX_NAMES      6
#define MAX_CELL_CHARS 20
#define MAX_NAME_CHARS 30

typedef enum
{
  CELL_NUMBER,
  CELL_COMMA, /* a number with a decimal comma */
  CELL_OTHER, /* text, nothing, infinity */
} Cell;

typedef struct
{
  char      separator;
  char    **names; /* (n) borrowed */
  gsize     n;
  gboolean *without;  /* (n): columns in which no row has a number */
  gsize     n_commas; /* rows refused for a decimal comma so far */
} Header;

/* --- cells ----------------------------------------------------------------------- */

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

/* The end of the cell that starts at `text`: `end`, or the separator before it. */
static const char *
find_cell_end (const char *text, const char *end, char separator)
{
  const char *found = memchr (text, separator, (gsize) (end - text));

  return found != NULL ? found : end;
}

static Cell
read_cell (const char *text, const char *end, double *value)
{
  char *stop;

  while (text < end && *text == ' ')
    text++;
  while (text < end && end[-1] == ' ')
    end--;
  if (text == end || !is_decimal (text))
    return CELL_OTHER;
  *value = g_ascii_strtod (text, &stop);
  if (stop == end && isfinite (*value))
    return CELL_NUMBER;
  if (stop == text || stop + 1 >= end || *stop != ',')
    return CELL_OTHER;
  for (stop++; stop < end; stop++)
    if (!g_ascii_isdigit (*stop))
      return CELL_OTHER;
  return CELL_COMMA;
}

static char *
shorten (const char *text, gssize length, glong max_chars)
{
  g_autofree char *whole = g_strndup (text, length < 0 ? strlen (text) : (gsize) length);

  g_strstrip (whole);
  return g_utf8_substring (whole, 0, MIN (max_chars, g_utf8_strlen (whole, -1)));
}

static gboolean
refuse_cell (const Header *header,
             gsize         column,
             gsize         line,
             Cell          kind,
             const char   *text,
             const char   *end,
             GError      **error)
{
  g_autofree char *cell = shorten (text, end - text, MAX_CELL_CHARS);
  g_autofree char *name = shorten (header->names[column], -1, MAX_NAME_CHARS);

  if (kind == CELL_COMMA)
    g_set_error (error, ENG_ERROR, ENG_ERROR_INVALID_SPEC,
                 _ ("line %zu, column %zu (“%s”): “%s” has a decimal comma; save the "
                    "table with decimal points"),
                 line, column + 1, name, cell);
  else
    g_set_error (error, ENG_ERROR, ENG_ERROR_INVALID_SPEC,
                 _ ("line %zu, column %zu (“%s”): a finite number was expected, got "
                    "“%s”"),
                 line, column + 1, name, cell);
  return FALSE;
}

/* --- rows ------------------------------------------------------------------------ */

static gboolean
refuse_width (const Header *header, gsize line, GError **error)
{
  g_set_error (
      error, ENG_ERROR, ENG_ERROR_INVALID_SPEC,
      g_dngettext (GETTEXT_PACKAGE, "line %zu: %zu column was expected, as in the header",
                   "line %zu: %zu columns were expected, as in the header", header->n),
      line, header->n);
  return FALSE;
}

/* Appends the numbers of one line. */
static gboolean
read_row (Header *header, const char *text, gsize line, GArray *values, GError **error)
{
  const char *end = text + strlen (text);

  for (gsize j = 0; j < header->n; j++)
    {
      const char *stop = find_cell_end (text, end, header->separator);
      double      value = 0;
      Cell        kind = read_cell (text, stop, &value);

      if (kind != CELL_NUMBER && !header->without[j])
        {
          header->n_commas += kind == CELL_COMMA;
          return refuse_cell (header, j, line, kind, text, stop, error);
        }
      g_array_append_val (values, value);
      if ((stop == end) != (j + 1 == header->n))
        return refuse_width (header, line, error);
      text = stop + 1;
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

static void
add_bad_row (BadRows *self, const GError *error)
{
  if (self->n < MAX_BAD_ROWS)
    g_string_append_printf (self->lines, "%s%s", self->lines->len > 0 ? "\n" : "",
                            error->message);
  self->n++;
}

static gboolean
check_bad_rows (BadRows *self, GError **error)
{
  g_autoptr (GString) lines = self->lines;

  if (lines->len == 0)
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

/* --- columns --------------------------------------------------------------------- */

/* Takes from `without` the columns in which a row has a number.  One row says nothing of its
 * columns.  Returns: how many are left. */
static gsize
find_columns_without (Header *header, const char *text)
{
  gsize n_left = header->n, n_rows = 0;

  for (gsize j = 0; j < header->n; j++)
    header->without[j] = TRUE;
  while (text != NULL && *text != '\0' && n_left > 0)
    {
      const char *line_end = text + strcspn (text, "\r\n"), *cell = text;

      n_rows += line_end > text;
      for (gsize j = 0; j < header->n && cell <= line_end; j++)
        {
          const char *stop = find_cell_end (cell, line_end, header->separator);
          double      value;

          if (header->without[j] && read_cell (cell, stop, &value) != CELL_OTHER)
            {
              header->without[j] = FALSE;
              n_left--;
            }
          cell = stop + 1;
        }
      text = line_end + strspn (line_end, "\r\n");
    }
  if (n_rows > 1)
    return n_left;
  memset (header->without, 0, header->n * sizeof *header->without);
  return 0;
}

/* Once for all their rows. */
static void
tell_columns_without (const Header *header, gsize n, GString *lines)
{
  g_auto (GStrv)   names = g_new0 (char *, MAX_NAMES + 2);
  g_autofree char *list = NULL;
  guint            shown = 0;

  for (gsize j = 0; j < header->n && shown < MAX_NAMES; j++)
    if (header->without[j])
      {
        g_autofree char *name = shorten (header->names[j], -1, MAX_NAME_CHARS);

        names[shown++] = g_strdup_printf (C_ ("name of a column", "“%s”"), name);
      }
  if (n > shown)
    names[shown] = g_strdup ("…");
  list = eng_words_list ((const char *const *) names);
  g_string_append_printf (
      lines,
      g_dngettext (GETTEXT_PACKAGE,
                   "column %s is text or empty in every row: leave it out, or write "
                   "numbers in its place",
                   "columns %s are text or empty in every row: leave them out, or write "
                   "numbers in their place",
                   n),
      list);
}

/* --- tables ---------------------------------------------------------------------- */

/* Reads on after a bad row, so that all of them can be mended at once. */
static gboolean
read_rows (Header       *header,
           char         *text,
           GArray       *values,
           GCancellable *cancellable,
           GError      **error)
{
  BadRows bad = { g_string_new (NULL) };
  gsize   number = 1, n_without = find_columns_without (header, text);
  char   *line;

  if (n_without > 0)
    tell_columns_without (header, n_without, bad.lines);
  while ((line = next_line (&text)) != NULL)
    {
      g_autoptr (GError) local = NULL;
      gsize              n_commas = header->n_commas;

      number++;
      if (number % ROWS_BETWEEN_CHECKS == 0
          && g_cancellable_set_error_if_cancelled (cancellable, error))
        {
          g_string_free (bad.lines, TRUE);
          return FALSE;
        }
      if (*line == '\0' || read_row (header, line, number, values, &local))
        continue;
      /* Whoever has one decimal comma has them everywhere: the first tells of all. */
      if (n_commas == 0 || header->n_commas == n_commas)
        add_bad_row (&bad, local);
    }
  return check_bad_rows (&bad, error);
}

EngTable *
eng_table_read_csv (char *text, GCancellable *cancellable, GError **error)
{
  g_autoptr (EngTable) self = g_new0 (EngTable, 1);
  g_autoptr (GArray)   values = g_array_new (FALSE, FALSE, sizeof (double));
  g_autofree gboolean *without = NULL;
  Header               header = { 0 };
  char                *line;

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
  header.separator = eng_table_guess_separator (line);
  header.names = self->columns = eng_table_split_header (line, header.separator);
  header.n = g_strv_length (self->columns);
  header.without = without = g_new0 (gboolean, header.n);
  if (!read_rows (&header, text, values, cancellable, error))
    return NULL;
  self->values.rows = values->len / header.n;
  self->values.cols = header.n;
  self->values.data = (double *) (gpointer) g_array_free (g_steal_pointer (&values),
                                                          FALSE);
  return g_steal_pointer (&self);
}
