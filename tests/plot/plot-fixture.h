/* SPDX-License-Identifier: GPL-3.0-or-later
 * Snapshots made by hand, shaped like those of a real experiment. */
#pragma once

#include "plot.h"

G_BEGIN_DECLS

typedef enum
{
  PLOT_CASE_EMPTY,      /* no experiment */
  PLOT_CASE_READY,      /* four runs, spectrum known, no record */
  PLOT_CASE_ONE_RECORD, /* step 0 only */
  PLOT_CASE_EARLY,      /* a few steps */
  PLOT_CASE_FULL,       /* step 640 of 2 000 */
  PLOT_CASE_DONE,       /* all planned steps */
  PLOT_CASE_DIVERGED,   /* the first run diverged at step 21 */
  PLOT_CASE_UNRESOLVED, /* second band not resolved, no theory */
  PLOT_CASE_MATRIX,     /* step 12 of 25: two runs estimate a matrix, one is a network */
  PLOT_CASE_LINEAR,     /* step 300 of 400: two linear networks */
  PLOT_N_CASES,
} PlotCase;

const char  *plot_case_get_name (PlotCase which);
EngSnapshot *plot_fixture_new (PlotCase which) G_GNUC_WARN_UNUSED_RESULT;
/* PLOT_CASE_MATRIX. */
EngSnapshot *plot_fixture_new_matrix (void) G_GNUC_WARN_UNUSED_RESULT;
/* PLOT_CASE_LINEAR. */
EngSnapshot *plot_fixture_new_linear (void) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
