/* SPDX-License-Identifier: GPL-3.0-or-later
 * The competitors of AP-ROM against reference iterates on one batch, whose inputs are
 * exact in float.  In eight dimensions the Krylov start spans everything, so it is the
 * exact spectral start of the reference. */
#include "eng-experiment.h"
#include "fixture.h"
#include "oracle.h"

#include <math.h>

/* All arithmetic is in double. */
#define SAME ORACLE_DOUBLE

typedef struct
{
  Oracle        *oracle;
  Fixture        fixture;
  Student        student;
  EngLowRank     truth;
  EngLowRankWork work;
} Rival;

static void
rival_init (Rival *self, const char *learner, const char *settings)
{
  const EngMat *u, *s;
  EngMatF       x;
  EngMat        rows;
  EngArena     *arena;
  gsize         p, r;

  self->oracle = oracle_load ("rankone_competitors");
  fixture_init (&self->fixture, 1);
  arena = self->fixture.arena;
  x = oracle_float (self->oracle, "X", arena);
  fixture_set_train (&self->fixture, &x, oracle_get (self->oracle, "y")->data);
  student_init (&self->student, &self->fixture, learner, settings);
  student_prepare (&self->student, &self->fixture, NULL);
  u = oracle_get (self->oracle, "U0");
  s = oracle_get (self->oracle, "s0");
  p = u->rows;
  r = u->cols;
  rows = eng_arena_mat (arena, r, p);
  for (gsize i = 0; i < p; i++)
    for (gsize j = 0; j < r; j++)
      rows.data[j * p + i] = u->data[i * r + j];
  eng_low_rank_init (&self->truth, p, r, arena);
  eng_low_rank_work_init (&self->work, p, 4 * p, arena);
  g_assert_true (eng_low_rank_add (&self->truth, &rows, s->data, r, &self->work));
}

static void
rival_clear (Rival *self)
{
  student_clear (&self->student);
  fixture_clear (&self->fixture);
  oracle_free (self->oracle);
}

static double
take_step (Rival *self)
{
  g_assert_cmpint (eng_learner_step (self->student.learner, NULL), ==,
                   ENG_STATUS_CONTINUE);
  return eng_low_rank_distance (eng_learner_low_rank (self->student.learner),
                                &self->truth, &self->work)
         / eng_low_rank_norm (&self->truth);
}

/* L as (p, p) numbers. */
static EngMat
expand (const EngLowRank *l, EngArena *arena)
{
  gsize  p = l->u.cols;
  EngMat all = eng_arena_mat (arena, p, p);

  for (gsize k = 0; k < l->rank; k++)
    for (gsize i = 0; i < p; i++)
      for (gsize j = 0; j < p; j++)
        all.data[i * p + j] += l->s[k] * l->u.data[k * p + i] * l->u.data[k * p + j];
  return all;
}

typedef struct
{
  const char *block, *learner, *settings;
  gboolean    has_start; /* its first step is the start */
} Iterates;

static const Iterates iterates[] = {
  { "fgd", "factored-gd", "fit-rank=2\n", TRUE },
  { "scaled", "factored-gd", "fit-rank=2\nscaled=true\n", TRUE },
  { "gfm", "gfm", "fit-rank=2\nsamples=batch\n", FALSE },
};

static void
test_iterates (gconstpointer data)
{
  const Iterates *self = data;
  Rival           rival;
  double          errors[10];

  rival_init (&rival, self->learner, self->settings);
  if (self->has_start)
    {
      const EngLowRank *l = eng_learner_low_rank (rival.student.learner);

      oracle_check_value (rival.oracle, "start_error", take_step (&rival), SAME);
      oracle_check (rival.oracle, "start_eigenvalues", l->rank, l->s, SAME);
    }
  for (gsize t = 0; t < G_N_ELEMENTS (errors); t++)
    errors[t] = take_step (&rival);
  oracle_check (rival.oracle, self->block, G_N_ELEMENTS (errors), errors, SAME);
  rival_clear (&rival);
}

/* Standard deviation of the residual of the present estimate, intercept fitted. */
static double
measure_residual (Rival *self)
{
  const EngProblem  *problem = &self->fixture.problem;
  gsize              n = problem->n;
  double             mean = 0.0, square = 0.0;
  g_autofree double *c = g_new (double, n);

  eng_low_rank_evaluate (eng_learner_low_rank (self->student.learner), &problem->x_train,
                         NULL, c);
  for (gsize i = 0; i < n; i++)
    mean += (c[i] -= problem->y_train[i]) / (double) n;
  for (gsize i = 0; i < n; i++)
    square += (c[i] - mean) * (c[i] - mean) / (double) n;
  return sqrt (square);
}

#define N_ATOMS 4

static const Iterates greedy[] = {
  { "geco", "geco", "atoms=4\n", FALSE },
  { "geco_full", "geco", "atoms=4\nrefit=core\n", FALSE },
};

/* Errors and residuals, and the end when all atoms are there. */
static void
test_greedy (gconstpointer data)
{
  const Iterates *self = data;
  Rival           rival;
  double          rows[2 * N_ATOMS];

  rival_init (&rival, self->learner, self->settings);
  for (gsize k = 0; k < N_ATOMS; k++)
    {
      rows[2 * k] = take_step (&rival);
      rows[2 * k + 1] = measure_residual (&rival);
    }
  oracle_check (rival.oracle, self->block, 2 * N_ATOMS, rows, SAME);
  g_assert_cmpint (eng_learner_step (rival.student.learner, NULL), ==,
                   ENG_STATUS_FINISHED);
  rival_clear (&rival);
}

/* Steps until rounding: the reference is converged to 1e-9. */
#define CONVEX_STEPS 3000
#define CONVEX       1e-5

static void
test_nuclear_norm (void)
{
  Rival         rival;
  const EngMat *want;
  gsize         p;
  double        objective;
  EngMat        got;

  rival_init (&rival, "nuclear-norm", "lambda=0.03125\n");
  for (guint step = 0; step < CONVEX_STEPS; step++)
    (void) take_step (&rival);
  want = oracle_get (rival.oracle, "nuclear.L");
  p = want->rows;
  got = expand (eng_learner_low_rank (rival.student.learner), rival.fixture.arena);
  oracle_check (rival.oracle, "nuclear.L", p * p, got.data, CONVEX);
  objective = pow (measure_residual (&rival), 2.0) / 4.0;
  for (gsize j = 0; j < eng_learner_low_rank (rival.student.learner)->rank; j++)
    objective += 0.03125 * fabs (eng_learner_low_rank (rival.student.learner)->s[j]);
  oracle_check_value (rival.oracle, "nuclear.objective", objective, CONVEX);
  rival_clear (&rival);
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  eng_init ();
  for (gsize i = 0; i < G_N_ELEMENTS (iterates); i++)
    {
      g_autofree char *path = g_strconcat ("/engine/rivals/", iterates[i].block, NULL);

      g_test_add_data_func (path, &iterates[i], test_iterates);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (greedy); i++)
    {
      g_autofree char *path = g_strconcat ("/engine/rivals/", greedy[i].block, NULL);

      g_test_add_data_func (path, &greedy[i], test_greedy);
    }
  g_test_add_func ("/engine/rivals/nuclear-norm", test_nuclear_norm);
  status = g_test_run ();
  oracle_report ();
  return status;
}
