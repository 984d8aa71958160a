/* SPDX-License-Identifier: GPL-3.0-or-later
 * How many weights count, against the rank of J Jᵀ by its eigenvalues. */
#include "eng-experiment.h"
#include "eng-jacobian.h"
#include "fixture.h"

#include <math.h>
#include <string.h>

enum
{
  N = 60,
  D = 4
};

/* Of the largest eigenvalue: inputs in float are on a sphere to 1e-7, which shows squared. */
#define ROUNDING 1e-12

typedef struct
{
  const char *activation, *inputs, *start, *layers;
  guint       m;
} Case;

static EngSpec *
make_spec (const Case *self)
{
  g_autofree char *text = g_strdup_printf (
      "[experiment]\nversion=1\n[problem]\nkind=random-labels\nd=%d\nn=%d\ninputs=%s\n"
      "[run.1]\nlearner=network\nactivation=%s\nm=%u\nlayers=%s\n%s",
      D, N, self->inputs, self->activation, self->m, self->layers, self->start);

  return fixture_spec (text);
}

static EngMatF
draw_inputs (gboolean on_sphere, EngArena *arena)
{
  g_autoptr (EngRng) rng = eng_rng_new (7, "train", 0);
  EngMatF            x = eng_arena_matf (arena, N, D);

  for (gsize i = 0; i < N; i++)
    {
      double z[D], square = 0.0;

      for (gsize j = 0; j < D; j++)
        {
          z[j] = eng_rng_gaussian (rng);
          square += z[j] * z[j];
        }
      for (gsize j = 0; j < D; j++)
        x.data[i * D + j] = (float) (z[j] * (on_sphere ? sqrt (D / square) : 1.0));
    }
  return x;
}

static double
measure_rank (const Case *self, const EngSettings *settings)
{
  EngArena          *arena = eng_arena_new ();
  EngTwoLayer        net = { .both_layers = g_str_equal (self->layers, "both") };
  EngMatF            x = draw_inputs (g_str_equal (self->inputs, "sphere"), arena);
  EngMat             gram = eng_arena_mat (arena, N, N);
  EngJacobian        jacobian;
  double             values[N], rank = 0.0;
  g_autoptr (GError) error = NULL;

  eng_two_layer_init (&net, settings, D, arena);
  eng_two_layer_draw (&net, settings, 5);
  eng_jacobian_init (&jacobian, &net, N, arena);
  eng_jacobian_prepare (&jacobian, &net, &x);
  eng_jacobian_gram (&jacobian, &net, TRUE, &gram);
  g_assert_true (eng_la_eigh (&gram, FALSE, values, &error));
  for (gsize i = 0; i < N; i++)
    rank += values[i] > ROUNDING * values[0] ? 1.0 : 0.0;
  eng_arena_free (arena);
  return rank;
}

/* Whether the bound is the rank: of polynomials of low degree, whose eigenvalues are well
 * apart; of others as long as columns are few, so that none is nearly in the span of others.
 * Pairs that have moved apart by a start of W are still near. */
static gboolean
is_attained (const Case *self, double most)
{
  const EngActivation *activation = eng_activation_find (self->activation);
  gboolean             has_moved = strstr (self->start, "init=") != NULL;

  if (activation->powers != 0)
    return activation->powers < 1u << 4 && !has_moved;
  return most <= (has_moved ? 16.0 : 40.0) && (!has_moved || !activation->is_homogeneous);
}

static void
check (const Case *self)
{
  g_autoptr (EngSpec) spec = make_spec (self);
  const EngSettings  *settings = eng_spec_get_run (spec, 0);
  double              most = eng_jacobian_get_max_rank (spec, settings, self->m, D);
  double              rank = measure_rank (self, settings);

  if (is_attained (self, most))
    g_assert_cmpfloat (rank, ==, fmin (most, N));
  else
    g_assert_cmpfloat (rank, <=, fmin (most, N));
}

/* Every activation with every kind of start. */
static void
test_all (void)
{
  static const char *const starts[] = { "", "bias=0.3\n", "paired=false\n",
                                        "paired=false\nbias=0.3\n", "init=0.5\n" };
  static const guint       widths[] = { 2, 4, 6, 8, 10, 12, 40 };

  for (const EngActivation *a = eng_activation_get_all (); a->id != NULL; a++)
    for (gsize i = 0; i < 2; i++)
      for (gsize j = 0; j < G_N_ELEMENTS (starts); j++)
        for (gsize k = 0; k < 2; k++)
          for (gsize l = 0; l < G_N_ELEMENTS (widths); l++)
            check (&(Case){ a->id, i == 0 ? "gaussian" : "sphere", starts[j],
                            k == 0 ? "first" : "both", widths[l] });
}

/* Numbers worked out by hand, with d = 4. */
static void
test_known (void)
{
  static const struct
  {
    Case   student;
    double most;
  } cases[] = {
    { { "softplus", "gaussian", "", "first", 10 }, 5 * 4 },
    { { "softplus", "gaussian", "", "both", 10 }, 5 * 5 },
    { { "softplus", "gaussian", "paired=false\n", "both", 10 }, 10 * 5 },
    { { "softplus", "gaussian", "init=0.1\n", "first", 10 }, 10 * 4 },
    /* σ = zσ′ is in the span, unless there are biases. */
    { { "relu", "gaussian", "", "both", 10 }, 5 * 4 },
    { { "relu", "gaussian", "bias=1\n", "both", 10 }, 5 * 5 },
    /* d (d + 1)/2 products, d linear functions, a constant; d (d + 1)(d + 2)/6 cubes. */
    { { "square", "gaussian", "", "first", 100 }, 10 },
    { { "square", "gaussian", "", "both", 100 }, 10 },
    { { "square", "gaussian", "bias=1\n", "first", 100 }, 14 },
    { { "square", "gaussian", "bias=1\n", "both", 100 }, 15 },
    { { "square", "sphere", "bias=1\n", "both", 100 }, 14 },
    { { "quad", "gaussian", "", "first", 100 }, 14 },
    { { "hermite2", "gaussian", "", "both", 100 }, 11 },
    { { "cube", "gaussian", "", "first", 100 }, 20 },
    { { "cube", "gaussian", "bias=1\n", "first", 100 }, 20 + 10 + 4 },
    { { "cube", "sphere", "bias=1\n", "first", 100 }, 20 + 10 },
    { { "hermite1", "gaussian", "", "first", 100 }, 4 },
    /* Two neurons: 8 columns, of which (w_1·x)(w_2·x) makes one too many. */
    { { "square", "gaussian", "", "first", 4 }, 7 },
    { { "cube", "gaussian", "", "first", 4 }, 8 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const Case         *self = &cases[i].student;
      g_autoptr (EngSpec) spec = make_spec (self);

      g_assert_cmpfloat (
          eng_jacobian_get_max_rank (spec, eng_spec_get_run (spec, 0), self->m, D), ==,
          cases[i].most);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  eng_init ();
  g_test_add_func ("/engine/jacobian-rank/all", test_all);
  g_test_add_func ("/engine/jacobian-rank/known", test_known);
  return g_test_run ();
}
