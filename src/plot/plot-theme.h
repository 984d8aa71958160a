/* SPDX-License-Identifier: GPL-3.0-or-later
 * The theme: every colour, dash, marker, texture, font size and line width of a plot.
 * One meaning per colour in the whole program; nothing is told by colour alone.
 *
 * PlotTheme is plain data: initialise it on the stack, copy it freely. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef guint32 PlotColour; /* 0xRRGGBB */

typedef enum
{
  PLOT_THEME_LIGHT,
  PLOT_THEME_DARK,
  PLOT_THEME_CONTRAST_LIGHT,
  PLOT_THEME_CONTRAST_DARK,
  PLOT_THEME_PRINT,        /* exports: light tokens, black text, thin lines */
  PLOT_THEME_PRESENTATION, /* projector: large text, thick lines, 7:1 */
} PlotThemeKind;

/* Slot of the palette: colour, dash and marker together. */
typedef enum
{
  PLOT_RUN_LAZY,
  PLOT_RUN_QUADRATIC,
  PLOT_RUN_JOINT,
  PLOT_RUN_RICH,
  PLOT_RUN_SPARE,       /* a second run when the slots above are taken */
  PLOT_RUN_NEARLY_LAZY, /* between lazy and rich: networks that differ in alpha */
  PLOT_RUN_NEARLY_RICH,
  PLOT_N_RUN_STYLES,
} PlotRunStyle;

typedef enum
{
  PLOT_BAND_Q1,
  PLOT_BAND_Q2,
  PLOT_BAND_Q3,
  PLOT_BAND_BEYOND,      /* Q2 and Q3 together, where the probes do not tell them apart */
  PLOT_BAND_TERM_LINEAR, /* Taylor terms: in the colours of who learns with them alone */
  PLOT_BAND_TERM_QUADRATIC,
  PLOT_BAND_TERM_REST,
  PLOT_N_BANDS,
} PlotBand;

typedef enum
{
  PLOT_MARKER_CIRCLE,
  PLOT_MARKER_TRIANGLE,
  PLOT_MARKER_SQUARE,
  PLOT_MARKER_DIAMOND,
  PLOT_MARKER_PLUS,
  PLOT_MARKER_TRIANGLE_DOWN,
  PLOT_MARKER_PENTAGON,
  PLOT_MARKER_CROSS, /* diverged, whatever the run */
} PlotMarker;

typedef enum
{
  PLOT_TEXTURE_PLAIN,
  PLOT_TEXTURE_HATCH,
  PLOT_TEXTURE_DOTS,
  PLOT_TEXTURE_CROSSES,
} PlotTexture;

#define PLOT_MAX_DASH 4

typedef struct
{
  PlotColour colour;
  double     dash[PLOT_MAX_DASH]; /* at line scale 1 */
  guint      n_dash;              /* 0: solid */
  PlotMarker marker;
} PlotRunLook;

typedef struct
{
  PlotColour  fill;
  PlotColour  texture_colour;
  PlotColour  line;    /* lines, markers and words: readable on the background */
  PlotColour  on_fill; /* words on the fill */
  PlotTexture texture;
  PlotMarker  marker;
  double      tint; /* opacity of the fill behind a spectrum */
} PlotBandLook;

typedef struct
{
  PlotThemeKind kind;
  gboolean      dark;
  PlotColour    background, text, dim, tick, grid, axis, theory, error, hatch;
  PlotRunLook   runs[PLOT_N_RUN_STYLES];
  PlotBandLook  bands[PLOT_N_BANDS];

  char   family[64]; /* font family */
  double text_scale; /* the user's text scale; gutters follow */
  double line_scale; /* of line widths, dashes and markers */

  /* Sizes at scale 1, in pixels of 1/96 inch. */
  double   tick_size, label_size, title_size;
  double   test_width, train_width, stair_width, guide_width;
  double   marker_radius, train_radius, point_radius;
  gboolean plain_decades; /* 0.01 rather than 10⁻² */
} PlotTheme;

/* Fills `theme`.  `family` NULL: "sans". `text_scale` is the user's, 1 normally. */
void plot_theme_init (PlotTheme    *theme,
                      PlotThemeKind kind,
                      double        text_scale,
                      const char   *family);

/* Colour, dash and marker of a run. Never NULL. */
const PlotRunLook  *plot_theme_get_run (const PlotTheme *self, PlotRunStyle style);
const PlotBandLook *plot_theme_get_band (const PlotTheme *self, PlotBand band);

G_END_DECLS
