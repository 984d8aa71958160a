/* SPDX-License-Identifier: GPL-3.0-or-later
 * Eigenvalues of L̂: those of every run's estimate beside those of L*, by decreasing
 * modulus and with their signs: for quadratic activations the output weights. */
#include "config.h"

#include "eng-words.h"
#include "plot-matrix.h"
#include "plot-suits.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* Room above and below, as a share of the range. */
#define HEADROOM 0.08

/* Where nothing has been estimated. */
#define EMPTY_EIGENVALUE 1.0

/* In units of the largest eigenvalue of L*. */
#define FAR_AWAY 4.0

static gsize
find_largest_rank (const EngSnapshot *snapshot)
{
  gsize rank = snapshot->truth.rank;

  for (guint i = 0; i < snapshot->n_runs; i++)
    rank = MAX (rank, snapshot->runs[i].matrix.rank);
  return rank;
}

/* Returns: (transfer full) (nullable): how many of its eigenvalues have which sign. */
static char *
describe_matrix (const EngMatrixView *matrix, const char *name)
{
  g_autofree char *largest = NULL;
  gsize            n_positive = 0;

  if (matrix->rank == 0)
    return NULL;
  for (gsize i = 0; i < matrix->rank; i++)
    n_positive += matrix->eigenvalues[i] > 0;
  largest = plot_format_value (matrix->eigenvalues[0], 2, PLOT_NUMBER_PLAIN);
  /* Translators: a matrix by its name, its largest eigenvalue, and how many have each
   * sign: L* 0.62 (3 positive, 2 negative). */
  return g_strdup_printf (_ ("%s %s (%zu positive, %zu negative)"), name, largest,
                          n_positive, matrix->rank - n_positive);
}

static void
append (GString *sentence, const EngMatrixView *matrix, const char *name)
{
  g_autofree char *words = describe_matrix (matrix, name);

  if (words != NULL)
    eng_words_append_group (sentence, words);
}

/* What has left for good would leave no room for the others, and ranges never shrink: so
 * also what seems to be leaving, until it ends. */
static gboolean
fits (const EngSnapshot *snapshot, const EngRunView *run)
{
  if (run->status != ENG_STATUS_CONTINUE)
    return run->status != ENG_STATUS_DIVERGED;
  return snapshot->truth.rank == 0
         || fabs (run->matrix.eigenvalues[0])
                <= FAR_AWAY * fabs (snapshot->truth.eigenvalues[0]);
}

static void
plot_eigenvalues_project (PlotFrame         *frame,
                          const EngSnapshot *snapshot,
                          const PlotOptions *options)
{
  PlotPanel               *panel = plot_frame_add_panel (frame);
  g_autofree PlotRunStyle *styles = plot_dup_snapshot_styles (snapshot);
  g_autoptr (GString)      sentence = g_string_new (NULL);
  gsize                    rank = find_largest_rank (snapshot);

  plot_matrix_index_axis (panel, rank, _ ("index of the eigenvalue"));
  panel->y.kind = PLOT_SCALE_LINEAR;
  panel->y.headroom = HEADROOM;
  plot_project_add_guide (panel, 0, NULL);
  if (rank == 0)
    plot_axis_include (&panel->y, EMPTY_EIGENVALUE);
  if (snapshot->truth.rank > 0)
    plot_matrix_add_target (panel, snapshot->truth.rank, snapshot->truth.eigenvalues,
                            _ ("L*"));
  append (sentence, &snapshot->truth, _ ("L*"));
  for (guint i = 0; i < snapshot->n_runs; i++)
    {
      const EngRunView *run = &snapshot->runs[i];

      if (run->matrix.rank == 0)
        continue;
      plot_matrix_add_points (panel, snapshot, i, styles[i], run->matrix.rank,
                              run->matrix.eigenvalues, fits (snapshot, run));
      append (sentence, &run->matrix, plot_project_get_name (run));
    }
  frame->subtitle = g_strdup (snapshot->truth.rank > 0
                                  ? _ ("at the newest step; dashed: L*")
                                  : _ ("at the newest step"));
  frame->quantity = g_strdup (_ ("eigenvalue"));
  frame->summary = plot_project_describe (snapshot, _ ("Largest eigenvalue"),
                                          sentence->str);
}

const PlotClass plot_eigenvalues_class = {
  .id = "eigenvalues",
  .title = N_ ("Eigenvalues of L̂"),
  .x_linear = TRUE,
  .y_linear = TRUE,
  .suits = plot_suits_matrix,
  .project = plot_eigenvalues_project,
};
