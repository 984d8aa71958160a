/* SPDX-License-Identifier: GPL-3.0-or-later
 * The first of three layers: its Hermite basis, and what is refused or advised against. */
#include "eng-advice.h"
#include "eng-first-layer.h"
#include "eng-learner.h"

#include <math.h>
#include <string.h>

/* Of features in float. */
#define ROUNDING 1e-5

/* --- the basis ---------------------------------------------------------------------- */

/* All degrees to the highest make C(d + k, k) features. */
static void
test_counts (void)
{
  double sum = 0.0;

  for (guint degree = 0; degree <= 4; degree++)
    sum += eng_hermite_count (10, degree);
  g_assert_cmpfloat (sum, ==, 1001); /* C(14, 4) */
  g_assert_cmpfloat (eng_hermite_count (16, 2), ==, 136);
  g_assert_cmpfloat (eng_hermite_count (1e4, 6), >, 1e21);
}

/* E h hᵀ = I for Gaussian inputs, by quadrature in two variables. */
static void
test_orthonormal (void)
{
  /* Five nodes are exact to degree nine; nodes and weights of He_5. */
  static const double  nodes[] = { -2.8569700138728056, -1.3556261799742659, 0.0,
                                   1.3556261799742659, 2.8569700138728056 };
  static const double  weights[] = { 0.011257411327720691, 0.22207592200561266,
                                     0.5333333333333333, 0.22207592200561266,
                                     0.011257411327720691 };
  static const double  degrees[] = { 0, 1, 2, 3, 4 };
  g_autoptr (EngArena) arena = eng_arena_new ();
  EngHermite           basis;
  EngMatF              x = eng_arena_matf (arena, 25, 2), h;

  eng_hermite_init (&basis, 2, degrees, G_N_ELEMENTS (degrees), arena);
  g_assert_cmpuint (basis.n_features, ==, 15);
  h = eng_arena_matf (arena, 25, basis.n_features);
  for (gsize i = 0; i < 25; i++)
    {
      x.data[2 * i] = (float) nodes[i / 5];
      x.data[2 * i + 1] = (float) nodes[i % 5];
    }
  eng_hermite_fill (&basis, 0, &x, &h);
  for (gsize a = 0; a < 15; a++)
    for (gsize b = 0; b < 15; b++)
      {
        double sum = 0.0;

        for (gsize i = 0; i < 25; i++)
          sum += weights[i / 5] * weights[i % 5] * h.data[i * 15 + a]
                 * h.data[i * 15 + b];
        g_assert_cmpfloat (fabs (sum - (a == b ? 1.0 : 0.0)), <, ROUNDING);
      }
}

/* --- words -------------------------------------------------------------------------- */

static EngSpec *
make_spec (const char *run, GError **error)
{
  g_autofree char *text = g_strdup_printf (
      "[experiment]\nversion=1\n[problem]\nkind=low-rank-polynomial\nd=40\nn=9000\n"
      "[run.1]\nlearner=three-layer\n%s",
      run);

  return eng_spec_new_from_text (text, -1, error);
}

static void
test_refused (void)
{
  static const struct
  {
    const char *run, *words;
  } cases[] = {
    { "degrees=0;1.5\n", "degrees must be whole numbers, got 1.5" },
    { "degrees=2;0;2\n", "degrees must be different, got 2 twice" },
    { "degrees=6\n", "8145060 features" },
    { "degrees=7\n", "[0, 6]" },
    { "m=7\n", "even" },
    { "first-layer=random\nfeatures=50\ncomponents=51\n",
      "at most features = 50, got 51" },
    { "w0-scale=0\ninit=0\n", "init must be above 0 where w0-scale is 0, got 0" },
    { "w0-scale=0\ninit=0\nactivation=relu\ndropout=none\n", "relu has no slope" },
    { "w0-scale=0\nactivation=tanh\n", "odd activation tanh, got 0" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError)  error = NULL;
      g_autoptr (EngSpec) spec = make_spec (cases[i].run, &error);

      g_assert_null (spec);
      g_assert_nonnull (error);
      if (strstr (error->message, cases[i].words) == NULL)
        g_error ("“%s” does not say “%s”", error->message, cases[i].words);
    }
}

static void
test_advice (void)
{
  static const struct
  {
    const char *run, *words;
  } cases[] = {
    { "", NULL },
    { "dropout=literal\n", "random walk" },
    { "activation=tanh\n", "odd" },
    { "degrees=0;1;2;3\n", "12341 features and n = 9000" },
    { "degrees=3\nfirst-layer=inputs\nactivation=relu3\n", NULL },
    /* Without a linear term it learns no less. */
    { "w0-scale=0\n", NULL },
    { "w0-scale=0\ninit=0\nactivation=softplus\n", NULL },
    { "w0-scale=0\nactivation=relu\n", NULL },
    { "w0-scale=0\nactivation=tanh\ndropout=none\n", NULL },
    { "w0-scale=0\nactivation=relu3\n", "next to no slope" },
    { "w0-scale=0\ninit=1\nactivation=relu3\n", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (EngSpec) spec = make_spec (cases[i].run, NULL);
      g_autofree char    *hint = eng_advice_get_hint (spec, 0);

      g_assert_cmpint (hint != NULL, ==, cases[i].words != NULL);
      if (hint != NULL)
        g_assert_nonnull (strstr (hint, cases[i].words));
    }
}

/* What diverges at a learning rate above the default is offered that. */
static void
test_remedy (void)
{
  g_autoptr (EngSpec) spec = make_spec ("learning-rate=1\n", NULL);
  g_autoptr (EngSpec) cured = NULL;
  EngRemedy           remedy;

  g_assert_true (eng_advice_find_remedy (spec, 0, &remedy));
  cured = eng_advice_apply_remedy (spec, 0, &remedy);
  g_assert_cmpfloat (
      eng_settings_get_double (eng_spec_get_run (cured, 0), "learning-rate"), ==, 0.005);
  g_assert_false (eng_advice_find_remedy (cured, 0, &remedy));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/first-layer/counts", test_counts);
  g_test_add_func ("/engine/first-layer/orthonormal", test_orthonormal);
  g_test_add_func ("/engine/first-layer/refused", test_refused);
  g_test_add_func ("/engine/first-layer/advice", test_advice);
  g_test_add_func ("/engine/first-layer/remedy", test_remedy);
  return g_test_run ();
}
