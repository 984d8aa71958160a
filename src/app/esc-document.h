/* SPDX-License-Identifier: GPL-3.0-or-later
 * EscDocument: the experiment a window edits, the file it belongs to, and whether it has
 * changes that no file holds.
 *
 * Every change of the experiment passes esc_document_edit (), one immutable EngSpec after
 * the other; EscHistory keeps them.  Main thread. */
#pragma once

#include <gio/gio.h>

#include "eng-spec.h"

G_BEGIN_DECLS

#define ESC_TYPE_DOCUMENT (esc_document_get_type ())
G_DECLARE_FINAL_TYPE (EscDocument, esc_document, ESC, DOCUMENT, GObject)

EscDocument *esc_document_new (void) G_GNUC_WARN_UNUSED_RESULT;

EngSpec    *esc_document_get_spec (EscDocument *self);   /* (nullable) before the first */
EngSpec    *esc_document_get_saved (EscDocument *self);  /* (nullable) what is not lost */
GFile      *esc_document_get_file (EscDocument *self);   /* (nullable) never saved */
const char *esc_document_get_preset (EscDocument *self); /* (nullable) id it began as */
gboolean    esc_document_get_modified (EscDocument *self);

/* Another experiment altogether: emits "loaded".  `file` and `preset` may be NULL. */
void
esc_document_load (EscDocument *self, EngSpec *spec, GFile *file, const char *preset);
/* A change of this one: emits "edited" unless nothing differs.  `name` is what people call
 * it; edits with the same `merge` (nullable) are one step until esc_document_seal (). */
void
esc_document_edit (EscDocument *self, EngSpec *spec, const char *name, const char *merge);
void esc_document_seal (EscDocument *self);
/* The last change turned out to be this: no step of its own. */
void esc_document_amend (EscDocument *self, EngSpec *spec);
/* The last change was refused after all: back to `spec`, as if it had not been made. */
void esc_document_retract (EscDocument *self, EngSpec *spec);
/* `spec` is now what `file` holds; the document may have moved on since. */
void esc_document_saved (EscDocument *self, EngSpec *spec, GFile *file);

/* --- undo and redo: of the experiment and of how its plots are looked at ----------- */

/* a{sv}, by plot; (nullable) before the first.  `name` NULL: no step of its own. */
GVariant *esc_document_get_views (EscDocument *self);
void      esc_document_set_views (EscDocument *self, GVariant *views, const char *name);

/* Returns: (nullable): what would be undone or done again, as people call it. */
const char *esc_document_get_undo (EscDocument *self);
const char *esc_document_get_redo (EscDocument *self);
/* Returns: (nullable): the experiment one step back (−1) or forward (+1); and how far its
 * runs were trained. */
EngSpec *esc_document_peek (EscDocument *self, int by, guint64 *steps);
/* The runs of the present experiment have come to this step. */
void esc_document_set_steps (EscDocument *self, guint64 steps);
/* What the program began with is no step that one could go back to. */
void esc_document_forget_past (EscDocument *self);
/* Goes there; `spec` is what stands for the experiment found there: itself, or one that
 * comes to the same without a restart.  Emits "loaded" where another experiment begins,
 * else "edited", and "views-restored" if those differ. */
void esc_document_go (EscDocument *self, int by, EngSpec *spec);

G_END_DECLS
