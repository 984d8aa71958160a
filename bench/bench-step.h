/* SPDX-License-Identifier: GPL-3.0-or-later
 * BenchStep: a training step that benches time: its sizes, its experiment, and what it costs
 * on paper.  Also the peaks that steps are compared with.  One thread drives. */
#pragma once

#include "bench-side.h"

G_BEGIN_DECLS

typedef struct
{
  const char *title;
  gsize       d, m, n, n_unlabelled;
  const char *activation; /* of the Taylor students; the network has relu */
  const char
      *learners[6]; /* ends with NULL; "joint" has a fixed set of unlabelled inputs,
                            * "joint fresh" draws them anew in each step */
} BenchSize;

/* P7, P8 and the two of D2; ends with a title of NULL. */
extern const BenchSize bench_sizes[];
/* λ1 of the joint student. */
#define BENCH_LAMBDA1 10.0

/* Whether a Taylor student takes moments of the inputs in place of its features. */
gboolean bench_step_is_by_moments (const char *learner, const BenchSide *side);
/* Whether its steps draw inputs. */
gboolean    bench_step_draws (const char *learner);
const char *bench_step_get_activation (const BenchSize *size, const char *learner);
/* Prepares a student with these sizes.  Returns: FALSE with an error of the engine. */
gboolean bench_step_init (BenchSide       *side,
                          const BenchSize *size,
                          const char      *learner,
                          guint            n_threads,
                          GError         **error) G_GNUC_WARN_UNUSED_RESULT;

/* Multiplications and additions of one step as the plain algebra has them: forward and
 * backward over the samples (4 n m d), and for the penalty over the unlabelled inputs and
 * twice the projection on Q1, each with two products; features of fresh inputs, too. */
double bench_step_count_nominal (const BenchSize *size, const char *learner);
/* Those that are carried out: twins and second moments need fewer. */
double bench_step_count_executed (const BenchSize *size,
                                  const char      *learner,
                                  const BenchSide *side);
/* Bytes of features and weights that one step reads and writes, were there no caches. */
double bench_step_count_bytes (const BenchSize *size,
                               const char      *learner,
                               const BenchSide *side);

/* --- peaks ------------------------------------------------------------------------- */

typedef struct _BenchPeak BenchPeak;

/* Matrices of order 1024 for `n_threads` threads. */
BenchPeak *bench_peak_new (guint n_threads) G_GNUC_WARN_UNUSED_RESULT;
void       bench_peak_free (BenchPeak *self);
/* GFLOP/s of one round in which each of the first `n_threads` threads multiplies once. */
double bench_peak_time (BenchPeak *self, guint n_threads, gboolean is_double);
/* The best of some rounds. */
double bench_peak_best (BenchPeak *self, guint n_threads, gboolean is_double);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenchPeak, bench_peak_free)

G_END_DECLS
