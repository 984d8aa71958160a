/* SPDX-License-Identifier: GPL-3.0-or-later
 * Text of the painter: one font per label, superscripts raised from plain digits, and the
 * hand-over of text items to formats that keep text as text. */
#include "config.h"

#include "plot-canvas.h"

#include <string.h>

/* Line height of labels, relative to the font size. */
#define LINE_HEIGHT 1.32

/* A string cut where its level changes. */
typedef struct
{
  GString *plain;  /* with ordinary digits */
  GArray  *starts; /* (element-type Start) */
} Styled;

typedef struct
{
  guint at; /* byte in `plain` */
  int   level;
} Start;

/* Returns: the ordinary character of a superscript or subscript one. */
static gunichar
get_ordinary (gunichar c, int *level)
{
  *level = 1;
  if (c == 0x00b9)
    return '1';
  if (c == 0x00b2 || c == 0x00b3)
    return '2' + (c - 0x00b2);
  if (c == 0x2070 || (c >= 0x2074 && c <= 0x2079))
    return '0' + (c - 0x2070);
  if (c == 0x207b)
    return 0x2212;
  if (c == 0x141f) /* a raised stroke: m⁻¹ᐟ² */
    return '/';
  *level = -1;
  if (c >= 0x2080 && c <= 0x2089)
    return '0' + (c - 0x2080);
  *level = 0;
  return c;
}

static void
styled_init (Styled *self, const char *text)
{
  int last = 0;

  self->plain = g_string_new (NULL);
  self->starts = g_array_new (FALSE, FALSE, sizeof (Start));
  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    {
      int      level;
      gunichar ordinary = get_ordinary (g_utf8_get_char (c), &level);

      if (c == text || level != last)
        {
          Start start = { (guint) self->plain->len, level };

          g_array_append_val (self->starts, start);
        }
      g_string_append_unichar (self->plain, ordinary);
      last = level;
    }
}

static void
styled_clear (Styled *self)
{
  g_string_free (self->plain, TRUE);
  g_array_unref (self->starts);
}

static guint
styled_get_end (const Styled *self, guint piece)
{
  return piece + 1 < self->starts->len ? g_array_index (self->starts, Start, piece + 1).at
                                       : (guint) self->plain->len;
}

static double
get_font_size (const PlotTheme *theme, PlotFont font)
{
  double size = font == PLOT_FONT_TICK    ? theme->tick_size
                : font == PLOT_FONT_LABEL ? theme->label_size
                                          : theme->title_size;

  return size * theme->text_scale;
}

static double
get_rise (int level)
{
  return level > 0 ? PLOT_SCRIPT_RISE : level < 0 ? -PLOT_SCRIPT_DROP : 0;
}

static void
set_layout (PlotCanvas *self, PlotFont font, const Styled *styled)
{
  double         size = get_font_size (self->theme, font);
  PangoAttrList *attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum=1"));
  for (guint i = 0; i < styled->starts->len; i++)
    {
      const Start    *piece = &g_array_index (styled->starts, Start, i);
      PangoAttribute *scaled, *raised;

      if (piece->level == 0)
        continue;
      scaled = pango_attr_scale_new (PLOT_SCRIPT_SCALE);
      raised = pango_attr_rise_new ((int) (get_rise (piece->level) * size * PANGO_SCALE));
      scaled->start_index = raised->start_index = piece->at;
      scaled->end_index = raised->end_index = styled_get_end (styled, i);
      pango_attr_list_insert (attributes, scaled);
      pango_attr_list_insert (attributes, raised);
    }
  pango_layout_set_font_description (self->layout, self->fonts[font]);
  pango_layout_set_text (self->layout, styled->plain->str, -1);
  pango_layout_set_attributes (self->layout, attributes);
  pango_attr_list_unref (attributes);
}

static double
get_layout_width (PlotCanvas *self)
{
  PangoRectangle logical;

  pango_layout_get_extents (self->layout, NULL, &logical);
  return (double) logical.width / PANGO_SCALE;
}

static void
measure_digits (PlotCanvas *self, PlotFont font)
{
  PangoRectangle ink;
  Styled         styled;

  styled_init (&styled, "0");
  set_layout (self, font, &styled);
  pango_layout_get_extents (self->layout, &ink, NULL);
  self->digit_height[font] = (double) ink.height / PANGO_SCALE;
  styled_clear (&styled);
}

void
plot_canvas_init (PlotCanvas *self, cairo_t *cr, const PlotTheme *theme)
{
  static const PangoWeight weights[PLOT_N_FONTS]
      = { PANGO_WEIGHT_NORMAL, PANGO_WEIGHT_SEMIBOLD, PANGO_WEIGHT_BOLD };
  PangoContext         *context;
  cairo_font_options_t *options = cairo_font_options_create ();

  *self = (PlotCanvas){ .cr = cr, .theme = theme };
  self->layout = pango_cairo_create_layout (cr);
  context = pango_layout_get_context (self->layout);
  /* The same widths on a screen, in a file, and at any scale. */
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  pango_cairo_context_set_font_options (context, options);
  pango_context_set_round_glyph_positions (context, FALSE);
  cairo_font_options_destroy (options);
  pango_layout_set_single_paragraph_mode (self->layout, TRUE);
  for (guint i = 0; i < PLOT_N_FONTS; i++)
    {
      self->fonts[i] = pango_font_description_from_string (theme->family);
      pango_font_description_set_weight (self->fonts[i], weights[i]);
      pango_font_description_set_absolute_size (
          self->fonts[i], get_font_size (theme, (PlotFont) i) * PANGO_SCALE);
      measure_digits (self, (PlotFont) i);
    }
}

void
plot_canvas_clear (PlotCanvas *self)
{
  for (guint i = 0; i < PLOT_N_FONTS; i++)
    g_clear_pointer (&self->fonts[i], pango_font_description_free);
  g_clear_object (&self->layout);
}

double
plot_canvas_text_width (PlotCanvas *self, PlotFont font, const char *text)
{
  Styled styled;
  double width;

  styled_init (&styled, text);
  set_layout (self, font, &styled);
  width = get_layout_width (self);
  styled_clear (&styled);
  return width;
}

double
plot_canvas_text_height (PlotCanvas *self, PlotFont font)
{
  return LINE_HEIGHT * get_font_size (self->theme, font);
}

static void
send_label (PlotCanvas   *self,
            PlotFont      font,
            const Styled *styled,
            PlotColour    colour,
            double        x,
            double        baseline,
            double        align)
{
  guint                     n = styled->starts->len;
  g_autofree PlotTextPiece *pieces = g_new0 (PlotTextPiece, n + 1);
  PlotTextItem              item
      = { .pieces = pieces, .n_pieces = n, .x = x, .y = baseline, .align = align };

  item.size = get_font_size (self->theme, font);
  item.bold = font != PLOT_FONT_TICK;
  item.colour = colour;
  cairo_user_to_device (self->cr, &item.x, &item.y);
  for (guint i = 0; i < n; i++)
    {
      const Start *start = &g_array_index (styled->starts, Start, i);

      pieces[i].level = start->level;
      pieces[i].text = g_strndup (styled->plain->str + start->at,
                                  styled_get_end (styled, i) - start->at);
    }
  self->sink (&item, self->sink_data);
  for (guint i = 0; i < n; i++)
    g_free (pieces[i].text);
}

void
plot_canvas_text (PlotCanvas *self,
                  PlotFont    font,
                  const char *text,
                  PlotColour  colour,
                  double      x,
                  double      y,
                  double      align)
{
  Styled styled;
  double baseline = y + self->digit_height[font] / 2;

  styled_init (&styled, text);
  set_layout (self, font, &styled);
  if (self->sink != NULL)
    send_label (self, font, &styled, colour, x, baseline, align);
  else
    {
      double ascent = (double) pango_layout_get_baseline (self->layout) / PANGO_SCALE;

      cairo_save (self->cr);
      plot_canvas_set_colour (self, colour, 1);
      cairo_move_to (self->cr, x - align * get_layout_width (self), baseline - ascent);
      pango_cairo_show_layout (self->cr, self->layout);
      cairo_new_path (self->cr);
      cairo_restore (self->cr);
    }
  styled_clear (&styled);
}

char *
plot_canvas_fit_text (PlotCanvas *self, PlotFont font, const char *text, double width)
{
  g_autofree char *cut = g_strdup (text);
  glong            length = g_utf8_strlen (text, -1);

  while (length > 0 && plot_canvas_text_width (self, font, cut) > width)
    {
      g_autofree char *front = g_utf8_substring (text, 0, --length);

      g_free (cut);
      cut = g_strconcat (g_strchomp (front), "…", NULL);
    }
  return g_steal_pointer (&cut);
}
