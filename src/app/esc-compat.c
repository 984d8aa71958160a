/* SPDX-License-Identifier: GPL-3.0-or-later
 * The few calls that differ between GTK 4.8 with libadwaita 1.2 and later versions. */
#include "config.h"

#include "esc-compat.h"

#include "esc-access.h"

#include <glib/gi18n.h>

/* --- files --------------------------------------------------------------------- */

/* The window owns the request: one at a time, and none survives it. */
typedef struct
{
  GtkWindow     *parent;
  EscFileFunc    func;
  gpointer       data;
  GDestroyNotify destroy; /* (nullable) */
#if ESC_HAS_FILE_DIALOG
  GCancellable *cancellable; /* owned; cancelled when the request is freed */
#else
  GtkFileChooserNative *chooser; /* owned */
#endif
} FileRequest;

static void
file_request_free (gpointer data)
{
  FileRequest *request = data;

#if ESC_HAS_FILE_DIALOG
  g_cancellable_cancel (request->cancellable);
  g_object_unref (request->cancellable);
#else
  /* A portal's keeps a reference until it answers. */
  g_signal_handlers_disconnect_by_data (request->chooser, request);
  gtk_native_dialog_destroy (GTK_NATIVE_DIALOG (request->chooser));
  g_object_unref (request->chooser);
#endif
  if (request->destroy != NULL)
    request->destroy (request->data);
  g_free (request);
}

/* Its portal may keep the window itself for longer. */
static void
parent_gone_cb (GtkWindow *parent)
{
  g_object_set_data (G_OBJECT (parent), "file-request", NULL);
}

static void
answer_request (FileRequest *request, GFile *file)
{
  g_object_steal_data (G_OBJECT (request->parent), "file-request");
  g_signal_handlers_disconnect_by_func (request->parent, parent_gone_cb, NULL);
  request->func (file, request->data);
  file_request_free (request);
}

#if ESC_HAS_FILE_DIALOG

typedef struct
{
  FileRequest  *request;     /* until it is cancelled */
  GCancellable *cancellable; /* owned */
  EscChoice     choice;
} Asked;

/* As where a sandbox has no portal. */
static void
tell_failure (GtkWindow *parent, const GError *error)
{
  g_autoptr (GtkAlertDialog) alert = gtk_alert_dialog_new (_ ("No File Dialog"));

  gtk_alert_dialog_set_detail (alert, error->message);
  gtk_alert_dialog_show (alert, parent);
}

static void
file_chosen_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GtkFileDialog     *dialog = GTK_FILE_DIALOG (source);
  Asked             *asked = data;
  g_autoptr (GFile)  file = NULL;
  g_autoptr (GError) error = NULL;

  if (asked->choice == ESC_CHOICE_OPEN)
    file = gtk_file_dialog_open_finish (dialog, result, &error);
  else if (asked->choice == ESC_CHOICE_SAVE)
    file = gtk_file_dialog_save_finish (dialog, result, &error);
  else
    file = gtk_file_dialog_select_folder_finish (dialog, result, &error);
  if (!g_cancellable_is_cancelled (asked->cancellable))
    {
      if (g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_FAILED))
        tell_failure (asked->request->parent, error);
      answer_request (asked->request, file);
    }
  g_object_unref (asked->cancellable);
  g_free (asked);
}

#else

static void
file_response_cb (GtkFileChooserNative *chooser, int response, gpointer request)
{
  g_autoptr (GFile) file = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
  answer_request (request, file);
}

#endif

/* `filters` (transfer none) and `name` are nullable. */
static void
ask_file (FileRequest *request,
          EscChoice    choice,
          const char  *title,
          const char  *accept,
          GListStore  *filters,
          const char  *name)
{
#if ESC_HAS_FILE_DIALOG
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  Asked                    *asked = g_new0 (Asked, 1);

  request->cancellable = g_cancellable_new ();
  asked->request = request;
  asked->cancellable = g_object_ref (request->cancellable);
  asked->choice = choice;
  gtk_file_dialog_set_title (dialog, title);
  gtk_file_dialog_set_accept_label (dialog, accept);
  if (filters != NULL)
    gtk_file_dialog_set_filters (dialog, G_LIST_MODEL (filters));
  if (name != NULL)
    gtk_file_dialog_set_initial_name (dialog, name);
  if (choice == ESC_CHOICE_OPEN)
    gtk_file_dialog_open (dialog, request->parent, request->cancellable, file_chosen_cb,
                          asked);
  else if (choice == ESC_CHOICE_SAVE)
    gtk_file_dialog_save (dialog, request->parent, request->cancellable, file_chosen_cb,
                          asked);
  else
    gtk_file_dialog_select_folder (dialog, request->parent, request->cancellable,
                                   file_chosen_cb, asked);
#else
  static const GtkFileChooserAction actions[] = {
    [ESC_CHOICE_OPEN] = GTK_FILE_CHOOSER_ACTION_OPEN,
    [ESC_CHOICE_SAVE] = GTK_FILE_CHOOSER_ACTION_SAVE,
    [ESC_CHOICE_FOLDER] = GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER,
  };
  guint n = filters == NULL ? 0 : g_list_model_get_n_items (G_LIST_MODEL (filters));

  request->chooser = gtk_file_chooser_native_new (title, request->parent, actions[choice],
                                                  accept, _ ("_Cancel"));
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GtkFileFilter) filter = g_list_model_get_item (G_LIST_MODEL (filters),
                                                                i);

      gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (request->chooser), filter);
    }
  if (name != NULL)
    gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (request->chooser), name);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (request->chooser), TRUE);
  g_signal_connect (request->chooser, "response", G_CALLBACK (file_response_cb), request);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (request->chooser));
#endif
}

void
esc_compat_choose (GtkWindow     *parent,
                   EscChoice      choice,
                   const char    *title,
                   const char    *accept,
                   GListStore    *filters,
                   const char    *name,
                   EscFileFunc    func,
                   gpointer       data,
                   GDestroyNotify destroy)
{
  FileRequest *request;

  g_return_if_fail (GTK_IS_WINDOW (parent));

  request = g_new0 (FileRequest, 1);
  request->parent = parent;
  request->func = func;
  request->data = data;
  request->destroy = destroy;
  ask_file (request, choice, title, accept, filters, name);
  g_object_set_data_full (G_OBJECT (parent), "file-request", request, file_request_free);
  g_signal_connect (parent, "destroy", G_CALLBACK (parent_gone_cb), NULL);
}

/* --- question ------------------------------------------------------------------ */

/* The old and the new one are told things alike. */
#if ESC_HAS_ADW_DIALOG
typedef AdwAlertDialog Dialog;
#define dialog_format_body             adw_alert_dialog_format_body
#define dialog_add_responses           adw_alert_dialog_add_responses
#define dialog_set_response_appearance adw_alert_dialog_set_response_appearance
#define dialog_set_default_response    adw_alert_dialog_set_default_response
#define dialog_set_close_response      adw_alert_dialog_set_close_response
#else
typedef AdwMessageDialog Dialog;
#define dialog_format_body             adw_message_dialog_format_body
#define dialog_add_responses           adw_message_dialog_add_responses
#define dialog_set_response_appearance adw_message_dialog_set_response_appearance
#define dialog_set_default_response    adw_message_dialog_set_default_response
#define dialog_set_close_response      adw_message_dialog_set_close_response
#endif

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
#if ESC_HAS_ADW_DIALOG
  AdwDialog *dialog = adw_alert_dialog_new (_ ("Save Changes?"), NULL);
  Dialog    *question = ADW_ALERT_DIALOG (dialog);
#else
  GtkWidget *dialog = adw_message_dialog_new (parent, _ ("Save Changes?"), NULL);
  Dialog *question = ADW_MESSAGE_DIALOG (dialog);
#endif
  Question *context = g_new0 (Question, 1);

  context->func = func;
  context->data = data;
  context->answer = ESC_ANSWER_CANCEL;
  dialog_format_body (
      question, _ ("“%s” has changes that are not saved. They will be lost otherwise."),
      title);
  dialog_add_responses (question, "cancel", _ ("_Cancel"), "discard", _ ("_Discard"),
                        "save", _ ("_Save"), NULL);
  dialog_set_response_appearance (question, "discard", ADW_RESPONSE_DESTRUCTIVE);
  dialog_set_response_appearance (question, "save", ADW_RESPONSE_SUGGESTED);
  dialog_set_default_response (question, "save");
  dialog_set_close_response (question, "cancel");
  g_signal_connect_data (dialog, "response", G_CALLBACK (answer_cb), context,
                         question_gone_cb, G_CONNECT_SWAPPED);
  esc_access_name_buttons (GTK_WIDGET (dialog));
#if ESC_HAS_ADW_DIALOG
  adw_dialog_present (dialog, GTK_WIDGET (parent));
#else
  gtk_window_present (GTK_WINDOW (dialog));
#endif
}

/* --- about --------------------------------------------------------------------- */

void
esc_compat_show_about (GtkWindow *parent)
{
  static const char *const developers[] = { "The Escapement contributors", NULL };
#if ESC_HAS_ADW_DIALOG
  AdwDialog *about = adw_about_dialog_new ();
#else
  GtkWidget *about = adw_about_window_new ();
#endif

  /* Both have these properties; as calls they have two names. */
  g_object_set (about, "application-name", _ ("Escapement"), "application-icon",
                ESC_APP_ID, "version", ESC_VERSION, "developer-name",
                _ ("The Escapement contributors"), "developers", developers,
                "license-type", GTK_LICENSE_GPL_3_0, "comments",
                _ ("A laboratory in which one watches a neural network leave the lazy "
                   "regime, and sees why."),
                /* Translators: your name, one line per person. */
                "translator-credits", _ ("translator-credits"), NULL);
  esc_access_name_buttons (GTK_WIDGET (about));
  esc_access_name_texts (GTK_WIDGET (about), _ ("Text"));
#if ESC_HAS_ADW_DIALOG
  adw_dialog_present (about, GTK_WIDGET (parent));
#else
  gtk_window_set_transient_for (GTK_WINDOW (about), parent);
  gtk_window_present (GTK_WINDOW (about));
#endif
}

/* --- shortcuts ----------------------------------------------------------------- */

GtkWidget *
esc_compat_get_shortcuts (GtkApplicationWindow *window)
{
  g_return_val_if_fail (GTK_IS_APPLICATION_WINDOW (window), NULL);
  return GTK_WIDGET (gtk_application_window_get_help_overlay (window));
}
