/* SPDX-License-Identifier: GPL-3.0-or-later
 * How many weights of a two-layer student count: what the rank of J cannot exceed.
 *
 * The columns of J are σ′(w_r·x + b_r) x_k and, of a second layer that trains,
 * σ(w_r·x + b_r); neurons in pairs have the same.  Of a homogeneous σ, σ(t z) = t^q σ(z),
 * without biases the second kind is in the span of the first, since q σ = zσ′.  Of a
 * polynomial of degree q the columns are polynomials of x: without biases of the powers of σ
 * alone, with biases of all to the q-th. */
#include "config.h"

#include "eng-hermite.h"
#include "eng-jacobian.h"
#include "eng-registry.h"

#include <math.h>

/* The powers 2, 4 ... */
#define EVEN_ABOVE 0x55555554u

typedef struct
{
  const EngActivation *activation;
  double               m, d; /* neurons that differ, inputs */
  gboolean             has_bias, both_layers, on_sphere;
} Shape;

/* Bits of the powers up to the q-th. */
static guint
all_powers (guint q)
{
  return (2u << q) - 1;
}

/* Dimension of the polynomials of d inputs with these powers.  On a sphere each power has
 * those of its parity below it. */
static double
count_polynomials (const Shape *self, guint powers)
{
  double count = 0.0;

  for (guint power = 0; powers >> power != 0; power++)
    {
      guint above = powers >> power;

      if (!(above & 1) || (self->on_sphere && (above & EVEN_ABOVE) != 0))
        continue;
      count += eng_hermite_count (self->d, power);
    }
  return count;
}

/* The first layer of σ of degree 2, with or without powers 1 in its columns: (w_r·x)(w_s·x) is
 * in the span of the columns of r and of those of s, so that each two have one too many. */
static double
count_squares (const Shape *self, gboolean has_linear)
{
  double first = has_linear ? 1.0 : 0.0, m = fmin (self->m, self->d + first);

  return m * self->d - (m - first) * (m - first - 1.0) / 2.0;
}

/* How many columns of the second layer are not in the span of those of the first: σ − zσ′/q
 * has the powers of σ below q, and b σ′ has all.  Of degree 2, whose columns fulfil as many
 * relations less one, what is left is one for biases and one for a constant. */
static double
count_second (const Shape *self, guint powers, guint q)
{
  gboolean is_power = powers == 1u << q;
  guint    below = self->has_bias ? all_powers (q - 1) : powers & ~(1u << q);

  return fmin (self->m, q == 2 ? (self->has_bias ? 1.0 : 0.0) + (is_power ? 0.0 : 1.0)
                               : count_polynomials (self, below));
}

static double
count_of_polynomial (const Shape *self)
{
  guint  powers = self->activation->powers, q = (guint) g_bit_nth_msf (powers, -1);
  guint  all = self->has_bias ? all_powers (q) : powers;
  double columns = q == 2 ? count_squares (self, (all & 1u << 1) != 0)
                          : self->m * self->d;

  if (self->both_layers)
    columns += count_second (self, powers, q);
  return fmin (columns, count_polynomials (self, self->both_layers ? all : all & ~1u));
}

static double
count (const Shape *self)
{
  gboolean is_spanned = self->activation->is_homogeneous && !self->has_bias;

  if (self->activation->powers != 0)
    return count_of_polynomial (self);
  return self->m * (self->d + (self->both_layers && !is_spanned ? 1.0 : 0.0));
}

/* Whether pairs are alike where J is at the start: a start of W is drawn for each neuron. */
static gboolean
has_twins (const EngSettings *settings)
{
  const EngLearnerClass *klass = eng_registry_find_learner (
      eng_settings_get_text (settings, "learner"));

  return eng_two_layer_is_paired (settings)
         && (klass->linearised || !(eng_settings_get_double (settings, "init") > 0.0));
}

double
eng_jacobian_get_max_rank (EngSpec *spec, const EngSettings *settings, double m, double d)
{
  const EngSettings *problem = eng_spec_get_problem (spec);
  Shape              shape = { .activation = eng_activation_find (
                                   eng_settings_get_choice (settings, "activation")),
                               .m = has_twins (settings) ? m / 2.0 : m,
                               .d = d,
                               .has_bias = eng_settings_get_double (settings, "bias") > 0.0,
                               .both_layers = eng_settings_has (settings, "layers")
                                              && eng_settings_is_choice (settings, "layers", "both"),
                               .on_sphere = eng_settings_has (problem, "inputs")
                                            && eng_settings_is_choice (problem, "inputs", "sphere") };

  return count (&shape);
}
