/* SPDX-License-Identifier: GPL-3.0-or-later
 * EngSkinny: products of a block of float rows with few vectors of doubles, which is all
 * that recovery of a matrix computes.  What OpenBLAS would need widened to double first is
 * widened in registers, and the rows that come next are fetched from memory meanwhile:
 * bench-recovery says what that gains.  Any thread; allocates nothing. */
#pragma once

#include "eng-la.h"

G_BEGIN_DECLS

/* Memory to fetch on the way, line by line: what will be read next. */
typedef struct
{
  const char *at, *end;
} EngAhead;

/* The rows of `x`, which may have none. */
EngAhead eng_ahead_of (const EngMatF *x);

typedef struct
{
  const char *name;
  gboolean (*is_supported) (void); /* by this processor */
  /* z <- x vᵀ         x: (n, p)  v: (b, p)  z: (n, b) */
  void (*gemm_nt) (const EngMatF *x, const EngMat *v, EngAhead *ahead, EngMat *z);
  /* g <- g + zᵀ x     z: (n, b)  x: (n, p)  g: (b, p) */
  void (*gemm_tn) (const EngMat *z, const EngMatF *x, EngAhead *ahead, EngMat *g);
} EngSkinny;

/* All there are, the fastest first and the plain one, which runs everywhere, last; ends
 * with a name of NULL. */
extern const EngSkinny eng_skinny_implementations[];

/* The fastest one that this processor runs: its sums differ from those of the others in
 * the last digits, but are the same in every run. */
void eng_skinny_gemm_nt (const EngMatF *x, const EngMat *v, EngAhead *ahead, EngMat *z);
void eng_skinny_gemm_tn (const EngMat *z, const EngMatF *x, EngAhead *ahead, EngMat *g);

G_END_DECLS
