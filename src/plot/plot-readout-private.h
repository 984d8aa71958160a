/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the parts of PlotReadout share. */
#pragma once

#include "plot-readout.h"

G_BEGIN_DECLS

/* Returns: the first index whose x is at least `x`; n if there is none.  xs: (n)
 * increasing. */
gsize plot_readout_find (const double *xs, gsize n, double x);

G_END_DECLS
