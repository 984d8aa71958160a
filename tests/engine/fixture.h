/* SPDX-License-Identifier: GPL-3.0-or-later
 * Problems and students with given numbers: an EngProblem whose data, unlabelled inputs
 * and probes are arrays of the test, and learners whose weights the test sets. */
#pragma once

#include "eng-learner.h"
#include "eng-taylor.h"

G_BEGIN_DECLS

typedef struct
{
  EngArena  *arena;
  EngProblem problem;    /* variance 1: relative losses are mean squares */
  EngMatF    unlabelled; /* what a draw of as many rows yields */
  EngMatF    probes;     /* what a draw of as many rows yields */
} Fixture;

/* A problem with the training set (x, y) and dense degree k.  `x` must live in `arena`
 * memory of the fixture or outlive it; `y` is copied.   x: (n, d)  y: (n) */
void fixture_init (Fixture *self, guint k);
void fixture_set_train (Fixture *self, const EngMatF *x, const double *y);
void fixture_clear (Fixture *self);

/* One learner on that problem. */
typedef struct
{
  EngSpec     *spec;
  EngArena    *arena;
  GPtrArray   *streams;
  EngBasis    *basis;
  EngLearner  *learner;
  EngTwoLayer *net;
} Student;

/* `settings`: the lines of its group after `learner=`, with m and whatever else differs
 * from the defaults.  The weights are drawn; change them before student_prepare (). */
void
student_init (Student *self, Fixture *fixture, const char *learner, const char *settings);
/* A basis on the fixture's probes, if it has any, then the long computations. */
void student_prepare (Student *self, Fixture *fixture, EngLanes *lanes);
void student_clear (Student *self);
/* The directions of Q1 with the components of all neurons.   Returns: (n_q1, m d) */
EngMatF student_expand_top (const Student *self, EngArena *arena);

/* A spec that must be valid. */
EngSpec *fixture_spec (const char *text) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
