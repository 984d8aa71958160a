/* SPDX-License-Identifier: GPL-3.0-or-later
 * EngDeeper: polynomials of a few polynomials (deep.md 6b; papers.md),
 *
 *   f(x) = Σ_s α_s (β_s·g(x))^{p_s} + v·g(x),   g_l (x) = part_q (u_l·x),  l = 1 ... r,
 *
 * the inner ones of unit variance.  Pure but for its fields; memory is the caller's. */
#pragma once

#include "eng-arena.h"
#include "eng-inputs.h"

G_BEGIN_DECLS

#define ENG_DEEPER_MAX_RANK 64

typedef struct
{
  EngMat    directions; /* (r, d) unit rows u */
  EngRidge *parts;      /* (r) of g */
  gsize     n_terms;
  EngMat    mixtures; /* (n_terms, r) β */
  double   *weights;  /* (n_terms) α */
  guint    *powers;   /* (n_terms) p */
  double   *linear;   /* (r) v */
} EngDeeper;

void eng_deeper_init (EngDeeper *self, gsize r, gsize n_terms, gsize d, EngArena *arena);
/* Allocates nothing.   x: (n, d)  y: (n) */
void eng_deeper_evaluate (const EngDeeper *self, const EngMatF *x, double *y);

G_END_DECLS
