/* SPDX-License-Identifier: GPL-3.0-or-later
 * Runs that diverge: what the window says, what it offers, and what that does. */
#include "config.h"

#include "app-fixture.h"
#include "esc-divergence.h"
#include "esc-help-window.h"

#include <math.h>
#include <string.h>

#define HEAD                                                                             \
  "[experiment]\nversion=1\nname=steep\ntitle=Steep\n"                                   \
  "[problem]\nkind=low-rank-polynomial\nrank=1\ndegree=2\nd=10\nn=60\nn-test=200\n"      \
  "[run.1]\nlearner=lazy\nm=20\nactivation=softplus\nsteps=300\n"
#define STEEP                                                                            \
  HEAD "rate=3.9\n"                                                                      \
       "[run.2]\nlearner=lazy\nlabel=Other\nm=20\nactivation=softplus\nsteps=300\n"

/* --- words and cure of given numbers ------------------------------------------------ */

static EngSnapshot *
make_snapshot (EngSpec *spec)
{
  EngSnapshot *snapshot = eng_snapshot_new (spec, eng_spec_get_n_runs (spec));

  for (guint i = 0; i < snapshot->n_runs; i++)
    {
      snapshot->runs[i].label = g_strdup (eng_spec_get_run_label (spec, i));
      snapshot->runs[i].step_size = 1;
    }
  return snapshot;
}

/* λ_max = 2/`limit`; a limit that is not the reason is not known. */
static void
diverge (EngSnapshot *snapshot, guint run, double step_size, double limit)
{
  EngRunView *view = &snapshot->runs[run];

  view->status = ENG_STATUS_DIVERGED;
  view->step = 21 + 10 * run;
  view->step_size = step_size;
  view->stable_below = limit;
  view->restart_with = isfinite (limit) ? limit / 2 : step_size / 2;
}

static void
check_words (EngSnapshot *snapshot,
             const char  *title,
             const char  *detail,
             const char  *action)
{
  g_autofree char *said_title = esc_divergence_make_title (snapshot);
  g_autofree char *said_detail = esc_divergence_make_detail (snapshot);
  g_autofree char *said_action = esc_divergence_make_action (snapshot);

  g_assert_cmpstr (said_title, ==, title);
  g_assert_cmpstr (said_detail, ==, detail);
  g_assert_cmpstr (said_action, ==, action);
}

static void
check_value (EngSpec *spec, guint run, const char *key, const char *written)
{
  g_assert_cmpstr (eng_settings_get_written (eng_spec_get_run (spec, run), key), ==,
                   written);
}

/* The rate is what is written, the step size what one speaks of. */
static void
test_rate (void)
{
  g_autoptr (EngSpec) spec = app_parse (HEAD "rate=2.15\n[run.2]\nlearner=joint\nm=20\n"
                                             "[run.3]\nlearner=joint\nm=20\n");
  g_autoptr (EngSnapshot) snapshot = make_snapshot (spec);
  g_autoptr (EngSpec)     cured = NULL;

  diverge (snapshot, 0, 4.93, 2 * 4.93 / 2.15);
  check_words (snapshot, "Lazy diverged at step 21",
               "Its step size 4.93 is above the stable limit 2/λ_max = 4.59. The other "
               "runs continue.",
               "_Restart Lazy with 2.29");
  cured = esc_divergence_cure (spec, snapshot);
  check_value (cured, 0, "rate", "1");
  check_value (cured, 0, "step-size", NULL);
  check_value (cured, 1, "rate", NULL);
}

/* A step size of one's own is replaced by one. */
static void
test_step_size (void)
{
  g_autoptr (EngSpec)     spec = app_parse (HEAD "step-size=4.93\nrate=0.7\n");
  g_autoptr (EngSnapshot) snapshot = make_snapshot (spec);
  g_autoptr (EngSpec)     cured = NULL;

  diverge (snapshot, 0, 4.93, 4.58);
  check_words (snapshot, "Lazy diverged at step 21",
               "Its step size 4.93 is above the stable limit 2/λ_max = 4.58.",
               "_Restart Lazy with 2.29");
  cured = esc_divergence_cure (spec, snapshot);
  check_value (cured, 0, "step-size", "2.29");
  check_value (cured, 0, "rate", "0.7");
}

/* The step size is not blamed where it is within the limit; half of it is offered. */
static void
test_other_causes (void)
{
  g_autoptr (EngSpec) plain = app_parse (HEAD "[run.2]\nlearner=joint\nm=20\nrate=1.2\n");
  g_autoptr (EngSpec) r4 = eng_spec_with_value (plain, "run.2", "lambda4", "5", NULL);
  EngChange           change = { 7, 1, (char *) "lambda4", (char *) "9" };
  g_autoptr (EngSpec) changed = eng_spec_with_change (r4, &change, NULL);
  g_autoptr (EngSnapshot) first = make_snapshot (plain), second = make_snapshot (r4);
  g_autoptr (EngSnapshot) third = make_snapshot (changed);
  g_autoptr (EngSpec)     cured = NULL;

  first->runs[0].status = second->runs[0].status = third->runs[0].status
      = ENG_STATUS_FINISHED;
  diverge (first, 1, 3, NAN);
  check_words (first, "Joint diverged at step 31",
               "Its step size 3 is below 2/λ_max, but that limit holds for the quadratic "
               "part of the loss alone.",
               "_Restart Joint with 1.5");
  cured = esc_divergence_cure (plain, first);
  check_value (cured, 1, "rate", "0.6");
  diverge (second, 1, 3, NAN);
  check_words (
      second, "Joint diverged at step 31",
      "Its step size 3 is below 2/λ_max, but that limit leaves out the penalty λ₄.",
      "_Restart Joint with 1.5");
  diverge (third, 1, 3, NAN);
  check_words (third, "Joint diverged at step 31",
               "Its step size 3 is below 2/λ_max, so that is not why; it was changed at "
               "step 7.",
               "_Restart Joint with rate 0.6");
}

/* Changes made while it ran keep their steps; those that were too much become less. */
static void
test_changes (void)
{
  g_autoptr (EngSpec) spec = app_parse (
      HEAD "rate=0.5\n[change.1]\nstep=3\nrun=1\nkey=rate\nvalue=0.8\n"
           "[change.2]\nstep=9\nrun=1\nkey=rate\nvalue=3\n");
  g_autoptr (EngSnapshot) snapshot = make_snapshot (spec);
  g_autoptr (EngSpec)     cured = NULL;

  diverge (snapshot, 0, 6, 4);
  cured = esc_divergence_cure (spec, snapshot);
  check_value (cured, 0, "rate", "0.5");
  g_assert_cmpuint (eng_spec_get_n_changes (cured), ==, 2);
  g_assert_cmpstr (eng_spec_get_change (cured, 0)->value, ==, "0.8");
  g_assert_cmpstr (eng_spec_get_change (cured, 1)->value, ==, "1");
}

static void
test_several (void)
{
  g_autoptr (EngSpec) spec = app_parse (STEEP "rate=3\n[run.3]\nlearner=joint\nm=20\n");
  g_autoptr (EngSnapshot) snapshot = make_snapshot (spec);
  g_autoptr (EngSpec)     cured = NULL;

  diverge (snapshot, 1, 6, 4);
  diverge (snapshot, 0, 7.8, 4);
  check_words (snapshot, "2 runs diverged, the first at step 21",
               "Lazy: step size 7.8, stable below 4; Other: step size 6, stable below 4. "
               "The other run continues.",
               "_Restart with Smaller Steps");
  cured = esc_divergence_cure (spec, snapshot);
  check_value (cured, 0, "rate", "1");
  check_value (cured, 1, "rate", "1");
}

#define MATRIX                                                                           \
  "[experiment]\nversion=1\nname=matrix\ntitle=Matrix\n"                                 \
  "[problem]\nkind=quadratic-sensing\nrank=2\nd=30\nn=600\n"                             \
  "[run.1]\nlearner=ap-rom\nsteps=25\n"

/* A misread gradient has no stable step size: the cure is another gradient. */
static void
test_misread (void)
{
  g_autoptr (EngSpec) spec = app_parse (
      MATRIX "label=As printed\ngradient=printed\nstep-size=1\n"
             "[run.2]\nlearner=ap-rom\ngradient=raw\n[run.3]\nlearner=ap-rom\n");
  g_autoptr (EngSnapshot) snapshot = make_snapshot (spec);
  g_autoptr (EngSpec)     cured = NULL;
  const char             *cause
      = "The gradient is misread: on average it does not point to L*, so no "
        "step size helps. ";
  g_autofree char *one = g_strconcat (cause, "The other runs continue.", NULL);
  g_autofree char *two = g_strconcat (cause, "The other run continues.", NULL);

  diverge (snapshot, 0, 1, NAN);
  snapshot->runs[0].restart_with = NAN;
  check_words (snapshot, "As printed diverged at step 21", one,
               "_Restart with the Centred Gradient");
  g_assert_cmpstr (esc_divergence_get_topic (snapshot), ==, "gradient");
  diverge (snapshot, 1, 0.8, NAN);
  check_words (snapshot, "2 runs diverged, the first at step 21", two,
               "_Restart with the Centred Gradient");
  cured = esc_divergence_cure (spec, snapshot);
  check_value (cured, 0, "gradient", "centred");
  check_value (cured, 0, "step-size", "1");
  check_value (cured, 1, "gradient", "centred");
  check_value (cured, 2, "gradient", NULL);
}

/* Several causes are told apart; where no limit is known half the rate is offered, and
 * nothing where there is no step size. */
static void
test_without_limit (void)
{
  g_autoptr (EngSpec) spec = app_parse (
      MATRIX "samples=batch\nstep-size=1.9\n[run.2]\nlearner=factored-gd\n"
             "[run.3]\nlearner=geco\n");
  g_autoptr (EngSnapshot) first = make_snapshot (spec), second = make_snapshot (spec);
  g_autoptr (EngSnapshot) third = make_snapshot (spec), all = make_snapshot (spec);
  g_autoptr (EngSpec)     cured = NULL;
  g_autofree char        *action = NULL, *detail = NULL;

  diverge (first, 0, 1.9, NAN);
  action = esc_divergence_make_action (first);
  g_assert_cmpstr (action, ==, "_Restart with a Line Search");
  diverge (second, 1, 0.3, NAN);
  second->runs[1].restart_with = NAN;
  check_words (second, "Factorised gradient descent diverged at step 31",
               "Its step size is 0.3; no limit of it is known. The other runs continue.",
               "_Restart Factorised gradient descent with rate 0.125");
  diverge (third, 2, NAN, NAN);
  third->runs[2].restart_with = NAN;
  check_words (third, "GECO diverged at step 41",
               "It has no step size that could be smaller. The other runs continue.",
               NULL);
  for (guint i = 0; i < 3; i++)
    {
      diverge (all, i, 1, NAN);
      all->runs[i].restart_with = NAN;
    }
  detail = esc_divergence_make_detail (all);
  g_assert_nonnull (strstr (detail, "AP-ROM: a fixed step size on one batch; "));
  g_assert_null (strstr (detail, "nan"));
  g_assert_cmpstr (esc_divergence_get_topic (all), ==, "lambda-max");
  cured = esc_divergence_cure (spec, all);
  check_value (cured, 0, "step-size", NULL);
  check_value (cured, 1, "rate", "0.125");
}

/* --- in the window ------------------------------------------------------------------- */

static EngSnapshot *
get_snapshot (EscWindow *window)
{
  return esc_session_model_get_snapshot (window->model);
}

static gboolean
is_said (gpointer data)
{
  EscWindow *window = data;

  return esc_banner_get_revealed (window->divergence_banner);
}

static gboolean
has_ended (gpointer data)
{
  EscWindow *window = data;

  return app_is_done (window) && !esc_session_model_get_training (window->model);
}

static const char *
get_rate (EscWindow *window)
{
  return eng_settings_get_written (
      eng_spec_get_run (esc_document_get_spec (window->document), 0), "rate");
}

static AdwActionRow *
get_row (EscWindow *window, const char *key)
{
  return ADW_ACTION_ROW (esc_param_row_get_widget (app_find_row (window, "run.1", key)));
}

/* Rows unfold in a moment, not at once. */
static gboolean
is_mapped (gpointer widget)
{
  return gtk_widget_get_mapped (widget);
}

/* Whether the row lies wholly within what the pane shows of its rows. */
static gboolean
is_in_sight (gpointer row)
{
  GtkWidget      *pane = gtk_widget_get_ancestor (row, GTK_TYPE_SCROLLED_WINDOW);
  graphene_rect_t bounds;

  return gtk_widget_compute_bounds (row, pane, &bounds) && bounds.origin.y >= 0
         && bounds.origin.y + bounds.size.height
                <= (float) gtk_widget_get_height (pane) + 0.5f;
}

static void
activate (EscWindow *window, const char *action)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (window), action, NULL));
}

/* Said in the banner and in the row; one click makes all well, and can be undone. */
static void
test_restart (void)
{
  EscWindow *window = app_open_window (STEEP);

  app_click (window->train_button);
  g_assert_true (app_wait (has_ended, window));
  g_assert_true (app_wait (is_said, window));
  g_assert_cmpint (get_snapshot (window)->runs[0].status, ==, ENG_STATUS_DIVERGED);
  g_assert_cmpint (get_snapshot (window)->runs[1].status, ==, ENG_STATUS_FINISHED);
  g_assert_true (g_str_has_prefix (gtk_button_get_label (window->restart_button),
                                   "_Restart Lazy with "));
  g_assert_true (
      gtk_widget_has_css_class (GTK_WIDGET (get_row (window, "rate")), "refused"));
  g_assert_true (g_str_has_prefix (adw_action_row_get_subtitle (get_row (window, "rate")),
                                   "stable below 2"));
  g_assert_false (
      gtk_widget_has_css_class (GTK_WIDGET (get_row (window, "step-size")), "refused"));
  g_assert_true (app_wait (is_mapped, get_row (window, "rate")));
  g_assert_true (app_wait (is_in_sight, get_row (window, "rate")));

  app_click (window->restart_button);
  g_assert_cmpstr (get_rate (window), ==, "1");
  g_assert_false (is_said (window));
  g_assert_true (app_wait (has_ended, window));
  g_assert_cmpint (get_snapshot (window)->runs[0].status, ==, ENG_STATUS_FINISHED);
  g_assert_cmpint (get_snapshot (window)->runs[1].status, ==, ENG_STATUS_FINISHED);
  g_assert_false (is_said (window));
  g_assert_false (
      gtk_widget_has_css_class (GTK_WIDGET (get_row (window, "rate")), "refused"));
  activate (window, "win.undo");
  g_assert_cmpstr (get_rate (window), ==, "3.9");
  app_close_window (window);
}

/* What the limit does not cover is named, and no row is accused. */
static void
test_not_the_step (void)
{
  EscWindow *window = app_open_window (
      HEAD "[run.2]\nlearner=joint\nm=20\nactivation=softplus\nsteps=300\n"
           "init=2\nlambda4=1000\n");
  g_autofree char *detail = NULL;
  AdwActionRow    *rate = ADW_ACTION_ROW (
         esc_param_row_get_widget (app_find_row (window, "run.2", "rate")));

  app_click (window->train_button);
  g_assert_true (app_wait (has_ended, window));
  g_assert_true (app_wait (is_said, window));
  detail = esc_divergence_make_detail (get_snapshot (window));
  g_assert_nonnull (strstr (detail, "leaves out the penalty λ₄"));
  g_assert_false (gtk_widget_has_css_class (GTK_WIDGET (rate), "refused"));
  app_click (window->restart_button);
  g_assert_cmpstr (
      eng_settings_get_written (
          eng_spec_get_run (esc_document_get_spec (window->document), 1), "rate"),
      ==, "0.25");
  app_close_window (window);
}

/* Closed, it stays closed until the runs start again; then it comes again. */
static void
test_close (void)
{
  EscWindow *window = app_open_window (STEEP);

  app_click (window->train_button);
  g_assert_true (app_wait (is_said, window));
  esc_banner_hide (window->divergence_banner);
  g_assert_true (app_wait (has_ended, window));
  app_pump (300);
  g_assert_false (is_said (window));
  app_click (window->train_button);
  g_assert_true (app_wait (is_said, window));
  /* Another experiment is not spoken of. */
  app_type (window, "problem", "n", "70");
  g_assert_false (esc_banner_get_revealed (window->divergence_banner)
                  && app_get_step (window) == 0);
  app_close_window (window);
}

/* A step size of one's own is below More: it comes into sight. */
static void
test_hidden_row (void)
{
  EscWindow *window = app_open_window (HEAD "step-size=900\n");

  g_assert_false (gtk_widget_get_mapped (GTK_WIDGET (get_row (window, "step-size"))));
  app_click (window->train_button);
  g_assert_true (app_wait (has_ended, window));
  g_assert_true (app_wait (is_said, window));
  g_assert_true (app_wait (is_mapped, get_row (window, "step-size")));
  g_assert_true (app_wait (is_in_sight, get_row (window, "step-size")));
  g_assert_true (g_str_has_prefix (
      adw_action_row_get_subtitle (get_row (window, "step-size")), "stable below "));
  app_close_window (window);
}

/* The row of the gradient is marked, and one click makes the run end well. */
static void
test_misread_restart (void)
{
  EscWindow *window = app_open_window (MATRIX "gradient=printed\nstep-size=1\n");

  app_click (window->train_button);
  g_assert_true (app_wait (has_ended, window));
  g_assert_true (app_wait (is_said, window));
  g_assert_cmpstr (gtk_button_get_label (window->restart_button), ==,
                   "_Restart with the Centred Gradient");
  g_assert_true (app_wait (is_mapped, get_row (window, "gradient")));
  g_assert_cmpstr (adw_action_row_get_subtitle (get_row (window, "gradient")), ==,
                   "why it diverged");
  g_assert_false (
      gtk_widget_has_css_class (GTK_WIDGET (get_row (window, "step-size")), "refused"));
  app_click (window->restart_button);
  g_assert_false (is_said (window));
  g_assert_true (app_wait (has_ended, window));
  g_assert_cmpint (get_snapshot (window)->runs[0].status, !=, ENG_STATUS_DIVERGED);
  g_assert_false (
      gtk_widget_has_css_class (GTK_WIDGET (get_row (window, "gradient")), "refused"));
  app_close_window (window);
}

static EscHelpWindow *
find_help (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l != NULL; l = l->next)
    if (ESC_IS_HELP_WINDOW (l->data))
      return l->data;
  return NULL;
}

static void
test_explain (void)
{
  EscWindow *window = app_open_window (STEEP);

  activate (window, "win.explain-divergence");
  app_pump (100);
  g_assert_nonnull (find_help ());
  g_assert_cmpstr (esc_help_window_get_entry (find_help ())->id, ==, "lambda-max");
  app_close_window (window);
}

int
main (int argc, char *argv[])
{
  app_test_init (&argc, &argv);
  g_test_add_func ("/app/divergence/rate", test_rate);
  g_test_add_func ("/app/divergence/step-size", test_step_size);
  g_test_add_func ("/app/divergence/other-causes", test_other_causes);
  g_test_add_func ("/app/divergence/changes", test_changes);
  g_test_add_func ("/app/divergence/several", test_several);
  g_test_add_func ("/app/divergence/misread", test_misread);
  g_test_add_func ("/app/divergence/without-limit", test_without_limit);
  g_test_add_func ("/app/divergence/restart", test_restart);
  g_test_add_func ("/app/divergence/misread-restart", test_misread_restart);
  g_test_add_func ("/app/divergence/not-the-step", test_not_the_step);
  g_test_add_func ("/app/divergence/close", test_close);
  g_test_add_func ("/app/divergence/hidden-row", test_hidden_row);
  g_test_add_func ("/app/divergence/explain", test_explain);
  return g_test_run ();
}
