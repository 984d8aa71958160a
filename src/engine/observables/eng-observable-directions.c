/* SPDX-License-Identifier: GPL-3.0-or-later
 * directions: how well the directions that were found are those of the teacher: the cosines
 * of the principal angles between the two spans, and of every direction of the teacher the
 * largest |cosine| with one that was found (deep.md section 5). */
#include "config.h"

#include "eng-observable.h"
#include "eng-recovery.h"
#include "eng-run.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* Directions that have columns of their own. */
#define MAX_COLUMNS 16

enum
{
  SMALLEST,
  MATCHED,
  FIRST_EXTRA,
};

static const EngColumn columns[] = {
  { "smallest-cosine", N_ ("Smallest principal cosine") },
  { "matched-cosine", N_ ("Mean matched cosine") },
  { NULL, NULL },
};

typedef struct
{
  gsize   n_shown; /* directions of the teacher with columns of their own */
  EngMat  span;    /* (k, d) orthonormal rows; 0 rows if the teacher has no directions */
  EngMat  found;   /* (r, d) */
  EngMat  across;  /* (k, r) */
  EngMat  squares; /* (k, k) */
  double *values;  /* (k) squared cosines */
  double *solver;
  int    *integers;
} Directions;

static gsize
count_shown (const EngProblem *problem)
{
  return problem->directions.rows <= MAX_COLUMNS ? problem->directions.rows : 0;
}

/* Two for each direction of the teacher. */
static gboolean
extra_column (const EngProblem *problem, guint index, char **id, char **title)
{
  guint n = (guint) count_shown (problem), j = n > 0 ? index % n + 1 : 0;

  if (index >= 2 * n)
    return FALSE;
  *id = g_strdup_printf (index < n ? "principal-cosine-%u" : "matched-cosine-%u", j);
  *title = g_strdup_printf (index < n ? "Principal cosine %u" : "Matched cosine %u", j);
  return TRUE;
}

static void
init (gpointer state, const EngContext *context, EngLearner *learner)
{
  Directions       *self = state;
  const EngProblem *problem = context->problem;
  EngArena         *arena = context->arena;
  gsize             d = problem->d, k = MIN (problem->directions.rows, d);
  gsize             r = eng_recovery_get_rank (context);

  if (k == 0)
    return;
  self->n_shown = count_shown (problem);
  self->span = eng_arena_mat (arena, k, d);
  eng_problem_fill_span (problem, &self->span);
  self->found = eng_arena_mat (arena, r, d);
  self->across = eng_arena_mat (arena, k, r);
  self->squares = eng_arena_mat (arena, k, k);
  self->values = eng_arena_doubles (arena, k);
  self->solver = eng_arena_doubles (arena, eng_la_eigh_doubles (k));
  self->integers = eng_arena_bytes (arena, eng_la_eigh_integers (k), sizeof (int));
}

/* values <- cos² of the principal angles, descending: the eigenvalues of C Cᵀ, C the products
 * of the two bases.  Returns: FALSE if LAPACK gave up. */
static gboolean
find_squares (Directions *self, const EngMat *u)
{
  gsize  k = self->span.rows, d = self->span.cols;
  EngMat found = { u->rows, d, self->found.data }, across;
  EngMat squares = { k, k, self->squares.data };

  memset (self->values, 0, k * sizeof (double));
  if (u->rows == 0)
    return TRUE;
  memcpy (found.data, u->data, u->rows * d * sizeof (double));
  (void) eng_low_rank_orthonormalise (&found, NULL);
  across = (EngMat){ k, found.rows, self->across.data };
  eng_la_gemm_nt (1.0, &self->span, &found, 0.0, &across);
  eng_la_syrk (1.0, &across, 0.0, &squares);
  if (!eng_la_eigh_with (&squares, self->values, self->solver, self->integers))
    return FALSE;
  /* No more than there are directions; beyond is rounding. */
  for (gsize j = found.rows; j < k; j++)
    self->values[j] = 0.0;
  return TRUE;
}

/* Of one direction of the teacher. */
static double
find_match (const double *beta, const EngMat *u)
{
  double best = 0.0;

  for (gsize j = 0; j < u->rows; j++)
    best = fmax (best, fabs (eng_la_dot (u->cols, beta, u->data + j * u->cols)));
  return best;
}

static void
measure (gpointer state, const EngMeasurement *at)
{
  Directions   *self = state;
  const EngMat *u = eng_learner_directions (at->learner);
  const EngMat *beta = &at->problem->directions;
  gsize         k = self->span.rows, first = at->first_column + FIRST_EXTRA;
  double        sum = 0.0;

  if (k == 0 || !find_squares (self, u))
    return;
  for (gsize j = 0; j < k; j++)
    self->values[j] = sqrt (CLAMP (self->values[j], 0.0, 1.0));
  eng_trace_set (at->trace, at->first_column + SMALLEST, self->values[k - 1]);
  for (gsize j = 0; j < MIN (k, self->n_shown); j++)
    eng_trace_set (at->trace, first + j, self->values[j]);
  for (gsize j = 0; j < beta->rows; j++)
    {
      double match = find_match (beta->data + j * beta->cols, u);

      sum += match;
      if (j < self->n_shown)
        eng_trace_set (at->trace, first + self->n_shown + j, match);
    }
  eng_trace_set (at->trace, at->first_column + MATCHED, sum / (double) beta->rows);
}

static double
estimate_bytes (const EngSettings *observe,
                const EngSettings *settings,
                const EngSizes    *sizes)
{
  double k = MIN (sizes->rank, sizes->d),
         r = eng_recovery_estimate_rank (settings, sizes);

  /* Columns of its own, and what LAPACK works on. */
  return sizeof (double)
         * ((k + r) * sizes->d + k * (r + 3.0 * k + 12.0)
            + 2.0 * MAX_COLUMNS * ENG_RUN_MAX_RECORDS);
}

const EngObservableClass eng_observable_directions = {
  .id = "directions",
  .title = N_ ("Directions found"),
  .help = N_ ("cosines between the directions found and the teacher's"),
  .columns = columns,
  .needs_directions = TRUE,
  .extra_column = extra_column,
  .state_size = sizeof (Directions),
  .init = init,
  .measure = measure,
  .estimate_bytes = estimate_bytes,
};
