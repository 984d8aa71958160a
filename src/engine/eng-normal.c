/* SPDX-License-Identifier: GPL-3.0-or-later
 * Ridge systems by a Cholesky decomposition over lanes. */
#include "config.h"

#include "eng-normal.h"

#include <math.h>

/* Columns of a panel: one is a matter of milliseconds, and then a stop is obeyed. */
#define PANEL 64
/* A pivot below this, in units of the mean of the diagonal, is rounding: products of inputs
 * in float that depend on each other by law, as those on a sphere do, leave about 1e-13. */
#define SMALLEST_PIVOT 1e-12
/* A ridge that was too small becomes this, then grows by this factor up to `LARGEST`. */
#define FIRST_RIDGE 1e-8
#define GROWTH      10.0
#define LARGEST     1.0

typedef struct
{
  EngNormal *self;
  gsize      from, size; /* columns of the panel */
} Job;

void
eng_normal_init (EngNormal *self, gsize n, EngArena *arena)
{
  self->k = eng_arena_mat (arena, n, n);
  self->diagonal = eng_arena_doubles (arena, n);
  self->ridge = NAN;
}

double
eng_normal_estimate_bytes (double n)
{
  return sizeof (double) * (n * n + n);
}

static void
rows_lane (guint lane, gpointer data)
{
  const Job *job = data;
  EngMat    *k = &job->self->k;
  gsize      below = job->from + job->size, first, last;

  eng_lanes_share (k->rows - below, lane, &first, &last);
  if (last > first)
    eng_la_cholesky_rows (k, job->from, job->size, below + first, last - first);
}

/* The lower triangle from the upper one. */
static void
restore_lane (guint lane, gpointer data)
{
  const Job *job = data;
  EngMat    *k = &job->self->k;
  gsize      first, last;

  eng_lanes_share (k->rows, lane, &first, &last);
  for (gsize i = first; i < last; i++)
    for (gsize j = 0; j < i; j++)
      k->data[i * k->cols + j] = k->data[j * k->cols + i];
}

static gboolean
should_stop (const int *cancel)
{
  return cancel != NULL && g_atomic_int_get (cancel) != 0;
}

static gboolean
has_pivots (const Job *job, double smallest)
{
  const EngMat *k = &job->self->k;

  for (gsize i = job->from; i < job->from + job->size; i++)
    if (!(pow (k->data[i * k->cols + i], 2.0) > smallest))
      return FALSE;
  return TRUE;
}

/* Returns: FALSE if the matrix is not positive definite beyond rounding, or if it is to
 * stop. */
static gboolean
factor (EngNormal *self, double smallest, EngLanes *lanes, const int *cancel)
{
  Job   job = { .self = self };
  gsize n = self->k.rows;

  for (job.from = 0; job.from < n; job.from += job.size)
    {
      job.size = MIN (PANEL, n - job.from);
      if (should_stop (cancel) || !eng_la_cholesky_panel (&self->k, job.from, job.size)
          || !has_pivots (&job, smallest))
        return FALSE;
      eng_lanes_run (lanes, ENG_N_LANES, rows_lane, &job);
    }
  return TRUE;
}

/* The unit of ridges.  A K of 0, as a single sample has it once it is centred, has none. */
static double
get_unit (const EngNormal *self)
{
  gsize  n = self->k.rows;
  double mean = 0.0;

  for (gsize i = 0; i < n; i++)
    mean += self->diagonal[i] / (double) n;
  return mean == 0.0 ? 1.0 : mean;
}

double
eng_normal_get_shift (const EngNormal *self)
{
  return self->ridge * get_unit (self);
}

gboolean
eng_normal_factor (EngNormal *self, double ridge, EngLanes *lanes, const int *cancel)
{
  Job    job = { .self = self };
  gsize  n = self->k.rows;
  double unit;

  for (gsize i = 0; i < n; i++)
    self->diagonal[i] = self->k.data[i * n + i];
  unit = get_unit (self);
  if (!isfinite (unit))
    return FALSE;
  for (;;)
    {
      self->ridge = ridge;
      for (gsize i = 0; i < n; i++)
        self->k.data[i * n + i] = self->diagonal[i] + ridge * unit;
      if (factor (self, SMALLEST_PIVOT * unit, lanes, cancel))
        return TRUE;
      if (should_stop (cancel) || ridge > LARGEST)
        return FALSE;
      ridge = MAX (GROWTH * ridge, FIRST_RIDGE);
      eng_lanes_run (lanes, ENG_N_LANES, restore_lane, &job);
    }
}

void
eng_normal_solve (const EngNormal *self, double *b)
{
  EngMat row = { 1, self->k.rows, b };

  eng_la_solve_lower (&self->k, FALSE, &row);
  eng_la_solve_lower (&self->k, TRUE, &row);
}
