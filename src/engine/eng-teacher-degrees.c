/* SPDX-License-Identifier: GPL-3.0-or-later
 * Degrees of teachers. */
#include "config.h"

#include "eng-teacher-degrees.h"

#include "eng-activation.h"
#include "eng-problem.h"

#include <math.h>
#include <string.h>

/* A Hermite coefficient below this is 0, but for the quadrature. */
#define NO_PART 1e-3
#define MOST    ENG_TEACHER_MAX_DEGREE
/* Where an activation is compared with a power. */
#define POINT    0.7
#define ROUNDING 1e-12

/* Powers have parts of all lower degrees of their parity. */
static gboolean
polynomial_lacks (const EngSettings *problem, guint degree)
{
  gboolean      raw = eng_settings_is_choice (problem, "form", "raw");
  gsize         n;
  const double *degrees = eng_settings_get_list (problem, "degree", &n);

  for (gsize i = 0; i < n; i++)
    {
      guint p = (guint) degrees[i];

      if (p == degree || (raw && p > degree && (p - degree) % 2 == 0))
        return FALSE;
    }
  return TRUE;
}

/* E σ(z) h_p (z) = E σ′(z) h_{p−1} (z)/√p. */
static gboolean
network_lacks (const EngSettings *problem, guint degree)
{
  double c[MOST];

  eng_activation_hermite (
      eng_activation_find (eng_settings_get_choice (problem, "activation")), 0.0, MOST,
      c);
  return fabs (c[degree - 1]) < NO_PART;
}

/* Sums of powers of polynomials of one parity; never above their highest degree. */
static gboolean
deeper_lacks (const EngSettings *problem, guint degree)
{
  gboolean      is_linear = eng_settings_get_double (problem, "linear") > 0;
  gsize         n_inner, n_powers;
  const double *inners = eng_settings_get_list (problem, "inner-degree", &n_inner);
  const double *powers = eng_settings_get_list (problem, "degree", &n_powers);

  for (gsize s = 0; s < MAX (n_inner, n_powers); s++)
    {
      guint inner = (guint) inners[n_inner == 1 ? 0 : s];
      guint power = (guint) powers[n_powers == 1 ? 0 : s], highest = inner * power;

      if ((power == 1 || is_linear) && degree == inner)
        return FALSE;
      if (power > 1 && highest >= degree && (highest - degree) % 2 == 0)
        return FALSE;
    }
  return TRUE;
}

/* As the settings of a problem tell; `is_known` FALSE where they do not. */
static gboolean
lacks (EngSpec *spec, guint degree, gboolean *is_known)
{
  const char        *kind = eng_spec_get_problem_class (spec)->id;
  const EngSettings *problem = eng_spec_get_problem (spec);

  g_assert (degree >= 1 && degree <= MOST);
  *is_known = TRUE;
  if (strcmp (kind, "low-rank-polynomial") == 0)
    return polynomial_lacks (problem, degree);
  if (strcmp (kind, "dense-plus-sparse") == 0)
    return degree > eng_settings_get_int (problem, "dense-degree") + 1;
  if (strcmp (kind, "network") == 0)
    return network_lacks (problem, degree);
  if (strcmp (kind, "deeper") == 0)
    return deeper_lacks (problem, degree);
  if (strcmp (kind, "quadratic-sensing") == 0)
    return degree != 2;
  *is_known = FALSE;
  return FALSE;
}

gboolean
eng_teacher_has_degree (EngSpec *spec, guint degree)
{
  gboolean is_known, has = !lacks (spec, degree, &is_known);

  return is_known && has;
}

gboolean
eng_teacher_lacks_degree (EngSpec *spec, guint degree)
{
  gboolean is_known;

  return lacks (spec, degree, &is_known);
}

static gboolean
polynomial_is_power (const EngSettings *problem, guint degree)
{
  gsize         n;
  const double *degrees = eng_settings_get_list (problem, "degree", &n);

  for (gsize i = 0; i < n; i++)
    if (degrees[i] != degree)
      return FALSE;
  return eng_settings_is_choice (problem, "form", "raw");
}

/* An even power has a mean, which centring takes away. */
static gboolean
network_is_power (const EngSettings *problem, guint degree)
{
  const double         z[] = { POINT, 2 * POINT, -POINT };
  const EngActivation *activation = eng_activation_find (
      eng_settings_get_choice (problem, "activation"));
  double value[3];

  if (degree % 2 == 0 && eng_settings_get_boolean (problem, "centre"))
    return FALSE;
  activation->value (3, z, value);
  return fabs (value[1] - ldexp (value[0], (int) degree)) < ROUNDING
         && fabs (value[2] - (degree % 2 == 0 ? value[0] : -value[0])) < ROUNDING;
}

/* Only as odd powers of sums of inputs: this teacher is always centred. */
static gboolean
deeper_is_power (const EngSettings *problem, guint degree)
{
  gboolean      is_linear = eng_settings_get_double (problem, "linear") > 0;
  gsize         n_inner, n_powers;
  const double *inners = eng_settings_get_list (problem, "inner-degree", &n_inner);
  const double *powers = eng_settings_get_list (problem, "degree", &n_powers);

  for (gsize s = 0; s < n_inner; s++)
    if (inners[s] != 1)
      return FALSE;
  for (gsize s = 0; s < n_powers; s++)
    if (powers[s] != degree)
      return FALSE;
  return degree % 2 == 1 && (!is_linear || degree == 1);
}

gboolean
eng_teacher_has_other_parts (EngSpec *spec, guint degree)
{
  const char        *kind = eng_spec_get_problem_class (spec)->id;
  const EngSettings *problem = eng_spec_get_problem (spec);

  if (strcmp (kind, "low-rank-polynomial") == 0)
    return !polynomial_is_power (problem, degree);
  if (strcmp (kind, "dense-plus-sparse") == 0)
    return TRUE;
  if (strcmp (kind, "network") == 0)
    return !network_is_power (problem, degree);
  if (strcmp (kind, "deeper") == 0)
    return !deeper_is_power (problem, degree);
  return strcmp (kind, "quadratic-sensing") == 0 && degree != 2;
}
