/* SPDX-License-Identifier: GPL-3.0-or-later
 * EngArena: memory taken once, before the first step, then sealed.
 *
 * Everything a run touches in a step lives here, aligned to ENG_ARENA_ALIGN bytes and
 * zeroed.  Asking a sealed arena for memory is a programmer's mistake.  One thread at a
 * time. */
#pragma once

#include "eng-la.h"
#include "eng-types.h"

G_BEGIN_DECLS

#define ENG_ARENA_ALIGN 64

EngArena *eng_arena_new (void) G_GNUC_WARN_UNUSED_RESULT;
/* Frees every block. */
void  eng_arena_free (EngArena *self);
void  eng_arena_seal (EngArena *self);
gsize eng_arena_get_bytes (const EngArena *self);

/* All of these: (transfer none), owned by the arena. */
gpointer eng_arena_bytes (EngArena *self, gsize count, gsize size);
float   *eng_arena_floats (EngArena *self, gsize count);
double  *eng_arena_doubles (EngArena *self, gsize count);
EngMatF  eng_arena_matf (EngArena *self, gsize rows, gsize cols);
EngMat   eng_arena_mat (EngArena *self, gsize rows, gsize cols);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EngArena, eng_arena_free)

G_END_DECLS
