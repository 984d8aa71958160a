/* SPDX-License-Identifier: GPL-3.0-or-later
 * EscAutosave: writes a window's experiment, its live changes and its step into a recovery
 * slot every second in which they changed, on a thread of its own.
 *
 * Kept is what a program that dies would lose: changes that were not saved, always; and how
 * far the runs had come, unless they have ended.  A finished experiment without changes is
 * not kept: its file or preset and Train bring back the same numbers, and nobody who has
 * seen them wants to be asked about it at the next start.
 *
 * The window owns it.  Disposing it is a clean end, which a person chose: nothing stays to
 * be restored.  Emits "failed" with a message, once, if nothing can be written.  Main
 * thread. */
#pragma once

#include "esc-document.h"
#include "esc-recovery.h"
#include "esc-session-model.h"

G_BEGIN_DECLS

#define ESC_TYPE_AUTOSAVE (esc_autosave_get_type ())
G_DECLARE_FINAL_TYPE (EscAutosave, esc_autosave, ESC, AUTOSAVE, GObject)

EscAutosave *esc_autosave_new (EscDocument     *document,
                               EscSessionModel *model) G_GNUC_WARN_UNUSED_RESULT;
/* Goes on in a slot that was claimed: its content stays until the next write. */
void esc_autosave_adopt (EscAutosave *self, EscRecoverySlot *slot);
/* The program is told to end and can ask nobody: writes what would be lost at once, where
 * the next start finds it.  Nothing is written afterwards. */
void esc_autosave_keep (EscAutosave *self);

G_END_DECLS
