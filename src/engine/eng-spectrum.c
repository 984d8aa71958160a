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

gsize
eng_spectrum_get_group_end (const EngSpectrum *self, guint group)
{
  gsize d = self->n_inputs;
  gsize ends[] = { 1, 1 + d, 1 + d + d * (d + 1) / 2, self->n_values };

  g_assert (group < ENG_SPECTRUM_N_GROUPS);
  return MIN (ends[group], self->n_values);
}

static const char *
get_group (const EngSpectrum *self, gsize rank)
{
  static const char *const names[] = { "degree 0", "degree 1", "degree 2", "tail" };
  guint                    group = 0;

  while (group + 1 < ENG_SPECTRUM_N_GROUPS
         && rank >= eng_spectrum_get_group_end (self, group))
    group++;
  return names[group];
}

const char *
eng_spectrum_get_band (const EngSpectrum *self, gsize rank)
{
  if (self->n_inputs > 0)
    return get_group (self, rank);
  if (rank < self->n_q1)
    return "Q1";
  if (!self->q2_resolved)
    return "beyond Q1";
  return rank < self->n_q1 + self->n_q2 ? "Q2" : "Q3";
}
