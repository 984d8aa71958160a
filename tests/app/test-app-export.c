/* SPDX-License-Identifier: GPL-3.0-or-later
 * Figures out of the window: the dialog and what it remembers, files like those of the
 * command line, the clipboard, run folders, and what is said when it fails. */
#include "config.h"

#include "app-fixture.h"
#include "esc-export-dialog.h"

#include "eng-run-folder.h"
#include "folder.h"

#include <string.h>

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
  app_pump (100);
  return window;
}

static EscExportView
look_at (EscPlotCard *card)
{
  EscPlotView *view = esc_plot_card_get_view (card);

  return (EscExportView){ esc_plot_view_get_plot (view),
                          esc_plot_view_get_options (view) };
}

/* Toasts are children of the overlay that say something. */
static gboolean
find_label (GtkWidget *widget, const char *words)
{
  if (GTK_IS_LABEL (widget) && gtk_widget_get_mapped (widget)
      && strstr (gtk_label_get_label (GTK_LABEL (widget)), words) != NULL)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (find_label (child, words))
      return TRUE;
  return FALSE;
}

static gboolean
says_exported (gpointer window)
{
  return find_label (GTK_WIDGET (ESC_WINDOW (window)->toasts), "exported");
}

static gboolean
says_copied (gpointer window)
{
  return find_label (GTK_WIDGET (ESC_WINDOW (window)->toasts), "copied");
}

static gboolean
shows_file_error (gpointer window)
{
  return esc_banner_get_revealed (ESC_WINDOW (window)->file_banner);
}

static void
assert_same_bytes (GFile *a, GFile *b)
{
  g_autoptr (GBytes) left = g_file_load_bytes (a, NULL, NULL, NULL);
  g_autoptr (GBytes) right = g_file_load_bytes (b, NULL, NULL, NULL);

  g_assert_nonnull (left);
  g_assert_nonnull (right);
  g_assert_true (g_bytes_equal (left, right));
}

/* What the command line draws of the same experiment. */
static GFile *
draw_outside (const char *plot, const char *name)
{
  g_autoptr (GFile)       experiment = get_file ("small.escapement");
  GFile                  *file = get_file (name);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError)      error = NULL;

  g_assert_true (g_file_replace_contents (experiment, APP_SMALL, strlen (APP_SMALL), NULL,
                                          FALSE, G_FILE_CREATE_NONE, NULL, NULL, NULL));
  process = g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, &error, g_getenv ("ESC_CLI"),
                              "plot", g_file_peek_path (experiment), "--plot", plot,
                              "--out", g_file_peek_path (file), "--quiet", NULL);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_wait_check (process, NULL, NULL));
  return file;
}

/* The same run, drawn by both programs: the same bytes. */
static void
test_same_as_command_line (void)
{
  EscWindow    *window = open_trained ();
  EngSnapshot  *snapshot = esc_session_model_get_snapshot (window->model);
  EscExportKind kind = { PLOT_FORMAT_SVG, PLOT_SIZE_SLIDE, 1 };

  g_autoptr (GPtrArray) cards = esc_window_get_cards (window);
  for (guint i = 0; i < cards->len; i++)
    {
      EscExportView     view = look_at (g_ptr_array_index (cards, i));
      g_autoptr (GFile) inside = get_file ("inside.svg"), outside = NULL;

      if (!plot_class_suits (view.klass, snapshot->spec))
        continue;
      outside = draw_outside (view.klass->id, "outside.svg");
      g_file_delete (inside, NULL, NULL);
      esc_window_export_to (window, snapshot, &view, &kind, inside);
      while (!g_file_query_exists (inside, NULL))
        g_main_context_iteration (NULL, TRUE);
      assert_same_bytes (inside, outside);
    }
  g_assert_true (app_wait (says_exported, window));
  app_close_window (window);
}

/* What a person looks at is what is drawn. */
static void
test_as_seen (void)
{
  EscWindow         *window = open_trained ();
  EngSnapshot       *snapshot = esc_session_model_get_snapshot (window->model);
  EscExportKind      kind = { PLOT_FORMAT_SVG, PLOT_SIZE_SLIDE, 1 };
  EscExportView      before = look_at (window->loss), after;
  g_autoptr (GFile)  log = get_file ("log.svg"), linear = get_file ("linear.svg");
  g_autoptr (GBytes) left = NULL, right = NULL;

  g_object_set (esc_plot_card_get_view (window->loss), "y-log", FALSE, NULL);
  after = look_at (window->loss);
  esc_window_export_to (window, snapshot, &before, &kind, log);
  g_assert_true (app_wait (says_exported, window));
  esc_window_export_to (window, snapshot, &after, &kind, linear);
  while (!g_file_query_exists (linear, NULL))
    g_main_context_iteration (NULL, TRUE);
  left = g_file_load_bytes (log, NULL, NULL, NULL);
  right = g_file_load_bytes (linear, NULL, NULL, NULL);
  g_assert_false (g_bytes_equal (left, right));
  app_close_window (window);
}

/* --- dialog ---------------------------------------------------------------------- */

static EscExportDialog *
find_dialog (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l != NULL; l = l->next)
    if (ESC_IS_EXPORT_DIALOG (l->data) && gtk_widget_get_visible (l->data))
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

static void
exported_cb (EscExportDialog *dialog, gpointer kind)
{
  *(EscExportKind *) kind = esc_export_dialog_get_kind (dialog);
}

static void
choose (EscExportDialog *dialog, const char *row, guint selected)
{
  GObject *child = gtk_widget_get_template_child (GTK_WIDGET (dialog),
                                                  ESC_TYPE_EXPORT_DIALOG, row);

  adw_combo_row_set_selected (ADW_COMBO_ROW (child), selected);
}

/* The dialog has the plot in focus, and next time the choices of this time. */
static void
test_dialog (void)
{
  EscWindow    *window = open_trained ();
  EscExportKind kind = { 0 };

  gtk_widget_grab_focus (GTK_WIDGET (esc_plot_card_get_view (window->movement)));
  gtk_widget_activate_action (GTK_WIDGET (window), "win.export", "s", "");
  g_assert_true (app_wait (has_dialog, NULL));
  g_assert_cmpuint (esc_export_dialog_get_kind (find_dialog ()).format, ==,
                    PLOT_FORMAT_SVG);
  g_assert_cmpuint (esc_export_dialog_get_plot (find_dialog ()), ==, 2);
  choose (find_dialog (), "format", PLOT_FORMAT_PNG);
  choose (find_dialog (), "size", PLOT_SIZE_COLUMN);
  gtk_spin_button_set_value (
      GTK_SPIN_BUTTON (gtk_widget_get_template_child (GTK_WIDGET (find_dialog ()),
                                                      ESC_TYPE_EXPORT_DIALOG, "scale")),
      4);
  g_assert_true (find_label (GTK_WIDGET (find_dialog ()), "1\xe2\x80\xaf"
                                                          "267 pixels wide"));
  g_signal_handlers_disconnect_matched (find_dialog (), G_SIGNAL_MATCH_DATA, 0, 0, NULL,
                                        NULL, window);
  g_signal_connect (find_dialog (), "export", G_CALLBACK (exported_cb), &kind);
  app_click (gtk_widget_get_template_child (GTK_WIDGET (find_dialog ()),
                                            ESC_TYPE_EXPORT_DIALOG, "export_button"));
  g_assert_cmpuint (kind.format, ==, PLOT_FORMAT_PNG);
  g_assert_cmpuint (kind.size, ==, PLOT_SIZE_COLUMN);
  g_assert_cmpfloat (kind.scale, ==, 4);
  g_assert_true (app_wait (has_no_dialog, NULL));

  gtk_widget_activate_action (GTK_WIDGET (window), "win.export", "s", "loss");
  g_assert_true (app_wait (has_dialog, NULL));
  g_assert_cmpuint (esc_export_dialog_get_plot (find_dialog ()), ==, 0);
  kind = esc_export_dialog_get_kind (find_dialog ());
  g_assert_cmpuint (kind.format, ==, PLOT_FORMAT_PNG);
  g_assert_cmpuint (kind.size, ==, PLOT_SIZE_COLUMN);
  g_assert_cmpfloat (kind.scale, ==, 4);
  gtk_window_close (GTK_WINDOW (find_dialog ()));
  g_assert_true (app_wait (has_no_dialog, NULL));
  app_close_window (window);
}

/* --- the rest -------------------------------------------------------------------- */

/* A place that cannot be written: the banner says why, and training was not disturbed. */
static void
test_unwritable (void)
{
  EscWindow        *window = open_trained ();
  EscExportView     view = look_at (window->loss);
  EscExportKind     kind = { PLOT_FORMAT_PDF, PLOT_SIZE_SLIDE, 1 };
  g_autoptr (GFile) file = g_file_new_for_path ("/proc/escapement/x.pdf");

  esc_window_export_to (window, esc_session_model_get_snapshot (window->model), &view,
                        &kind, file);
  g_assert_true (app_wait (shows_file_error, window));
  app_pump (300); /* it slides in */
  g_assert_true (find_label (GTK_WIDGET (window->file_banner), "could not be exported"));
  g_assert_true (find_label (GTK_WIDGET (window->file_banner), "/proc/escapement/x.pdf"));
  app_close_window (window);
}

/* Twice into one place: two folders, each of which can be drawn again. */
static void
test_folder (void)
{
  EscWindow               *window = open_trained ();
  g_autoptr (GFile)        parent = g_file_new_for_path (folder);
  static const char *const names[] = { "small", "small-2" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GFile)       written = get_file (names[i]);
      g_autoptr (GFile)       bands = g_file_get_child (written, "bands.svg");
      g_autoptr (GFile)       outside = draw_outside ("bands", "outside.svg");
      g_autoptr (EngSnapshot) read = NULL;
      g_autoptr (GError)      error = NULL;

      esc_window_export_folder_to (window, parent);
      while (!g_file_query_exists (bands, NULL))
        g_main_context_iteration (NULL, TRUE);
      read = eng_run_folder_load (written, &error);
      g_assert_no_error (error);
      assert_same_bytes (bands, outside);
    }
  g_assert_true (app_wait (says_exported, window));
  app_close_window (window);
}

static void
read_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  *(GInputStream **) data = gdk_clipboard_read_finish (GDK_CLIPBOARD (object), result,
                                                       NULL, &error);
  g_assert_no_error (error);
}

/* A picture for programs that take pixels, another for those that draw. */
static void
test_copy (void)
{
  EscWindow         *window = open_trained ();
  GdkClipboard      *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (window));
  GdkContentFormats *formats;
  const char        *svg[] = { "image/svg+xml", NULL };
  GInputStream      *stream = NULL;
  char               start[5] = { 0 };

  gtk_widget_activate_action (GTK_WIDGET (window), "win.copy-plot", "s", "loss");
  g_assert_true (app_wait (says_copied, window));
  formats = gdk_clipboard_get_formats (clipboard);
  g_assert_true (gdk_content_formats_contain_mime_type (formats, "image/png"));
  g_assert_true (gdk_content_formats_contain_mime_type (formats, "image/svg+xml"));
  gdk_clipboard_read_async (clipboard, svg, G_PRIORITY_DEFAULT, NULL, read_cb, &stream);
  while (stream == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (g_input_stream_read (stream, start, 5, NULL, NULL), ==, 5);
  g_assert_cmpmem (start, 5, "<?xml", 5);
  g_object_unref (stream);
  app_close_window (window);
}

int
main (int argc, char *argv[])
{
  int status;

  app_test_init (&argc, &argv);
  folder = g_dir_make_tmp ("escapement-XXXXXX", NULL);
  g_test_add_func ("/app/export/same-as-command-line", test_same_as_command_line);
  g_test_add_func ("/app/export/as-seen", test_as_seen);
  g_test_add_func ("/app/export/dialog", test_dialog);
  g_test_add_func ("/app/export/unwritable", test_unwritable);
  g_test_add_func ("/app/export/folder", test_folder);
  g_test_add_func ("/app/export/copy", test_copy);
  status = g_test_run ();
  folder_remove (folder);
  g_free (folder);
  return status;
}
