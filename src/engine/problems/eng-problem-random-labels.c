/* SPDX-License-Identifier: GPL-3.0-or-later
 * Labels that say nothing: y ~ N(0, 1), independent of x, in the training and in the test
 * set (deep.md section 3).  There is no teacher; what a student fits it has memorised, and
 * its test loss cannot fall below 1. */
#include "config.h"

#include "eng-problem-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const EngParam *const tables[] = { eng_problem_common_params,
                                          eng_problem_input_params, NULL };

static guint
dense_degree (const EngSettings *settings)
{
  return 1;
}

static double
estimate_teacher (const EngSettings *settings, double d)
{
  return 0.0;
}

static gboolean
prepare (EngProblem *self, GError **error)
{
  return TRUE;
}

/* E[y | x]. */
static void
target (EngProblem *self, const EngMatF *x, double *y, double *parts)
{
  memset (y, 0, x->rows * sizeof (double));
}

static void
fill_labels (EngProblem *self, guint index, gsize n, double *y)
{
  g_autoptr (EngRng) rng = eng_rng_new (eng_spec_get_seed (self->spec), "noise", index);

  for (gsize i = 0; i < n; i++)
    y[i] = eng_rng_gaussian (rng);
}

static gboolean
load (EngProblem *self, GError **error)
{
  eng_problem_draw (self);
  fill_labels (self, 0, self->n, self->y_train);
  fill_labels (self, 1, self->n_test, self->y_test);
  return TRUE;
}

const EngProblemClass eng_problem_random_labels = {
  .id = "random-labels",
  .title = N_ ("Random labels"),
  .help = N_ ("noise alone: there is nothing to learn, only to memorise"),
  .tables = tables,
  .dense_degree = dense_degree,
  .estimate_teacher = estimate_teacher,
  .prepare = prepare,
  .target = target,
  .load = load,
};
