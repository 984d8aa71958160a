/* SPDX-License-Identifier: GPL-3.0-or-later
 * Figures, data and run folders out of the window: the dialog, the files, and what is said
 * when they are written. */
#include "config.h"

#include "esc-window-private.h"

#include "eng-export.h"
#include "esc-choose.h"
#include "esc-export-dialog.h"

#include <glib/gi18n.h>

/* What was chosen in the dialog, until there is a file. */
typedef struct
{
  EscWindow    *window; /* borrowed, as is its card: the request dies with it */
  EscPlotCard  *card;
  EngSnapshot  *snapshot;
  EscExportKind kind;
} Request;

static void
request_free (Request *self)
{
  eng_snapshot_unref (self->snapshot);
  g_free (self);
}

/* --- which plot ------------------------------------------------------------------ */

/* The one with the id; for "" the one that has the focus, or else the first seen.
 * Returns: (transfer none) (nullable). */
static EscPlotCard *
find_card (EscWindow *self, const char *id)
{
  g_autoptr (GPtrArray) cards = esc_window_get_cards (self);
  GtkWidget            *focus = gtk_window_get_focus (GTK_WINDOW (self));
  GtkWidget            *focused = NULL;

  if (*id == '\0' && focus != NULL)
    focused = gtk_widget_get_ancestor (focus, ESC_TYPE_PLOT_CARD);
  if (focused != NULL)
    return ESC_PLOT_CARD (focused);
  for (guint i = 0; i < cards->len; i++)
    {
      EscPlotCard     *card = g_ptr_array_index (cards, i);
      const PlotClass *klass = esc_plot_view_get_plot (esc_plot_card_get_view (card));

      if (*id == '\0' ? gtk_widget_get_visible (GTK_WIDGET (card))
                      : g_strcmp0 (klass->id, id) == 0)
        return card;
    }
  return NULL;
}

static EscExportView
get_view (EscPlotCard *card)
{
  EscPlotView *view = esc_plot_card_get_view (card);

  return (EscExportView){ esc_plot_view_get_plot (view),
                          esc_plot_view_get_options (view) };
}

/* Those of this experiment, as the dialog lists them.
 * Returns: (transfer container) (element-type EscPlotCard). */
static GPtrArray *
list_cards (EscWindow *self)
{
  GPtrArray *cards = esc_window_get_cards (self);

  for (guint i = cards->len; i > 0; i--)
    if (!esc_window_has_card (self, g_ptr_array_index (cards, i - 1)))
      g_ptr_array_remove_index (cards, i - 1);
  return cards;
}

/* --- what is said ---------------------------------------------------------------- */

static void
show_error (EscWindow *self, const char *title, const GError *error)
{
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    esc_banner_show (self->file_banner, title, error->message);
}

static void
launched_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (EscWindow) self = data;
  g_autoptr (GError)    error = NULL;

  if (!g_app_info_launch_default_for_uri_finish (result, &error)
      && self->document != NULL)
    show_error (self, _ ("No program opened what was exported"), error);
}

static void
open_cb (AdwToast *toast, GFile *file)
{
  GtkRoot                        *root = g_object_get_data (G_OBJECT (toast), "window");
  g_autofree char                *uri = g_file_get_uri (file);
  g_autoptr (GdkAppLaunchContext) context = gdk_display_get_app_launch_context (
      gtk_root_get_display (root));

  g_app_info_launch_default_for_uri_async (uri, G_APP_LAUNCH_CONTEXT (context),
                                           ESC_WINDOW (root)->cancellable, launched_cb,
                                           g_object_ref (root));
}

static void
unref_closure (gpointer data, GClosure *closure)
{
  g_object_unref (data);
}

/* The toast belongs to the window, and never outlives it. */
static void
say_exported (EscWindow *self, GFile *file, const char *button)
{
  g_autofree char *name = g_file_get_basename (file);
  g_autofree char *words = g_strdup_printf (_ ("“%s” exported"), name);
  g_autofree char *title = g_markup_escape_text (words, -1);
  AdwToast        *toast = adw_toast_new (title);

  adw_toast_set_priority (toast, ADW_TOAST_PRIORITY_HIGH);
  esc_banner_hide (self->file_banner);
  adw_toast_set_button_label (toast, button);
  g_object_set_data (G_OBJECT (toast), "window", self);
  g_signal_connect_data (toast, "button-clicked", G_CALLBACK (open_cb),
                         g_object_ref (file), unref_closure, 0);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

/* --- one figure ------------------------------------------------------------------ */

static void
written_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (EscWindow) self = data;
  g_autoptr (GError)    error = NULL;
  g_autoptr (GFile)     file = esc_export_write_finish (result, &error);

  if (self->document == NULL)
    return;
  if (file != NULL)
    say_exported (self, file, _ ("_Open"));
  else
    show_error (self, _ ("The figure could not be exported"), error);
}

void
esc_window_export_to (EscWindow           *self,
                      EngSnapshot         *snapshot,
                      const EscExportView *view,
                      const EscExportKind *kind,
                      GFile               *file)
{
  esc_export_write_async (snapshot, view, kind, file, self->cancellable, written_cb,
                          g_object_ref (self));
}

static void
file_chosen_cb (GFile *file, gpointer data)
{
  Request      *request = data;
  EscExportView view = get_view (request->card);

  if (file != NULL)
    esc_window_export_to (request->window, request->snapshot, &view, &request->kind,
                          file);
}

static char *
suggest_name (const Request *request)
{
  g_autofree char *stem = eng_export_dup_stem (request->snapshot->spec);

  return g_strdup_printf ("%s-%s.%s", stem, get_view (request->card).klass->id,
                          plot_format_get_extension (request->kind.format));
}

static void
export_cb (EscExportDialog *dialog, gpointer data)
{
  EscWindow            *self = data;
  g_autoptr (GPtrArray) cards = list_cards (self);
  guint                 plot = esc_export_dialog_get_plot (dialog);
  Request              *request;
  g_autofree char      *name = NULL;

  if (plot >= cards->len)
    return;
  request = g_new0 (Request, 1);
  request->window = self;
  request->snapshot = eng_snapshot_ref (esc_session_model_get_snapshot (self->model));
  request->card = g_ptr_array_index (cards, plot);
  request->kind = esc_export_dialog_get_kind (dialog);
  name = suggest_name (request);
  esc_choose_export (GTK_WINDOW (self), name, file_chosen_cb, request,
                     (GDestroyNotify) request_free);
}

static void
show_dialog (EscWindow *self, EscPlotCard *wanted)
{
  g_autoptr (GPtrArray) cards = list_cards (self);
  g_autoptr (GPtrArray) titles = g_ptr_array_new ();
  EscExportDialog      *dialog;
  guint                 selected = 0;

  for (guint i = 0; i < cards->len; i++)
    {
      EscPlotCard *card = g_ptr_array_index (cards, i);

      if (card == wanted)
        selected = i;
      g_ptr_array_add (
          titles,
          (gpointer) _ (esc_plot_view_get_plot (esc_plot_card_get_view (card))->title));
    }
  g_ptr_array_add (titles, NULL);
  dialog = esc_export_dialog_new (GTK_WINDOW (self), (const char *const *) titles->pdata,
                                  selected);
  g_signal_connect_object (dialog, "export", G_CALLBACK (export_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
export_action_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  EscWindow   *self = ESC_WINDOW (widget);
  EscPlotCard *card = find_card (self, g_variant_get_string (parameter, NULL));

  if (card != NULL && esc_session_model_get_snapshot (self->model) != NULL)
    show_dialog (self, card);
}

/* --- everything ------------------------------------------------------------------ */

static void
folder_written_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (EscWindow) self = data;
  g_autoptr (GError)    error = NULL;
  g_autoptr (GFile)     folder = esc_export_folder_finish (result, &error);

  if (self->document == NULL)
    return;
  if (folder != NULL)
    say_exported (self, folder, _ ("_Show Folder"));
  else
    show_error (self, _ ("The run folder could not be exported"), error);
}

void
esc_window_export_folder_to (EscWindow *self, GFile *parent)
{
  EngSnapshot *snapshot = esc_session_model_get_snapshot (self->model);

  if (snapshot != NULL)
    esc_export_folder_async (snapshot, parent, self->cancellable, folder_written_cb,
                             g_object_ref (self));
}

static void
folder_chosen_cb (GFile *parent, gpointer data)
{
  if (parent != NULL)
    esc_window_export_folder_to (data, parent);
}

static void
folder_action_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  esc_choose_folder (GTK_WINDOW (widget), _ ("Folder for the Run Folder"),
                     folder_chosen_cb, widget);
}

/* --- clipboard ------------------------------------------------------------------- */

static void
copied_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (EscWindow)          self = data;
  g_autoptr (GError)             error = NULL;
  g_autoptr (GdkContentProvider) content = esc_export_copy_finish (result, &error);

  if (self->document == NULL)
    return;
  if (content == NULL)
    {
      show_error (self, _ ("The plot could not be copied"), error);
      return;
    }
  gdk_clipboard_set_content (gtk_widget_get_clipboard (GTK_WIDGET (self)), content);
  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (_ ("Plot copied")));
}

static void
copy_action_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  EscWindow    *self = ESC_WINDOW (widget);
  EscPlotCard  *card = find_card (self, g_variant_get_string (parameter, NULL));
  EngSnapshot  *snapshot = esc_session_model_get_snapshot (self->model);
  EscExportView view;

  if (card == NULL || snapshot == NULL)
    return;
  view = get_view (card);
  esc_export_copy_async (snapshot, &view, self->cancellable, copied_cb,
                         g_object_ref (self));
}

/* --- wiring ---------------------------------------------------------------------- */

void
esc_window_install_export_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.export", "s", export_action_cb);
  gtk_widget_class_install_action (widget_class, "win.copy-plot", "s", copy_action_cb);
  gtk_widget_class_install_action (widget_class, "win.export-folder", NULL,
                                   folder_action_cb);
}

void
esc_window_update_export (EscWindow *self)
{
  static const char *const actions[] = { "win.export", "win.copy-plot",
                                         "win.export-folder" };
  EngPhase                 phase = esc_session_model_get_phase (self->model);
  gboolean has_data = phase == ENG_PHASE_PAUSED || phase == ENG_PHASE_RUNNING
                      || phase == ENG_PHASE_DONE;

  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), actions[i], has_data);
}

static void
append_item (GMenu *menu, const char *label, const char *action, const char *id)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, action, "s", id);
  g_menu_append_item (menu, item);
}

/* On the plots alone: elsewhere Ctrl+C copies text. */
static void
add_copy_key (EscPlotCard *card, const char *id)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (controller),
      gtk_shortcut_new_with_arguments (
          gtk_keyval_trigger_new (GDK_KEY_c, GDK_CONTROL_MASK),
          gtk_named_action_new ("win.copy-plot"), "s", id));
  gtk_widget_add_controller (GTK_WIDGET (card), controller);
}

void
esc_window_add_export (EscWindow *self)
{
  g_autoptr (GPtrArray) cards = esc_window_get_cards (self);

  for (guint i = 0; i < cards->len; i++)
    {
      EscPlotCard *card = g_ptr_array_index (cards, i);
      GMenu       *menu = esc_plot_card_get_menu (card, ESC_PLOT_MENU_EXPORT);
      const char  *id = esc_plot_view_get_plot (esc_plot_card_get_view (card))->id;

      append_item (menu, _ ("_Export…"), "win.export", id);
      append_item (menu, _ ("_Copy Picture"), "win.copy-plot", id);
      add_copy_key (card, id);
    }
}
