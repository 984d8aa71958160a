/* SPDX-License-Identifier: GPL-3.0-or-later
 * Terms one by one. */
#include "config.h"

#include "eng-growth.h"

#include "eng-error.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* Samples per unknown number of a batch below which terms are added one by one if nothing
 * else is said. */
#define ENOUGH_SAMPLES 6.0
/* Tangent steps at each rank; where ranks are compared, on until the residual falls no more,
 * by this share in so many steps, but not for ever. */
#define STEPS           8
#define SELECTION_STEPS 15
#define MAX_STEPS       60
#define PLATEAU_STEPS   5
#define PLATEAU_SHARE   0.98
/* Rank chosen on held-out samples: their share, the ranks tried unless fit-rank says more,
 * and how near the best a smaller rank must come. */
#define HELD_OUT_SHARE  0.1
#define SELECTION_RANKS 8
#define SELECTION_NEAR  1.02
#define SELECTION_FLOOR 1e-4

const EngChoice eng_growth_choices[] = {
  { "auto", N_ ("As samples allow") },
  { "none", N_ ("At once") },
  { "continuation", N_ ("One by one") },
  { "choose", N_ ("One by one, rank chosen") },
  { NULL, NULL },
};

static gboolean
is_choice (const EngSettings *settings, const char *id)
{
  return eng_settings_is_choice (settings, "growth", id);
}

gboolean
eng_growth_check (const EngSettings *settings, GError **error)
{
  if (eng_settings_is_choice (settings, "samples", "batch")
      || is_choice (settings, "auto") || is_choice (settings, "none"))
    return TRUE;
  g_set_error (error, ENG_ERROR, ENG_ERROR_INVALID_SPEC,
               _ ("growth = %s needs samples = batch: fresh ones find all terms at once"),
               eng_settings_get_choice (settings, "growth"));
  return FALSE;
}

static gboolean
tries_ranks (const EngSettings *settings)
{
  return is_choice (settings, "choose") && !eng_settings_has (settings, "fit-rank");
}

gsize
eng_growth_get_max_rank (const EngContext *context)
{
  if (tries_ranks (context->settings))
    return MIN (SELECTION_RANKS, context->problem->d);
  return eng_recovery_get_rank (context);
}

double
eng_growth_estimate_max_rank (const EngSettings *settings, const EngSizes *sizes)
{
  if (tries_ranks (settings))
    return MIN (SELECTION_RANKS, sizes->d);
  return eng_recovery_estimate_rank (settings, sizes);
}

static gboolean
is_wanted (const EngGrowth *self, const EngContext *context)
{
  double unknowns = (double) context->problem->d * (double) self->max_rank;

  if (!is_choice (context->settings, "auto"))
    return !is_choice (context->settings, "none");
  return eng_settings_is_choice (context->settings, "samples", "batch")
         && (double) context->problem->n < ENOUGH_SAMPLES * unknowns;
}

void
eng_growth_init (EngGrowth        *self,
                 EngRecovery      *recovery,
                 EngHead          *head,
                 const EngContext *context)
{
  double n = (double) context->problem->n;

  self->recovery = recovery;
  self->head = head;
  self->max_rank = eng_growth_get_max_rank (context);
  self->chooses = is_choice (context->settings, "choose");
  self->active = is_wanted (self, context);
  self->held_out = eng_arena_doubles (context->arena, self->max_rank);
  if (self->active)
    recovery->rank = 1;
  if (self->chooses)
    eng_recovery_hold_out (recovery, MAX ((gsize) ((1.0 - HELD_OUT_SHARE) * n), 1));
}

gboolean
eng_growth_is_due (const EngGrowth *self)
{
  return self->active && self->at_rank == 0;
}

/* The term of the gradient of largest modulus, with the weight that a unit step gives. */
gboolean
eng_growth_add_term (EngGrowth *self, EngLanes *lanes)
{
  EngRecovery *recovery = self->recovery;
  EngMat       v = { 1, self->head->v.cols, self->head->v.data };
  double       weight;

  if (!eng_head_find_top (self->head, ENG_GROWTH_PASSES, recovery->rng, lanes))
    return FALSE;
  weight = -self->head->theta[0];
  /* With the last term all are there; a chosen rank is tried like the others. */
  self->active = self->chooses || recovery->rank < self->max_rank;
  return eng_low_rank_add (&recovery->l, &v, &weight, recovery->rank, &recovery->work);
}

/* The smallest rank whose residual on the samples held out is near the best. */
static gsize
choose_rank (const EngGrowth *self)
{
  double y_sd = self->recovery->sensing.y_sd, best = INFINITY;
  gsize  rank = 1;

  for (gsize j = 0; j < self->max_rank; j++)
    best = MIN (best, self->held_out[j] * self->held_out[j]);
  while (rank < self->max_rank
         && self->held_out[rank - 1] * self->held_out[rank - 1]
                > SELECTION_NEAR * best + SELECTION_FLOOR * y_sd * y_sd)
    rank++;
  return rank;
}

/* The ranks up to the present one were tried. */
static gboolean
end_growth (EngGrowth *self)
{
  EngRecovery *recovery = self->recovery;
  gsize        tried = recovery->rank;

  self->active = FALSE;
  for (gsize j = tried; j < self->max_rank; j++)
    self->held_out[j] = INFINITY;
  eng_recovery_hold_out (recovery, recovery->problem->n);
  /* From now on all samples are fitted. */
  recovery->held_out = NAN;
  return eng_recovery_truncate (recovery, choose_rank (self));
}

static void
measure_rank (EngGrowth *self)
{
  EngRecovery *recovery = self->recovery;

  eng_recovery_measure_held_out (recovery);
  self->held_out[recovery->rank - 1] = recovery->held_out;
}

/* Whether the present rank has shown what it can. */
static gboolean
is_rank_done (EngGrowth *self)
{
  double   spread = self->recovery->sensing.c_sd;
  gboolean is_flat = spread > PLATEAU_SHARE * self->mark;

  if (!self->chooses)
    return self->at_rank >= STEPS;
  if (self->at_rank % PLATEAU_STEPS != 0)
    return FALSE;
  self->mark = spread;
  return self->at_rank >= MAX_STEPS || (self->at_rank >= SELECTION_STEPS && is_flat);
}

gboolean
eng_growth_end_step (EngGrowth *self)
{
  EngRecovery *recovery = self->recovery;

  self->at_rank++;
  if (!is_rank_done (self))
    return TRUE;
  self->at_rank = 0;
  measure_rank (self);
  if (recovery->rank == self->max_rank)
    return end_growth (self);
  recovery->rank++;
  return TRUE;
}

gboolean
eng_growth_settle (EngGrowth *self)
{
  if (!self->active || !self->chooses)
    return FALSE;
  measure_rank (self);
  return end_growth (self);
}

gsize
eng_growth_get_least_steps (const EngSettings *settings, gsize d)
{
  gsize rank = SELECTION_RANKS;

  if (!is_choice (settings, "choose"))
    return 0;
  if (eng_settings_has (settings, "fit-rank"))
    rank = (gsize) eng_settings_get_int (settings, "fit-rank");
  return MIN (rank, d) * SELECTION_STEPS;
}
