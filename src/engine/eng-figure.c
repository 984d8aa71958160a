/* SPDX-License-Identifier: GPL-3.0-or-later
 * Experiments out of PNG, SVG and CSV. */
#include "config.h"

#include "eng-figure-private.h"

#include "eng-error.h"
#include "eng-spec.h"

#include <string.h>

#define PNG_SIGNATURE "\x89PNG\r\n\x1a\n"
/* Where the root element of an SVG is looked for. */
#define SVG_HEAD 4096

static gboolean
refuse (GError **error, const char *reason)
{
  g_set_error_literal (error, ENG_ERROR, ENG_ERROR_INVALID_SPEC, reason);
  return FALSE;
}

static gboolean
begins_with (const char *data, gsize length, const char *prefix)
{
  gsize n = strlen (prefix);

  return length >= n && memcmp (data, prefix, n) == 0;
}

EngFigureKind
eng_figure_guess (const char *data, gsize length)
{
  const char *start = data;
  gsize       left = length;

  if (begins_with (data, length, PNG_SIGNATURE))
    return ENG_FIGURE_PNG;
  if (begins_with (data, length, "%PDF-"))
    return ENG_FIGURE_PDF;
  if (begins_with (data, length, ENG_FIGURE_CSV_FIRST))
    return ENG_FIGURE_CSV;
  if (begins_with (data, length, "\xef\xbb\xbf"))
    start += 3, left -= 3;
  while (left > 0 && g_ascii_isspace (*start))
    start++, left--;
  if (left > 0 && *start == '<'
      && g_strstr_len (start, (gssize) MIN (left, SVG_HEAD), "<svg") != NULL)
    return ENG_FIGURE_SVG;
  return ENG_FIGURE_NONE;
}

/* --- PNG ------------------------------------------------------------------------ */

/* The checksum of PNG (ISO 3309). */
static guint32
checksum (const char *data, gsize length)
{
  guint32 crc = 0xffffffffu;

  for (gsize i = 0; i < length; i++)
    {
      crc ^= (guint8) data[i];
      for (guint bit = 0; bit < 8; bit++)
        crc = (crc >> 1) ^ (crc & 1 ? 0xedb88320u : 0);
    }
  return ~crc;
}

static guint32
read_number (const char *data)
{
  guint32 number;

  memcpy (&number, data, sizeof number);
  return GUINT32_FROM_BE (number);
}

/* The text of an iTXt chunk with our keyword, not compressed: keyword, 0, compression flag
 * and method, language, 0, translated keyword, 0, text.
 * Returns: (transfer full) (nullable). */
static char *
read_text_chunk (const char *body, gsize length)
{
  gsize       n_keyword = strlen (ENG_FIGURE_KEYWORD) + 1;
  const char *end = body + length;

  if (length < n_keyword + 2 || memcmp (body, ENG_FIGURE_KEYWORD, n_keyword) != 0
      || body[n_keyword] != 0)
    return NULL;
  body += n_keyword + 2;
  for (guint i = 0; i < 2 && body != NULL; i++)
    {
      body = memchr (body, '\0', (gsize) (end - body));
      body = body != NULL ? body + 1 : NULL;
    }
  return body != NULL ? g_strndup (body, (gsize) (end - body)) : NULL;
}

static char *
read_png (const char *data, gsize length, GError **error)
{
  gsize at = strlen (PNG_SIGNATURE);

  while (length - at >= 12)
    {
      gsize       n = read_number (data + at);
      const char *type = data + at + 4;
      char       *text = NULL;

      if (n > length - at - 12)
        break;
      if (memcmp (type, "IEND", 4) == 0)
        {
          refuse (error, _ (ENG_FIGURE_NO_EXPERIMENT));
          return NULL;
        }
      if (memcmp (type, "iTXt", 4) == 0)
        text = read_text_chunk (type + 4, n);
      if (text != NULL && checksum (type, n + 4) != read_number (type + 4 + n))
        {
          g_free (text);
          refuse (error,
                  _ ("the experiment in this PNG picture is damaged: its checksum is "
                     "wrong"));
          return NULL;
        }
      if (text != NULL)
        return text;
      at += 12 + n;
    }
  refuse (error, _ ("this PNG picture is cut off before its experiment"));
  return NULL;
}

/* --- SVG ------------------------------------------------------------------------ */

typedef struct
{
  GString *text; /* (nullable): being read, or read */
  gboolean is_whole;
  guint    depth; /* of elements */
} SvgReader;

/* Drawings nest far less; a parser that follows deeper runs out of memory. */
#define MAX_DEPTH 256

/* Other programs rename the namespace: <experiment xmlns="…">, <ns0:experiment>. */
static gboolean
is_experiment (const char *name)
{
  const char *colon = strrchr (name, ':');

  return strcmp (colon != NULL ? colon + 1 : name, "experiment") == 0;
}

static void
svg_start_cb (GMarkupParseContext *context,
              const char          *name,
              const char         **names,
              const char         **values,
              gpointer             data,
              GError             **error)
{
  SvgReader    *self = data;
  const GSList *stack = g_markup_parse_context_get_element_stack (context);

  if (++self->depth > MAX_DEPTH)
    g_set_error (error, G_MARKUP_ERROR, G_MARKUP_ERROR_INVALID_CONTENT,
                 _ ("more than %d elements inside one another"), MAX_DEPTH);
  else if (self->text == NULL && is_experiment (name) && stack->next != NULL
           && g_str_has_suffix (stack->next->data, "metadata"))
    self->text = g_string_new (NULL);
}

static void
svg_text_cb (GMarkupParseContext *context,
             const char          *text,
             gsize                length,
             gpointer             data,
             GError             **error)
{
  SvgReader *self = data;

  if (self->text == NULL)
    return;
  if (self->text->len + length > ENG_SPEC_MAX_BYTES)
    g_set_error (error, G_MARKUP_ERROR, G_MARKUP_ERROR_INVALID_CONTENT,
                 _ ("the experiment has more than %d bytes"), ENG_SPEC_MAX_BYTES);
  else
    g_string_append_len (self->text, text, (gssize) length);
}

static void
svg_end_cb (GMarkupParseContext *context, const char *name, gpointer data, GError **error)
{
  SvgReader *self = data;

  self->depth--;
  if (self->text == NULL || !is_experiment (name))
    return;
  self->is_whole = TRUE;
  /* The rest is drawing: an error is how a parser is stopped. */
  g_set_error_literal (error, G_MARKUP_ERROR, G_MARKUP_ERROR_INVALID_CONTENT,
                       _ ("nothing is read behind the experiment"));
}

static char *
read_svg (const char *data, gsize length, GError **error)
{
  static const GMarkupParser parser
      = { .start_element = svg_start_cb, .end_element = svg_end_cb, .text = svg_text_cb };
  SvgReader                       reader = { 0 };
  g_autoptr (GMarkupParseContext) context = NULL;
  g_autoptr (GError)              local = NULL;
  gboolean                        is_valid;

  context = g_markup_parse_context_new (&parser, G_MARKUP_TREAT_CDATA_AS_TEXT, &reader,
                                        NULL);
  is_valid = g_markup_parse_context_parse (context, data, (gssize) length, &local)
             && g_markup_parse_context_end_parse (context, &local);
  if (reader.is_whole)
    return g_string_free (reader.text, FALSE);
  if (reader.text != NULL)
    g_string_free (reader.text, TRUE);
  if (is_valid)
    refuse (error, _ (ENG_FIGURE_NO_EXPERIMENT));
  else
    {
      /* The parser quotes bytes as they are. */
      g_autofree char *reason = g_utf8_make_valid (local->message, -1);

      g_set_error (error, ENG_ERROR, ENG_ERROR_INVALID_SPEC,
                   _ ("this SVG picture is damaged before its experiment: %s"), reason);
    }
  return NULL;
}

/* --- CSV ------------------------------------------------------------------------ */

static char *
read_csv (const char *data, gsize length)
{
  const char *end = data + length;
  GString    *text = g_string_new (NULL);
  gboolean    is_first = TRUE;

  while (data < end && *data == '#' && text->len <= ENG_SPEC_MAX_BYTES)
    {
      const char *stop = memchr (data, '\n', (gsize) (end - data));
      gsize       n = (gsize) ((stop != NULL ? stop : end) - data);

      if (n > 0 && data[n - 1] == '\r')
        n--;
      if (!is_first && n > 2)
        g_string_append_len (text, data + 2, (gssize) n - 2);
      if (!is_first)
        g_string_append_c (text, '\n');
      is_first = FALSE;
      data = stop != NULL ? stop + 1 : end;
    }
  return g_string_free (text, FALSE);
}

/* --- any ------------------------------------------------------------------------ */

char *
eng_figure_read_experiment (const char *data, gsize length, GError **error)
{
  switch (eng_figure_guess (data, length))
    {
    case ENG_FIGURE_PNG:
      return read_png (data, length, error);
    case ENG_FIGURE_SVG:
      return read_svg (data, length, error);
    case ENG_FIGURE_PDF:
      return eng_figure_read_pdf (data, length, error);
    case ENG_FIGURE_CSV:
      return read_csv (data, length);
    case ENG_FIGURE_NONE:
    default:
      refuse (error,
              _ ("this is no figure: neither PNG, SVG, PDF nor CSV of Escapement"));
      return NULL;
    }
}
