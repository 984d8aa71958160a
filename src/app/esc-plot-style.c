/* SPDX-License-Identifier: GPL-3.0-or-later
 * The PlotTheme that fits the desktop now. */
#include "config.h"

#include "esc-plot-style.h"

#include <adwaita.h>

struct _EscPlotStyle
{
  GObject parent_instance;

  PlotTheme theme;
};

G_DEFINE_FINAL_TYPE (EscPlotStyle, esc_plot_style, G_TYPE_OBJECT)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

static PlotThemeKind
get_kind (void)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();
  gboolean         dark = adw_style_manager_get_dark (manager);

  if (adw_style_manager_get_high_contrast (manager))
    return dark ? PLOT_THEME_CONTRAST_DARK : PLOT_THEME_CONTRAST_LIGHT;
  return dark ? PLOT_THEME_DARK : PLOT_THEME_LIGHT;
}

static void
update_theme (EscPlotStyle *self)
{
  GtkSettings          *settings = gtk_settings_get_default ();
  g_autofree char      *font = NULL;
  PangoFontDescription *description;
  int                   dpi = -1;
  double                text_scale;

  g_object_get (settings, "gtk-font-name", &font, "gtk-xft-dpi", &dpi, NULL);
  /* In 1/1024 of a dot per inch; 96 is scale 1. */
  text_scale = dpi > 0 ? dpi / (96.0 * 1024.0) : 1.0;
  description = pango_font_description_from_string (font == NULL ? "Sans" : font);
  plot_theme_init (&self->theme, get_kind (), text_scale,
                   pango_font_description_get_family (description));
  pango_font_description_free (description);
}

static void
changed_cb (EscPlotStyle *self)
{
  update_theme (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
esc_plot_style_class_init (EscPlotStyleClass *klass)
{
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", ESC_TYPE_PLOT_STYLE,
                                          G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 0);
}

static void
esc_plot_style_init (EscPlotStyle *self)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();
  GtkSettings     *settings = gtk_settings_get_default ();

  g_signal_connect_object (manager, "notify::dark", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (manager, "notify::high-contrast", G_CALLBACK (changed_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (settings, "notify::gtk-font-name", G_CALLBACK (changed_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (settings, "notify::gtk-xft-dpi", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
  update_theme (self);
}

EscPlotStyle *
esc_plot_style_get_default (void)
{
  static EscPlotStyle *instance;

  if (instance == NULL)
    instance = g_object_new (ESC_TYPE_PLOT_STYLE, NULL);
  return instance;
}

const PlotTheme *
esc_plot_style_get_theme (EscPlotStyle *self)
{
  g_return_val_if_fail (ESC_IS_PLOT_STYLE (self), NULL);
  return &self->theme;
}
