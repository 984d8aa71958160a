/* SPDX-License-Identifier: GPL-3.0-or-later
 * A step of the three-layer network: examples, signs, gradients, movement. */
#include "config.h"

#include "eng-kernels.h"
#include "eng-three-layer.h"

#include <math.h>
#include <string.h>

/* --- examples and signs ------------------------------------------------------------ */

/* The next of a shuffled epoch into row `i`. */
static void
copy_example (EngThreeLayer *self, const EngMatF *from, gsize i)
{
  gsize row;

  if (self->cursor == self->problem->n)
    {
      eng_rng_shuffle (self->batch_rng, self->problem->n, self->order);
      self->cursor = 0;
    }
  row = self->order[self->cursor++];
  memcpy (self->rows.data + i * from->cols, from->data + row * from->cols,
          from->cols * sizeof (float));
  self->targets[i] = self->y[row];
}

static void
choose_examples (EngThreeLayer *self)
{
  const EngMatF *from = self->h_train.rows > 0 ? &self->h_train : &self->problem->x_train;

  self->inputs_now = from;
  self->y_now = self->y;
  if (self->batch == self->problem->n)
    return;
  for (gsize i = 0; i < self->batch; i++)
    copy_example (self, from, i);
  self->inputs_now = &self->rows;
  self->y_now = self->targets;
}

void
eng_three_layer_begin_step (EngThreeLayer *self)
{
  choose_examples (self);
  if (self->signs != ENG_SIGNS_NONE)
    eng_rng_fill_signs (self->dropout_rng, self->m, self->z);
  for (gsize r = 0; r < self->m && self->signs == ENG_SIGNS_NONE; r++)
    self->z[r] = 1.0f;
}

/* --- gradients --------------------------------------------------------------------- */

/* moved <- w0 + diag (z) w; read literally, the signs come later. */
static void
apply_signs (EngThreeLayer *self)
{
  gsize k = self->k;

  memcpy (self->moved.data, self->w0.data, self->m * k * sizeof (float));
  for (gsize r = 0; r < self->m; r++)
    eng_kernel_axpy (k, self->signs == ENG_SIGNS_LITERAL ? 1.0f : self->z[r],
                     self->w.data + r * k, self->moved.data + r * k);
}

static gboolean
moves_now (const EngThreeLayer *self)
{
  return eng_three_layer_moves_first (self)
         && (double) self->steps >= self->first_from * (double) self->planned;
}

/* p <- ∂loss/∂p = 2 residual_i a_r σ′(p_ir) / (n √m), row by row.
 * Returns: Σ residual². */
static double
differentiate_rows (EngThreeLayer *self, guint lane, gsize first, EngMatF *p)
{
  gsize  m = self->m;
  float  scale = 1.0f / sqrtf ((float) m), *values = self->values[lane];
  double sum = 0.0;

  for (gsize i = 0; i < p->rows; i++)
    {
      float *row = p->data + i * m, residual;

      self->activation->value_f (m, row, values);
      residual = scale * eng_kernel_dot (m, self->a, values) - self->y_now[first + i];
      sum += (double) residual * residual;
      self->activation->first_f (m, row, values);
      memcpy (row, self->a, m * sizeof (float));
      eng_kernel_multiply (m, values, row);
      eng_kernel_scale (m, 2.0f * residual * scale / (float) self->inputs_now->rows, row);
    }
  return sum;
}

/* Adds ∂loss/∂v and ∂loss/∂b of the rows `x`, from those in p. */
static void
differentiate_first (EngThreeLayer *self,
                     guint          lane,
                     const EngMatF *x,
                     const EngMatF *p,
                     float          beta)
{
  EngThreeLayerSums *sums = &self->sums[lane];
  EngMatF            dh = eng_matf_rows (&self->h[lane], 0, x->rows), z;

  eng_laf_gemm_nn (1.0f, p, &self->moved, 0.0f, &dh);
  eng_random_layer_pull_back (&self->first.random, lane, &dh);
  z = eng_matf_rows (&self->first.random.z[lane], 0, x->rows);
  eng_laf_gemm_tn (1.0f, &z, x, beta, &sums->v);
  if (beta == 0.0f)
    memset (sums->b, 0, z.cols * sizeof (float));
  for (gsize i = 0; i < z.rows; i++)
    eng_kernel_add (z.cols, z.data + i * z.cols, sums->b);
}

static void
differentiate_lane (guint lane, gpointer data)
{
  EngThreeLayer *self = data;
  gsize          n = self->inputs_now->rows;
  float          beta = 0.0f;

  self->sums[lane].loss = 0.0;
  for (gsize block = lane; block < eng_lanes_n_blocks (n); block += ENG_N_LANES)
    {
      gsize   first = block * ENG_BLOCK_ROWS;
      EngMatF x = eng_matf_rows (self->inputs_now, first,
                                 MIN (ENG_BLOCK_ROWS, n - first));
      EngMatF p = eng_matf_rows (&self->p[lane], 0, x.rows), h = x;

      if (eng_three_layer_moves_first (self))
        {
          h = eng_matf_rows (&self->h[lane], 0, x.rows);
          eng_first_layer_fill (&self->first, lane, &x, &h);
        }
      eng_laf_gemm_nt (1.0f, &h, &self->moved, 0.0f, &p);
      self->sums[lane].loss += differentiate_rows (self, lane, first, &p);
      eng_laf_gemm_tn (1.0f, &p, &h, beta, &self->sums[lane].w);
      if (moves_now (self))
        differentiate_first (self, lane, &x, &p, beta);
      beta = 1.0f;
    }
}

/* Row r <- z_r row r + ∂/∂w_r of λ Σ_r q_r², q_r = Σ_i moments_i w_ri²; read literally, the
 * signs are on both. */
static void
finish_row (EngThreeLayer *self, gsize r)
{
  gsize        k = self->k;
  float       *row = self->gradient.data + r * k;
  const float *w = self->w.data + r * k, *moments = self->first.moments;
  float        weight = 4.0f * (float) self->lambda * eng_kernel_dot3 (k, moments, w, w);

  if (self->signs != ENG_SIGNS_LITERAL)
    eng_kernel_scale (k, self->z[r], row);
  for (gsize i = 0; i < k && weight > 0.0f; i++)
    row[i] += weight * moments[i] * w[i];
  if (self->signs == ENG_SIGNS_LITERAL)
    eng_kernel_scale (k, self->z[r], row);
}

static void
reduce_lane (guint lane, gpointer data)
{
  EngThreeLayer *self = data;
  EngMatF        partials[ENG_N_LANES];
  guint          n = eng_lanes_for_rows (self->inputs_now->rows);
  gsize          first, last;

  eng_lanes_share (self->m, lane, &first, &last);
  for (guint i = 0; i < n; i++)
    partials[i] = self->sums[i].w;
  eng_kernel_reduce_rows (partials, n, first, last, &self->gradient);
  for (gsize r = first; r < last; r++)
    finish_row (self, r);
  if (!moves_now (self))
    return;
  eng_lanes_share (self->v_gradient.rows, lane, &first, &last);
  for (guint i = 0; i < n; i++)
    partials[i] = self->sums[i].v;
  eng_kernel_reduce_rows (partials, n, first, last, &self->v_gradient);
  for (gsize l = first; l < last; l++)
    {
      self->b_gradient[l] = 0.0f;
      for (guint i = 0; i < n; i++)
        self->b_gradient[l] += self->sums[i].b[l];
    }
}

double
eng_three_layer_differentiate (EngThreeLayer *self, EngLanes *lanes)
{
  double sum = 0.0;
  guint  n_lanes;

  apply_signs (self);
  n_lanes = eng_lanes_for_rows (self->inputs_now->rows);
  eng_lanes_run (lanes, n_lanes, differentiate_lane, self);
  for (guint lane = 0; lane < n_lanes; lane++)
    sum += self->sums[lane].loss;
  eng_lanes_run (lanes, ENG_N_LANES, reduce_lane, self);
  return sum / (double) self->inputs_now->rows;
}

/* --- movement ---------------------------------------------------------------------- */

double
eng_three_layer_get_step_size (const EngThreeLayer *self)
{
  double done = (double) self->steps / (double) self->planned;
  double share = self->cosine ? 0.5 * (1.0 + cos (G_PI * fmin (done, 1.0))) : 1.0;

  return self->learning_rate * sqrt ((double) self->m) * share;
}

/* What shortens a gradient of this square until √m times its norm is the bound. */
static double
shorten (const EngThreeLayer *self, double bound, double square)
{
  double length = sqrt ((double) self->m * square);

  return bound > 0 && length > bound ? bound / length : 1.0;
}

static void
move_first (EngThreeLayer *self, double step)
{
  EngRandomLayer *layer = &self->first.random;
  gsize           n = layer->n_features, size = n * layer->d;

  step *= shorten (self, self->first_clip,
                   eng_kernel_square_sum (size, self->v_gradient.data)
                       + eng_kernel_square_sum (n, self->b_gradient));
  eng_kernel_axpy (size, (float) -step, self->v_gradient.data, layer->dv.data);
  eng_kernel_axpy (n, (float) -step, self->b_gradient, layer->b);
  memcpy (layer->v.data, layer->v0.data, size * sizeof (float));
  eng_kernel_add (size, layer->dv.data, layer->v.data);
}

void
eng_three_layer_move (EngThreeLayer *self)
{
  gsize  size = self->m * self->k;
  double step = eng_three_layer_get_step_size (self), length = step;

  if (self->clip > 0)
    length *= shorten (self, self->clip,
                       eng_kernel_square_sum (size, self->gradient.data));
  eng_kernel_axpy (size, (float) -length, self->gradient.data, self->w.data);
  if (moves_now (self))
    move_first (self, self->first_rate * step);
  self->steps++;
}
