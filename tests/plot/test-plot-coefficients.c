/* SPDX-License-Identifier: GPL-3.0-or-later
 * The plots of linear predictors. */
#include "plot-fixture.h"

#include <math.h>
#include <string.h>

#define N_TRUE 3

static PlotPanel *
get_panel (PlotFrame *frame, guint index)
{
  g_assert_cmpuint (index, <, frame->panels->len);
  return g_ptr_array_index (frame->panels, index);
}

/* Returns: (nullable). */
static PlotSeries *
find (PlotPanel *panel, PlotRole role)
{
  for (guint i = 0; i < panel->series->len; i++)
    {
      PlotSeries *series = g_ptr_array_index (panel->series, i);

      if (series->role == role)
        return series;
    }
  return NULL;
}

static PlotFrame *
project (const EngSnapshot *snapshot, const char *id, guint measure)
{
  PlotOptions options = { .measure = measure };

  return plot_project (plot_find_class (id), snapshot, &options);
}

/* The teacher's come first, then the others; of either the largest of theory first. */
static void
test_order (void)
{
  g_autoptr (EngSnapshot) snapshot = plot_fixture_new (PLOT_CASE_LINEAR);
  g_autoptr (PlotFrame)   frame = project (snapshot, "coefficients", 0);

  g_assert_cmpuint (frame->panels->len, ==, 2);
  for (guint run = 0; run < 2; run++)
    {
      PlotPanel  *panel = get_panel (frame, run);
      PlotSeries *points = find (panel, PLOT_ROLE_POINTS);
      PlotSeries *theory = find (panel, PLOT_ROLE_THEORY);
      PlotSeries *teacher = find (panel, PLOT_ROLE_TARGET);
      PlotRule   *rule = g_ptr_array_index (panel->rules, 0);

      g_assert_cmpstr (panel->title, ==, run == 0 ? "Lazy" : "Rich");
      g_assert_cmpuint (points->n, ==, theory->n);
      g_assert_cmpuint (teacher->n, ==, N_TRUE);
      g_assert_cmpfloat (rule->at, ==, N_TRUE + 0.5);
      g_assert_true (rule->vertical);
      for (gsize i = 0; i < N_TRUE; i++)
        {
          g_assert_cmpfloat (teacher->y[i], ==, 0.6);
          g_assert_cmpfloat (points->y[i], ==, run == 0 ? 0.09 : 0.5);
        }
      /* Sizes, so none is negative. */
      for (gsize i = N_TRUE; i < points->n; i++)
        {
          g_assert_cmpfloat (theory->y[i], >=, 0);
          g_assert_cmpfloat (points->y[i], >=, 0);
          if (i > N_TRUE)
            g_assert_cmpfloat (theory->y[i], <=, theory->y[i - 1]);
        }
    }
}

/* Every panel has the same height, in which the teacher has room. */
static void
test_axes (void)
{
  g_autoptr (EngSnapshot) snapshot = plot_fixture_new (PLOT_CASE_LINEAR);

  for (guint measure = 0; measure < 3; measure++)
    {
      g_autoptr (PlotFrame) frame = project (snapshot, "coefficients", measure);

      g_assert_cmpfloat (get_panel (frame, 0)->y.hi, ==, get_panel (frame, 1)->y.hi);
      g_assert_cmpfloat (get_panel (frame, 0)->y.hi, ==, 0.6);
      g_assert_cmpfloat (get_panel (frame, 0)->y.lo, ==, 0);
      g_assert_cmpfloat (get_panel (frame, 0)->x.hi, >, 50);
    }
}

/* What is dashed, and how far the run is from it. */
static void
test_measures (void)
{
  static const struct
  {
    const char *label, *summary;
    double      lazy, rich; /* of the teacher's coefficients */
  } expected[] = {
    { "argmin Q", "Distance to argmin Q: ", 0.1, 0.51 },
    { "least ℓ₁ norm", "ℓ₁ norm above the least: Lazy", 0.55, 0.55 },
    { "least ℓ₂ norm", "ℓ₂ norm above the least: ", 0.1, 0.1 },
  };
  g_autoptr (EngSnapshot) snapshot = plot_fixture_new (PLOT_CASE_LINEAR);

  for (guint measure = 0; measure < 3; measure++)
    {
      g_autoptr (PlotFrame) frame = project (snapshot, "coefficients", measure);
      PlotSeries           *lazy = find (get_panel (frame, 0), PLOT_ROLE_THEORY);
      PlotSeries           *rich = find (get_panel (frame, 1), PLOT_ROLE_THEORY);

      g_assert_cmpstr (lazy->label, ==, expected[measure].label);
      g_assert_nonnull (strstr (frame->summary, expected[measure].summary));
      g_assert_cmpfloat (lazy->y[0], ==, expected[measure].lazy);
      g_assert_cmpfloat (rich->y[0], ==, expected[measure].rich);
      g_assert_nonnull (get_panel (frame, 0)->subtitle);
    }
}

/* Without a teacher that is linear, and without what theory knows. */
static void
test_alone (void)
{
  g_autoptr (EngSnapshot) snapshot = plot_fixture_new (PLOT_CASE_LINEAR);
  g_autoptr (PlotFrame)   frame = NULL;
  PlotSeries             *points;

  eng_coefficients_clear (&snapshot->teacher);
  g_clear_pointer (&snapshot->runs[1].coefficients.expected, g_free);
  frame = project (snapshot, "coefficients", 0);
  g_assert_null (find (get_panel (frame, 0), PLOT_ROLE_TARGET));
  g_assert_cmpuint (get_panel (frame, 0)->rules->len, ==, 0);
  g_assert_nonnull (find (get_panel (frame, 0), PLOT_ROLE_THEORY));
  g_assert_null (find (get_panel (frame, 1), PLOT_ROLE_THEORY));
  /* By its own size then. */
  points = find (get_panel (frame, 1), PLOT_ROLE_POINTS);
  for (gsize i = 1; i < points->n; i++)
    g_assert_cmpfloat (points->y[i], <=, points->y[i - 1]);
}

/* Of 10 000 not every one is drawn, but the first and the last ones are near. */
static void
test_many (void)
{
  g_autoptr (EngSnapshot) snapshot = plot_fixture_new (PLOT_CASE_LINEAR);
  EngCoefficients        *many = &snapshot->runs[0].coefficients;
  g_autoptr (PlotFrame)   frame = NULL;
  PlotSeries             *points;

  eng_coefficients_clear (many);
  *many = (EngCoefficients){ .n = 10000, .found = g_new0 (double, 10000) };
  frame = project (snapshot, "coefficients", 0);
  points = find (get_panel (frame, 0), PLOT_ROLE_POINTS);
  g_assert_cmpuint (points->n, <, 2000);
  g_assert_cmpfloat (points->x[20], ==, 21);
  g_assert_cmpfloat (points->x[points->n - 1], >, 9900);
}

static void
test_bias (void)
{
  g_autoptr (EngSnapshot) snapshot = plot_fixture_new (PLOT_CASE_LINEAR);

  for (guint measure = 0; measure < 4; measure++)
    {
      g_autoptr (PlotFrame) frame = project (snapshot, "bias", measure);
      PlotPanel            *panel = get_panel (frame, 0);

      g_assert_cmpuint (panel->series->len, ==, 2);
      g_assert_cmpuint (panel->rules->len, ==, measure == 3 ? 2 : 0);
      g_assert_cmpuint (find (panel, PLOT_ROLE_TEST)->n, ==, 301);
      g_assert_nonnull (strstr (frame->summary, "Lazy"));
    }
}

static void
test_suits (void)
{
  static const char *const texts[] = { "diagonal", "lazy" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *text = g_strdup_printf (
          "[experiment]\nversion=1\nname=a\n[problem]\nkind=low-rank-polynomial\n"
          "degree=1\nd=10\nn=6\n[run.1]\nlearner=%s\n",
          texts[i]);
      g_autoptr (GError)  error = NULL;
      g_autoptr (EngSpec) spec = eng_spec_new_from_text (text, -1, &error);
      gboolean            linear = i == 0;

      g_assert_no_error (error);
      g_assert_true (plot_class_suits (plot_find_class ("loss"), spec));
      g_assert_true (plot_class_suits (plot_find_class ("movement"), spec));
      g_assert_cmpint (plot_class_suits (plot_find_class ("coefficients"), spec), ==,
                       linear);
      g_assert_cmpint (plot_class_suits (plot_find_class ("bias"), spec), ==, linear);
      g_assert_cmpint (plot_class_suits (plot_find_class ("spectrum"), spec), ==,
                       !linear);
      g_assert_cmpint (plot_class_suits (plot_find_class ("neurons"), spec), ==, !linear);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plot-coefficients/order", test_order);
  g_test_add_func ("/plot-coefficients/axes", test_axes);
  g_test_add_func ("/plot-coefficients/measures", test_measures);
  g_test_add_func ("/plot-coefficients/alone", test_alone);
  g_test_add_func ("/plot-coefficients/many", test_many);
  g_test_add_func ("/plot-coefficients/bias", test_bias);
  g_test_add_func ("/plot-coefficients/suits", test_suits);
  return g_test_run ();
}
