/* SPDX-License-Identifier: GPL-3.0-or-later
 * EngLanes: a small pool of compute threads that share out numbered lanes of work.
 *
 * What a lane computes depends on its number alone, never on who runs it, so results are
 * bit-identical for any number of threads.  The calling thread takes lanes too, and its
 * priority is inherited by the threads it makes. */
#pragma once

#include "eng-types.h"

G_BEGIN_DECLS

/* Constants of the numerics, not of the machine: rows of a training block, and lanes
 * with a partial result of their own. */
#define ENG_BLOCK_ROWS 64
#define ENG_N_LANES    8

typedef void (*EngLaneFunc) (guint lane, gpointer data);

/* `n_threads` in all, the caller included; 0: one per processor. */
EngLanes *eng_lanes_new (guint n_threads) G_GNUC_WARN_UNUSED_RESULT;
void      eng_lanes_free (EngLanes *self);
guint     eng_lanes_get_n_threads (const EngLanes *self);

/* Training blocks in `rows` rows, and the lanes that have at least one of them: lane i
 * owns blocks i, i + ENG_N_LANES, ... */
static inline gsize
eng_lanes_n_blocks (gsize rows)
{
  return (rows + ENG_BLOCK_ROWS - 1) / ENG_BLOCK_ROWS;
}

static inline guint
eng_lanes_for_rows (gsize rows)
{
  return (guint) MIN (eng_lanes_n_blocks (rows), ENG_N_LANES);
}

/* Lane `lane` of `total` things shared out evenly owns `first` to `last` (exclusive). */
static inline void
eng_lanes_share (gsize total, guint lane, gsize *first, gsize *last)
{
  *first = total * lane / ENG_N_LANES;
  *last = total * (lane + 1) / ENG_N_LANES;
}

/* Calls func (lane, data) once for each lane below `n_lanes` and returns when all are
 * done.  `self` NULL runs them here, in order.  Not reentrant: a lane that needs lanes of
 * its own passes NULL.  Allocates nothing. */
void eng_lanes_run (EngLanes *self, guint n_lanes, EngLaneFunc func, gpointer data);

/* Lowers the priority of the calling thread to nice 19: drawing comes first. */
void eng_lanes_be_nice (void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EngLanes, eng_lanes_free)

G_END_DECLS
