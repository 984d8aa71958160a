/* SPDX-License-Identifier: GPL-3.0-or-later
 * Colour follows the algorithm and is fixed when the run is made. */
#include "config.h"

#include "plot-run-style.h"

#include "eng-learner.h"
#include "plot.h"

#include <math.h>
#include <string.h>

/* Where a run goes whose own slot is taken. */
static const PlotRunStyle free_order[] = { PLOT_RUN_RICH,       PLOT_RUN_LAZY,
                                           PLOT_RUN_JOINT,      PLOT_RUN_QUADRATIC,
                                           PLOT_RUN_SPARE,      PLOT_RUN_NEARLY_LAZY,
                                           PLOT_RUN_NEARLY_RICH };

/* From the laziest to the richest network. */
static const PlotRunStyle ramp[] = { PLOT_RUN_LAZY, PLOT_RUN_NEARLY_LAZY,
                                     PLOT_RUN_NEARLY_RICH, PLOT_RUN_RICH };

typedef struct
{
  const PlotRunKind *kinds;
  guint              n;
  PlotRunStyle      *styles;
  gboolean           taken[PLOT_N_RUN_STYLES];
  gboolean          *done; /* (n) */
} Assignment;

static void
take (Assignment *self, guint run, PlotRunStyle style)
{
  self->styles[run] = style;
  self->taken[style] = TRUE;
  self->done[run] = TRUE;
}

/* Returns: the slot of the algorithm; -1 if it has none of its own. */
static int
get_own_style (const PlotRunKind *kind)
{
  if (g_strcmp0 (kind->learner, "lazy") == 0
      || g_strcmp0 (kind->learner, "kernel-ridge") == 0
      || g_strcmp0 (kind->learner, "frobenius") == 0)
    return PLOT_RUN_LAZY;
  if (g_strcmp0 (kind->learner, "quadratic") == 0)
    return PLOT_RUN_QUADRATIC;
  if (g_strcmp0 (kind->learner, "joint") == 0)
    return kind->regularised ? PLOT_RUN_RICH : PLOT_RUN_JOINT;
  if (g_strcmp0 (kind->learner, "network") == 0
      || g_strcmp0 (kind->learner, "diagonal") == 0)
    return PLOT_RUN_RICH;
  if (g_strcmp0 (kind->learner, "ap-rom") == 0)
    return PLOT_RUN_SPARE;
  return -1;
}

static gboolean
is_network (const PlotRunKind *kind)
{
  return isfinite (kind->alpha);
}

/* Networks on the ramp: at least two, and no two of one alpha. */
static guint
count_ramp (const Assignment *self)
{
  guint n_networks = 0;

  for (guint i = 0; i < self->n; i++)
    {
      if (!is_network (&self->kinds[i]))
        continue;
      n_networks++;
      for (guint j = 0; j < i; j++)
        if (is_network (&self->kinds[j]) && self->kinds[i].alpha == self->kinds[j].alpha)
          return 0;
    }
  return n_networks >= 2 && n_networks <= G_N_ELEMENTS (ramp) ? n_networks : 0;
}

static void
assign_ramp (Assignment *self, guint n_networks)
{
  PlotRunStyle slots[G_N_ELEMENTS (ramp)];
  guint        n_slots = 0;

  for (guint i = 0; i < G_N_ELEMENTS (ramp); i++)
    if (!self->taken[ramp[i]])
      slots[n_slots++] = ramp[i];
  if (n_slots < n_networks)
    return;
  for (guint i = 0; i < self->n; i++)
    {
      guint larger = 0;

      if (!is_network (&self->kinds[i]))
        continue;
      for (guint j = 0; j < self->n; j++)
        larger += is_network (&self->kinds[j])
                  && self->kinds[j].alpha > self->kinds[i].alpha;
      take (self, i, slots[larger * (n_slots - 1) / (n_networks - 1)]);
    }
}

void
plot_assign_run_styles (const PlotRunKind *kinds, guint n, PlotRunStyle *styles)
{
  g_autofree gboolean *done = g_new0 (gboolean, n + 1);
  Assignment           self = { .kinds = kinds, .n = n, .styles = styles, .done = done };
  guint                n_networks = count_ramp (&self);

  for (guint i = 0; i < n; i++)
    {
      int own = get_own_style (&kinds[i]);

      if (own >= 0 && !self.taken[own] && !(n_networks > 0 && is_network (&kinds[i])))
        take (&self, i, (PlotRunStyle) own);
    }
  if (n_networks > 0)
    assign_ramp (&self, n_networks);
  for (guint i = 0; i < n; i++)
    {
      for (guint j = 0; j < G_N_ELEMENTS (free_order) && !done[i]; j++)
        if (!self.taken[free_order[j]])
          take (&self, i, free_order[j]);
      if (!done[i])
        take (&self, i, (PlotRunStyle) (i % PLOT_N_RUN_STYLES));
    }
}

static PlotRunKind
read_kind (EngSpec *spec, guint run)
{
  const EngSettings *settings = eng_spec_get_run (spec, run);
  PlotRunKind        kind = { .learner = eng_spec_get_learner_class (spec, run)->id,
                              .alpha = NAN };

  if (eng_settings_has (settings, "lambda1"))
    kind.regularised = eng_settings_get_double (settings, "lambda1") > 0;
  if (eng_spec_get_learner_class (spec, run)->full_network
      && eng_settings_has (settings, "alpha"))
    kind.alpha = eng_settings_get_double (settings, "alpha");
  return kind;
}

static PlotRunStyle *
dup_spec_styles (EngSpec *spec)
{
  guint                   n = eng_spec_get_n_runs (spec);
  PlotRunStyle           *styles = g_new0 (PlotRunStyle, n + 1);
  g_autofree PlotRunKind *kinds = g_new0 (PlotRunKind, n + 1);

  for (guint i = 0; i < n; i++)
    kinds[i] = read_kind (spec, i);
  plot_assign_run_styles (kinds, n, styles);
  return styles;
}

PlotRunStyle
plot_get_run_style (const EngSpec *spec, guint run)
{
  /* Getters of the spec only read; their signature predates this one. */
  EngSpec                 *readable = (EngSpec *) spec;
  g_autofree PlotRunStyle *styles = NULL;

  if (spec == NULL || run >= eng_spec_get_n_runs (readable))
    return free_order[(run + 1) % G_N_ELEMENTS (free_order)];
  styles = dup_spec_styles (readable);
  return styles[run];
}

PlotRunStyle *
plot_dup_snapshot_styles (const EngSnapshot *snapshot)
{
  guint                   n = snapshot->n_runs;
  PlotRunStyle           *styles;
  g_autofree PlotRunKind *kinds = NULL;

  if (snapshot->spec != NULL && eng_spec_get_n_runs (snapshot->spec) == n)
    return dup_spec_styles (snapshot->spec);
  styles = g_new0 (PlotRunStyle, n + 1);
  kinds = g_new0 (PlotRunKind, n + 1);
  for (guint i = 0; i < n; i++)
    kinds[i] = (PlotRunKind){ .learner = snapshot->runs[i].learner, .alpha = NAN };
  plot_assign_run_styles (kinds, n, styles);
  return styles;
}
