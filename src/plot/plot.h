/* SPDX-License-Identifier: GPL-3.0-or-later
 * The plots: each turns an engine snapshot into a PlotFrame, plain data to draw.
 * The window, the command line and the exports draw with the same code. */
#pragma once

#include "eng-snapshot.h"
#include "plot-frame.h"
#include "plot-theme.h"

G_BEGIN_DECLS

/* What a person may choose about a plot; what is recorded never depends on it. */
typedef struct
{
  gboolean x_linear;     /* default: logarithmic steps */
  gboolean y_linear;     /* default: the plot's own (loss, movement, spectrum: log) */
  guint    measure;      /* index into the class's `measures` */
  guint    selected_run; /* whose Σ the spectrum shows */

  const EngSnapshot *pinned; /* (nullable) borrowed: whose curves lie behind */
  const PlotFrame *earlier; /* (nullable) borrowed: of any plot; what is in it of the same
                               traces is continued.  The frame is the same without. */

  PlotRange x_range, y_range; /* what is looked at; none: everything */
  guint     y_panel;          /* whose y axis `y_range` is of, in a stacked frame */
} PlotOptions;

typedef struct
{
  const char        *id;         /* loss, spectrum ...: also the file name */
  const char        *title;      /* N_() */
  const char *const *measures;   /* N_(), NULL-terminated; NULL if there is one only */
  gboolean           over_steps; /* its x axis is time: read-outs and zoom are linked */
  gboolean           x_linear;   /* its x axis counts a few things: not logarithmic */
  gboolean           y_linear;   /* its y axis cannot be logarithmic: zero is on it */
  /* Whether it has something to show of an experiment; NULL: of every one. */
  gboolean (*suits) (EngSpec *spec);
  /* Fills a new frame that has the title of the class. */
  void (*project) (PlotFrame         *frame,
                   const EngSnapshot *snapshot,
                   const PlotOptions *options);
} PlotClass;

/* NULL-terminated, in the order of the generated list. */
const PlotClass *const *plot_get_classes (void);
const PlotClass        *plot_find_class (const char *id);

/* Whether the window shows it, and a run folder has it, for this experiment.  Any plot can
 * be projected for any: without data it is empty. */
gboolean plot_class_suits (const PlotClass *klass, EngSpec *spec);
/* How steps are shown before a person chooses: what falls by a constant factor, as under
 * matrix methods, which take few, and under a promised rate, is then a straight line; and
 * searches take as many for one direction as for another. */
gboolean plot_prefers_linear_steps (EngSpec *spec);

/* What a measure is called outside the window: "kernel-drift" for "Kernel Drift".
 * Returns: (transfer full) (nullable): NULL if there is no such measure. */
char *
plot_make_measure_id (const PlotClass *klass, guint measure) G_GNUC_WARN_UNUSED_RESULT;

/* Returns: (transfer full): never NULL; an empty snapshot gives a frame with axes and
 * theory and no data. `options` NULL: defaults. */
PlotFrame *plot_project (const PlotClass   *klass,
                         const EngSnapshot *snapshot,
                         const PlotOptions *options) G_GNUC_WARN_UNUSED_RESULT;

/* Slot of the palette that a run of this snapshot has (colour, dash and marker together),
 * fixed by its algorithm: design language section 3. */
PlotRunStyle plot_get_run_style (const EngSpec *spec, guint run);

G_END_DECLS
