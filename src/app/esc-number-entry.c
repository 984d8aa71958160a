/* SPDX-License-Identifier: GPL-3.0-or-later
 * A spin button that hands over what was typed, word for word. */
#include "config.h"

#include "esc-number-entry.h"

#include "esc-words.h"

#include <math.h>
#include <string.h>

#define MIN_CHARS 4
#define MAX_CHARS 8

struct _EscNumberEntry
{
  AdwBin parent_instance;

  GtkSpinButton *spin;
  char          *text;  /* as shown */
  double         value; /* NaN: unset */
  gboolean       is_setting;
  gboolean       is_open; /* shows what was typed and not accepted */
};

G_DEFINE_FINAL_TYPE (EscNumberEntry, esc_number_entry, ADW_TYPE_BIN)

enum
{
  SIGNAL_EDITED,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

/* Brings back what is shown by right, whatever was typed or clicked. */
static void
restore (EscNumberEntry *self)
{
  GtkAdjustment *adjustment = gtk_spin_button_get_adjustment (self->spin);

  self->is_setting = TRUE;
  self->is_open = FALSE;
  gtk_adjustment_set_value (adjustment, isnan (self->value) ? 0.0 : self->value);
  if (strcmp (gtk_editable_get_text (GTK_EDITABLE (self->spin)), self->text) != 0)
    gtk_editable_set_text (GTK_EDITABLE (self->spin), self->text);
  self->is_setting = FALSE;
}

/* Leaves what was typed as it is, unless somebody sets a text. */
static void
emit_edited (EscNumberEntry *self, const char *text)
{
  self->is_open = TRUE;
  g_signal_emit (self, signals[SIGNAL_EDITED], 0, text);
}

static int
input_cb (EscNumberEntry *self, double *value)
{
  g_autoptr (EscNumberEntry) keep = g_object_ref (self);
  const char                *shown = gtk_editable_get_text (GTK_EDITABLE (self->spin));
  g_autofree char           *typed = g_strdup (shown);

  g_strstrip (typed);
  if (!self->is_setting && strcmp (shown, self->text) != 0)
    {
      /* A decimal comma is what many keyboards have; files have points. */
      if (strchr (typed, '.') == NULL)
        g_strdelimit (typed, ",", '.');
      emit_edited (self, typed);
    }
  *value = gtk_adjustment_get_value (gtk_spin_button_get_adjustment (self->spin));
  return TRUE;
}

static gboolean
output_cb (EscNumberEntry *self)
{
  if (!self->is_open
      && strcmp (gtk_editable_get_text (GTK_EDITABLE (self->spin)), self->text) != 0)
    gtk_editable_set_text (GTK_EDITABLE (self->spin), self->text);
  return TRUE;
}

static void
value_changed_cb (EscNumberEntry *self)
{
  g_autoptr (EscNumberEntry) keep = g_object_ref (self);
  g_autofree char           *text = NULL;

  if (self->is_setting)
    return;
  text = esc_words_plain_number (gtk_spin_button_get_value (self->spin));
  emit_edited (self, text);
  restore (self);
}

/* The wheel scrolls the pane: what happens to lie under the pointer must not change. */
static void
ignore_wheel (GtkWidget *widget)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_SCROLL (controller))
        gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_NONE);
    }
}

static gboolean
let_focus_cb (gpointer spin)
{
  gtk_widget_set_can_focus (spin, TRUE);
  return G_SOURCE_REMOVE;
}

/* GTK gives the entry the focus when a button beside it is pressed. */
static void
keep_focus_cb (GtkWidget *spin)
{
  gtk_widget_set_can_focus (spin, FALSE);
  g_idle_add_full (G_PRIORITY_HIGH, let_focus_cb, g_object_ref (spin), g_object_unref);
}

/* A click on + or − leaves the focus where it was, so that Space goes on training. */
static void
keep_focus (GtkWidget *spin)
{
  for (GtkWidget *child = gtk_widget_get_first_child (spin); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_BUTTON (child))
      {
        GtkGesture *click = gtk_gesture_click_new ();

        gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (click),
                                                    GTK_PHASE_CAPTURE);
        gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), 0);
        g_signal_connect_swapped (click, "pressed", G_CALLBACK (keep_focus_cb), spin);
        gtk_widget_add_controller (child, GTK_EVENT_CONTROLLER (click));
      }
}

static void
esc_number_entry_finalize (GObject *object)
{
  g_free (ESC_NUMBER_ENTRY (object)->text);
  G_OBJECT_CLASS (esc_number_entry_parent_class)->finalize (object);
}

static void
esc_number_entry_class_init (EscNumberEntryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = esc_number_entry_finalize;
  signals[SIGNAL_EDITED] = g_signal_new ("edited", ESC_TYPE_NUMBER_ENTRY,
                                         G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
esc_number_entry_init (EscNumberEntry *self)
{
  self->text = g_strdup ("");
  self->value = NAN;
  self->spin = GTK_SPIN_BUTTON (gtk_spin_button_new_with_range (0, 1, 1));
  /* Expressions are typed here as well. */
  gtk_spin_button_set_numeric (self->spin, FALSE);
  gtk_spin_button_set_update_policy (self->spin, GTK_UPDATE_ALWAYS);
  gtk_editable_set_alignment (GTK_EDITABLE (self->spin), 1.0f);
  gtk_editable_set_width_chars (GTK_EDITABLE (self->spin), MIN_CHARS);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (self->spin), MIN_CHARS);
  ignore_wheel (GTK_WIDGET (self->spin));
  keep_focus (GTK_WIDGET (self->spin));
  g_signal_connect_swapped (self->spin, "input", G_CALLBACK (input_cb), self);
  g_signal_connect_swapped (self->spin, "output", G_CALLBACK (output_cb), self);
  g_signal_connect_swapped (self->spin, "value-changed", G_CALLBACK (value_changed_cb),
                            self);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->spin));
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
}

GtkWidget *
esc_number_entry_new (double min, double max)
{
  EscNumberEntry *self = g_object_new (ESC_TYPE_NUMBER_ENTRY, NULL);

  self->is_setting = TRUE;
  gtk_spin_button_set_range (self->spin, min, max);
  self->is_setting = FALSE;
  return GTK_WIDGET (self);
}

void
esc_number_entry_set (EscNumberEntry *self,
                      double          value,
                      const char     *text,
                      double          increment)
{
  int chars;

  g_return_if_fail (ESC_IS_NUMBER_ENTRY (self));

  if (strcmp (self->text, text) != 0)
    {
      g_free (self->text);
      self->text = g_strdup (text);
    }
  self->value = value;
  gtk_spin_button_set_increments (self->spin, increment, 10 * increment);
  /* Only grows, so that the row does not move under the pointer. */
  chars = CLAMP ((int) g_utf8_strlen (text, -1), MIN_CHARS, MAX_CHARS);
  if (chars > gtk_editable_get_width_chars (GTK_EDITABLE (self->spin)))
    {
      gtk_editable_set_width_chars (GTK_EDITABLE (self->spin), chars);
      gtk_editable_set_max_width_chars (GTK_EDITABLE (self->spin), chars);
    }
  restore (self);
}

void
esc_number_entry_hold (EscNumberEntry *self, const char *text)
{
  g_return_if_fail (ESC_IS_NUMBER_ENTRY (self));

  self->is_setting = TRUE;
  self->is_open = TRUE;
  if (strcmp (gtk_editable_get_text (GTK_EDITABLE (self->spin)), text) != 0)
    gtk_editable_set_text (GTK_EDITABLE (self->spin), text);
  self->is_setting = FALSE;
}

const char *
esc_number_entry_get_text (EscNumberEntry *self)
{
  g_return_val_if_fail (ESC_IS_NUMBER_ENTRY (self), NULL);
  return self->text;
}

GtkWidget *
esc_number_entry_get_spin (EscNumberEntry *self)
{
  g_return_val_if_fail (ESC_IS_NUMBER_ENTRY (self), NULL);
  return GTK_WIDGET (self->spin);
}
