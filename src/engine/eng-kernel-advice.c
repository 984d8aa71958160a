/* SPDX-License-Identifier: GPL-3.0-or-later
 * Degrees that a kernel does not see: without a constant coordinate or biases those of
 * x·x' alone have the parity of their power, and kernels of two layers that of their
 * activation. */
#include "config.h"

#include "eng-kernel-advice.h"

#include "eng-activation.h"
#include "eng-teacher-degrees.h"
#include "eng-words.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* Where the parity of an activation is looked for. */
static const double points[] = { 0.3, 1.0, 2.2 };

typedef enum
{
  PARITY_NONE,
  PARITY_EVEN,
  PARITY_ODD,
  PARITY_EVEN_AND_LINEAR, /* σ(z) − σ(−z) ∝ z, as relu, softplus and gelu have it */
} Parity;

static Parity
find_parity (const EngActivation *activation)
{
  gboolean even = TRUE, odd = TRUE, linear = TRUE;
  double   slope = NAN;

  for (guint i = 0; i < G_N_ELEMENTS (points); i++)
    {
      double z[] = { points[i], -points[i] }, value[2], difference;

      activation->value (2, z, value);
      difference = value[0] - value[1];
      if (i == 0)
        slope = difference / points[0];
      even &= fabs (difference) < 1e-12;
      odd &= fabs (value[0] + value[1]) < 1e-12;
      linear &= fabs (difference - slope * points[i]) < 1e-12;
    }
  return even     ? PARITY_EVEN
         : odd    ? PARITY_ODD
         : linear ? PARITY_EVEN_AND_LINEAR
                  : PARITY_NONE;
}

/* (c + x·x')^p, c > 0 or not. */
static gboolean
sees_power (guint power, gboolean has_offset, guint degree)
{
  return degree <= power && (has_offset || (power - degree) % 2 == 0);
}

/* Layers keep the parity of odd and of even activations; a linear part with an even one is
 * mixed by the second. */
static gboolean
sees_network (const EngSettings *settings, guint degree)
{
  const EngActivation *activation = eng_activation_find (
      eng_settings_get_choice (settings, "activation"));

  if (eng_settings_get_boolean (settings, "bias-coordinate")
      || eng_settings_get_double (settings, "bias") > 0.0)
    return TRUE;
  switch (find_parity (activation))
    {
    case PARITY_EVEN:
      return degree % 2 == 0;
    case PARITY_ODD:
      return degree % 2 == 1;
    case PARITY_EVEN_AND_LINEAR:
      return degree == 1 || degree % 2 == 0
             || eng_settings_get_int (settings, "hidden") > 1;
    case PARITY_NONE:
    default:
      return TRUE;
    }
}

static gboolean
sees (const EngSettings *settings, guint degree)
{
  if (eng_settings_is_choice (settings, "kernel", "polynomial"))
    return sees_power ((guint) eng_settings_get_int (settings, "degree"),
                       eng_settings_get_double (settings, "offset") > 0.0, degree);
  return !eng_settings_is_choice (settings, "kernel", "network")
         || sees_network (settings, degree);
}

/* The degrees of the teacher that are not seen, and how many they are.
 * seen: (ENG_TEACHER_MAX_DEGREE + 1)   Returns: (transfer full). */
static char *
list_unseen (EngSpec *spec, const gboolean *seen, guint *n)
{
  GString *unseen = g_string_new (NULL);

  *n = 0;
  for (guint degree = 1; degree <= ENG_TEACHER_MAX_DEGREE; degree++)
    if (eng_teacher_has_degree (spec, degree) && !seen[degree])
      {
        g_autofree char *number = g_strdup_printf ("%u", degree);

        eng_words_append (unseen, number);
        (*n)++;
      }
  return g_string_free (unseen, FALSE);
}

static char *
describe_unseen (EngSpec *spec, const gboolean *seen)
{
  guint            n;
  g_autofree char *unseen = list_unseen (spec, seen, &n);

  if (n == 0)
    return NULL;
  return g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE,
                   "This kernel cannot see degree %s of the teacher, whatever n is.",
                   "This kernel cannot see degrees %s of the teacher, whatever n is.", n),
      unseen);
}

char *
eng_kernel_hint (EngSpec *spec, const EngSettings *settings)
{
  gboolean seen[ENG_TEACHER_MAX_DEGREE + 1];

  for (guint degree = 0; degree <= ENG_TEACHER_MAX_DEGREE; degree++)
    seen[degree] = sees (settings, degree);
  return describe_unseen (spec, seen);
}

char *
eng_kernel_hint_power (EngSpec *spec, guint power)
{
  gboolean seen[ENG_TEACHER_MAX_DEGREE + 1];

  for (guint degree = 0; degree <= ENG_TEACHER_MAX_DEGREE; degree++)
    seen[degree] = sees_power (power, FALSE, degree);
  return describe_unseen (spec, seen);
}

char *
eng_kernel_hint_matrix (EngSpec *spec)
{
  const gboolean   seen[ENG_TEACHER_MAX_DEGREE + 1] = { [2] = TRUE };
  guint            n;
  g_autofree char *unseen = list_unseen (spec, seen, &n);

  if (n == 0)
    return NULL;
  return g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE,
                   "A matrix cannot see degree %s of the teacher, whatever n is.",
                   "A matrix cannot see degrees %s of the teacher, whatever n is.", n),
      unseen);
}
