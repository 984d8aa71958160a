/* SPDX-License-Identifier: GPL-3.0-or-later
 * SVG: shapes by cairo, text as text elements of our own (cairo would write outlines), the
 * experiment in the metadata. */
#include "config.h"

#include "plot-export-private.h"

#include <cairo-svg.h>
#include <string.h>

/* Numbers in SVG have a point in every locale. */
static void
append_attribute (GString *out, const char *name, double value)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  g_ascii_formatd (text, sizeof text, "%.2f", value);
  g_string_append_printf (out, " %s=\"%s\"", name, text);
}

static void
append_escaped (GString *out, const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  g_string_append (out, escaped);
}

static double
get_rise (int level, double size)
{
  return level > 0 ? PLOT_SCRIPT_RISE * size : level < 0 ? -PLOT_SCRIPT_DROP * size : 0;
}

/* A label is one element, so that it is selected, searched and edited as one. */
static void
append_label_cb (const PlotTextItem *item, gpointer data)
{
  static const char *const anchors[] = { "start", "middle", "end" };
  GString                 *out = data;
  double                   rise = 0;

  g_string_append (out, "<text");
  append_attribute (out, "x", item->x);
  append_attribute (out, "y", item->y);
  append_attribute (out, "font-size", item->size);
  g_string_append_printf (out, " fill=\"#%06x\" text-anchor=\"%s\"%s>", item->colour,
                          anchors[(guint) (2 * item->align + 0.5)],
                          item->bold ? " font-weight=\"bold\"" : "");
  for (guint i = 0; i < item->n_pieces; i++)
    {
      const PlotTextPiece *piece = &item->pieces[i];
      double               wanted = get_rise (piece->level, item->size);

      if (wanted == rise && piece->level == 0)
        {
          append_escaped (out, piece->text);
          continue;
        }
      g_string_append (out, "<tspan");
      append_attribute (out, "dy", rise - wanted);
      if (piece->level != 0)
        append_attribute (out, "font-size", item->size * PLOT_SCRIPT_SCALE);
      g_string_append_c (out, '>');
      append_escaped (out, piece->text);
      g_string_append (out, "</tspan>");
      rise = wanted;
    }
  g_string_append (out, "</text>\n");
}

/* Cairo numbers surfaces through the life of a process; figures must not tell how many
 * came before. */
static char *
forget_surface_numbers (const char *svg)
{
  g_autoptr (GRegex) regex = g_regex_new ("surface[0-9]+", 0, 0, NULL);

  return g_regex_replace_literal (regex, svg, -1, 0, "figure", 0, NULL);
}

static char *
assemble (const PlotFigure *self, const char *shapes, const char *labels)
{
  g_autofree char *stable = forget_surface_numbers (shapes);
  const char      *root = strstr (stable, "<svg");
  const char      *body = root != NULL ? strchr (root, '>') : NULL;
  const char      *end = g_strrstr (stable, "</svg>");
  GString         *out = g_string_new (NULL);

  g_assert (body != NULL && end != NULL);
  g_string_append_len (out, stable, body + 1 - stable);
  g_string_append (out, "\n<title>");
  append_escaped (out, self->frame->title);
  g_string_append (out, "</title>\n");
  if (self->frame->summary != NULL)
    {
      g_string_append (out, "<desc>");
      append_escaped (out, self->frame->summary);
      g_string_append (out, "</desc>\n");
    }
  if (self->experiment != NULL)
    {
      g_string_append (out, "<metadata><experiment xmlns=\"" ENG_FIGURE_NAMESPACE
                            "\" xml:space=\"preserve\">");
      append_escaped (out, self->experiment);
      g_string_append (out, "</experiment></metadata>\n");
    }
  g_string_append_len (out, body + 1, end - body - 1);
  g_string_append (out, "<g font-family=\"sans-serif\" xml:space=\"preserve\">\n");
  g_string_append (out, labels);
  g_string_append (out, "</g>\n</svg>\n");
  return g_string_free (out, FALSE);
}

GBytes *
plot_figure_to_svg (const PlotFigure *self, GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autoptr (GString)    labels = g_string_new (NULL);
  cairo_surface_t       *surface;
  cairo_t               *cr;
  char                  *svg;

  surface = cairo_svg_surface_create_for_stream (plot_export_write_cb, bytes, self->width,
                                                 self->height);
  cairo_svg_surface_set_document_unit (surface, CAIRO_SVG_UNIT_PX);
  cr = cairo_create (surface);
  plot_figure_paint (self, cr, append_label_cb, labels);
  if (!plot_export_finish (cr, surface, error))
    return NULL;
  g_byte_array_append (bytes, (const guint8 *) "", 1);
  svg = assemble (self, (const char *) bytes->data, labels->str);
  return g_bytes_new_take (svg, strlen (svg));
}
