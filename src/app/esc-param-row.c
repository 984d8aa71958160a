/* SPDX-License-Identifier: GPL-3.0-or-later
 * The row of one EngParam. */
#include "config.h"

#include "esc-param-row-private.h"

#include "esc-formula-factory.h"
#include "esc-help-card.h"
#include "esc-number-entry.h"
#include "esc-param-text.h"
#include "esc-words.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

G_DEFINE_FINAL_TYPE (EscParamRow, esc_param_row, G_TYPE_OBJECT)

enum
{
  SIGNAL_EDITED,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

static void
emit_edited (EscParamRow *self, const char *text)
{
  g_autoptr (EscParamRow) keep = NULL;

  if (self->is_updating)
    return;
  keep = g_object_ref (self);
  self->is_typed = FALSE;
  /* Leaving the row with what was refused asks for nothing new. */
  if (text != NULL && g_strcmp0 (text, self->held) == 0)
    return;
  g_signal_emit (self, signals[SIGNAL_EDITED], 0, text);
}

/* --- controls ------------------------------------------------------------------ */

static void
number_edited_cb (EscParamRow *self, const char *text)
{
  /* An emptied field asks for what holds when nothing is written, and so does the word
   * that is shown then. */
  emit_edited (self, *text == '\0' || g_str_equal (text, _ ("auto")) ? NULL : text);
}

/* Why an earlier value was refused is of no use to who types the next. */
static void
typed_cb (EscParamRow *self)
{
  if (self->is_updating)
    return;
  self->is_typed = TRUE;
  if (self->refusal == NULL)
    return;
  g_clear_pointer (&self->refusal, g_free);
  g_clear_pointer (&self->held, g_free);
  esc_param_row_show_words (self);
}

/* With Enter a value is done: the keys without a modifier are commands again, unless it
 * was refused and waits for another. */
static void
entered_cb (EscParamRow *self)
{
  if (self->refusal == NULL && !self->is_typed)
    gtk_widget_activate_action (GTK_WIDGET (self->row), "win.focus-plots", NULL);
}

static void
connect_text (EscParamRow *self)
{
  GtkEditable *text = gtk_editable_get_delegate (GTK_EDITABLE (self->control));

  g_signal_connect_object (self->control, "changed", G_CALLBACK (typed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (text, "activate", G_CALLBACK (entered_cb), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
}

static void
selected_cb (EscParamRow *self)
{
  guint selected = adw_combo_row_get_selected (ADW_COMBO_ROW (self->row));

  /* A list that closes after a refusal tells once more of the choice that holds. */
  if (selected != GTK_INVALID_LIST_POSITION && selected != self->shown_choice)
    emit_edited (self, self->choices[selected].id);
}

static void
active_cb (EscParamRow *self)
{
  emit_edited (self,
               gtk_switch_get_active (GTK_SWITCH (self->control)) ? "true" : "false");
}

static void
entry_done_cb (EscParamRow *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->control));

  if (g_strcmp0 (text, self->text) != 0)
    emit_edited (self, *text == '\0' ? NULL : text);
}

static void
make_combo (EscParamRow *self)
{
  GtkStringList                 *titles = gtk_string_list_new (NULL);
  g_autoptr (GtkListItemFactory) shown = esc_formula_factory_new (FALSE);
  g_autoptr (GtkListItemFactory) listed = esc_formula_factory_new (TRUE);

  for (const EngChoice *choice = self->choices; choice->id != NULL; choice++)
    gtk_string_list_append (titles, _ (choice->title));
  self->row = ADW_ACTION_ROW (adw_combo_row_new ());
  adw_combo_row_set_factory (ADW_COMBO_ROW (self->row), shown);
  adw_combo_row_set_list_factory (ADW_COMBO_ROW (self->row), listed);
  adw_combo_row_set_model (ADW_COMBO_ROW (self->row), G_LIST_MODEL (titles));
  g_object_unref (titles);
  self->control = GTK_WIDGET (self->row);
  g_signal_connect_object (self->row, "notify::selected", G_CALLBACK (selected_cb), self,
                           G_CONNECT_SWAPPED);
}

static GtkWidget *
make_number (EscParamRow *self)
{
  GtkWidget *entry = esc_number_entry_new (self->param->min, self->param->max);

  self->control = esc_number_entry_get_spin (ESC_NUMBER_ENTRY (entry));
  g_signal_connect_object (entry, "edited", G_CALLBACK (number_edited_cb), self,
                           G_CONNECT_SWAPPED);
  connect_text (self);
  return entry;
}

static GtkWidget *
make_switch (EscParamRow *self)
{
  self->control = gtk_switch_new ();
  gtk_widget_set_valign (self->control, GTK_ALIGN_CENTER);
  g_signal_connect_object (self->control, "notify::active", G_CALLBACK (active_cb), self,
                           G_CONNECT_SWAPPED);
  return self->control;
}

static GtkWidget *
make_entry (EscParamRow *self)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();

  self->control = gtk_entry_new ();
  gtk_widget_set_valign (self->control, GTK_ALIGN_CENTER);
  gtk_editable_set_width_chars (GTK_EDITABLE (self->control), 10);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (self->control), 10);
  g_signal_connect_object (self->control, "activate", G_CALLBACK (entry_done_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (focus, "leave", G_CALLBACK (entry_done_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_controller (self->control, focus);
  connect_text (self);
  return self->control;
}

static void
make_action_row (EscParamRow *self)
{
  GtkWidget *suffix;

  self->row = ADW_ACTION_ROW (adw_action_row_new ());
  if (esc_param_is_number (self->param))
    suffix = make_number (self);
  else if (self->param->kind == ENG_PARAM_BOOLEAN)
    suffix = make_switch (self);
  else
    suffix = make_entry (self);
  adw_action_row_add_suffix (self->row, suffix);
  adw_action_row_set_activatable_widget (self->row, self->control);
}

static void
make_row (EscParamRow *self)
{
  g_autofree char *title = g_markup_escape_text (_ (self->param->title), -1);

  if (self->choices != NULL)
    make_combo (self);
  else
    make_action_row (self);
  g_object_ref_sink (self->row);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->row), title);
  gtk_widget_add_css_class (GTK_WIDGET (self->row), "param");
  esc_help_card_attach (GTK_WIDGET (self->row), self->param);
  /* Its name is the row's title, by a relation that libadwaita makes. */
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (self->control), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
      self->param->help == NULL ? "" : _ (self->param->help), -1);
}

/* --- object -------------------------------------------------------------------- */

static void
esc_param_row_dispose (GObject *object)
{
  EscParamRow *self = ESC_PARAM_ROW (object);

  g_clear_object (&self->row);
  self->control = NULL;
  G_OBJECT_CLASS (esc_param_row_parent_class)->dispose (object);
}

static void
esc_param_row_finalize (GObject *object)
{
  EscParamRow *self = ESC_PARAM_ROW (object);

  g_free (self->group);
  g_free (self->subtitle);
  g_free (self->refusal);
  g_free (self->warning);
  g_free (self->held);
  g_free (self->text);
  G_OBJECT_CLASS (esc_param_row_parent_class)->finalize (object);
}

static void
esc_param_row_class_init (EscParamRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = esc_param_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = esc_param_row_finalize;
  signals[SIGNAL_EDITED] = g_signal_new ("edited", ESC_TYPE_PARAM_ROW, G_SIGNAL_RUN_LAST,
                                         0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                         G_TYPE_STRING);
}

static void
esc_param_row_init (EscParamRow *self)
{
  self->subtitle = g_strdup ("");
  self->is_shown = self->is_relevant = TRUE;
}

EscParamRow *
esc_param_row_new (const EngParam *param, const char *group, const EngChoice *choices)
{
  EscParamRow *self = g_object_new (ESC_TYPE_PARAM_ROW, NULL);

  self->param = param;
  self->group = g_strdup (group);
  self->choices = choices;
  if (param->kind == ENG_PARAM_CHOICE && choices == NULL)
    self->choices = param->choices;
  make_row (self);
  return self;
}

GtkWidget *
esc_param_row_get_widget (EscParamRow *self)
{
  g_return_val_if_fail (ESC_IS_PARAM_ROW (self), NULL);
  return GTK_WIDGET (self->row);
}

GtkWidget *
esc_param_row_get_control (EscParamRow *self)
{
  g_return_val_if_fail (ESC_IS_PARAM_ROW (self), NULL);
  return self->control;
}

const EngParam *
esc_param_row_get_param (EscParamRow *self)
{
  g_return_val_if_fail (ESC_IS_PARAM_ROW (self), NULL);
  return self->param;
}

const char *
esc_param_row_get_group (EscParamRow *self)
{
  g_return_val_if_fail (ESC_IS_PARAM_ROW (self), NULL);
  return self->group;
}

const char *
esc_param_row_get_refusal (EscParamRow *self)
{
  g_return_val_if_fail (ESC_IS_PARAM_ROW (self), NULL);
  return self->refusal;
}

void
esc_param_row_update (EscParamRow *self, const EngSettings *settings, double d)
{
  g_return_if_fail (ESC_IS_PARAM_ROW (self));

  self->is_updating = TRUE;
  self->is_typed = FALSE;
  esc_param_row_show_value (self, settings);
  self->is_updating = FALSE;
  self->is_relevant = eng_settings_is_relevant (settings, self->param);
  gtk_widget_set_visible (GTK_WIDGET (self->row), self->is_relevant && self->is_shown);
  g_clear_pointer (&self->refusal, g_free);
  g_clear_pointer (&self->held, g_free);
  g_free (self->subtitle);
  self->subtitle = esc_param_describe (self->param, settings, d);
  esc_param_row_show_words (self);
}

gboolean
esc_param_row_commit (EscParamRow *self)
{
  g_return_val_if_fail (ESC_IS_PARAM_ROW (self), TRUE);

  if (!self->is_typed)
    return TRUE;
  if (GTK_IS_SPIN_BUTTON (self->control))
    gtk_spin_button_update (GTK_SPIN_BUTTON (self->control));
  else
    entry_done_cb (self);
  self->is_typed = FALSE;
  return self->refusal == NULL;
}

void
esc_param_row_set_shown (EscParamRow *self, gboolean shown)
{
  g_return_if_fail (ESC_IS_PARAM_ROW (self));

  self->is_shown = shown;
  gtk_widget_set_visible (GTK_WIDGET (self->row), self->is_relevant && self->is_shown);
}

void
esc_param_row_set_remark (EscParamRow *self, const char *remark)
{
  g_return_if_fail (ESC_IS_PARAM_ROW (self));

  g_free (self->subtitle);
  self->subtitle = g_markup_escape_text (remark, -1);
  esc_param_row_show_words (self);
}
