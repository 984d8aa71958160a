/* SPDX-License-Identifier: GPL-3.0-or-later
 * The choosers of files, used as a person uses them: the real dialogs of the toolkit are
 * given a file and their button is pressed. */
#include "config.h"

#include "app-fixture.h"
#include "eng-run-folder.h"
#include "esc-data-dialog-private.h"
#include "esc-export-dialog.h"
#include "folder.h"

#include <string.h>

static char *folder;

static GFile *
get_file (const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  return g_file_new_for_path (path);
}

/* --- the dialog ------------------------------------------------------------------ */

static GtkWidget *
find_toplevel (GType type)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l != NULL; l = l->next)
    if (g_type_is_a (G_OBJECT_TYPE (l->data), type) && gtk_widget_get_visible (l->data))
      return l->data;
  return NULL;
}

static gboolean
has_toplevel (gpointer type)
{
  return find_toplevel (GPOINTER_TO_SIZE (type)) != NULL;
}

static gboolean
has_chooser (gpointer data)
{
  return find_toplevel (GTK_TYPE_FILE_CHOOSER_DIALOG) != NULL;
}

static gboolean
has_no_chooser (gpointer data)
{
  return !has_chooser (data);
}

/* The dialog reads the folder it begins with first, and forgets what it was told before:
 * told until it has it. */
static gboolean
is_chosen (gpointer file)
{
  GtkFileChooser *chooser = GTK_FILE_CHOOSER (
      find_toplevel (GTK_TYPE_FILE_CHOOSER_DIALOG));
  g_autoptr (GFile) chosen = gtk_file_chooser_get_file (chooser);

  if (chosen != NULL && g_file_equal (chosen, file))
    return TRUE;
  /* As if the path were typed. */
  if (gtk_file_chooser_get_action (chooser) == GTK_FILE_CHOOSER_ACTION_SAVE)
    gtk_file_chooser_set_current_name (chooser, g_file_peek_path (file));
  else
    g_assert_true (gtk_file_chooser_set_file (chooser, file, NULL));
  app_pump (200);
  return FALSE;
}

/* The dialog takes no answer while it reads the folder: pressed until it does. */
static gboolean
accepts (gpointer data)
{
  GtkWidget *dialog = find_toplevel (GTK_TYPE_FILE_CHOOSER_DIALOG);

  if (dialog != NULL)
    gtk_dialog_response (GTK_DIALOG (dialog), GTK_RESPONSE_ACCEPT);
  return !has_chooser (data);
}

static void
choose (GFile *file)
{
  g_assert_true (app_wait (has_chooser, NULL));
  g_assert_true (app_wait (is_chosen, file));
  g_assert_true (app_wait (accepts, NULL));
}

static void
cancel (void)
{
  g_assert_true (app_wait (has_chooser, NULL));
  gtk_dialog_response (GTK_DIALOG (find_toplevel (GTK_TYPE_FILE_CHOOSER_DIALOG)),
                       GTK_RESPONSE_CANCEL);
  g_assert_true (app_wait (has_no_chooser, NULL));
}

/* --- experiments ----------------------------------------------------------------- */

static gboolean
has_file (gpointer window)
{
  return esc_document_get_file (ESC_WINDOW (window)->document) != NULL
         && !esc_document_get_modified (ESC_WINDOW (window)->document);
}

/* Saved where it was chosen, with the suggested name; then opened from there. */
static void
test_save_and_open (void)
{
  EscWindow          *window = app_open_window (APP_SMALL);
  g_autoptr (GFile)   file = get_file ("saved.escapement");
  g_autoptr (EngSpec) read = NULL;
  g_autofree char    *suggested = NULL;

  app_type (window, "problem", "n", "70");
  gtk_widget_activate_action (GTK_WIDGET (window), "win.save", NULL);
  g_assert_true (app_wait (has_chooser, NULL));
  suggested = gtk_file_chooser_get_current_name (
      GTK_FILE_CHOOSER (find_toplevel (GTK_TYPE_FILE_CHOOSER_DIALOG)));
  g_assert_cmpstr (suggested, ==, "small.escapement");
  cancel ();
  g_assert_true (esc_document_get_modified (window->document));
  gtk_widget_activate_action (GTK_WIDGET (window), "win.save", NULL);
  choose (file);
  g_assert_true (app_wait (has_file, window));
  g_assert_cmpstr (g_file_peek_path (esc_document_get_file (window->document)), ==,
                   g_file_peek_path (file));
  read = eng_spec_load (file, NULL);
  g_assert_true (eng_spec_equal (read, esc_document_get_spec (window->document)));

  gtk_widget_activate_action (GTK_WIDGET (window), "win.new", NULL);
  g_assert_false (has_file (window));
  gtk_widget_activate_action (GTK_WIDGET (window), "win.open", NULL);
  cancel ();
  g_assert_false (has_file (window));
  gtk_widget_activate_action (GTK_WIDGET (window), "win.open", NULL);
  choose (file);
  g_assert_true (app_wait (has_file, window));
  g_assert_true (eng_spec_equal (read, esc_document_get_spec (window->document)));
  app_close_window (window);
}

/* A table chosen there is the data of the experiment, as if it had been dropped. */
static void
test_open_table (void)
{
  EscWindow        *window = app_open_window (APP_SMALL);
  g_autoptr (GFile) file = get_file ("own.csv");

  g_assert_true (
      g_file_set_contents (g_file_peek_path (file), "x,y\n1,2\n3,4\n5,6\n", -1, NULL));
  gtk_widget_activate_action (GTK_WIDGET (window), "win.open", NULL);
  choose (file);
  g_assert_true (app_wait (has_toplevel, GSIZE_TO_POINTER (ESC_TYPE_DATA_DIALOG)));
  gtk_window_close (GTK_WINDOW (find_toplevel (ESC_TYPE_DATA_DIALOG)));
  app_close_window (window);
}

/* --- exports --------------------------------------------------------------------- */

static gboolean
exists (gpointer file)
{
  return g_file_query_exists (file, NULL);
}

/* From the menu's entry to the file, without a shortcut. */
static void
test_export (void)
{
  EscWindow              *window = app_open_window (APP_SMALL);
  g_autoptr (GFile)       file = get_file ("figure.svg"), written = get_file ("small");
  g_autoptr (GFile)       parent = g_file_new_for_path (folder), last = NULL;
  g_autoptr (EngSpec)     read = NULL;
  g_autoptr (EngSnapshot) folder_read = NULL;
  GtkWidget              *dialog;

  gtk_widget_activate_action (GTK_WIDGET (window), "win.export", "s", "loss");
  g_assert_true (app_wait (has_toplevel, GSIZE_TO_POINTER (ESC_TYPE_EXPORT_DIALOG)));
  dialog = find_toplevel (ESC_TYPE_EXPORT_DIALOG);
  app_click (
      gtk_widget_get_template_child (dialog, ESC_TYPE_EXPORT_DIALOG, "export_button"));
  choose (file);
  g_assert_true (app_wait (exists, file));
  read = eng_spec_load (file, NULL);
  g_assert_true (eng_spec_equal (read, esc_document_get_spec (window->document)));

  gtk_widget_activate_action (GTK_WIDGET (window), "win.export-folder", NULL);
  choose (parent);
  last = g_file_get_child (written, "neurons.svg");
  g_assert_true (app_wait (exists, last));
  folder_read = eng_run_folder_load (written, NULL);
  g_assert_nonnull (folder_read);
  app_close_window (window);
}

/* The toolkit's chooser draws its row of folders before they have a place, now and then. */
static gboolean
is_fatal (const char *domain, GLogLevelFlags level, const char *message, gpointer data)
{
  return strstr (message, "without a current allocation") == NULL;
}

int
main (int argc, char *argv[])
{
  int status;

  app_test_init (&argc, &argv);
  g_test_log_set_fatal_handler (is_fatal, NULL);
  folder = g_dir_make_tmp ("escapement-XXXXXX", NULL);
  g_test_add_func ("/app/chooser/save-and-open", test_save_and_open);
  g_test_add_func ("/app/chooser/open-table", test_open_table);
  g_test_add_func ("/app/chooser/export", test_export);
  status = g_test_run ();
  folder_remove (folder);
  g_free (folder);
  return status;
}
