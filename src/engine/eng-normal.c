/* SPDX-License-Identifier: GPL-3.0-or-later
 * Ridge systems by a Cholesky decomposition over lanes. */
#include "config.h"

#include "eng-normal.h"

#include <float.h>
#include <math.h>

/* Columns of a panel: one is a matter of milliseconds, and then a stop is obeyed. */
#define PANEL 64
/* A ridge that was too small grows by this factor, at most up to `LARGEST`. */
#define GROWTH  10.0
#define LARGEST 1.0

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

/* Returns: how many columns were done: all, unless the matrix is not positive definite or
 * it is to stop. */
static gsize
factor (EngNormal *self, EngLanes *lanes, const int *cancel)
{
  Job   job = { .self = self };
  gsize n = self->k.rows;

  for (job.from = 0; job.from < n && !should_stop (cancel); job.from += job.size)
    {
      job.size = MIN (PANEL, n - job.from);
      if (!eng_la_cholesky_panel (&self->k, job.from, job.size))
        break;
      eng_lanes_run (lanes, ENG_N_LANES, rows_lane, &job);
    }
  return job.from;
}

gboolean
eng_normal_factor (EngNormal *self, double ridge, EngLanes *lanes, const int *cancel)
{
  Job    job = { .self = self };
  gsize  n = self->k.rows;
  double mean = 0.0;

  for (gsize i = 0; i < n; i++)
    {
      self->diagonal[i] = self->k.data[i * n + i];
      mean += self->diagonal[i] / (double) n;
    }
  if (!isfinite (mean))
    return FALSE;
  for (;;)
    {
      self->ridge = ridge;
      for (gsize i = 0; i < n; i++)
        self->k.data[i * n + i] = self->diagonal[i] + ridge * mean;
      if (factor (self, lanes, cancel) >= n)
        return TRUE;
      if (should_stop (cancel) || ridge > LARGEST)
        return FALSE;
      ridge = MAX (GROWTH * ridge, (double) n * DBL_EPSILON);
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
