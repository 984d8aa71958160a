/* SPDX-License-Identifier: GPL-3.0-or-later
 * EngKernelModel: f(x) = Σ_i c_i K(x, x_i) over the training inputs, which learners with a
 * kernel find the coefficients of.  Arena memory; engine thread. */
#pragma once

#include "eng-kernel.h"
#include "eng-learner.h"

G_BEGIN_DECLS

typedef struct
{
  EngKernel       kernel;
  EngKernelInputs inputs; /* those of the samples */
  EngKernelWork   work;
  EngMat          x; /* (n, d) */
  double         *c; /* (n) */
  /* For predictions, one per lane. */
  EngKernelInputs at[ENG_N_LANES];
  EngMat          block[ENG_N_LANES]; /* (ENG_BLOCK_ROWS, d) */
  EngMat          rows[ENG_N_LANES];  /* (ENG_BLOCK_ROWS, n) */
} EngKernelModel;

void eng_kernel_model_init (EngKernelModel *self, const EngContext *context);
double
eng_kernel_model_estimate_bytes (const EngSettings *settings, const EngSizes *sizes);
/* For `prepare`: the samples, and f = 0. */
void eng_kernel_model_prepare (EngKernelModel *self, const EngContext *context);

/* k <- K (x_i, x_j).   k: (n, n) */
void eng_kernel_model_fill (EngKernelModel *self, EngLanes *lanes, EngMat *k);

/* For the classes, whose states begin with their EngKernelModel. */
void eng_kernel_model_predict (EngLearner    *learner,
                               const EngMatF *x,
                               EngLanes      *lanes,
                               float         *out);

G_END_DECLS
