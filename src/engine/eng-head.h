/* SPDX-License-Identifier: GPL-3.0-or-later
 * EngHead: the part H(G) = Σ_j theta_j v_j v_jᵀ of a gradient that a step of AP-ROM
 * follows, by one of the ways of rank-one.md section 3.  The gradient is that of an
 * EngSensing whose estimate is set.  Allocates nothing after init.  One thread drives. */
#pragma once

#include "eng-krylov.h"
#include "eng-sensing.h"

G_BEGIN_DECLS

/* Steps of each rank-one Lanczos run of the LazySVD head. */
#define ENG_HEAD_LAZY_STEPS 40

typedef struct
{
  EngSensing *sensing; /* borrowed */
  EngLanes   *lanes;   /* of the head being made */
  EngMat      v;       /* (max_rank, p): the head's vectors, `k` of them */
  double     *theta;   /* (max_rank) */
  gsize       k;
  EngKrylov   krylov;
  EngMat      span;   /* (max_rank, p): U and what G U adds to it; what LazySVD found */
  EngMat      image;  /* (max_rank, p) */
  EngMat      small;  /* (max_rank, max_rank) */
  EngMat      mixed;  /* (max_rank, max_rank) */
  double     *values; /* (p) for the dense heads, else (max_rank) */
  gsize      *order;
  double     *solver;
  int        *integers;
  EngMat      dense;   /* (p, p), or empty without the dense heads */
  gsize       n_found; /* by LazySVD so far */
} EngHead;

/* Heads of at most `max_rank` terms from at most `passes` products with the operator;
 * `dense` makes room for the heads that form G. */
void   eng_head_init (EngHead    *self,
                      EngSensing *sensing,
                      gsize       p,
                      gsize       max_rank,
                      gsize       passes,
                      gboolean    dense,
                      EngArena   *arena);
double eng_head_estimate_bytes (double p, double max_rank, double passes, gboolean dense);

/* All of these fill v, theta, k, and return FALSE if a number was not finite.
 *
 * MBK-SVD: the k terms of largest modulus by implicit block Krylov; `start` (nullable) is
 * the warm start. */
gboolean eng_head_find_implicit (EngHead      *self,
                                 gsize         k,
                                 gsize         passes,
                                 const EngMat *start,
                                 EngRng       *rng,
                                 EngLanes     *lanes);
/* The one term of largest modulus, from a cold block of two. */
gboolean eng_head_find_top (EngHead *self, gsize passes, EngRng *rng, EngLanes *lanes);
/* The projection of G on the tangent space at L: U Uᵀ G + G U Uᵀ − U Uᵀ G U Uᵀ, of rank at
 * most twice that of L.   gu: G U, (rank, p) */
gboolean eng_head_project_tangent (EngHead *self, const EngLowRank *l, const EngMat *gu);
/* BK-SVD: the same as the implicit one, on G formed first. */
gboolean eng_head_find_dense (EngHead      *self,
                              gsize         k,
                              gsize         passes,
                              const EngMat *start,
                              EngRng       *rng,
                              EngLanes     *lanes);
/* LazySVD: k rank-one Lanczos runs, each on what the ones before left. */
gboolean eng_head_find_lazy (EngHead *self, gsize k, EngRng *rng, EngLanes *lanes);
/* The k terms of largest modulus of G, by its whole eigendecomposition. */
gboolean eng_head_find_exact (EngHead *self, gsize k, EngLanes *lanes);

G_END_DECLS
