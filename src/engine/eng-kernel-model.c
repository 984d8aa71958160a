/* SPDX-License-Identifier: GPL-3.0-or-later
 * Functions of a kernel. */
#include "config.h"

#include "eng-kernel-model.h"

#include "eng-kernels.h"

#include <string.h>

void
eng_kernel_model_init (EngKernelModel *self, const EngContext *context)
{
  EngArena *arena = context->arena;
  gsize     n = context->problem->n, d = context->problem->d;

  eng_kernel_init (&self->kernel, context->settings);
  eng_kernel_inputs_init (&self->inputs, &self->kernel, n, arena);
  eng_kernel_work_init (&self->work, n, arena);
  self->work.cancel = context->cancel;
  self->x = eng_arena_mat (arena, n, d);
  self->c = eng_arena_doubles (arena, n);
  for (guint lane = 0; lane < ENG_N_LANES; lane++)
    {
      eng_kernel_inputs_init (&self->at[lane], &self->kernel, ENG_BLOCK_ROWS, arena);
      self->block[lane] = eng_arena_mat (arena, ENG_BLOCK_ROWS, d);
      self->rows[lane] = eng_arena_mat (arena, ENG_BLOCK_ROWS, n);
    }
}

double
eng_kernel_model_estimate_bytes (const EngSettings *settings, const EngSizes *sizes)
{
  EngKernel kernel;
  double    n = sizes->n, d = sizes->d, blocks = ENG_N_LANES * ENG_BLOCK_ROWS;

  eng_kernel_init (&kernel, settings);
  return eng_kernel_inputs_estimate_bytes (&kernel, n + blocks)
         + sizeof (double) * (n * (d + 1.0 + 2.0 * ENG_N_LANES) + blocks * (d + n));
}

void
eng_kernel_model_prepare (EngKernelModel *self, const EngContext *context)
{
  gsize n = self->x.rows;

  eng_kernel_widen (n * self->x.cols, context->problem->x_train.data, self->x.data);
  eng_kernel_inputs_set (&self->inputs, &self->kernel, &self->x);
  memset (self->c, 0, n * sizeof (double));
}

void
eng_kernel_model_fill (EngKernelModel *self, EngLanes *lanes, EngMat *k)
{
  eng_kernel_fill (&self->kernel, &self->inputs, &self->inputs, &self->work, lanes, k);
}

/* --- predictions ------------------------------------------------------------------- */

typedef struct
{
  EngKernelModel *self;
  const EngMatF  *x;
  float          *out;
} Prediction;

static void
predict_lane (guint lane, gpointer data)
{
  Prediction     *prediction = data;
  EngKernelModel *self = prediction->self;
  gsize           n = prediction->x->rows, d = prediction->x->cols;
  double          f[ENG_BLOCK_ROWS];

  for (gsize block = lane; block < eng_lanes_n_blocks (n); block += ENG_N_LANES)
    {
      gsize  first = block * ENG_BLOCK_ROWS, rows = MIN (ENG_BLOCK_ROWS, n - first);
      EngMat x = { rows, d, self->block[lane].data };
      EngMat k = { rows, self->x.rows, self->rows[lane].data };

      eng_kernel_widen (rows * d, prediction->x->data + first * d, x.data);
      eng_kernel_inputs_set (&self->at[lane], &self->kernel, &x);
      eng_kernel_fill_rows (&self->kernel, &self->at[lane], 0, &self->inputs, &self->work,
                            lane, &k);
      eng_la_gemv (1.0, &k, self->c, 0.0, f);
      for (gsize i = 0; i < rows; i++)
        prediction->out[first + i] = (float) f[i];
    }
}

void
eng_kernel_model_predict (EngLearner    *learner,
                          const EngMatF *x,
                          EngLanes      *lanes,
                          float         *out)
{
  Prediction prediction = { learner->state, x, out };

  eng_lanes_run (lanes, eng_lanes_for_rows (x->rows), predict_lane, &prediction);
}
