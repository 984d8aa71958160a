/* SPDX-License-Identifier: GPL-3.0-or-later
 * Words and numbers of the window. */
#include "config.h"

#include "app-fixture.h"
#include "esc-words.h"

static void
test_duration (void)
{
  static const struct
  {
    double      seconds;
    const char *words;
  } cases[] = {
    { 0, "0 s" },        { 0.2, "1 s" },        { 59, "59 s" },
    { 61, "1 min 1 s" }, { 3600, "1 h 0 min" }, { 8040, "2 h 14 min" },
    { NAN, "" },         { INFINITY, "" },      { -1, "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *words = esc_words_duration (cases[i].seconds);

      g_assert_cmpstr (words, ==, cases[i].words);
    }
}

static void
test_time (void)
{
  static const struct
  {
    EngPhase    phase;
    guint64     step;
    double      speed, seconds;
    const char *words;
  } cases[] = {
    { ENG_PHASE_RUNNING, 99, 10, 2, "" },
    { ENG_PHASE_RUNNING, 100, 100, 2, "19 s left" },
    { ENG_PHASE_RUNNING, 100, NAN, 2, "" },
    { ENG_PHASE_RUNNING, 10, 1, 11, "33 min 10 s left" },
    { ENG_PHASE_PAUSED, 500, 100, 5, "" },
    { ENG_PHASE_DONE, 2000, NAN, 8, "Done in 8 s" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      EngSnapshot      snapshot = { .phase = cases[i].phase,
                                    .step = cases[i].step,
                                    .planned = 2000,
                                    .seconds = cases[i].seconds,
                                    .steps_per_second = cases[i].speed };
      g_autofree char *words = esc_words_time (&snapshot);

      g_assert_cmpstr (words, ==, cases[i].words);
    }
}

static void
test_plain_number (void)
{
  static const struct
  {
    double      value;
    const char *text;
  } cases[] = {
    { 379, "379" },   { 0.5, "0.5" },     { 9007199254740991.0, "9.0072e+15" },
    { -3, "-3" },     { 1e-4, "0.0001" }, { NAN, "" },
    { 2.28, "2.28" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = esc_words_plain_number (cases[i].value);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

static void
test_formula (void)
{
  g_autofree char *power = esc_words_formula_markup ("1.5 d^1.5");
  g_autofree char *plain = esc_words_formula_markup ("2d");
  g_autofree char *hostile = esc_words_formula_markup ("<b>&^_");
  g_autofree char *sentence = esc_words_formula_markup (
      "f_L needs d^2. No recovered_degree");
  g_autofree char *title = esc_words_formula_plain ("About d^2 and d^1.5");

  g_assert_cmpstr (power, ==, "1.5 d<sup>1.5</sup>");
  g_assert_cmpstr (plain, ==, "2d");
  g_assert_cmpstr (hostile, ==, "&lt;b&gt;&amp;^_");
  g_assert_cmpstr (sentence, ==,
                   "f<sub>L</sub> needs d<sup>2</sup>. No recovered_degree");
  g_assert_cmpstr (title, ==, "About d² and d^1.5");
}

static void
test_refusal (void)
{
  static const struct
  {
    const char *message, *group, *key, *words;
  } cases[] = {
    { "problem.rank: must be at most d = 10", "problem", "rank",
      "Must be at most d = 10" },
    { "run.1.m: must be even, got 3", "run.*", "m", "Must be even, got 3" },
    { "run.2.m: must be even, got 3", "run.2", "m", "Must be even, got 3" },
    { "this needs 41 GB", "problem", "n", "This needs 41 GB" },
    { "problem.d: must be 3 because problem.n is", "problem", "n",
      "Problem.d: must be 3 because problem.n is" },
    { "", "problem", "n", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *words = esc_words_refusal (cases[i].message, cases[i].group,
                                                  cases[i].key);

      g_assert_cmpstr (words, ==, cases[i].words);
    }
}

static void
test_summary (void)
{
  g_autoptr (EngSpec) two = app_parse (APP_SMALL);
  g_autoptr (EngSpec) one = eng_spec_without_run (two, 1, NULL);
  g_autoptr (EngSpec) differ = eng_spec_with_value (two, "run.2", "m", "40", NULL);
  g_autofree char    *words_two = esc_words_summary (two);
  g_autofree char    *words_one = esc_words_summary (one);
  g_autofree char    *words_differ = esc_words_summary (differ);

  g_assert_cmpstr (words_two, ==, "2 runs on the same data: d = 10, n = 60, m = 20");
  g_assert_cmpstr (words_one, ==, "1 run: d = 10, n = 60, m = 20");
  g_assert_cmpstr (words_differ, ==, "2 runs on the same data: d = 10, n = 60");
}

static void
test_status (void)
{
  EngRunView       run = { .step = 21, .step_size = 4.93, .stable_below = 4.58 };
  g_autofree char *ready = NULL, *training = NULL, *diverged = NULL, *unknown = NULL;

  training = esc_words_run_status (&run, ENG_PHASE_RUNNING);
  g_assert_cmpstr (training, ==, "Training");
  run.status = ENG_STATUS_DIVERGED;
  diverged = esc_words_run_status (&run, ENG_PHASE_RUNNING);
  g_assert_cmpstr (diverged, ==,
                   "Diverged at step 21 with step size 4.93; stable below 4.58");
  run.stable_below = NAN;
  unknown = esc_words_run_status (&run, ENG_PHASE_DONE);
  g_assert_cmpstr (unknown, ==, "Diverged at step 21");
  run.status = ENG_STATUS_CONTINUE;
  run.step = 0;
  ready = esc_words_run_status (&run, ENG_PHASE_PAUSED);
  g_assert_cmpstr (ready, ==, "Ready");
}

int
main (int argc, char *argv[])
{
  app_test_init (&argc, &argv);
  g_test_add_func ("/app/words/duration", test_duration);
  g_test_add_func ("/app/words/time", test_time);
  g_test_add_func ("/app/words/plain-number", test_plain_number);
  g_test_add_func ("/app/words/formula", test_formula);
  g_test_add_func ("/app/words/refusal", test_refusal);
  g_test_add_func ("/app/words/summary", test_summary);
  g_test_add_func ("/app/words/status", test_status);
  return g_test_run ();
}
