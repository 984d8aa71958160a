/* SPDX-License-Identifier: GPL-3.0-or-later
 * Degrees that a kernel does not see: without a constant coordinate those of x·x' alone
 * have the parity of their power, and kernels of two layers that of their activation. */
#include "config.h"

#include "eng-kernel-advice.h"

#include "eng-activation.h"
#include "eng-words.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* Of a teacher. */
#define MAX_DEGREE 13
/* Where the parity of an activation is looked for. */
static const double points[] = { 0.3, 1.0, 2.2 };

/* Returns: 1: σ(−z) = σ(z), −1: σ(−z) = −σ(z), 0: neither. */
static int
find_parity (const EngActivation *activation)
{
  gboolean even = TRUE, odd = TRUE;

  for (guint i = 0; i < G_N_ELEMENTS (points); i++)
    {
      double z[] = { points[i], -points[i] }, value[2];

      activation->value (2, z, value);
      even &= fabs (value[0] - value[1]) < 1e-12;
      odd &= fabs (value[0] + value[1]) < 1e-12;
    }
  return even ? 1 : odd ? -1 : 0;
}

static gboolean
sees_polynomial (const EngSettings *settings, guint degree)
{
  guint    power = (guint) eng_settings_get_int (settings, "degree");
  gboolean has_constant = eng_settings_get_boolean (settings, "bias")
                          || eng_settings_get_double (settings, "offset") > 0.0;

  return degree <= power && (has_constant || (power - degree) % 2 == 0);
}

static gboolean
sees_network (const EngSettings *settings, guint degree)
{
  const EngActivation *activation = eng_activation_find (
      eng_settings_get_choice (settings, "activation"));
  int parity = find_parity (activation);

  if (eng_settings_get_boolean (settings, "bias")
      || eng_settings_get_int (settings, "hidden") > 1)
    return TRUE;
  if (activation->is_relu)
    return degree <= 1 || degree % 2 == 0;
  return parity == 0 || (degree % 2 == 0) == (parity > 0);
}

static gboolean
sees (const EngSettings *settings, guint degree)
{
  if (eng_settings_is_choice (settings, "kernel", "polynomial"))
    return sees_polynomial (settings, degree);
  return !eng_settings_is_choice (settings, "kernel", "network")
         || sees_network (settings, degree);
}

/* Which degrees the teacher says that it has. */
static void
find_degrees (const EngSettings *problem, gboolean *has)
{
  gsize         n;
  const double *degrees;

  if (eng_settings_has (problem, "dense-degree"))
    for (gint64 l = 1; l <= eng_settings_get_int (problem, "dense-degree") + 1; l++)
      has[MIN (l, MAX_DEGREE)] = TRUE;
  if (!eng_settings_has (problem, "degree"))
    return;
  degrees = eng_settings_get_list (problem, "degree", &n);
  for (gsize i = 0; i < n; i++)
    has[(guint) CLAMP (degrees[i], 0, MAX_DEGREE)] = TRUE;
}

char *
eng_kernel_hint (EngSpec *spec, const EngSettings *settings)
{
  gboolean            has[MAX_DEGREE + 1] = { FALSE };
  g_autoptr (GString) missing = g_string_new (NULL);
  guint               n = 0;

  find_degrees (eng_spec_get_problem (spec), has);
  for (guint degree = 1; degree <= MAX_DEGREE; degree++)
    if (has[degree] && !sees (settings, degree))
      {
        g_autofree char *number = g_strdup_printf ("%u", degree);

        eng_words_append (missing, number);
        n++;
      }
  if (n == 0)
    return NULL;
  return g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE,
                   "This kernel cannot see degree %s of the teacher, whatever n is.",
                   "This kernel cannot see degrees %s of the teacher, whatever n is.", n),
      missing->str);
}
