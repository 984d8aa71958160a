/* SPDX-License-Identifier: GPL-3.0-or-later
 * PNG: pixels by cairo, and the experiment in an international text chunk. */
#include "config.h"

#include "plot-export-private.h"

#include <math.h>
#include <string.h>

/* Signature, then the header chunk: length, type, 13 bytes, checksum. */
#define END_OF_HEADER (8 + 4 + 4 + 13 + 4)

/* The checksum of PNG (ISO 3309), bit by bit: once per figure, over a few hundred bytes. */
static guint32
crc32_of (const guint8 *data, gsize length)
{
  guint32 crc = 0xffffffffu;

  for (gsize i = 0; i < length; i++)
    {
      crc ^= data[i];
      for (guint bit = 0; bit < 8; bit++)
        crc = (crc >> 1) ^ (crc & 1 ? 0xedb88320u : 0);
    }
  return ~crc;
}

static void
append_number (GByteArray *array, guint32 number)
{
  guint32 bytes = GUINT32_TO_BE (number);

  g_byte_array_append (array, (const guint8 *) &bytes, sizeof bytes);
}

/* iTXt: keyword, not compressed, no language, no translated keyword, UTF-8 text. */
static GByteArray *
make_text_chunk (const char *text)
{
  static const guint8    plain[] = { 0, 0, 0, 0, 0 };
  g_autoptr (GByteArray) body = g_byte_array_new ();
  GByteArray            *chunk = g_byte_array_new ();

  g_byte_array_append (body, (const guint8 *) "iTXt", 4);
  g_byte_array_append (body, (const guint8 *) ENG_FIGURE_KEYWORD,
                       strlen (ENG_FIGURE_KEYWORD));
  g_byte_array_append (body, plain, sizeof plain);
  g_byte_array_append (body, (const guint8 *) text, (guint) strlen (text));
  append_number (chunk, body->len - 4);
  g_byte_array_append (chunk, body->data, body->len);
  append_number (chunk, crc32_of (body->data, body->len));
  return chunk;
}

static GBytes *
insert_experiment (GByteArray *png, const char *experiment)
{
  g_autoptr (GByteArray) chunk = make_text_chunk (experiment);
  GByteArray            *out = g_byte_array_sized_new (png->len + chunk->len);

  g_assert (png->len > END_OF_HEADER);
  g_byte_array_append (out, png->data, END_OF_HEADER);
  g_byte_array_append (out, chunk->data, chunk->len);
  g_byte_array_append (out, png->data + END_OF_HEADER, png->len - END_OF_HEADER);
  return g_byte_array_free_to_bytes (out);
}

GBytes *
plot_figure_to_png (const PlotFigure *self, GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  cairo_surface_t       *surface;
  cairo_t               *cr;
  cairo_status_t         status;

  surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24,
                                        (int) lround (self->width * self->scale),
                                        (int) lround (self->height * self->scale));
  cairo_surface_set_device_scale (surface, self->scale, self->scale);
  cr = cairo_create (surface);
  plot_figure_paint (self, cr, NULL, NULL);
  status = cairo_status (cr);
  cairo_destroy (cr);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_write_to_png_stream (surface, plot_export_write_cb, bytes);
  cairo_surface_destroy (surface);
  if (!plot_export_check (status, error))
    return NULL;
  if (self->experiment == NULL)
    return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
  return insert_experiment (bytes, self->experiment);
}
