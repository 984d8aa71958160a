/* SPDX-License-Identifier: GPL-3.0-or-later
 * Experiments inside figures: what the exports put into PNG, SVG, PDF and CSV files is
 * found again.  Reads any bytes; pictures are not decoded.  Any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A figure larger than this is refused. */
#define ENG_FIGURE_MAX_BYTES (64 * 1024 * 1024)

/* Where the experiment is: the namespace of an element <experiment> in SVG metadata, the
 * keyword of an iTXt chunk in PNG, the document's subject in PDF, and in CSV lines that
 * begin with "# ", the first of which is this one. */
#define ENG_FIGURE_NAMESPACE "urn:escapement:experiment"
#define ENG_FIGURE_KEYWORD   "escapement"
#define ENG_FIGURE_CSV_FIRST "# Made by Escapement from this experiment:"

typedef enum
{
  ENG_FIGURE_NONE, /* something else: perhaps an experiment file */
  ENG_FIGURE_PNG,
  ENG_FIGURE_SVG,
  ENG_FIGURE_PDF,
  ENG_FIGURE_CSV,
} EngFigureKind;

/* What the first bytes look like. */
EngFigureKind eng_figure_guess (const char *data, gsize length);

/* Returns: (transfer full) (nullable): the text of the experiment's file, not checked as
 * an experiment.  A file cut off behind the experiment is read.
 * Errors: ENG_ERROR_INVALID_SPEC, also for a whole figure that carries no experiment. */
char *eng_figure_read_experiment (const char *data,
                                  gsize       length,
                                  GError    **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
