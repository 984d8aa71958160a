/* SPDX-License-Identifier: GPL-3.0-or-later
 * The two-layer network: its settings and start, and its Taylor terms plainly in double. */
#include "config.h"

#include "eng-kernels.h"
#include "eng-settings.h"
#include "eng-two-layer.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

const EngChoice eng_two_layer_w0_choices[] = {
  { "gaussian", N_ ("Gaussian, N(0, I/d)") },
  { "sphere", N_ ("Unit sphere") },
  { NULL, NULL },
};

gboolean
eng_two_layer_is_paired (const EngSettings *settings)
{
  return !eng_settings_has (settings, "paired")
         || eng_settings_get_boolean (settings, "paired");
}

gsize
eng_two_layer_count_single (const EngTwoLayer *self)
{
  return self->is_paired ? self->m / 2 : self->m;
}

gsize
eng_two_layer_count_single_of (const EngSettings *settings)
{
  gsize m = (gsize) eng_settings_get_int (settings, "m");

  return eng_two_layer_is_paired (settings) ? m / 2 : m;
}

gboolean
eng_two_layer_is_form (const EngActivation *activation, double rows, double n, double d)
{
  return eng_activation_is_quadratic (activation) && d * (rows + n) < rows * n;
}

float
eng_two_layer_form_row (const EngTwoLayer *self, gsize r, float *row)
{
  double p1, p2;
  float  c = 1.0f / sqrtf ((float) self->m) * self->a0[r], curvature;

  eng_activation_get_slope (self->activation, &p1, &p2);
  curvature = c * (float) p2;
  eng_kernel_scale_to (self->d, curvature, self->w0.data + r * self->d, row);
  row[self->d] = c * ((float) p1 + (float) p2 * self->b[r]);
  return curvature;
}

void
eng_two_layer_init (EngTwoLayer       *self,
                    const EngSettings *settings,
                    gsize              d,
                    EngArena          *arena)
{
  self->m = (gsize) eng_settings_get_int (settings, "m");
  self->d = d;
  self->activation = eng_activation_find (
      eng_settings_get_choice (settings, "activation"));
  self->is_paired = eng_two_layer_is_paired (settings);
  self->bias = eng_settings_get_double (settings, "bias");
  self->has_bias = self->bias > 0;
  self->init = eng_settings_get_double (settings, "init");
  self->w0 = eng_arena_matf (arena, self->m, d);
  self->w = eng_arena_matf (arena, self->m, d);
  self->a = eng_arena_floats (arena, self->m);
  self->a0 = eng_arena_floats (arena, self->m);
  self->b = eng_arena_floats (arena, self->m);
  eng_two_layer_scratch_init (self, arena);
}

static void
draw_row (EngRng *rng, gsize d, gboolean on_sphere, float *row)
{
  double norm = 0.0, scale;

  for (gsize j = 0; j < d; j++)
    {
      double z = eng_rng_gaussian (rng);

      norm += z * z;
      row[j] = (float) z;
    }
  scale = on_sphere ? 1.0 / sqrt (norm) : 1.0 / sqrt ((double) d);
  for (gsize j = 0; j < d; j++)
    row[j] = (float) (row[j] * scale);
}

/* The second half as the first, with the opposite sign. */
static void
copy_pairs (EngTwoLayer *self, gsize half)
{
  memcpy (self->w0.data + half * self->d, self->w0.data, half * self->d * sizeof (float));
  for (gsize r = 0; r < half; r++)
    {
      self->a[r + half] = -self->a[r];
      self->b[r + half] = self->b[r];
    }
}

void
eng_two_layer_draw_start (const EngSettings *settings,
                          guint64            seed,
                          EngMatF           *rows,
                          float             *a,
                          float             *b)
{
  g_autoptr (EngRng) rng = eng_rng_new (seed, "w0", 0);
  gboolean           on_sphere = eng_settings_is_choice (settings, "w0", "sphere");
  gboolean           is_paired = eng_two_layer_is_paired (settings);
  double             bias = eng_settings_get_double (settings, "bias");

  for (gsize r = 0; r < rows->rows; r++)
    draw_row (rng, rows->cols, on_sphere, rows->data + r * rows->cols);
  for (gsize r = 0; r < rows->rows; r++)
    {
      b[r] = (float) (bias * eng_rng_gaussian (rng));
      a[r] = is_paired ? 1.0f : (float) eng_rng_sign (rng);
    }
}

void
eng_two_layer_draw (EngTwoLayer *self, const EngSettings *settings, guint64 seed)
{
  g_autoptr (EngRng) movement = eng_rng_new (seed, "init", 0);
  gsize              drawn = eng_two_layer_count_single (self), d = self->d;
  EngMatF            rows = eng_matf_rows (&self->w0, 0, drawn);
  double scale = self->init * pow ((double) self->m, -0.25) / sqrt ((double) d);

  eng_two_layer_draw_start (settings, seed, &rows, self->a, self->b);
  if (self->is_paired)
    copy_pairs (self, drawn);
  memcpy (self->a0, self->a, self->m * sizeof (float));
  for (gsize i = 0; i < self->m * d; i++)
    self->w.data[i] = scale > 0 ? (float) (scale * eng_rng_gaussian (movement)) : 0.0f;
}

double
eng_two_layer_estimate_bytes (const EngSettings *settings, gsize d)
{
  double m = eng_settings_get_double (settings, "m");

  return sizeof (float) * m * (2.0 * (double) d + 3.0)
         + eng_two_layer_scratch_estimate_bytes (m, (double) d);
}

gboolean
eng_two_layer_same_start (const EngTwoLayer *a, const EngTwoLayer *b)
{
  return a->m == b->m && a->d == b->d && a->activation == b->activation
         && a->has_bias == b->has_bias
         && memcmp (a->w0.data, b->w0.data, a->m * a->d * sizeof (float)) == 0
         && memcmp (a->b, b->b, a->m * sizeof (float)) == 0
         && memcmp (a->a0, b->a0, a->m * sizeof (float)) == 0;
}

/* --- in double ------------------------------------------------------------------- */

void
eng_two_layer_initial (const EngTwoLayer *self,
                       const EngMatF     *x,
                       const int         *cancel,
                       float             *out)
{
  double scale = 1.0 / sqrt ((double) self->m);

  for (gsize i = 0; i < x->rows; i++)
    {
      double sum = 0.0;

      if (cancel != NULL && g_atomic_int_get (cancel) != 0)
        return;
      for (gsize r = 0; r < self->m; r++)
        {
          double z = self->b[r], s;

          for (gsize j = 0; j < self->d; j++)
            z += (double) x->data[i * x->cols + j] * self->w0.data[r * self->d + j];
          self->activation->value (1, &z, &s);
          sum += self->a0[r] * s;
        }
      out[i] = (float) (scale * sum);
    }
}

void
eng_two_layer_terms (const EngTwoLayer *self,
                     const EngMatF     *x,
                     double            *f,
                     double            *linear,
                     double            *quadratic)
{
  gsize              m = self->m;
  g_autofree double *z = g_new (double, m), *u = g_new (double, m);
  g_autofree double *moved = g_new (double, m), *s = g_new (double, m);
  g_autofree double *s0 = g_new (double, m);
  g_autofree double *first = g_new (double, m), *second = g_new (double, m);
  double             scale = 1.0 / sqrt ((double) m);

  for (gsize i = 0; i < x->rows; i++)
    {
      const float *row = x->data + i * x->cols;

      for (gsize r = 0; r < m; r++)
        {
          z[r] = self->b[r];
          u[r] = 0.0;
          for (gsize j = 0; j < self->d; j++)
            {
              z[r] += (double) row[j] * self->w0.data[r * self->d + j];
              u[r] += (double) row[j] * self->w.data[r * self->d + j];
            }
          moved[r] = z[r] + u[r];
        }
      self->activation->value (m, moved, s);
      self->activation->value (m, z, s0);
      self->activation->first (m, z, first);
      self->activation->second (m, z, second);
      f[i] = linear[i] = quadratic[i] = 0.0;
      for (gsize r = 0; r < m; r++)
        {
          f[i] += scale
                  * (self->a[r] * s[r] - (self->is_paired ? 0 : self->a0[r] * s0[r]));
          linear[i] += scale * self->a0[r] * first[r] * u[r];
          quadratic[i] += 0.5 * scale * self->a0[r] * second[r] * u[r] * u[r];
        }
    }
}
