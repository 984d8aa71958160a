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
  /* At a finite width. */
  EngKernel       wide;
  EngKernelInputs wide_inputs;
  double
      distance; /* ‖K − K_∞‖_F/‖K_∞‖_F on the samples; NaN before, or if K_∞ is not its limit */
  /* Of learners that predict the test set often. */
  EngMat       test; /* (n_test, n) K (x, x_i); no rows if not kept */
  const float *test_x;
  /* For predictions, one per lane. */
  EngKernelInputs at[ENG_N_LANES];
  EngMat          block[ENG_N_LANES]; /* (ENG_BLOCK_ROWS, d) */
  EngMat          rows[ENG_N_LANES];  /* (ENG_BLOCK_ROWS, n) */
} EngKernelModel;

/* The column of learners with one, and its value. */
#define ENG_KERNEL_COLUMN                                                                \
  {                                                                                      \
    "kernel-distance", N_ ("Distance from the kernel of infinite width")                 \
  }

/* `keeps_test`: the kernel at the test inputs is kept. */
void   eng_kernel_model_init (EngKernelModel   *self,
                              const EngContext *context,
                              gboolean          keeps_test);
double eng_kernel_model_estimate_bytes (const EngSettings *settings,
                                        const EngSizes    *sizes,
                                        gboolean           keeps_test);
/* The same for (x·x'/d)^p, of classes without the keys of kernels. */
void   eng_kernel_model_init_power (EngKernelModel   *self,
                                    guint             degree,
                                    const EngContext *context);
double eng_kernel_model_estimate_power_bytes (guint degree, const EngSizes *sizes);
/* For `prepare`: the samples, and f = 0.  Refuses a kernel that on these or on the test
 * inputs is nothing that can be computed with (eng_kernel_check_range ()). */
gboolean eng_kernel_model_prepare (EngKernelModel   *self,
                                   const EngContext *context,
                                   GError          **error);

/* k <- K (x_i, x_j), and `distance` with it, and what is kept.   k: (n, n) */
void eng_kernel_model_fill (EngKernelModel *self, EngLanes *lanes, EngMat *k);

/* f of the rows of x.   out: (n) */
void eng_kernel_model_evaluate (EngKernelModel *self,
                                const EngMatF  *x,
                                EngLanes       *lanes,
                                float          *out);

/* For the classes, whose states begin with their EngKernelModel. */
void eng_kernel_model_predict (EngLearner    *learner,
                               const EngMatF *x,
                               EngLanes      *lanes,
                               float         *out);
/* c (n) and, at a finite width, the neurons: w0 (m/2, d) and b (m/2) of EngKernel. */
void eng_kernel_model_add_arrays (const EngKernelModel *self, EngArrays *arrays);

G_END_DECLS
