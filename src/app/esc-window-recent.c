/* SPDX-License-Identifier: GPL-3.0-or-later
 * The experiments opened and saved last, in the menu. */
#include "config.h"

#include "esc-window-private.h"

#include <glib/gi18n.h>

#define MIME_TYPE "application/x-escapement"
#define MAX_ITEMS 8
/* Names this program in the desktop's list of recent files. */
#define PROGRAM "Escapement"

void
esc_window_remember_file (GFile *file)
{
  g_autofree char *uri = g_file_get_uri (file);
  GtkRecentData    data = {
       .mime_type = (char *) MIME_TYPE,
       .app_name = (char *) PROGRAM,
       .app_exec = (char *) "escapement %u",
  };

  gtk_recent_manager_add_full (gtk_recent_manager_get_default (), uri, &data);
}

void
esc_window_forget_file (GFile *file)
{
  g_autofree char *uri = g_file_get_uri (file);

  /* It need not have been in the list. */
  gtk_recent_manager_remove_item (gtk_recent_manager_get_default (), uri, NULL);
}

static int
compare_newest_first (gconstpointer a, gconstpointer b)
{
  return g_date_time_compare (gtk_recent_info_get_modified ((GtkRecentInfo *) b),
                              gtk_recent_info_get_modified ((GtkRecentInfo *) a));
}

static void
append_item (GMenu *menu, GtkRecentInfo *info)
{
  /* An underscore would be taken for a mnemonic. */
  g_auto (GStrv)   parts = g_strsplit (gtk_recent_info_get_display_name (info), "_", -1);
  g_autofree char *label = g_strjoinv ("__", parts);
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, "win.open-recent", "s",
                                     gtk_recent_info_get_uri (info));
  g_menu_append_item (menu, item);
}

static GMenu *
make_menu (GtkRecentManager *manager)
{
  GMenu *menu = g_menu_new ();
  GList *items = g_list_sort (gtk_recent_manager_get_items (manager),
                              compare_newest_first);
  guint  n = 0;

  for (GList *l = items; l != NULL && n < MAX_ITEMS; l = l->next)
    if (gtk_recent_info_has_application (l->data, PROGRAM))
      {
        append_item (menu, l->data);
        n++;
      }
  g_list_free_full (items, (GDestroyNotify) gtk_recent_info_unref);
  return menu;
}

/* The last item of its section, and there only if it holds something. */
static void
update_cb (EscWindow *self, GtkRecentManager *manager)
{
  g_autoptr (GMenu)      menu = make_menu (manager);
  GMenuModel            *section = G_MENU_MODEL (self->open_section);
  int                    last = g_menu_model_get_n_items (section) - 1;
  g_autoptr (GMenuModel) old = g_menu_model_get_item_link (section, last,
                                                           G_MENU_LINK_SUBMENU);

  if (old != NULL)
    g_menu_remove (self->open_section, last);
  if (g_menu_model_get_n_items (G_MENU_MODEL (menu)) > 0)
    g_menu_append_submenu (self->open_section, _ ("Open _Recent"), G_MENU_MODEL (menu));
}

void
esc_window_add_recent_menu (EscWindow *self)
{
  GtkRecentManager *manager = gtk_recent_manager_get_default ();

  g_signal_connect_object (manager, "changed", G_CALLBACK (update_cb), self,
                           G_CONNECT_SWAPPED);
  update_cb (self, manager);
}
