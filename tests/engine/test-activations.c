/* SPDX-License-Identifier: GPL-3.0-or-later
 * Every activation against values of 40-digit arithmetic, its flags, and its Hermite
 * coefficients. */
#include "eng-activation.h"
#include "eng-experiment.h"
#include "eng-hermite-value.h"
#include "oracle.h"

#include <float.h>
#include <math.h>
#include <string.h>

/* Errors of activations are entry by entry, relative to max (|want|, FLOOR): the rule of
 * the cases. */
#define FLOOR 0.01
/* Central differences of this step in double lose half the digits. */
#define DIFFERENCE_STEP      1e-5
#define DIFFERENCE_TOLERANCE 1e-8

static double worst_double = 0.0, worst_float = 0.0;

static double
entry_error (double got, double want)
{
  return isfinite (got) ? fabs (got - want) / fmax (fabs (want), FLOOR) : INFINITY;
}

static void
check_entry (const EngActivation *activation,
             guint                order,
             double               z,
             double               got,
             double               want,
             double               tolerance,
             double              *worst)
{
  double error = entry_error (got, want);

  *worst = fmax (*worst, error);
  if (error <= tolerance)
    return;
  g_test_message ("%s, derivative %u at %g: got %.17g, want %.17g", activation->id, order,
                  z, got, want);
  g_test_fail ();
}

/* Calls with every length from 1 on, so that vector bodies and their tails both show. */
static void
check_column (const EngActivation *activation,
              guint                order,
              const EngMat        *z,
              const EngMat        *want)
{
  const EngMap       map[] = { activation->value, activation->first, activation->second };
  const EngMapF      map_f[] = { activation->value_f, activation->first_f,
                                 activation->second_f };
  g_autofree double *out = g_new (double, z->rows);
  g_autofree float  *z_f = g_new (float, z->rows), *out_f = g_new (float, z->rows);

  for (gsize i = 0; i < z->rows; i++)
    z_f[i] = (float) z->data[i];
  for (gsize n = 1; n <= z->rows; n++)
    {
      map[order](n, z->data, out);
      map_f[order](n, z_f, out_f);
      for (gsize i = 0; i < n; i++)
        {
          double expected = want->data[i * 3 + order];

          check_entry (activation, order, z->data[i], out[i], expected, ORACLE_DOUBLE,
                       &worst_double);
          /* Numbers that a float cannot hold are not asked of it. */
          if (fabs (expected) < FLT_MAX)
            check_entry (activation, order, z->data[i], out_f[i], expected, ORACLE_FLOAT,
                         &worst_float);
        }
    }
}

static void
test_values (void)
{
  g_autoptr (Oracle)   oracle = oracle_load ("activations");
  const EngMat        *z = oracle_get (oracle, "z");
  const EngActivation *all = eng_activation_get_all ();
  gsize                n = 0;

  for (; all[n].id != NULL; n++)
    {
      g_autofree char *block = g_strdelimit (g_strdup (all[n].id), "-", '_');

      for (guint order = 0; order < 3; order++)
        check_column (&all[n], order, z, oracle_get (oracle, block));
    }
  g_assert_cmpuint (n, ==, 21);
  g_test_message ("worst errors: double %.3g, float %.3g", worst_double, worst_float);
}

/* part <- coefficients of the polynomial of degree 6 through these points, by Newton's
 * divided differences. */
static void
interpolate (const double at[7], const double value[7], double part[7])
{
  double difference[7];

  memcpy (difference, value, sizeof difference);
  for (gsize order = 1; order < 7; order++)
    for (gsize i = 6; i >= order; i--)
      difference[i] = (difference[i] - difference[i - 1]) / (at[i] - at[i - order]);
  memset (part, 0, 7 * sizeof (double));
  for (gsize i = 7; i-- > 0;)
    {
      for (gsize j = 6; j > 0; j--)
        part[j] = part[j - 1] - at[i] * part[j];
      part[0] = difference[i] - at[i] * part[0];
    }
}

/* The flags say what the functions do. */
static void
test_flags (void)
{
  const double z[] = { -1.5, -0.4, 0.4, 1.5 };

  for (const EngActivation *self = eng_activation_get_all (); self->id != NULL; self++)
    {
      double   first[4], second[4];
      gboolean is_even, has_second = FALSE;

      self->first (4, z, first);
      self->second (4, z, second);
      is_even = fabs (first[0] - first[3]) < 1e-12 && fabs (first[1] - first[2]) < 1e-12;
      for (gsize i = 0; i < 4; i++)
        has_second = has_second || second[i] != 0.0;
      g_assert_cmpint (self->even_first, ==, is_even);
      g_assert_cmpint (self->has_second, ==, has_second);
      g_assert_cmpint (self->is_relu, ==, strcmp (self->id, "relu") == 0);
    }
}

/* σ(t z) = t^q σ(z) for t > 0: of the values at z, 2 z and 4 z the middle one is the geometric
 * mean.  A polynomial is the sum of its powers, whose parts the differences at 0 tell. */
static void
test_powers (void)
{
  const double z[] = { 0.7, 1.4, 2.8, -0.7, -1.4, -2.8 };
  const double at[] = { -3, -2, -1, 0, 1, 2, 3 };

  for (const EngActivation *self = eng_activation_get_all (); self->id != NULL; self++)
    {
      double   value[7], part[7];
      gboolean is_homogeneous = TRUE;

      self->value (6, z, value);
      for (gsize i = 0; i < 6; i += 3)
        is_homogeneous = is_homogeneous
                         && fabs (value[i + 1] * value[i + 1] - value[i] * value[i + 2])
                                < 1e-12 * (1.0 + value[i + 1] * value[i + 1])
                         && fabs (value[3] / value[0]) < 1.0 + 1e-12;
      g_assert_cmpint (self->is_homogeneous, ==, is_homogeneous);
      if (self->powers == 0)
        continue;
      self->value (7, at, value);
      interpolate (at, value, part);
      for (guint j = 0; j < 7; j++)
        g_assert_cmpint ((self->powers >> j) & 1, ==, fabs (part[j]) > 1e-9);
    }
}

/* sup |σ″| on a grid so fine that it is missed by 1e-6 at most; what has none grows beyond
 * its values there, but for the kink of relu. */
static void
test_bound (void)
{
  enum
  {
    N = 16001
  };
  g_autofree double *z = g_new (double, N), *second = g_new (double, N);
  const double       far = 100.0;

  for (gsize i = 0; i < N; i++)
    z[i] = 1e-3 * ((double) i - N / 2);
  for (const EngActivation *self = eng_activation_get_all (); self->id != NULL; self++)
    {
      double largest = 0.0, beyond;

      self->second (N, z, second);
      for (gsize i = 0; i < N; i++)
        largest = fmax (largest, fabs (second[i]));
      self->second (1, &far, &beyond);
      if (isfinite (self->second_bound))
        {
          g_assert_cmpfloat (largest, <=, self->second_bound * (1.0 + 1e-12));
          g_assert_cmpfloat (largest, >=, self->second_bound * (1.0 - 1e-6));
          g_assert_cmpfloat (fabs (beyond), <=, self->second_bound);
        }
      else
        g_assert_true (self->is_relu || fabs (beyond) > largest);
    }
}

static void
test_lookup (void)
{
  const EngActivation *all = eng_activation_get_all ();
  gsize                n = 0;

  for (; all[n].id != NULL; n++)
    {
      g_assert_true (eng_activation_find (all[n].id) == &all[n]);
      g_assert_cmpstr (eng_activation_choices[n].id, ==, all[n].id);
      g_assert_cmpstr (eng_activation_choices[n].title, ==, all[n].title);
    }
  g_assert_null (eng_activation_choices[n].id);
  g_assert_null (eng_activation_find ("no such"));
  g_assert_null (eng_activation_find (NULL));
}

/* The derivatives are those of the value, away from kinks. */
static void
test_differences (void)
{
  const double z[] = { -2.3, -0.7, 0.3, 1.9 };

  for (const EngActivation *self = eng_activation_get_all (); self->id != NULL; self++)
    for (gsize i = 0; i < G_N_ELEMENTS (z); i++)
      {
        double at[2] = { z[i] - DIFFERENCE_STEP, z[i] + DIFFERENCE_STEP };
        double value[2], slope[2], first, second, scale;

        self->value (2, at, value);
        self->first (2, at, slope);
        self->first (1, &z[i], &first);
        self->second (1, &z[i], &second);
        scale = fmax (1.0, fmax (fabs (value[1]), fabs (slope[1])));
        g_assert_cmpfloat (fabs ((value[1] - value[0]) / (2 * DIFFERENCE_STEP) - first),
                           <, DIFFERENCE_TOLERANCE * scale);
        g_assert_cmpfloat (fabs ((slope[1] - slope[0]) / (2 * DIFFERENCE_STEP) - second),
                           <, DIFFERENCE_TOLERANCE * scale);
      }
}

/* He_p as an activation, by its formula, against the recursion, orthonormal and monic; its
 * derivative p He_{p−1} has one coefficient, √p √p!, at p − 1. */
static void
test_hermite (void)
{
  double factorial = 1.0;

  for (guint p = 1; p <= 6; p++)
    {
      g_autofree char     *id = g_strdup_printf ("hermite%u", p);
      const EngActivation *self = eng_activation_find (id);
      double               c[8];

      factorial *= p;
      for (double z = -3.0; z <= 3.0; z += 0.375)
        {
          double value, scale = ORACLE_DOUBLE * pow (4.0, p);

          self->value (1, &z, &value);
          g_assert_cmpfloat (fabs (sqrt (factorial) * eng_hermite_value (p, z) - value),
                             <, scale);
          g_assert_cmpfloat (fabs (eng_hermite_monic_value (p, z, 1.0) - value), <,
                             scale);
        }
      eng_activation_hermite (self, 0.0, G_N_ELEMENTS (c), c);
      for (guint j = 0; j < G_N_ELEMENTS (c); j++)
        g_assert_cmpfloat (fabs (c[j] - (j + 1 == p ? sqrt (p * factorial) : 0.0)), <,
                           ORACLE_DOUBLE * sqrt (p * factorial));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  eng_init ();
  g_test_add_func ("/engine/activations/values", test_values);
  g_test_add_func ("/engine/activations/flags", test_flags);
  g_test_add_func ("/engine/activations/powers", test_powers);
  g_test_add_func ("/engine/activations/bound", test_bound);
  g_test_add_func ("/engine/activations/lookup", test_lookup);
  g_test_add_func ("/engine/activations/differences", test_differences);
  g_test_add_func ("/engine/activations/hermite", test_hermite);
  return g_test_run ();
}
