/* SPDX-License-Identifier: GPL-3.0-or-later
 * Oracle: one file of reference numbers in tests/data/oracles, read whole.  What is
 * missing or malformed ends the test program. */
#pragma once

#include "eng-arena.h"

G_BEGIN_DECLS

/* Tolerances of the cases: rounding of the inputs costs 3e-6 in float at most, and
 * conditioning of every block is below 50, so 1e-10 is far above rounding in double. */
#define ORACLE_DOUBLE 1e-10
#define ORACLE_FLOAT  2e-5

typedef struct _Oracle Oracle;

/* `name` without folder and suffix. */
Oracle *oracle_load (const char *name) G_GNUC_WARN_UNUSED_RESULT;
void    oracle_free (Oracle *self);

gboolean      oracle_has (const Oracle *self, const char *block);
const EngMat *oracle_get (const Oracle *self, const char *block); /* (transfer none) */
double        oracle_scalar (const Oracle *self, const char *block);
/* A block rounded to float, in `arena`. */
EngMatF oracle_float (const Oracle *self, const char *block, EngArena *arena);

/* A block rounded to float, into an array of its size. */
void oracle_load_floats (const Oracle *self, const char *block, float *to);

/* max |got − want| / max |want| over `count` numbers. */
double oracle_error (gsize count, const double *got, const double *want);

/* Fails the test if the error of `got` against `block`, which must have `count` numbers,
 * exceeds `tolerance`; the message names file and block. */
void oracle_check (const Oracle *self,
                   const char   *block,
                   gsize         count,
                   const double *got,
                   double        tolerance);
void oracle_check_float (const Oracle *self,
                         const char   *block,
                         gsize         count,
                         const float  *got,
                         double        tolerance);
/* Likewise for one number. */
void
oracle_check_value (const Oracle *self, const char *block, double got, double tolerance);

/* The largest share of a tolerance that any check of this program used, as a TAP comment. */
void oracle_report (void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Oracle, oracle_free)

G_END_DECLS
