/* SPDX-License-Identifier: GPL-3.0-or-later
 * EngKrylov: eigenpairs of largest modulus of a symmetric, indefinite operator that is
 * known only by its products: block Krylov with full re-orthogonalisation and
 * Rayleigh-Ritz on the operator itself (rank-one.md 3 "Block Krylov head"; MBK-SVD of
 * papers.md C.4, with its typing errors mended).  In double; allocates nothing after
 * init.  One thread at a time. */
#pragma once

#include "eng-low-rank.h"
#include "eng-rng.h"

G_BEGIN_DECLS

/* av <- A v.   v, av: (b, p), vectors as rows */
typedef void (*EngKrylovApply) (gpointer data, const EngMat *v, EngMat *av);

typedef struct
{
  EngMat  basis;    /* (max_rows, p) orthonormal rows, block after block */
  EngMat  images;   /* (max_rows, p) A of each of them */
  EngMat  rest;     /* (max_block, p) */
  EngMat  products; /* (max_block, max_rows) */
  EngMat  ritz;     /* (max_rows, max_rows) */
  EngMat  chosen;   /* (max_block, max_rows) */
  double *values;   /* (max_rows) */
  gsize  *order;    /* (max_rows) */
  double *solver;   /* LAPACK's */
  int    *integers; /* LAPACK's */
} EngKrylov;

/* For blocks of up to `max_block` vectors, and `max_rows` of them over all passes. */
void   eng_krylov_init (EngKrylov *self,
                        gsize      p,
                        gsize      max_block,
                        gsize      max_rows,
                        EngArena  *arena);
double eng_krylov_estimate_bytes (double p, double max_block, double max_rows);

/* The k eigenpairs of largest modulus in the span of Q, A Q, ..., A^{passes − 1} Q.  The
 * first rows of Q are `start` (nullable), the others Gaussian.  Exhausted directions are
 * dropped, so there may be fewer.   v: (k, p)  theta: (k)
 * Returns: how many were found; 0 if a number was not finite. */
gsize eng_krylov_find (EngKrylov     *self,
                       EngKrylovApply apply,
                       gpointer       data,
                       gsize          k,
                       gsize          block,
                       gsize          passes,
                       const EngMat  *start,
                       EngRng        *rng,
                       EngMat        *v,
                       double        *theta);

G_END_DECLS
