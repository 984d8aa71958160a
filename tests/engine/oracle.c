/* SPDX-License-Identifier: GPL-3.0-or-later
 * Reader of the reference cases. */
#include "oracle.h"

#include <math.h>
#include <string.h>

struct _Oracle
{
  char       *name;
  GHashTable *blocks; /* of EngMat, by name */
};

static double worst_share = 0.0, worst_error = 0.0;
static char  *worst_block = NULL;

static void
block_free (gpointer data)
{
  EngMat *block = data;

  g_free (block->data);
  g_free (block);
}

/* The ROWS lines of a block, from `lines`. */
static EngMat *
read_block (const char *name, char **lines, gsize rows, gsize cols)
{
  EngMat *block = g_new (EngMat, 1);

  *block = (EngMat){ rows, cols, g_new (double, rows *cols) };
  for (gsize i = 0; i < rows; i++)
    {
      char *cursor = lines[i];

      for (gsize j = 0; j < cols; j++)
        {
          char *end;

          if (cursor == NULL)
            g_error ("block %s ends early", name);
          block->data[i * cols + j] = g_ascii_strtod (cursor, &end);
          if (end == cursor || !isfinite (block->data[i * cols + j]))
            g_error ("block %s, row %zu: not a number", name, i + 1);
          cursor = end;
        }
    }
  return block;
}

static void
parse (Oracle *self, char **lines)
{
  for (gsize i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) words = NULL;
      gsize          rows, cols;

      if (lines[i][0] == '#' || lines[i][0] == '\0')
        continue;
      words = g_strsplit (lines[i], " ", -1);
      if (g_strv_length (words) != 3 || !g_ascii_isalpha (words[0][0]))
        g_error ("%s, line %zu: not the head of a block", self->name, i + 1);
      rows = (gsize) g_ascii_strtoull (words[1], NULL, 10);
      cols = (gsize) g_ascii_strtoull (words[2], NULL, 10);
      g_assert (rows > 0 && cols > 0 && i + rows < g_strv_length (lines));
      g_hash_table_insert (self->blocks, g_strdup (words[0]),
                           read_block (words[0], lines + i + 1, rows, cols));
      i += rows;
    }
}

Oracle *
oracle_load (const char *name)
{
  const char        *data = g_getenv ("ESC_TEST_DATA");
  Oracle            *self = g_new0 (Oracle, 1);
  g_autofree char   *file = g_strconcat (name, ".txt", NULL);
  g_autofree char   *path = NULL, *text = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv)     lines = NULL;

  if (data == NULL)
    g_error ("ESC_TEST_DATA must name the folder of the test data");
  path = g_build_filename (data, "oracles", file, NULL);
  if (!g_file_get_contents (path, &text, NULL, &error))
    g_error ("%s", error->message);
  self->name = g_strdup (name);
  self->blocks = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, block_free);
  lines = g_strsplit (text, "\n", -1);
  parse (self, lines);
  return self;
}

void
oracle_free (Oracle *self)
{
  g_hash_table_unref (self->blocks);
  g_free (self->name);
  g_free (self);
}

gboolean
oracle_has (const Oracle *self, const char *block)
{
  return g_hash_table_contains (self->blocks, block);
}

const EngMat *
oracle_get (const Oracle *self, const char *block)
{
  const EngMat *found = g_hash_table_lookup (self->blocks, block);

  if (found == NULL)
    g_error ("%s has no block %s", self->name, block);
  return found;
}

double
oracle_scalar (const Oracle *self, const char *block)
{
  const EngMat *found = oracle_get (self, block);

  g_assert (found->rows == 1 && found->cols == 1);
  return found->data[0];
}

EngMatF
oracle_float (const Oracle *self, const char *block, EngArena *arena)
{
  const EngMat *found = oracle_get (self, block);
  EngMatF       result = eng_arena_matf (arena, found->rows, found->cols);

  for (gsize i = 0; i < found->rows * found->cols; i++)
    result.data[i] = (float) found->data[i];
  return result;
}

void
oracle_load_floats (const Oracle *self, const char *block, float *to)
{
  const EngMat *from = oracle_get (self, block);

  for (gsize i = 0; i < from->rows * from->cols; i++)
    to[i] = (float) from->data[i];
}

double
oracle_error (gsize count, const double *got, const double *want)
{
  double largest = 0.0, difference = 0.0;

  for (gsize i = 0; i < count; i++)
    {
      if (!isfinite (got[i]))
        return INFINITY;
      largest = MAX (largest, fabs (want[i]));
      difference = MAX (difference, fabs (got[i] - want[i]));
    }
  return largest > 0.0 ? difference / largest : difference;
}

void
oracle_check (const Oracle *self,
              const char   *block,
              gsize         count,
              const double *got,
              double        tolerance)
{
  const EngMat *want = oracle_get (self, block);
  double        error;

  g_assert_cmpuint (count, ==, want->rows * want->cols);
  error = oracle_error (count, got, want->data);
  if (error / tolerance > worst_share)
    {
      worst_share = error / tolerance;
      worst_error = error;
      g_free (worst_block);
      worst_block = g_strdup_printf ("%s %s", self->name, block);
    }
  if (!(error <= tolerance))
    {
      g_test_message ("%s: block %s has error %.3g, allowed %.3g", self->name, block,
                      error, tolerance);
      g_test_fail ();
    }
}

void
oracle_check_float (const Oracle *self,
                    const char   *block,
                    gsize         count,
                    const float  *got,
                    double        tolerance)
{
  g_autofree double *values = g_new (double, count);

  for (gsize i = 0; i < count; i++)
    values[i] = got[i];
  oracle_check (self, block, count, values, tolerance);
}

void
oracle_check_value (const Oracle *self, const char *block, double got, double tolerance)
{
  oracle_check (self, block, 1, &got, tolerance);
}

void
oracle_report (void)
{
  g_test_message ("largest error for its tolerance: %.3g in %s", worst_error,
                  worst_block != NULL ? worst_block : "nothing");
}
