/* SPDX-License-Identifier: GPL-3.0-or-later
 * Own data from the window: offered, read, described, refused with its lines, used. */
#include "config.h"

#include "app-fixture.h"
#include "eng-problem.h"
#include "esc-data-dialog-private.h"

#include <glib/gstdio.h>
#include <string.h>

static char *folder;

static GFile *
write_table (const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  return g_file_new_for_path (path);
}

/* 40 rows; "flat" never changes. */
static GFile *
write_ramp (void)
{
  g_autoptr (GString) text = g_string_new ("x1,price,x2,flat\n");

  for (guint i = 0; i < 40; i++)
    g_string_append_printf (text, "%u,%u,%d,7\n", i, 10 * i, i % 3 == 0 ? 100 : -100);
  return write_table ("ramp.csv", text->str);
}

static EscDataDialog *
find_dialog (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l != NULL; l = l->next)
    if (ESC_IS_DATA_DIALOG (l->data))
      return l->data;
  return NULL;
}

static gboolean
shows (gpointer page)
{
  EscDataDialog *dialog = find_dialog ();

  return dialog != NULL
         && g_strcmp0 (gtk_stack_get_visible_child_name (dialog->stack), page) == 0;
}

static gboolean
has_no_dialog (gpointer data)
{
  return find_dialog () == NULL;
}

static const char *
get_problem (EscWindow *window)
{
  return eng_spec_get_problem_class (esc_document_get_spec (window->document))->id;
}

/* Dropped or opened, looked at, the target chosen by name, used. */
static void
test_use (void)
{
  EscWindow         *window = app_open_window (APP_SMALL);
  g_autoptr (GFile)  file = write_ramp ();
  const EngSettings *problem;
  EscDataDialog     *dialog;

  esc_window_open (window, file);
  g_assert_true (app_wait (shows, (gpointer) "table"));
  dialog = find_dialog ();
  g_assert_nonnull (strstr (adw_action_row_get_subtitle (dialog->file_row), "40 rows"));
  g_assert_nonnull (strstr (adw_action_row_get_subtitle (dialog->file_row), "4 columns"));
  /* The last column, until another is chosen. */
  g_assert_cmpuint (adw_combo_row_get_selected (dialog->target), ==, 3);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (dialog->dropped)));
  adw_combo_row_set_selected (dialog->target, 1);
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (dialog->dropped)));
  g_assert_nonnull (strstr (adw_action_row_get_subtitle (dialog->dropped), "flat"));
  g_assert_nonnull (strstr (adw_action_row_get_subtitle (dialog->inputs), "2 columns"));
  app_click (dialog->use);
  g_assert_true (app_wait (has_no_dialog, NULL));
  g_assert_cmpstr (get_problem (window), ==, "data");
  problem = eng_spec_get_problem (esc_document_get_spec (window->document));
  g_assert_cmpstr (eng_settings_get_text (problem, "target"), ==, "price");
  g_assert_true (esc_document_get_modified (window->document));
  g_assert_cmpstr (eng_spec_get_title (esc_document_get_spec (window->document)), ==,
                   "ramp");
  g_assert_true (app_wait (app_is_paused, window));
  g_assert_cmpuint (esc_session_model_get_snapshot (window->model)->facts.d, ==, 3);
  /* The same table again, with its target. */
  gtk_widget_activate_action (GTK_WIDGET (window), "win.show-table", NULL);
  g_assert_true (app_wait (shows, (gpointer) "table"));
  g_assert_cmpuint (adw_combo_row_get_selected (find_dialog ()->target), ==, 1);
  gtk_window_close (GTK_WINDOW (find_dialog ()));
  app_close_window (window);
}

/* The list of families has it; the file is asked for, and until then nothing changes. */
static void
test_offered (void)
{
  EscWindow   *window = app_open_window (APP_SMALL);
  AdwComboRow *combo = ADW_COMBO_ROW (
      esc_param_row_get_control (app_find_row (window, "problem", "kind")));
  GListModel *families = adw_combo_row_get_model (combo);
  guint       before = adw_combo_row_get_selected (combo);
  guint       own = GTK_INVALID_LIST_POSITION;

  for (guint i = 0; i < g_list_model_get_n_items (families); i++)
    {
      g_autoptr (GtkStringObject) item = g_list_model_get_item (families, i);

      if (g_str_equal (gtk_string_object_get_string (item), "Own data"))
        own = i;
    }
  g_assert_cmpuint (own, !=, GTK_INVALID_LIST_POSITION);
  adw_combo_row_set_selected (combo, own);
  g_assert_nonnull (g_object_get_data (G_OBJECT (window), "file-request"));
  g_assert_cmpuint (adw_combo_row_get_selected (combo), ==, before);
  g_assert_cmpstr (get_problem (window), ==, "low-rank-polynomial");
  app_close_window (window);
}

/* What is wrong is told line by line, and the experiment stays. */
static void
test_bad_rows (void)
{
  EscWindow        *window = app_open_window (APP_SMALL);
  g_autoptr (GFile) file = write_table ("bad.csv", "a,b,c\n1,2,3\n1,two,3\n4,5\n");
  const char       *words;

  esc_window_open (window, file);
  g_assert_true (app_wait (shows, (gpointer) "refused"));
  words = gtk_label_get_label (find_dialog ()->refused_detail);
  g_assert_true (g_str_has_prefix (words, "line 3, column 2"));
  g_assert_nonnull (strstr (words, "\nline 4"));
  g_assert_false (gtk_widget_get_sensitive (GTK_WIDGET (find_dialog ()->use)));
  gtk_window_close (GTK_WINDOW (find_dialog ()));
  g_assert_true (app_wait (has_no_dialog, NULL));
  g_assert_cmpstr (get_problem (window), ==, "low-rank-polynomial");
  app_close_window (window);
}

/* A large file is read on another thread: the window answers, and may be told to stop. */
static void
test_cancel (void)
{
  EscWindow          *window = app_open_window (APP_SMALL);
  g_autoptr (GString) text = g_string_new ("a,b,c\n");
  g_autoptr (GFile)   file = NULL;

  for (guint i = 0; i < 500000; i++)
    g_string_append_printf (text, "%u,%u,1.5\n", i, i % 7);
  file = write_table ("large.csv", text->str);
  esc_window_open (window, file);
  g_assert_true (app_wait (shows, (gpointer) "reading"));
  gtk_window_close (GTK_WINDOW (find_dialog ()));
  g_assert_true (app_wait (has_no_dialog, NULL));
  g_assert_cmpstr (get_problem (window), ==, "low-rank-polynomial");
  app_close_window (window);
}

int
main (int argc, char *argv[])
{
  int status;

  app_test_init (&argc, &argv);
  folder = g_dir_make_tmp ("escapement-XXXXXX", NULL);
  g_test_add_func ("/app/data/use", test_use);
  g_test_add_func ("/app/data/offered", test_offered);
  g_test_add_func ("/app/data/bad-rows", test_bad_rows);
  g_test_add_func ("/app/data/cancel", test_cancel);
  status = g_test_run ();
  for (const char *const *name = (const char *const[]){ "ramp", "bad", "large", NULL };
       *name != NULL; name++)
    {
      g_autofree char *path = g_strdup_printf ("%s/%s.csv", folder, *name);

      g_unlink (path);
    }
  g_rmdir (folder);
  g_free (folder);
  return status;
}
