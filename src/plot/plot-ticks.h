/* SPDX-License-Identifier: GPL-3.0-or-later
 * Ticks of an axis: where they stand, which carry a label, and what it says. */
#pragma once

#include "plot-format.h"
#include "plot-scale.h"

G_BEGIN_DECLS

typedef struct
{
  double   value;
  gboolean major; /* long, with a grid line */
  char    *label; /* (nullable) */
} PlotTick;

/* Ticks from the low to the high end.  Labels are at least `spacing` pixels apart: decades
 * first drop every second label.  `plain`: see plot_format_decade ().
 * Returns: (transfer full) (element-type PlotTick). */
GArray *plot_ticks_new (const PlotScale *scale,
                        PlotNumber       number,
                        double           spacing,
                        gboolean         plain) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
