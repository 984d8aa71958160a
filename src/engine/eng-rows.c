/* SPDX-License-Identifier: GPL-3.0-or-later
 * Tables of a run folder as cells. */
#include "config.h"

#include "eng-rows.h"

#include "eng-error.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* The largest experiments that fit in memory write far less. */
#define MAX_BYTES (256 * 1024 * 1024)

char *
eng_rows_load_text (GFile *folder, const char *name, GError **error)
{
  g_autoptr (GFile)     file = g_file_get_child (folder, name);
  g_autofree char      *path = g_file_get_parse_name (file);
  g_autoptr (GError)    local = NULL;
  g_autoptr (GFileInfo) info = NULL;
  g_autofree char      *text = NULL;
  gsize                 length = 0;

  info = g_file_query_info (
      file, G_FILE_ATTRIBUTE_STANDARD_SIZE "," G_FILE_ATTRIBUTE_STANDARD_TYPE,
      G_FILE_QUERY_INFO_NONE, NULL, NULL);
  if (info != NULL && g_file_info_get_size (info) > MAX_BYTES)
    {
      g_set_error (error, ENG_ERROR, ENG_ERROR_IO, _ ("“%s” is too large to be read"),
                   path);
      return NULL;
    }
  /* A device or a pipe may never end. */
  if (info != NULL && g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR)
    {
      g_set_error (error, ENG_ERROR, ENG_ERROR_IO, _ ("“%s” is no ordinary file"), path);
      return NULL;
    }
  if (!g_file_load_contents (file, NULL, &text, &length, NULL, &local))
    {
      g_set_error (error, ENG_ERROR, ENG_ERROR_IO, _ ("“%s” could not be read: %s"), path,
                   local->message);
      return NULL;
    }
  if (memchr (text, '\0', length) != NULL
      || !g_utf8_validate (text, (gssize) length, NULL))
    {
      g_set_error (error, ENG_ERROR, ENG_ERROR_INVALID_SPEC, _ ("“%s” is not text"),
                   path);
      return NULL;
    }
  return g_steal_pointer (&text);
}

/* Cuts one line into cells.  Returns: how many. */
static gsize
cut_line (char *line, GPtrArray *cells)
{
  gsize n = 0;

  while (line != NULL)
    {
      char *comma = strchr (line, ',');

      if (comma != NULL)
        *comma = '\0';
      g_ptr_array_add (cells, line);
      line = comma != NULL ? comma + 1 : NULL;
      n++;
    }
  return n;
}

gboolean
eng_rows_load (EngRows *self, GFile *folder, const char *name, GError **error)
{
  char *line, *next;

  self->name = g_strdup (name);
  self->cells = g_ptr_array_new ();
  self->text = eng_rows_load_text (folder, name, error);
  for (line = self->text; line != NULL && *line != '\0'; line = next)
    {
      gsize n;

      next = strchr (line, '\n');
      if (next != NULL)
        *next++ = '\0';
      n = cut_line (g_strchomp (line), self->cells);
      if (self->n_columns == 0)
        self->n_columns = n;
      if (n == self->n_columns)
        continue;
      g_set_error (
          error, ENG_ERROR, ENG_ERROR_INVALID_SPEC,
          g_dngettext (GETTEXT_PACKAGE,
                       "%s, line %zu: %zu column was expected, as in the header",
                       "%s, line %zu: %zu columns were expected, as in the header",
                       self->n_columns),
          name, self->cells->len / self->n_columns + 1, self->n_columns);
      return FALSE;
    }
  if (self->text != NULL && self->n_columns == 0)
    g_set_error (error, ENG_ERROR, ENG_ERROR_INVALID_SPEC, _ ("%s is empty"), name);
  return self->n_columns > 0;
}

void
eng_rows_clear (EngRows *self)
{
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->text, g_free);
  g_clear_pointer (&self->cells, g_ptr_array_unref);
}

gsize
eng_rows_get_length (const EngRows *self)
{
  return self->cells->len / self->n_columns - 1;
}

gssize
eng_rows_find (const EngRows *self, const char *heading)
{
  for (gsize i = 0; i < self->n_columns; i++)
    if (strcmp (g_ptr_array_index (self->cells, i), heading) == 0)
      return (gssize) i;
  return -1;
}

const char *
eng_rows_get_text (const EngRows *self, gsize row, gsize column)
{
  return g_ptr_array_index (self->cells, (row + 1) * self->n_columns + column);
}

static gboolean
refuse (const EngRows *self, gsize row, gsize column, GError **error)
{
  g_set_error (error, ENG_ERROR, ENG_ERROR_INVALID_SPEC,
               _ ("%s, line %zu: “%.20s” is not a possible value of %.40s"), self->name,
               row + 2, eng_rows_get_text (self, row, column),
               (const char *) g_ptr_array_index (self->cells, column));
  eng_error_mend (error);
  return FALSE;
}

gboolean
eng_rows_get_whole (const EngRows *self,
                    gsize          row,
                    gsize          column,
                    guint64        lowest,
                    guint64        highest,
                    guint64       *value,
                    GError       **error)
{
  return g_ascii_string_to_unsigned (eng_rows_get_text (self, row, column), 10, lowest,
                                     highest, value, NULL)
         || refuse (self, row, column, error);
}

gboolean
eng_rows_get_number (const EngRows *self,
                     gsize          row,
                     gsize          column,
                     double        *value,
                     GError       **error)
{
  const char *text = eng_rows_get_text (self, row, column);
  char       *end;

  if (*text == '\0')
    {
      *value = NAN;
      return TRUE;
    }
  *value = g_ascii_strtod (text, &end);
  return (*end == '\0' && isfinite (*value)) || refuse (self, row, column, error);
}
