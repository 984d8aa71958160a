/* SPDX-License-Identifier: GPL-3.0-or-later
 * Tangent features and the linear part in double, tile by tile. */
#include "config.h"

#include "eng-analysis.h"

#include <math.h>

void
eng_analysis_init (EngAnalysis *self, gsize m, gsize d, EngArena *arena)
{
  self->lanes = NULL;
  self->weights = eng_arena_mat (arena, m, d);
  for (guint lane = 0; lane < ENG_N_LANES; lane++)
    self->tile[lane] = eng_arena_mat (arena, ENG_EVALUATION_ROWS,
                                      MAX (MIN (m, ENG_EVALUATION_COLS), d));
}

double
eng_analysis_estimate_bytes (double m, double d)
{
  return sizeof (double)
         * (m * d
            + ENG_N_LANES * ENG_EVALUATION_ROWS * MAX (MIN (m, ENG_EVALUATION_COLS), d));
}

static EngMat
mat_rows (const EngMat *a, gsize first, gsize count)
{
  return (EngMat){ count, a->cols, a->data + first * a->cols };
}

/* What lanes do with the inputs: lane i has tiles i, i + ENG_N_LANES, ... of their rows. */
typedef struct
{
  const EngTwoLayer *self;
  const EngMat      *x;
  EngAnalysis       *scratch;
  EngMap             map;
  const float       *a; /* of the features; NULL for those of the second layer */
  const EngMat      *features, *v, *s;
  EngMat            *out;
  double            *linear;
} Job;

static void
run (Job *job, gsize rows, EngLaneFunc func)
{
  gsize n_tiles = (rows + ENG_EVALUATION_ROWS - 1) / ENG_EVALUATION_ROWS;

  eng_lanes_run (job->scratch->lanes, (guint) MIN (n_tiles, ENG_N_LANES), func, job);
}

/* The products of `x` and the neurons from `column` on, at most a tile of them. */
static EngMat
multiply (const Job *job, guint lane, const EngMat *x, gsize column, gsize cols)
{
  EngMat weights = mat_rows (&job->scratch->weights, column,
                             MIN (ENG_EVALUATION_COLS, cols - column));
  EngMat z = { x->rows, weights.rows, job->scratch->tile[lane].data };

  eng_la_gemm_nt (1.0, x, &weights, 0.0, &z);
  return z;
}

/* --- features -------------------------------------------------------------------- */

static void
load_weights (const EngTwoLayer *self, gboolean movement, gsize rows, EngMat *weights)
{
  for (gsize i = 0; i < rows * self->d; i++)
    weights->data[i] = (double) self->w0.data[i] + (movement ? self->w.data[i] : 0.0);
}

/* out <- a map (z) / √m for one row of a tile, z = x weightsᵀ + b, from `z` without b. */
static void
map_row (const Job *job, gsize column, gsize count, double *z, double *out)
{
  double scale = 1.0 / sqrt ((double) job->self->m);

  for (gsize r = 0; r < count; r++)
    z[r] += job->self->b[column + r];
  job->map (count, z, out);
  for (gsize r = 0; r < count; r++)
    out[r] *= (job->a != NULL ? job->a[column + r] : 1.0) * scale;
}

static void
map_lane (guint lane, gpointer data)
{
  const Job *job = data;
  gsize      n = job->x->rows, cols = job->out->cols;

  for (gsize first = lane * ENG_EVALUATION_ROWS; first < n;
       first += ENG_N_LANES * ENG_EVALUATION_ROWS)
    {
      EngMat x = mat_rows (job->x, first, MIN (ENG_EVALUATION_ROWS, n - first));

      for (gsize column = 0; column < cols; column += ENG_EVALUATION_COLS)
        {
          EngMat z = multiply (job, lane, &x, column, cols);

          for (gsize i = 0; i < x.rows; i++)
            map_row (job, column, z.cols, z.data + i * z.cols,
                     job->out->data + (first + i) * cols + column);
        }
    }
}

static void
map_preactivations (const EngTwoLayer *self,
                    const EngMat      *x,
                    gboolean           moved,
                    EngMap             map,
                    const float       *a,
                    EngAnalysis       *scratch,
                    EngMat            *out)
{
  Job job = { .self = self, .x = x, .scratch = scratch, .map = map, .a = a, .out = out };

  g_assert (out->cols <= self->m && out->rows == x->rows);
  load_weights (self, moved, out->cols, &scratch->weights);
  run (&job, x->rows, map_lane);
}

void
eng_two_layer_features (const EngTwoLayer *self,
                        const EngMat      *x,
                        gboolean           moved,
                        EngAnalysis       *scratch,
                        EngMat            *features)
{
  map_preactivations (self, x, moved, self->activation->first, moved ? self->a : self->a0,
                      scratch, features);
}

void
eng_two_layer_hidden (const EngTwoLayer *self,
                      const EngMat      *x,
                      gboolean           moved,
                      EngAnalysis       *scratch,
                      EngMat            *hidden)
{
  map_preactivations (self, x, moved, self->activation->value, NULL, scratch, hidden);
}

/* --- kernels ----------------------------------------------------------------------- */

/* Rows of a kernel at a time: few enough that lanes have about equal shares of the
 * triangle. */
#define KERNEL_ROWS 64

typedef struct
{
  const EngMat *features, *gram;
  double        factor;
  EngMat       *kernel;
} Kernel;

/* A share of the rows up to the diagonal. */
static void
kernel_lane (guint lane, gpointer data)
{
  const Kernel *job = data;
  gsize         n = job->kernel->rows;

  for (gsize first = lane * KERNEL_ROWS; first < n; first += ENG_N_LANES * KERNEL_ROWS)
    {
      gsize  last = MIN (first + KERNEL_ROWS, n);
      EngMat rows = mat_rows (job->features, first, last - first);
      EngMat all = mat_rows (job->features, 0, last);

      eng_la_gemm_nt_within (job->factor, &rows, &all, job->kernel, first);
      for (gsize i = first; i < last && job->gram != NULL; i++)
        for (gsize j = 0; j < last; j++)
          job->kernel->data[i * n + j] *= job->gram->data[i * n + j];
    }
}

/* The other triangle, tile by tile so that both sides stay in cache. */
static void
mirror_lane (guint lane, gpointer data)
{
  const Kernel *job = data;
  gsize         n = job->kernel->rows;
  double       *k = job->kernel->data;

  for (gsize first = lane * KERNEL_ROWS; first < n; first += ENG_N_LANES * KERNEL_ROWS)
    for (gsize column = 0; column <= first; column += KERNEL_ROWS)
      for (gsize i = first; i < MIN (first + KERNEL_ROWS, n); i++)
        for (gsize j = column; j < MIN (column + KERNEL_ROWS, i); j++)
          k[j * n + i] = k[i * n + j];
}

void
eng_analysis_kernel (EngLanes     *lanes,
                     const EngMat *features,
                     const EngMat *gram,
                     double        factor,
                     EngMat       *kernel)
{
  Kernel job = { features, gram, factor, kernel };
  gsize  n_blocks = (kernel->rows + KERNEL_ROWS - 1) / KERNEL_ROWS;
  guint  n_lanes = (guint) MIN (n_blocks, ENG_N_LANES);

  eng_lanes_run (lanes, n_lanes, kernel_lane, &job);
  eng_lanes_run (lanes, n_lanes, mirror_lane, &job);
}

/* --- the linear part --------------------------------------------------------------- */

/* weights <- w_r − w_{r+h}, or w_r.   (h, d) */
static void
load_differences (const EngTwoLayer *self, EngMat *weights)
{
  gsize count = eng_two_layer_count_single (self) * self->d;

  for (gsize i = 0; i < count; i++)
    weights->data[i] = self->w.data[i]
                       - (self->is_paired ? (double) self->w.data[i + count] : 0.0);
}

static void
linear_lane (guint lane, gpointer data)
{
  const Job *job = data;
  gsize      n = job->x->rows, cols = job->features->cols;

  for (gsize first = lane * ENG_EVALUATION_ROWS; first < n;
       first += ENG_N_LANES * ENG_EVALUATION_ROWS)
    {
      EngMat x = mat_rows (job->x, first, MIN (ENG_EVALUATION_ROWS, n - first));

      for (gsize column = 0; column < cols; column += ENG_EVALUATION_COLS)
        {
          EngMat u = multiply (job, lane, &x, column, cols);

          for (gsize i = 0; i < x.rows; i++)
            {
              const double *a = job->features->data + (first + i) * cols + column;
              double        sum = eng_la_dot (u.cols, a, u.data + i * u.cols);

              job->linear[first + i] = sum + (column > 0 ? job->linear[first + i] : 0.0);
            }
        }
    }
}

void
eng_two_layer_linear (const EngTwoLayer *self,
                      const EngMat      *x,
                      const EngMat      *features,
                      EngAnalysis       *scratch,
                      double            *linear)
{
  Job job = {
    .self = self, .x = x, .scratch = scratch, .features = features, .linear = linear
  };

  g_assert (features->cols == eng_two_layer_count_single (self));
  load_differences (self, &scratch->weights);
  run (&job, x->rows, linear_lane);
}

gboolean
eng_two_layer_is_polynomial (const EngTwoLayer *self, gsize n)
{
  return eng_two_layer_is_form (self->activation,
                                (double) eng_two_layer_count_single (self), (double) n,
                                (double) self->d);
}

void
eng_two_layer_polynomial (const EngTwoLayer *self, EngMat *v)
{
  double p1, p2, scale = 1.0 / sqrt ((double) self->m);
  gsize  h = v->cols, d = self->d;

  eng_activation_get_slope (self->activation, &p1, &p2);
  for (gsize r = 0; r < h; r++)
    {
      double c = self->a0[r] * scale;

      for (gsize j = 0; j < d; j++)
        v->data[j * h + r] = c * p2 * self->w0.data[r * d + j];
      v->data[d * h + r] = c * (p1 + p2 * self->b[r]);
    }
}

static void
sum_lane (guint lane, gpointer data)
{
  const Job *job = data;
  EngMat     w = mat_rows (&job->scratch->weights, 0, job->v->cols), v, s;
  gsize      first, last;

  eng_lanes_share (job->v->rows, lane, &first, &last);
  v = mat_rows (job->v, first, last - first);
  s = mat_rows (job->s, first, last - first);
  eng_la_gemm_nn (1.0, &v, &w, 0.0, &s);
}

static void
polynomial_lane (guint lane, gpointer data)
{
  const Job    *job = data;
  gsize         n = job->x->rows, d = job->x->cols;
  EngMat        square = mat_rows (job->s, 0, d);
  const double *last = job->s->data + d * d;

  for (gsize first = lane * ENG_EVALUATION_ROWS; first < n;
       first += ENG_N_LANES * ENG_EVALUATION_ROWS)
    {
      EngMat x = mat_rows (job->x, first, MIN (ENG_EVALUATION_ROWS, n - first));
      EngMat u = { x.rows, d, job->scratch->tile[lane].data };

      eng_la_gemm_nt (1.0, &x, &square, 0.0, &u);
      for (gsize i = 0; i < x.rows; i++)
        job->linear[first + i] = eng_la_dot (d, x.data + i * d, u.data + i * d)
                                 + eng_la_dot (d, x.data + i * d, last);
    }
}

void
eng_two_layer_linear_polynomial (const EngTwoLayer *self,
                                 const EngMat      *x,
                                 const EngMat      *v,
                                 EngAnalysis       *scratch,
                                 EngMat            *s,
                                 double            *linear)
{
  Job job
      = { .self = self, .x = x, .scratch = scratch, .v = v, .s = s, .linear = linear };

  load_differences (self, &scratch->weights);
  eng_lanes_run (scratch->lanes, ENG_N_LANES, sum_lane, &job);
  run (&job, x->rows, polynomial_lane);
}
