/* SPDX-License-Identifier: GPL-3.0-or-later
 * EngRateLines: what gradient descent on ½ |r|², r the residuals of n samples, is promised by
 * the eigenvalues λ of J Jᵀ, relative to the loss at the start (deep.md section 3; papers.md
 * D.5, F.6):
 *
 *   the line       Π_t (1 − η λ_min(J_0))²
 *   the envelope   Π_t (1 − η λ_min(J_t))²
 *   linearised     Σ_k Π_t (1 − η λ_k(J_0))² c_k² / Σ_k c_k²,   c = Vᵀ r_0
 *
 * Where η λ is above 1 the slowest part of the residual is not that of λ_min: the factor is
 * max |1 − η λ| over the ends of the spectrum.  In double.  Arena memory; one thread. */
#pragma once

#include "eng-arena.h"

G_BEGIN_DECLS

typedef struct
{
  gsize   n;
  double *values;            /* (n) λ_k(J_0), descending */
  double *parts;             /* (n) what is left of c_k², linearised */
  double  total;             /* Σ c_k² at the start */
  double  line, envelope;    /* so far, of 1 */
  double  smallest, largest; /* eigenvalues where it last advanced to */
} EngRateLines;

void   eng_rate_lines_init (EngRateLines *self, gsize n, EngArena *arena);
double eng_rate_lines_estimate_bytes (double n);
/* values: (n) descending   vectors: (n, n) rows   residual: (n) */
void eng_rate_lines_start (EngRateLines *self,
                           const double *values,
                           const EngMat *vectors,
                           const double *residual);
/* `count` steps of mean length `step_size` later the ends of the spectrum are `smallest` and
 * `largest`.  In between the envelope takes the less favourable of what is known at both
 * ends; log |1 − η λ| is concave in η ≤ 1/λ, so a mean promises no more than the steps. */
void   eng_rate_lines_advance (EngRateLines *self,
                               guint64       count,
                               double        step_size,
                               double        smallest,
                               double        largest);
double eng_rate_lines_get_linearised (const EngRateLines *self);

G_END_DECLS
