/* SPDX-License-Identifier: GPL-3.0-or-later
 * EscHistory: the states a document has been in, and which of them is the present one;
 * without limit.  A state is a few references, and specs are immutable, so keeping all of
 * them is cheap.  Owned by the document.  Main thread. */
#pragma once

#include <gio/gio.h>

#include "eng-spec.h"

G_BEGIN_DECLS

/* Where an experiment came from.  Shared by all its states: saving is not undone. */
typedef struct
{
  GFile   *file;   /* (nullable) never saved */
  char    *preset; /* (nullable) id it began as */
  EngSpec *saved;  /* what the file, or the preset, holds */
} EscOrigin;

EscOrigin *esc_origin_new (GFile      *file,
                           const char *preset,
                           EngSpec    *saved) G_GNUC_WARN_UNUSED_RESULT;
EscOrigin *esc_origin_ref (EscOrigin *self);
void       esc_origin_unref (EscOrigin *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EscOrigin, esc_origin_unref)

typedef struct
{
  EngSpec   *spec;
  EscOrigin *origin;
  GVariant  *views; /* (nullable): a{sv}, how each plot is looked at */
  guint64    steps; /* how far its runs were trained when it was last the present one */
} EscState;

typedef struct _EscHistory EscHistory;

EscHistory *esc_history_new (void) G_GNUC_WARN_UNUSED_RESULT;
void        esc_history_free (EscHistory *self);

/* A new present state, reached by what people call `name`; what was undone is forgotten.
 * With `merge` equal to that of the last push it only takes its place, so that the edits
 * of one number are one step.  Copies `state`. */
void esc_history_push (EscHistory     *self,
                       const EscState *state,
                       const char     *name,
                       const char     *merge); /* (nullable) */
/* The next push is a step of its own. */
void esc_history_seal (EscHistory *self);
/* The present state is, and always was, this one. */
void esc_history_amend (EscHistory *self, const EscState *state);
/* There is no step back any more. */
void esc_history_forget_past (EscHistory *self);
/* Forgets the last step if it changed nothing after all. */
void esc_history_drop_void (EscHistory *self);

/* Returns: (nullable): what the step back, or forward, is called; NULL if there is none. */
const char *esc_history_get_undo (EscHistory *self);
const char *esc_history_get_redo (EscHistory *self);
/* Returns: (nullable) (transfer none): the state one step away, `by` −1 or +1. */
const EscState *esc_history_peek (EscHistory *self, int by);
void            esc_history_go (EscHistory *self, int by);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EscHistory, esc_history_free)

G_END_DECLS
