/* SPDX-License-Identifier: GPL-3.0-or-later
 * The table of activations and their Hermite coefficients. */
#include "config.h"

#include "eng-activation.h"
#include "eng-clones.h"
#include "eng-hermite-value.h"
#include "eng-quad.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* glibc's vector mathematics: with these declarations the loops below call it without
 * -ffast-math, so the rest of the program keeps its rules for NaN and infinity. */
#if defined(__x86_64__) && defined(__GLIBC__)
#define VECTOR __attribute__ ((simd ("notinbranch")))
VECTOR float  expf (float);
VECTOR float  tanhf (float);
VECTOR float  erff (float);
VECTOR float  log1pf (float);
VECTOR double exp (double);
VECTOR double tanh (double);
VECTOR double erf (double);
VECTOR double log1p (double);
#undef VECTOR
#endif

#define REAL       float
#define NAME(x)    x##_f
#define EXP        expf
#define TANH       tanhf
#define ERF        erff
#define LOG1P      log1pf
#define FABS       fabsf
#define FMAX(a, b) ((a) > (b) ? (a) : (b))
#include "eng-activation-kernels.inc"
#undef REAL
#undef NAME
#undef EXP
#undef TANH
#undef ERF
#undef LOG1P
#undef FABS

#define REAL    double
#define NAME(x) x##_d
#define EXP     exp
#define TANH    tanh
#define ERF     erf
#define LOG1P   log1p
#define FABS    fabs
#include "eng-activation-kernels.inc"
#undef REAL
#undef NAME
#undef EXP
#undef TANH
#undef ERF
#undef LOG1P
#undef FABS
#undef FMAX

/* What an activation is, beyond its three functions; `bound`: sup |σ″|. */
#define SMOOTH(bound)   .has_second = TRUE, .second_bound = bound
#define ODD(bound)      .has_second = TRUE, .even_first = TRUE, .second_bound = bound
#define RELU            .is_relu = TRUE, .is_homogeneous = TRUE, .second_bound = INFINITY
#define LINEAR          .even_first = TRUE
#define SQUARE(bound)   .has_second = TRUE, .is_square = TRUE, .second_bound = bound
#define RECTIFIED(kind) kind, .is_homogeneous = TRUE
/* A polynomial with these powers of z; with the q-th alone. */
#define Z(q)               (1u << (q))
#define POWERS(bits, kind) kind, .powers = bits
#define POWER(q, kind)     kind, .is_homogeneous = TRUE, .powers = Z (q)

/* sup |σ″|, attained where σ‴ = 0. */
#define LOGISTIC_BOUND   0.096225044864937627 /* 1/(6√3) */
#define GELU_BOUND       0.79788456080286536  /* √(2/π) */
#define TANH_BOUND       0.76980035891950102  /* 4/(3√3) */
#define ERF_BOUND        0.48394144903828670  /* √(2/(πe)) */
#define ERF_KERNEL_BOUND 0.96788289807657340  /* 2√(2/(πe)) */

/* id, title, what it is, σ, σ′, σ″ */
#define ACTIVATIONS(X)                                                                   \
  X ("quad", N_ ("Quadratic, z + z²/2"), POWERS (Z (2) | Z (1), SMOOTH (1)), quad_value, \
     quad_first, one)                                                                    \
  X ("halfsquare", N_ ("Half square, z²/2"), POWER (2, SQUARE (1)), halfsquare_value,    \
     identity, one)                                                                      \
  X ("relu", N_ ("ReLU"), RELU, relu_value, relu_first, zero)                            \
  X ("softplus", N_ ("Softplus"), SMOOTH (0.25), softplus_value, softplus_first,         \
     softplus_second)                                                                    \
  X ("logistic", N_ ("Logistic, shifted by 1"), SMOOTH (LOGISTIC_BOUND), logistic_value, \
     logistic_first, logistic_second)                                                    \
  X ("gelu", N_ ("GELU"), SMOOTH (GELU_BOUND), gelu_value, gelu_first, gelu_second)      \
  X ("tanh", N_ ("Hyperbolic tangent"), ODD (TANH_BOUND), tanh_value, tanh_first,        \
     tanh_second)                                                                        \
  X ("erf", N_ ("Error function, erf(z/√2)"), ODD (ERF_BOUND), erf_value, erf_first,     \
     erf_second)                                                                         \
  X ("erf-kernel", N_ ("Error function, erf(z)"), ODD (ERF_KERNEL_BOUND),                \
     erf_kernel_value, erf_kernel_first, erf_kernel_second)                              \
  X ("cubic-hermite", N_ ("Cubic Hermite"),                                              \
     POWERS (Z (3) | Z (2) | Z (1), SMOOTH (INFINITY)), cubic_hermite_value,             \
     cubic_hermite_first, quad_first)                                                    \
  X ("relu2", N_ ("Squared ReLU, max(z, 0)²/2"), RECTIFIED (SMOOTH (1)), relu2_value,    \
     relu_value, relu_first)                                                             \
  X ("relu3", N_ ("Cubed ReLU, max(z, 0)³/6"), RECTIFIED (SMOOTH (INFINITY)),            \
     relu3_value, relu3_first, relu_value)                                               \
  X ("square", N_ ("Square, z²"), POWER (2, SQUARE (2)), square_value, square_first,     \
     square_second)                                                                      \
  X ("cube", N_ ("Cube, z³"), POWER (3, ODD (INFINITY)), cube_value, cube_first,         \
     cube_second)                                                                        \
  X ("fourth", N_ ("Fourth power, z⁴"), POWER (4, SMOOTH (INFINITY)), fourth_value,      \
     fourth_first, fourth_second)                                                        \
  X ("hermite1", N_ ("Hermite He₁"), POWER (1, LINEAR), identity, one, zero)             \
  X ("hermite2", N_ ("Hermite He₂"), POWERS (Z (2) | Z (0), SQUARE (2)), hermite2_value, \
     square_first, square_second)                                                        \
  X ("hermite3", N_ ("Hermite He₃"), POWERS (Z (3) | Z (1), ODD (INFINITY)),             \
     hermite3_value, hermite3_first, cube_second)                                        \
  X ("hermite4", N_ ("Hermite He₄"), POWERS (Z (4) | Z (2) | Z (0), SMOOTH (INFINITY)),  \
     hermite4_value, hermite4_first, hermite4_second)                                    \
  X ("hermite5", N_ ("Hermite He₅"), POWERS (Z (5) | Z (3) | Z (1), ODD (INFINITY)),     \
     hermite5_value, hermite5_first, hermite5_second)                                    \
  X ("hermite6", N_ ("Hermite He₆"),                                                     \
     POWERS (Z (6) | Z (4) | Z (2) | Z (0), SMOOTH (INFINITY)), hermite6_value,          \
     hermite6_first, hermite6_second)

#define AS_ACTIVATION(name, label, kind, v, f, s)                                        \
  { .id = name,                                                                          \
    .title = label,                                                                      \
    kind,                                                                                \
    .value_f = v##_f,                                                                    \
    .first_f = f##_f,                                                                    \
    .second_f = s##_f,                                                                   \
    .value = v##_d,                                                                      \
    .first = f##_d,                                                                      \
    .second = s##_d },
#define AS_CHOICE(name, label, kind, v, f, s) { name, label },

static const EngActivation activations[] = { ACTIVATIONS (AS_ACTIVATION){ .id = NULL } };

const EngChoice eng_activation_choices[] = { ACTIVATIONS (AS_CHOICE){ NULL, NULL } };

const EngActivation *
eng_activation_get_all (void)
{
  return activations;
}

const EngActivation *
eng_activation_find (const char *id)
{
  for (const EngActivation *self = activations; self->id != NULL; self++)
    if (g_strcmp0 (self->id, id) == 0)
      return self;
  return NULL;
}

gboolean
eng_activation_is_quadratic (const EngActivation *self)
{
  return self->powers != 0 && self->powers < Z (3);
}

void
eng_activation_get_slope (const EngActivation *self, double *p1, double *p2)
{
  double zero = 0.0;

  g_assert (eng_activation_is_quadratic (self));
  self->first (1, &zero, p1);
  self->second (1, &zero, p2);
}

void
eng_activation_hermite (const EngActivation *self, double bias, gsize n, double *c)
{
  double nodes[ENG_QUAD_HERMITE_NODES], weights[ENG_QUAD_HERMITE_NODES];
  double scaled[ENG_QUAD_HERMITE_NODES], first[ENG_QUAD_HERMITE_NODES];
  double scale = sqrt (1.0 + bias * bias);

  eng_quad_hermite (nodes, weights);
  for (gsize i = 0; i < ENG_QUAD_HERMITE_NODES; i++)
    scaled[i] = scale * nodes[i];
  self->first (ENG_QUAD_HERMITE_NODES, scaled, first);
  memset (c, 0, n * sizeof (double));
  for (gsize i = 0; i < ENG_QUAD_HERMITE_NODES; i++)
    {
      double before = 0.0, now = 1.0;

      for (guint j = 0; j < n; j++)
        {
          double next = eng_hermite_next (j, nodes[i], before, now);

          c[j] += weights[i] * first[i] * now;
          before = now;
          now = next;
        }
    }
}
