/* SPDX-License-Identifier: GPL-3.0-or-later
 * EngLowRank: a symmetric matrix kept as L = Σ_j s_j u_j u_jᵀ, never as p × p numbers.
 *
 * For quadratic activations it is the network itself: neurons u_j, output weights s_j
 * (rank-one.md sections 1 and 3).  Everything here is O(p r²), in double, and allocates
 * nothing once its workspace is there.  One thread at a time. */
#pragma once

#include "eng-arena.h"
#include "eng-lanes.h"

G_BEGIN_DECLS

typedef struct
{
  gsize   rank; /* terms in use, at most u.rows */
  EngMat  u;    /* (max_rank, p): the first `rank` rows are orthonormal */
  double *s;    /* (max_rank) by decreasing modulus */
} EngLowRank;

/* Scratch for sums of up to `max_terms` terms in dimension p. */
typedef struct
{
  EngMat  terms;        /* (max_terms, p): what is being made orthonormal */
  EngMat  coefficients; /* (max_terms, max_terms): of the terms on that basis */
  EngMat  core;         /* (max_terms, max_terms) */
  double *weights;      /* (max_terms) */
  double *values;       /* (max_terms) eigenvalues */
  gsize  *order;        /* (max_terms) */
  double *solver;       /* LAPACK's */
  int    *integers;     /* LAPACK's */
} EngLowRankWork;

/* The zero matrix, with room for `max_rank` terms. */
void eng_low_rank_init (EngLowRank *self, gsize p, gsize max_rank, EngArena *arena);
void
eng_low_rank_work_init (EngLowRankWork *self, gsize p, gsize max_terms, EngArena *arena);
double eng_low_rank_work_estimate_bytes (double p, double max_terms);

/* View of the terms in use.   (rank, p) */
EngMat eng_low_rank_terms (const EngLowRank *self);

/* L <- the best approximation of rank `rank` of L + Σ_j t_j v_j v_jᵀ, by modulus of the
 * eigenvalues: the exact tail (rank-one.md 3 "Tail").  The rows of `v` need not be
 * orthonormal.   v: (k, p)  t: (k), rank_L + k <= max_terms.
 * Returns: FALSE, L as it was, if a number is not finite or LAPACK gives up. */
gboolean eng_low_rank_add (EngLowRank     *self,
                           const EngMat   *v,
                           const double   *t,
                           gsize           rank,
                           EngLowRankWork *work);

/* L <- the terms of largest modulus of a dense matrix, as many as there is room for; not
 * those that are rounding alone.   l: (p, p) symmetric, p <= max_terms.
 * Returns: FALSE, L as it was, if a number is not finite or LAPACK gives up. */
gboolean eng_low_rank_decompose (EngLowRank *self, const EngMat *l, EngLowRankWork *work);
/* View of its first `rank` terms. */
EngLowRank eng_low_rank_leading (const EngLowRank *self, gsize rank);

/* ‖A − B‖_F, from the factors and so without cancellation. */
double
eng_low_rank_distance (const EngLowRank *a, const EngLowRank *b, EngLowRankWork *work);
double eng_low_rank_norm (const EngLowRank *self);
double eng_low_rank_trace (const EngLowRank *self);

/* Principal angles in radians between the spans of the terms, ascending, min (rank_a,
 * rank_b) of them; through their sines, so that small ones are exact.  Returns: their
 * number. */
gsize eng_low_rank_angles (const EngLowRank *a,
                           const EngLowRank *b,
                           EngLowRankWork   *work,
                           double           *angles);

/* E (xᵀ(A − B)x)² / Var(xᵀBx) for x ~ N(0, I): (2‖D‖²_F + tr(D)²) / 2‖B‖²_F. */
double
eng_low_rank_test_error (const EngLowRank *a, const EngLowRank *b, EngLowRankWork *work);

/* The weights of the network: by decreasing |α|, unit w with its entry of largest modulus
 * positive.   alpha: (rank)  w: (rank, p) */
void eng_low_rank_get_weights (const EngLowRank *self, double *alpha, EngMat *w);

/* out_i = x_iᵀ L x_i.   x: (n, p)  out: (n) */
void eng_low_rank_evaluate (const EngLowRank *self,
                            const EngMatF    *x,
                            EngLanes         *lanes,
                            double           *out);

/* Makes the rows of `a` orthonormal in order (Gram-Schmidt, twice), dropping those that
 * depend on the rows before: `a` becomes the basis, `rank` rows.  coefficients (n, n),
 * NULL if not wanted: row i of the input = Σ_j coefficients_ij basis_j. */
gsize eng_low_rank_orthonormalise (EngMat *a, EngMat *coefficients);

G_END_DECLS
