/* SPDX-License-Identifier: GPL-3.0-or-later
 * Advice of the matrix learners. */
#include "config.h"

#include "eng-recovery-advice.h"

#include "eng-certificate.h"
#include "eng-growth.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* C that one batch needs with steps of a fixed size, up to this one and above it
 * (rank-one.md section 6). */
#define SAFE_BATCH_STEP  0.75
#define LEAST_LARGE_STEP 16

double
eng_recovery_least_fresh (gsize rank, double step_size)
{
  if (step_size < 1)
    return rank == 1 ? 4 : 3;
  if (rank == 1)
    return 12;
  return rank < 5 ? 5 : rank < 8 ? 4 : 2.5;
}

char *
eng_recovery_hint_samples (EngSpec *spec, const EngSettings *settings, double least)
{
  const EngSettings *problem = eng_spec_get_problem (spec);
  gsize              rank = eng_recovery_find_rank (settings, problem), d, n;
  double             c;

  if (!eng_settings_has (problem, "d") || !eng_settings_has (problem, "n"))
    return NULL;
  d = (gsize) eng_settings_get_int (problem, "d");
  n = (gsize) eng_settings_get_int (problem, "n");
  c = eng_certificate_get_samples (n, d, rank);
  if (c >= least)
    return NULL;
  /* Translators: samples for each unknown number, n/(d r): how many there are, how many a
   * method needs, and the n that gives them. */
  return g_strdup_printf (
      _ ("Few samples: C = %.2g. It is reliable from C ≈ %.3g, n = %.0f."), c, least,
      ceil (least * (double) d * (double) rank));
}

static gboolean
is_batch (const EngSettings *settings)
{
  return eng_settings_has (settings, "samples")
         && eng_settings_is_choice (settings, "samples", "batch");
}

/* Only AP-ROM, which has heads, searches along them. */
static gboolean
searches_line (const EngSettings *settings)
{
  return eng_settings_has (settings, "head");
}

/* One batch, and steps of a fixed size.  Section 6 has it for rank 5; the others were
 * measured here at d = 60 on six seeds. */
static double
get_least_fixed (gsize rank)
{
  return rank < 3 ? 16 : rank < 5 ? 12 : 8;
}

/* One batch, and a line search. */
static double
get_least_searched (const EngSettings *settings, gsize rank)
{
  if (rank == 1)
    return 4;
  if (!eng_settings_is_choice (settings, "growth", "none"))
    return rank < 5 ? 3 : 2.5;
  return rank < 5 ? 6 : 4;
}

/* Whether correlations are left in the inputs that whitening would take out. */
static gboolean
needs_whitening (EngSpec *spec, const EngSettings *settings)
{
  const EngSettings *problem = eng_spec_get_problem (spec);

  return eng_settings_has (settings, "whiten") && !eng_recovery_is_whitened (settings)
         && eng_settings_has (problem, "inputs")
         && eng_settings_is_choice (problem, "inputs", "elliptical");
}

/* Of a run too short to choose its rank. */
static char *
hint_steps (EngSpec *spec, const EngSettings *settings)
{
  const EngSettings *problem = eng_spec_get_problem (spec);
  gsize              least;

  if (!eng_settings_has (settings, "growth") || !eng_settings_has (problem, "d"))
    return NULL;
  least = eng_growth_get_least_steps (settings,
                                      (gsize) eng_settings_get_int (problem, "d"));
  if ((gsize) eng_settings_get_int (settings, "steps") >= least)
    return NULL;
  return g_strdup_printf (_ ("Too few steps: no rank is chosen before step %zu."), least);
}

char *
eng_recovery_get_hint (EngSpec *spec, const EngSettings *settings)
{
  gsize  rank = eng_recovery_find_rank (settings, eng_spec_get_problem (spec));
  double step_size = eng_settings_has (settings, "step-size")
                         ? eng_settings_get_double (settings, "step-size")
                         : 0;
  double least;
  char  *few;

  if (!is_batch (settings))
    least = eng_recovery_least_fresh (rank, step_size);
  else if (searches_line (settings) && !(step_size > 0))
    least = get_least_searched (settings, rank);
  else
    least = step_size > SAFE_BATCH_STEP ? LEAST_LARGE_STEP : get_least_fixed (rank);
  few = eng_recovery_hint_samples (spec, settings, least);
  if (few == NULL && needs_whitening (spec, settings))
    return g_strdup (_ ("The inputs are correlated: whitened, they are fitted faster."));
  return few != NULL ? few : hint_steps (spec, settings);
}

/* --- divergence -------------------------------------------------------------------- */

static gboolean
is_misread (const EngSettings *settings)
{
  return eng_settings_has (settings, "gradient")
         && !eng_settings_is_choice (settings, "gradient", "centred")
         && !eng_settings_is_choice (settings, "gradient", "paper");
}

gboolean
eng_recovery_find_remedy (EngSpec *spec, const EngSettings *settings, EngRemedy *remedy)
{
  static const EngRemedy whitened = {
    "whiten", "true",
    N_ ("The inputs are correlated, so the gradient does not point to L*; whitened they are "
        "not."),
    N_ ("correlated inputs"), N_ ("_Restart with Whitened Inputs")
  };
  static const EngRemedy centred = {
    "gradient", "centred",
    N_ ("The gradient is misread: on average it does not point to L*, so no step size helps."),
    N_ ("its gradient is misread"), N_ ("_Restart with the Centred Gradient")
  };
  static const EngRemedy line_search = {
    "step-size", NULL,
    N_ ("On samples that are used again a step of fixed size can go too far; a line search "
        "finds how far each may go."),
    N_ ("a fixed step size on one batch"), N_ ("_Restart with a Line Search")
  };
  static const EngRemedy own_step = {
    "step-size", NULL,
    N_ ("The step size is fixed, and too large for so few samples; by default it follows "
        "from their number."),
    N_ ("a fixed step size"), N_ ("_Restart with the Default Step Size")
  };
  static const EngRemedy fresh = {
    "samples", "fresh",
    N_ ("Steps of this size go too far on samples that are used again; with fresh ones in "
        "every iteration they do not."),
    N_ ("one batch, used again"), N_ ("_Restart with Fresh Samples")
  };

  if (is_misread (settings))
    *remedy = centred;
  else if (needs_whitening (spec, settings))
    *remedy = whitened;
  else if (eng_settings_has (settings, "step-size"))
    *remedy = is_batch (settings) && searches_line (settings) ? line_search : own_step;
  else if (is_batch (settings) && !searches_line (settings))
    *remedy = fresh;
  else
    return FALSE;
  return TRUE;
}
