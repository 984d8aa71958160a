/* SPDX-License-Identifier: GPL-3.0-or-later
 * EscParamRow: the row of one EngParam in the side pane, made from its table entry.
 *
 * Not a widget itself: a combo row for a choice, an action row with a control for the
 * rest.  Emits "edited" with the new text as it would stand in a file; the editor answers
 * with esc_param_row_update () or esc_param_row_refuse ().  Main thread. */
#pragma once

#include <adwaita.h>

#include "eng-settings.h"

G_BEGIN_DECLS

#define ESC_TYPE_PARAM_ROW (esc_param_row_get_type ())
G_DECLARE_FINAL_TYPE (EscParamRow, esc_param_row, ESC, PARAM_ROW, GObject)

/* `group` as in files; "run.*" for a setting of all runs. `choices` replaces the table's:
 * for `kind` and `learner`, whose values come from the registries; NULL-terminated by id
 * and static. */
EscParamRow *esc_param_row_new (const EngParam  *param,
                                const char      *group,
                                const EngChoice *choices) G_GNUC_WARN_UNUSED_RESULT;

GtkWidget *esc_param_row_get_widget (EscParamRow *self);
/* What the person acts on: a spin button, a switch, an entry, or the combo row. */
GtkWidget      *esc_param_row_get_control (EscParamRow *self);
const EngParam *esc_param_row_get_param (EscParamRow *self);
const char     *esc_param_row_get_group (EscParamRow *self);
/* Returns: (nullable): why the last edit was refused. */
const char *esc_param_row_get_refusal (EscParamRow *self);

/* Shows the value that `settings` hold; `d` is what expressions were evaluated with. Takes
 * back a refusal. */
void esc_param_row_update (EscParamRow *self, const EngSettings *settings, double d);
/* Hands over what is typed and not entered yet, if anything.
 * Returns: FALSE if it was refused. */
gboolean esc_param_row_commit (EscParamRow *self);
/* Whether the row is among those one sees; it hides anyway while it does not matter. */
void esc_param_row_set_shown (EscParamRow *self, gboolean shown);
/* The value that holds did harm, and what would not: the row is marked until `warning` is
 * NULL.  Returns: whether that is news. */
gboolean esc_param_row_set_warning (EscParamRow *self, const char *warning);
/* Says in words why `text` was refused.  What was typed stays, to be corrected; a choice or
 * a switch goes back with the next update. */
void esc_param_row_refuse (EscParamRow *self, const char *text, const char *message);
/* What was refused may be right now: it is handed over again when the row is left. */
void esc_param_row_release (EscParamRow *self);
/* Whether the value is typed: a number or a text. */
gboolean esc_param_row_is_text (EscParamRow *self);
/* Whether the row shows something else than what holds: typed, or refused. */
gboolean esc_param_row_is_open (EscParamRow *self);
/* A remark in place of the help text, until the next update. */
void esc_param_row_set_remark (EscParamRow *self, const char *remark);

G_END_DECLS
