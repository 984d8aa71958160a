/* SPDX-License-Identifier: GPL-3.0-or-later
 * The registries: everything of a kind, in the order of the generated lists, and look-up
 * by id.  Constant; readable from any thread. */
#pragma once

#include "eng-learner.h"
#include "eng-observable.h"
#include "eng-problem.h"

G_BEGIN_DECLS

/* NULL-terminated arrays. */
const EngProblemClass *const    *eng_registry_get_problems (void);
const EngLearnerClass *const    *eng_registry_get_learners (void);
const EngObservableClass *const *eng_registry_get_observables (void);

/* Returns: (nullable). */
const EngProblemClass *eng_registry_find_problem (const char *id);
const EngLearnerClass *eng_registry_find_learner (const char *id);

/* The tables of `[observe]`. NULL-terminated. */
const EngParam *const *eng_registry_get_observe_tables (void);

G_END_DECLS
