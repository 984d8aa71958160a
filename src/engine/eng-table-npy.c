/* SPDX-License-Identifier: GPL-3.0-or-later
 * The strict reader of .npy tables: two-dimensional, in C's order, of float32 or float64. */
#include "config.h"

#include "eng-error.h"
#include "eng-table-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

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
  g_set_error_literal (error, ENG_ERROR, ENG_ERROR_INVALID_SPEC, reason);
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
    return refuse_npy (error, _ ("this .npy file is too short"));
  *offset = bytes[6] == 1 ? 10 : 12;
  header_length = bytes[8] | (gsize) bytes[9] << 8;
  if (bytes[6] > 1)
    header_length |= (gsize) bytes[10] << 16 | (gsize) bytes[11] << 24;
  if (header_length > length - *offset)
    return refuse_npy (error, _ ("this .npy file's header is cut off"));
  header = g_strndup (text + *offset, header_length);
  *offset += header_length;
  type = header_value (header, "'descr'");
  order = header_value (header, "'fortran_order'");
  shape = header_value (header, "'shape'");
  if (g_strcmp0 (type, "<f4") != 0 && g_strcmp0 (type, "<f8") != 0)
    return refuse_npy (error,
                       _ ("this .npy file holds other numbers than float32 or float64"));
  if (g_strcmp0 (order, "False") != 0)
    return refuse_npy (error,
                       _ ("this .npy file is in Fortran's order; only C's is read"));
  sizes = g_strsplit (shape != NULL ? shape : "", ",", 4);
  if (g_strv_length (sizes) != 2
      || !g_ascii_string_to_unsigned (g_strstrip (sizes[0]), 10, 1, G_MAXUINT32, &r, NULL)
      || !g_ascii_string_to_unsigned (g_strstrip (sizes[1]), 10, 1, ENG_TABLE_MAX_COLUMNS,
                                      &c, NULL))
    return refuse_npy (error, _ ("this .npy file does not have two dimensions"));
  *item = type[2] == '4' ? 4 : 8;
  *rows = (gsize) r;
  *cols = (gsize) c;
  if (*rows > (length - *offset) / *cols / *item)
    return refuse_npy (error, _ ("this .npy file is cut off"));
  return TRUE;
}

EngTable *
eng_table_read_npy (const char *text, gsize length, GError **error)
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
                       _ ("row %zu, column %zu: a finite number was expected"),
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
