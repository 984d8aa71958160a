/* SPDX-License-Identifier: GPL-3.0-or-later
 * EscSpecEditor: the side pane: teacher, data and runs, one row per parameter, made from
 * the engine's tables.  Every edit makes a new EngSpec of the document, or says in its
 * row why it cannot. */
#pragma once

#include <adwaita.h>

#include "eng-snapshot.h"
#include "esc-document.h"
#include "esc-param-row.h"
#include "esc-session-model.h"

G_BEGIN_DECLS

#define ESC_TYPE_SPEC_EDITOR (esc_spec_editor_get_type ())
G_DECLARE_FINAL_TYPE (EscSpecEditor, esc_spec_editor, ESC, SPEC_EDITOR, AdwBin)

/* Called once.  The model says what a change would do now. */
void esc_spec_editor_set_document (EscSpecEditor   *self,
                                   EscDocument     *document,
                                   EscSessionModel *model);
/* For what only the engine knows: step sizes in use, and divergence. */
void esc_spec_editor_set_snapshot (EscSpecEditor *self, EngSnapshot *snapshot);

/* Hands over what is typed in any row and not entered yet.
 * Returns: FALSE if it was refused: the row says why, and has the focus. */
gboolean esc_spec_editor_commit (EscSpecEditor *self);

/* Shows the values that hold wherever something else is typed or was refused.
 * Returns: FALSE if there was nothing of that kind. */
gboolean esc_spec_editor_discard (EscSpecEditor *self);

/* The engine refused the experiment after the last edit: takes the edit back and says why
 * in its row.
 * Returns: FALSE if there was no edit to blame. */
gboolean esc_spec_editor_refuse_last (EscSpecEditor *self, const GError *error);

/* Returns: (nullable): the row of a key, for tests. */
EscParamRow *
esc_spec_editor_find_row (EscSpecEditor *self, const char *group, const char *key);

G_END_DECLS
