/* SPDX-License-Identifier: GPL-3.0-or-later
 * The registries, from the lists that meson generates. */
#include "config.h"

#include "eng-registry.h"

#include <string.h>

#define ENG_PROBLEM(name) extern const EngProblemClass eng_problem_##name;
#include "eng-problem-list.h"
#undef ENG_PROBLEM
#define ENG_LEARNER(name) extern const EngLearnerClass eng_learner_##name;
#include "eng-learner-list.h"
#undef ENG_LEARNER
#define ENG_OBSERVABLE(name) extern const EngObservableClass eng_observable_##name;
#include "eng-observable-list.h"
#undef ENG_OBSERVABLE

static const EngProblemClass *const problems[] = {
#define ENG_PROBLEM(name) &eng_problem_##name,
#include "eng-problem-list.h"
#undef ENG_PROBLEM
  NULL,
};

static const EngLearnerClass *const learners[] = {
#define ENG_LEARNER(name) &eng_learner_##name,
#include "eng-learner-list.h"
#undef ENG_LEARNER
  NULL,
};

static const EngObservableClass *const observables[] = {
#define ENG_OBSERVABLE(name) &eng_observable_##name,
#include "eng-observable-list.h"
#undef ENG_OBSERVABLE
  NULL,
};

static const EngParam *const observe_tables[] = { eng_observable_params, NULL };

const EngProblemClass *const *
eng_registry_get_problems (void)
{
  return problems;
}

const EngLearnerClass *const *
eng_registry_get_learners (void)
{
  return learners;
}

const EngObservableClass *const *
eng_registry_get_observables (void)
{
  return observables;
}

const EngProblemClass *
eng_registry_find_problem (const char *id)
{
  for (gsize i = 0; problems[i] != NULL; i++)
    if (strcmp (problems[i]->id, id) == 0)
      return problems[i];
  return NULL;
}

const EngLearnerClass *
eng_registry_find_learner (const char *id)
{
  for (gsize i = 0; learners[i] != NULL; i++)
    if (strcmp (learners[i]->id, id) == 0)
      return learners[i];
  return NULL;
}

const EngParam *const *
eng_registry_get_observe_tables (void)
{
  return observe_tables;
}
