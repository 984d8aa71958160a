/* SPDX-License-Identifier: GPL-3.0-or-later
 * The memory estimate of an experiment and its refusal. */
#include "config.h"

#include "eng-error.h"
#include "eng-memory.h"
#include "eng-taylor-terms.h"
#include "eng-registry.h"
#include "eng-run.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>
#include <unistd.h>

/* The rest is for the window, the libraries and whoever else is running. */
#define BUDGET_SHARE 0.85

static double test_budget = 0.0;

/* MemAvailable of /proc/meminfo in bytes; 0 if it cannot be read. */
static double
available_bytes (void)
{
  g_autofree char *text = NULL;
  const char      *at;

  if (!g_file_get_contents ("/proc/meminfo", &text, NULL, NULL))
    return 0.0;
  at = strstr (text, "MemAvailable:");
  return at != NULL ? 1024.0 * g_ascii_strtod (at + strlen ("MemAvailable:"), NULL) : 0.0;
}

double
eng_memory_get_budget (void)
{
  double bytes = test_budget > 0 ? test_budget : available_bytes ();

  if (bytes <= 0.0)
    bytes = (double) sysconf (_SC_PHYS_PAGES) * (double) sysconf (_SC_PAGE_SIZE) / 2.0;
  return test_budget > 0 ? bytes : BUDGET_SHARE * bytes;
}

void
eng_memory_set_budget (double bytes)
{
  test_budget = bytes;
}

/* Whether the students of two runs start the same: then they share one basis. */
static gboolean
have_same_start (EngSpec *spec, guint a, guint b)
{
  const EngSettings *left = eng_spec_get_run (spec, a);
  const EngSettings *right = eng_spec_get_run (spec, b);

  return eng_spec_get_learner_class (spec, a)->two_layer != NULL
         && eng_spec_get_learner_class (spec, b)->two_layer != NULL
         && eng_spec_get_run_seed (spec, a) == eng_spec_get_run_seed (spec, b)
         && eng_settings_get_int (left, "m") == eng_settings_get_int (right, "m")
         && eng_settings_get_double (left, "bias")
                == eng_settings_get_double (right, "bias")
         && eng_settings_is_choice (left, "activation",
                                    eng_settings_get_choice (right, "activation"))
         && eng_settings_is_choice (left, "w0", eng_settings_get_choice (right, "w0"))
         && eng_two_layer_is_paired (left) == eng_two_layer_is_paired (right);
}

static gboolean
is_first_of_its_start (EngSpec *spec, guint run)
{
  for (guint other = 0; other < run; other++)
    if (have_same_start (spec, run, other))
      return FALSE;
  return TRUE;
}

/* What eng_basis_spectrum_now () takes while it works; runs may do so at the same time. */
static double
later_spectrum_bytes (const EngSettings *settings, gsize d, gsize probes)
{
  double m = eng_settings_get_double (settings, "m"), n = (double) probes;

  return sizeof (double) * n * (m + 3.0 * n)
         + eng_analysis_estimate_bytes (m, (double) d);
}

/* Numbers of a direction of Q1, as penalties of any run with this start may need it. */
static double
get_direction_size (EngSpec *spec, guint run, const EngSizes *sizes)
{
  double largest = 0.0;

  for (guint other = 0; other < eng_spec_get_n_runs (spec); other++)
    {
      const EngSettings *settings = eng_spec_get_run (spec, other);
      double             size;

      if (!have_same_start (spec, run, other) || !eng_settings_has (settings, "lambda1"))
        continue;
      size = eng_taylor_terms_direction_size (settings, sizes->n, sizes->d);
      largest = MAX (largest, size);
    }
  return largest;
}

double
eng_memory_estimate (EngSpec *spec, const EngSizes *sizes)
{
  const EngSettings *observe = eng_spec_get_observe (spec);
  double             bytes = eng_problem_estimate_bytes (sizes);
  gsize              d = (gsize) sizes->d;
  gsize              probes = eng_settings_has (observe, "probes")
                                  ? (gsize) eng_settings_get_int (observe, "probes")
                                  : eng_basis_default_probes (d, sizes->k);

  for (guint run = 0; run < eng_spec_get_n_runs (spec); run++)
    {
      const EngSettings *settings = eng_spec_get_run (spec, run);

      bytes += eng_run_estimate_bytes (spec, run, sizes);
      if (eng_settings_is_choice (observe, "spectrum", "log")
          && eng_spec_get_learner_class (spec, run)->full_network
          && eng_spec_get_learner_class (spec, run)->two_layer != NULL)
        bytes += later_spectrum_bytes (settings, d, probes);
      if (eng_spec_get_learner_class (spec, run)->two_layer != NULL
          && is_first_of_its_start (spec, run))
        bytes += eng_basis_estimate_bytes ((gsize) eng_settings_get_int (settings, "m"),
                                           d, sizes->k, probes,
                                           get_direction_size (spec, run, sizes));
    }
  return bytes;
}

/* Whether the spec fits with group.key set to `value`. */
static gboolean
fits_with (EngSpec *spec, const char *group, const char *key, gint64 value)
{
  g_autofree char    *text = g_strdup_printf ("%" G_GINT64_FORMAT, value);
  g_autoptr (EngSpec) changed = eng_spec_with_value (spec, group, key, text, NULL);
  EngSizes            sizes;

  return changed != NULL && eng_problem_spec_sizes (changed, &sizes)
         && eng_memory_estimate (changed, &sizes) <= eng_memory_get_budget ();
}

/* The largest even value of the key that fits, by bisection; 0 if none does. */
static gint64
largest_fitting (EngSpec    *spec,
                 const char *group,
                 const char *key,
                 gint64      smallest,
                 gint64      now)
{
  gint64 low = smallest, high = now;

  if (!fits_with (spec, group, key, low))
    return 0;
  while (high - low > MAX (1, low / 200))
    {
      gint64 middle = low + (high - low) / 2;

      middle -= middle % 2;
      if (middle <= low)
        break;
      if (fits_with (spec, group, key, middle))
        low = middle;
      else
        high = middle;
    }
  return low;
}

gint64
eng_memory_largest_fitting (EngSpec *spec, const char *group, const char *key)
{
  gboolean           is_problem = g_str_has_prefix (group, "problem");
  const EngSettings *settings = is_problem ? eng_spec_get_problem (spec)
                                           : eng_spec_get_run (spec, 0);

  return largest_fitting (spec, group, key, 2, eng_settings_get_int (settings, key));
}

/* Whether the spec fits if training inputs are drawn again instead of kept. */
static gboolean
fits_streamed (EngSpec *spec)
{
  g_autoptr (EngSpec) changed = NULL;
  EngSizes            sizes;

  if (!eng_settings_has (eng_spec_get_problem (spec), "storage"))
    return FALSE;
  changed = eng_spec_with_value (spec, "problem", "storage", "streamed", NULL);
  return changed != NULL && eng_problem_spec_sizes (changed, &sizes)
         && eng_memory_estimate (changed, &sizes) <= eng_memory_get_budget ();
}

static void
append_hint (GString *hint, const char *name, gint64 value)
{
  if (value > 0 && hint->len > 0)
    /* Translators: between alternatives: n ≤ 5000 or m ≤ 300 or d ≤ 60. */
    g_string_append (hint, _ (" or "));
  if (value > 0)
    g_string_append_printf (hint, "%s ≤ %" G_GINT64_FORMAT, name, value);
}

/* Of the run with the most features of its own. */
static void
append_features (GString *hint, EngSpec *spec)
{
  gint64 most = 0;
  guint  owner = 0;

  for (guint run = 0; run < eng_spec_get_n_runs (spec); run++)
    {
      const EngLearnerClass *klass = eng_spec_get_learner_class (spec, run);
      const EngSettings     *settings = eng_spec_get_run (spec, run);

      if (klass->has_spectrum == NULL || !klass->has_spectrum (spec, settings)
          || eng_settings_get_int (settings, "features") <= most)
        continue;
      most = eng_settings_get_int (settings, "features");
      owner = run;
    }
  if (most > 0)
    {
      g_autofree char *group = g_strdup_printf ("run.%u", owner + 1);

      append_hint (hint, "features", largest_fitting (spec, group, "features", 2, most));
    }
}

/* "n ≤ 5000 or m ≤ 300 or d ≤ 60 or storage = streamed"; "" if no single size helps. */
static char *
describe_fit (EngSpec *spec, const EngSizes *sizes)
{
  g_autoptr (GString) hint = g_string_new (NULL);
  gint64              m = 0;

  for (guint run = 0; run < eng_spec_get_n_runs (spec); run++)
    if (eng_param_find (eng_spec_get_learner_class (spec, run)->tables, "m") != NULL)
      m = MAX (m, eng_settings_get_int (eng_spec_get_run (spec, run), "m"));
  append_hint (hint, "n", largest_fitting (spec, "problem", "n", 2, (gint64) sizes->n));
  if (m > 0)
    append_hint (hint, "m", largest_fitting (spec, "run.*", "m", 2, m));
  append_features (hint, spec);
  append_hint (hint, "d", largest_fitting (spec, "problem", "d", 2, (gint64) sizes->d));
  if (fits_streamed (spec))
    g_string_append_printf (hint, "%sstorage = streamed",
                            hint->len > 0 ? _ (" or ") : "");
  return g_string_free (g_steal_pointer (&hint), FALSE);
}

gboolean
eng_memory_check (EngSpec *spec, const EngSizes *sizes, GError **error)
{
  EngSizes         from_spec;
  double           need;
  g_autofree char *needed = NULL, *available = NULL, *hint = NULL;

  if (sizes == NULL)
    {
      if (!eng_problem_spec_sizes (spec, &from_spec))
        return TRUE;
      sizes = &from_spec;
    }
  need = eng_memory_estimate (spec, sizes);
  if (need <= eng_memory_get_budget ())
    return TRUE;
  needed = g_format_size (need < 9e18 ? (guint64) need : G_MAXINT64);
  available = g_format_size ((guint64) eng_memory_get_budget ());
  hint = describe_fit (spec, sizes);
  if (*hint != '\0')
    g_set_error (
        error, ENG_ERROR, ENG_ERROR_TOO_LARGE,
        /* Translators: sizes of memory; at the end alternatives: n ≤ 5000 or m ≤ 300. */
        _ ("n = %.0f, d = %.0f needs %s and %s are free; what fits: %s"), sizes->n,
        sizes->d, needed, available, hint);
  else
    g_set_error (error, ENG_ERROR, ENG_ERROR_TOO_LARGE,
                 _ ("n = %.0f, d = %.0f needs %s and %s are free; what fits: smaller n, "
                    "m and d together"),
                 sizes->n, sizes->d, needed, available);
  return FALSE;
}
