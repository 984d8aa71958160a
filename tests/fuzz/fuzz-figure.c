/* SPDX-License-Identifier: GPL-3.0-or-later
 * Fuzz entry: any bytes as a figure with an experiment inside. */
#include "config.h"

#include "eng-error.h"
#include "eng-figure.h"
#include "fuzz.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = eng_figure_read_experiment ((const char *) data, size, &error);

  if (text == NULL)
    {
      g_assert_nonnull (error);
      g_assert_true (error->domain == ENG_ERROR);
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
    }
  else
    g_assert_no_error (error);
  return 0;
}
