/* SPDX-License-Identifier: GPL-3.0-or-later
 * The measured spectrum of Σ and its theoretical staircase, as data. */
#include "config.h"

#include "eng-spectrum.h"

/* Directions with smaller eigenvalues carry no coefficient (NOTATION "Bands"). */
#define USABLE_SHARE 1e-6

G_DEFINE_BOXED_TYPE (EngSpectrum, eng_spectrum, eng_spectrum_ref, eng_spectrum_unref)

EngSpectrum *
eng_spectrum_new (gsize n_values)
{
  EngSpectrum *self = g_new0 (EngSpectrum, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->n_values = n_values;
  self->values = g_new0 (double, n_values);
  return self;
}

EngSpectrum *
eng_spectrum_ref (EngSpectrum *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
eng_spectrum_unref (EngSpectrum *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_free (self->values);
  g_free (self);
}

void
eng_spectrum_find_usable (EngSpectrum *self)
{
  self->n_usable = 0;
  while (self->n_usable < self->n_values
         && self->values[self->n_usable] >= USABLE_SHARE * self->values[0])
    self->n_usable++;
}
