/* SPDX-License-Identifier: GPL-3.0-or-later
 * Style sheets for a dark background and for high contrast. */
#include "config.h"

#include "esc-style.h"

static const struct
{
  const char *property; /* of the style manager, boolean */
  const char *resource;
} sheets[] = {
  { "dark", "/io/github/escapement_lab/Escapement/dark.css" },
  { "high-contrast", "/io/github/escapement_lab/Escapement/high-contrast.css" },
};

static void
follow_cb (GtkStyleProvider *provider, GParamSpec *property, GObject *manager)
{
  GdkDisplay *display = adw_style_manager_get_display (ADW_STYLE_MANAGER (manager));
  gboolean    applies;

  g_object_get (manager, property->name, &applies, NULL);
  if (applies)
    gtk_style_context_add_provider_for_display (display, provider,
                                                GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  else
    gtk_style_context_remove_provider_for_display (display, provider);
}

void
esc_style_follow (GdkDisplay *display)
{
  GObject *manager = G_OBJECT (adw_style_manager_get_for_display (display));

  for (gsize i = 0; i < G_N_ELEMENTS (sheets); i++)
    {
      g_autoptr (GtkCssProvider) provider = gtk_css_provider_new ();
      g_autofree char *notify = g_strconcat ("notify::", sheets[i].property, NULL);
      GParamSpec *property = g_object_class_find_property (G_OBJECT_GET_CLASS (manager),
                                                           sheets[i].property);

      gtk_css_provider_load_from_resource (provider, sheets[i].resource);
      follow_cb (GTK_STYLE_PROVIDER (provider), property, manager);
      /* The manager of a display lives as long as the program. */
      g_signal_connect_data (
          manager, notify, G_CALLBACK (follow_cb), g_steal_pointer (&provider),
          (GClosureNotify) G_CALLBACK (g_object_unref), G_CONNECT_SWAPPED);
    }
}
