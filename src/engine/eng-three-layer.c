/* SPDX-License-Identifier: GPL-3.0-or-later
 * The three-layer network: memory, start, predictions. */
#include "config.h"

#include "eng-kernels.h"
#include "eng-three-layer.h"

#include <math.h>
#include <string.h>

gboolean
eng_three_layer_moves_first (const EngThreeLayer *self)
{
  return self->first_rate > 0 && self->first.kind == ENG_FIRST_LAYER_RANDOM;
}

/* --- memory ------------------------------------------------------------------------ */

static void
init_lane (EngThreeLayer *self, guint lane, EngArena *arena)
{
  EngThreeLayerSums *sums = &self->sums[lane];
  gsize              d = self->problem->d;
  gsize n = eng_three_layer_moves_first (self) ? self->first.random.n_features : 0;

  self->p[lane] = eng_arena_matf (arena, ENG_BLOCK_ROWS, self->m);
  self->q[lane] = eng_arena_matf (arena, ENG_BLOCK_ROWS, self->m);
  self->h[lane] = eng_arena_matf (arena, ENG_BLOCK_ROWS, self->k);
  self->values[lane] = eng_arena_floats (arena, self->m);
  sums->w = eng_arena_matf (arena, self->m, self->k);
  sums->v = eng_arena_matf (arena, n, d);
  sums->b = eng_arena_floats (arena, n);
}

static void
init_examples (EngThreeLayer *self, const EngContext *context)
{
  EngProblem *problem = self->problem;
  EngArena   *arena = context->arena;
  gboolean    moves = eng_three_layer_moves_first (self);

  self->y = eng_arena_floats (arena, problem->n);
  self->h_train = eng_arena_matf (arena, moves ? 0 : problem->n, self->k);
  self->h_test = eng_arena_matf (arena, moves ? 0 : problem->n_test, self->k);
  if (self->batch == 0 || self->batch > problem->n)
    self->batch = problem->n;
  self->cursor = problem->n;
  self->batch_rng = eng_context_stream (context, "batch", 0);
  self->dropout_rng = eng_context_stream (context, "dropout", 0);
  if (self->batch == problem->n)
    return;
  self->order = eng_arena_bytes (arena, problem->n, sizeof (gsize));
  self->rows = eng_arena_matf (arena, self->batch, moves ? problem->d : self->k);
  self->targets = eng_arena_floats (arena, self->batch);
}

void
eng_three_layer_init (EngThreeLayer *self, const EngContext *context)
{
  EngArena *arena = context->arena;
  gsize     d = context->problem->d, n;

  self->problem = context->problem;
  eng_first_layer_init (&self->first, context->settings, d, self->first_rate > 0, arena);
  self->k = self->first.n_outputs;
  self->w0 = eng_arena_matf (arena, self->m, self->k);
  self->w = eng_arena_matf (arena, self->m, self->k);
  self->moved = eng_arena_matf (arena, self->m, self->k);
  self->gradient = eng_arena_matf (arena, self->m, self->k);
  self->a = eng_arena_floats (arena, self->m);
  self->z = eng_arena_floats (arena, self->m);
  n = eng_three_layer_moves_first (self) ? self->first.random.n_features : 0;
  self->v_gradient = eng_arena_matf (arena, n, d);
  self->b_gradient = eng_arena_floats (arena, n);
  init_examples (self, context);
  for (guint lane = 0; lane < ENG_N_LANES; lane++)
    init_lane (self, lane, arena);
}

double
eng_three_layer_estimate_bytes (const EngSettings *settings, const EngSizes *sizes)
{
  double   m = eng_settings_get_double (settings, "m"), d = sizes->d;
  double   k = eng_first_layer_count (settings, d), first = 0.0;
  double   batch = fmin (eng_settings_get_double (settings, "batch"), sizes->n);
  gboolean moves = eng_first_layer_get_kind (settings) == ENG_FIRST_LAYER_RANDOM
                   && eng_settings_get_double (settings, "first-layer-rate") > 0;

  if (moves)
    first = (d + 1.0) * eng_settings_get_double (settings, "features");
  return eng_first_layer_estimate_bytes (settings, d)
         + sizeof (float)
               * ((5.0 + ENG_N_LANES) * m * k + (1.0 + ENG_N_LANES) * first
                  + ENG_N_LANES * (ENG_BLOCK_ROWS * (2.0 * m + k) + m)
                  + (moves ? 0.0 : k * (sizes->n + sizes->n_test))
                  + batch * (moves ? d : k))
         + sizeof (gsize) * sizes->n;
}

/* --- start ------------------------------------------------------------------------- */

void
eng_three_layer_draw (EngThreeLayer *self, guint64 seed)
{
  g_autoptr (EngRng) start = eng_rng_new (seed, "w0", 0);
  g_autoptr (EngRng) movement = eng_rng_new (seed, "init", 0);
  gsize              half = self->m / 2, k = self->k;
  double             scale = self->w0_scale / sqrt ((double) k);
  double moved = self->init * pow ((double) self->m, -0.25) / sqrt ((double) k);

  for (gsize i = 0; i < half * k; i++)
    self->w0.data[i] = (float) (scale * eng_rng_gaussian (start));
  memcpy (self->w0.data + half * k, self->w0.data, half * k * sizeof (float));
  for (gsize r = 0; r < self->m; r++)
    self->a[r] = r < half ? 1.0f : -1.0f;
  for (gsize i = 0; i < self->m * k; i++)
    self->w.data[i] = (float) (moved * eng_rng_gaussian (movement));
  eng_first_layer_draw (&self->first, seed);
}

/* --- features ---------------------------------------------------------------------- */

typedef struct
{
  EngThreeLayer *self;
  const EngMatF *x;
  EngMatF       *h;   /* (n, k) result of fill_lane */
  float         *out; /* (n) result of predict_lane */
} Pass;

static EngMatF
block_of (const EngMatF *a, gsize block)
{
  gsize first = block * ENG_BLOCK_ROWS;

  return eng_matf_rows (a, first, MIN (ENG_BLOCK_ROWS, a->rows - first));
}

static void
fill_lane (guint lane, gpointer data)
{
  Pass *pass = data;
  gsize n_blocks = eng_lanes_n_blocks (pass->x->rows);

  for (gsize block = lane;
       block < n_blocks && !eng_problem_should_stop (pass->self->problem);
       block += ENG_N_LANES)
    {
      EngMatF x = block_of (pass->x, block), h = block_of (pass->h, block);

      eng_first_layer_fill (&pass->self->first, lane, &x, &h);
    }
}

gboolean
eng_three_layer_prepare (EngThreeLayer *self, const EngContext *context, GError **error)
{
  EngProblem *problem = self->problem;
  Pass        train = { self, &problem->x_train, &self->h_train, NULL };
  Pass        test = { self, &problem->x_test, &self->h_test, NULL };

  for (gsize i = 0; i < problem->n; i++)
    self->y[i] = (float) problem->y_train[i];
  if (!eng_first_layer_fit (&self->first, problem, context->seed, error))
    return FALSE;
  if (eng_three_layer_moves_first (self) || eng_context_should_stop (context))
    return TRUE;
  eng_lanes_run (context->lanes, eng_lanes_for_rows (problem->n), fill_lane, &train);
  eng_lanes_run (context->lanes, eng_lanes_for_rows (problem->n_test), fill_lane, &test);
  return TRUE;
}

/* --- predictions ------------------------------------------------------------------- */

/* The features of a block of inputs: kept, or made now. */
static EngMatF
get_features (EngThreeLayer *self, guint lane, const EngMatF *x, gsize block)
{
  EngMatF rows = block_of (x, block), h;

  if (self->h_train.rows > 0 && x->data == self->problem->x_train.data)
    return block_of (&self->h_train, block);
  if (self->h_test.rows > 0 && x->data == self->problem->x_test.data)
    return block_of (&self->h_test, block);
  h = eng_matf_rows (&self->h[lane], 0, rows.rows);
  eng_first_layer_fill (&self->first, lane, &rows, &h);
  return h;
}

/* Σ_r a_r σ(p_r + q_r), or its mean with that of p_r − q_r; destroys p and q. */
static float
combine_row (const EngThreeLayer *self, float *p, float *q, float *values)
{
  gsize m = self->m;
  float sum;

  for (gsize r = 0; r < m; r++)
    {
      float mean = p[r], deviation = q[r];

      p[r] = mean + deviation;
      q[r] = mean - deviation;
    }
  self->activation->value_f (m, p, values);
  sum = eng_kernel_dot (m, self->a, values);
  if (self->signs != ENG_SIGNS_DROPOUT)
    return sum;
  self->activation->value_f (m, q, values);
  return 0.5f * (sum + eng_kernel_dot (m, self->a, values));
}

static void
predict_lane (guint lane, gpointer data)
{
  Pass          *pass = data;
  EngThreeLayer *self = pass->self;
  float          scale = 1.0f / sqrtf ((float) self->m);

  for (gsize block = lane; block < eng_lanes_n_blocks (pass->x->rows);
       block += ENG_N_LANES)
    {
      EngMatF h = get_features (self, lane, pass->x, block);
      EngMatF p = eng_matf_rows (&self->p[lane], 0, h.rows);
      EngMatF q = eng_matf_rows (&self->q[lane], 0, h.rows);

      eng_laf_gemm_nt (1.0f, &h, &self->w0, 0.0f, &p);
      eng_laf_gemm_nt (1.0f, &h, &self->w, 0.0f, &q);
      for (gsize i = 0; i < h.rows; i++)
        pass->out[block * ENG_BLOCK_ROWS + i] = scale
                                                * combine_row (self, p.data + i * self->m,
                                                               q.data + i * self->m,
                                                               self->values[lane]);
    }
}

void
eng_three_layer_predict (EngThreeLayer *self,
                         const EngMatF *x,
                         EngLanes      *lanes,
                         float         *out)
{
  Pass pass = { self, x, NULL, out };

  eng_lanes_run (lanes, eng_lanes_for_rows (x->rows), predict_lane, &pass);
}
