/* SPDX-License-Identifier: GPL-3.0-or-later
 * The plots of an estimated matrix: lines and theory, points side by side, and which
 * experiments they are for. */
#include "plot-fixture.h"
#include "plot-painter-private.h"
#include "plot-readout.h"

#include <math.h>
#include <string.h>

static PlotFrame *
project (const char *id, const PlotOptions *options)
{
  g_autoptr (EngSnapshot) snapshot = plot_fixture_new (PLOT_CASE_MATRIX);

  return plot_project (plot_find_class (id), snapshot, options);
}

static PlotPanel *
get_panel (PlotFrame *frame)
{
  return g_ptr_array_index (frame->panels, 0);
}

/* Returns: (nullable): the series of a role and, but for targets, of a run. */
static PlotSeries *
find (PlotFrame *frame, PlotRole role, guint run)
{
  GPtrArray *all = get_panel (frame)->series;

  for (guint i = 0; i < all->len; i++)
    {
      PlotSeries *series = g_ptr_array_index (all, i);

      if (series->role == role && (role == PLOT_ROLE_TARGET || series->run == run))
        return series;
    }
  return NULL;
}

/* The network, which estimates no matrix, has no line; theory starts where the first
 * iteration ended and falls by its rate. */
static void
test_recovery (void)
{
  g_autoptr (PlotFrame) frame = project ("recovery", NULL);
  PlotSeries           *line = find (frame, PLOT_ROLE_TEST, 0);
  PlotSeries           *theory = find (frame, PLOT_ROLE_THEORY, 0);

  g_assert_cmpuint (line->n, ==, 13);
  g_assert_cmpstr (line->name, ==, "Fresh");
  g_assert_cmpfloat_with_epsilon (line->y[12], pow (0.4, 12), 1e-12);
  g_assert_nonnull (find (frame, PLOT_ROLE_TEST, 1));
  g_assert_null (find (frame, PLOT_ROLE_TEST, 2));
  g_assert_null (find (frame, PLOT_ROLE_THEORY, 1));
  g_assert_cmpfloat (theory->x[0], ==, 1);
  g_assert_cmpfloat_with_epsilon (theory->y[0], 0.4, 1e-12);
  g_assert_cmpfloat (theory->x[theory->n - 1], ==, 25);
  g_assert_cmpfloat_with_epsilon (theory->y[theory->n - 1] / (0.4 * pow (0.39, 24)), 1,
                                  1e-9);
  g_assert_cmpstr (theory->label, ==, "theory: 0.39 per iteration");
  g_assert_nonnull (strstr (frame->summary, "Step 12 of 25"));
  g_assert_nonnull (strstr (frame->summary, "Factored 0.30"));
  /* 4 000 samples for 5 neurons in 100 dimensions. */
  g_assert_nonnull (strstr (frame->subtitle, "C = 8.0"));
  g_assert_nonnull (strstr (frame->subtitle, "q₁′ = 3.2"));
}

/* A theorem about AP-ROM says nothing of others. */
static void
test_no_theorem (void)
{
  g_autoptr (EngSnapshot) snapshot = plot_fixture_new (PLOT_CASE_MATRIX);
  g_autoptr (PlotFrame)   frame = NULL;

  for (guint i = 0; i < snapshot->n_runs; i++)
    {
      g_free (snapshot->runs[i].learner);
      snapshot->runs[i].learner = g_strdup ("gfm");
    }
  frame = plot_project (plot_find_class ("recovery"), snapshot, NULL);
  g_assert_cmpstr (frame->subtitle, ==, "relative to L*");
}

static void
test_angle_measure (void)
{
  PlotOptions           options = { .measure = 2, .x_linear = TRUE };
  g_autoptr (PlotFrame) frame = project ("recovery", &options);

  g_assert_nonnull (find (frame, PLOT_ROLE_TEST, 0));
  g_assert_null (find (frame, PLOT_ROLE_THEORY, 0));
  g_assert_cmpint (get_panel (frame)->x.kind, ==, PLOT_SCALE_LINEAR);
  g_assert_nonnull (strstr (frame->summary, "Largest principal angle"));
}

/* Thick what a run does not see, thin what it fits: of a network the root of its loss. */
static void
test_residual_measure (void)
{
  PlotOptions           options = { .measure = 1 };
  g_autoptr (PlotFrame) frame = project ("recovery", &options);
  PlotSeries           *held_out = find (frame, PLOT_ROLE_TEST, 0);
  PlotSeries           *own = find (frame, PLOT_ROLE_TRAIN, 0);
  PlotSeries           *network = find (frame, PLOT_ROLE_TRAIN, 2);

  g_assert_cmpfloat_with_epsilon (held_out->y[4], pow (0.4, 4), 1e-12);
  g_assert_cmpfloat_with_epsilon (own->y[4], pow (0.4, 4), 1e-12);
  g_assert_cmpfloat_with_epsilon (network->y[0], 1, 1e-12);
  g_assert_nonnull (find (frame, PLOT_ROLE_TEST, 2));
  g_assert_null (find (frame, PLOT_ROLE_THEORY, 0));
  g_assert_nonnull (strstr (frame->summary, "Held-out residual: "));
  g_assert_cmpstr (frame->subtitle, ==, "held out thick, own samples thin");
}

/* Each run by its own clock, from its start to a round number of seconds. */
static void
test_recovery_time (void)
{
  PlotOptions             options = { .x_linear = TRUE };
  g_autoptr (PlotFrame)   frame = project ("recovery-time", &options);
  g_autoptr (PlotFrame)   logarithmic = project ("recovery-time", NULL);
  g_autoptr (PlotReadout) at_5 = plot_readout_new (frame, 0.05);
  g_autoptr (PlotReadout) between = plot_readout_new (frame, 0.055);
  PlotSeries             *line = find (frame, PLOT_ROLE_TEST, 1);

  g_assert_cmpfloat_with_epsilon (line->x[12], 0.12, 1e-12);
  g_assert_cmpfloat_with_epsilon (line->y[0], 1, 1e-12);
  g_assert_null (find (frame, PLOT_ROLE_TEST, 2));
  g_assert_cmpfloat (get_panel (frame)->x.lo, ==, 0);
  g_assert_cmpfloat (get_panel (frame)->x.hi, >=, 0.12);
  g_assert_cmpint (get_panel (frame)->x.kind, ==, PLOT_SCALE_LINEAR);
  g_assert_cmpint (get_panel (logarithmic)->x.kind, ==, PLOT_SCALE_LOG);
  g_assert_true (get_panel (logarithmic)->x.zero);
  g_assert_cmpstr (at_5->title, ==, "seconds: 0.0500");
  /* Between two records the last one holds, and is marked where it is. */
  for (guint i = 0; i < between->rows->len; i++)
    {
      const PlotReadoutRow *row = g_ptr_array_index (between->rows, i);

      g_assert_cmpfloat_with_epsilon (row->shift, -0.005, 1e-12);
      if (strcmp (row->name, "Fresh") == 0)
        g_assert_cmpfloat_with_epsilon (row->y, pow (0.4, 5), 1e-12);
    }
  g_assert_cmpuint (between->rows->len, ==, 2);
  g_assert_nonnull (strstr (frame->summary, "Factored 0.30"));
}

/* The test loss is what a network has as well. */
static void
test_loss_by_time (void)
{
  PlotOptions           options = { .measure = 1 };
  g_autoptr (PlotFrame) frame = project ("recovery-time", &options);

  g_assert_nonnull (find (frame, PLOT_ROLE_TEST, 2));
  g_assert_nonnull (strstr (frame->summary, "Test loss: "));
}

/* No two runs stand on each other; what they should be is where none is drawn. */
static void
test_eigenvalues (void)
{
  g_autoptr (PlotFrame) frame = project ("eigenvalues", NULL);
  PlotSeries           *target = find (frame, PLOT_ROLE_TARGET, 0);
  PlotSeries           *first = find (frame, PLOT_ROLE_POINTS, 0);
  PlotSeries           *second = find (frame, PLOT_ROLE_POINTS, 1);
  PlotPanel            *panel = get_panel (frame);

  g_assert_cmpuint (target->n, ==, 5);
  g_assert_cmpfloat (target->y[1], ==, -0.51);
  g_assert_cmpfloat (first->x[4], ==, 5);
  g_assert_cmpfloat (first->shift, <, 0);
  g_assert_cmpfloat (second->shift, ==, -first->shift);
  g_assert_cmpfloat (second->shift, <, target->reach);
  g_assert_null (find (frame, PLOT_ROLE_POINTS, 2));
  g_assert_cmpint (panel->y.kind, ==, PLOT_SCALE_LINEAR);
  g_assert_cmpfloat (panel->y.lo, <, -0.5);
  g_assert_cmpfloat (panel->x.lo, ==, 0.5);
  g_assert_cmpfloat (panel->x.hi, ==, 5.5);
  g_assert_nonnull (strstr (frame->summary, "L* 0.67 (3 positive, 2 negative)"));
  g_assert_nonnull (strstr (frame->summary, "Factored 0.65 (2 positive, 3 negative)"));
}

static void
test_angles (void)
{
  g_autoptr (PlotFrame) frame = project ("angles", NULL);

  g_assert_cmpuint (find (frame, PLOT_ROLE_POINTS, 1)->n, ==, 5);
  g_assert_null (find (frame, PLOT_ROLE_TARGET, 0));
  g_assert_cmpint (get_panel (frame)->y.kind, ==, PLOT_SCALE_LOG);
  g_assert_nonnull (strstr (frame->summary, "Factored 0.30"));
}

/* Whole ranks are read off, each run's beside L*; and theory where it is drawn. */
static void
test_readout (void)
{
  g_autoptr (PlotFrame)   points = project ("eigenvalues", NULL);
  g_autoptr (PlotFrame)   lines = project ("recovery", NULL);
  g_autoptr (PlotReadout) at_2 = plot_readout_new (points, 2);
  g_autoptr (PlotReadout) at_1 = plot_readout_new (lines, 1);
  g_autofree char        *words = plot_readout_describe (at_2, points);

  g_assert_cmpfloat (plot_readout_snap (points, 0, 2.3), ==, 2);
  g_assert_cmpuint (at_2->rows->len, ==, 3);
  g_assert_nonnull (strstr (words, "L* −0.51"));
  g_assert_nonnull (strstr (words, "Fresh −0.51"));
  g_assert_cmpuint (at_1->rows->len, ==, 3);
  for (guint i = 0; i < at_1->rows->len; i++)
    {
      const PlotReadoutRow *row = g_ptr_array_index (at_1->rows, i);

      g_assert_cmpint (row->is_theory, ==, g_str_has_prefix (row->name, "theory"));
    }
}

static void
collect (const PlotTextItem *item, gpointer data)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < item->n_pieces; i++)
    g_string_append (text, item->pieces[i].text);
  g_ptr_array_add (data, g_strdup (text->str));
}

/* Between two neurons there is none: no tick at 1.5, also in a wide plot. */
static void
test_whole_ticks (void)
{
  g_autoptr (EngSnapshot) snapshot = plot_fixture_new (PLOT_CASE_MATRIX);
  g_autoptr (PlotFrame)   frame = NULL;
  g_autoptr (GPtrArray)   words = g_ptr_array_new_with_free_func (g_free);
  cairo_surface_t *surface = cairo_recording_surface_create (CAIRO_CONTENT_COLOR, NULL);
  cairo_t         *cr = cairo_create (surface);
  PlotTheme        theme;

  snapshot->truth.rank = 2;
  snapshot->runs[0].matrix.rank = snapshot->runs[1].matrix.rank = 2;
  frame = plot_project (plot_find_class ("eigenvalues"), snapshot, NULL);
  plot_theme_init (&theme, PLOT_THEME_LIGHT, 1, NULL);
  plot_painter_paint_to (frame, &theme, NULL, cr, 900, 300, collect, words);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  g_assert_true (g_ptr_array_find_with_equal_func (words, "2", g_str_equal, NULL));
  g_assert_false (g_ptr_array_find_with_equal_func (words, "1.5", g_str_equal, NULL));
  /* Whose points they are. */
  g_assert_true (g_ptr_array_find_with_equal_func (words, "Factored", g_str_equal, NULL));
  g_assert_true (g_ptr_array_find_with_equal_func (words, "L*", g_str_equal, NULL));
}

/* Eigenvalues that left for good are in the table and leave room for the others; until a
 * run has ended also those that are about to. */
static void
test_diverged (void)
{
  g_autoptr (EngSnapshot) snapshot = plot_fixture_new (PLOT_CASE_MATRIX);
  g_autoptr (PlotFrame)   frame = NULL;
  double                  highest;

  frame = plot_project (plot_find_class ("eigenvalues"), snapshot, NULL);
  highest = get_panel (frame)->y.hi;
  g_clear_pointer (&frame, plot_frame_unref);
  snapshot->runs[1].matrix.eigenvalues[0] = 1e8;
  snapshot->runs[1].status = ENG_STATUS_FINISHED;
  frame = plot_project (plot_find_class ("eigenvalues"), snapshot, NULL);
  g_assert_cmpfloat (get_panel (frame)->y.hi, ==, 1e8);
  g_clear_pointer (&frame, plot_frame_unref);
  snapshot->runs[1].status = ENG_STATUS_CONTINUE;
  frame = plot_project (plot_find_class ("eigenvalues"), snapshot, NULL);
  g_assert_cmpfloat (get_panel (frame)->y.hi, <=, highest);
  g_clear_pointer (&frame, plot_frame_unref);
  snapshot->runs[1].status = ENG_STATUS_DIVERGED;
  frame = plot_project (plot_find_class ("eigenvalues"), snapshot, NULL);
  g_assert_cmpfloat (get_panel (frame)->y.hi, <=, highest);
  g_assert_true (find (frame, PLOT_ROLE_POINTS, 1)->diverged);
  g_assert_cmpfloat (find (frame, PLOT_ROLE_POINTS, 1)->y[0], ==, 1e8);
  /* They stand at its end, with their value. */
  g_assert_true (find (frame, PLOT_ROLE_POINTS, 1)->beyond);
  g_assert_cmpstr (find (frame, PLOT_ROLE_POINTS, 1)->value, ==, "1.0·10⁸");
  g_assert_false (find (frame, PLOT_ROLE_POINTS, 0)->beyond);
}

/* Few steps lie on an even axis, as long as one sees them. */
static void
test_steps (void)
{
  static const struct
  {
    const char *run;
    gboolean    even;
  } cases[] = {
    { "ap-rom\nsteps=100", TRUE },
    { "factored-gd\nsteps=600", FALSE },
    { "network\nsteps=100\nactivation=relu", FALSE },
    { "network\nsteps=100\nactivation=square", TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf (
          "[experiment]\nversion=1\nname=a\n[problem]\nkind=quadratic-sensing\nd=10\n"
          "n=60\n[run.1]\nlearner=ep-rom\nsteps=50\n[run.2]\nlearner=%s\n",
          cases[i].run);
      g_autoptr (EngSpec) spec = eng_spec_new_from_text (text, -1, NULL);

      g_assert_nonnull (spec);
      g_assert_cmpint (plot_prefers_linear_steps (spec), ==, cases[i].even);
    }
}

/* Beside matrix methods only the runs with neurons have a small multiple, under their own
 * number; without any student all have. */
static void
test_small_multiples (void)
{
  static const char *const ids[] = { "terms", "neurons", "bands" };
  g_autoptr (EngSnapshot)  snapshot = plot_fixture_new (PLOT_CASE_MATRIX);
  g_autoptr (GError)       error = NULL;

  snapshot->spec = eng_spec_new_from_text (
      "[experiment]\nversion=1\nname=a\n[problem]\nkind=quadratic-sensing\nd=10\nn=60\n"
      "rank=1\n[run.1]\nlearner=ap-rom\n[run.2]\nlearner=factored-gd\n"
      "[run.3]\nlearner=network\n",
      -1, &error);
  g_assert_no_error (error);
  for (gsize i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autoptr (PlotFrame) frame = plot_project (plot_find_class (ids[i]), snapshot,
                                                  NULL);

      g_assert_cmpuint (frame->panels->len, ==, 1);
      g_assert_cmpuint (get_panel (frame)->run, ==, 2);
      g_assert_cmpstr (get_panel (frame)->title, ==, "Network");
    }
}

/* An earlier experiment lies behind in every measure. */
static void
test_pinned (void)
{
  g_autoptr (EngSnapshot)  pinned = plot_fixture_new (PLOT_CASE_MATRIX);
  static const char *const ids[] = { "recovery", "recovery-time" };

  for (gsize i = 0; i < G_N_ELEMENTS (ids); i++)
    for (guint measure = 0; measure < 2; measure++)
      {
        PlotOptions           options = { .measure = measure, .pinned = pinned };
        g_autoptr (PlotFrame) frame = project (ids[i], &options);
        PlotSeries *behind = find (frame, PLOT_ROLE_PINNED, ENG_SPEC_MAX_RUNS + 1);
        PlotSeries *line = find (frame, PLOT_ROLE_TEST, 1);

        g_assert_cmpstr (behind->name, ==, "Factored, pinned");
        g_assert_cmpfloat (behind->y[5], ==, line->y[5]);
        g_assert_cmpfloat (behind->x[5], ==, line->x[5]);
        g_assert_nonnull (strstr (frame->summary, "To compare with: "));
      }
}

/* Which of the plots an experiment with these learners has, as one word. */
static void
assert_suits (const char *problem, const char *first, const char *second, const char *ids)
{
  g_autofree char *text = g_strdup_printf (
      "[experiment]\nversion=1\nname=a\n[problem]\nkind=%s\nrank=1\nd=10\nn=60\n"
      "[run.1]\nlearner=%s\n[run.2]\nlearner=%s\n",
      problem, first, second);
  g_autoptr (GError)  error = NULL;
  g_autoptr (EngSpec) spec = eng_spec_new_from_text (text, -1, &error);
  g_autoptr (GString) found = g_string_new (NULL);

  g_assert_no_error (error);
  for (gsize i = 0; plot_get_classes ()[i] != NULL; i++)
    if (plot_class_suits (plot_get_classes ()[i], spec))
      g_string_append_printf (found, "%s ", plot_get_classes ()[i]->id);
  g_assert_cmpstr (found->str, ==, ids);
}

static void
test_suits (void)
{
  assert_suits ("low-rank-polynomial", "lazy", "network",
                "loss spectrum movement bands terms neurons ");
  assert_suits ("low-rank-polynomial", "three-layer", "kernel-ridge",
                "loss degrees movement ");
  assert_suits ("low-rank-polynomial", "three-layer", "joint",
                "loss degrees spectrum movement bands terms neurons ");
  assert_suits ("low-rank-polynomial", "three-layer\nfirst-layer=random", "three-layer",
                "loss degrees spectrum movement ");
  assert_suits ("quadratic-sensing", "ap-rom", "ep-rom",
                "loss recovery recovery-time eigenvalues angles ");
  assert_suits ("quadratic-sensing", "ap-rom", "network",
                "loss movement terms neurons recovery recovery-time eigenvalues ");
  /* With square activations the network is a matrix too. */
  assert_suits ("quadratic-sensing", "ap-rom", "network\nactivation=square",
                "loss terms neurons recovery recovery-time eigenvalues angles ");
  assert_suits ("quadratic-sensing", "ap-rom", "network\nactivation=square\nbias=1",
                "loss movement terms neurons recovery recovery-time eigenvalues ");
  assert_suits ("low-rank-polynomial", "lazy", "network\nactivation=square",
                "loss spectrum movement bands terms neurons ");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plot-matrix/recovery", test_recovery);
  g_test_add_func ("/plot-matrix/recovery/no-theorem", test_no_theorem);
  g_test_add_func ("/plot-matrix/recovery/angle", test_angle_measure);
  g_test_add_func ("/plot-matrix/recovery/residual", test_residual_measure);
  g_test_add_func ("/plot-matrix/recovery-time", test_recovery_time);
  g_test_add_func ("/plot-matrix/recovery-time/loss", test_loss_by_time);
  g_test_add_func ("/plot-matrix/eigenvalues", test_eigenvalues);
  g_test_add_func ("/plot-matrix/angles", test_angles);
  g_test_add_func ("/plot-matrix/readout", test_readout);
  g_test_add_func ("/plot-matrix/whole-ticks", test_whole_ticks);
  g_test_add_func ("/plot-matrix/diverged", test_diverged);
  g_test_add_func ("/plot-matrix/steps", test_steps);
  g_test_add_func ("/plot-matrix/small-multiples", test_small_multiples);
  g_test_add_func ("/plot-matrix/pinned", test_pinned);
  g_test_add_func ("/plot-matrix/suits", test_suits);
  return g_test_run ();
}
