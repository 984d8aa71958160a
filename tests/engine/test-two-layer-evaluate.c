/* SPDX-License-Identifier: GPL-3.0-or-later
 * f, f_L and f_Q in float at sizes of several tiles of inputs and neurons, by features and
 * by quadratic forms, against the same in double; with the same bits for any number of
 * threads and whichever terms are asked for. */
#include "eng-experiment.h"
#include "fixture.h"
#include "oracle.h"

#include <math.h>
#include <string.h>

/* Of the largest value: f is about 0.3 and a difference of two sums of about 15, so that a
 * rounding of float (6e-8) counts 50 times; a few of them, one for each tile of neurons. */
#define TOLERANCE 1e-5

#define N_INPUTS  300
#define N_DIM     20
#define N_THREADS 3

typedef struct
{
  const char *name, *settings;
  gboolean    both_layers, is_form;
} NetCase;

/* Three tiles of pairs of neurons, or five of single ones. */
static const NetCase cases[] = {
  { "softplus", "activation=softplus\n", FALSE, FALSE },
  { "softplus-bias", "activation=softplus\nbias=0.7\n", FALSE, FALSE },
  { "softplus-unpaired", "activation=softplus\nbias=0.7\npaired=false\n", FALSE, FALSE },
  { "softplus-both", "activation=softplus\nbias=0.7\n", TRUE, FALSE },
  { "quad", "activation=quad\n", FALSE, TRUE },
  { "quad-bias", "activation=quad\nbias=0.7\n", FALSE, TRUE },
  { "quad-unpaired", "activation=quad\nbias=0.7\npaired=false\n", FALSE, TRUE },
  { "quad-both", "activation=quad\nbias=0.7\n", TRUE, TRUE },
};

typedef struct
{
  float f[N_INPUTS], linear[N_INPUTS], quadratic[N_INPUTS];
} Values;

/* A network that moved, in both layers if they train. */
static void
draw_net (EngTwoLayer *net, const NetCase *at, EngRng *rng, EngArena *arena)
{
  g_autofree char *text = g_strdup_printf (
      "[experiment]\nversion=1\n[problem]\nkind=network\nd=%d\n[run.1]\nlearner=joint\n"
      "m=1200\ninit=1\n%s",
      N_DIM, at->settings);
  g_autoptr (EngSpec) spec = fixture_spec (text);

  memset (net, 0, sizeof *net);
  eng_two_layer_init (net, eng_spec_get_run (spec, 0), N_DIM, arena);
  eng_two_layer_draw (net, eng_spec_get_run (spec, 0), 1);
  net->both_layers = at->both_layers;
  for (gsize r = 0; r < net->m && at->both_layers; r++)
    net->a[r] += 0.1f * (float) eng_rng_gaussian (rng);
}

static void
check (const char *what, const float *got, const double *want)
{
  double wide[N_INPUTS], error;

  for (gsize i = 0; i < N_INPUTS; i++)
    wide[i] = got[i];
  error = oracle_error (N_INPUTS, wide, want);
  g_test_message ("%s: error %.3g", what, error);
  g_assert_cmpfloat (error, <=, TOLERANCE);
}

static void
check_all (const Values *got,
           const double *f,
           const double *linear,
           const double *quadratic)
{
  check ("f", got->f, f);
  check ("f_L", got->linear, linear);
  check ("f_Q", got->quadratic, quadratic);
}

static void
test_evaluate (gconstpointer data)
{
  const NetCase       *at = data;
  g_autoptr (EngArena) arena = eng_arena_new ();
  g_autoptr (EngRng)   rng = eng_rng_new (2, "test", 0);
  EngInputs            inputs = { ENG_LAW_GAUSSIAN, N_DIM, 0.0 };
  EngMatF              x = eng_arena_matf (arena, N_INPUTS, N_DIM);
  EngTwoLayer          net;
  double               f[N_INPUTS], linear[N_INPUTS], quadratic[N_INPUTS];
  Values               first, got;
  EngTerms             network = { .f = got.f };
  EngTerms             taylor = { .linear = got.linear, .quadratic = got.quadratic };

  draw_net (&net, at, rng, arena);
  g_assert_cmpint (net.scratch.linear.rows > 0, ==, at->is_form);
  eng_inputs_sample (&inputs, rng, &x);
  eng_two_layer_terms (&net, &x, f, linear, quadratic);
  for (guint n_threads = 1; n_threads <= N_THREADS; n_threads++)
    {
      g_autoptr (EngLanes) lanes = eng_lanes_new (n_threads);
      EngTerms             all = { got.f, got.linear, got.quadratic };

      eng_two_layer_evaluate (&net, &x, lanes, &all);
      if (n_threads == 1)
        first = got;
      g_assert_cmpmem (&first, sizeof first, &got, sizeof got);
    }
  check_all (&got, f, linear, quadratic);
  /* Alone, as the records of the two kinds of learners ask for them. */
  memset (&got, 0, sizeof got);
  eng_two_layer_evaluate (&net, &x, NULL, &network);
  eng_two_layer_evaluate (&net, &x, NULL, &taylor);
  check_all (&got, f, linear, quadratic);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  eng_init ();
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/engine/two-layer-evaluate/", cases[i].name,
                                           NULL);

      g_test_add_data_func (path, &cases[i], test_evaluate);
    }
  return g_test_run ();
}
