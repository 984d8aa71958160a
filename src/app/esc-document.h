/* SPDX-License-Identifier: GPL-3.0-or-later
 * EscDocument: the experiment a window edits, the file it belongs to, and whether it has
 * changes that no file holds.
 *
 * Every change of the experiment passes esc_document_edit (), one immutable EngSpec after
 * the other, so a history is a stack of them.  Main thread. */
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
/* A change of this one: emits "edited" unless nothing differs. */
void esc_document_edit (EscDocument *self, EngSpec *spec);
/* `spec` is now what `file` holds; the document may have moved on since. */
void esc_document_saved (EscDocument *self, EngSpec *spec, GFile *file);

G_END_DECLS
