/* SPDX-License-Identifier: GPL-3.0-or-later
 * Fuzz entry: any bytes as a table of a person's own numbers. */
#include "config.h"

#include "eng-error.h"
#include "eng-table.h"
#include "fuzz.h"

#include <math.h>
#include <string.h>

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char     *text = g_malloc (size + 1);
  g_autoptr (GError)   error = NULL;
  g_autoptr (EngTable) table = NULL;

  if (size > 0)
    memcpy (text, data, size);
  text[size] = '\0';
  table = eng_table_new_from_data (text, size, NULL, &error);
  if (table == NULL)
    {
      g_assert_nonnull (error);
      g_assert_true (error->domain == ENG_ERROR);
      return 0;
    }
  g_assert_cmpuint (g_strv_length (table->columns), ==, table->values.cols);
  for (gsize i = 0; i < table->values.rows * table->values.cols; i++)
    g_assert_true (isfinite (table->values.data[i]));
  return 0;
}
