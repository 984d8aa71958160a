/* SPDX-License-Identifier: GPL-3.0-or-later
 * From a value to the control that shows it. */
#include "config.h"

#include "esc-param-row-private.h"

#include "esc-number-entry.h"
#include "esc-param-text.h"
#include "esc-words.h"

#include <glib/gi18n.h>
#include <math.h>

static void
show_number (EscParamRow *self, const EngSettings *settings)
{
  double           value = esc_param_get_number (self->param, settings);
  g_autofree char *text = isnan (value) ? g_strdup (_ ("auto"))
                                        : esc_words_plain_number (value);

  esc_number_entry_set (
      ESC_NUMBER_ENTRY (gtk_widget_get_ancestor (self->control, ESC_TYPE_NUMBER_ENTRY)),
      value, text, esc_param_get_increment (self->param, value));
}

static void
show_choice (EscParamRow *self, const EngSettings *settings)
{
  const char *id = self->param->kind == ENG_PARAM_CHOICE
                       ? eng_settings_get_choice (settings, self->param->key)
                       : eng_settings_get_text (settings, self->param->key);

  for (guint i = 0; self->choices[i].id != NULL; i++)
    if (g_strcmp0 (self->choices[i].id, id) == 0)
      {
        self->shown_choice = i;
        adw_combo_row_set_selected (ADW_COMBO_ROW (self->row), i);
      }
}

static void
show_text (EscParamRow *self, const EngSettings *settings)
{
  const char *written = eng_settings_get_written (settings, self->param->key);

  if (written == NULL)
    written = self->param->fallback == NULL ? "" : self->param->fallback;
  g_free (self->text);
  self->text = g_strdup (written);
  gtk_editable_set_text (GTK_EDITABLE (self->control), self->text);
}

void
esc_param_row_show_value (EscParamRow *self, const EngSettings *settings)
{
  if (self->choices != NULL)
    show_choice (self, settings);
  else if (esc_param_is_number (self->param))
    show_number (self, settings);
  else if (self->param->kind == ENG_PARAM_BOOLEAN)
    gtk_switch_set_active (GTK_SWITCH (self->control),
                           eng_settings_get_boolean (settings, self->param->key));
  else
    show_text (self, settings);
}
