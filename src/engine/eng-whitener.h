/* SPDX-License-Identifier: GPL-3.0-or-later
 * EngWhitener: the change of variables z = R⁻¹x, R Rᵀ = Σ_i x_i x_iᵀ / n, under which
 * correlated inputs become uncorrelated.  xᵀLx = zᵀL_z z with L = R⁻ᵀ L_z R⁻¹, so that a
 * matrix keeps its rank (rank-one.md 5 "Other inputs").  Engine thread and its lanes. */
#pragma once

#include "eng-arena.h"
#include "eng-lanes.h"

G_BEGIN_DECLS

typedef struct
{
  EngMat r;                 /* (d, d) lower triangle */
  EngMat wide[ENG_N_LANES]; /* (ENG_BLOCK_ROWS, d) */
} EngWhitener;

void   eng_whitener_init (EngWhitener *self, gsize d, EngArena *arena);
double eng_whitener_estimate_bytes (double d);

/* From the inputs `x` (n, d).  Returns: FALSE with ENG_ERROR_NUMERIC where they are fewer
 * than d or depend on each other. */
gboolean eng_whitener_fit (EngWhitener *self, const EngMatF *x, GError **error);
/* Rows x <- R⁻¹x, at most ENG_BLOCK_ROWS, in the scratch of `lane`. */
void eng_whitener_apply (const EngWhitener *self, guint lane, EngMatF *x);
/* All rows of `from` to `to`, of the same shape. */
void eng_whitener_apply_all (const EngWhitener *self,
                             const EngMatF     *from,
                             EngLanes          *lanes,
                             EngMatF           *to);
/* Rows v <- R⁻ᵀv: directions for z become those for x.   v: (k, d) */
void eng_whitener_undo (const EngWhitener *self, EngMat *v);

G_END_DECLS
