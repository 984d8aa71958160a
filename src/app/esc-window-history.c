/* SPDX-License-Identifier: GPL-3.0-or-later
 * Undo and redo: commands, their names in menu and tooltips, and toasts that offer them. */
#include "config.h"

#include "esc-window-private.h"

#include <glib/gi18n.h>

/* --- moving ---------------------------------------------------------------------- */

/* A change that acted while the runs were going is undone by another one: what is trained
 * stays.  One that began them again is undone by training what was trained before, which
 * gives the same numbers. */
static void
move (EscWindow *self, int by)
{
  guint64             steps;
  EngSpec            *target = esc_document_peek (self->document, by, &steps);
  gboolean            goes_on = esc_session_model_get_training (self->model);
  g_autoptr (EngSpec) spec = NULL;

  if (target == NULL)
    return;
  spec = esc_session_model_reach (self->model, target);
  self->is_moving = TRUE;
  esc_document_go (self->document, by, spec);
  self->is_moving = FALSE;
  if (steps > 0 && !goes_on && esc_session_model_is_starting (self->model))
    esc_session_model_replay (self->model, esc_document_get_spec (self->document), steps);
}

/* Text that is being written has an undo of its own. */
static gboolean
undo_in_text (EscWindow *self, const char *action)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));

  return GTK_IS_TEXT_VIEW (focus) && gtk_widget_activate_action (focus, action, NULL);
}

static void
undo_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  EscWindow *self = ESC_WINDOW (widget);

  /* First what is typed and not entered. */
  if (!undo_in_text (self, "text.undo") && !esc_spec_editor_discard (self->editor))
    move (self, -1);
}

static void
redo_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  EscWindow *self = ESC_WINDOW (widget);

  if (undo_in_text (self, "text.redo"))
    return;
  esc_spec_editor_discard (self->editor);
  move (self, +1);
}

static void
undo_reset_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  EscWindow *self = ESC_WINDOW (widget);

  esc_session_model_replay (self->model, esc_document_get_spec (self->document),
                            g_variant_get_uint64 (parameter));
}

void
esc_window_install_history (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.undo", NULL, undo_cb);
  gtk_widget_class_install_action (widget_class, "win.redo", NULL, redo_cb);
  gtk_widget_class_install_action (widget_class, "win.undo-reset", "t", undo_reset_cb);
}

/* --- names ----------------------------------------------------------------------- */

static void
show_name (GtkButton *button, const char *label, const char *tip)
{
  gtk_widget_set_tooltip_text (GTK_WIDGET (button), tip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label, -1);
}

static void
names_cb (EscWindow *self)
{
  const char      *undo = esc_document_get_undo (self->document);
  const char      *redo = esc_document_get_redo (self->document);
  g_autofree char *undo_label = NULL, *redo_label = NULL;
  g_autofree char *undo_tip = NULL, *redo_tip = NULL;

  undo_label = undo == NULL ? g_strdup (_ ("Undo"))
                            /* Translators: the name of what was changed: Rate c. */
                            : g_strdup_printf (_ ("Undo “%s”"), undo);
  redo_label = redo == NULL ? g_strdup (_ ("Redo"))
                            : g_strdup_printf (_ ("Redo “%s”"), redo);
  /* Translators: a tooltip: what the button does, and its key. */
  undo_tip = g_strdup_printf (_ ("%s (Ctrl+Z)"), undo_label);
  redo_tip = g_strdup_printf (_ ("%s (Ctrl+Shift+Z)"), redo_label);
  show_name (self->undo_button, undo_label, undo_tip);
  show_name (self->redo_button, redo_label, redo_tip);
  g_menu_remove_all (self->history_menu);
  g_menu_append (self->history_menu, undo_label, "win.undo");
  g_menu_append (self->history_menu, redo_label, "win.redo");
  /* Undo stays possible for what is typed and not entered yet. */
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.redo", redo != NULL);
  gtk_widget_set_sensitive (GTK_WIDGET (self->undo_button), undo != NULL);
}

/* --- views ----------------------------------------------------------------------- */

static GVariant *
gather_views (EscWindow *self)
{
  g_autoptr (GPtrArray) cards = esc_window_get_cards (self);
  GVariantBuilder       views;

  g_variant_builder_init (&views, G_VARIANT_TYPE_VARDICT);
  for (guint i = 0; i < cards->len; i++)
    {
      EscPlotView     *view = esc_plot_card_get_view (g_ptr_array_index (cards, i));
      const PlotClass *klass = esc_plot_view_get_plot (view);

      g_autoptr (GVariant) state = klass == NULL ? NULL : esc_plot_view_get_state (view);

      if (klass != NULL)
        g_variant_builder_add (&views, "{sv}", klass->id, state);
    }
  return g_variant_builder_end (&views);
}

static void
view_edited_cb (EscWindow *self)
{
  esc_document_set_views (self->document, gather_views (self), _ ("View of a Plot"));
}

static void
views_restored_cb (EscWindow *self)
{
  g_autoptr (GPtrArray) cards = esc_window_get_cards (self);
  GVariant             *views = esc_document_get_views (self->document);

  for (guint i = 0; i < cards->len; i++)
    {
      EscPlotView         *view = esc_plot_card_get_view (g_ptr_array_index (cards, i));
      const PlotClass     *klass = esc_plot_view_get_plot (view);
      g_autoptr (GVariant) state = NULL;

      if (klass == NULL)
        continue;
      state = g_variant_lookup_value (views, klass->id, NULL);
      if (state != NULL)
        esc_plot_view_set_state (view, state);
    }
}

/* --- offers ---------------------------------------------------------------------- */

static void
offer_dismissed_cb (EscWindow *self, AdwToast *toast)
{
  if (self->offer == toast)
    g_clear_weak_pointer (&self->offer);
}

/* A toast that is shown still says the newest thing: one after the other would come late. */
void
esc_window_offer_undo (EscWindow  *self,
                       const char *title,
                       const char *action,
                       GVariant   *target)
{
  AdwToast *toast = self->offer;

  if (toast == NULL)
    {
      toast = adw_toast_new (title);
      adw_toast_set_button_label (toast, _ ("_Undo"));
      g_signal_connect_object (toast, "dismissed", G_CALLBACK (offer_dismissed_cb), self,
                               G_CONNECT_SWAPPED);
      g_set_weak_pointer (&self->offer, toast);
      adw_toast_overlay_add_toast (self->toasts, toast);
    }
  adw_toast_set_title (toast, title);
  /* Target and action must fit at every moment. */
  adw_toast_set_action_name (toast, NULL);
  adw_toast_set_action_target_value (toast, target);
  adw_toast_set_action_name (toast, action);
}

/* The engine has said at which steps the changes came into effect. */
static void
confirmed_cb (EscWindow *self)
{
  EngSpec *spec = esc_session_model_get_spec (self->model);

  if (esc_document_get_spec (self->document) != NULL
      && eng_spec_same_start (esc_document_get_spec (self->document), spec))
    esc_document_amend (self->document, spec);
}

/* The plots' own choices at the start are no step. */
static void
loaded_cb (EscWindow *self)
{
  if (self->begins)
    esc_document_forget_past (self->document);
  self->begins = FALSE;
  if (esc_document_get_views (self->document) == NULL)
    esc_document_set_views (self->document, gather_views (self), NULL);
  if (esc_document_get_undo (self->document) != NULL && !self->is_moving)
    esc_window_offer_undo (self, _ ("Experiment opened"), "win.undo", NULL);
}

/* What is offered after a reset is of the experiment as it was then. */
static void
edited_cb (EscWindow *self)
{
  if (self->offer != NULL
      && g_strcmp0 (adw_toast_get_action_name (self->offer), "win.undo-reset") == 0)
    esc_window_offer_undo (self, _ ("Experiment changed"), "win.undo", NULL);
}

static void
snapshot_cb (EscWindow *self)
{
  if (!esc_session_model_is_starting (self->model))
    esc_document_set_steps (self->document,
                            esc_session_model_get_snapshot (self->model)->step);
}

/* Text that is typed and not entered is undone by the same command, but whoever opens the
 * menu has entered it. */
static void
menu_cb (EscWindow *self)
{
  gboolean is_open = gtk_widget_get_mapped (
      GTK_WIDGET (gtk_menu_button_get_popover (self->menu_button)));

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.undo",
                                 !is_open
                                     || esc_document_get_undo (self->document) != NULL);
}

void
esc_window_begin_with_file (EscWindow *self)
{
  g_return_if_fail (ESC_IS_WINDOW (self));
  self->begins = esc_document_get_undo (self->document) == NULL
                 && !esc_document_get_modified (self->document);
}

void
esc_window_connect_history (EscWindow *self)
{
  g_autoptr (GPtrArray) cards = esc_window_get_cards (self);

  for (guint i = 0; i < cards->len; i++)
    g_signal_connect_object (esc_plot_card_get_view (g_ptr_array_index (cards, i)),
                             "view-edited", G_CALLBACK (view_edited_cb), self,
                             G_CONNECT_SWAPPED);
  g_signal_connect_object (self->document, "notify::undo", G_CALLBACK (names_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->document, "loaded", G_CALLBACK (loaded_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->document, "edited", G_CALLBACK (edited_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->model, "notify::spec", G_CALLBACK (confirmed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->model, "notify::snapshot", G_CALLBACK (snapshot_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_menu_button_get_popover (self->menu_button), "map",
                           G_CALLBACK (menu_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_menu_button_get_popover (self->menu_button), "unmap",
                           G_CALLBACK (menu_cb), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (self->document, "views-restored",
                           G_CALLBACK (views_restored_cb), self, G_CONNECT_SWAPPED);
  /* Edits of one number are one step until the focus goes elsewhere. */
  g_signal_connect_object (self, "notify::focus-widget", G_CALLBACK (esc_document_seal),
                           self->document, G_CONNECT_SWAPPED);
  names_cb (self);
}
