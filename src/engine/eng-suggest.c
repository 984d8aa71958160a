/* SPDX-License-Identifier: GPL-3.0-or-later
 * Words by edit distance. */
#include "config.h"

#include "eng-suggest.h"

#include <string.h>

/* Longer words are not compared: nobody mistypes them by hand. */
#define MAX_LENGTH 64

/* Insertions, deletions, replacements and exchanges of neighbours that make one of the
 * other (optimal string alignment), over bytes. */
static guint
distance (const char *a, const char *b)
{
  gsize n = strlen (a), m = strlen (b);
  guint rows[3][MAX_LENGTH + 1];

  for (gsize j = 0; j <= m; j++)
    rows[0][j] = (guint) j;
  for (gsize i = 1; i <= n; i++)
    {
      guint *row = rows[i % 3];
      guint *above = rows[(i - 1) % 3];
      guint *before = rows[(i + 1) % 3];

      row[0] = (guint) i;
      for (gsize j = 1; j <= m; j++)
        {
          row[j] = MIN (above[j], row[j - 1]) + 1;
          row[j] = MIN (row[j], above[j - 1] + (a[i - 1] != b[j - 1]));
          if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
            row[j] = MIN (row[j], before[j - 2] + 1);
        }
    }
  return rows[n % 3][m];
}

const char *
eng_suggest (const char *word, const char *const *candidates)
{
  const char *nearest = NULL;
  gsize       length = strlen (word);
  guint       best;

  if (length == 0 || length > MAX_LENGTH)
    return NULL;
  /* A third of the letters may be wrong; a word that is wholly wrong is no suggestion. */
  best = (guint) MIN (MAX (length / 3, 1), length - 1) + 1;
  for (gsize i = 0; candidates[i] != NULL; i++)
    if (strlen (candidates[i]) <= MAX_LENGTH && distance (word, candidates[i]) < best)
      {
        best = distance (word, candidates[i]);
        nearest = candidates[i];
      }
  return nearest;
}
