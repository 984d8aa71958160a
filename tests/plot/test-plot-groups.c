/* SPDX-License-Identifier: GPL-3.0-or-later
 * The groups of Σ̂ of a random first layer in the plot Spectrum. */
#include "eng-experiment.h"
#include "plot-project.h"

#include <string.h>

/* Four inputs: groups of 1, 4, 10 and the other 25. */
#define SPEC                                                                             \
  "[experiment]\nversion=1\n[problem]\nkind=low-rank-polynomial\nd=4\nn=300\n"           \
  "n-test=50\n[run.1]\nlearner=three-layer\nfirst-layer=random\nfeatures=40\n"           \
  "feature-activation=%s\nsteps=1\n"

static EngSnapshot *
train (const char *activation)
{
  g_autofree char          *text = g_strdup_printf (SPEC, activation);
  g_autoptr (GError)        error = NULL;
  g_autoptr (EngSpec)       spec = eng_spec_new_from_text (text, -1, &error);
  g_autoptr (EngExperiment) experiment = NULL;

  g_assert_no_error (error);
  experiment = eng_experiment_new (spec, 1, NULL, &error);
  g_assert_no_error (error);
  eng_experiment_prepare (experiment, NULL, NULL, &error);
  g_assert_no_error (error);
  return eng_experiment_snapshot (experiment);
}

static PlotPanel *
get_panel (PlotFrame *frame)
{
  g_assert_cmpuint (frame->panels->len, ==, 1);
  return g_ptr_array_index (frame->panels, 0);
}

static void
test_groups (void)
{
  static const double     edges[] = { 0.7, 1.5, 5.5, 15.5, 40 };
  static const gsize      sizes[] = { 1, 4, 10, 25 };
  g_autoptr (EngSnapshot) snapshot = train ("relu");
  g_autoptr (PlotFrame)   frame = plot_project (plot_find_class ("spectrum"), snapshot,
                                                NULL);
  PlotPanel              *panel = get_panel (frame);
  const double           *values = snapshot->runs[0].spectrum->values;

  g_assert_cmpuint (panel->spans->len, ==, 4);
  g_assert_cmpuint (panel->clouds->len, ==, 4);
  for (guint i = 0; i < 4; i++)
    {
      PlotSpan  *span = g_ptr_array_index (panel->spans, i);
      PlotCloud *cloud = g_ptr_array_index (panel->clouds, i);

      g_assert_cmpfloat (span->x0, ==, edges[i]);
      g_assert_cmpfloat (span->x1, ==, edges[i + 1]);
      /* The last of the tail are rounding. */
      g_assert_cmpuint (cloud->n, <=, sizes[i]);
      g_assert_cmpuint (cloud->n, >=, i == 3 ? 1 : sizes[i]);
      g_assert_cmpfloat (cloud->x[0], ==, edges[i] + (i > 0 ? 0.5 : 0.3));
      g_assert_cmpfloat (cloud->y[0], ==, values[(gsize) cloud->x[0] - 1]);
    }
  /* The groups are apart: that is what they are. */
  g_assert_cmpfloat (values[0], >, 5 * values[1]);
  g_assert_cmpfloat (values[4], >, 2 * values[14]);
  g_assert_nonnull (strstr (frame->summary, "300 inputs"));
}

/* Squares span 15 dimensions; the rest is rounding and not drawn. */
static void
test_no_tail (void)
{
  g_autoptr (EngSnapshot) snapshot = train ("square");
  g_autoptr (PlotFrame)   frame = plot_project (plot_find_class ("spectrum"), snapshot,
                                                NULL);

  g_assert_cmpuint (get_panel (frame)->spans->len, ==, 4);
  g_assert_cmpuint (get_panel (frame)->clouds->len, ==, 3);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plot/groups/relu", test_groups);
  g_test_add_func ("/plot/groups/no-tail", test_no_tail);
  return g_test_run ();
}
