/* SPDX-License-Identifier: GPL-3.0-or-later
 * EngAdvice: what a learner says of settings that are allowed but promise little, and what
 * helps where they made it diverge.  Pure functions of a spec; any thread. */
#pragma once

#include "eng-spec.h"

G_BEGIN_DECLS

/* Another value of one key under which a run does not diverge.  Strings are static. */
typedef struct
{
  const char *key;
  const char *value;  /* (nullable): the default */
  const char *cause;  /* N_(): a sentence that is true of one run and of several */
  const char *brief;  /* N_(): the same in a few words, behind the name of a run */
  const char *action; /* N_(): what a button offers, with a mnemonic */
} EngRemedy;

/* Returns: (transfer full) (nullable): a translated sentence about run `run`; NULL: there
 * is nothing to say. */
char *eng_advice_get_hint (EngSpec *spec, guint run) G_GNUC_WARN_UNUSED_RESULT;

/* --- eng-advice-ignored.c -------------------------------------------------------------- */
/* A translated line for every key that is written and does nothing under the choices beside
 * it.  For those who write files: a window has no rows for such keys.
 * Returns: (transfer full): ends with NULL. */
char **eng_advice_list_ignored (EngSpec *spec) G_GNUC_WARN_UNUSED_RESULT;

/* Why run `run` diverges whatever its step size, or by a step size of which no limit is
 * known.  FALSE: no such reason is known, or its remedy does not fit the experiment. */
gboolean eng_advice_find_remedy (EngSpec *spec, guint run, EngRemedy *remedy);
/* `spec` with the remedy of run `run`, and without later changes of its key.
 * Returns: (transfer full). */
EngSpec *eng_advice_apply_remedy (EngSpec         *spec,
                                  guint            run,
                                  const EngRemedy *remedy) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
