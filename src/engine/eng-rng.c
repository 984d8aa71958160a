/* SPDX-License-Identifier: GPL-3.0-or-later
 * Named random streams on GSL's Mersenne twister. */
#include "config.h"

#include "eng-rng.h"

#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>

struct _EngRng
{
  gsl_rng *generator;
};

/* Steele, Lea, Flood 2014: the output function of splitmix64. */
static guint64
splitmix64 (guint64 x)
{
  x += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
  x = (x ^ (x >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  x = (x ^ (x >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return x ^ (x >> 31);
}

guint64
eng_rng_derive (guint64 seed, const char *name, guint64 index)
{
  guint64 state = splitmix64 (seed);

  for (const char *c = name; *c != '\0'; c++)
    state = splitmix64 (state ^ (guchar) *c);
  return splitmix64 (state ^ index);
}

EngRng *
eng_rng_new (guint64 seed, const char *name, guint64 index)
{
  EngRng *self = g_new0 (EngRng, 1);
  guint64 derived = eng_rng_derive (seed, name, index);

  self->generator = gsl_rng_alloc (gsl_rng_mt19937);
  if (self->generator == NULL)
    g_error ("no memory for a random generator");
  /* The twister keeps 32 bits of its seed, so both halves go into them. */
  gsl_rng_set (self->generator, (gulong) ((derived ^ (derived >> 32)) & 0xffffffffu));
  return self;
}

void
eng_rng_free (EngRng *self)
{
  gsl_rng_free (self->generator);
  g_free (self);
}

void
eng_rng_copy (EngRng *self, const EngRng *from)
{
  gsl_rng_memcpy (self->generator, from->generator);
}

double
eng_rng_gaussian (EngRng *self)
{
  return gsl_ran_gaussian_ziggurat (self->generator, 1.0);
}

double
eng_rng_uniform (EngRng *self)
{
  return gsl_rng_uniform (self->generator);
}

double
eng_rng_sign (EngRng *self)
{
  return gsl_rng_get (self->generator) & 0x80000000u ? 1.0 : -1.0;
}

gsize
eng_rng_below (EngRng *self, gsize n)
{
  return (gsize) gsl_rng_uniform_int (self->generator, n);
}

void
eng_rng_fill_gaussian (EngRng *self, gsize n, double *x)
{
  for (gsize i = 0; i < n; i++)
    x[i] = gsl_ran_gaussian_ziggurat (self->generator, 1.0);
}

void
eng_rng_fill_direction (EngRng *self, gsize d, double *v)
{
  double norm;

  eng_rng_fill_gaussian (self, d, v);
  norm = eng_la_norm (d, v);
  for (gsize j = 0; j < d; j++)
    v[j] /= norm;
}

void
eng_rng_fill_signs (EngRng *self, gsize n, float *x)
{
  for (gsize i = 0; i < n; i++)
    x[i] = (float) eng_rng_sign (self);
}

void
eng_rng_shuffle (EngRng *self, gsize n, gsize *order)
{
  for (gsize i = 0; i < n; i++)
    order[i] = i;
  gsl_ran_shuffle (self->generator, order, n, sizeof (gsize));
}
