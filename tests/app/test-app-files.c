/* SPDX-License-Identifier: GPL-3.0-or-later
 * Files: opening, saving, what cannot be read or written, and unsaved changes. */
#include "config.h"

#include "app-fixture.h"
#include "folder.h"

#include <glib/gstdio.h>
#include <string.h>

static char *folder;

static GFile *
make_file (const char *name, const char *content, gssize length)
{
  g_autofree char   *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, content, length, &error);
  g_assert_no_error (error);
  return g_file_new_for_path (path);
}

static gboolean
shows_file_error (gpointer window)
{
  return esc_banner_get_revealed (ESC_WINDOW (window)->file_banner);
}

static gboolean
has_file (gpointer window)
{
  return esc_document_get_file (ESC_WINDOW (window)->document) != NULL
         && !esc_document_get_modified (ESC_WINDOW (window)->document);
}

/* What is no experiment is named in a banner; the present one stays. */
static void
test_broken (void)
{
  static const struct
  {
    const char *content;
    gssize      length;
  } cases[] = {
    { "", 0 },
    { "garbage[", -1 },
    { "[experiment]\nversion=99\ntitle=Later\n", -1 },
    { "[experiment]\nversion=1\ntitle=Cut\n[problem]\nkin", -1 },
    { "\x7f"
      "ELF\0\1\2\3",
      8 },
    { "[experiment]\nversion=1\n[problem]\nkind=low-rank-polynomial\nd=-3\n"
      "[run.1]\nlearner=lazy\n",
      -1 },
  };
  EscWindow *window = app_open_window (APP_SMALL);
  EngSpec   *spec = esc_document_get_spec (window->document);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GFile) file = make_file ("broken.escapement", cases[i].content,
                                          cases[i].length);

      esc_banner_hide (window->file_banner);
      esc_window_open (window, file);
      g_assert_true (app_wait (shows_file_error, window));
      g_assert_true (esc_document_get_spec (window->document) == spec);
    }
  app_close_window (window);
}

static void
test_missing (void)
{
  EscWindow        *window = app_open_window (APP_SMALL);
  g_autoptr (GFile) file = g_file_new_for_path ("/no/such/file.escapement");

  esc_window_open (window, file);
  g_assert_true (app_wait (shows_file_error, window));
  app_close_window (window);
}

/* Opened, changed, saved, opened again: the same. */
static void
test_round_trip (void)
{
  EscWindow          *window = app_open_window (APP_SMALL);
  g_autoptr (GFile)   file = make_file ("round.escapement", APP_SMALL, -1);
  g_autoptr (EngSpec) saved = NULL, read = NULL;
  g_autoptr (GError)  error = NULL;

  esc_window_open (window, file);
  g_assert_true (app_wait (has_file, window));
  app_pump (50);
  app_type (window, "problem", "n", "1.2 d^1.5");
  g_assert_true (esc_document_get_modified (window->document));
  g_assert_nonnull (strstr (adw_window_title_get_title (window->title), "•"));
  gtk_widget_activate_action (GTK_WIDGET (window), "win.save", NULL);
  g_assert_true (app_wait (has_file, window));
  saved = eng_spec_ref (esc_document_get_spec (window->document));
  read = eng_spec_load (file, &error);
  g_assert_no_error (error);
  g_assert_true (eng_spec_equal (saved, read));
  g_assert_cmpstr (eng_settings_get_written (eng_spec_get_problem (read), "n"), ==,
                   "1.2 d^1.5");
  app_close_window (window);
}

/* A folder that takes no file: said so, and the changes stay. */
static void
test_read_only (void)
{
  EscWindow          *window = app_open_window (APP_SMALL);
  g_autoptr (GFile)   file = g_file_new_for_path ("/proc/escapement/x.escapement");
  g_autoptr (EngSpec) spec = app_parse (APP_SMALL);

  esc_document_load (window->document, spec, file, NULL);
  app_pump (50);
  app_type (window, "problem", "n", "61");
  gtk_widget_activate_action (GTK_WIDGET (window), "win.save", NULL);
  g_assert_true (app_wait (shows_file_error, window));
  g_assert_true (esc_document_get_modified (window->document));
  app_close_window (window);
}

static gboolean
is_gone (gpointer data)
{
  return *(gpointer *) data == NULL;
}

/* Closing asks; cancelling keeps the window, discarding lets it go. */
static void
test_close_guarded (void)
{
  EscWindow *window = app_open_window (APP_SMALL);
  gpointer   pointer = window;

  app_type (window, "problem", "n", "61");
  gtk_window_close (GTK_WINDOW (window));
  app_answer ("cancel");
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (window)));
  g_assert_true (esc_document_get_modified (window->document));
  g_object_add_weak_pointer (G_OBJECT (window), &pointer);
  gtk_window_close (GTK_WINDOW (window));
  app_answer ("discard");
  g_assert_true (app_wait (is_gone, &pointer));
}

/* Saving from the question writes the file first, then closes. */
static void
test_close_saves (void)
{
  EscWindow          *window = app_open_window (APP_SMALL);
  g_autoptr (GFile)   file = make_file ("close.escapement", APP_SMALL, -1);
  g_autoptr (EngSpec) read = NULL;
  gpointer            pointer = window;

  esc_window_open (window, file);
  g_assert_true (app_wait (has_file, window));
  app_pump (50);
  app_type (window, "problem", "n", "77");
  g_object_add_weak_pointer (G_OBJECT (window), &pointer);
  gtk_window_close (GTK_WINDOW (window));
  app_answer ("save");
  g_assert_true (app_wait (is_gone, &pointer));
  read = eng_spec_load (file, NULL);
  g_assert_cmpint (eng_settings_get_int (eng_spec_get_problem (read), "n"), ==, 77);
}

static gboolean
is_saved_as_77 (gpointer window)
{
  EngSpec *saved = esc_document_get_saved (ESC_WINDOW (window)->document);

  return eng_settings_get_int (eng_spec_get_problem (saved), "n") == 77;
}

/* A file that is still being written when the question comes is not the answer to it. */
static void
test_close_while_saving (void)
{
  EscWindow        *window = app_open_window (APP_SMALL);
  g_autoptr (GFile) file = make_file ("busy.escapement", APP_SMALL, -1);

  esc_window_open (window, file);
  g_assert_true (app_wait (has_file, window));
  app_pump (50);
  app_type (window, "problem", "n", "77");
  gtk_widget_activate_action (GTK_WIDGET (window), "win.save", NULL);
  app_type (window, "problem", "n", "78");
  gtk_window_close (GTK_WINDOW (window));
  g_assert_true (app_wait (is_saved_as_77, window));
  app_pump (50);
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (window)));
  app_answer ("cancel");
  g_assert_true (esc_document_get_modified (window->document));
  app_close_window (window);
}

/* If saving fails, nothing that was to follow happens. */
static void
test_close_save_fails (void)
{
  EscWindow          *window = app_open_window (APP_SMALL);
  g_autoptr (GFile)   file = g_file_new_for_path ("/proc/escapement/x.escapement");
  g_autoptr (EngSpec) spec = app_parse (APP_SMALL);

  esc_document_load (window->document, spec, file, NULL);
  app_pump (50);
  app_type (window, "problem", "n", "61");
  gtk_window_close (GTK_WINDOW (window));
  app_answer ("save");
  g_assert_true (app_wait (shows_file_error, window));
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (window)));
  g_assert_true (esc_document_get_modified (window->document));
  app_close_window (window);
}

/* Presets, new experiments and other files ask as well. */
static void
test_replace_guarded (void)
{
  EscWindow        *window = app_open_window (APP_SMALL);
  g_autoptr (GFile) file = make_file ("other.escapement", APP_SMALL, -1);
  EngSpec          *changed;

  app_type (window, "problem", "n", "61");
  changed = esc_document_get_spec (window->document);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.preset", "s", "joint-quick-quad");
  app_answer ("cancel");
  g_assert_true (esc_document_get_spec (window->document) == changed);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.new", NULL);
  app_answer ("cancel");
  g_assert_true (esc_document_get_spec (window->document) == changed);
  esc_window_open (window, file);
  app_answer ("cancel");
  g_assert_true (esc_document_get_spec (window->document) == changed);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.preset", "s", "joint-quick-quad");
  app_answer ("discard");
  g_assert_cmpstr (esc_document_get_preset (window->document), ==, "joint-quick-quad");
  g_assert_false (esc_document_get_modified (window->document));
  app_close_window (window);
}

static void
test_new (void)
{
  EscWindow *window = app_open_window (APP_SMALL);

  gtk_widget_activate_action (GTK_WIDGET (window), "win.new", NULL);
  g_assert_cmpstr (eng_spec_get_title (esc_document_get_spec (window->document)), ==,
                   "New Experiment");
  g_assert_null (esc_document_get_preset (window->document));
  g_assert_true (app_wait (app_is_paused, window));
  app_close_window (window);
}

static gboolean
has_two_windows (gpointer data)
{
  GtkApplication *application = gtk_window_get_application (data);

  return g_list_length (gtk_application_get_windows (application)) == 2;
}

/* The first takes the place of what is shown, the second gets a window. */
static void
test_drop (void)
{
  EscWindow        *window = app_open_window (APP_SMALL), *other;
  g_autoptr (GFile) first = make_file ("round.escapement", APP_SMALL, -1);
  g_autoptr (GFile) second = make_file ("other.escapement", APP_SMALL, -1);
  GList            *windows;

  app_drop (window, first, second);
  g_assert_true (app_wait (has_file, window));
  g_assert_true (g_file_equal (esc_document_get_file (window->document), first));
  g_assert_true (has_two_windows (window));
  windows = gtk_application_get_windows (
      gtk_window_get_application (GTK_WINDOW (window)));
  other = windows->data == window ? windows->next->data : windows->data;
  g_assert_true (app_wait (has_file, other));
  g_assert_true (g_file_equal (esc_document_get_file (other->document), second));
  app_close_window (other);
  app_close_window (window);
}

static gboolean
is_small (gpointer window)
{
  return g_str_equal (
      eng_spec_get_name (esc_document_get_spec (((EscWindow *) window)->document)),
      "small");
}

/* A run folder gives back its experiment, and saving does not write into the folder. */
static void
test_run_folder (void)
{
  EscWindow         *window = app_open_window (APP_SMALL);
  g_autofree char   *path = g_build_filename (folder, "results", NULL);
  g_autoptr (GFile)  results = g_file_new_for_path (path);
  g_autoptr (GFile)  file = NULL;
  g_autoptr (GError) error = NULL;

  gtk_widget_activate_action (GTK_WIDGET (window), "win.new", NULL);
  g_assert_false (is_small (window));
  g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
  app_drop (window, results, NULL);
  g_assert_true (app_wait (shows_file_error, window));
  file = make_file ("results/small.escapement", APP_SMALL, -1);
  app_drop (window, results, NULL);
  g_assert_true (app_wait (is_small, window));
  g_assert_null (esc_document_get_file (window->document));
  g_assert_true (g_file_delete (file, NULL, &error));
  g_rmdir (path);
  app_close_window (window);
}

static GMenuModel *
find_recent (EscWindow *window)
{
  GMenuModel *section = G_MENU_MODEL (window->open_section);

  return g_menu_model_get_item_link (section, g_menu_model_get_n_items (section) - 1,
                                     G_MENU_LINK_SUBMENU);
}

static gboolean
is_remembered (gpointer window)
{
  g_autoptr (GMenuModel) recent = find_recent (window);
  g_autofree char       *label = NULL;

  return recent != NULL
         && g_menu_model_get_item_attribute (recent, 0, G_MENU_ATTRIBUTE_LABEL, "s",
                                             &label)
         && g_str_equal (label, "re__cent.escapement");
}

/* An opened file stands first in the menu, and opens from there; one that is gone leaves
 * it. */
static void
test_recent (void)
{
  EscWindow        *window = app_open_window (APP_SMALL);
  g_autoptr (GFile) file = make_file ("re_cent.escapement", APP_SMALL, -1);
  g_autofree char  *uri = g_file_get_uri (file);

  esc_window_open (window, file);
  g_assert_true (app_wait (is_remembered, window));
  gtk_widget_activate_action (GTK_WIDGET (window), "win.new", NULL);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.open-recent", "s", uri);
  g_assert_true (app_wait (has_file, window));
  g_assert_true (g_file_delete (file, NULL, NULL));
  gtk_widget_activate_action (GTK_WIDGET (window), "win.open-recent", "s", uri);
  g_assert_true (app_wait (shows_file_error, window));
  for (guint i = 0; i < 50 && is_remembered (window); i++)
    app_pump (50);
  g_assert_false (is_remembered (window));
  app_close_window (window);
}

static void
assert_thread (gpointer thread)
{
  g_assert_true (g_thread_self () == thread);
}

/* Whatever is still read for it in the background, a window ends where it began. */
static void
test_closed_while_reading (void)
{
  for (guint i = 0; i < 8; i++)
    {
      EscWindow        *window = app_open_window (APP_SMALL);
      g_autoptr (GFile) file = make_file ("closed.escapement", APP_SMALL, -1);
      gpointer          pointer = window;

      g_object_set_data_full (G_OBJECT (window), "thread", g_thread_self (),
                              assert_thread);
      g_object_add_weak_pointer (G_OBJECT (window), &pointer);
      esc_window_open (window, file);
      for (guint n = 0; n < i; n++)
        g_main_context_iteration (NULL, FALSE);
      gtk_window_destroy (GTK_WINDOW (window));
      g_assert_true (app_wait (is_gone, &pointer));
    }
}

int
main (int argc, char *argv[])
{
  int status;

  app_test_init (&argc, &argv);
  folder = g_dir_make_tmp ("escapement-XXXXXX", NULL);
  g_test_add_func ("/app/files/broken", test_broken);
  g_test_add_func ("/app/files/missing", test_missing);
  g_test_add_func ("/app/files/round-trip", test_round_trip);
  g_test_add_func ("/app/files/read-only", test_read_only);
  g_test_add_func ("/app/files/close-guarded", test_close_guarded);
  g_test_add_func ("/app/files/close-saves", test_close_saves);
  g_test_add_func ("/app/files/close-while-saving", test_close_while_saving);
  g_test_add_func ("/app/files/close-save-fails", test_close_save_fails);
  g_test_add_func ("/app/files/replace-guarded", test_replace_guarded);
  g_test_add_func ("/app/files/new", test_new);
  g_test_add_func ("/app/files/drop", test_drop);
  g_test_add_func ("/app/files/run-folder", test_run_folder);
  g_test_add_func ("/app/files/recent", test_recent);
  g_test_add_func ("/app/files/closed-while-reading", test_closed_while_reading);
  status = g_test_run ();
  folder_remove (folder);
  g_free (folder);
  return status;
}
