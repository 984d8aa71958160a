/* SPDX-License-Identifier: GPL-3.0-or-later
 * Developer's tool: draws every plot of every case to PNG files, all plots on a sheet, so
 * that a person can look at them.  Usage: render-samples FOLDER. */
#include "plot-fixture.h"
#include "plot-painter.h"

#include <glib/gstdio.h>

#define COLUMNS 2
#define N_ROWS  3

typedef struct
{
  const char   *name;
  PlotThemeKind kind;
  double        width, height, device_scale;
  gboolean      linear;
  double        text_scale; /* 0: 1 */
} Sheet;

static const Sheet sheets[] = {
  { "card-light", PLOT_THEME_LIGHT, 474, 258, 1 },
  { "card-dark", PLOT_THEME_DARK, 474, 258, 1 },
  { "linear", PLOT_THEME_LIGHT, 474, 258, 1, TRUE },
  { "sharp", PLOT_THEME_LIGHT, 474, 258, 2 },
  { "big-text", PLOT_THEME_LIGHT, 474, 258, 1, FALSE, 1.5 },
  { "narrow", PLOT_THEME_LIGHT, 360, 210, 1 },
  { "contrast", PLOT_THEME_CONTRAST_LIGHT, 474, 258, 1 },
  { "contrast-dark", PLOT_THEME_CONTRAST_DARK, 474, 258, 1 },
  { "print", PLOT_THEME_PRINT, 474, 258, 1 },
  { "large", PLOT_THEME_LIGHT, 960, 540, 1 },
  { "large-dark", PLOT_THEME_DARK, 960, 540, 1 },
  { "presentation", PLOT_THEME_PRESENTATION, 960, 760, 1 },
};

static void
render (const Sheet *sheet, PlotCase which, const char *folder)
{
  g_autoptr (EngSnapshot) snapshot = plot_fixture_new (which);
  g_autofree char        *name = g_strdup_printf ("%s-%s.png", sheet->name,
                                                  plot_case_get_name (which));
  g_autofree char        *path = g_build_filename (folder, name, NULL);
  const PlotClass *const *classes = plot_get_classes ();
  cairo_surface_t        *surface;
  cairo_t                *cr;
  PlotTheme               theme;
  double                  s = sheet->device_scale;
  PlotOptions             options = { .x_linear = sheet->linear,
                                      .y_linear = sheet->linear,
                                      .measure = sheet->linear };

  plot_theme_init (&theme, sheet->kind, sheet->text_scale, NULL);
  surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24,
                                        (int) (COLUMNS * sheet->width * s),
                                        (int) (N_ROWS * sheet->height * s));
  cairo_surface_set_device_scale (surface, s, s);
  cr = cairo_create (surface);
  for (guint i = 0; classes[i] != NULL; i++)
    {
      g_autoptr (PlotFrame) frame = plot_project (classes[i], snapshot, &options);
      gint64                start = g_get_monotonic_time ();

      cairo_save (cr);
      cairo_translate (cr, (i % COLUMNS) * sheet->width, (i / COLUMNS) * sheet->height);
      plot_painter_paint (frame, &theme, NULL, cr, sheet->width, sheet->height);
      cairo_restore (cr);
      g_print ("%-24s %-10s %6.2f ms  %s\n", name, classes[i]->id,
               (double) (g_get_monotonic_time () - start) / 1000, frame->summary);
    }
  cairo_surface_write_to_png (surface, path);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

int
main (int argc, char **argv)
{
  if (argc < 2)
    return 2;
  g_mkdir_with_parents (argv[1], 0755);
  for (guint i = 0; i < G_N_ELEMENTS (sheets); i++)
    for (guint which = 0; which < PLOT_N_CASES; which++)
      render (&sheets[i], (PlotCase) which, argv[1]);
  return 0;
}
