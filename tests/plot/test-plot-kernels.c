/* SPDX-License-Identifier: GPL-3.0-or-later
 * The plots of methods with a kernel, of an experiment that was trained. */
#include "eng-experiment.h"
#include "plot.h"

#include <math.h>
#include <string.h>

#define EXPERIMENT                                                                        \
  "[experiment]\nversion=1\n[problem]\nkind=low-rank-polynomial\nrank=2\ndegree=1;3\n"    \
  "d=8\nn=60\nn-test=400\n[run.1]\nlearner=gradient-flow\nlabel=narrow\nm=20\nsteps=40\n" \
  "[run.2]\nlearner=kernel-ridge\nlabel=wide\nm=2000\n"

static EngSnapshot *snapshot;

static PlotSeries *
get_series (PlotFrame *frame, guint i)
{
  PlotPanel *panel = g_ptr_array_index (frame->panels, 0);

  g_assert_cmpuint (i, <, panel->series->len);
  return g_ptr_array_index (panel->series, i);
}

static double
get_last (guint run, const char *id)
{
  return eng_run_view_get_last (&snapshot->runs[run], id);
}

/* One point a run at its width, and a line of slope -1/2 through their middle. */
static void
test_width (void)
{
  g_autoptr (PlotFrame) frame = plot_project (plot_find_class ("width"), snapshot, NULL);
  static const double   widths[] = { 20, 2000 };
  const PlotSeries     *law = get_series (frame, 2);
  double                middle;

  for (guint run = 0; run < 2; run++)
    {
      const PlotSeries *point = get_series (frame, run);

      g_assert_cmpint (point->role, ==, PLOT_ROLE_POINTS);
      g_assert_cmpuint (point->n, ==, 1);
      g_assert_cmpfloat (point->x[0], ==, widths[run]);
      g_assert_cmpfloat (point->y[0], ==, get_last (run, "kernel-distance"));
    }
  g_assert_cmpint (law->role, ==, PLOT_ROLE_THEORY);
  g_assert_cmpfloat (
      fabs (log (law->y[1] / law->y[0]) / log (law->x[1] / law->x[0]) + 0.5), <, 1e-12);
  middle = sqrt (get_last (0, "kernel-distance") * get_last (1, "kernel-distance"));
  g_assert_cmpfloat (fabs (law->y[0] * sqrt (law->x[0] / 200) / middle - 1), <, 1e-12);
}

/* Points at the degrees that the teacher has, over its own. */
static void
test_degrees (void)
{
  g_autoptr (PlotFrame) frame = plot_project (plot_find_class ("degrees"), snapshot,
                                              NULL);
  const PlotSeries     *teacher = get_series (frame, 0);

  g_assert_cmpint (teacher->role, ==, PLOT_ROLE_TARGET);
  g_assert_cmpuint (teacher->n, ==, 3);
  g_assert_cmpfloat (teacher->y[0], ==, 1);
  g_assert_true (isnan (teacher->y[1]));
  g_assert_cmpfloat (teacher->y[2], ==, 1);
  for (guint run = 0; run < 2; run++)
    {
      const PlotSeries *points = get_series (frame, 1 + run);

      g_assert_cmpuint (points->n, ==, 2);
      g_assert_cmpfloat (points->x[0], ==, 1);
      g_assert_cmpfloat (points->x[1], ==, 3);
      g_assert_cmpfloat (points->y[0], ==, get_last (run, "recovered-degree-1"));
      g_assert_cmpfloat (points->y[1], ==, get_last (run, "recovered-degree-3"));
    }
}

/* Hollow, behind those of now and beside them. */
static void
test_pinned (void)
{
  PlotOptions           options = { .pinned = snapshot };
  g_autoptr (PlotFrame) frame = plot_project (plot_find_class ("degrees"), snapshot,
                                              &options);

  for (guint run = 0; run < 2; run++)
    {
      const PlotSeries *pinned = get_series (frame, 1 + run);
      const PlotSeries *points = get_series (frame, 3 + run);

      g_assert_cmpint (pinned->role, ==, PLOT_ROLE_PINNED_POINTS);
      g_assert_cmpint (points->role, ==, PLOT_ROLE_POINTS);
      g_assert_cmpuint (pinned->run, !=, points->run);
      g_assert_cmpmem (pinned->y, pinned->n * sizeof (double), points->y,
                       points->n * sizeof (double));
      g_assert_cmpfloat (pinned->shift, <, points->shift);
    }
  g_assert_cmpstr (get_series (frame, 1)->name, ==, "narrow, pinned");
  g_assert_nonnull (strstr (frame->summary, "To compare with: narrow, pinned "));
  g_assert_nonnull (strstr (frame->subtitle, "pinned hollow"));
}

static void
test_suits (void)
{
  static const struct
  {
    const char *run;
    gboolean    degrees, width;
  } cases[] = {
    { "learner=kernel-ridge\n", TRUE, FALSE },
    { "learner=kernel-ridge\nm=10\n", TRUE, TRUE },
    { "learner=gradient-flow\n[run.2]\nlearner=network\n", TRUE, FALSE },
    { "learner=gradient-flow\n[run.2]\nlearner=network\n[run.3]\nlearner=lazy\n", FALSE,
      FALSE },
    { "learner=lazy\n[run.2]\nlearner=network\n", FALSE, FALSE },
    { "learner=kernel-ridge\n[run.2]\nlearner=frobenius\n", FALSE, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strconcat (
          "[experiment]\nversion=1\n[problem]\nkind=low-rank-polynomial\n[run.1]\n",
          cases[i].run, NULL);
      g_autoptr (GError)  error = NULL;
      g_autoptr (EngSpec) spec = eng_spec_new_from_text (text, -1, &error);

      g_assert_no_error (error);
      g_assert_cmpint (plot_class_suits (plot_find_class ("degrees"), spec), ==,
                       cases[i].degrees);
      g_assert_cmpint (plot_class_suits (plot_find_class ("width"), spec), ==,
                       cases[i].width);
    }
}

int
main (int argc, char **argv)
{
  g_autoptr (GError)        error = NULL;
  g_autoptr (EngSpec)       spec = NULL;
  g_autoptr (EngExperiment) experiment = NULL;
  int                       status;

  g_test_init (&argc, &argv, NULL);
  spec = eng_spec_new_from_text (EXPERIMENT, -1, &error);
  g_assert_no_error (error);
  experiment = eng_experiment_new (spec, 1, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (eng_experiment_prepare (experiment, NULL, NULL, &error));
  (void) eng_experiment_advance (experiment, 100);
  snapshot = eng_experiment_snapshot (experiment);
  g_test_add_func ("/plot-kernels/width", test_width);
  g_test_add_func ("/plot-kernels/degrees", test_degrees);
  g_test_add_func ("/plot-kernels/pinned", test_pinned);
  g_test_add_func ("/plot-kernels/suits", test_suits);
  status = g_test_run ();
  g_clear_pointer (&snapshot, eng_snapshot_unref);
  return status;
}
