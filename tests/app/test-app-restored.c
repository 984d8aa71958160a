/* SPDX-License-Identifier: GPL-3.0-or-later
 * Experiments back out of what was exported: opened or dropped, a figure, a table or a run
 * folder gives its experiment, after the same question and with the same way back. */
#include "config.h"

#include "app-fixture.h"
#include "eng-export.h"
#include "esc-data-dialog-private.h"
#include "folder.h"

#define OTHER                                                                            \
  "[experiment]\nversion=1\nname=other\ntitle=Other\n"                                   \
  "[problem]\nkind=low-rank-polynomial\nd=10\nn=50\nn-test=200\n"                        \
  "[run.1]\nlearner=lazy\nm=20\nsteps=10\n"

static char *folder;

static GFile *
get_file (const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  return g_file_new_for_path (path);
}

static EscWindow *
open_trained (void)
{
  EscWindow *window = app_open_window (APP_SMALL);

  gtk_widget_activate_action (GTK_WIDGET (window), "win.train", NULL);
  g_assert_true (app_wait (app_is_done, window));
  return window;
}

/* One of each: figures in every format, then a run folder.
 * Returns: (transfer full) (element-type GFile). */
static GPtrArray *
export_all (EngSnapshot *snapshot)
{
  GPtrArray *files = g_ptr_array_new_with_free_func (g_object_unref);
  GFile     *results = get_file ("results");

  for (guint format = 0; format < PLOT_N_FORMATS; format++)
    {
      g_autofree char *name = g_strdup_printf (
          "figure.%s", plot_format_get_extension ((PlotFormat) format));
      g_autoptr (PlotFrame) frame = plot_project (plot_find_class ("bands"), snapshot,
                                                  NULL);

      g_ptr_array_add (files, get_file (name));
      g_assert_true (plot_export (frame, snapshot->spec, (PlotFormat) format,
                                  PLOT_SIZE_COLUMN, 1, files->pdata[format], NULL));
    }
  g_assert_true (eng_export_tables (snapshot, results, NULL));
  g_ptr_array_add (files, results);
  return files;
}

static gboolean
is_small (gpointer window)
{
  EngSpec            *spec = esc_document_get_spec (ESC_WINDOW (window)->document);
  g_autoptr (EngSpec) small = app_parse (APP_SMALL);

  return eng_spec_equal (spec, small);
}

/* Unchanged there is nothing to ask; the file is no place to save to. */
static void
test_each_way (void)
{
  EscWindow              *window = open_trained ();
  g_autoptr (EngSnapshot) snapshot = eng_snapshot_ref (
      esc_session_model_get_snapshot (window->model));
  g_autoptr (GPtrArray) files = export_all (snapshot);
  g_autoptr (EngSpec)   other = app_parse (OTHER);

  for (guint i = 0; i < 2 * files->len; i++)
    {
      esc_document_load (window->document, other, NULL, NULL);
      g_assert_false (is_small (window));
      if (i % 2 == 0)
        esc_window_open (window, files->pdata[i / 2]);
      else
        app_drop (window, files->pdata[i / 2], NULL);
      g_assert_true (app_wait (is_small, window));
      g_assert_null (esc_document_get_file (window->document));
      g_assert_false (esc_document_get_modified (window->document));
      g_assert_null (app_find_question ());
    }
  app_close_window (window);
}

/* Unsaved changes are asked about first, whatever is dropped; undo brings back what was. */
static void
test_guarded (void)
{
  EscWindow              *window = open_trained ();
  g_autoptr (EngSnapshot) snapshot = eng_snapshot_ref (
      esc_session_model_get_snapshot (window->model));
  g_autoptr (GPtrArray) files = export_all (snapshot);

  for (guint i = 0; i < files->len; i++)
    {
      g_autoptr (EngSpec) other = app_parse (OTHER);
      g_autoptr (EngSpec) changed = eng_spec_with_value (other, "problem", "n", "55",
                                                         NULL);

      esc_document_load (window->document, other, NULL, NULL);
      esc_document_edit (window->document, changed, "Edit", NULL);
      app_drop (window, files->pdata[i], NULL);
      app_answer ("cancel");
      g_assert_true (eng_spec_equal (esc_document_get_spec (window->document), changed));
      app_drop (window, files->pdata[i], NULL);
      app_answer ("discard");
      g_assert_true (app_wait (is_small, window));
      gtk_widget_activate_action (GTK_WIDGET (window), "win.undo", NULL);
      g_assert_true (eng_spec_equal (esc_document_get_spec (window->document), changed));
    }
  app_close_window (window);
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
has_dialog (gpointer data)
{
  return find_dialog () != NULL;
}

static gboolean
has_no_dialog (gpointer data)
{
  return find_dialog () == NULL;
}

/* A person's own tables, one of which begins much like an exported one, are data. */
static void
test_own_table (void)
{
  static const char *const tables[] = { "x,y\n1,2\n3,4\n5,6\n",
                                        "# Made by hand\nx,y\n1,2\n", "" };
  EscWindow               *window = app_open_window (APP_SMALL);
  g_autoptr (GFile)        file = get_file ("own.csv");

  for (gsize i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      g_assert_true (g_file_set_contents (g_file_peek_path (file), tables[i], -1, NULL));
      app_drop (window, file, NULL);
      g_assert_true (app_wait (has_dialog, NULL));
      gtk_window_close (GTK_WINDOW (find_dialog ()));
      g_assert_true (app_wait (has_no_dialog, NULL));
      g_assert_true (is_small (window));
    }
  app_close_window (window);
}

static gboolean
shows_file_error (gpointer window)
{
  return esc_banner_get_revealed (ESC_WINDOW (window)->file_banner);
}

/* Pictures of others carry no experiment: said so, and what was shown stays. */
static void
test_foreign (void)
{
  static const char *const pictures[] = { "a.svg",
                                          "<svg xmlns='http://www.w3.org/2000/svg'/>",
                                          "a.pdf",
                                          "%PDF-1.4\n%%EOF\n",
                                          "a.csv",
                                          "# Made by Escapement from this experiment:\n"
                                          "# [experiment]\n# version=1\n" };
  EscWindow               *window = app_open_window (APP_SMALL);

  for (gsize i = 0; i < G_N_ELEMENTS (pictures); i += 2)
    {
      g_autoptr (GFile) file = get_file (pictures[i]);

      esc_banner_hide (window->file_banner);
      g_assert_true (
          g_file_set_contents (g_file_peek_path (file), pictures[i + 1], -1, NULL));
      app_drop (window, file, NULL);
      g_assert_true (app_wait (shows_file_error, window));
      g_assert_true (is_small (window));
    }
  app_close_window (window);
}

int
main (int argc, char *argv[])
{
  int status;

  app_test_init (&argc, &argv);
  folder = g_dir_make_tmp ("escapement-XXXXXX", NULL);
  g_test_add_func ("/app/restored/each-way", test_each_way);
  g_test_add_func ("/app/restored/guarded", test_guarded);
  g_test_add_func ("/app/restored/own-table", test_own_table);
  g_test_add_func ("/app/restored/foreign", test_foreign);
  status = g_test_run ();
  folder_remove (folder);
  g_free (folder);
  return status;
}
