/* SPDX-License-Identifier: GPL-3.0-or-later
 * The theorem's certificate against the thresholds of rank-one.md section 2. */
#include "eng-certificate.h"

#include <math.h>

/* q₁′ = 1 at these C, which are rounded to whole numbers. */
#define EXACT_THRESHOLD  1436.0
#define BELOW_5_PER_CENT 4164.0
/* dq₁′/dC is about 2e-4 there. */
#define ROUNDED 5e-4

static void
test_samples (void)
{
  g_assert_cmpfloat (eng_certificate_get_samples (4000, 100, 5), ==, 8);
  g_assert_cmpfloat (eng_certificate_get_samples (150, 50, 2), ==, 1.5);
}

static void
test_thresholds (void)
{
  g_assert_cmpfloat_with_epsilon (eng_certificate_get_contraction (EXACT_THRESHOLD, 0), 1,
                                  ROUNDED);
  g_assert_cmpfloat_with_epsilon (
      eng_certificate_get_contraction (BELOW_5_PER_CENT, 0.05), 1, ROUNDED);
  /* No number of samples makes up for a head that misses so much. */
  g_assert_cmpfloat (eng_certificate_get_contraction (1e12, 0.12), >, 1);
  g_assert_cmpfloat (eng_certificate_get_contraction (1e12, 0.117), <, 1);
}

/* In the range of the program the theorem is silent, whatever C. */
static void
test_silent (void)
{
  for (double c = 0.1; c < 1400; c *= 1.1)
    g_assert_cmpfloat (eng_certificate_get_contraction (c, 0), >, 1);
  /* 2 (1/√2 + √(1 − (√2 − 1)²)) */
  g_assert_cmpfloat_with_epsilon (eng_certificate_get_contraction (8, 0), 3.2346, 1e-4);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/certificate/samples", test_samples);
  g_test_add_func ("/engine/certificate/thresholds", test_thresholds);
  g_test_add_func ("/engine/certificate/silent", test_silent);
  return g_test_run ();
}
