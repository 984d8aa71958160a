/* SPDX-License-Identifier: GPL-3.0-or-later
 * The two-layer network and its Taylor terms at given inputs, in float: tiles of inputs and
 * neurons, or quadratic forms of the inputs. */
#include "config.h"

#include "eng-kernels.h"
#include "eng-two-layer.h"

#include <math.h>

/* Inputs, as many as there may be. */
#define MANY 1e12

/* Of numbers of a tile's row, for so many neurons. */
static gsize
count_cols (gsize m, gsize d)
{
  return MAX (MIN (m, ENG_EVALUATION_COLS), d + 1);
}

void
eng_two_layer_scratch_init (EngTwoLayer *self, EngArena *arena)
{
  EngTwoLayerScratch *scratch = &self->scratch;
  gsize               d = self->d, cols = count_cols (self->m, d);

  for (guint lane = 0; lane < ENG_N_LANES; lane++)
    {
      scratch->z[lane] = eng_arena_matf (arena, ENG_EVALUATION_ROWS, cols);
      scratch->u[lane] = eng_arena_matf (arena, ENG_EVALUATION_ROWS, cols);
      scratch->twin[lane] = eng_arena_matf (arena, ENG_EVALUATION_ROWS, cols);
    }
  if (!eng_two_layer_is_form (self->activation, (double) self->m, MANY, (double) d))
    return;
  scratch->linear = eng_arena_matf (arena, d + 1, d);
  scratch->quadratic = eng_arena_matf (arena, d, d);
}

double
eng_two_layer_scratch_estimate_bytes (double m, double d)
{
  return sizeof (float)
         * (3.0 * ENG_N_LANES * ENG_EVALUATION_ROWS
                * (double) count_cols ((gsize) m, (gsize) d)
            + d * (2.0 * d + 1.0));
}

typedef struct
{
  const EngTwoLayer *self;
  const EngMatF     *x;
  EngTerms          *terms;
} Evaluation;

/* --- tile by tile ---------------------------------------------------------------------- */

/* *sum <- 0 or, in later columns, what it is; then + value. */
static void
add_to (float *sum, gsize column, double value)
{
  *sum = (float) ((column > 0 ? (double) *sum : 0.0) + value);
}

/* What the neurons `column` ... `column + count − 1` and their twins add in one row, z their
 * pre-activations, u and v their movements' and those of the twins, which are NULL if there
 * are none; s: scratch. */
static void
evaluate_row (const Evaluation *job,
              gsize             row,
              gsize             column,
              gsize             count,
              float            *z,
              float            *u,
              float            *v)
{
  const EngTwoLayer *self = job->self;
  const EngTerms    *terms = job->terms;
  const float       *a0 = self->a0 + column, *a = self->a + column;
  double             scale = 1.0 / sqrt ((double) self->m), sum;
  float              s[ENG_EVALUATION_COLS];

  if (terms->linear != NULL)
    {
      self->activation->first_f (count, z, s);
      sum = eng_kernel_dot3 (count, a0, s, u);
      if (v != NULL)
        sum -= eng_kernel_dot3 (count, a0, s, v);
      add_to (&terms->linear[row], column, scale * sum);
    }
  if (terms->quadratic != NULL)
    {
      self->activation->second_f (count, z, s);
      eng_kernel_multiply (count, a0, s);
      sum = eng_kernel_dot3 (count, s, u, u);
      if (v != NULL)
        sum -= eng_kernel_dot3 (count, s, v, v);
      add_to (&terms->quadratic[row], column, 0.5 * scale * sum);
    }
  if (terms->f == NULL)
    return;
  eng_kernel_add (count, z, u);
  self->activation->value_f (count, u, s);
  sum = eng_kernel_dot (count, a, s);
  if (v != NULL)
    {
      eng_kernel_add (count, z, v);
      self->activation->value_f (count, v, s);
      sum += eng_kernel_dot (count, a + self->m / 2, s);
    }
  else
    {
      self->activation->value_f (count, z, s);
      sum -= eng_kernel_dot (count, a0, s);
    }
  add_to (&terms->f[row], column, scale * sum);
}

/* out <- x wᵀ for the neurons `column` ..., in the scratch. */
static EngMatF
multiply (const EngMatF *x, const EngMatF *w, gsize column, gsize count, EngMatF scratch)
{
  EngMatF rows = eng_matf_rows (w, column, count);
  EngMatF out = { x->rows, count, scratch.data };

  eng_laf_gemm_nt (1.0f, x, &rows, 0.0f, &out);
  return out;
}

static void
evaluate_tile (const Evaluation *job, guint lane, gsize first, gsize column, gsize count)
{
  const EngTwoLayer *self = job->self;
  EngMatF            x = eng_matf_rows (job->x, first,
                                        MIN (ENG_EVALUATION_ROWS, job->x->rows - first));
  EngMatF            z = multiply (&x, &self->w0, column, count, self->scratch.z[lane]);
  EngMatF            u = multiply (&x, &self->w, column, count, self->scratch.u[lane]), v;

  if (self->is_paired)
    v = multiply (&x, &self->w, self->m / 2 + column, count, self->scratch.twin[lane]);
  for (gsize i = 0; i < x.rows; i++)
    {
      if (self->has_bias)
        eng_kernel_add (count, self->b + column, z.data + i * count);
      evaluate_row (job, first + i, column, count, z.data + i * count, u.data + i * count,
                    self->is_paired ? v.data + i * count : NULL);
    }
}

static void
evaluate_lane (guint lane, gpointer data)
{
  const Evaluation *job = data;
  gsize             n = job->x->rows, h = eng_two_layer_count_single (job->self);

  for (gsize first = lane * ENG_EVALUATION_ROWS; first < n;
       first += ENG_N_LANES * ENG_EVALUATION_ROWS)
    for (gsize column = 0; column < h; column += ENG_EVALUATION_COLS)
      evaluate_tile (job, lane, first, column, MIN (ENG_EVALUATION_COLS, h - column));
}

/* --- where σ″ is constant ---------------------------------------------------------------- */

/* With x̃ = (x, 1), v_r and p2 of eng_two_layer_form_row (),
 *
 *   f_L = x̃ᵀ S x,  S = Σ_r v_r w_rᵀ        f_Q = xᵀ Q x,  Q = ½ Σ_r a_r/√m p2 w_r w_rᵀ,
 *
 * and f = f_L + f_Q as long as a is as at the start. */
static gboolean
is_form (const Evaluation *job)
{
  const EngTwoLayer *self = job->self;

  return self->scratch.linear.rows > 0 && (!self->both_layers || job->terms->f == NULL)
         && eng_two_layer_is_form (self->activation, (double) self->m,
                                   (double) job->x->rows, (double) self->d);
}

static void
sum_forms (const EngTwoLayer *self)
{
  const EngTwoLayerScratch *scratch = &self->scratch;
  EngMatF                   s = scratch->linear, q = scratch->quadratic;
  gsize                     d = self->d;

  for (gsize first = 0; first < self->m; first += ENG_EVALUATION_ROWS)
    {
      EngMatF w = eng_matf_rows (&self->w, first,
                                 MIN (ENG_EVALUATION_ROWS, self->m - first));
      EngMatF v = { w.rows, d + 1, scratch->z[0].data };
      EngMatF c = { w.rows, d, scratch->u[0].data };

      for (gsize i = 0; i < w.rows; i++)
        {
          float curvature = eng_two_layer_form_row (self, first + i,
                                                    v.data + i * (d + 1));

          eng_kernel_scale_to (d, 0.5f * curvature, w.data + i * d, c.data + i * d);
        }
      eng_laf_gemm_tn (1.0f, &v, &w, first > 0 ? 1.0f : 0.0f, &s);
      eng_laf_gemm_tn (1.0f, &c, &w, first > 0 ? 1.0f : 0.0f, &q);
    }
}

static void
form_lane (guint lane, gpointer data)
{
  const Evaluation         *job = data;
  const EngTwoLayerScratch *scratch = &job->self->scratch;
  const EngTerms           *terms = job->terms;
  gsize                     n = job->x->rows, d = job->self->d;

  for (gsize first = lane * ENG_EVALUATION_ROWS; first < n;
       first += ENG_N_LANES * ENG_EVALUATION_ROWS)
    {
      EngMatF x = eng_matf_rows (job->x, first, MIN (ENG_EVALUATION_ROWS, n - first));
      EngMatF u = multiply (&x, &scratch->linear, 0, d, scratch->u[lane]);
      EngMatF v = multiply (&x, &scratch->quadratic, 0, d, scratch->twin[lane]);

      for (gsize i = 0; i < x.rows; i++)
        {
          const float *row = x.data + i * d;
          float        linear = eng_kernel_dot (d, row, u.data + i * d)
                         + eng_kernel_dot (d, row, scratch->linear.data + d * d);
          float quadratic = eng_kernel_dot (d, row, v.data + i * d);

          if (terms->linear != NULL)
            terms->linear[first + i] = linear;
          if (terms->quadratic != NULL)
            terms->quadratic[first + i] = quadratic;
          if (terms->f != NULL)
            terms->f[first + i] = linear + quadratic;
        }
    }
}

void
eng_two_layer_evaluate (const EngTwoLayer *self,
                        const EngMatF     *x,
                        EngLanes          *lanes,
                        EngTerms          *terms)
{
  Evaluation job = { self, x, terms };
  guint n_lanes = (guint) MIN ((x->rows + ENG_EVALUATION_ROWS - 1) / ENG_EVALUATION_ROWS,
                               ENG_N_LANES);

  if (!is_form (&job))
    {
      eng_lanes_run (lanes, n_lanes, evaluate_lane, &job);
      return;
    }
  sum_forms (self);
  eng_lanes_run (lanes, n_lanes, form_lane, &job);
}
