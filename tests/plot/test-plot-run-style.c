/* SPDX-License-Identifier: GPL-3.0-or-later
 * Colour follows the algorithm. */
#include "plot-fixture.h"
#include "plot-run-style.h"

#include <math.h>

static const PlotRunKind lazy = { "lazy", NAN, FALSE };
static const PlotRunKind quadratic = { "quadratic", NAN, FALSE };
static const PlotRunKind joint = { "joint", NAN, FALSE };
static const PlotRunKind regularised = { "joint", NAN, TRUE };

static PlotRunKind
network (double alpha)
{
  return (PlotRunKind){ "network", alpha, FALSE };
}

static void
test_own (void)
{
  PlotRunKind  kinds[] = { regularised, joint, quadratic, lazy };
  PlotRunStyle styles[4];

  plot_assign_run_styles (kinds, 4, styles);
  g_assert_cmpint (styles[0], ==, PLOT_RUN_RICH);
  g_assert_cmpint (styles[1], ==, PLOT_RUN_JOINT);
  g_assert_cmpint (styles[2], ==, PLOT_RUN_QUADRATIC);
  g_assert_cmpint (styles[3], ==, PLOT_RUN_LAZY);
}

static void
test_second (void)
{
  PlotRunKind  kinds[] = { lazy, lazy, lazy, network (NAN) };
  PlotRunStyle styles[4];

  plot_assign_run_styles (kinds, 4, styles);
  g_assert_cmpint (styles[0], ==, PLOT_RUN_LAZY);
  /* Rich belongs to the network, so the next free slots are joint and quadratic. */
  g_assert_cmpint (styles[1], ==, PLOT_RUN_JOINT);
  g_assert_cmpint (styles[2], ==, PLOT_RUN_QUADRATIC);
  g_assert_cmpint (styles[3], ==, PLOT_RUN_RICH);
}

static void
test_alpha (void)
{
  PlotRunKind  kinds[] = { network (0.1), network (10), network (0.03), network (1) };
  PlotRunStyle styles[4];

  plot_assign_run_styles (kinds, 4, styles);
  g_assert_cmpint (styles[1], ==, PLOT_RUN_LAZY);
  g_assert_cmpint (styles[3], ==, PLOT_RUN_NEARLY_LAZY);
  g_assert_cmpint (styles[0], ==, PLOT_RUN_NEARLY_RICH);
  g_assert_cmpint (styles[2], ==, PLOT_RUN_RICH);
}

static void
test_alpha_beside_lazy (void)
{
  PlotRunKind  kinds[] = { network (1), lazy, network (0.1) };
  PlotRunStyle styles[3];

  plot_assign_run_styles (kinds, 3, styles);
  g_assert_cmpint (styles[1], ==, PLOT_RUN_LAZY);
  g_assert_cmpint (styles[2], ==, PLOT_RUN_RICH);
  g_assert_cmpint (styles[0], ==, PLOT_RUN_NEARLY_LAZY);
}

/* Any experiment: no two runs look alike. */
static void
test_distinct (void)
{
  static const char *const ids[] = { "lazy",        "quadratic", "joint", "network",
                                     "three-layer", "gfm",       NULL };

  for (guint round = 0; round < 2000; round++)
    {
      guint        n = (guint) g_test_rand_int_range (1, 5);
      PlotRunKind  kinds[4];
      PlotRunStyle styles[4];
      guint        seen = 0;

      for (guint i = 0; i < n; i++)
        {
          kinds[i].learner = ids[g_test_rand_int_range (0, G_N_ELEMENTS (ids))];
          kinds[i].alpha = g_test_rand_bit () ? g_test_rand_int_range (1, 4) : NAN;
          kinds[i].regularised = g_test_rand_bit ();
        }
      plot_assign_run_styles (kinds, n, styles);
      for (guint i = 0; i < n; i++)
        {
          g_assert_cmpuint (styles[i], <, PLOT_N_RUN_STYLES);
          g_assert_false (seen & (1u << styles[i]));
          seen |= 1u << styles[i];
        }
    }
}

static void
test_without_spec (void)
{
  g_autoptr (EngSnapshot)  snapshot = plot_fixture_new (PLOT_CASE_FULL);
  g_autofree PlotRunStyle *styles = plot_dup_snapshot_styles (snapshot);

  g_assert_cmpint (styles[0], ==, PLOT_RUN_LAZY);
  g_assert_cmpint (styles[1], ==, PLOT_RUN_QUADRATIC);
  g_assert_cmpint (styles[2], ==, PLOT_RUN_JOINT);
  g_assert_cmpint (styles[3], ==, PLOT_RUN_RICH);
  g_assert_cmpuint (plot_get_run_style (NULL, 0), <, PLOT_N_RUN_STYLES);
  g_assert_cmpuint (plot_get_run_style (NULL, 1000), <, PLOT_N_RUN_STYLES);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plot/run-style/own", test_own);
  g_test_add_func ("/plot/run-style/second", test_second);
  g_test_add_func ("/plot/run-style/alpha", test_alpha);
  g_test_add_func ("/plot/run-style/alpha-beside-lazy", test_alpha_beside_lazy);
  g_test_add_func ("/plot/run-style/distinct", test_distinct);
  g_test_add_func ("/plot/run-style/without-spec", test_without_spec);
  return g_test_run ();
}
