/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the files of EscParamRow share. */
#pragma once

#include "esc-param-row.h"

G_BEGIN_DECLS

struct _EscParamRow
{
  GObject parent_instance;

  const EngParam  *param;
  const EngChoice *choices;
  char            *group;
  AdwActionRow    *row;
  GtkWidget       *control;
  char            *subtitle; /* markup, while nothing is refused */
  char            *refusal;
  char            *warning; /* (nullable): about the value that holds */
  char            *held; /* (nullable): the text that was refused, and is still shown */
  char            *text; /* of an entry, as shown */
  guint            shown_choice; /* of those, index of the one that holds */
  gboolean         is_updating;
  gboolean         is_typed;    /* and not handed over yet */
  gboolean         is_shown;    /* by whoever arranges the rows */
  gboolean         is_relevant; /* under the present choices */
};

/* Brings the control to the value that `settings` have. */
void esc_param_row_show_value (EscParamRow *self, const EngSettings *settings);

/* Subtitle, colour and accessible state, from refusal or subtitle. */
void esc_param_row_show_words (EscParamRow *self);

G_END_DECLS
