/* SPDX-License-Identifier: GPL-3.0-or-later
 * Kernels that are too large or too small to be computed with. */
#include "eng-error.h"
#include "eng-experiment.h"
#include "fixture.h"

#include <math.h>

/* Activations that grow or shrink as a power are beyond numbers at some depth.  Both learners
 * say so in the same words before anything is solved, and the depth that they name is the
 * largest that can run. */
static char *
refuse (const char *learner, const char *run)
{
  g_autofree char *text = g_strdup_printf (
      "[experiment]\nversion=1\n[problem]\nkind=low-rank-polynomial\nd=6\nn=20\n"
      "n-test=30\n[run.1]\nlearner=kernel-ridge\nkernel=rbf\n[run.2]\nlearner=%s\n%s\n",
      learner, run);
  g_autoptr (EngSpec)       spec = fixture_spec (text);
  g_autoptr (GError)        error = NULL;
  g_autoptr (EngExperiment) experiment = eng_experiment_new (spec, 1, NULL, &error);

  g_assert_no_error (error);
  if (eng_experiment_prepare (experiment, NULL, NULL, &error))
    {
      g_autoptr (EngSnapshot) snapshot = NULL;

      (void) eng_experiment_advance (experiment, 2);
      snapshot = eng_experiment_snapshot (experiment);
      g_assert_true (isfinite (eng_run_view_get_last (&snapshot->runs[1], "test-loss")));
      g_assert_cmpint (snapshot->runs[1].status, !=, ENG_STATUS_DIVERGED);
      return NULL;
    }
  g_assert_error (error, ENG_ERROR, ENG_ERROR_NUMERIC);
  return g_strdup (error->message);
}

static void
test_range (gconstpointer data)
{
  const char *activation = data;
  guint       first = 0;

  for (guint hidden = 1; hidden <= 8; hidden++)
    {
      g_autofree char *run = g_strdup_printf ("activation=%s\nhidden=%u", activation,
                                              hidden);
      g_autofree char *ridge = refuse ("kernel-ridge", run);
      g_autofree char *flow = refuse ("gradient-flow", run);
      g_autofree char *words = NULL;

      g_assert_cmpstr (ridge, ==, flow);
      if (ridge == NULL)
        {
          g_assert_cmpuint (first, ==, 0);
          continue;
        }
      first = first == 0 ? hidden : first;
      words = g_strdup_printf (
          "run.2: hidden must be at most %u with activation %s on "
          "these inputs, got %u: in layer %u the kernel %s, with "
          "values %s",
          first - 1, activation, hidden, first,
          g_str_equal (activation, "relu3") ? "vanishes" : "overflows",
          g_str_equal (activation, "relu3") ? "below 1e-150" : "above 1e+150");
      g_assert_cmpstr (ridge, ==, words);
    }
  g_assert_cmpuint (first, >, 2);
}

/* Kernels without layers. */
static void
test_range_others (void)
{
  g_autofree char *nothing = refuse ("kernel-ridge", "layer-weights=1e-200;1e-200");
  g_autofree char *narrow = refuse ("kernel-ridge", "kernel=rbf\nwidth=1e-200");
  g_autofree char *flow = refuse ("gradient-flow", "kernel=rbf\nwidth=1e-200");
  g_autofree char *power = refuse ("gradient-flow", "kernel=polynomial\ndegree=12\n"
                                                    "offset=1e6");

  g_assert_cmpstr (nothing, ==,
                   "run.2: the kernel of these inputs vanishes, with values below "
                   "1e-150");
  /* Each input is like itself alone. */
  g_assert_null (narrow);
  g_assert_null (flow);
  g_assert_null (power);
}

int
main (int argc, char **argv)
{
  static const char *const powers[] = { "cube", "fourth", "hermite3", "hermite6",
                                        "relu3" };

  g_test_init (&argc, &argv, NULL);
  eng_init ();
  for (gsize i = 0; i < G_N_ELEMENTS (powers); i++)
    {
      g_autofree char *path = g_strconcat ("/engine/kernel-range/", powers[i], NULL);

      g_test_add_data_func (path, powers[i], test_range);
    }
  g_test_add_func ("/engine/kernel-range/others", test_range_others);
  return g_test_run ();
}
