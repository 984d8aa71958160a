/* SPDX-License-Identifier: GPL-3.0-or-later
 * EngDeeper: polynomials of a few polynomials (D1's deeper teacher; deep.md 6b has S = 1),
 *
 *   f(x) = Σ_s α_s (β_s·g_s (x))^{p_s} + Σ_s v_s·g_s (x),   s = 1 ... S,
 *
 * each entry of g_s a polynomial of degree q_s along a direction of its own, of unit
 * variance.  The r entries of g = (g_1, ..., g_S) are shared out as evenly as can be: g_s
 * is entries ⌊(s − 1) r/S⌋ + 1 to ⌊s r/S⌋.  Pure but for its fields; memory is the
 * caller's. */
#pragma once

#include "eng-arena.h"
#include "eng-inputs.h"

G_BEGIN_DECLS

#define ENG_DEEPER_MAX_RANK 64

typedef struct
{
  EngMat    directions; /* (r, d) unit rows */
  EngRidge *parts;      /* (r) of g */
  EngMat    mixtures;   /* (n_terms, r) β_s in its place of row s, 0 elsewhere */
  double   *linear;     /* (r) v_1, ..., v_S */
  gsize     n_terms;    /* S <= r */
  double   *weights;    /* (n_terms) α */
  guint    *powers;     /* (n_terms) p */
} EngDeeper;

void eng_deeper_init (EngDeeper *self, gsize r, gsize n_terms, gsize d, EngArena *arena);
/* Where g_s starts in g, s from 0; that of s = n_terms is r. */
gsize eng_deeper_get_first (const EngDeeper *self, gsize s);
/* Allocates nothing.   x: (n, d)  y: (n) */
void eng_deeper_evaluate (const EngDeeper *self, const EngMatF *x, double *y);

G_END_DECLS
