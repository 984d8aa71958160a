/* SPDX-License-Identifier: GPL-3.0-or-later
 * The window's commands: training, files, pane; and the keys without a modifier. */
#include "config.h"

#include "esc-window-private.h"

#include <glib/gi18n.h>

static void
train_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  EscWindow *self = ESC_WINDOW (widget);

  if (esc_session_model_get_training (self->model))
    esc_session_model_pause (self->model);
  else if (esc_spec_editor_commit (self->editor))
    esc_session_model_train (self->model);
}

/* Whether the curves shown are the finished ones of this very experiment. */
static gboolean
has_ended (EscWindow *self)
{
  EngSnapshot *snapshot = esc_session_model_get_snapshot (self->model);
  EngSpec     *spec = esc_document_get_spec (self->document);

  return !esc_session_model_get_training (self->model) && snapshot != NULL && spec != NULL
         && snapshot->phase == ENG_PHASE_DONE && eng_spec_equal (snapshot->spec, spec);
}

/* One stray key must not wipe what was trained to the end. */
static void
train_by_key_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  if (!has_ended (ESC_WINDOW (widget)))
    train_cb (widget, name, parameter);
}

static void
step_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  EscWindow *self = ESC_WINDOW (widget);

  if (esc_spec_editor_commit (self->editor))
    esc_session_model_step (self->model);
}

static void
reset_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  EscWindow   *self = ESC_WINDOW (widget);
  EngSnapshot *snapshot = esc_session_model_get_snapshot (self->model);
  guint64      step = snapshot == NULL ? 0 : snapshot->step;

  if (!esc_spec_editor_commit (self->editor))
    return;
  esc_session_model_reset (self->model);
  if (step > 0)
    esc_window_offer_undo (self, _ ("Back to step 0"), "win.undo-reset",
                           g_variant_new_uint64 (step));
}

/* The button goes with what it stops, which may take a moment: one call of linear algebra
 * is waited for. */
static void
cancel_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  EscWindow *self = ESC_WINDOW (widget);

  esc_session_model_cancel (self->model);
  gtk_widget_action_set_enabled (widget, "win.cancel", FALSE);
  esc_window_focus_plots (self);
}

static void
compare_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GtkToggleButton *button = ESC_WINDOW (widget)->compare_button;

  gtk_toggle_button_set_active (button, !gtk_toggle_button_get_active (button));
}

static void
new_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  EscWindow *self = ESC_WINDOW (widget);

  /* Even if it is refused: the experiment goes. */
  esc_spec_editor_commit (self->editor);
  esc_window_new_experiment (self);
}

static void
open_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  EscWindow *self = ESC_WINDOW (widget);

  esc_spec_editor_commit (self->editor);
  esc_window_choose_file (self);
}

static void
save_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  EscWindow *self = ESC_WINDOW (widget);

  if (esc_spec_editor_commit (self->editor))
    esc_window_save (self, FALSE);
}

static void
save_as_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  EscWindow *self = ESC_WINDOW (widget);

  if (esc_spec_editor_commit (self->editor))
    esc_window_save (self, TRUE);
}

static void
open_recent_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  EscWindow        *self = ESC_WINDOW (widget);
  g_autoptr (GFile) file = g_file_new_for_uri (g_variant_get_string (parameter, NULL));

  esc_spec_editor_commit (self->editor);
  esc_window_open (self, file);
}

static void
choose_table_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  esc_window_choose_table (ESC_WINDOW (widget));
}

static void
show_table_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  EscWindow *self = ESC_WINDOW (widget);

  if (esc_spec_editor_commit (self->editor))
    esc_window_show_table (self);
}

static void
restore_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  esc_window_restore (ESC_WINDOW (widget));
}

static void
forget_recovered_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  esc_window_forget_recovered (ESC_WINDOW (widget));
}

static void
preset_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  EscWindow *self = ESC_WINDOW (widget);

  esc_spec_editor_commit (self->editor);
  esc_window_focus_plots (self);
  esc_window_load_preset (self, g_variant_get_string (parameter, NULL));
}

static void
show_pane_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  EscWindow *self = ESC_WINDOW (widget);

  esc_split_view_set_show_pane (self->split, !esc_split_view_get_show_pane (self->split));
}

/* The list hangs below the side pane's head, so the pane has to be there. */
static void
choose_preset_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  EscWindow *self = ESC_WINDOW (widget);

  esc_split_view_set_show_pane (self->split, TRUE);
  esc_preset_chooser_popup (self->chooser);
}

static void
focus_plots_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  esc_window_focus_plots (ESC_WINDOW (widget));
}

static void
page_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GtkStack   *pages = ESC_WINDOW (widget)->pages;
  const char *id = g_variant_get_string (parameter, NULL);
  GtkWidget  *child = gtk_stack_get_child_by_name (pages, id);

  if (child != NULL && gtk_stack_page_get_visible (gtk_stack_get_page (pages, child)))
    gtk_stack_set_visible_child (pages, child);
}

void
esc_window_install_actions (GtkWidgetClass *widget_class)
{
  static const struct
  {
    const char                 *name;
    const char                 *type;
    GtkWidgetActionActivateFunc func;
  } actions[] = {
    { "win.train", NULL, train_cb },
    { "win.train-by-key", NULL, train_by_key_cb },
    { "win.step", NULL, step_cb },
    { "win.reset", NULL, reset_cb },
    { "win.cancel", NULL, cancel_cb },
    { "win.compare", NULL, compare_cb },
    { "win.new", NULL, new_cb },
    { "win.open", NULL, open_cb },
    { "win.open-recent", "s", open_recent_cb },
    { "win.choose-table", NULL, choose_table_cb },
    { "win.show-table", NULL, show_table_cb },
    { "win.restore", NULL, restore_cb },
    { "win.forget-recovered", NULL, forget_recovered_cb },
    { "win.save", NULL, save_cb },
    { "win.save-as", NULL, save_as_cb },
    { "win.preset", "s", preset_cb },
    { "win.show-pane", NULL, show_pane_cb },
    { "win.choose-preset", NULL, choose_preset_cb },
    { "win.focus-plots", NULL, focus_plots_cb },
    { "win.page", "s", page_cb },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class, actions[i].name, actions[i].type,
                                     actions[i].func);
  gtk_widget_class_install_property_action (widget_class, "win.fullscreen",
                                            "fullscreened");
  esc_window_install_export_actions (widget_class);
}

/* Where Space trains and a full stop takes a step. */
void
esc_window_focus_plots (EscWindow *self)
{
  GtkWidget   *page = gtk_stack_get_visible_child (self->pages);
  EscPlotCard *card = page == NULL
                              || gtk_widget_is_ancestor (GTK_WIDGET (self->loss), page)
                          ? self->loss
                          : self->terms;

  gtk_window_set_focus (GTK_WINDOW (self), GTK_WIDGET (esc_plot_card_get_view (card)));
}

/* These keys come last, when no entry, button or list has taken them: typing a point into
 * a spin button must not take a step. */
void
esc_window_add_shortcuts (EscWindow *self)
{
  static const struct
  {
    guint       key;
    const char *action;
  } keys[] = {
    { GDK_KEY_space, "win.train-by-key" },
    { GDK_KEY_KP_Space, "win.train-by-key" },
    { GDK_KEY_period, "win.step" },
    { GDK_KEY_KP_Decimal, "win.step" },
  };
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_BUBBLE);
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_shortcut_controller_add_shortcut (
        GTK_SHORTCUT_CONTROLLER (controller),
        gtk_shortcut_new (gtk_keyval_trigger_new (keys[i].key, 0),
                          gtk_named_action_new (keys[i].action)));
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}

static void
show_train (EscWindow *self, const char *page, const char *name, const char *tip)
{
  gtk_stack_set_visible_child_name (self->train_stack, page);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->train_button), tip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->train_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

void
esc_window_update_actions (EscWindow *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  EngPhase   phase = esc_session_model_get_phase (self->model);
  gboolean   training = esc_session_model_get_training (self->model);
  gboolean   has_spec = esc_document_get_spec (self->document) != NULL;

  gtk_widget_action_set_enabled (widget, "win.train", has_spec);
  gtk_widget_action_set_enabled (widget, "win.step",
                                 phase == ENG_PHASE_PAUSED || phase == ENG_PHASE_RUNNING);
  gtk_widget_action_set_enabled (widget, "win.reset", has_spec);
  gtk_widget_action_set_enabled (widget, "win.cancel", phase == ENG_PHASE_PREPARING);
  esc_window_update_compare (self);
  esc_window_update_export (self);

  if (training)
    show_train (self, "pause", _ ("Pause"), _ ("Pause the training (Space)"));
  else if (has_ended (self))
    show_train (self, "again", _ ("Train Again"),
                _ ("Every run has ended: train again from the start"));
  else
    show_train (self, "train", _ ("Train"), _ ("Train all runs side by side (Space)"));
}
