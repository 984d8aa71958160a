/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the files of EngBasis share. */
#pragma once

#include "eng-basis.h"

G_BEGIN_DECLS

struct _EngBasis
{
  EngArena          *arena;
  EngLanes          *lanes;   /* borrowed; NULL: one thread */
  const EngProblem  *problem; /* borrowed; outlives self */
  const EngTwoLayer *student; /* the first one; for eng_basis_fits () */
  EngSpectrum       *spectrum;
  EngMat             x;          /* (N, d) */
  EngMat             gram;       /* (N, N) X Xᵀ */
  EngMat             features;   /* (N, h) at w0: of one of each pair of twins */
  EngMat             polynomial; /* (d + 1, h) where f_L is one; else no rows */
  EngMat             vectors;    /* (n_directions, N) eigenvectors of K as rows */
  gsize              n_directions;
  EngMatF            top;         /* (n_q1, h d); 0 rows until asked for */
  EngMatF            top_moments; /* (n_q1, (d + 1) d); likewise */
};

G_END_DECLS
