/* SPDX-License-Identifier: GPL-3.0-or-later
 * Experiments out of PDF: the subject among the document's properties, a string in
 * parentheses or in hexadecimal digits, as ISO 32000-1 section 7.3.4 writes them. */
#define _GNU_SOURCE /* memmem */
#include "config.h"

#include "eng-figure-private.h"

#include "eng-error.h"
#include "eng-spec.h"

#include <string.h>

#define KEY "/Subject"
/* UTF-16 of an experiment file of the largest size, and its mark. */
#define MAX_STRING (2 * ENG_SPEC_MAX_BYTES + 2)

typedef struct
{
  const char *at, *end;
} Cursor;

/* A backslash and what follows it: \n, \(, \\, \ddd, or the end of a line. */
static void
read_escape (Cursor *cursor, GByteArray *out)
{
  static const char letters[] = "nrtbf", meanings[] = "\n\r\t\b\f";
  const char       *letter;
  guint8            byte = 0;

  if (cursor->at == cursor->end)
    return;
  if (*cursor->at >= '0' && *cursor->at <= '7')
    {
      for (guint i = 0;
           i < 3 && cursor->at < cursor->end && *cursor->at >= '0' && *cursor->at <= '7';
           i++)
        byte = (guint8) (byte * 8 + (*cursor->at++ - '0'));
      g_byte_array_append (out, &byte, 1);
      return;
    }
  byte = (guint8) *cursor->at++;
  if (byte == '\n')
    return;
  if (byte == '\r')
    {
      if (cursor->at < cursor->end && *cursor->at == '\n')
        cursor->at++;
      return;
    }
  letter = byte != '\0' ? strchr (letters, byte) : NULL;
  if (letter != NULL)
    byte = (guint8) meanings[letter - letters];
  g_byte_array_append (out, &byte, 1);
}

/* Behind "(".  Parentheses may be nested.  Returns: FALSE if it does not end. */
static gboolean
read_literal (Cursor *cursor, GByteArray *out)
{
  guint depth = 1;

  while (cursor->at < cursor->end && out->len <= MAX_STRING)
    {
      guint8 byte = (guint8) *cursor->at++;

      if (byte == '\\')
        {
          read_escape (cursor, out);
          continue;
        }
      if (byte == '(')
        depth++;
      if (byte == ')' && --depth == 0)
        return TRUE;
      g_byte_array_append (out, &byte, 1);
    }
  return FALSE;
}

/* Behind "<". */
static gboolean
read_hexadecimal (Cursor *cursor, GByteArray *out)
{
  int high = -1;

  for (; cursor->at < cursor->end && out->len <= MAX_STRING; cursor->at++)
    {
      int    digit = g_ascii_xdigit_value (*cursor->at);
      guint8 byte;

      if (*cursor->at == '>')
        return TRUE;
      if (digit < 0)
        {
          if (g_ascii_isspace (*cursor->at))
            continue;
          return FALSE;
        }
      if (high < 0)
        {
          high = digit;
          continue;
        }
      byte = (guint8) (high * 16 + digit);
      high = -1;
      g_byte_array_append (out, &byte, 1);
    }
  return FALSE;
}

/* Returns: (transfer full) (nullable): the bytes as UTF-8: UTF-16 or UTF-8 behind a mark,
 * ASCII otherwise. */
static char *
decode (const GByteArray *bytes)
{
  const char *data = (const char *) bytes->data;

  if (bytes->len >= 2 && memcmp (data, "\xfe\xff", 2) == 0)
    return g_convert (data + 2, bytes->len - 2, "UTF-8", "UTF-16BE", NULL, NULL, NULL);
  if (bytes->len >= 3 && memcmp (data, "\xef\xbb\xbf", 3) == 0)
    return g_strndup (data + 3, bytes->len - 3);
  return g_strndup (data, bytes->len);
}

/* Returns: (transfer full) (nullable): the string that begins here. */
static char *
read_string (Cursor *cursor)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  gboolean               is_whole = FALSE;

  while (cursor->at < cursor->end && g_ascii_isspace (*cursor->at))
    cursor->at++;
  if (cursor->at == cursor->end)
    return NULL;
  if (*cursor->at == '(')
    {
      cursor->at++;
      is_whole = read_literal (cursor, bytes);
    }
  else if (*cursor->at == '<')
    {
      cursor->at++;
      is_whole = read_hexadecimal (cursor, bytes);
    }
  return is_whole ? decode (bytes) : NULL;
}

char *
eng_figure_read_pdf (const char *data, gsize length, GError **error)
{
  Cursor   cursor = { data, data + length };
  gboolean is_whole;

  while (cursor.at < cursor.end)
    {
      g_autofree char *text = NULL;
      const char      *found = memmem (cursor.at, (gsize) (cursor.end - cursor.at), KEY,
                                       strlen (KEY));

      if (found == NULL)
        break;
      cursor.at = found + strlen (KEY);
      text = read_string (&cursor);
      /* Other documents have a subject too. */
      if (text != NULL && strstr (text, "[experiment]") != NULL)
        return g_steal_pointer (&text);
    }
  /* The properties stand near the end of the file. */
  is_whole = memmem (data, length, "%%EOF", 5) != NULL;
  g_set_error_literal (error, ENG_ERROR, ENG_ERROR_INVALID_SPEC,
                       is_whole
                           ? _ (ENG_FIGURE_NO_EXPERIMENT)
                           : _ ("this PDF document is cut off before its experiment"));
  return NULL;
}
