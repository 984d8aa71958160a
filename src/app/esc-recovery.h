/* SPDX-License-Identifier: GPL-3.0-or-later
 * EscRecoverySlot: where one window keeps what a crash would lose, in a folder of its own
 * below the user's state folder.
 *
 * A slot is locked while its program lives, so programs never touch each other's, and the
 * slots of a program that died are free to be claimed.  Reference-counted (atomic); any
 * thread. */
#pragma once

#include "eng-spec.h"

G_BEGIN_DECLS

/* A window's experiment at one moment. */
typedef struct
{
  EngSpec *spec;   /* live changes included */
  EngSpec *saved;  /* what its file or preset holds */
  guint64  step;   /* that its runs had reached */
  GFile   *file;   /* (nullable) */
  char    *preset; /* (nullable): id */
} EscRecoveryState;

/* Takes references; `file` and `preset` may be NULL. */
EscRecoveryState *esc_recovery_state_new (EngSpec    *spec,
                                          EngSpec    *saved,
                                          guint64     step,
                                          GFile      *file,
                                          const char *preset) G_GNUC_WARN_UNUSED_RESULT;
void              esc_recovery_state_free (EscRecoveryState *self);
gboolean esc_recovery_state_equal (const EscRecoveryState *a, const EscRecoveryState *b);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EscRecoveryState, esc_recovery_state_free)

typedef struct _EscRecoverySlot EscRecoverySlot;

/* A new, empty slot.  Errors: G_FILE_ERROR. */
EscRecoverySlot *esc_recovery_slot_new (GError **error) G_GNUC_WARN_UNUSED_RESULT;
EscRecoverySlot *esc_recovery_slot_ref (EscRecoverySlot *self);
/* The last one frees the lock; the content stays, for the next start to find. */
void esc_recovery_slot_unref (EscRecoverySlot *self);

/* Atomically; does nothing once the slot was discarded.  Errors: ENG_ERROR_IO. */
gboolean esc_recovery_slot_write (EscRecoverySlot        *self,
                                  const EscRecoveryState *state,
                                  GError                **error);
/* What was found in a slot when it was claimed.  (transfer none) (nullable) */
const EscRecoveryState *esc_recovery_slot_get_found (EscRecoverySlot *self);
/* Deletes the content: nothing is to be restored any more.  Waits for a write. */
void esc_recovery_slot_discard (EscRecoverySlot *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EscRecoverySlot, esc_recovery_slot_unref)

/* Claims what programs that died have left, and clears away what they left half done.
 * Returns: (transfer full) (element-type EscRecoverySlot): each with what was
 * found in it. */
GPtrArray *esc_recovery_claim (void) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
