/* SPDX-License-Identifier: GPL-3.0-or-later
 * EngGrowth: rank continuation of AP-ROM on one batch.  Terms are added one by one, the
 * one that is missing most each time, with tangent steps between; and, if wanted, the rank
 * is the smallest whose residual on samples held out is near the best (rank-one.md
 * sections 3 "Rank continuation" and 5 "Unknown rank").  Engine thread. */
#pragma once

#include "eng-head.h"
#include "eng-recovery.h"

G_BEGIN_DECLS

/* Products with the gradient that find the next term. */
#define ENG_GROWTH_PASSES 8

typedef struct
{
  EngRecovery *recovery; /* borrowed, as the head */
  EngHead     *head;
  gboolean     active;  /* terms are still added */
  gboolean     chooses; /* the rank, by the samples held out */
  gsize        max_rank;
  guint        at_rank;  /* steps taken at the present rank */
  double       mark;     /* spread of the residual, some steps ago at that rank */
  double      *held_out; /* (max_rank) sd of the residual for ranks from 1 */
} EngGrowth;

/* The key `growth`, as an entry of a table. */
extern const EngChoice eng_growth_choices[];
#define ENG_GROWTH_PARAM                                                                 \
  {                                                                                      \
    .key = "growth", .kind = ENG_PARAM_CHOICE, .choices = eng_growth_choices,            \
    .fallback = "auto", .title = N_ ("Terms"),                                           \
    .help = N_ ("at once, or one by one: by default where n < 6 d r"),                   \
    .only_key = "samples", .only_id = "batch"                                            \
  }

/* Refuses what fresh samples do not need. */
gboolean eng_growth_check (const EngSettings *settings, GError **error);
/* The largest rank that will be tried; the second before the problem is there. */
gsize  eng_growth_get_max_rank (const EngContext *context);
double eng_growth_estimate_max_rank (const EngSettings *settings, const EngSizes *sizes);

/* After `recovery` and `head`, for ranks up to that. */
void eng_growth_init (EngGrowth        *self,
                      EngRecovery      *recovery,
                      EngHead          *head,
                      const EngContext *context);
/* Whether the next step begins with a new term. */
gboolean eng_growth_is_due (const EngGrowth *self);
/* Adds it to the estimate, whose residual is set.  Returns: FALSE if a number was not
 * finite; so the next. */
gboolean eng_growth_add_term (EngGrowth *self, EngLanes *lanes);
/* After a step. */
gboolean eng_growth_end_step (EngGrowth *self);
/* Ends the growth with the ranks that were tried, where the samples are fitted exactly and
 * no further term can help.  Returns: whether there was a rank to choose. */
gboolean eng_growth_settle (EngGrowth *self);
/* Steps before which no rank is chosen, of a run with these settings; 0: none is. */
gsize eng_growth_get_least_steps (const EngSettings *settings, gsize d);

G_END_DECLS
