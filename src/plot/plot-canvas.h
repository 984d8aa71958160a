/* SPDX-License-Identifier: GPL-3.0-or-later
 * PlotCanvas: a cairo_t with a theme: colours, crisp lines, textures, markers, text.
 * Private to the painter and the exporters. */
#pragma once

#include <pango/pangocairo.h>

#include "plot-theme.h"

G_BEGIN_DECLS

typedef enum
{
  PLOT_FONT_TICK,
  PLOT_FONT_LABEL, /* semibold: end labels, band names */
  PLOT_FONT_TITLE, /* bold */
  PLOT_N_FONTS,
} PlotFont;

/* What lies between two edges, pixel column by pixel column. */
typedef struct
{
  double  x;             /* left end of column 0 */
  guint   n;             /* columns */
  double *upper, *lower; /* (n) y of the edges; NaN where there is nothing */
} PlotStretch;

/* Size and offset of raised and lowered characters, relative to the font size. */
#define PLOT_SCRIPT_SCALE 0.72
#define PLOT_SCRIPT_RISE  0.36
#define PLOT_SCRIPT_DROP  0.14

typedef struct
{
  char *text;
  int   level; /* 1 raised, -1 lowered */
} PlotTextPiece;

/* One label, as a format that keeps text needs it. */
typedef struct
{
  const PlotTextPiece *pieces;
  guint                n_pieces;
  double               x, y;  /* of the baseline, device units */
  double               align; /* 0: x is the start, 0.5: the middle, 1: the end */
  double               size;
  gboolean             bold;
  PlotColour           colour;
} PlotTextItem;

typedef void (*PlotTextSink) (const PlotTextItem *item, gpointer data);

typedef struct
{
  cairo_t              *cr; /* borrowed */
  const PlotTheme      *theme;
  PangoLayout          *layout;
  PangoFontDescription *fonts[PLOT_N_FONTS];
  double                digit_height[PLOT_N_FONTS];
  PlotTextSink          sink; /* (nullable): receives text, which is then not drawn */
  gpointer              sink_data;
} PlotCanvas;

void plot_canvas_init (PlotCanvas *self, cairo_t *cr, const PlotTheme *theme);
void plot_canvas_clear (PlotCanvas *self);

/* Lengths at scale 1 to pixels: of gutters and text, of lines and markers. */
double plot_canvas_text_length (const PlotCanvas *self, double length);
double plot_canvas_line_length (const PlotCanvas *self, double length);

/* --- shapes ------------------------------------------------------------------- */

void plot_canvas_set_colour (PlotCanvas *self, PlotColour colour, double alpha);
/* One whole pixel wide, between pixels' borders. */
void plot_canvas_hline (PlotCanvas *self, double x0, double x1, double y);
void plot_canvas_vline (PlotCanvas *self, double x, double y0, double y1);
/* Fills the path of a marker with `colour` over a rim of `rim` pixels of background. */
void plot_canvas_marker (PlotCanvas *self,
                         PlotMarker  marker,
                         double      x,
                         double      y,
                         double      radius,
                         double      rim,
                         PlotColour  colour);
/* Covers what lies between two edges; phases are those of the origin, so that textures do
 * not crawl. */
void plot_canvas_texture (PlotCanvas        *self,
                          PlotTexture        texture,
                          const PlotStretch *stretch,
                          PlotColour         colour);
/* Light hatch: nothing is known there. */
void plot_canvas_hatch_unknown (PlotCanvas *self, const cairo_rectangle_t *area);

/* --- text --------------------------------------------------------------------- */

double plot_canvas_text_width (PlotCanvas *self, PlotFont font, const char *text);
/* Height of a line of text for spacing and collisions. */
double plot_canvas_text_height (PlotCanvas *self, PlotFont font);
/* `align`: 0 left, 0.5 centre, 1 right of x.  Digits are centred on y. */
void plot_canvas_text (PlotCanvas *self,
                       PlotFont    font,
                       const char *text,
                       PlotColour  colour,
                       double      x,
                       double      y,
                       double      align);
/* Returns: (transfer full): `text`, cut with an ellipsis to at most `width` pixels. */
char *plot_canvas_fit_text (PlotCanvas *self,
                            PlotFont    font,
                            const char *text,
                            double      width) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
