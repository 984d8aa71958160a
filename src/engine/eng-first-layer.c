/* SPDX-License-Identifier: GPL-3.0-or-later
 * The kinds of first layer and their keys. */
#include "config.h"

#include "eng-error.h"
#include "eng-first-layer.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* More features than that are refused before anything is sized by them. */
#define MAX_FEATURES 100000

static const EngChoice kinds[] = {
  [ENG_FIRST_LAYER_HERMITE] = { "hermite", N_ ("Hermite basis") },
  [ENG_FIRST_LAYER_RANDOM] = { "random", N_ ("Random features") },
  [ENG_FIRST_LAYER_INPUTS] = { "inputs", N_ ("None: two layers on 1 and x") },
  { NULL, NULL },
};

const EngParam eng_first_layer_params[] = {
  { .key = "first-layer",
    .kind = ENG_PARAM_CHOICE,
    .choices = kinds,
    .fallback = "hermite",
    .title = N_ ("First Layer"),
    .help = N_ ("features h(x) that the trained layer reads") },
  { .key = "degrees",
    .kind = ENG_PARAM_LIST,
    .min = 0,
    .max = ENG_HERMITE_MAX_DEGREE,
    .fallback = "0;2",
    .title = N_ ("Degrees"),
    .help = N_ ("of the Hermite basis: half of those of the target"),
    .only_key = "first-layer",
    .only_id = "hermite" },
  { .key = "features",
    .kind = ENG_PARAM_INT,
    .min = 2,
    .max = ENG_LA_MAX_EIGH,
    .fallback = "1000",
    .title = N_ ("Features D"),
    .help = N_ ("random neurons of the first layer"),
    .only_key = "first-layer",
    .only_id = "random" },
  { .key = "feature-activation",
    .kind = ENG_PARAM_CHOICE,
    .choices = eng_activation_choices,
    .fallback = "relu",
    .title = N_ ("First Layer's Activation"),
    .help = N_ ("of the random neurons"),
    .only_key = "first-layer",
    .only_id = "random" },
  { .key = "whitened",
    .kind = ENG_PARAM_BOOLEAN,
    .fallback = "true",
    .title = N_ ("Whitened"),
    .help = N_ ("components of Σ̂ on one scale instead of their own"),
    .only_key = "first-layer",
    .only_id = "random" },
  { .key = "components",
    .kind = ENG_PARAM_INT,
    .min = 1,
    .max = ENG_LA_MAX_EIGH,
    .flags = ENG_PARAM_OPTIONAL | ENG_PARAM_ADVANCED,
    .title = N_ ("Components"),
    .help = N_ ("of Σ̂ that are kept; 1 + d + d (d + 1)/2 by default"),
    .only_key = "first-layer",
    .only_id = "random" },
  { .key = "covariance-inputs",
    .kind = ENG_PARAM_INT,
    .min = 0,
    .max = 1e6,
    .fallback = "0",
    .flags = ENG_PARAM_ADVANCED,
    .title = N_ ("Inputs for Σ̂"),
    .help = N_ ("fresh ones without labels; 0 for the training inputs"),
    .only_key = "first-layer",
    .only_id = "random" },
  { .key = "covariance-ridge",
    .kind = ENG_PARAM_REAL,
    .min = 0,
    .max = 1,
    .fallback = "0",
    .flags = ENG_PARAM_ADVANCED,
    .title = N_ ("Ridge of Σ̂"),
    .help = N_ ("added before whitening, in units of the mean eigenvalue"),
    .only_key = "first-layer",
    .only_id = "random" },
  ENG_PARAM_END,
};

EngFirstLayerKind
eng_first_layer_get_kind (const EngSettings *settings)
{
  guint i = 0;

  while (!eng_settings_is_choice (settings, "first-layer", kinds[i].id))
    i++;
  return (EngFirstLayerKind) i;
}

static double
count_hermite (const EngSettings *settings, double d)
{
  gsize         n;
  const double *degrees = eng_settings_get_list (settings, "degrees", &n);
  double        count = 0.0;

  for (gsize i = 0; i < n; i++)
    count += eng_hermite_count (d, (guint) degrees[i]);
  return count;
}

static double
count_components (const EngSettings *settings, double d)
{
  double features = eng_settings_get_double (settings, "features");

  if (eng_settings_has (settings, "components"))
    return eng_settings_get_double (settings, "components");
  return fmin (features, 1.0 + d + d * (d + 1.0) / 2.0);
}

double
eng_first_layer_count (const EngSettings *settings, double d)
{
  switch (eng_first_layer_get_kind (settings))
    {
    case ENG_FIRST_LAYER_HERMITE:
      return count_hermite (settings, d);
    case ENG_FIRST_LAYER_RANDOM:
      return count_components (settings, d);
    default:
      return 1.0 + d;
    }
}

double
eng_first_layer_estimate_bytes (const EngSettings *settings, double d)
{
  EngFirstLayerKind kind = eng_first_layer_get_kind (settings);
  double            bytes = sizeof (float) * eng_first_layer_count (settings, d);
  gsize             n;
  const double     *degrees = eng_settings_get_list (settings, "degrees", &n);

  if (kind == ENG_FIRST_LAYER_HERMITE)
    bytes += eng_hermite_estimate_bytes (d, degrees, n);
  else if (kind == ENG_FIRST_LAYER_RANDOM)
    bytes += eng_random_layer_estimate_bytes (
        d, eng_settings_get_double (settings, "features"),
        count_components (settings, d));
  return bytes;
}

/* --- check ------------------------------------------------------------------------- */

static gboolean
check_degrees (const EngSettings *settings, double d, GError **error)
{
  gsize         n;
  const double *degrees = eng_settings_get_list (settings, "degrees", &n);
  double        count;

  for (gsize i = 0; i < n; i++)
    if (degrees[i] != floor (degrees[i]))
      {
        g_set_error (error, ENG_ERROR, ENG_ERROR_INVALID_SPEC,
                     _ ("degrees must be whole numbers, got %g"), degrees[i]);
        return FALSE;
      }
  for (gsize i = 0; i < n; i++)
    for (gsize j = 0; j < i; j++)
      if (degrees[i] == degrees[j])
        {
          g_set_error (error, ENG_ERROR, ENG_ERROR_INVALID_SPEC,
                       _ ("degrees must be different, got %g twice"), degrees[i]);
          return FALSE;
        }
  count = count_hermite (settings, d);
  if (count <= MAX_FEATURES)
    return TRUE;
  g_set_error (error, ENG_ERROR, ENG_ERROR_INVALID_SPEC,
               _ ("degrees: the basis would have %.0f features at d = %.0f; it may have "
                  "%d"),
               count, d, MAX_FEATURES);
  return FALSE;
}

static gboolean
check_components (const EngSettings *settings, double d, GError **error)
{
  double features = eng_settings_get_double (settings, "features");
  double components = count_components (settings, d);

  if (components <= features)
    return TRUE;
  g_set_error (error, ENG_ERROR, ENG_ERROR_INVALID_SPEC,
               _ ("components must be at most features = %.0f, got %.0f"), features,
               components);
  return FALSE;
}

gboolean
eng_first_layer_check (const EngSettings *settings, double d, GError **error)
{
  switch (eng_first_layer_get_kind (settings))
    {
    case ENG_FIRST_LAYER_HERMITE:
      return check_degrees (settings, d, error);
    case ENG_FIRST_LAYER_RANDOM:
      return check_components (settings, d, error);
    default:
      return TRUE;
    }
}

/* --- life -------------------------------------------------------------------------- */

static void
init_random (EngFirstLayer     *self,
             const EngSettings *settings,
             gboolean           moves,
             EngArena          *arena)
{
  self->random.activation = eng_activation_find (
      eng_settings_get_choice (settings, "feature-activation"));
  self->random.d = self->d;
  self->random.n_features = (gsize) eng_settings_get_int (settings, "features");
  self->random.n_components = self->n_outputs;
  self->random.whitened = eng_settings_get_boolean (settings, "whitened");
  self->random.ridge = eng_settings_get_double (settings, "covariance-ridge");
  self->n_inputs = (gsize) eng_settings_get_int (settings, "covariance-inputs");
  eng_random_layer_init (&self->random, moves, arena);
}

void
eng_first_layer_init (EngFirstLayer     *self,
                      const EngSettings *settings,
                      gsize              d,
                      gboolean           moves,
                      EngArena          *arena)
{
  gsize         n;
  const double *degrees = eng_settings_get_list (settings, "degrees", &n);

  self->kind = eng_first_layer_get_kind (settings);
  self->d = d;
  self->n_outputs = (gsize) eng_first_layer_count (settings, (double) d);
  if (self->kind == ENG_FIRST_LAYER_RANDOM)
    {
      init_random (self, settings, moves, arena);
      self->moments = self->random.moments;
      return;
    }
  if (self->kind == ENG_FIRST_LAYER_HERMITE)
    eng_hermite_init (&self->hermite, d, degrees, n, arena);
  self->moments = eng_arena_floats (arena, self->n_outputs);
  for (gsize i = 0; i < self->n_outputs; i++)
    self->moments[i] = 1.0f;
}

void
eng_first_layer_draw (EngFirstLayer *self, guint64 seed)
{
  if (self->kind == ENG_FIRST_LAYER_RANDOM)
    eng_random_layer_draw (&self->random, seed);
}

gboolean
eng_first_layer_fit (EngFirstLayer *self,
                     EngProblem    *problem,
                     guint64        seed,
                     GError       **error)
{
  return self->kind != ENG_FIRST_LAYER_RANDOM
         || eng_random_layer_fit (&self->random, problem, self->n_inputs, seed, error);
}

/* --- features ---------------------------------------------------------------------- */

static void
fill_inputs (const EngMatF *x, EngMatF *h)
{
  for (gsize i = 0; i < x->rows; i++)
    {
      h->data[i * h->cols] = 1.0f;
      memcpy (h->data + i * h->cols + 1, x->data + i * x->cols, x->cols * sizeof (float));
    }
}

void
eng_first_layer_fill (EngFirstLayer *self, guint lane, const EngMatF *x, EngMatF *h)
{
  switch (self->kind)
    {
    case ENG_FIRST_LAYER_HERMITE:
      eng_hermite_fill (&self->hermite, lane, x, h);
      break;
    case ENG_FIRST_LAYER_RANDOM:
      eng_random_layer_fill (&self->random, lane, x, h);
      break;
    default:
      fill_inputs (x, h);
    }
}
