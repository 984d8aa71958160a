/* SPDX-License-Identifier: GPL-3.0-or-later
 * The few calls that differ between GTK 4.8 with libadwaita 1.2 and later versions. */
#include "config.h"

#include "esc-compat.h"

#include "eng-spec.h"
#include "esc-access.h"

#include <glib/gi18n.h>

/* --- files --------------------------------------------------------------------- */

typedef struct
{
  GtkFileChooserNative *chooser; /* owned */
  EscFileFunc           func;
  gpointer              data;
  GDestroyNotify        destroy; /* (nullable) */
} FileRequest;

static void
file_request_free (gpointer data)
{
  FileRequest *request = data;

  g_object_unref (request->chooser);
  if (request->destroy != NULL)
    request->destroy (request->data);
  g_free (request);
}

static void
file_response_cb (GtkFileChooserNative *chooser, int response, gpointer data)
{
  FileRequest *request = data;
  GtkWindow   *parent = gtk_native_dialog_get_transient_for (GTK_NATIVE_DIALOG (chooser));
  g_autoptr (GFile) file = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
  g_object_steal_data (G_OBJECT (parent), "file-request");
  request->func (file, request->data);
  file_request_free (request);
}

static void
add_filter (GtkFileChooser *chooser, const char *name, const char *const *patterns)
{
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, name);
  for (gsize i = 0; patterns[i] != NULL; i++)
    gtk_file_filter_add_pattern (filter, patterns[i]);
  gtk_file_chooser_add_filter (chooser, filter);
}

static void
add_filters (GtkFileChooser *chooser)
{
  add_filter (chooser, _ ("Escapement experiments"),
              (const char *const[]){ "*" ENG_SPEC_SUFFIX, NULL });
  add_filter (chooser, _ ("All files"), (const char *const[]){ "*", NULL });
}

/* The window owns the request: one at a time, and none survives it. */
static GtkFileChooser *
start_request (GtkWindow           *parent,
               GtkFileChooserAction action,
               const char          *title,
               const char          *accept,
               EscFileFunc          func,
               gpointer             data)
{
  FileRequest *request = g_new0 (FileRequest, 1);

  request->chooser = gtk_file_chooser_native_new (title, parent, action, accept,
                                                  _ ("_Cancel"));
  request->func = func;
  request->data = data;
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (request->chooser), TRUE);
  g_signal_connect (request->chooser, "response", G_CALLBACK (file_response_cb), request);
  g_object_set_data_full (G_OBJECT (parent), "file-request", request, file_request_free);
  return GTK_FILE_CHOOSER (request->chooser);
}

void
esc_compat_choose_open (GtkWindow *parent, EscFileFunc func, gpointer data)
{
  GtkFileChooser *chooser;

  g_return_if_fail (GTK_IS_WINDOW (parent));

  chooser = start_request (parent, GTK_FILE_CHOOSER_ACTION_OPEN, _ ("Open Experiment"),
                           _ ("_Open"), func, data);
  /* Every exported figure has its experiment inside; other tables become the data. */
  add_filter (chooser, _ ("Experiments, figures and tables"),
              (const char *const[]){ "*" ENG_SPEC_SUFFIX, "*.svg", "*.pdf", "*.png",
                                     "*.csv", "*.tsv", "*.npy", NULL });
  add_filters (chooser);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

void
esc_compat_choose_table (GtkWindow *parent, EscFileFunc func, gpointer data)
{
  GtkFileChooser *chooser;

  g_return_if_fail (GTK_IS_WINDOW (parent));

  chooser = start_request (parent, GTK_FILE_CHOOSER_ACTION_OPEN, _ ("Choose Table"),
                           _ ("_Choose"), func, data);
  add_filter (chooser, _ ("Tables"),
              (const char *const[]){ "*.csv", "*.tsv", "*.npy", NULL });
  add_filter (chooser, _ ("All files"), (const char *const[]){ "*", NULL });
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

void
esc_compat_choose_save (GtkWindow  *parent,
                        const char *name,
                        EscFileFunc func,
                        gpointer    data)
{
  GtkFileChooser *chooser;

  g_return_if_fail (GTK_IS_WINDOW (parent));

  chooser = start_request (parent, GTK_FILE_CHOOSER_ACTION_SAVE, _ ("Save Experiment"),
                           _ ("_Save"), func, data);
  add_filters (chooser);
  gtk_file_chooser_set_current_name (chooser, name);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

void
esc_compat_choose_export (GtkWindow     *parent,
                          const char    *name,
                          EscFileFunc    func,
                          gpointer       data,
                          GDestroyNotify destroy)
{
  GtkFileChooser *chooser;
  FileRequest    *request;

  g_return_if_fail (GTK_IS_WINDOW (parent));

  chooser = start_request (parent, GTK_FILE_CHOOSER_ACTION_SAVE, _ ("Export Figure"),
                           _ ("_Export"), func, data);
  request = g_object_get_data (G_OBJECT (parent), "file-request");
  request->destroy = destroy;
  gtk_file_chooser_set_current_name (chooser, name);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

void
esc_compat_choose_folder (GtkWindow  *parent,
                          const char *title,
                          EscFileFunc func,
                          gpointer    data)
{
  GtkFileChooser *chooser;

  g_return_if_fail (GTK_IS_WINDOW (parent));

  chooser = start_request (parent, GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER, title,
                           _ ("_Choose"), func, data);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

/* --- question ------------------------------------------------------------------ */

typedef struct
{
  EscAnswerFunc func;
  gpointer      data;
  EscAnswer     answer;
  gboolean      is_answered;
} Question;

static gboolean
answer_later_cb (gpointer data)
{
  Question *question = data;

  question->func (question->answer, question->data);
  return G_SOURCE_REMOVE;
}

/* What follows may destroy the parent, which the dialog still uses; so it follows
 * later. */
static void
answer_cb (Question *question, const char *response)
{
  Question *answered;

  if (question->is_answered)
    return;
  if (g_str_equal (response, "save"))
    question->answer = ESC_ANSWER_SAVE;
  else if (g_str_equal (response, "discard"))
    question->answer = ESC_ANSWER_DISCARD;
  question->is_answered = TRUE;
  answered = g_memdup2 (question, sizeof *question);
  g_idle_add_full (G_PRIORITY_DEFAULT, answer_later_cb, answered, g_free);
}

/* Whoever asked is owed an answer even if the dialog is taken away. */
static void
question_gone_cb (gpointer data, GClosure *closure)
{
  Question *question = data;

  if (!question->is_answered)
    question->func (ESC_ANSWER_CANCEL, question->data);
  g_free (question);
}

void
esc_compat_ask_save (GtkWindow    *parent,
                     const char   *title,
                     EscAnswerFunc func,
                     gpointer      data)
{
  GtkWidget        *dialog = adw_message_dialog_new (parent, _ ("Save Changes?"), NULL);
  AdwMessageDialog *question = ADW_MESSAGE_DIALOG (dialog);
  Question         *context = g_new0 (Question, 1);

  context->func = func;
  context->data = data;
  context->answer = ESC_ANSWER_CANCEL;
  adw_message_dialog_format_body (
      question, _ ("“%s” has changes that are not saved. They will be lost otherwise."),
      title);
  adw_message_dialog_add_responses (question, "cancel", _ ("_Cancel"), "discard",
                                    _ ("_Discard"), "save", _ ("_Save"), NULL);
  adw_message_dialog_set_response_appearance (question, "discard",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_response_appearance (question, "save", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (question, "save");
  adw_message_dialog_set_close_response (question, "cancel");
  g_signal_connect_data (dialog, "response", G_CALLBACK (answer_cb), context,
                         question_gone_cb, G_CONNECT_SWAPPED);
  esc_access_name_buttons (dialog);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* --- about --------------------------------------------------------------------- */

void
esc_compat_show_about (GtkWindow *parent)
{
  static const char *const developers[] = { "The Escapement contributors", NULL };
  GtkWidget               *about = adw_about_window_new ();
  AdwAboutWindow          *window = ADW_ABOUT_WINDOW (about);

  adw_about_window_set_application_name (window, _ ("Escapement"));
  adw_about_window_set_application_icon (window, ESC_APP_ID);
  adw_about_window_set_version (window, ESC_VERSION);
  adw_about_window_set_developer_name (window, _ ("The Escapement contributors"));
  adw_about_window_set_developers (window, (const char **) developers);
  adw_about_window_set_license_type (window, GTK_LICENSE_GPL_3_0);
  adw_about_window_set_comments (
      window,
      _ ("A laboratory in which one watches a neural network leave the lazy regime, "
         "and sees why."));
  /* Translators: your name, one line per person. */
  adw_about_window_set_translator_credits (window, _ ("translator-credits"));
  gtk_window_set_transient_for (GTK_WINDOW (about), parent);
  esc_access_name_buttons (about);
  esc_access_name_texts (about, _ ("Text"));
  gtk_window_present (GTK_WINDOW (about));
}
