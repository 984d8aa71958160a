/* SPDX-License-Identifier: GPL-3.0-or-later
 * Between the files of EngProblem. */
#pragma once

#include "eng-problem.h"

G_BEGIN_DECLS

/* The keys of the input law, where the problem has them. */
void eng_problem_read_sampling (EngProblem *self);
/* Training and test set, by the law and the teacher. */
void eng_problem_draw (EngProblem *self);

G_END_DECLS
