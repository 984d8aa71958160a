/* SPDX-License-Identifier: GPL-3.0-or-later
 * EngTangent: the linear part of a two-layer network at n inputs, as the two maps of its
 * features A (h, n) at the inputs X (n, d):
 *
 *   push  f_i = Σ_r A_ri (w_r·x_i)            pull  G_r = Σ_i g_i A_ri x_i
 *
 * A has a row for each neuron, so that products with the weights need no transposed copies
 * and sums over neurons run along registers.  A lane owns panels of neurons, through all
 * inputs; so the rows of G have one writer, and only f, of n numbers, is a sum over lanes,
 * in lane order: the same bits for any number of threads.  State in an arena; engine
 * thread. */
#pragma once

#include "eng-arena.h"
#include "eng-la.h"
#include "eng-lanes.h"

G_BEGIN_DECLS

/* Inputs of a tile, at most; how many is chosen by the sizes alone, so that numbers do not
 * depend on the machine. */
#define ENG_TILE_COLS 256

/* How `rows` neurons are cut: panel i has neurons i width, ... and belongs to lane
 * i mod ENG_N_LANES. */
typedef struct
{
  gsize rows, width, n;
} EngPanels;

EngPanels eng_panels_of (gsize rows);
/* Returns: the number of neurons of panel i; `first`: the first of them. */
static inline gsize
eng_panels_get (const EngPanels *self, gsize i, gsize *first)
{
  *first = i * self->width;
  return MIN (self->width, self->rows - *first);
}

typedef struct
{
  EngPanels panels;
  gsize     tile;                 /* inputs of a tile, at most */
  EngMatF   x;                    /* (n, d) the inputs; somebody else's */
  float    *transposed;           /* tile by tile Xᵀ (d, inputs of the tile) */
  EngMatF   a;                    /* (h, n) */
  EngMatF   weighted;             /* (n, d) diag (g) X */
  EngMatF   partial;              /* (ENG_N_LANES, n) of f */
  float    *scratch[ENG_N_LANES]; /* (panel or d, tile) */
} EngTangent;

/* For at most n inputs of dimension d, and h neurons. */
void   eng_tangent_init (EngTangent *self, gsize n, gsize d, gsize h, EngArena *arena);
double eng_tangent_estimate_bytes (double n, double d, double h);

/* The inputs from now on; `a` is then (h, rows of x), to be filled.   x: stays the
 * caller's */
void eng_tangent_set_inputs (EngTangent *self, const EngMatF *x);
/* Tile `i` of Xᵀ, (d, inputs); `first`: the first of its inputs. */
EngMatF eng_tangent_get_tile (const EngTangent *self, gsize i, gsize *first);
/* Returns: the number of tiles. */
static inline gsize
eng_tangent_n_tiles (const EngTangent *self)
{
  return (self->x.rows + self->tile - 1) / self->tile;
}

/* out (rows of w, inputs of the tile) <- w Xᵀ, in the scratch of `lane`. */
EngMatF eng_tangent_multiply (const EngTangent *self,
                              guint             lane,
                              const EngMatF    *w,
                              const EngMatF    *tile);
/* f <- the sum over the first `n_lanes` lanes of what they have in `partial`.   f: (n) */
void eng_tangent_sum_partials (const EngTangent *self, guint n_lanes, float *f);

/* f <- the linear part at weights `w`.   w: (h, d)  f: (n) */
void eng_tangent_push (EngTangent *self, const EngMatF *w, float *f, EngLanes *lanes);
/* `out` <- beta `out` + G.   g: (n)  out: (h, d) */
void eng_tangent_pull (EngTangent  *self,
                       const float *g,
                       float        beta,
                       EngMatF     *out,
                       EngLanes    *lanes);
/* `weighted` <- diag (g) X */
void eng_tangent_weigh (EngTangent *self, const float *g, EngLanes *lanes);
/* `out` <- beta `out` + alpha a `weighted`, for some neurons; in a lane.   a: (neurons, n)
 * out: (neurons, d) */
void eng_tangent_pull_rows (const EngTangent *self,
                            float             alpha,
                            const EngMatF    *a,
                            float             beta,
                            EngMatF          *out);

G_END_DECLS
