/* SPDX-License-Identifier: GPL-3.0-or-later
 * EngParam: one key of an experiment file, described once.
 *
 * Problems, learners and the observer each own static tables of these.  The same tables
 * check files, print `escapement-cli list`, and make the rows of the window, so a key
 * cannot mean two things.  Tables are constant and may be read from any thread. */
#pragma once

#include "eng-types.h"

G_BEGIN_DECLS

typedef enum
{
  ENG_PARAM_INT,     /* whole number; an expression of d is rounded down */
  ENG_PARAM_REAL,    /* finite number, or an expression of d */
  ENG_PARAM_CHOICE,  /* one of `choices` */
  ENG_PARAM_BOOLEAN, /* true or false */
  ENG_PARAM_LIST,    /* numbers separated by semicolons, 1 to ENG_PARAM_LIST_MAX */
  ENG_PARAM_TEXT,    /* free text of at most ENG_PARAM_TEXT_MAX bytes */
} EngParamKind;

typedef enum
{
  ENG_PARAM_NONE = 0,
  ENG_PARAM_LIVE = 1 << 0,     /* acts at the next step; everything else restarts */
  ENG_PARAM_OPTIONAL = 1 << 1, /* may be unset: the engine chooses (fallback is NULL) */
  ENG_PARAM_OPEN_MIN = 1 << 2, /* `min` itself is excluded */
  ENG_PARAM_EVEN = 1 << 3,     /* whole number, even */
  ENG_PARAM_ADVANCED = 1 << 4, /* the window shows it only on demand */
  ENG_PARAM_FIXABLE = 1 << 5,  /* whole number, or "fixed N": drawn once, not each step */
} EngParamFlags;

#define ENG_PARAM_LIST_MAX 64
#define ENG_PARAM_TEXT_MAX 1024

typedef struct
{
  const char *id;    /* as written in files */
  const char *title; /* N_(): shown in the window */
} EngChoice;

typedef struct
{
  const char      *key;
  EngParamKind     kind;
  guint            flags;    /* EngParamFlags */
  double           min, max; /* allowed range of numbers; ignored otherwise */
  const char      *fallback; /* default as it would be written; NULL if OPTIONAL */
  const EngChoice *choices;  /* ends with an id of NULL; CHOICE only */
  const char      *title;    /* N_(): row title, header case */
  const char      *unit;     /* N_(): short, or NULL */
  const char      *help;     /* N_(): one line */
  const char *only_key; /* the row matters only if the row of this key does, and it ... */
  const char *only_id;  /* ... has one of these values, separated by `|`; NULL: any */
} EngParam;

/* A table ends with an entry whose key is NULL. */
#define ENG_PARAM_END                                                                    \
  {                                                                                      \
    .key = NULL                                                                          \
  }

/* Finds `key` in a NULL-terminated list of tables.
 * Returns: (nullable) (transfer none). */
const EngParam *eng_param_find (const EngParam *const *tables, const char *key);

/* The allowed values in the language of the user: "in (0, 4]", "one of a, b, c".
 * Returns: (transfer full). */
char *eng_param_describe_range (const EngParam *param) G_GNUC_WARN_UNUSED_RESULT;

/* The range of a number: "(0, 4]".  Returns: (transfer full). */
char *eng_param_get_interval (const EngParam *param) G_GNUC_WARN_UNUSED_RESULT;

/* The ids of a choice: "a, b, c".  Returns: (transfer full). */
char *eng_param_list_choices (const EngParam *param) G_GNUC_WARN_UNUSED_RESULT;

/* Reads a number or an expression of d: `[number] [*] [d[^number]]`, for example
 * "1.5 d^1.5", "2d", "1e-4".  The decimal separator is a point in every locale.
 * Returns: FALSE with an ENG_ERROR_INVALID_SPEC otherwise; never NaN or infinity. */
gboolean
eng_param_parse_number (const char *text, double d, double *value, GError **error);

G_END_DECLS
