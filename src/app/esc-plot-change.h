/* SPDX-License-Identifier: GPL-3.0-or-later
 * Whether a newer snapshot would give another picture.  Most do not: records become rare
 * on a logarithmic axis of steps, and the spectrum stays as it was. */
#pragma once

#include "eng-snapshot.h"
#include "plot-frame.h"

G_BEGIN_DECLS

/* `frame` shows `drawn`. */
gboolean esc_plot_would_change (const PlotFrame   *frame,
                                const EngSnapshot *drawn,
                                const EngSnapshot *snapshot);

G_END_DECLS
