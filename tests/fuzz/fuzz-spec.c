/* SPDX-License-Identifier: GPL-3.0-or-later
 * Fuzz entry: any bytes as an experiment file.  With libFuzzer:
 *   clang -fsanitize=fuzzer,address tests/fuzz/fuzz-spec.c … data/presets */
#include "config.h"

#include "eng-error.h"
#include "fuzz.h"
#include "eng-spec.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GError)  error = NULL;
  g_autoptr (EngSpec) spec = eng_spec_new_from_text ((const char *) data, (gssize) size,
                                                     &error);

  if (spec == NULL)
    {
      g_assert_nonnull (error);
      g_assert_true (error->domain == ENG_ERROR);
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
    }
  else
    {
      /* What was accepted is written and read again as the same experiment. */
      g_autofree char    *text = eng_spec_to_text (spec);
      g_autoptr (EngSpec) again = eng_spec_new_from_text (text, -1, &error);

      g_assert_no_error (error);
      g_assert_true (eng_spec_equal (spec, again));
    }
  return 0;
}
