/* SPDX-License-Identifier: GPL-3.0-or-later
 * Groups: the eigenvalues of Σ̂ of a random first layer by rank, in a band for each degree
 * of the inputs that they stand for; what the plot Spectrum shows of three layers. */
#pragma once

#include "eng-snapshot.h"
#include "plot-frame.h"

G_BEGIN_DECLS

/* Fills the frame and its panel, whose axes are made, from the spectrum of run `owner`. */
void plot_groups_add (PlotFrame         *frame,
                      PlotPanel         *panel,
                      const EngSnapshot *snapshot,
                      guint              owner);

G_END_DECLS
