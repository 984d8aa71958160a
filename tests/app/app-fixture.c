/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the tests of the window share. */
#include "config.h"

#include "app-fixture.h"

#include "esc-compat.h"
#include "esc-spec-editor-private.h"

#include <glib/gi18n.h>
#include <locale.h>

static EscApplication *application;

/* GTK has set the locale C for its tests, which has no translations. */
static void
use_translation (void)
{
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, g_getenv ("TEXTDOMAINDIR"));
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}

void
app_test_init (int *argc, char ***argv)
{
  g_autoptr (GError) error = NULL;

  gtk_test_init (argc, argv, NULL);
  if (g_getenv ("TEXTDOMAINDIR") != NULL)
    use_translation ();
  application = esc_application_new (ESC_APP_ID ".Test", G_APPLICATION_NON_UNIQUE);
  g_application_register (G_APPLICATION (application), NULL, &error);
  g_assert_no_error (error);
}

EngSpec *
app_parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  EngSpec           *spec = eng_spec_new_from_text (text, -1, &error);

  g_assert_no_error (error);
  return spec;
}

/* Rows are made when nothing else is to be done, which a busy machine puts off. */
static gboolean
has_rows (gpointer window)
{
  EscSpecEditor *editor = ESC_WINDOW (window)->editor;

  return editor->rebuild_id == 0 && editor->rows->len > 0;
}

EscWindow *
app_open_window (const char *text)
{
  EscWindow          *window = esc_window_new (application);
  g_autoptr (EngSpec) spec = app_parse (text);

  gtk_window_present (GTK_WINDOW (window));
  esc_document_load (esc_window_get_document (window), spec, NULL, NULL);
  g_assert_true (app_wait (app_is_paused, window));
  g_assert_true (app_wait (has_rows, window));
  app_pump (100);
  return window;
}

static gboolean
is_gone (gpointer data)
{
  return *(gpointer *) data == NULL;
}

void
app_close_window (EscWindow *window)
{
  gpointer pointer = window;

  g_object_add_weak_pointer (G_OBJECT (window), &pointer);
  gtk_window_destroy (GTK_WINDOW (window));
  g_assert_true (app_wait (is_gone, &pointer));
}

static gboolean
wake_cb (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

gboolean
app_wait (AppCondition condition, gpointer data)
{
  gint64 end = g_get_monotonic_time () + APP_PATIENCE * G_USEC_PER_SEC;
  guint  wake = g_timeout_add (20, wake_cb, NULL);

  while (!condition (data) && g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (wake);
  return condition (data);
}

void
app_pump (guint milliseconds)
{
  gint64 end = g_get_monotonic_time () + milliseconds * G_TIME_SPAN_MILLISECOND;
  guint  wake = g_timeout_add (10, wake_cb, NULL);

  while (g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (wake);
}

static gboolean
has_phase (EscWindow *window, EngPhase phase)
{
  EngSnapshot *snapshot = esc_session_model_get_snapshot (window->model);

  /* Not of an experiment before this one. */
  return snapshot != NULL && snapshot->phase == phase
         && eng_spec_equal (snapshot->spec, esc_document_get_spec (window->document));
}

gboolean
app_is_paused (gpointer window)
{
  return has_phase (window, ENG_PHASE_PAUSED);
}

gboolean
app_is_running (gpointer window)
{
  return has_phase (window, ENG_PHASE_RUNNING);
}

gboolean
app_is_done (gpointer window)
{
  return has_phase (window, ENG_PHASE_DONE);
}

guint64
app_get_step (EscWindow *window)
{
  return esc_session_model_get_snapshot (window->model)->step;
}

typedef struct
{
  EscWindow *window;
  guint64    step;
} Place;

static gboolean
is_paused_at (gpointer data)
{
  const Place *place = data;

  return app_is_paused (place->window) && app_get_step (place->window) == place->step;
}

gboolean
app_wait_paused_at (EscWindow *window, guint64 step)
{
  Place place = { window, step };

  return app_wait (is_paused_at, &place);
}

void
app_click (gpointer button)
{
  g_assert_true (GTK_IS_BUTTON (button));
  g_assert_true (gtk_widget_get_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
}

EscParamRow *
app_find_row (EscWindow *window, const char *group, const char *key)
{
  EscParamRow *row = esc_spec_editor_find_row (window->editor, group, key);

  g_assert_nonnull (row);
  return row;
}

void
app_type (EscWindow *window, const char *group, const char *key, const char *text)
{
  GtkWidget *control = esc_param_row_get_control (app_find_row (window, group, key));

  gtk_editable_set_text (GTK_EDITABLE (control), text);
  if (GTK_IS_SPIN_BUTTON (control))
    gtk_spin_button_update (GTK_SPIN_BUTTON (control));
  else
    g_signal_emit_by_name (control, "activate");
}

#if ESC_HAS_ADW_DIALOG

static GtkWidget *
get_question (gpointer toplevel)
{
  AdwDialog *dialog = ADW_IS_APPLICATION_WINDOW (toplevel)
                          ? adw_application_window_get_visible_dialog (toplevel)
                          : NULL;

  return ADW_IS_ALERT_DIALOG (dialog) ? GTK_WIDGET (dialog) : NULL;
}

static void
close_question (GtkWidget *question)
{
  adw_dialog_force_close (ADW_DIALOG (question));
}

static GtkWidget *
get_dialog_within (EscWindow *window)
{
  return (GtkWidget *) adw_application_window_get_visible_dialog (
      ADW_APPLICATION_WINDOW (window));
}

#else

static GtkWidget *
get_question (gpointer toplevel)
{
  return ADW_IS_MESSAGE_DIALOG (toplevel) && gtk_widget_get_visible (toplevel) ? toplevel
                                                                               : NULL;
}

static void
close_question (GtkWidget *question)
{
  gtk_window_destroy (GTK_WINDOW (question));
}

static GtkWidget *
get_dialog_within (EscWindow *window)
{
  return NULL;
}

#endif

GtkWidget *
app_find_dialog (EscWindow *window)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();
  GtkWidget        *dialog = get_dialog_within (window);

  for (GList *l = windows; l != NULL && dialog == NULL; l = l->next)
    if (l->data != window && gtk_widget_get_mapped (l->data))
      dialog = l->data;
  return dialog;
}

static gboolean
has_dialog (gpointer window)
{
  return app_find_dialog (window) != NULL;
}

GtkWidget *
app_wait_for_dialog (EscWindow *window)
{
  g_assert_true (app_wait (has_dialog, window));
  return app_find_dialog (window);
}

void
app_close_dialog (EscWindow *window)
{
  GtkWidget *dialog = app_find_dialog (window);

  if (GTK_IS_WINDOW (dialog))
    gtk_window_close (GTK_WINDOW (dialog));
  else
    close_question (dialog);
  app_pump (100);
}

GtkWidget *
app_find_question (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();
  GtkWidget        *question = NULL;

  for (GList *l = windows; l != NULL && question == NULL; l = l->next)
    question = get_question (l->data);
  return question;
}

static gboolean
is_asking (gpointer data)
{
  return app_find_question () != NULL;
}

/* The dialog answers and closes. */
void
app_answer (const char *response)
{
  GtkWidget *question;

  g_assert_true (app_wait (is_asking, NULL));
  question = g_object_ref (app_find_question ());
  g_signal_emit_by_name (question, "response", response);
  close_question (question);
  g_object_unref (question);
  app_pump (50);
}

void
app_drop (EscWindow *window, GFile *first, GFile *second)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (
      GTK_WIDGET (window));
  GFile          *files[] = { first, second };
  g_auto (GValue) value = G_VALUE_INIT;
  gboolean        taken = FALSE;

  g_value_init (&value, GDK_TYPE_FILE_LIST);
  g_value_take_boxed (&value,
                      gdk_file_list_new_from_array (files, second == NULL ? 1 : 2));
  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_DROP_TARGET (controller))
        g_signal_emit_by_name (controller, "drop", &value, 5.0, 5.0, &taken);
    }
  g_assert_true (taken);
}
