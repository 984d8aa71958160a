/* SPDX-License-Identifier: GPL-3.0-or-later
 * Hints about samples, on both sides of the thresholds of rank-one.md sections 3, 5 and 6,
 * and the remedies of matrix methods that diverge. */
#include "eng-advice.h"
#include "eng-experiment.h"
#include "fixture.h"

#include <string.h>

static EngSpec *
make_spec (guint rank, guint n, const char *run)
{
  g_autofree char *text = g_strdup_printf (
      "[experiment]\nversion=1\nname=a\n[problem]\nkind=quadratic-sensing\nd=100\n"
      "rank=%u\nn=%u\n[run.1]\n%s\n",
      rank, n, run);
  g_autoptr (GError) error = NULL;
  EngSpec           *spec = eng_spec_new_from_text (text, -1, &error);

  g_assert_no_error (error);
  return spec;
}

static gboolean
has_hint (guint rank, guint n, const char *run)
{
  g_autoptr (EngSpec) spec = make_spec (rank, n, run);
  g_autofree char    *hint = eng_advice_get_hint (spec, 0);

  return hint != NULL;
}

/* Silent from n = `c` d r on, and only from there. */
static void
assert_least (guint rank, double c, const char *run)
{
  guint n = (guint) (c * 100 * rank);

  g_assert_false (has_hint (rank, n, run));
  g_assert_true (has_hint (rank, n - 1, run));
}

static void
test_ap_rom (void)
{
  assert_least (5, 3, "learner=ap-rom");
  assert_least (1, 4, "learner=ap-rom");
  assert_least (2, 6, "learner=ap-rom\nsamples=batch\ngrowth=none");
  assert_least (5, 4, "learner=ap-rom\nsamples=batch\ngrowth=none");
  /* Terms come one by one where samples are few. */
  assert_least (2, 3, "learner=ap-rom\nsamples=batch");
  assert_least (5, 2.5, "learner=ap-rom\nsamples=batch");
  assert_least (1, 4, "learner=ap-rom\nsamples=batch");
  assert_least (2, 3, "learner=ap-rom\nsamples=batch\ngrowth=continuation");
  assert_least (5, 2.5, "learner=ap-rom\nsamples=batch\ngrowth=choose\nsteps=200");
  assert_least (5, 8, "learner=ap-rom\nsamples=batch\nstep-size=0.7");
  assert_least (5, 16, "learner=ap-rom\nsamples=batch\nstep-size=1");
  assert_least (1, 12, "learner=ap-rom\nstep-size=1\ngradient=paper");
  /* What counts is the rank that is fitted. */
  assert_least (5, 6, "learner=ap-rom\nfit-rank=10");
}

static void
test_others (void)
{
  assert_least (5, 3, "learner=ep-rom");
  assert_least (5, 8, "learner=ep-rom\nsamples=batch");
  assert_least (5, 4, "learner=gfm");
  assert_least (5, 12, "learner=gfm\nsamples=batch");
  assert_least (5, 6, "learner=factored-gd");
  assert_least (5, 4, "learner=nuclear-norm");
  assert_least (5, 3, "learner=nuclear-norm\nobjective=plain");
  g_assert_false (has_hint (1, 100, "learner=lazy"));
}

/* A word of the hint on a search for the directions of a teacher; NULL: no hint. */
static void
check_search (const char *problem, const char *run, const char *word)
{
  g_autofree char *text = g_strdup_printf (
      "[experiment]\nversion=1\n[problem]\nd=10\nn=200\n%s[run.1]\n"
      "learner=recovery\n%s",
      problem, run);
  g_autoptr (EngSpec) spec = fixture_spec (text);
  g_autofree char    *hint = eng_advice_get_hint (spec, 0);

  if (word == NULL)
    g_assert_null (hint);
  else
    g_assert_nonnull (strstr (hint, word));
}

/* Directions are found by a part of their degree, which the teacher must have. */
static void
test_search (void)
{
#define POLYNOMIAL "inputs=gaussian\nkind=low-rank-polynomial\n"
#define NETWORK    "inputs=gaussian\nkind=network\n"
#define DEEPER     "inputs=gaussian\nkind=deeper\n"
  check_search (POLYNOMIAL "degree=2\n", "start=spectral\n", NULL);
  check_search (POLYNOMIAL "degree=3\n", "start=spectral\n", "degree 2");
  check_search (POLYNOMIAL "degree=4\n", "start=spectral\n", "degree 2");
  check_search (POLYNOMIAL "degree=4\nform=raw\n", "start=spectral\n", NULL);
  check_search (POLYNOMIAL "degree=3\nform=raw\n", "start=spectral\n", "degree 2");
  check_search (POLYNOMIAL "rank=2\ndegree=2;3\n", "start=tensor\ndegree=3\n", NULL);
  check_search (NETWORK, "start=spectral\n", NULL);
  check_search (NETWORK, "start=tensor\ndegree=3\n", "degree 3");
  check_search (NETWORK "activation=quad\n", "start=tensor\ndegree=4\n", "degree 4");
  check_search (DEEPER, "start=spectral\n", NULL);
  check_search (DEEPER, "start=tensor\ndegree=3\n", "degree 3");
  check_search (DEEPER "inner-degree=1\ndegree=3\n", "start=spectral\n", "degree 2");
  check_search (DEEPER "outer-terms=2\ninner-degree=1;3\ndegree=3;1\n",
                "start=spectral\n", "degree 2");
  check_search (DEEPER "outer-terms=2\ninner-degree=1;3\ndegree=3;2\n",
                "start=spectral\n", NULL);
  check_search ("inputs=uniform\nkind=low-rank-polynomial\n", "start=spectral\n",
                "Gaussian");
  check_search (POLYNOMIAL, "start=random\n", "random");
  check_search (POLYNOMIAL "rank=2\ndegree=4\n", "start=tensor\ndegree=4\nsteps=60\n",
                NULL);
  check_search (POLYNOMIAL "rank=2\ndegree=4\n", "start=tensor\ndegree=4\nsteps=59\n",
                "60");
}

/* Signs that the start mistakes: where L* has both, and they differ much in size. */
static void
test_signs (void)
{
  static const struct
  {
    const char *problem;
    gboolean    hinted;
  } cases[] = {
    { "condition=30", TRUE },
    { "condition=29", FALSE },
    { "condition=1000\nsigns=psd", FALSE },
    { "condition=1000\nrank=1", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf (
          "[experiment]\nversion=1\n[problem]\nkind=quadratic-sensing\n%s\n"
          "[run.1]\nlearner=factored-gd\n",
          cases[i].problem);
      g_autoptr (EngSpec) spec = fixture_spec (text);
      g_autofree char    *words = eng_advice_get_hint (spec, 0);

      g_assert_cmpint (words != NULL, ==, cases[i].hinted);
    }
}

/* Powers of one degree fit powers of that degree. */
static void
test_powers (void)
{
  static const struct
  {
    const char *problem;
    gboolean    hinted;
  } cases[] = {
    { "kind=low-rank-polynomial\nform=raw\ndegree=3", FALSE },
    { "kind=low-rank-polynomial\nform=raw\ndegree=2", TRUE },
    { "kind=low-rank-polynomial\nform=raw\nrank=2\ndegree=3;2", TRUE },
    { "kind=low-rank-polynomial\nform=normalised\ndegree=3", TRUE },
    { "kind=dense-plus-sparse\ndense-degree=2", TRUE },
    { "kind=network\nactivation=cube", FALSE },
    { "kind=network\nactivation=relu3", TRUE },
    { "kind=network\nactivation=square\ncentre=false", TRUE },
    { "kind=deeper\ninner-degree=1\ndegree=3", FALSE },
    { "kind=deeper\ninner-degree=1\ndegree=3\nlinear=1", TRUE },
    { "kind=deeper", TRUE },
    { "kind=quadratic-sensing", TRUE },
    { "kind=random-labels", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf ("[experiment]\nversion=1\n[problem]\n%s\n"
                                               "[run.1]\nlearner=frank-wolfe\ndegree=3\n",
                                               cases[i].problem);
      g_autoptr (EngSpec) spec = fixture_spec (text);
      g_autofree char    *words = eng_advice_get_hint (spec, 0);

      g_assert_cmpint (words != NULL, ==, cases[i].hinted);
    }
}

static void
test_words (void)
{
  g_autoptr (EngSpec) spec = make_spec (5, 900, "learner=ap-rom");
  g_autofree char    *hint = eng_advice_get_hint (spec, 0);

  g_assert_cmpstr (hint, ==,
                   "Few samples: C = 1.8. It is reliable from C ≈ 3, n = 1500.");
}

/* The remedy's key; "" if there is none.  It is applied, too: its value then holds. */
static const char *
find_key (const char *run)
{
  g_autoptr (EngSpec) spec = make_spec (5, 4000, run);
  g_autoptr (EngSpec) cured = NULL;
  EngRemedy           remedy, again;

  if (!eng_advice_find_remedy (spec, 0, &remedy))
    return "";
  cured = eng_advice_apply_remedy (spec, 0, &remedy);
  g_assert_cmpstr (eng_settings_get_written (eng_spec_get_run (cured, 0), remedy.key), ==,
                   remedy.value);
  g_assert_false (eng_advice_find_remedy (cured, 0, &again)
                  && strcmp (again.key, remedy.key) == 0);
  return remedy.key;
}

static void
test_remedies (void)
{
  g_assert_cmpstr (find_key ("learner=ap-rom\ngradient=printed"), ==, "gradient");
  g_assert_cmpstr (find_key ("learner=gfm\ngradient=raw"), ==, "gradient");
  g_assert_cmpstr (find_key ("learner=ap-rom\ngradient=wrong-sign\nstep-size=1"), ==,
                   "gradient");
  g_assert_cmpstr (find_key ("learner=ap-rom\ngradient=paper"), ==, "");
  g_assert_cmpstr (find_key ("learner=ap-rom\nsamples=batch\nstep-size=1.5"), ==,
                   "step-size");
  g_assert_cmpstr (find_key ("learner=ap-rom\nstep-size=2"), ==, "step-size");
  g_assert_cmpstr (find_key ("learner=ep-rom\nsamples=batch"), ==, "samples");
  g_assert_cmpstr (find_key ("learner=gfm\nsamples=batch"), ==, "samples");
  g_assert_cmpstr (find_key ("learner=factored-gd"), ==, "");
  g_assert_cmpstr (find_key ("learner=network"), ==, "");
}

/* A step size that was changed while it ran goes with its changes. */
static void
test_changes (void)
{
  g_autoptr (EngSpec) start = make_spec (5, 4000,
                                         "learner=ap-rom\nsamples=batch\nstep-size=0.5");
  EngChange           change = { 3, 0, (char *) "step-size", (char *) "1.9" };
  g_autoptr (EngSpec) spec = eng_spec_with_change (start, &change, NULL);
  g_autoptr (EngSpec) cured = NULL;
  EngRemedy           remedy;

  g_assert_true (eng_advice_find_remedy (spec, 0, &remedy));
  cured = eng_advice_apply_remedy (spec, 0, &remedy);
  g_assert_cmpuint (eng_spec_get_n_changes (spec), ==, 1);
  g_assert_cmpuint (eng_spec_get_n_changes (cured), ==, 0);
  g_assert_false (eng_settings_has (eng_spec_get_run (cured, 0), "step-size"));
}

/* Which degrees a kernel does not see, of the teacher's. */
static void
test_kernels (void)
{
  static const struct
  {
    const char *problem, *run, *degrees; /* NULL: it sees all */
  } cases[] = {
    { "rank=3\ndegree=1;2;3", "learner=kernel-ridge\nbias-coordinate=false", "3" },
    { "rank=3\ndegree=1;2;3", "learner=kernel-ridge", NULL },
    { "rank=3\ndegree=1;2;3", "learner=kernel-ridge\nbias-coordinate=false\nbias=1",
      NULL },
    { "rank=3\ndegree=1;2;3", "learner=kernel-ridge\nbias-coordinate=false\nhidden=2",
      NULL },
    { "rank=3\ndegree=1;2;3",
      "learner=gradient-flow\nbias-coordinate=false\nactivation=softplus", "3" },
    { "rank=3\ndegree=1;2;3",
      "learner=kernel-ridge\nbias-coordinate=false\nactivation=erf-kernel\nhidden=2",
      "2" },
    { "rank=3\ndegree=1;2;3", "learner=kernel-ridge\nkernel=polynomial\ndegree=2",
      "1, 3" },
    { "rank=3\ndegree=1;2;3",
      "learner=kernel-ridge\nkernel=polynomial\ndegree=2\noffset=1", "3" },
    { "rank=3\ndegree=1;2;3", "learner=kernel-ridge\nkernel=rbf", NULL },
    { "rank=1\ndegree=2", "learner=frobenius\ndegree=3", "2" },
    { "rank=1\ndegree=2", "learner=nuclear-norm", NULL },
    { "rank=1\ndegree=3", "learner=nuclear-norm", "degree 3" },
    { "rank=2\ndegree=1;3", "learner=nuclear-norm", "degrees 1, 3" },
    { "rank=1\ndegree=3\nform=raw", "learner=frobenius\ndegree=3", NULL },
    /* Powers of powers are even if either is. */
    { "kind=deeper\ndegree=3", "learner=kernel-ridge\nbias-coordinate=false", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf (
          "[experiment]\nversion=1\n[problem]\n%sd=20\nn=100\n%s\n[run.1]\n%s\n",
          g_str_has_prefix (cases[i].problem, "kind=") ? ""
                                                       : "kind=low-rank-polynomial\n",
          cases[i].problem, cases[i].run);
      g_autoptr (EngSpec) spec = fixture_spec (text);
      g_autofree char    *hint = eng_advice_get_hint (spec, 0);
      g_autofree char    *want = cases[i].degrees == NULL
                                     ? NULL
                                     : g_strdup_printf (" %s of the teacher",
                                                        cases[i].degrees);

      if (want == NULL)
        g_assert_null (hint);
      else
        {
          g_assert_nonnull (hint);
          g_assert_nonnull (strstr (hint, want));
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  eng_init ();
  g_test_add_func ("/engine/advice/ap-rom", test_ap_rom);
  g_test_add_func ("/engine/advice/kernels", test_kernels);
  g_test_add_func ("/engine/advice/others", test_others);
  g_test_add_func ("/engine/advice/search", test_search);
  g_test_add_func ("/engine/advice/signs", test_signs);
  g_test_add_func ("/engine/advice/powers", test_powers);
  g_test_add_func ("/engine/advice/words", test_words);
  g_test_add_func ("/engine/advice/remedies", test_remedies);
  g_test_add_func ("/engine/advice/changes", test_changes);
  return g_test_run ();
}
