/* SPDX-License-Identifier: GPL-3.0-or-later
 * Random streams: derivation of seeds, independence by name, moments, shuffles. */
#include "eng-rng.h"

#include <math.h>
#include <string.h>

#define N 100000
/* Five standard errors of a mean of 100 000 numbers of unit variance. */
#define FIVE_SIGMA (5.0 / 316.2)

static const char *const names[] = { "teacher", "train",      "noise", "test",
                                     "w0",      "init",       "probe", "batch",
                                     "dropout", "unlabelled", "kick" };

/* splitmix64 of seed 0 is 0xe220a8397b1dcdaf (Vigna's reference program); with an empty
 * name and index 0 a stream's seed is that function twice. */
static void
test_splitmix (void)
{
  g_assert_cmphex (eng_rng_derive (0, "", 0), ==,
                   G_GUINT64_CONSTANT (0xa706dd2f4d197e6f));
}

/* No two streams share a seed, whichever of seed, name and index differs. */
static void
test_distinct_seeds (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_int64_hash, g_int64_equal,
                                                       g_free, NULL);
  guint                  n = 0;

  for (guint64 seed = 0; seed < 50; seed++)
    for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
      for (guint64 index = 0; index < 5; index++, n++)
        {
          guint64 *derived = g_new (guint64, 1);

          *derived = eng_rng_derive (seed, names[i], index);
          g_assert_true (g_hash_table_add (seen, derived));
        }
  g_assert_cmpuint (n, ==, g_hash_table_size (seen));
  g_assert_true (eng_rng_derive (1, "ab", 0) != eng_rng_derive (1, "ba", 0));
}

static double
correlation (EngRng *a, EngRng *b)
{
  double sum = 0.0;

  for (gsize i = 0; i < N; i++)
    sum += eng_rng_gaussian (a) * eng_rng_gaussian (b) / N;
  return sum;
}

static void
test_independent (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    for (gsize j = 0; j < i; j++)
      {
        g_autoptr (EngRng) a = eng_rng_new (1, names[i], 0);
        g_autoptr (EngRng) b = eng_rng_new (1, names[j], 0);

        g_assert_cmpfloat (fabs (correlation (a, b)), <, FIVE_SIGMA);
      }
  for (guint64 seed = 1; seed < 6; seed++)
    {
      g_autoptr (EngRng) a = eng_rng_new (seed, "w0", 0);
      g_autoptr (EngRng) b = eng_rng_new (seed + 1, "w0", 0);
      g_autoptr (EngRng) c = eng_rng_new (seed, "w0", 0);
      g_autoptr (EngRng) d = eng_rng_new (seed, "w0", 1);

      g_assert_cmpfloat (fabs (correlation (a, b)), <, FIVE_SIGMA);
      g_assert_cmpfloat (fabs (correlation (c, d)), <, FIVE_SIGMA);
    }
}

/* One stream is the same again, and drawing from another does not move it. */
static void
test_repeatable (void)
{
  g_autoptr (EngRng) a = eng_rng_new (42, "train", 3), b = eng_rng_new (42, "train", 3);
  g_autoptr (EngRng) other = eng_rng_new (42, "test", 0);

  for (gsize i = 0; i < 1000; i++)
    {
      (void) eng_rng_uniform (other);
      g_assert_cmpfloat (eng_rng_gaussian (a), ==, eng_rng_gaussian (b));
    }
}

static void
test_moments (void)
{
  g_autoptr (EngRng) rng = eng_rng_new (9, "noise", 0);
  g_autofree double *z = g_new (double, N);
  double             mean = 0.0, square = 0.0, fourth = 0.0, uniform = 0.0;

  eng_rng_fill_gaussian (rng, N, z);
  for (gsize i = 0; i < N; i++)
    {
      double u = eng_rng_uniform (rng);

      mean += z[i] / N;
      square += z[i] * z[i] / N;
      fourth += pow (z[i], 4.0) / N;
      uniform += u / N;
      g_assert_true (u >= 0.0 && u < 1.0);
    }
  g_assert_cmpfloat_with_epsilon (mean, 0.0, FIVE_SIGMA);
  g_assert_cmpfloat_with_epsilon (square, 1.0, sqrt (2.0) * FIVE_SIGMA);
  g_assert_cmpfloat_with_epsilon (fourth, 3.0, sqrt (96.0) * FIVE_SIGMA);
  g_assert_cmpfloat_with_epsilon (uniform, 0.5, sqrt (1.0 / 12.0) * FIVE_SIGMA);
}

static void
test_signs (void)
{
  g_autoptr (EngRng) rng = eng_rng_new (9, "dropout", 0);
  g_autofree float  *signs = g_new (float, N);
  double             sum = 0.0, neighbours = 0.0;

  eng_rng_fill_signs (rng, N, signs);
  for (gsize i = 0; i < N; i++)
    {
      g_assert_true (signs[i] == 1.0f || signs[i] == -1.0f);
      sum += signs[i] / N;
      if (i > 0)
        neighbours += signs[i] * signs[i - 1] / N;
    }
  g_assert_cmpfloat (fabs (sum), <, FIVE_SIGMA);
  g_assert_cmpfloat (fabs (neighbours), <, FIVE_SIGMA);
}

static void
test_below_and_shuffle (void)
{
  g_autoptr (EngRng) rng = eng_rng_new (9, "batch", 0);
  gsize              order[10], counts[10] = { 0 }, moved = 0;
  gboolean           seen[10] = { FALSE };

  for (gsize i = 0; i < N; i++)
    counts[eng_rng_below (rng, 10)]++;
  for (gsize i = 0; i < 10; i++)
    g_assert_cmpfloat (fabs ((double) counts[i] / N - 0.1), <, 0.3 * FIVE_SIGMA);
  eng_rng_shuffle (rng, 10, order);
  for (gsize i = 0; i < 10; i++)
    {
      g_assert_cmpuint (order[i], <, 10);
      g_assert_false (seen[order[i]]);
      seen[order[i]] = TRUE;
      moved += order[i] != i;
    }
  g_assert_cmpuint (moved, >, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/rng/splitmix", test_splitmix);
  g_test_add_func ("/engine/rng/distinct-seeds", test_distinct_seeds);
  g_test_add_func ("/engine/rng/independent", test_independent);
  g_test_add_func ("/engine/rng/repeatable", test_repeatable);
  g_test_add_func ("/engine/rng/moments", test_moments);
  g_test_add_func ("/engine/rng/signs", test_signs);
  g_test_add_func ("/engine/rng/below-and-shuffle", test_below_and_shuffle);
  return g_test_run ();
}
