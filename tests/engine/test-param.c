/* SPDX-License-Identifier: GPL-3.0-or-later
 * Numbers and expressions of d, ranges in words, look-up; and that every table of every
 * class is one a file and a window can use. */
#include "eng-error.h"
#include "eng-param.h"
#include "eng-registry.h"

#include <math.h>
#include <string.h>

/* pow () is right to the last digit or two. */
#define ROUNDING 1e-13

typedef struct
{
  const char *text;
  double      d, value;
} Good;

static void
test_numbers (void)
{
  static const Good good[] = {
    { "1", 0, 1 },
    { " -2.5 ", 0, -2.5 },
    { "+3", 0, 3 },
    { "1e-4", 0, 1e-4 },
    { ".5", 0, 0.5 },
    { "5.", 0, 5 },
    { "d", 7, 7 },
    { "2d", 7, 14 },
    { "2 d", 7, 14 },
    { "2*d", 7, 14 },
    { "2 * d", 7, 14 },
    { "d^2", 7, 49 },
    { "d ^ 2", 7, 49 },
    { "1.5 d^1.5", 100, 1500 },
    { "0.5*d^-1", 8, 0.0625 },
    { "-1 d", 3, -3 },
    { "\t4\t", 0, 4 },
    { "1.2 d^1.5", 60, 1.2 * 464.75800154489 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autoptr (GError) error = NULL;
      double             value;

      g_assert_true (eng_param_parse_number (good[i].text, good[i].d, &value, &error));
      g_assert_no_error (error);
      g_assert_cmpfloat_with_epsilon (value, good[i].value,
                                      1e-12 + ROUNDING * fabs (good[i].value));
    }
}

static void
test_refused_numbers (void)
{
  static const char *const bad[]
      = { "",     " ",   "x",     "1x",    "nan",    "inf",   "-inf",  "NaN",    "0x10",
          "1e",   "1,5", "1 2",   "d d",   "d2",     "d^",    "d^^2",  "d^d",    "2 *",
          "*",    "* d", "--1",   "+-1",   "-d",     "1e999", "d^400", "1e999d", "d^nan",
          "1 +d", "d+1", "(d)",   "2 * 3", "-",      ".",     "e5",    "1e5000", "D",
          "١",    "1;2", "d^0x2", "1\n",   "1 d^1 d" };

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;
      double             value = 77.0;

      if (eng_param_parse_number (bad[i], 30.0, &value, &error))
        g_test_message ("“%s” was read as %g", bad[i], value);
      g_assert_error (error, ENG_ERROR, ENG_ERROR_INVALID_SPEC);
      g_assert_nonnull (strstr (error->message, bad[i]));
      /* Nothing is written on refusal. */
      g_assert_cmpfloat (value, ==, 77.0);
    }
}

/* Without a d there are no expressions of it. */
static void
test_no_dimension (void)
{
  g_autoptr (GError) error = NULL;
  double             value;

  g_assert_false (eng_param_parse_number ("2 d", 0.0, &value, &error));
  g_assert_error (error, ENG_ERROR, ENG_ERROR_INVALID_SPEC);
  g_assert_null (strstr (error->message, "expression"));
}

static void
test_ranges (void)
{
  static const EngChoice choices[] = { { "a", "A" }, { "b", "B" }, { NULL, NULL } };
  static const struct
  {
    EngParam    param;
    const char *text;
  } cases[] = {
    { { .kind = ENG_PARAM_REAL, .min = 0, .max = 4, .flags = ENG_PARAM_OPEN_MIN },
      "in (0, 4]" },
    { { .kind = ENG_PARAM_REAL, .min = -0.5, .max = 1e7 }, "in [-0.5, 10000000]" },
    { { .kind = ENG_PARAM_INT, .min = 1, .max = 9 }, "a whole number in [1, 9]" },
    { { .kind = ENG_PARAM_INT, .min = 2, .max = 8, .flags = ENG_PARAM_EVEN },
      "an even whole number in [2, 8]" },
    { { .kind = ENG_PARAM_CHOICE, .choices = choices }, "one of a, b" },
    { { .kind = ENG_PARAM_BOOLEAN }, "true or false" },
    { { .kind = ENG_PARAM_LIST, .min = 0, .max = 1 },
      "numbers separated by semicolons, each in [0, 1]" },
    { { .kind = ENG_PARAM_TEXT }, "text of at most 1024 bytes" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = eng_param_describe_range (&cases[i].param);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

static void
test_find (void)
{
  static const EngParam first[] = { { .key = "a" }, ENG_PARAM_END };
  static const EngParam second[] = { { .key = "b" }, { .key = "c" }, ENG_PARAM_END };
  static const EngParam *const tables[] = { first, second, NULL };

  g_assert_true (eng_param_find (tables, "a") == &first[0]);
  g_assert_true (eng_param_find (tables, "c") == &second[1]);
  g_assert_null (eng_param_find (tables, "d"));
}

/* --- the tables of the program ------------------------------------------------------------ */

static void
check_choices (const EngParam *param)
{
  g_assert_nonnull (param->choices);
  g_assert_nonnull (param->choices[0].id);
  for (gsize i = 0; param->choices[i].id != NULL; i++)
    {
      g_assert_nonnull (param->choices[i].title);
      for (gsize j = 0; j < i; j++)
        g_assert_cmpstr (param->choices[i].id, !=, param->choices[j].id);
    }
}

/* A title, a range, a fallback unless optional or required, no key twice. */
static void
check_tables (const EngParam *const *tables)
{
  for (gsize t = 0; tables[t] != NULL; t++)
    for (const EngParam *param = tables[t]; param->key != NULL; param++)
      {
        g_assert_true (eng_param_find (tables, param->key) == param);
        g_assert_nonnull (param->title);
        g_assert_nonnull (param->help);
        if (param->kind == ENG_PARAM_CHOICE)
          check_choices (param);
        if (param->kind == ENG_PARAM_INT || param->kind == ENG_PARAM_REAL
            || param->kind == ENG_PARAM_LIST)
          g_assert_cmpfloat (param->min, <, param->max);
        if (param->flags & ENG_PARAM_OPTIONAL)
          g_assert_null (param->fallback);
        else if (!g_str_equal (param->key, "kind")
                 && !g_str_equal (param->key, "learner"))
          g_assert_nonnull (param->fallback);
        if (param->only_key != NULL)
          g_assert_nonnull (eng_param_find (tables, param->only_key));
        /* Changes while running carry numbers. */
        if (param->flags & ENG_PARAM_LIVE)
          g_assert_cmpint (param->kind, ==, ENG_PARAM_REAL);
      }
}

static void
test_tables (void)
{
  const EngProblemClass *const *problems = eng_registry_get_problems ();
  const EngLearnerClass *const *learners = eng_registry_get_learners ();

  for (gsize i = 0; problems[i] != NULL; i++)
    check_tables (problems[i]->tables);
  for (gsize i = 0; learners[i] != NULL; i++)
    check_tables (learners[i]->tables);
  check_tables (eng_registry_get_observe_tables ());
}

static void
test_registry (void)
{
  const EngProblemClass *const    *problems = eng_registry_get_problems ();
  const EngLearnerClass *const    *learners = eng_registry_get_learners ();
  const EngObservableClass *const *observables = eng_registry_get_observables ();

  for (gsize i = 0; problems[i] != NULL; i++)
    {
      g_assert_true (eng_registry_find_problem (problems[i]->id) == problems[i]);
      g_assert_nonnull (problems[i]->title);
      g_assert_nonnull (problems[i]->help);
    }
  for (gsize i = 0; learners[i] != NULL; i++)
    {
      g_assert_true (eng_registry_find_learner (learners[i]->id) == learners[i]);
      g_assert_nonnull (learners[i]->title);
      g_assert_nonnull (learners[i]->help);
    }
  for (gsize i = 0; observables[i] != NULL; i++)
    {
      g_assert_nonnull (observables[i]->id);
      g_assert_nonnull (observables[i]->measure);
      g_assert_nonnull (observables[i]->columns);
    }
  g_assert_null (eng_registry_find_problem ("no such"));
  g_assert_null (eng_registry_find_learner ("no such"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/param/numbers", test_numbers);
  g_test_add_func ("/engine/param/refused-numbers", test_refused_numbers);
  g_test_add_func ("/engine/param/no-dimension", test_no_dimension);
  g_test_add_func ("/engine/param/ranges", test_ranges);
  g_test_add_func ("/engine/param/find", test_find);
  g_test_add_func ("/engine/param/tables", test_tables);
  g_test_add_func ("/engine/param/registry", test_registry);
  return g_test_run ();
}
