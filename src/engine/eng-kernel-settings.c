/* SPDX-License-Identifier: GPL-3.0-or-later
 * The keys of kernels. */
#include "config.h"

#include "eng-error.h"
#include "eng-kernel.h"
#include "eng-two-layer.h"

#include <glib/gi18n-lib.h>

static const EngChoice kernels[] = {
  { "network", N_ ("Wide network") },
  { "laplace", N_ ("Laplace") },
  { "rbf", N_ ("Gaussian, RBF") },
  { "polynomial", N_ ("Polynomial") },
  { NULL, NULL },
};

const EngParam eng_kernel_params[] = {
  { .key = "kernel",
    .kind = ENG_PARAM_CHOICE,
    .choices = kernels,
    .fallback = "network",
    .title = N_ ("Kernel"),
    .help = N_ ("similarity of two inputs") },
  { .key = "activation",
    .kind = ENG_PARAM_CHOICE,
    .choices = eng_activation_choices,
    .fallback = "relu",
    .title = N_ ("Activation"),
    .help = N_ ("σ of the network"),
    .only_key = "kernel",
    .only_id = "network" },
  { .key = "m",
    .kind = ENG_PARAM_INT,
    .min = 2,
    .max = 1e6,
    .flags = ENG_PARAM_EVEN | ENG_PARAM_OPTIONAL,
    .title = N_ ("Neurons m"),
    .help = N_ ("those of a network with the same keys; infinitely many by default"),
    .only_key = "kernel",
    .only_id = "network" },
  { .key = "hidden",
    .kind = ENG_PARAM_INT,
    .min = 1,
    .max = ENG_KERNEL_MAX_LAYERS,
    .fallback = "1",
    .title = N_ ("Hidden Layers"),
    .help = N_ ("one makes K1 + K2, the kernel of two layers"),
    .only_key = "kernel",
    .only_id = "network" },
  { .key = "layer-weights",
    .kind = ENG_PARAM_LIST,
    .min = 0,
    .max = 1e6,
    .flags = ENG_PARAM_OPTIONAL | ENG_PARAM_ADVANCED,
    .title = N_ ("Weights of the Layers α"),
    .help = N_ ("one more than hidden layers, the first first; equal by default"),
    .only_key = "kernel",
    .only_id = "network" },
  { .key = "bias-coordinate",
    .kind = ENG_PARAM_BOOLEAN,
    .fallback = "true",
    .title = N_ ("Bias Coordinate"),
    .help = N_ ("√d as another input; without it half of the degrees are invisible"),
    .only_key = "kernel",
    .only_id = "network" },
  ENG_TWO_LAYER_BIAS_PARAM (.only_key = "kernel", .only_id = "network"),
  ENG_TWO_LAYER_W0_PARAM (.only_key = "m"),
  ENG_TWO_LAYER_PAIRED_PARAM (.only_key = "m"),
  { .key = "width",
    .kind = ENG_PARAM_REAL,
    .min = 0,
    .max = 1e6,
    .flags = ENG_PARAM_OPEN_MIN,
    .fallback = "1",
    .title = N_ ("Kernel Width"),
    .help = N_ ("distance over which the kernel falls, in units of √d"),
    .only_key = "kernel",
    .only_id = "laplace|rbf" },
  { .key = "offset",
    .kind = ENG_PARAM_REAL,
    .min = 0,
    .max = 1e6,
    .fallback = "0",
    .title = N_ ("Offset"),
    .help = N_ ("added to x·x′/d before the power"),
    .only_key = "kernel",
    .only_id = "polynomial" },
  { .key = "degree",
    .kind = ENG_PARAM_INT,
    .min = 1,
    .max = 12,
    .fallback = "2",
    .title = N_ ("Degree"),
    .help = N_ ("the power"),
    .only_key = "kernel",
    .only_id = "polynomial" },
  ENG_PARAM_END,
};

static gboolean
check_weights (const EngSettings *settings, gsize layers, GError **error)
{
  gsize         n;
  const double *weights = eng_settings_get_list (settings, "layer-weights", &n);
  double        sum = 0.0;

  for (gsize l = 0; l < n; l++)
    sum += weights[l];
  if (n == layers && sum > 0)
    return TRUE;
  if (n == layers)
    g_set_error (error, ENG_ERROR, ENG_ERROR_INVALID_SPEC,
                 _ ("layer-weights must not all be 0"));
  else
    g_set_error (error, ENG_ERROR, ENG_ERROR_INVALID_SPEC,
                 _ ("layer-weights must be %zu numbers, one more than hidden, got %zu"),
                 layers, n);
  return FALSE;
}

gboolean
eng_kernel_check (const EngSettings *settings, GError **error)
{
  gsize layers = (gsize) eng_settings_get_int (settings, "hidden") + 1;

  if (eng_settings_has (settings, "m") && layers > 2)
    {
      g_set_error (error, ENG_ERROR, ENG_ERROR_INVALID_SPEC,
                   _ ("hidden must be 1 where m is given, got %zu"), layers - 1);
      return FALSE;
    }
  return !eng_settings_has (settings, "layer-weights")
         || check_weights (settings, layers, error);
}

void
eng_kernel_init_power (EngKernel *self, guint degree)
{
  *self = (EngKernel){ .kind = ENG_KERNEL_POLYNOMIAL, .degree = degree };
}

static EngKernelKind
get_kind (const EngSettings *settings)
{
  gsize i = 0;

  while (!eng_settings_is_choice (settings, "kernel", kernels[i].id))
    i++;
  return (EngKernelKind) i;
}

/* So that the signal keeps its size from layer to layer (papers.md D.7). */
static double
get_scale (const EngActivation *activation)
{
  return activation->is_relu ? 2.0 : 1.0;
}

/* The neurons of a network with these settings. */
static void
init_network (EngKernel *self, const EngSettings *settings)
{
  self->has_coordinate = eng_settings_get_boolean (settings, "bias-coordinate");
  self->bias = eng_settings_get_double (settings, "bias");
  if (!eng_settings_has (settings, "m"))
    return;
  self->n_neurons = eng_two_layer_count_single_of (settings);
  self->is_on_sphere = eng_settings_is_choice (settings, "w0", "sphere");
}

void
eng_kernel_init (EngKernel *self, const EngSettings *settings)
{
  const EngActivation *activation = eng_activation_find (
      eng_settings_get_choice (settings, "activation"));
  const double *weights = NULL;
  gsize         n = 0;

  *self = (EngKernel){ .kind = get_kind (settings) };
  self->layers = (guint) eng_settings_get_int (settings, "hidden");
  self->scale = get_scale (activation);
  self->width = eng_settings_get_double (settings, "width");
  self->offset = eng_settings_get_double (settings, "offset");
  self->degree = (guint) eng_settings_get_int (settings, "degree");
  if (self->kind == ENG_KERNEL_NETWORK)
    init_network (self, settings);
  eng_dual_init (&self->dual, activation);
  if (eng_settings_has (settings, "layer-weights"))
    weights = eng_settings_get_list (settings, "layer-weights", &n);
  for (guint l = 0; l <= self->layers; l++)
    self->weights[l] = weights != NULL ? weights[l] : 1.0;
}
