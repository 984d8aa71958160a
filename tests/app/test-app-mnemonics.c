/* SPDX-License-Identifier: GPL-3.0-or-later
 * Letters that press buttons and choose items: every button with words has one outside the
 * side pane, every item of a menu that is not named by data; and no letter does two things
 * in one place. */
#include "config.h"

#include "app-fixture.h"
#include "esc-compat.h"
#include "esc-data-dialog-private.h"
#include "esc-export-dialog.h"

#include <glib/gstdio.h>

/* --- one place --------------------------------------------------------------------------- */

typedef struct
{
  GHashTable *letters; /* (element-type guint utf8): of which words */
  GtkWidget  *exempt;  /* (nullable): rows of settings are too many for letters */
  guint       n_letters, n_problems;
} Place;

static void
check_label (Place *place, GtkLabel *label)
{
  guint       letter = gtk_label_get_mnemonic_keyval (label);
  const char *other = g_hash_table_lookup (place->letters, GUINT_TO_POINTER (letter));
  GtkWidget  *button = gtk_widget_get_ancestor (GTK_WIDGET (label), GTK_TYPE_BUTTON);

  if (letter == GDK_KEY_VoidSymbol)
    {
      if (button == NULL || *gtk_label_get_text (label) == '\0'
          || (place->exempt != NULL && gtk_widget_is_ancestor (button, place->exempt)))
        return;
      g_test_message ("no letter: %s", gtk_label_get_text (label));
      place->n_problems++;
      return;
    }
  place->n_letters++;
  if (other != NULL)
    {
      g_test_message ("%c: %s, %s", (char) letter, other, gtk_label_get_text (label));
      place->n_problems++;
    }
  g_hash_table_insert (place->letters, GUINT_TO_POINTER (letter),
                       (gpointer) gtk_label_get_text (label));
}

static void
check_below (Place *place, GtkWidget *widget)
{
  if (!gtk_widget_get_mapped (widget))
    return;
  if (GTK_IS_LABEL (widget))
    check_label (place, GTK_LABEL (widget));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (!GTK_IS_POPOVER (child))
      check_below (place, child);
}

static void
check_place (GtkWidget *root, GtkWidget *exempt, guint least)
{
  g_autoptr (GHashTable) letters = g_hash_table_new (NULL, NULL);
  Place                  place = { letters, exempt, 0, 0 };

  check_below (&place, root);
  g_assert_cmpuint (place.n_problems, ==, 0);
  g_assert_cmpuint (place.n_letters, >=, least);
}

/* --- places ------------------------------------------------------------------------------ */

/* With every message that there can be, all at once. */
static void
test_window (void)
{
  EscWindow *window = app_open_window (APP_SMALL);

  esc_banner_show (window->recovery_banner, "Recovery", NULL);
  esc_banner_show (window->file_banner, "File", NULL);
  esc_banner_show (window->engine_banner, "Engine", NULL);
  esc_banner_show (window->divergence_banner, "Divergence", NULL);
  app_pump (300);
  check_place (GTK_WIDGET (window), GTK_WIDGET (window->split), 2);
  check_place (GTK_WIDGET (window), gtk_widget_get_parent (GTK_WIDGET (window->editor)),
               6);
  gtk_window_set_default_size (GTK_WINDOW (window), 1024, 640);
  app_pump (500);
  check_place (GTK_WIDGET (window), gtk_widget_get_parent (GTK_WIDGET (window->editor)),
               5);
  gtk_window_set_default_size (GTK_WINDOW (window), 1280, 800);
  app_pump (300);
  app_close_window (window);
}

/* --- menus ------------------------------------------------------------------------------- */

static gunichar
get_letter (const char *label)
{
  for (const char *at = label; *at != '\0'; at++)
    if (*at == '_' && *++at != '_')
      return g_unichar_tolower (g_utf8_get_char (at));
  return 0;
}

/* Sections of a menu are one place, submenus others. */
static void
check_items (GMenuModel *menu, GHashTable *letters, guint *n)
{
  for (int i = 0; i < g_menu_model_get_n_items (menu); i++)
    {
      g_autoptr (GMenuModel) section = g_menu_model_get_item_link (menu, i,
                                                                   G_MENU_LINK_SECTION);
      g_autofree char       *label = NULL;
      gunichar               letter;

      if (section != NULL)
        check_items (section, letters, n);
      if (!g_menu_model_get_item_attribute (menu, i, G_MENU_ATTRIBUTE_LABEL, "s", &label))
        continue;
      (*n)++;
      letter = get_letter (label);
      if (letter != 0 && !g_hash_table_add (letters, GUINT_TO_POINTER (letter)))
        g_error ("two items with the letter of “%s”", label);
    }
}

static void
check_menu (GtkMenuButton *button, guint least)
{
  g_autoptr (GHashTable) letters = g_hash_table_new (NULL, NULL);
  guint                  n = 0;

  check_items (gtk_menu_button_get_menu_model (button), letters, &n);
  g_assert_cmpuint (n, >=, least);
  g_assert_cmpuint (g_hash_table_size (letters), >=, least);
}

static GtkMenuButton *
find_menu_button (GtkWidget *widget)
{
  if (GTK_IS_MENU_BUTTON (widget))
    return GTK_MENU_BUTTON (widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkMenuButton *found = find_menu_button (child);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
test_menus (void)
{
  EscWindow            *window = app_open_window (APP_SMALL);
  g_autoptr (GPtrArray) cards = esc_window_get_cards (window);

  check_menu (window->menu_button, 11);
  for (guint i = 0; i < cards->len; i++)
    check_menu (find_menu_button (g_ptr_array_index (cards, i)), 6);
  app_close_window (window);
}

/* --- dialogs ----------------------------------------------------------------------------- */

static void
test_export (void)
{
  static const char *const titles[] = { "Loss", NULL };
  EscWindow               *window = app_open_window (APP_SMALL);
  EscExportDialog *dialog = esc_export_dialog_new (GTK_WINDOW (window), titles, 0);

  gtk_window_present (GTK_WINDOW (dialog));
  app_pump (300);
  check_place (GTK_WIDGET (dialog), NULL, 6);
  gtk_window_destroy (GTK_WINDOW (dialog));
  app_close_window (window);
}

static gboolean
is_read (gpointer dialog)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (ESC_DATA_DIALOG (dialog)->stack),
                    "table")
         == 0;
}

static void
test_data (void)
{
  EscWindow          *window = app_open_window (APP_SMALL);
  g_autofree char    *folder = g_dir_make_tmp ("escapement-test-XXXXXX", NULL);
  g_autofree char    *path = g_build_filename (folder, "own.csv", NULL);
  g_autoptr (GFile)   file = g_file_new_for_path (path);
  g_autoptr (GString) table = g_string_new ("x,y,z\n");
  GtkWidget          *dialog;

  for (int i = 0; i < 60; i++)
    g_string_append_printf (table, "%d,%d,%d\n", i % 7, i % 5, i % 3);
  g_assert_true (g_file_set_contents (path, table->str, -1, NULL));
  dialog = esc_data_dialog_new (GTK_WINDOW (window), file, NULL, TRUE);
  gtk_window_present (GTK_WINDOW (dialog));
  g_assert_true (app_wait (is_read, dialog));
  app_pump (300);
  check_place (dialog, NULL, 4);
  esc_data_dialog_refuse (ESC_DATA_DIALOG (dialog), "Why");
  app_pump (300);
  check_place (dialog, NULL, 3);
  gtk_window_destroy (GTK_WINDOW (dialog));
  app_close_window (window);
  g_unlink (path);
  g_rmdir (folder);
}

static void
answered_cb (EscAnswer answer, gpointer data)
{
}

static void
test_question (void)
{
  EscWindow *window = app_open_window (APP_SMALL);

  esc_compat_ask_save (GTK_WINDOW (window), "Small", answered_cb, NULL);
  app_pump (300);
  check_place (app_find_question (), NULL, 3);
  app_answer ("cancel");
  app_close_window (window);
}

int
main (int argc, char *argv[])
{
  app_test_init (&argc, &argv);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  g_test_add_func ("/app/mnemonics/window", test_window);
  g_test_add_func ("/app/mnemonics/menus", test_menus);
  g_test_add_func ("/app/mnemonics/export", test_export);
  g_test_add_func ("/app/mnemonics/data", test_data);
  g_test_add_func ("/app/mnemonics/question", test_question);
  return g_test_run ();
}
