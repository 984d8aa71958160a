/* SPDX-License-Identifier: GPL-3.0-or-later
 * The tokens of the design language: one table of colours per theme. */
#include "config.h"

#include "plot-theme.h"

typedef struct
{
  gboolean   dark;
  PlotColour background, text, dim, tick, grid, axis, theory, error, hatch;
  PlotColour runs[PLOT_N_RUN_STYLES];
  struct
  {
    PlotColour fill, texture, line, on_fill;
  } bands[PLOT_N_BANDS];
} Tokens;

/* Order of `runs`: lazy, quadratic, joint, rich, spare, nearly lazy, nearly rich.
 * The contrast of each line colour with its background is at least 4.5:1. */
static const Tokens light = {
  .background = 0xffffff,
  .text = 0x2e2e33,
  .dim = 0x5a5a61,
  .tick = 0x55555b,
  .grid = 0xe6e6e9,
  .axis = 0x8c8c94,
  .theory = 0x6a6a70,
  .error = 0xc01c28,
  .hatch = 0xd4d4d9,
  .runs = { 0x005aa3, 0xb04e96, 0x2b2b30, 0xc44900, 0x00795a, 0x6a51a3, 0xa63a62 },
  .bands = { { 0x46526c, 0x46526c, 0x3f4a63, 0xffffff },
             { 0xf0b429, 0xb97d00, 0x9c6200, 0x1e1e1e },
             { 0x1aa899, 0x0c7f74, 0x007a6e, 0x062a26 },
             { 0xb8b39c, 0x8a8468, 0x67624a, 0x1e1e1e },
             { 0x8fb8dd, 0x8fb8dd, 0x005aa3, 0x1e1e1e },
             { 0xe3b5d6, 0xb04e96, 0xb04e96, 0x1e1e1e },
             { 0xd9d9dd, 0x8a8a92, 0x5a5a61, 0x1e1e1e } },
};

static const Tokens dark = {
  .dark = TRUE,
  .background = 0x1e1e1e,
  .text = 0xffffff,
  .dim = 0xb4b4ba,
  .tick = 0xbdbdc4,
  .grid = 0x333336,
  .axis = 0x74747c,
  .theory = 0xa2a2aa,
  .error = 0xff7b63,
  .hatch = 0x404044,
  .runs = { 0x4aa8ee, 0xe79fd0, 0xf4f4f4, 0xff8a47, 0x3fc79a, 0xab98ea, 0xf08ba4 },
  .bands = { { 0xa9b4cc, 0xa9b4cc, 0xcfd6e4, 0x1e1e1e },
             { 0xd99a1e, 0x8a5f08, 0xf0c04a, 0x1e1e1e },
             { 0x2aa899, 0x14766a, 0x35b8a8, 0x04211d },
             { 0x8d8868, 0x5d5942, 0xc6c09c, 0x1e1e1e },
             { 0x2d6ea3, 0x2d6ea3, 0x4aa8ee, 0xffffff },
             { 0x965a82, 0x6e4560, 0xe79fd0, 0xffffff },
             { 0x55555b, 0x3a3a3f, 0xb4b4ba, 0xffffff } },
};

static const Tokens contrast_light = {
  .background = 0xffffff,
  .text = 0x000000,
  .dim = 0x000000,
  .tick = 0x000000,
  .grid = 0xb8b8c0,
  .axis = 0x3d3d44,
  .theory = 0x3d3d44,
  .error = 0xc01c28,
  .hatch = 0xa8a8b0,
  .runs = { 0x003f7d, 0x7d2468, 0x000000, 0x8f3600, 0x004d39, 0x46307d, 0x7d1f44 },
  .bands = { { 0x1f2a40, 0x1f2a40, 0x1f2a40, 0xffffff },
             { 0x7a4d00, 0xc08a30, 0x7a4d00, 0xffffff },
             { 0x005a50, 0x3f9a8e, 0x005a50, 0xffffff },
             { 0x4c4834, 0x8d8868, 0x4c4834, 0xffffff },
             { 0x003f7d, 0x003f7d, 0x003f7d, 0xffffff },
             { 0x7d2468, 0xb96aa4, 0x7d2468, 0xffffff },
             { 0x4d4d55, 0x8a8a92, 0x4d4d55, 0xffffff } },
};

static const Tokens contrast_dark = {
  .dark = TRUE,
  .background = 0x1e1e1e,
  .text = 0xffffff,
  .dim = 0xffffff,
  .tick = 0xffffff,
  .grid = 0x5a5a60,
  .axis = 0xd6d6dc,
  .theory = 0xd6d6dc,
  .error = 0xff7b63,
  .hatch = 0x64646c,
  .runs = { 0x8fd0ff, 0xffc4ea, 0xffffff, 0xffb68a, 0x8fe8c4, 0xd3c6ff, 0xffbccd },
  .bands = { { 0xdfe5f2, 0xdfe5f2, 0xdfe5f2, 0x000000 },
             { 0xffd166, 0xa67c10, 0xffd166, 0x000000 },
             { 0x6be0d0, 0x1f8a7c, 0x6be0d0, 0x000000 },
             { 0xe0dab8, 0x8d8868, 0xe0dab8, 0x000000 },
             { 0x8fd0ff, 0x8fd0ff, 0x8fd0ff, 0x000000 },
             { 0xffc4ea, 0xb07a9c, 0xffc4ea, 0x000000 },
             { 0xdcdce2, 0x8a8a92, 0xdcdce2, 0x000000 } },
};

static const struct
{
  double     dash[PLOT_MAX_DASH];
  guint      n_dash;
  PlotMarker marker;
} run_shapes[PLOT_N_RUN_STYLES] = {
  [PLOT_RUN_LAZY] = { { 9, 4 }, 2, PLOT_MARKER_CIRCLE },
  [PLOT_RUN_QUADRATIC] = { { 9, 3, 2, 3 }, 4, PLOT_MARKER_TRIANGLE },
  [PLOT_RUN_JOINT] = { { 4, 3 }, 2, PLOT_MARKER_SQUARE },
  [PLOT_RUN_RICH] = { { 0 }, 0, PLOT_MARKER_DIAMOND },
  [PLOT_RUN_SPARE] = { { 2, 2 }, 2, PLOT_MARKER_PLUS },
  [PLOT_RUN_NEARLY_LAZY] = { { 6, 3 }, 2, PLOT_MARKER_TRIANGLE_DOWN },
  [PLOT_RUN_NEARLY_RICH] = { { 14, 3 }, 2, PLOT_MARKER_PENTAGON },
};

static const struct
{
  PlotTexture texture;
  PlotMarker  marker;
  double      tint;
} band_shapes[PLOT_N_BANDS] = {
  [PLOT_BAND_Q1] = { PLOT_TEXTURE_PLAIN, PLOT_MARKER_CIRCLE, 0.13 },
  [PLOT_BAND_Q2] = { PLOT_TEXTURE_HATCH, PLOT_MARKER_SQUARE, 0.18 },
  [PLOT_BAND_Q3] = { PLOT_TEXTURE_DOTS, PLOT_MARKER_TRIANGLE, 0.13 },
  [PLOT_BAND_BEYOND] = { PLOT_TEXTURE_CROSSES, PLOT_MARKER_TRIANGLE_DOWN, 0.18 },
  [PLOT_BAND_TERM_LINEAR] = { PLOT_TEXTURE_PLAIN, PLOT_MARKER_CIRCLE, 0.13 },
  [PLOT_BAND_TERM_QUADRATIC] = { PLOT_TEXTURE_HATCH, PLOT_MARKER_TRIANGLE, 0.18 },
  [PLOT_BAND_TERM_REST] = { PLOT_TEXTURE_DOTS, PLOT_MARKER_SQUARE, 0.13 },
};

/* No tint above this in print: it must survive a grey copier. */
#define PRINT_TINT 0.08
/* Points (1/72 inch) in pixels (1/96 inch). */
#define PT (96.0 / 72.0)

static const Tokens *
get_tokens (PlotThemeKind kind)
{
  switch (kind)
    {
    case PLOT_THEME_DARK:
      return &dark;
    case PLOT_THEME_CONTRAST_LIGHT:
      return &contrast_light;
    case PLOT_THEME_CONTRAST_DARK:
      return &contrast_dark;
    case PLOT_THEME_LIGHT:
    case PLOT_THEME_PRINT:
    case PLOT_THEME_PRESENTATION:
    default:
      return &light;
    }
}

static void
set_colours (PlotTheme *theme, const Tokens *tokens)
{
  theme->dark = tokens->dark;
  theme->background = tokens->background;
  theme->text = tokens->text;
  theme->dim = tokens->dim;
  theme->tick = tokens->tick;
  theme->grid = tokens->grid;
  theme->axis = tokens->axis;
  theme->theory = tokens->theory;
  theme->error = tokens->error;
  theme->hatch = tokens->hatch;
  for (guint i = 0; i < PLOT_N_RUN_STYLES; i++)
    {
      theme->runs[i].colour = tokens->runs[i];
      theme->runs[i].n_dash = run_shapes[i].n_dash;
      theme->runs[i].marker = run_shapes[i].marker;
      for (guint j = 0; j < PLOT_MAX_DASH; j++)
        theme->runs[i].dash[j] = run_shapes[i].dash[j];
    }
  for (guint i = 0; i < PLOT_N_BANDS; i++)
    {
      theme->bands[i].fill = tokens->bands[i].fill;
      theme->bands[i].texture_colour = tokens->bands[i].texture;
      theme->bands[i].line = tokens->bands[i].line;
      theme->bands[i].on_fill = tokens->bands[i].on_fill;
      theme->bands[i].texture = band_shapes[i].texture;
      theme->bands[i].marker = band_shapes[i].marker;
      theme->bands[i].tint = band_shapes[i].tint;
    }
}

static void
set_sizes (PlotTheme *theme)
{
  theme->line_scale = 1;
  theme->tick_size = 11.5;
  theme->label_size = 12;
  theme->title_size = 13.5;
  theme->test_width = 2.4;
  theme->train_width = 1.1;
  theme->stair_width = 1.6;
  theme->guide_width = 1.1;
  theme->marker_radius = 4;
  theme->train_radius = 2.3;
  theme->point_radius = 2.3;
}

static void
set_print (PlotTheme *theme)
{
  theme->text = theme->dim = theme->tick = 0x000000;
  theme->test_width = 1.4 * PT;
  theme->train_width = 0.7 * PT;
  for (guint i = 0; i < PLOT_N_BANDS; i++)
    theme->bands[i].tint = MIN (theme->bands[i].tint, PRINT_TINT);
}

/* For the last row of a lecture hall: sizes for a screen 1080 lines high. */
static void
set_presentation (PlotTheme *theme)
{
  theme->runs[PLOT_RUN_LAZY].colour = 0x004a8f;
  theme->runs[PLOT_RUN_QUADRATIC].colour = 0x7d2468;
  theme->runs[PLOT_RUN_JOINT].colour = 0x000000;
  theme->runs[PLOT_RUN_RICH].colour = 0x983900;
  theme->runs[PLOT_RUN_SPARE].colour = 0x005a43;
  theme->runs[PLOT_RUN_NEARLY_LAZY].colour = 0x54408a;
  theme->runs[PLOT_RUN_NEARLY_RICH].colour = 0x86284c;
  theme->text = theme->dim = theme->tick = theme->theory = 0x2e2e33;
  theme->line_scale = 1.8;
  theme->tick_size = 28;
  theme->label_size = 31;
  theme->title_size = 32;
  theme->test_width = 4.4 / theme->line_scale;
  theme->marker_radius = 9 / theme->line_scale;
  theme->plain_decades = TRUE;
}

void
plot_theme_init (PlotTheme    *theme,
                 PlotThemeKind kind,
                 double        text_scale,
                 const char   *family)
{
  *theme = (PlotTheme){ .kind = kind };
  set_colours (theme, get_tokens (kind));
  set_sizes (theme);
  theme->text_scale = text_scale > 0 ? text_scale : 1;
  g_strlcpy (theme->family, family != NULL ? family : "sans", sizeof theme->family);
  if (kind == PLOT_THEME_PRINT)
    set_print (theme);
  else if (kind == PLOT_THEME_PRESENTATION)
    set_presentation (theme);
}

const PlotRunLook *
plot_theme_get_run (const PlotTheme *self, PlotRunStyle style)
{
  return &self->runs[(guint) style < PLOT_N_RUN_STYLES ? style : PLOT_RUN_SPARE];
}

const PlotBandLook *
plot_theme_get_band (const PlotTheme *self, PlotBand band)
{
  return &self->bands[(guint) band < PLOT_N_BANDS ? band : PLOT_BAND_BEYOND];
}
