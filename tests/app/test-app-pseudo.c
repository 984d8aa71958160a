/* SPDX-License-Identifier: GPL-3.0-or-later
 * The window in a language of accents and brackets, 40 % longer than English: nothing is
 * left untranslated, nothing is cut off; from right to left, the pane changes sides. */
#include "config.h"

#include "pseudo.h"

#include "esc-plot-view-private.h"
#include "plot-layout-private.h"

/* --- words ---------------------------------------------------------------------------- */

static void
test_translated (void)
{
  EscWindow            *window = pseudo_open_window ();
  g_autoptr (GPtrArray) problems = pseudo_problems_new ();

  gtk_widget_activate_action (GTK_WIDGET (window), "win.step", NULL);
  app_pump (500);
  g_assert_cmpuint (pseudo_check_words (GTK_WIDGET (window), problems), >, 100);
  pseudo_assert_none (problems);
  app_close_window (window);
}

/* What the engine refuses, which names its own keys, files and groups as they are. */
static void
test_engine (void)
{
  static const char *const bad[] = {
    "[experiment]\n",
    "[experiment]\nversion=9\n",
    APP_SMALL "[bogus]\n",
    APP_SMALL "[run.4]\n",
    APP_SMALL "[change.2]\nstep=1\n",
    APP_SMALL "[change.1]\nstep=1\nrun=4\nkey=rate\nvalue=1\n",
    APP_SMALL "[change.1]\nstep=1\nrun=1\nkey=m\nvalue=1\n",
    APP_SMALL "sed=1\n",
    APP_SMALL "xxxxxxxx=1\n",
    APP_SMALL "rate=-1\n",
    APP_SMALL "rate=xx\n",
    APP_SMALL "m=21\n",
    APP_SMALL "m=\n",
    APP_SMALL "activation=sofplus\n",
    APP_SMALL "activation=xxxxxxxx\n",
    APP_SMALL "activation=relu\n",
    APP_SMALL "learner=xxxxxxxx\n",
    APP_SMALL "bias=x\n",
    APP_SMALL "[problem]\nrank=11\n",
    APP_SMALL "[problem]\nrank=2\ndegree=2;2;2\n",
    APP_SMALL "[problem]\nrank=2\nweights=1\n",
    APP_SMALL "[problem]\ndegree=1.5\n",
    APP_SMALL "[problem]\ndegree=x\n",
    APP_SMALL "[problem]\ndegree=;\n",
    APP_SMALL "[problem]\nkind=data\n",
    APP_SMALL "[problem]\nkind=xxxxxxxx\n",
    "no experiment",
  };
  g_autoptr (GPtrArray) problems = pseudo_problems_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError)  error = NULL;
      g_autoptr (EngSpec) spec = eng_spec_new_from_text (bad[i], -1, &error);

      if (spec == NULL)
        g_test_message ("%s", error->message);
      else
        g_ptr_array_add (problems, g_strdup_printf ("accepted: %s", bad[i]));
      pseudo_check_text (spec == NULL ? error->message : NULL, "refusal", problems);
    }
  pseudo_assert_none (problems);
}

/* --- plots --------------------------------------------------------------------------- */

static void
check_view (EscPlotView *view, GPtrArray *problems)
{
  PlotFrame       *frame = esc_plot_view_get_frame (view);
  PlotReadout     *readout = plot_readout_new (frame, 1);
  g_autofree char *sentence = NULL;

  pseudo_check_plot (frame, problems);
  pseudo_check_text (readout->title, "read-out", problems);
  sentence = plot_readout_describe (readout, frame);
  pseudo_check_text (sentence, "read-out", problems);
  plot_readout_free (readout);
}

/* Every plot by every measure, with curves to compare with. */
static void
test_plots (void)
{
  EscWindow            *window = pseudo_open_window ();
  g_autoptr (GPtrArray) problems = pseudo_problems_new ();
  g_autoptr (GPtrArray) cards = esc_window_get_cards (window);

  gtk_widget_activate_action (GTK_WIDGET (window), "win.step", NULL);
  app_pump (500);
  gtk_toggle_button_set_active (window->compare_button, TRUE);
  for (guint i = 0; i < cards->len; i++)
    {
      EscPlotView     *view = esc_plot_card_get_view (g_ptr_array_index (cards, i));
      const PlotClass *klass = esc_plot_view_get_plot (view);

      for (guint m = 0; m == 0 || (klass->measures != NULL && klass->measures[m] != NULL);
           m++)
        {
          g_object_set (view, "measure", m, NULL);
          check_view (view, problems);
        }
    }
  pseudo_assert_none (problems);
  app_close_window (window);
}

/* --- room ----------------------------------------------------------------------------- */

static void
check_size (EscWindow *window, int width, int height)
{
  g_autoptr (GPtrArray) problems = pseudo_problems_new ();

  pseudo_resize (window, width, height);
  g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (window)), <=, width);
  g_assert_cmpint (gtk_widget_get_height (GTK_WIDGET (window)), <=, height);
  /* No plot has to be scrolled to. */
  g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (window->grid)), <=, width);
  g_assert_cmpuint (pseudo_check_room (GTK_WIDGET (window), problems), >, 8);
  pseudo_assert_none (problems);
}

/* Both pages of plots. */
static void
check_sizes (EscWindow *window)
{
  check_size (window, 1280, 800);
  check_size (window, 1024, 640);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.page", "s", "inside");
  check_size (window, 1280, 800);
  check_size (window, 1024, 640);
}

static void
test_room (void)
{
  EscWindow *window = pseudo_open_window ();

  check_sizes (window);
  app_close_window (window);
}

/* English at twice the size of text. */
static void
test_large_text (void)
{
  EscWindow *window;

  pseudo_set_english (TRUE);
  pseudo_set_text_scale (2);
  window = pseudo_open_window ();
  check_sizes (window);
  app_close_window (window);
  pseudo_set_text_scale (1);
  pseudo_set_english (FALSE);
}

/* --- right to left -------------------------------------------------------------------- */

static float
get_x (EscWindow *window, gpointer widget)
{
  graphene_rect_t bounds;

  g_assert_true (gtk_widget_compute_bounds (widget, GTK_WIDGET (window), &bounds));
  return bounds.origin.x;
}

/* Everything changes sides but time, which runs to the right in every plot. */
static void
test_mirrored (void)
{
  EscWindow       *window;
  const PlotScale *axis;

  gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  window = pseudo_open_window ();
  g_assert_cmpfloat (get_x (window, window->editor), >, get_x (window, window->loss));
  g_assert_cmpfloat (get_x (window, window->train_button), >,
                     get_x (window, window->menu_button));
  g_assert_cmpfloat (get_x (window, window->loss), >, get_x (window, window->spectrum));
  axis = &esc_plot_card_get_view (window->loss)->layout->views[0].x;
  g_assert_cmpfloat (plot_scale_map (axis, 1), <, plot_scale_map (axis, 100));
  check_sizes (window);
  app_close_window (window);
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
}

int
main (int argc, char *argv[])
{
  app_test_init (&argc, &argv);
  g_test_add_func ("/app/pseudo/translated", test_translated);
  g_test_add_func ("/app/pseudo/engine", test_engine);
  g_test_add_func ("/app/pseudo/plots", test_plots);
  g_test_add_func ("/app/pseudo/room", test_room);
  g_test_add_func ("/app/pseudo/large-text", test_large_text);
  g_test_add_func ("/app/pseudo/mirrored", test_mirrored);
  return g_test_run ();
}
