/* SPDX-License-Identifier: GPL-3.0-or-later
 * Gradients of Taylor students by second moments, with penalties and dropout, against plain
 * loops in double; the unlabelled inputs of a step; the same bits for any number of
 * threads. */
#include "eng-experiment.h"
#include "eng-taylor.h"
#include "fixture.h"
#include "oracle.h"

#include <math.h>
#include <string.h>

/* Of the largest number: sums of up to 1200 terms, each rounded to float, 6e-8 of it, and
 * at random: √1200 × 6e-8. */
#define TOLERANCE 2e-6
#define N_THREADS 3

typedef struct
{
  gsize n, d, m, n_unlabelled;
} Sizes;

/* Fewer rows than blocks; several blocks of inputs and of neurons for each lane. */
static const Sizes sizes[] = { { 40, 3, 20, 30 }, { 600, 4, 1200, 700 } };

typedef struct
{
  const char *name, *settings;
} Mode;

#define PENALTIES "lambda1=2\nlambda2=1\nlambda3=0.5\n"
#define PROJECTED PENALTIES "r3=projected\n"

static const Mode modes[] = {
  { "joint", "learner=joint\n" PENALTIES "lambda4=0.05\nunlabelled=%zu\n" },
  { "projected", "learner=joint\n" PROJECTED "unlabelled=%zu\n" },
  { "projected-fixed", "learner=joint\n" PROJECTED "unlabelled=fixed %zu\n" },
  { "projected-alone", "learner=joint\nlambda1=0\nlambda3=0.5\nr3=projected\n"
                       "unlabelled=%zu\n" },
  { "unpaired", "learner=joint\npaired=false\n" PROJECTED "unlabelled=%zu\n" },
  { "signed-dropout", "learner=quadratic\nmode=signed-dropout\nlambda4=0.05\n" },
  { "literal-dropout", "learner=quadratic\nmode=literal\n" },
};

static EngExperiment *
open_experiment (const Mode *mode, const Sizes *at, guint n_threads)
{
  g_autofree char *problem = g_strdup_printf (
      "[experiment]\nversion=1\n[problem]\nkind=low-rank-polynomial\ninputs=gaussian\n"
      "d=%zu\nn=%zu\nn-test=10\n[run.1]\nactivation=quad\nbias=0.7\ninit=1\nm=%zu\n",
      at->d, at->n, at->m);
  g_auto (GStrv)      parts = g_strsplit (mode->settings, "%zu", 2);
  g_autofree char    *number = g_strdup_printf ("%zu", at->n_unlabelled);
  g_autofree char    *own = g_strjoinv (number, parts);
  g_autofree char    *text = g_strconcat (problem, own, NULL);
  g_autoptr (EngSpec) spec = fixture_spec (text);
  g_autoptr (GError)  error = NULL;
  EngExperiment      *experiment = eng_experiment_new (spec, n_threads, NULL, &error);
  gboolean            done;

  g_assert_no_error (error);
  done = eng_experiment_prepare (experiment, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (done);
  return experiment;
}

static EngTaylor *
get_taylor (EngExperiment *experiment)
{
  return eng_run_get_learner (eng_experiment_get_run (experiment, 0))->state;
}

/* --- the plain version ---------------------------------------------------------------- */

/* a_r σ′/√m and, if asked for, a_r σ″/√m at an input. */
static double
feature (const EngTwoLayer *net, gsize r, const float *x, double *curve)
{
  double z = net->b[r], slope, second, a = net->a0[r] / sqrt ((double) net->m);

  for (gsize j = 0; j < net->d; j++)
    z += (double) net->w0.data[r * net->d + j] * x[j];
  net->activation->first (1, &z, &slope);
  net->activation->second (1, &z, &second);
  if (curve != NULL)
    *curve = a * second;
  return a * slope;
}

/* Adds the gradient of (1/2n) Σ (c_L f_L + c_Q f_Q − y)² by `w`.   w, gradient: (m, d) */
static void
add_data (const EngTaylor *self, const double *w, double *gradient)
{
  const EngTwoLayer *net = &self->net;
  const EngMatF     *x = &self->problem->x_train;
  gsize              m = net->m, d = net->d;
  g_autofree double *slope = g_new (double, m);

  for (gsize i = 0; i < x->rows; i++)
    {
      const float *row = x->data + i * d;
      double       f = -self->problem->y_train[i];

      for (gsize r = 0; r < m; r++)
        {
          double curve, first = feature (net, r, row, &curve), u = 0.0;

          for (gsize j = 0; j < d; j++)
            u += w[r * d + j] * row[j];
          f += self->config.linear * first * u
               + 0.5 * self->config.quadratic * curve * u * u;
          slope[r] = self->config.linear * first + self->config.quadratic * curve * u;
        }
      for (gsize r = 0; r < m; r++)
        for (gsize j = 0; j < d; j++)
          gradient[r * d + j] += f / (double) x->rows * slope[r] * row[j];
    }
}

/* Adds that of (factor/2) mean f_L (x; w)². */
static void
add_mean_square (const EngTaylor *self,
                 const EngMatF   *x,
                 double           factor,
                 const double    *w,
                 double          *gradient)
{
  const EngTwoLayer *net = &self->net;
  gsize              m = net->m, d = net->d;
  g_autofree double *first = g_new (double, m);

  for (gsize i = 0; i < x->rows; i++)
    {
      const float *row = x->data + i * d;
      double       f = 0.0;

      for (gsize r = 0; r < m; r++)
        {
          first[r] = feature (net, r, row, NULL);
          for (gsize j = 0; j < d; j++)
            f += first[r] * w[r * d + j] * row[j];
        }
      for (gsize r = 0; r < m; r++)
        for (gsize j = 0; j < d; j++)
          gradient[r * d + j] += factor * f / (double) x->rows * first[r] * row[j];
    }
}

/* w <- P_{>k} w, by the directions in full: those of twins are minus those of neurons. */
static void
project (const EngTaylor *self, double *w)
{
  const EngMatF *top = eng_basis_get_top (self->basis);
  gsize          count = self->h * self->net.d, all = self->net.m * self->net.d;

  for (gsize k = 0; k < top->rows; k++)
    {
      const float *v = top->data + k * top->cols;
      double       along = 0.0;

      for (gsize i = 0; i < all; i++)
        along += (i < count ? v[i] : -v[i - count]) * w[i];
      for (gsize i = 0; i < all; i++)
        w[i] -= along * (i < count ? v[i] : -v[i - count]);
    }
}

/* Adds those of R1 to R4 with their factors. */
static void
add_penalties (const EngTaylor *self, double *gradient)
{
  const double      *lambda = self->config.lambda;
  gsize              d = self->net.d, all = self->net.m * d;
  g_autofree double *outside = g_new (double, all), *part = g_new0 (double, all);

  for (gsize i = 0; i < all; i++)
    outside[i] = self->net.w.data[i];
  if (eng_taylor_needs_top (self))
    project (self, outside);
  if (lambda[0] > 0)
    add_mean_square (self, &self->fresh.x, lambda[0], outside, part);
  if (lambda[1] > 0)
    add_mean_square (self, &self->problem->x_train, lambda[1], outside, part);
  if (lambda[0] > 0 || lambda[1] > 0)
    project (self, part);
  for (gsize i = 0; i < all; i++)
    {
      double       w = self->net.w.data[i], square = 0.0;
      const float *row = self->net.w.data + i / d * d;

      for (gsize j = 0; j < d; j++)
        square += (double) row[j] * row[j];
      gradient[i] += part[i] + lambda[3] * square * w;
      gradient[i] += lambda[2]
                     * (self->config.decay_projected ? 2 * (w - outside[i]) : w);
    }
}

static double *
take_plain_gradient (const EngTaylor *self)
{
  gsize              d = self->net.d, all = self->net.m * d;
  double            *gradient = g_new0 (double, all);
  g_autofree double *w = g_new (double, all);
  gboolean           is_signed = self->config.dropout == ENG_DROPOUT_SIGNED;

  for (gsize i = 0; i < all; i++)
    w[i] = self->net.w.data[i] * (is_signed ? self->signs[i / d] : 1.0f);
  add_data (self, w, gradient);
  for (gsize i = 0; i < all && self->config.dropout != ENG_DROPOUT_NONE; i++)
    gradient[i] *= self->signs[i / d];
  add_penalties (self, gradient);
  return gradient;
}

/* --- tests ------------------------------------------------------------------------------ */

/* What a step draws before its gradient. */
static void
draw (EngTaylor *taylor, EngLanes *lanes)
{
  if (taylor->config.dropout != ENG_DROPOUT_NONE)
    eng_rng_fill_signs (taylor->dropout_rng, taylor->net.m, taylor->signs);
  if (taylor->config.n_unlabelled > 0 && !taylor->config.unlabelled_fixed)
    eng_taylor_draw_unlabelled (taylor, lanes);
}

static void
check_gradient (const EngTaylor *taylor, const char *name)
{
  g_autofree double *want = take_plain_gradient (taylor);
  gsize              count = taylor->net.m * taylor->net.d;
  g_autofree double *got = g_new (double, count);
  double             error;

  for (gsize i = 0; i < count; i++)
    got[i] = taylor->gradient.data[i];
  error = oracle_error (count, got, want);
  g_test_message ("%s, m = %zu: error %.3g", name, taylor->net.m, error);
  g_assert_cmpfloat (error, <=, TOLERANCE);
}

static void
check_sizes (const Mode *mode, const Sizes *at)
{
  gsize             count = at->m * at->d;
  g_autofree float *gradient = g_new (float, count), *outside = g_new (float, count);

  for (guint n_threads = 1; n_threads <= N_THREADS; n_threads++)
    {
      g_autoptr (EngExperiment) experiment = open_experiment (mode, at, n_threads);
      g_autoptr (EngLanes)      lanes = eng_lanes_new (n_threads);
      EngTaylor                *taylor = get_taylor (experiment);
      gsize                     half = taylor->h * at->d * sizeof (float);

      g_assert_true (taylor->train.by_moments);
      g_assert_true (taylor->config.n_unlabelled == 0 || taylor->fresh.by_moments);
      draw (taylor, lanes);
      g_assert_true (isfinite (eng_taylor_gradient (taylor, lanes)));
      if (n_threads == 1)
        {
          check_gradient (taylor, mode->name);
          memcpy (gradient, taylor->gradient.data, count * sizeof (float));
          if (eng_taylor_needs_top (taylor))
            memcpy (outside, taylor->perpendicular.data, half);
        }
      g_assert_cmpmem (gradient, count * sizeof (float), taylor->gradient.data,
                       count * sizeof (float));
      if (eng_taylor_needs_top (taylor))
        g_assert_cmpmem (outside, half, taylor->perpendicular.data, half);
    }
}

static void
test_gradient (gconstpointer mode)
{
  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    check_sizes (mode, &sizes[i]);
}

/* Each lane draws from a stream of its own, and the sample on which λ_max is measured is
 * from none of them. */
static void
test_streams (void)
{
  const Sizes      *at = &sizes[0];
  gsize             row = at->d * sizeof (float), bytes = at->n_unlabelled * row;
  g_autofree float *kept = g_malloc (bytes);

  for (guint n_threads = 1; n_threads <= N_THREADS; n_threads++)
    {
      g_autoptr (EngExperiment) experiment = open_experiment (&modes[1], at, n_threads);
      g_autoptr (EngLanes)      lanes = eng_lanes_new (n_threads);
      EngTaylor                *taylor = get_taylor (experiment);
      g_autofree float         *curvature = g_memdup2 (taylor->fresh.x.data, row);
      const float              *drawn[ENG_N_LANES];

      eng_taylor_draw_unlabelled (taylor, lanes);
      for (guint lane = 0; lane < ENG_N_LANES; lane++)
        {
          gsize first, last;

          eng_lanes_share (at->n_unlabelled, lane, &first, &last);
          g_assert_cmpuint (first, <, last);
          drawn[lane] = taylor->fresh.x.data + first * at->d;
          g_assert_true (memcmp (drawn[lane], curvature, row) != 0);
          for (guint other = 0; other < lane; other++)
            g_assert_true (memcmp (drawn[lane], drawn[other], row) != 0);
        }
      if (n_threads == 1)
        memcpy (kept, taylor->fresh.x.data, bytes);
      g_assert_cmpmem (kept, bytes, taylor->fresh.x.data, bytes);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  eng_init ();
  for (gsize i = 0; i < G_N_ELEMENTS (modes); i++)
    {
      g_autofree char *path = g_strconcat ("/engine/penalties/", modes[i].name, NULL);

      g_test_add_data_func (path, &modes[i], test_gradient);
    }
  g_test_add_func ("/engine/penalties/streams", test_streams);
  return g_test_run ();
}
