/* SPDX-License-Identifier: GPL-3.0-or-later
 * Functions of a kernel. */
#include "config.h"

#include "eng-kernel-model.h"

#include "eng-kernels.h"

#include <math.h>
#include <string.h>

/* For the kernel that is set. */
static void
init (EngKernelModel *self, const EngContext *context, gboolean keeps_test)
{
  EngArena *arena = context->arena;
  gsize     n = context->problem->n, d = context->problem->d;

  eng_kernel_draw (&self->kernel, context->settings, d, context->seed, arena);
  self->distance = NAN;
  self->wide = eng_kernel_widened (&self->kernel);
  if (eng_kernel_has_limit (&self->kernel))
    eng_kernel_inputs_init (&self->wide_inputs, &self->wide, n, arena);
  eng_kernel_inputs_init (&self->inputs, &self->kernel, n, arena);
  eng_kernel_work_init (&self->work, &self->kernel, n, arena);
  if (keeps_test)
    self->test = eng_arena_mat (arena, context->problem->n_test, n);
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

void
eng_kernel_model_init (EngKernelModel   *self,
                       const EngContext *context,
                       gboolean          keeps_test)
{
  eng_kernel_init (&self->kernel, context->settings);
  init (self, context, keeps_test);
}

void
eng_kernel_model_init_power (EngKernelModel   *self,
                             guint             degree,
                             const EngContext *context)
{
  eng_kernel_init_power (&self->kernel, degree);
  init (self, context, FALSE);
}

static double
estimate_bytes (const EngKernel *kernel, const EngSizes *sizes)
{
  EngKernel wide = eng_kernel_widened (kernel);
  double    n = sizes->n, d = sizes->d, blocks = ENG_N_LANES * ENG_BLOCK_ROWS, bytes;

  bytes = eng_kernel_inputs_estimate_bytes (kernel, n + blocks)
          + eng_kernel_work_estimate_bytes (kernel, n)
          + sizeof (double) * (n * (d + 1.0) + blocks * (d + n));
  if (kernel->n_neurons > 0)
    bytes += eng_kernel_inputs_estimate_bytes (&wide, n)
             + sizeof (double) * (double) kernel->n_neurons * (d + 1.0);
  return bytes;
}

double
eng_kernel_model_estimate_bytes (const EngSettings *settings,
                                 const EngSizes    *sizes,
                                 gboolean           keeps_test)
{
  EngKernel kernel;

  eng_kernel_init (&kernel, settings);
  return estimate_bytes (&kernel, sizes)
         + (keeps_test ? sizeof (double) * sizes->n_test * sizes->n : 0.0);
}

double
eng_kernel_model_estimate_power_bytes (guint degree, const EngSizes *sizes)
{
  EngKernel kernel;

  eng_kernel_init_power (&kernel, degree);
  return estimate_bytes (&kernel, sizes);
}

static gboolean
should_stop (const EngKernelModel *self)
{
  return self->work.cancel != NULL && g_atomic_int_get (self->work.cancel) != 0;
}

/* --- inputs ------------------------------------------------------------------------ */

/* `at` <- one block of inputs. */
static void
set_block (EngKernelModel *self, const float *x, gsize rows, guint lane)
{
  EngMat block = { rows, self->x.cols, self->block[lane].data };

  eng_kernel_widen (rows * self->x.cols, x, block.data);
  eng_kernel_inputs_set (&self->at[lane], &self->kernel, &block, self->work.cancel);
}

static gboolean
check_range (EngKernelModel *self, const EngMatF *test, GError **error)
{
  EngKernelRange range = { 0 };

  eng_kernel_extend_range (&self->kernel, &self->inputs, &range);
  for (gsize first = 0; first < test->rows && !should_stop (self);
       first += ENG_BLOCK_ROWS)
    {
      set_block (self, test->data + first * test->cols,
                 MIN (ENG_BLOCK_ROWS, test->rows - first), 0);
      eng_kernel_extend_range (&self->kernel, &self->at[0], &range);
    }
  return should_stop (self) || eng_kernel_check_range (&self->kernel, &range, error);
}

gboolean
eng_kernel_model_prepare (EngKernelModel *self, const EngContext *context, GError **error)
{
  gsize n = self->x.rows;

  eng_kernel_widen (n * self->x.cols, context->problem->x_train.data, self->x.data);
  eng_kernel_inputs_set (&self->inputs, &self->kernel, &self->x, context->cancel);
  if (eng_kernel_has_limit (&self->kernel))
    eng_kernel_inputs_set (&self->wide_inputs, &self->wide, &self->x, context->cancel);
  self->test_x = context->problem->x_test.data;
  memset (self->c, 0, n * sizeof (double));
  return check_range (self, &context->problem->x_test, error);
}

/* --- matrices ---------------------------------------------------------------------- */

typedef struct
{
  EngKernelModel *self;
  const EngMat   *k;
  double          difference[ENG_N_LANES], norm[ENG_N_LANES]; /* squares */
} Comparison;

static void
compare_lane (guint lane, gpointer data)
{
  Comparison     *comparison = data;
  EngKernelModel *self = comparison->self;
  gsize           n = self->x.rows;

  for (gsize block = lane; block < eng_lanes_n_blocks (n) && !should_stop (self);
       block += ENG_N_LANES)
    {
      gsize         first = block * ENG_BLOCK_ROWS;
      EngMat        wide = { MIN (ENG_BLOCK_ROWS, n - first), n, self->rows[lane].data };
      const double *k = comparison->k->data + first * n;

      eng_kernel_fill_rows (&self->wide, &self->wide_inputs, first, &self->wide_inputs,
                            &self->work, lane, &wide);
      for (gsize i = 0; i < wide.rows * n; i++)
        {
          double difference = k[i] - wide.data[i];

          comparison->difference[lane] += difference * difference;
          comparison->norm[lane] += wide.data[i] * wide.data[i];
        }
    }
}

static double
measure_distance (EngKernelModel *self, EngLanes *lanes, const EngMat *k)
{
  Comparison comparison = { .self = self, .k = k };
  double     difference = 0.0, norm = 0.0;

  eng_lanes_run (lanes, eng_lanes_for_rows (self->x.rows), compare_lane, &comparison);
  for (guint lane = 0; lane < ENG_N_LANES; lane++)
    {
      difference += comparison.difference[lane];
      norm += comparison.norm[lane];
    }
  return sqrt (difference / norm);
}

/* rows <- K (x_i, ·) for one block of inputs. */
static void
fill_block (EngKernelModel *self, const float *x, guint lane, EngMat *rows)
{
  set_block (self, x, rows->rows, lane);
  eng_kernel_fill_rows (&self->kernel, &self->at[lane], 0, &self->inputs, &self->work,
                        lane, rows);
}

static void
fill_test_lane (guint lane, gpointer data)
{
  EngKernelModel *self = data;
  gsize           n = self->test.rows, d = self->x.cols;

  for (gsize block = lane; block < eng_lanes_n_blocks (n) && !should_stop (self);
       block += ENG_N_LANES)
    {
      gsize  first = block * ENG_BLOCK_ROWS;
      EngMat rows = { MIN (ENG_BLOCK_ROWS, n - first), self->test.cols,
                      self->test.data + first * self->test.cols };

      fill_block (self, self->test_x + first * d, lane, &rows);
    }
}

void
eng_kernel_model_fill (EngKernelModel *self, EngLanes *lanes, EngMat *k)
{
  eng_kernel_fill (&self->kernel, &self->inputs, &self->inputs, &self->work, lanes, k);
  if (eng_kernel_has_limit (&self->kernel))
    self->distance = measure_distance (self, lanes, k);
  if (self->test.rows > 0)
    eng_lanes_run (lanes, eng_lanes_for_rows (self->test.rows), fill_test_lane, self);
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

  for (gsize block = lane; block < eng_lanes_n_blocks (n) && !should_stop (self);
       block += ENG_N_LANES)
    {
      gsize  first = block * ENG_BLOCK_ROWS, rows = MIN (ENG_BLOCK_ROWS, n - first);
      EngMat k = { rows, self->x.rows, self->rows[lane].data };

      if (prediction->x->data == self->test_x && self->test.rows > 0)
        k.data = self->test.data + first * self->x.rows;
      else
        fill_block (self, prediction->x->data + first * d, lane, &k);
      eng_la_gemv (1.0, &k, self->c, 0.0, f);
      for (gsize i = 0; i < rows; i++)
        prediction->out[first + i] = (float) f[i];
    }
}

void
eng_kernel_model_evaluate (EngKernelModel *self,
                           const EngMatF  *x,
                           EngLanes       *lanes,
                           float          *out)
{
  Prediction prediction = { self, x, out };

  eng_lanes_run (lanes, eng_lanes_for_rows (x->rows), predict_lane, &prediction);
}

void
eng_kernel_model_predict (EngLearner    *learner,
                          const EngMatF *x,
                          EngLanes      *lanes,
                          float         *out)
{
  eng_kernel_model_evaluate (learner->state, x, lanes, out);
}

/* --- export ------------------------------------------------------------------------ */

void
eng_kernel_model_add_arrays (const EngKernelModel *self, EngArrays *arrays)
{
  const EngKernel *kernel = &self->kernel;

  eng_arrays_add (arrays, "c", self->x.rows, self->c);
  if (kernel->n_neurons == 0)
    return;
  eng_arrays_add_mat (arrays, "w0", &kernel->w0);
  eng_arrays_add (arrays, "b", kernel->n_neurons, kernel->b);
}
