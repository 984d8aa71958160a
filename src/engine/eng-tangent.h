/* SPDX-License-Identifier: GPL-3.0-or-later
 * EngTangent: the linear part of a two-layer network on n inputs, as the two maps of its
 * features A (n, h) at the inputs X (n, d):
 *
 *   push  f_i = Σ_r A_ir (w_r·x_i)            pull  G = Σ_i g_i A_ir x_i
 *
 * A is kept in panels of columns, each of them contiguous.  A lane owns panels, through all
 * rows in tiles that stay in cache; so the rows of G have one writer, and only f, of n
 * numbers, is a sum over lanes, in lane order: the same bits for any number of threads.
 * State in an arena; engine thread. */
#pragma once

#include "eng-arena.h"
#include "eng-la.h"
#include "eng-lanes.h"

G_BEGIN_DECLS

/* Rows of a tile; constants of the numerics, as ENG_BLOCK_ROWS. */
#define ENG_TILE_ROWS 256

/* How `cols` columns are cut: panel i has columns i width, ... and belongs to lane
 * i mod ENG_N_LANES. */
typedef struct
{
  gsize cols, width, n;
} EngPanels;

EngPanels eng_panels_of (gsize cols);
/* Returns: the lanes that have a panel. */
static inline guint
eng_panels_n_lanes (const EngPanels *self)
{
  return (guint) MIN (self->n, ENG_N_LANES);
}

/* Returns: the number of columns of panel i; `first`: the first of them. */
static inline gsize
eng_panels_get (const EngPanels *self, gsize i, gsize *first)
{
  *first = i * self->width;
  return MIN (self->width, self->cols - *first);
}

/* Tile `first` … of panel `panel` in panel-major memory of (rows, cols). */
static inline float *
eng_panels_tile (const EngPanels *self, float *data, gsize rows, gsize panel, gsize first)
{
  gsize column, count = eng_panels_get (self, panel, &column);

  return data + column * rows + first * count;
}

typedef struct
{
  EngPanels panels;
  EngMatF   x;                 /* (n, d) the inputs; somebody else's */
  float    *a;                 /* (n, h) panel-major */
  EngMatF   partial;           /* (ENG_N_LANES, n) of f */
  EngMatF   tile[ENG_N_LANES]; /* (ENG_TILE_ROWS, width) scratch */
} EngTangent;

/* For at most n inputs and h columns. */
void   eng_tangent_init (EngTangent *self, gsize n, gsize h, EngArena *arena);
double eng_tangent_estimate_bytes (double n, double h);

/* f <- the sum over the lanes of what they have in `partial`.   f: (n) */
void eng_tangent_sum_partials (const EngTangent *self, float *f);

/* f <- the linear part at weights `w`.   w: (h, d)  f: (n) */
void eng_tangent_push (EngTangent *self, const EngMatF *w, float *f, EngLanes *lanes);
/* `out` <- beta `out` + G.   g: (n)  out: (h, d) */
void eng_tangent_pull (EngTangent  *self,
                       const float *g,
                       float        beta,
                       EngMatF     *out,
                       EngLanes    *lanes);

G_END_DECLS
