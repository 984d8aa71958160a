/* SPDX-License-Identifier: GPL-3.0-or-later
 * Samples kept, drawn anew, or drawn again. */
#include "config.h"

#include "eng-samples.h"

void
eng_samples_init_given (EngSamples *self, const EngMatF *x, double *y)
{
  *self = (EngSamples){ .n = x->rows, .x = *x, .y = y };
}

/* What reads blocks again, of its own for each lane. */
static void
init_readers (EngSamples *self, const EngContext *context)
{
  for (guint lane = 0; lane < ENG_N_LANES; lane++)
    {
      self->readers[lane] = eng_context_stream (context, "batch", 0);
      self->drawn[lane] = eng_arena_matf (context->arena, ENG_BLOCK_ROWS,
                                          self->problem->d);
    }
}

void
eng_samples_init_training (EngSamples *self, const EngContext *context)
{
  EngProblem *problem = context->problem;

  *self = (EngSamples){ .problem = problem, .n = problem->n, .y = problem->y_train };
  if (problem->streamed)
    {
      self->starts = (EngRng **) problem->train_starts->pdata;
      init_readers (self, context);
    }
  else
    self->x = problem->x_train;
}

void
eng_samples_init_fresh (EngSamples       *self,
                        const EngSamples *training,
                        const EngContext *context)
{
  EngProblem *problem = context->problem;
  gsize       n_blocks = eng_lanes_n_blocks (problem->n);
  guint64     seed = eng_spec_get_seed (problem->spec);

  *self = *training;
  self->y = eng_arena_doubles (context->arena, problem->n);
  /* Of the problem, not of the run: every run sees the same samples. */
  for (guint lane = 0; lane < ENG_N_LANES; lane++)
    {
      self->draws[lane] = eng_rng_new (seed, "batch", lane + 1);
      self->noises[lane] = eng_rng_new (seed, "noise", lane + 1);
      g_ptr_array_add (context->streams, self->draws[lane]);
      g_ptr_array_add (context->streams, self->noises[lane]);
    }
  if (!problem->streamed)
    {
      self->x = eng_arena_matf (context->arena, problem->n, problem->d);
      return;
    }
  self->starts = eng_arena_bytes (context->arena, n_blocks, sizeof (EngRng *));
  for (gsize block = 0; block < n_blocks; block++)
    self->starts[block] = eng_context_stream (context, "batch", 0);
}

double
eng_samples_estimate_bytes (const EngSizes *sizes, gboolean fresh)
{
  double row = sizeof (float) * sizes->d;
  double scratch = ENG_N_LANES * ENG_BLOCK_ROWS * row;
  double blocks = sizes->n / ENG_BLOCK_ROWS + 1.0;

  return (sizes->streamed ? scratch : 0.0)
         + (fresh ? sizeof (double) * sizes->n
                        + (sizes->streamed ? blocks * ENG_RNG_BYTES : sizes->n * row)
                  : 0.0);
}

void
eng_samples_renew (EngSamples *self)
{
  self->unread = TRUE;
}

static void
draw_block (EngSamples *self, guint lane, gsize block, EngMatF *x)
{
  EngProblem *problem = self->problem;
  double     *y = self->y + block * ENG_BLOCK_ROWS;

  if (self->starts != NULL)
    eng_rng_copy (self->starts[block], self->draws[lane]);
  eng_problem_sample (problem, self->draws[lane], x);
  problem->klass->target (problem, x, y, NULL);
  for (gsize i = 0; i < x->rows && problem->noise > 0; i++)
    y[i] += problem->noise * eng_rng_gaussian (self->noises[lane]);
  if (self->whitener != NULL)
    eng_whitener_apply (self->whitener, lane, x);
}

EngMatF
eng_samples_get_block (EngSamples *self, guint lane, gsize block)
{
  gsize   first = block * ENG_BLOCK_ROWS, rows = MIN (ENG_BLOCK_ROWS, self->n - first);
  EngMatF x;

  if (self->starts == NULL)
    x = eng_matf_rows (&self->x, first, rows);
  else
    x = eng_matf_rows (&self->drawn[lane], 0, rows);
  if (self->unread)
    draw_block (self, lane, block, &x);
  else if (self->starts != NULL)
    {
      eng_rng_copy (self->readers[lane], self->starts[block]);
      eng_problem_sample (self->problem, self->readers[lane], &x);
    }
  return x;
}

EngAhead
eng_samples_look_ahead (const EngSamples *self, gsize block)
{
  gsize   first = (block + ENG_N_LANES) * ENG_BLOCK_ROWS;
  EngMatF next;

  if (first >= self->x.rows)
    return (EngAhead){ NULL };
  next = eng_matf_rows (&self->x, first, MIN (ENG_BLOCK_ROWS, self->x.rows - first));
  return eng_ahead_of (&next);
}

void
eng_samples_end_pass (EngSamples *self)
{
  self->unread = FALSE;
}
