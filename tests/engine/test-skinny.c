/* SPDX-License-Identifier: GPL-3.0-or-later
 * Skinny products: every implementation that this processor runs against the sums written
 * out, on shapes that leave rows, columns and vectors over. */
#include "eng-arena.h"
#include "eng-rng.h"
#include "eng-skinny.h"
#include "oracle.h"

/* Sums of 200 products in another order. */
#define ROUNDING 1e-14

static const gsize shapes[][3] = {
  /* n, p, b */
  { 1, 1, 1 },   { 3, 7, 2 },   { 4, 8, 5 },     { 5, 31, 3 },
  { 64, 32, 4 }, { 63, 33, 6 }, { 64, 100, 7 },  { 10, 200, 8 },
  { 64, 64, 9 }, { 7, 45, 10 }, { 64, 131, 11 }, { 2, 16, 16 },
};

typedef struct
{
  EngArena *arena;
  EngMatF   x;
  EngMat    v, z, z_expected, g, g_expected;
} Products;

static void
products_init (Products *self, gsize n, gsize p, gsize b)
{
  g_autoptr (EngRng) rng = eng_rng_new (1, "test", n * p * b);

  self->arena = eng_arena_new ();
  self->x = eng_arena_matf (self->arena, n, p);
  self->v = eng_arena_mat (self->arena, b, p);
  self->z = eng_arena_mat (self->arena, n, b);
  self->z_expected = eng_arena_mat (self->arena, n, b);
  self->g = eng_arena_mat (self->arena, b, p);
  self->g_expected = eng_arena_mat (self->arena, b, p);
  for (gsize i = 0; i < n * p; i++)
    self->x.data[i] = (float) eng_rng_gaussian (rng);
  eng_rng_fill_gaussian (rng, b * p, self->v.data);
  eng_rng_fill_gaussian (rng, b * p, self->g.data);
}

/* z = x vᵀ, g += zᵀ x */
static void
compute_expected (Products *self)
{
  gsize n = self->x.rows, p = self->x.cols, b = self->v.rows;

  for (gsize i = 0; i < n; i++)
    for (gsize j = 0; j < b; j++)
      for (gsize k = 0; k < p; k++)
        self->z_expected.data[i * b + j] += self->x.data[i * p + k]
                                            * self->v.data[j * p + k];
  for (gsize j = 0; j < b * p; j++)
    self->g_expected.data[j] = self->g.data[j];
  for (gsize i = 0; i < n; i++)
    for (gsize j = 0; j < b; j++)
      for (gsize k = 0; k < p; k++)
        self->g_expected.data[j * p + k] += self->z_expected.data[i * b + j]
                                            * self->x.data[i * p + k];
}

static void
check_shape (const EngSkinny *skinny, gsize n, gsize p, gsize b)
{
  Products self;
  EngAhead ahead;

  products_init (&self, n, p, b);
  compute_expected (&self);
  ahead = eng_ahead_of (&self.x);
  skinny->gemm_nt (&self.x, &self.v, &ahead, &self.z);
  skinny->gemm_tn (&self.z, &self.x, &ahead, &self.g);
  g_assert_cmpfloat (oracle_error (n * b, self.z.data, self.z_expected.data), <=,
                     ROUNDING);
  g_assert_cmpfloat (oracle_error (b * p, self.g.data, self.g_expected.data), <=,
                     ROUNDING);
  eng_arena_free (self.arena);
}

static void
test_implementations (void)
{
  guint n_tested = 0;

  for (const EngSkinny *skinny = eng_skinny_implementations; skinny->name != NULL;
       skinny++)
    {
      if (!skinny->is_supported ())
        continue;
      g_test_message ("%s", skinny->name);
      for (gsize i = 0; i < G_N_ELEMENTS (shapes); i++)
        check_shape (skinny, shapes[i][0], shapes[i][1], shapes[i][2]);
      n_tested++;
    }
  g_assert_cmpuint (n_tested, >, 0);
}

/* A row gives the same bits whichever rows are beside it: blocks may be cut anywhere. */
static void
test_rows_alone (void)
{
  Products self;
  EngAhead nothing = { NULL };

  products_init (&self, 7, 45, 6);
  eng_skinny_gemm_nt (&self.x, &self.v, &nothing, &self.z);
  for (gsize i = 0; i < 7; i++)
    {
      EngMatF row = eng_matf_rows (&self.x, i, 1);
      EngMat  z = { 1, 6, self.z_expected.data + i * 6 };

      eng_skinny_gemm_nt (&row, &self.v, &nothing, &z);
    }
  g_assert_cmpmem (self.z.data, 42 * sizeof (double), self.z_expected.data,
                   42 * sizeof (double));
  eng_arena_free (self.arena);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/skinny/implementations", test_implementations);
  g_test_add_func ("/skinny/rows-alone", test_rows_alone);
  return g_test_run ();
}
