/* SPDX-License-Identifier: GPL-3.0-or-later
 * Both Taylor terms, by panels of neurons on lanes. */
#include "config.h"

#include "eng-kernels.h"
#include "eng-settings.h"
#include "eng-taylor-terms.h"

#include <math.h>
#include <string.h>

static gsize
n_twins (const EngTaylorTerms *self)
{
  return self->net->m / self->h;
}

void
eng_taylor_terms_init (EngTaylorTerms    *self,
                       const EngTwoLayer *net,
                       float              linear,
                       float              quadratic,
                       gsize              n,
                       EngArena          *arena)
{
  g_assert (linear == 0 || linear == 1);
  self->net = net;
  self->h = eng_two_layer_count_single (net);
  self->linear = linear;
  self->quadratic = quadratic;
  self->by_moments = eng_two_layer_is_form (net->activation,
                                            quadratic != 0 ? net->m : self->h, n, net->d);
  if (self->by_moments)
    {
      eng_moments_init (&self->moments, net, self->h, n, arena);
      return;
    }
  eng_tangent_init (&self->tangent, n, net->d, self->h, arena);
  if (quadratic == 0)
    return;
  self->b = eng_arena_matf (arena, self->h, n);
  self->c = eng_arena_matf (arena, net->m, n);
}

static gboolean
are_by_moments (const EngSettings *settings, gboolean is_quadratic, double n, double d)
{
  const EngActivation *activation = eng_activation_find (
      eng_settings_get_choice (settings, "activation"));

  return eng_two_layer_is_form (activation,
                                is_quadratic
                                    ? eng_settings_get_double (settings, "m")
                                    : (double) eng_two_layer_count_single_of (settings),
                                n, d);
}

double
eng_taylor_terms_estimate_bytes (const EngSettings *settings,
                                 gboolean           is_quadratic,
                                 double             n,
                                 double             d)
{
  double m = eng_settings_get_double (settings, "m"),
         h = (double) eng_two_layer_count_single_of (settings);

  if (are_by_moments (settings, is_quadratic, n, d))
    return eng_moments_estimate_bytes (n, d, h);
  return eng_tangent_estimate_bytes (n, d, h)
         + (is_quadratic ? sizeof (float) * n * (h + m) : 0.0);
}

double
eng_taylor_terms_direction_size (const EngSettings *settings, double n, double d)
{
  return are_by_moments (settings, TRUE, n, d)
             ? (d + 1) * d
             : (double) eng_two_layer_count_single_of (settings) * d;
}

/* --- features ---------------------------------------------------------------------- */

/* Row r of the features of one tile, from x·w0_r in `z`. */
static void
fill_row (EngTaylorTerms *self, gsize r, gsize count, float *z, float *a, float *b)
{
  const EngTwoLayer *net = self->net;
  float              scale = net->a0[r] / sqrtf ((float) net->m);

  if (net->has_bias)
    eng_kernel_shift (count, net->b[r], z);
  net->activation->first_f (count, z, a);
  eng_kernel_scale (count, scale, a);
  if (b == NULL)
    return;
  net->activation->second_f (count, z, b);
  eng_kernel_scale (count, scale, b);
}

static void
fill_lane (guint lane, gpointer data)
{
  EngTaylorTerms *self = data;
  EngTangent     *tangent = &self->tangent;
  gsize           n = tangent->x.rows, row, first;

  for (gsize panel = lane; panel < tangent->panels.n; panel += ENG_N_LANES)
    for (gsize t = 0; t < eng_tangent_n_tiles (tangent); t++)
      {
        gsize   count = eng_panels_get (&tangent->panels, panel, &row);
        EngMatF tile = eng_tangent_get_tile (tangent, t, &first);
        EngMatF w0 = eng_matf_rows (&self->net->w0, row, count);
        EngMatF z = eng_tangent_multiply (tangent, lane, &w0, &tile);

        for (gsize i = 0; i < count; i++)
          fill_row (self, row + i, z.cols, z.data + i * z.cols,
                    tangent->a.data + (row + i) * n + first,
                    self->b.data == NULL ? NULL : self->b.data + (row + i) * n + first);
      }
}

void
eng_taylor_terms_set_inputs (EngTaylorTerms *self, const EngMatF *x, EngLanes *lanes)
{
  self->x = *x;
  if (self->by_moments)
    {
      eng_moments_set_inputs (&self->moments, x, lanes);
      return;
    }
  eng_tangent_set_inputs (&self->tangent, x);
  self->b.cols = self->c.cols = x->rows;
  eng_lanes_run (lanes, (guint) MIN (self->tangent.panels.n, ENG_N_LANES), fill_lane,
                 self);
}

/* --- f_L --------------------------------------------------------------------------- */

void
eng_taylor_terms_push (EngTaylorTerms *self, const EngMatF *w, float *f, EngLanes *lanes)
{
  if (self->by_moments)
    eng_moments_push (&self->moments, w, f, lanes);
  else
    eng_tangent_push (&self->tangent, w, f, lanes);
}

void
eng_taylor_terms_pull (EngTaylorTerms *self,
                       const float    *g,
                       float           beta,
                       EngMatF        *out,
                       EngLanes       *lanes)
{
  if (self->by_moments)
    eng_moments_pull (&self->moments, g, beta, out, lanes);
  else
    eng_tangent_pull (&self->tangent, g, beta, out, lanes);
}

/* --- both terms ---------------------------------------------------------------------- */

typedef struct
{
  EngTaylorTerms *self;
  const EngMatF  *w;
  EngMatF        *out;
} Pass;

/* Panels of either twin are panels of their own, unit by unit on lanes. */
static gsize
get_unit (const EngTaylorTerms *self, gsize unit, gboolean *is_twin, gsize *row)
{
  const EngPanels *panels = &self->tangent.panels;

  *is_twin = unit >= panels->n;
  return eng_panels_get (panels, unit % panels->n, row);
}

static guint
n_lanes (const EngTaylorTerms *self)
{
  return (guint) MIN (self->tangent.panels.n * n_twins (self), ENG_N_LANES);
}

static void
forward_unit (const Pass *job, guint lane, gsize unit)
{
  EngTaylorTerms *self = job->self;
  EngTangent     *tangent = &self->tangent;
  gsize           n = tangent->x.rows, row, first;
  gboolean        is_twin;
  gsize           count = get_unit (self, unit, &is_twin, &row);
  gsize           r = row + (is_twin ? self->h : 0);
  EngMatF         w = eng_matf_rows (job->w, r, count);
  float          *f = tangent->partial.data + lane * tangent->partial.cols;

  for (gsize t = 0; t < eng_tangent_n_tiles (tangent); t++)
    {
      EngMatF tile = eng_tangent_get_tile (tangent, t, &first);
      EngMatF u = eng_tangent_multiply (tangent, lane, &w, &tile);

      eng_kernel_taylor_tile (
          count, u.cols, self->linear != 0, tangent->a.data + row * n + first,
          self->quadratic, self->b.data + row * n + first, n, u.data,
          is_twin ? -1.0f : 1.0f, self->c.data + r * n + first, f + first);
    }
}

static void
forward_lane (guint lane, gpointer data)
{
  const Pass *job = data;
  EngTangent *tangent = &job->self->tangent;

  memset (tangent->partial.data + lane * tangent->partial.cols, 0,
          tangent->x.rows * sizeof (float));
  for (gsize unit = lane; unit < tangent->panels.n * n_twins (job->self);
       unit += ENG_N_LANES)
    forward_unit (job, lane, unit);
}

static void
backward_lane (guint lane, gpointer data)
{
  const Pass     *job = data;
  EngTaylorTerms *self = job->self;
  gsize           row;
  gboolean        is_twin;

  for (gsize unit = lane; unit < self->tangent.panels.n * n_twins (self);
       unit += ENG_N_LANES)
    {
      gsize   count = get_unit (self, unit, &is_twin, &row);
      gsize   r = row + (is_twin ? self->h : 0);
      EngMatF c = eng_matf_rows (&self->c, r, count);
      EngMatF out = eng_matf_rows (job->out, r, count);

      eng_tangent_pull_rows (&self->tangent, is_twin ? -1.0f : 1.0f, &c, 0.0f, &out);
    }
}

void
eng_taylor_terms_forward (EngTaylorTerms *self,
                          const EngMatF  *w,
                          float          *f,
                          EngLanes       *lanes)
{
  Pass job = { .self = self, .w = w };

  g_assert (self->quadratic != 0);
  if (self->by_moments)
    {
      eng_moments_forward (&self->moments, self->linear, self->quadratic, w, f, lanes);
      return;
    }
  eng_lanes_run (lanes, n_lanes (self), forward_lane, &job);
  eng_tangent_sum_partials (&self->tangent, n_lanes (self), f);
}

void
eng_taylor_terms_backward (EngTaylorTerms *self,
                           const EngMatF  *w,
                           const float    *g,
                           EngMatF        *out,
                           EngLanes       *lanes)
{
  Pass job = { .self = self, .out = out };

  if (self->by_moments)
    {
      eng_moments_backward (&self->moments, self->linear, self->quadratic, w, g, out,
                            lanes);
      return;
    }
  eng_tangent_weigh (&self->tangent, g, lanes);
  eng_lanes_run (lanes, n_lanes (self), backward_lane, &job);
}
