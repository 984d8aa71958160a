/* SPDX-License-Identifier: GPL-3.0-or-later
 * The largest eigenvalue of maps whose spectrum is known. */
#include "eng-lanczos.h"

#include <math.h>

#define COUNT 400

typedef struct
{
  double values[COUNT];
  guint  n_applied, stop_after;
} Map;

/* Diagonal in the basis of the reflection I − 2uuᵀ, u constant: no entry of a vector is an
 * eigenvector's alone. */
static void
apply (const float *v, float *out, gpointer data)
{
  Map   *map = data;
  double sum = 0.0, back = 0.0;

  map->n_applied++;
  for (gsize i = 0; i < COUNT; i++)
    sum += v[i];
  for (gsize i = 0; i < COUNT; i++)
    {
      out[i] = (float) (map->values[i] * (v[i] - 2.0 * sum / COUNT));
      back += out[i];
    }
  for (gsize i = 0; i < COUNT; i++)
    out[i] -= (float) (2.0 * back / COUNT);
}

static gboolean
stop (gpointer data)
{
  Map *map = data;

  return map->n_applied == map->stop_after;
}

static double
largest (Map *map)
{
  float v[COUNT], previous[COUNT], out[COUNT];

  for (gsize i = 0; i < COUNT; i++)
    v[i] = (float) cos (1.7 * (double) i + 0.3);
  return eng_lanczos_largest (COUNT, apply, stop, map, v, previous, out);
}

static void
test_spread (void)
{
  Map map = { .n_applied = 0 };

  for (gsize i = 0; i < COUNT; i++)
    map.values[i] = 1.0 / (1.0 + (double) i);
  g_assert_cmpfloat_with_epsilon (largest (&map), 1.0, 2e-5);
  g_assert_cmpuint (map.n_applied, <, 60);
}

/* A crowd of eigenvalues within one per mille of the largest, where powers of the map take
 * thousands of steps. */
static void
test_crowded (void)
{
  Map map = { .n_applied = 0 };

  for (gsize i = 0; i < COUNT; i++)
    map.values[i] = 1.0 - 0.001 * sqrt ((double) i / COUNT);
  g_assert_cmpfloat_with_epsilon (largest (&map), 1.0, 2e-5);
  g_assert_cmpuint (map.n_applied, <=, 200);
}

/* One eigenvalue among zeros: the space is complete after two steps (tests are every five). */
static void
test_single (void)
{
  Map map = { .values = { [17] = 3.0 } };

  g_assert_cmpfloat_with_epsilon (largest (&map), 3.0, 1e-5);
  g_assert_cmpuint (map.n_applied, <=, 5);
}

static void
test_nothing (void)
{
  Map map = { .n_applied = 0 };

  g_assert_cmpfloat (largest (&map), ==, 0.0);
}

static void
test_stop (void)
{
  Map map = { .stop_after = 3 };

  for (gsize i = 0; i < COUNT; i++)
    map.values[i] = 1.0 + (double) i;
  g_assert_cmpfloat (largest (&map), <, COUNT);
  g_assert_cmpuint (map.n_applied, ==, 3);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/lanczos/spread", test_spread);
  g_test_add_func ("/engine/lanczos/crowded", test_crowded);
  g_test_add_func ("/engine/lanczos/single", test_single);
  g_test_add_func ("/engine/lanczos/nothing", test_nothing);
  g_test_add_func ("/engine/lanczos/stop", test_stop);
  return g_test_run ();
}
