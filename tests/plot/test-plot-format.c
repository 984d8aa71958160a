/* SPDX-License-Identifier: GPL-3.0-or-later
 * Numbers that people read. */
#include "plot-format.h"

#include <math.h>

#define S PLOT_THIN_SPACE

static void
assert_takes (char *text, const char *expected)
{
  g_assert_cmpstr (text, ==, expected);
  g_free (text);
}

static void
test_integer (void)
{
  assert_takes (plot_format_integer (0), "0");
  assert_takes (plot_format_integer (999), "999");
  assert_takes (plot_format_integer (2000), "2" S "000");
  assert_takes (plot_format_integer (11140), "11" S "140");
  assert_takes (plot_format_integer (1234567), "1" S "234" S "567");
}

static void
test_value (void)
{
  assert_takes (plot_format_value (0.374, 2, PLOT_NUMBER_PLAIN), "0.37");
  assert_takes (plot_format_value (0.0371, 2, PLOT_NUMBER_PLAIN), "0.037");
  assert_takes (plot_format_value (0.002, 2, PLOT_NUMBER_PLAIN), "0.0020");
  assert_takes (plot_format_value (0.9996, 2, PLOT_NUMBER_PLAIN), "1.0");
  assert_takes (plot_format_value (9.99, 2, PLOT_NUMBER_PLAIN), "10");
  assert_takes (plot_format_value (109.2, 2, PLOT_NUMBER_PLAIN), "109");
  assert_takes (plot_format_value (2512, 2, PLOT_NUMBER_PLAIN), "2" S "512");
  assert_takes (plot_format_value (3.24e-5, 2, PLOT_NUMBER_PLAIN), "3.2·10⁻⁵");
  assert_takes (plot_format_value (9.99e-5, 2, PLOT_NUMBER_PLAIN), "1.0·10⁻⁴");
  assert_takes (plot_format_value (-0.5, 2, PLOT_NUMBER_PLAIN), PLOT_MINUS "0.50");
  assert_takes (plot_format_value (0, 2, PLOT_NUMBER_PLAIN), "0");
  assert_takes (plot_format_value (2.5e8, 2, PLOT_NUMBER_PLAIN), "2.5·10⁸");
}

static void
test_percent (void)
{
  assert_takes (plot_format_value (0.652, 2, PLOT_NUMBER_PERCENT), "65" S "%");
  assert_takes (plot_format_value (0.004, 1, PLOT_NUMBER_PERCENT), "0.4" S "%");
  assert_takes (plot_format_value (1.2, 2, PLOT_NUMBER_PERCENT), "120" S "%");
}

static void
test_not_finite (void)
{
  assert_takes (plot_format_value (NAN, 2, PLOT_NUMBER_PLAIN), "–");
  assert_takes (plot_format_value (INFINITY, 2, PLOT_NUMBER_PERCENT), "∞");
  assert_takes (plot_format_fixed (-INFINITY, 3), PLOT_MINUS "∞");
}

static void
test_fixed (void)
{
  assert_takes (plot_format_fixed (0.3671, 3), "0.367");
  assert_takes (plot_format_loss (0.3671), "0.367");
  assert_takes (plot_format_loss (0.00312), "0.00312");
  assert_takes (plot_format_fixed (12, 3), "12.000");
  assert_takes (plot_format_fixed (-0.2, 0), "0");
}

static void
test_decade (void)
{
  assert_takes (plot_format_decade (-1, PLOT_NUMBER_PLAIN, FALSE), "10⁻¹");
  assert_takes (plot_format_decade (-2, PLOT_NUMBER_PLAIN, TRUE), "0.01");
  assert_takes (plot_format_decade (0, PLOT_NUMBER_PLAIN, FALSE), "1");
  assert_takes (plot_format_decade (3, PLOT_NUMBER_PLAIN, FALSE), "1" S "000");
  assert_takes (plot_format_decade (4, PLOT_NUMBER_PLAIN, FALSE), "10⁴");
  assert_takes (plot_format_decade (-12, PLOT_NUMBER_PLAIN, FALSE), "10⁻¹²");
  assert_takes (plot_format_decade (-1, PLOT_NUMBER_PERCENT, FALSE), "10" S "%");
  assert_takes (plot_format_decade (-3, PLOT_NUMBER_PERCENT, FALSE), "0.1" S "%");
}

static void
test_tick (void)
{
  assert_takes (plot_format_tick (0.5, 0.5, PLOT_NUMBER_PERCENT), "50" S "%");
  assert_takes (plot_format_tick (0.25, 0.05, PLOT_NUMBER_PLAIN), "0.25");
  assert_takes (plot_format_tick (1e-17, 0.1, PLOT_NUMBER_PLAIN), "0");
  assert_takes (plot_format_tick (12000, 2000, PLOT_NUMBER_PLAIN), "12" S "000");
}

static void
test_named (void)
{
  assert_takes (plot_format_named ("Lazy", "0.37"), "Lazy 0.37");
  assert_takes (plot_format_named ("α = 10", "0.27"), "α = 10: 0.27");
  assert_takes (plot_format_named ("", "0.27"), " 0.27");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plot/format/integer", test_integer);
  g_test_add_func ("/plot/format/value", test_value);
  g_test_add_func ("/plot/format/percent", test_percent);
  g_test_add_func ("/plot/format/not-finite", test_not_finite);
  g_test_add_func ("/plot/format/fixed", test_fixed);
  g_test_add_func ("/plot/format/decade", test_decade);
  g_test_add_func ("/plot/format/tick", test_tick);
  g_test_add_func ("/plot/format/named", test_named);
  return g_test_run ();
}
