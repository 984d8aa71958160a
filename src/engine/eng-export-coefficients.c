/* SPDX-License-Identifier: GPL-3.0-or-later
 * coefficients.csv: the linear predictors of a run folder. */
#include "config.h"

#include "eng-export-private.h"

#include <math.h>

static void
append (GString *text, guint run, const EngCoefficients *from)
{
  const double *columns[] = { from->found, from->expected, from->sparsest,
                              from->smallest };

  for (gsize i = 0; i < from->n; i++)
    {
      g_string_append_printf (text, "%u,%" G_GSIZE_FORMAT, run, i + 1);
      for (guint c = 0; c < G_N_ELEMENTS (columns); c++)
        {
          g_string_append_c (text, ',');
          eng_export_append_number (text, columns[c] != NULL ? columns[c][i] : NAN);
        }
      g_string_append_c (text, '\n');
    }
}

char *
eng_export_coefficients_text (const EngSnapshot *snapshot)
{
  g_autoptr (GString) text = g_string_new (
      "run,index,coefficient,argmin-q,min-l1,min-l2\n");
  gsize empty = text->len;

  append (text, 0, &snapshot->teacher);
  for (guint run = 0; run < snapshot->n_runs; run++)
    append (text, run + 1, &snapshot->runs[run].coefficients);
  return text->len > empty ? g_strdup (text->str) : NULL;
}
