/* SPDX-License-Identifier: GPL-3.0-or-later
 * The shell: it lets the views follow the document and the session. */
#include "config.h"

#include "esc-window-private.h"

#include "eng-error.h"
#include "esc-access.h"
#include "esc-compat.h"
#include "esc-cut-tooltip.h"
#include "esc-preset.h"
#include "esc-words.h"

#include <glib/gi18n.h>

/* Longer than the plots' own, so that they never put a snapshot off. */
#define REFRESH_INTERVAL_MS 100

G_DEFINE_FINAL_TYPE (EscWindow, esc_window, ADW_TYPE_APPLICATION_WINDOW)

/* --- what is shown of the document ---------------------------------------------- */

static char *
describe_origin (EscWindow *self)
{
  GFile           *file = esc_document_get_file (self->document);
  gboolean         modified = esc_document_get_modified (self->document);
  g_autofree char *name = NULL;

  if (file != NULL)
    {
      name = g_file_get_basename (file);
      return modified ? g_strdup_printf (_ ("%s, changed"), name)
                      : g_steal_pointer (&name);
    }
  if (esc_document_get_preset (self->document) == NULL)
    return g_strdup (_ ("Not saved"));
  return g_strdup (modified ? _ ("Shipped experiment, changed")
                            : _ ("Shipped experiment"));
}

/* What to look at, translated where the experiment is a shipped one; gettext answers the
 * empty string with its header. */
static const char *
describe (EngSpec *spec)
{
  const char *description = eng_spec_get_description (spec);

  return description[0] == '\0' ? "" : _ (description);
}

static void
update_title (EscWindow *self)
{
  EngSpec         *spec = esc_document_get_spec (self->document);
  g_autofree char *title = esc_words_formula_plain (_ (eng_spec_get_title (spec)));
  g_autofree char *marked = NULL, *subtitle = esc_words_summary (spec);
  g_autofree char *origin = describe_origin (self);

  if (esc_document_get_modified (self->document))
    /* Translators: the title of an experiment with changes that are not saved. */
    marked = g_strdup_printf (_ ("• %s"), title);
  adw_window_title_set_title (self->title, marked == NULL ? title : marked);
  adw_window_title_set_subtitle (self->title, subtitle);
  esc_preset_chooser_set_description (self->chooser, describe (spec));
  gtk_window_set_title (GTK_WINDOW (self), title);
  esc_preset_chooser_set_current (self->chooser, esc_document_get_preset (self->document),
                                  title, origin);
}

static void
loaded_cb (EscWindow *self)
{
  esc_window_forget_zoom (self);
  esc_window_update_cards (self);
  esc_session_model_load (self->model, esc_document_get_spec (self->document));
  update_title (self);
  esc_window_update_actions (self);
}

static void
edited_cb (EscWindow *self)
{
  esc_window_update_cards (self);
  if (esc_session_model_edit (self->model, esc_document_get_spec (self->document))
      && !self->is_moving)
    esc_window_offer_undo (self, _ ("The runs start again"), "win.undo", NULL);
  update_title (self);
  esc_window_update_actions (self);
}

/* --- what is shown of the session ------------------------------------------------ */

static void
show_snapshot (EscWindow *self)
{
  EngSnapshot          *snapshot = esc_session_model_get_snapshot (self->model);
  g_autoptr (GPtrArray) cards = esc_window_get_cards (self);

  for (guint i = 0; i < cards->len; i++)
    esc_plot_view_set_snapshot (esc_plot_card_get_view (g_ptr_array_index (cards, i)),
                                snapshot);
  esc_foot_set_snapshot (self->foot, snapshot);
  esc_spec_editor_set_snapshot (self->editor, snapshot);
  esc_window_update_compare (self);
  esc_window_update_divergence (self);
  self->shown_at = g_get_monotonic_time ();
  self->shown_phase = esc_session_model_get_phase (self->model);
}

static gboolean
refresh_cb (gpointer data)
{
  EscWindow *self = data;

  self->refresh_id = 0;
  show_snapshot (self);
  return G_SOURCE_REMOVE;
}

/* Plots and foot show the same snapshot: at once where something ends or begins, and not
 * too often while it runs. */
static void
snapshot_cb (EscWindow *self)
{
  EngPhase phase = esc_session_model_get_phase (self->model);
  gint64   age = g_get_monotonic_time () - self->shown_at;

  if (phase != ENG_PHASE_RUNNING || phase != self->shown_phase
      || age >= REFRESH_INTERVAL_MS * G_TIME_SPAN_MILLISECOND)
    {
      g_clear_handle_id (&self->refresh_id, g_source_remove);
      show_snapshot (self);
    }
  else if (self->refresh_id == 0)
    self->refresh_id = g_timeout_add (REFRESH_INTERVAL_MS, refresh_cb, self);
}

/* An experiment that the engine refuses while it prepares is the fault of the last edit,
 * if there was one; else the banner says why nothing can be trained. */
static void
phase_cb (EscWindow *self)
{
  const GError *error = esc_session_model_get_error (self->model);

  esc_window_update_actions (self);
  if (esc_session_model_get_phase (self->model) != ENG_PHASE_FAILED || error == NULL
      || g_error_matches (error, ENG_ERROR, ENG_ERROR_CANCELLED))
    esc_banner_hide (self->engine_banner);
  else if (!esc_spec_editor_refuse_last (self->editor, error))
    esc_banner_show (self->engine_banner, _ ("This experiment cannot be carried out"),
                     error->message);
}

/* --- size ------------------------------------------------------------------------ */

static void
collapsed_cb (EscWindow *self)
{
  gboolean collapsed = esc_split_view_get_collapsed (self->split);

  if (collapsed)
    gtk_widget_add_css_class (GTK_WIDGET (self), "narrow");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "narrow");
  adw_button_content_set_label (self->compare_content, collapsed ? "" : _ ("_Compare"));
  esc_plot_grid_set_spacing (self->grid, collapsed ? 8 : 12);
  esc_plot_grid_set_spacing (self->inside_grid, collapsed ? 8 : 12);
  esc_foot_set_compact (self->foot, collapsed);
}

/* A pane over the plots is there for the moment; only the wide window's choice is kept. */
static void
show_pane_cb (EscWindow *self)
{
  if (!esc_split_view_get_collapsed (self->split))
    g_settings_set_boolean (self->settings, "show-pane",
                            esc_split_view_get_show_pane (self->split));
}

static void
restore_state (EscWindow *self)
{
  self->settings = g_settings_new (ESC_APP_ID);
  g_settings_bind (self->settings, "window-width", self, "default-width",
                   G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "window-height", self, "default-height",
                   G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "window-maximized", self, "maximized",
                   G_SETTINGS_BIND_DEFAULT);
  esc_split_view_set_show_pane (self->split,
                                g_settings_get_boolean (self->settings, "show-pane"));
}

/* --- object ---------------------------------------------------------------------- */

static void
close_now (EscWindow *self, gpointer data)
{
  self->may_close = TRUE;
  gtk_window_close (GTK_WINDOW (self));
}

static gboolean
esc_window_close_request (GtkWindow *window)
{
  EscWindow *self = ESC_WINDOW (window);

  if (!self->may_close)
    esc_spec_editor_commit (self->editor);
  if (!self->may_close && esc_document_get_modified (self->document))
    {
      esc_window_guard (self, close_now, NULL, NULL);
      return TRUE;
    }
  return GTK_WINDOW_CLASS (esc_window_parent_class)->close_request (window);
}

static void
esc_window_dispose (GObject *object)
{
  EscWindow *self = ESC_WINDOW (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  esc_window_drop_pending (self);
  g_clear_handle_id (&self->refresh_id, g_source_remove);
  g_clear_weak_pointer (&self->offer);
  g_clear_object (&self->cancellable);
  if (self->autosave != NULL)
    g_object_run_dispose (G_OBJECT (self->autosave));
  g_clear_object (&self->autosave);
  g_clear_pointer (&self->recovered, g_ptr_array_unref);
  /* Joins the engine's thread. */
  if (self->model != NULL)
    g_object_run_dispose (G_OBJECT (self->model));
  g_clear_object (&self->model);
  g_clear_object (&self->document);
  g_clear_object (&self->settings);
  g_clear_object (&self->steps);
  g_clear_pointer (&self->diverged, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (object), ESC_TYPE_WINDOW);
  G_OBJECT_CLASS (esc_window_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, EscWindow, title);
  gtk_widget_class_bind_template_child (widget_class, EscWindow, pane_button);
  gtk_widget_class_bind_template_child (widget_class, EscWindow, train_button);
  gtk_widget_class_bind_template_child (widget_class, EscWindow, train_stack);
  gtk_widget_class_bind_template_child (widget_class, EscWindow, compare_button);
  gtk_widget_class_bind_template_child (widget_class, EscWindow, compare_content);
  gtk_widget_class_bind_template_child (widget_class, EscWindow, menu_button);
  gtk_widget_class_bind_template_child (widget_class, EscWindow, history_menu);
  gtk_widget_class_bind_template_child (widget_class, EscWindow, undo_button);
  gtk_widget_class_bind_template_child (widget_class, EscWindow, redo_button);
  gtk_widget_class_bind_template_child (widget_class, EscWindow, split);
  gtk_widget_class_bind_template_child (widget_class, EscWindow, chooser);
  gtk_widget_class_bind_template_child (widget_class, EscWindow, editor);
  gtk_widget_class_bind_template_child (widget_class, EscWindow, open_section);
  gtk_widget_class_bind_template_child (widget_class, EscWindow, recovery_banner);
  gtk_widget_class_bind_template_child (widget_class, EscWindow, file_banner);
  gtk_widget_class_bind_template_child (widget_class, EscWindow, engine_banner);
  gtk_widget_class_bind_template_child (widget_class, EscWindow, divergence_banner);
  esc_window_bind_cards (widget_class);
  gtk_widget_class_bind_template_child (widget_class, EscWindow, pages);
  gtk_widget_class_bind_template_child (widget_class, EscWindow, inside_page);
  gtk_widget_class_bind_template_child (widget_class, EscWindow, grid);
  gtk_widget_class_bind_template_child (widget_class, EscWindow, inside_grid);
  gtk_widget_class_bind_template_child (widget_class, EscWindow, foot);
  gtk_widget_class_bind_template_child (widget_class, EscWindow, toasts);
  gtk_widget_class_bind_template_callback (widget_class, collapsed_cb);
  gtk_widget_class_bind_template_callback (widget_class, esc_window_compare_toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_pane_cb);
}

static void
esc_window_class_init (EscWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = esc_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = esc_window_close_request;

  g_type_ensure (ESC_TYPE_SPLIT_VIEW);
  g_type_ensure (ESC_TYPE_PRESET_CHOOSER);
  g_type_ensure (ESC_TYPE_SPEC_EDITOR);
  g_type_ensure (ESC_TYPE_BANNER);
  g_type_ensure (ESC_TYPE_PLOT_CARD);
  g_type_ensure (ESC_TYPE_PLOT_GRID);
  g_type_ensure (ESC_TYPE_FOOT);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/escapement_lab/Escapement/window.ui");
  bind_children (widget_class);
  esc_window_install_actions (widget_class);
  esc_window_install_help (widget_class);
  esc_window_install_history (widget_class);
  esc_window_install_divergence (widget_class);
}

static void
connect_state (EscWindow *self)
{
  g_signal_connect_object (self->document, "loaded", G_CALLBACK (loaded_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->document, "edited", G_CALLBACK (edited_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->document, "notify::file", G_CALLBACK (update_title),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->document, "notify::modified", G_CALLBACK (update_title),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->model, "notify::snapshot", G_CALLBACK (snapshot_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->model, "notify::phase", G_CALLBACK (phase_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->model, "notify::training",
                           G_CALLBACK (esc_window_update_actions), self,
                           G_CONNECT_SWAPPED);
}

/* A button is named by what is in it, and by its own name before that: both would be read,
 * and all the words that it can show. */
static void
drop_content_names (EscWindow *self)
{
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (self->train_button),
                                 GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (self->compare_button),
                                 GTK_ACCESSIBLE_RELATION_LABELLED_BY);
}

static void
esc_window_init (EscWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->document = esc_document_new ();
  self->model = esc_session_model_new ();
  self->cancellable = g_cancellable_new ();

  esc_cut_tooltip_attach (GTK_WIDGET (self->title));
  esc_access_name_toasts (self->toasts);
  esc_access_return_focus (gtk_menu_button_get_popover (self->menu_button));
  esc_window_add_shortcuts (self);
  esc_window_connect_plots (self);
  esc_window_add_help (self);
  esc_spec_editor_set_document (self->editor, self->document, self->model);
  esc_window_add_export (self);
  esc_window_add_divergence (self);
  connect_state (self);
  esc_window_connect_history (self);
  restore_state (self);
  esc_window_start_autosave (self);
  esc_window_add_recent_menu (self);
  esc_window_accept_drops (self);
  esc_window_focus_plots (self);
  drop_content_names (self);
}

EscWindow *
esc_window_new (EscApplication *application)
{
  EscWindow  *self = g_object_new (ESC_TYPE_WINDOW, "application", application, NULL);
  GListModel *presets = esc_preset_get_all ();

  esc_access_name_shortcuts (esc_compat_get_shortcuts (GTK_APPLICATION_WINDOW (self)));
  if (g_list_model_get_n_items (presets) > 0)
    {
      g_autoptr (EscPreset) first = g_list_model_get_item (presets, 0);

      esc_window_load_preset (self, esc_preset_get_id (first));
    }
  else
    esc_window_new_experiment (self);
  return self;
}

EscDocument *
esc_window_get_document (EscWindow *self)
{
  g_return_val_if_fail (ESC_IS_WINDOW (self), NULL);
  return self->document;
}

EscSessionModel *
esc_window_get_model (EscWindow *self)
{
  g_return_val_if_fail (ESC_IS_WINDOW (self), NULL);
  return self->model;
}
