/* SPDX-License-Identifier: GPL-3.0-or-later
 * Training without a window: to the end, or until Ctrl-C. */
#pragma once

#include "eng-experiment.h"

G_BEGIN_DECLS

/* As eng_experiment_new (); from now on Ctrl-C ends preparation and training.  `threads` as
 * given on the command line. */
EngExperiment *
cli_train_new (EngSpec *spec, int threads, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Prepares and trains, and shows how far it is unless `quiet`.
 * Returns: (transfer full) (nullable): the end, or what there was when it was
 * interrupted. */
EngSnapshot *cli_train (EngExperiment *experiment,
                        gboolean       quiet,
                        GError       **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean     cli_train_was_interrupted (void);

G_END_DECLS
