/* SPDX-License-Identifier: GPL-3.0-or-later
 * The help: one table of entries from which the help window, the cards of the side pane
 * and the tests of what is on screen all read.  Constant; main thread, because words are
 * translated. */
#pragma once

#include "eng-param.h"

G_BEGIN_DECLS

typedef enum
{
  ESC_HELP_SYMBOL,    /* a letter of the theory, often also a setting */
  ESC_HELP_ALGORITHM, /* id: of a learner */
  ESC_HELP_PROBLEM,   /* id: of a problem */
  ESC_HELP_PLOT,      /* id: of a plot */
  ESC_HELP_VERDICT,   /* what the foot says of a run; id of its own */
  ESC_HELP_SETTING,   /* id: a key of the parameter tables, without a letter of its own */
  ESC_HELP_N_KINDS,
} EscHelpKind;

/* Strings are static and untranslated.  Formulas in them are written as they are typed,
 * f_L and d^1.5; esc_words_formula_markup () sets them. */
typedef struct
{
  EscHelpKind kind;
  const char *id; /* unique within symbols and settings together, and each other kind */
  const char *symbols; /* (nullable): as shown in labels, separated by spaces */
  const char *title;   /* N_() */
  const char *formula; /* (nullable) */
  const char *words;   /* N_(): what it means, in full sentences */
  const char *where;   /* N_() (nullable): where on the screen it is seen */
} EscHelpEntry;

/* All entries, kind by kind.  Returns: (transfer none): (n) */
const EscHelpEntry *const *esc_help_get_entries (gsize *n);
/* Heading of a kind, translated. */
const char *esc_help_get_kind_title (EscHelpKind kind);

/* Returns: (nullable). */
const EscHelpEntry *esc_help_find (EscHelpKind kind, const char *id);
/* The entry that explains a key of an experiment file: a symbol or a setting. */
const EscHelpEntry *esc_help_find_key (const char *key);
/* The entry of a symbol as it is shown, such as "λ₁" or "d". */
const EscHelpEntry *esc_help_find_symbol (const char *symbol);

/* The card of a setting as Pango markup: title, what it is, its range, its key in files,
 * and whether a change acts at once.  `title` and `help` are the parameter's own.
 * (transfer full) */
char *esc_help_describe_param (const EngParam *param) G_GNUC_WARN_UNUSED_RESULT;
/* Range, default, key and effect of a change, a line each.  (transfer full) */
char *esc_help_describe_value (const EngParam *param) G_GNUC_WARN_UNUSED_RESULT;
/* The same of a symbol or setting that is a key, with titles, for each of those that have
 * it otherwise than others: paragraphs; "" for what is no key.  (transfer full) */
char *esc_help_describe_facts (const EscHelpEntry *entry) G_GNUC_WARN_UNUSED_RESULT;

/* Calls `func` for every parameter that the registries have, common ones first; `owner`
 * is the group, or the id of the problem or learner. */
typedef void (*EscHelpParamFunc) (const char     *owner,
                                  const EngParam *param,
                                  gpointer        data);
void esc_help_foreach_param (EscHelpParamFunc func, gpointer data);

/* --- tables, one file each; they end with an id of NULL -------------------------- */
extern const EscHelpEntry esc_help_symbols[];
extern const EscHelpEntry esc_help_topics[];
extern const EscHelpEntry esc_help_settings[];
extern const EscHelpEntry esc_help_kernels[];
extern const EscHelpEntry esc_help_verdicts[];

G_END_DECLS
