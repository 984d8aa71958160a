/* SPDX-License-Identifier: GPL-3.0-or-later
 * The energy of the movement in the single eigendirections of Σ, as lines over their
 * ranks. */
#pragma once

#include "plot.h"

G_BEGIN_DECLS

/* Adds one line per run whose directions are those of run `owner`, which has a spectrum,
 * at their newest records, and what they need to the y axis.  Every value is a mean of
 * energies: over neighbouring ranks (see PlotSeries.until), and over all directions beyond
 * the resolved ones.  A logarithmic axis shows five to eight decades; what is below stands
 * on its floor row, with a note. */
void plot_directions_add (PlotPanel *panel, const EngSnapshot *snapshot, guint owner);

G_END_DECLS
