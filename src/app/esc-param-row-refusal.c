/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a row says, and what becomes of a value that was refused. */
#include "config.h"

#include "esc-param-row-private.h"

#include "esc-number-entry.h"
#include "esc-param-text.h"
#include "esc-words.h"

#include <glib/gi18n.h>
#include <string.h>

static EscNumberEntry *
get_number_entry (EscParamRow *self)
{
  return ESC_NUMBER_ENTRY (
      gtk_widget_get_ancestor (self->control, ESC_TYPE_NUMBER_ENTRY));
}

void
esc_param_row_show_words (EscParamRow *self)
{
  g_autofree char *words = NULL;
  const char      *complaint = self->refusal != NULL ? self->refusal : self->warning;
  const char      *help = self->param->help == NULL ? "" : _ (self->param->help);

  words = complaint != NULL ? g_markup_escape_text (complaint, -1)
                            : g_strdup (self->subtitle);
  adw_action_row_set_subtitle (self->row, words);
  gtk_accessible_update_state (
      GTK_ACCESSIBLE (self->control), GTK_ACCESSIBLE_STATE_INVALID,
      complaint != NULL ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->control),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  complaint != NULL ? complaint : help, -1);
  if (complaint != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->row), "refused");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->row), "refused");
}

/* What holds while something else is shown. */
static const char *
get_held_text (EscParamRow *self)
{
  if (esc_param_is_number (self->param))
    return esc_number_entry_get_text (get_number_entry (self));
  return self->text;
}

/* The text as it was typed, with the cursor where it was. */
static void
hold (EscParamRow *self, const char *text)
{
  self->is_updating = TRUE;
  if (esc_param_is_number (self->param))
    esc_number_entry_hold (get_number_entry (self), text);
  else if (strcmp (gtk_editable_get_text (GTK_EDITABLE (self->control)), text) != 0)
    gtk_editable_set_text (GTK_EDITABLE (self->control), text);
  self->is_updating = FALSE;
  self->held = g_strdup (text);
}

void
esc_param_row_refuse (EscParamRow *self, const char *text, const char *message)
{
  g_autofree char *words = NULL;
  const char      *still;

  g_return_if_fail (ESC_IS_PARAM_ROW (self));

  words = esc_words_refusal (message, self->group, self->param->key);
  g_free (self->refusal);
  g_clear_pointer (&self->held, g_free);
  if (text != NULL && esc_param_row_is_text (self))
    {
      hold (self, text);
      still = get_held_text (self);
      /* Translators: why a value was refused, and the value that still holds. */
      self->refusal = g_strdup_printf (_ ("%s (still %s)"), words, still);
    }
  else
    self->refusal = g_steal_pointer (&words);
  esc_param_row_show_words (self);
}

gboolean
esc_param_row_set_warning (EscParamRow *self, const char *warning)
{
  g_return_val_if_fail (ESC_IS_PARAM_ROW (self), FALSE);

  if (g_strcmp0 (self->warning, warning) == 0)
    return FALSE;
  g_free (self->warning);
  self->warning = g_strdup (warning);
  esc_param_row_show_words (self);
  return TRUE;
}

void
esc_param_row_release (EscParamRow *self)
{
  g_return_if_fail (ESC_IS_PARAM_ROW (self));
  g_clear_pointer (&self->held, g_free);
}

gboolean
esc_param_row_is_text (EscParamRow *self)
{
  g_return_val_if_fail (ESC_IS_PARAM_ROW (self), FALSE);
  return self->choices == NULL && self->param->kind != ENG_PARAM_BOOLEAN;
}

gboolean
esc_param_row_is_open (EscParamRow *self)
{
  g_return_val_if_fail (ESC_IS_PARAM_ROW (self), FALSE);
  return self->is_typed || self->refusal != NULL;
}
