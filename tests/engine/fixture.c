/* SPDX-License-Identifier: GPL-3.0-or-later
 * Problems and students with given numbers. */
#include "fixture.h"

#include "eng-registry.h"

#include <string.h>

/* Unlabelled inputs and probes are told apart by their number. */
static void
sample (EngProblem *problem, EngRng *rng, EngMatF *x)
{
  Fixture       *self = problem->state;
  const EngMatF *from = x->rows == self->unlabelled.rows ? &self->unlabelled
                                                         : &self->probes;

  g_assert_cmpuint (x->rows, ==, from->rows);
  memcpy (x->data, from->data, x->rows * x->cols * sizeof (float));
}

static const EngProblemClass given_problem = {
  .id = "given",
  .sample = sample,
};

void
fixture_init (Fixture *self, guint k)
{
  *self = (Fixture){ .arena = eng_arena_new () };
  self->problem = (EngProblem){ .klass = &given_problem,
                                .arena = self->arena,
                                .state = self,
                                .has_law = TRUE,
                                .k = k,
                                .variance = 1.0 };
}

void
fixture_set_train (Fixture *self, const EngMatF *x, const double *y)
{
  EngProblem *problem = &self->problem;

  problem->x_train = *x;
  problem->n = x->rows;
  problem->d = x->cols;
  problem->inputs.d = x->cols;
  problem->y_train = eng_arena_doubles (self->arena, x->rows);
  memcpy (problem->y_train, y, x->rows * sizeof (double));
}

void
fixture_clear (Fixture *self)
{
  eng_arena_free (self->arena);
}

EngSpec *
fixture_spec (const char *text)
{
  g_autoptr (GError) error = NULL;
  EngSpec           *spec = eng_spec_new_from_text (text, -1, &error);

  g_assert_no_error (error);
  return spec;
}

void
student_init (Student *self, Fixture *fixture, const char *learner, const char *settings)
{
  EngProblem        *problem = &fixture->problem;
  g_autofree char   *text = NULL;
  g_autoptr (GError) error = NULL;
  EngContext         context;

  text = g_strdup_printf ("[experiment]\nversion=1\n"
                          "[problem]\nkind=low-rank-polynomial\nd=%zu\nn=%zu\n"
                          "[run.1]\nlearner=%s\n%s",
                          problem->d, problem->n, learner, settings);
  self->spec = fixture_spec (text);
  problem->spec = self->spec;
  problem->settings = eng_spec_get_problem (self->spec);
  self->arena = eng_arena_new ();
  self->streams = g_ptr_array_new_with_free_func ((GDestroyNotify) eng_rng_free);
  self->basis = NULL;
  context = (EngContext){ .settings = eng_spec_get_run (self->spec, 0),
                          .problem = problem,
                          .arena = self->arena,
                          .seed = eng_spec_get_run_seed (self->spec, 0),
                          .streams = self->streams };
  self->learner = eng_learner_new (eng_spec_get_learner_class (self->spec, 0), &context,
                                   &error);
  g_assert_no_error (error);
  self->net = eng_learner_two_layer (self->learner);
}

void
student_prepare (Student *self, Fixture *fixture, EngLanes *lanes)
{
  g_autoptr (GError) error = NULL;

  if (fixture->probes.rows > 0)
    self->basis = eng_basis_new (self->net, &fixture->problem, fixture->probes.rows, NULL,
                                 &error);
  g_assert_no_error (error);
  eng_learner_prepare (self->learner, self->basis, lanes, &error);
  g_assert_no_error (error);
}

EngMatF
student_expand_top (const Student *self, EngArena *arena)
{
  const EngMatF *top = eng_basis_get_top (self->basis);
  EngMatF        all = eng_arena_matf (arena, top->rows, self->net->m * self->net->d);

  for (gsize k = 0; k < all.rows; k++)
    for (gsize i = 0; i < all.cols; i++)
      all.data[k * all.cols + i] = i < top->cols
                                       ? top->data[k * top->cols + i]
                                       : -top->data[k * top->cols + i - top->cols];
  return all;
}

void
student_clear (Student *self)
{
  g_clear_pointer (&self->basis, eng_basis_free);
  g_ptr_array_unref (self->streams);
  eng_arena_free (self->arena);
  eng_spec_unref (self->spec);
}
