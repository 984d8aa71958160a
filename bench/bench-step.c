/* SPDX-License-Identifier: GPL-3.0-or-later
 * Training steps and the peaks of matrix products. */
#include "config.h"

#include "bench-step.h"
#include "eng-harmonics.h"
#include "eng-taylor.h"

#include <math.h>

#define TAYLOR "lazy", "quadratic", "joint"
#define FRESH  "joint fresh"

/* With quad the Taylor terms are sums over moments; with softplus they need their features. */
const BenchSize bench_sizes[] = {
  { "P7", 30, 300, 246, 128, "softplus", { TAYLOR, FRESH, "network" } },
  { "P8", 60, 400, 557, 256, "quad", { TAYLOR, FRESH, "network" } },
  { "d100 m4000", 100, 4000, 1000, 256, "quad", { TAYLOR, FRESH, "network" } },
  { "d100 m10000", 100, 10000, 1000, 256, "quad", { TAYLOR, "network" } },
  { "d100 m10000 softplus", 100, 10000, 1000, 256, "softplus", { TAYLOR } },
  { NULL },
};

/* Enough for the directions of Q1, and soon decomposed: steps alone are timed. */
#define PROBES_PER_INPUT 10

/* The learner `network` measures λ_max anew so often, by one evaluation (2 n m d) and so
 * many products with its kernel (4 n m d each). */
#define NETWORK_REFRESH_STEPS    20
#define NETWORK_REFRESH_PRODUCTS 3

static gboolean
is_joint (const char *learner)
{
  return g_str_has_prefix (learner, "joint");
}

gboolean
bench_step_draws (const char *learner)
{
  return g_str_equal (learner, FRESH);
}

gboolean
bench_step_is_by_moments (const char *learner, const BenchSide *side)
{
  const EngTaylor *taylor = side->learner->state;

  if (g_str_equal (learner, "network"))
    return FALSE;
  /* At the unlabelled inputs, too. */
  return taylor->train.by_moments && (!is_joint (learner) || taylor->fresh.by_moments);
}

const char *
bench_step_get_activation (const BenchSize *size, const char *learner)
{
  return g_str_equal (learner, "network") ? "relu" : size->activation;
}

gboolean
bench_step_init (BenchSide       *side,
                 const BenchSize *size,
                 const char      *learner,
                 guint            n_threads,
                 GError         **error)
{
  g_autoptr (GString) text = g_string_new ("[experiment]\nversion=1\n[problem]\n"
                                           "kind=dense-plus-sparse\n");

  g_string_append_printf (text, "d=%zu\nn=%zu\nn-test=64\n[run.1]\nlearner=%s\n", size->d,
                          size->n, is_joint (learner) ? "joint" : learner);
  g_string_append_printf (text, "m=%zu\nactivation=%s\nsteps=100000\nrate=0.5\n", size->m,
                          bench_step_get_activation (size, learner));
  if (is_joint (learner))
    g_string_append_printf (text, "lambda1=%g\nunlabelled=%s%zu\n", BENCH_LAMBDA1,
                            bench_step_draws (learner) ? "" : "fixed ",
                            size->n_unlabelled);
  g_string_append_printf (text, "[observe]\nprobes=%zu\n", PROBES_PER_INPUT * size->d);
  return bench_side_init (side, text->str, n_threads, error);
}

/* --- on paper -------------------------------------------------------------------------- */

double
bench_step_count_nominal (const BenchSize *size, const char *learner)
{
  double md = (double) (size->m * size->d), flops = 4.0 * md * (double) size->n;

  if (is_joint (learner))
    flops += 4.0 * md * (double) size->n_unlabelled + 8.0 * md * ((double) size->d + 1);
  if (bench_step_draws (learner))
    flops += 2.0 * md * (double) size->n_unlabelled;
  return flops;
}

/* f and its gradient for `rows` neurons at `n` inputs. */
static double
count_terms (const EngTaylorTerms *terms, double rows, double n)
{
  double d = (double) terms->net->d;

  return terms->by_moments ? 4.0 * d * (d + 1) * (rows + n) : 4.0 * rows * n * d;
}

double
bench_step_count_executed (const BenchSize *size,
                           const char      *learner,
                           const BenchSide *side)
{
  const EngTaylor *taylor = side->learner->state;
  double           d = (double) size->d, h, flops;

  if (g_str_equal (learner, "network"))
    return bench_step_count_nominal (size, learner)
           * (1.0 + (0.5 + NETWORK_REFRESH_PRODUCTS) / NETWORK_REFRESH_STEPS);
  h = (double) taylor->h;
  flops = count_terms (&taylor->train,
                       g_str_equal (learner, "lazy") ? h : (double) size->m,
                       (double) size->n);
  if (is_joint (learner))
    flops += count_terms (&taylor->fresh, h, (double) size->n_unlabelled)
             + 8.0 * (d + 1) * d * (taylor->train.by_moments ? h + d + 1 : h);
  if (bench_step_draws (learner) && !taylor->fresh.by_moments)
    flops += 2.0 * h * d * (double) size->n_unlabelled;
  return flops;
}

double
bench_step_count_bytes (const BenchSize *size, const char *learner, const BenchSide *side)
{
  const EngTaylor *taylor = side->learner->state;
  double           m = (double) size->m, n = (double) size->n, d = (double) size->d;
  double           h = m / 2, n_top = d + 1;
  gboolean         has_penalty = is_joint (learner);
  /* W in the forward pass; the gradient written and read, W read and written. */
  double floats = 5 * m * d;

  if (g_str_equal (learner, "network"))
    return sizeof (float) * (floats + 2 * m * d + 2 * n * m);
  /* Weights of the backward pass and constant rows; or features, each pass. */
  if (taylor->train.by_moments)
    floats += 2 * m * d;
  else if (g_str_equal (learner, "lazy"))
    floats += 2 * n * h;
  else
    floats += (has_penalty ? 2 : 1) * n * m + 2 * n * m;
  /* Projections read the directions four times, and penalties the features twice. */
  if (has_penalty)
    floats += taylor->train.by_moments
                  ? 4 * n_top * d * d + 12 * h * d
                  : 4 * n_top * h * d + 2 * (double) size->n_unlabelled * h + 8 * h * d;
  return sizeof (float) * floats;
}

/* --- peaks --------------------------------------------------------------------------------- */

#define PEAK_ORDER  1024
#define PEAK_ROUNDS 20

struct _BenchPeak
{
  EngArena *arena;
  gboolean  is_double;
  EngMatF   single[ENG_N_LANES][3];
  EngMat    twice[ENG_N_LANES][3];
  EngLanes *lanes[ENG_N_LANES + 1]; /* of as many threads */
};

BenchPeak *
bench_peak_new (guint n_threads)
{
  BenchPeak *self = g_new0 (BenchPeak, 1);

  self->arena = eng_arena_new ();
  for (guint lane = 0; lane < n_threads; lane++)
    for (int k = 0; k < 3; k++)
      {
        EngMatF *a = &self->single[lane][k];
        EngMat  *b = &self->twice[lane][k];

        *a = eng_arena_matf (self->arena, PEAK_ORDER, PEAK_ORDER);
        *b = eng_arena_mat (self->arena, PEAK_ORDER, PEAK_ORDER);
        for (gsize i = 0; i < PEAK_ORDER * PEAK_ORDER; i++)
          a->data[i] = (float) (b->data[i] = (double) (i % 17) - 8.0);
      }
  return self;
}

void
bench_peak_free (BenchPeak *self)
{
  for (guint i = 0; i <= ENG_N_LANES; i++)
    g_clear_pointer (&self->lanes[i], eng_lanes_free);
  eng_arena_free (self->arena);
  g_free (self);
}

static void
peak_lane (guint lane, gpointer data)
{
  BenchPeak *self = data;

  if (self->is_double)
    eng_la_gemm_nt (1.0, &self->twice[lane][0], &self->twice[lane][1], 0.0,
                    &self->twice[lane][2]);
  else
    eng_laf_gemm_nt (1.0f, &self->single[lane][0], &self->single[lane][1], 0.0f,
                     &self->single[lane][2]);
}

double
bench_peak_time (BenchPeak *self, guint n_threads, gboolean is_double)
{
  double flops = 2.0 * pow (PEAK_ORDER, 3) * n_threads;
  gint64 begun;

  if (self->lanes[n_threads] == NULL)
    self->lanes[n_threads] = eng_lanes_new (n_threads);
  self->is_double = is_double;
  begun = g_get_monotonic_time ();
  eng_lanes_run (self->lanes[n_threads], n_threads, peak_lane, self);
  return flops * 1e-3 / (double) (g_get_monotonic_time () - begun);
}

double
bench_peak_best (BenchPeak *self, guint n_threads, gboolean is_double)
{
  double best = 0.0;

  for (int i = 0; i < PEAK_ROUNDS; i++)
    best = fmax (best, bench_peak_time (self, n_threads, is_double));
  return best;
}
