/* SPDX-License-Identifier: GPL-3.0-or-later
 * Style sheets for a dark background and for high contrast. */
#include "config.h"

#include "esc-style.h"

typedef struct
{
  const char     *property; /* of the style manager, boolean */
  const char     *resource;
  guint           priority;
  GtkCssProvider *provider; /* owned; for as long as the program runs */
} Sheet;

/* High contrast has the last word, in whatever order the two are switched on. */
static Sheet sheets[] = {
  { "dark", "/io/github/escapement_lab/Escapement/dark.css",
    GTK_STYLE_PROVIDER_PRIORITY_APPLICATION, NULL },
  { "high-contrast", "/io/github/escapement_lab/Escapement/high-contrast.css",
    GTK_STYLE_PROVIDER_PRIORITY_APPLICATION + 1, NULL },
};

static void
follow_cb (Sheet *sheet, GParamSpec *property, AdwStyleManager *manager)
{
  GdkDisplay       *display = adw_style_manager_get_display (manager);
  GtkStyleProvider *provider = GTK_STYLE_PROVIDER (sheet->provider);
  gboolean          applies;

  g_object_get (manager, sheet->property, &applies, NULL);
  if (applies)
    gtk_style_context_add_provider_for_display (display, provider, sheet->priority);
  else
    gtk_style_context_remove_provider_for_display (display, provider);
}

void
esc_style_follow (GdkDisplay *display)
{
  AdwStyleManager *manager = adw_style_manager_get_for_display (display);

  for (gsize i = 0; i < G_N_ELEMENTS (sheets); i++)
    {
      g_autofree char *notify = g_strconcat ("notify::", sheets[i].property, NULL);

      sheets[i].provider = gtk_css_provider_new ();
      gtk_css_provider_load_from_resource (sheets[i].provider, sheets[i].resource);
      follow_cb (&sheets[i], NULL, manager);
      g_signal_connect_swapped (manager, notify, G_CALLBACK (follow_cb), &sheets[i]);
    }
}
