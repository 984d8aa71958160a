/* SPDX-License-Identifier: GPL-3.0-or-later
 * Aligned, zeroed blocks that live and die together. */
#include "config.h"

#include "eng-arena.h"

#include <string.h>

struct _EngArena
{
  GPtrArray *blocks;
  gsize      bytes;
  gboolean   sealed;
};

EngArena *
eng_arena_new (void)
{
  EngArena *self = g_new0 (EngArena, 1);

  self->blocks = g_ptr_array_new_with_free_func (g_aligned_free);
  return self;
}

void
eng_arena_free (EngArena *self)
{
  g_ptr_array_unref (self->blocks);
  g_free (self);
}

void
eng_arena_seal (EngArena *self)
{
  self->sealed = TRUE;
}

gsize
eng_arena_get_bytes (const EngArena *self)
{
  return self->bytes;
}

gpointer
eng_arena_bytes (EngArena *self, gsize count, gsize size)
{
  gpointer block;

  g_assert (!self->sealed);
  /* g_aligned_alloc checks the product; an empty block still has an address. */
  block = g_aligned_alloc0 (MAX (count, 1), size, ENG_ARENA_ALIGN);
  g_ptr_array_add (self->blocks, block);
  self->bytes += count * size;
  return block;
}

float *
eng_arena_floats (EngArena *self, gsize count)
{
  return eng_arena_bytes (self, count, sizeof (float));
}

double *
eng_arena_doubles (EngArena *self, gsize count)
{
  return eng_arena_bytes (self, count, sizeof (double));
}

EngMatF
eng_arena_matf (EngArena *self, gsize rows, gsize cols)
{
  return (EngMatF){ rows, cols, eng_arena_floats (self, rows * cols) };
}

EngMat
eng_arena_mat (EngArena *self, gsize rows, gsize cols)
{
  return (EngMat){ rows, cols, eng_arena_doubles (self, rows * cols) };
}
