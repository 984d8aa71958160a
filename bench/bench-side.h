/* SPDX-License-Identifier: GPL-3.0-or-later
 * BenchSide: our side of a comparison: one learner that recovers a matrix, stepped without
 * the records that an experiment takes on the way.  One thread drives. */
#pragma once

#include "eng-experiment.h"

G_BEGIN_DECLS

typedef struct
{
  const char *id;       /* of the head, for the peer; NULL: it has none */
  const char *title;    /* in tables */
  const char *settings; /* lines of [run.1] */
} BenchMethod;

/* What is recovered from what: BENCH_OVERSAMPLED rank d samples. */
typedef struct
{
  gsize       d;
  int         rank;
  const char *problem; /* more lines of [problem] */
  const char *samples; /* fresh or batch */
  guint       n_threads;
} BenchSetting;

#define BENCH_OVERSAMPLED 8

typedef struct
{
  EngExperiment *experiment;
  EngLanes      *lanes;
  EngLearner    *learner; /* of the experiment's run */
} BenchSide;

/* Prepares the experiment and takes the first, cold iteration. */
gboolean bench_side_init (BenchSide          *self,
                          const BenchMethod  *method,
                          const BenchSetting *setting,
                          GError            **error);
/* Takes `n` iterations.  Returns: the seconds of one. */
double bench_side_time (BenchSide *self, guint n);
/* Of the estimate before the last iteration: root mean square, relative to the teacher. */
double bench_side_get_residual (const BenchSide *self);
void   bench_side_clear (BenchSide *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BenchSide, bench_side_clear)

G_END_DECLS
