/* SPDX-License-Identifier: GPL-3.0-or-later
 * Which slot of the palette each run has: colour follows the algorithm. */
#pragma once

#include "eng-snapshot.h"
#include "plot-theme.h"

G_BEGIN_DECLS

/* What decides about the colour of a run. */
typedef struct
{
  const char *learner;     /* id; NULL if unknown */
  double      alpha;       /* of networks; NaN if unknown */
  gboolean    regularised; /* `joint` with lambda1 > 0 */
} PlotRunKind;

/* kinds, styles: (n).  The first run of an algorithm has its own slot, a later one the
 * next that is free; networks that differ in alpha go from lazy (largest) to rich. */
void plot_assign_run_styles (const PlotRunKind *kinds, guint n, PlotRunStyle *styles);

/* Works without a spec, from the ids of the learners.
 * Returns: (transfer full): (snapshot->n_runs). */
PlotRunStyle *
plot_dup_snapshot_styles (const EngSnapshot *snapshot) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
