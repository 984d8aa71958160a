/* SPDX-License-Identifier: GPL-3.0-or-later
 * Tables of results. */
#include "bench-table.h"

#include "bench-program.h"

#include <math.h>
#include <stdarg.h>
#include <stdlib.h>

#define WIDTH 18

struct _BenchTable
{
  const char *const *columns;
  GString           *csv;
  char              *path;
  GError            *error; /* the first in writing */
};

/* One line of cells, on the terminal and in the CSV; no cell has a comma. */
static void
add_line (BenchTable *self, const char *const *cells)
{
  for (gsize i = 0; self->columns[i] != NULL; i++)
    {
      if (i == 0)
        g_print ("  %-22s", cells[i]);
      else
        g_print (" %*s", WIDTH, cells[i]);
      g_string_append_printf (self->csv, "%s%s", i == 0 ? "" : ",", cells[i]);
    }
  g_print ("\n");
  g_string_append_c (self->csv, '\n');
  if (self->error == NULL)
    g_file_set_contents_full (self->path, self->csv->str, (gssize) self->csv->len,
                              G_FILE_SET_CONTENTS_CONSISTENT, 0666, &self->error);
}

BenchTable *
bench_table_new (const char *name, const char *title, const char *const *columns)
{
  BenchTable      *self = g_new0 (BenchTable, 1);
  g_autofree char *file = g_strconcat (name, ".csv", NULL);

  self->path = g_build_filename (bench_options.out, file, NULL);
  self->columns = columns;
  self->csv = g_string_new (NULL);
  g_print ("\n%s\n", title);
  add_line (self, columns);
  return self;
}

void
bench_table_add (BenchTable *self, const char *format, ...)
{
  g_autofree char *line = NULL;
  g_auto (GStrv)   cells = NULL;
  va_list          args;

  va_start (args, format);
  line = g_strdup_vprintf (format, args);
  va_end (args);
  cells = g_strsplit (line, "|", -1);
  g_assert (g_strv_length (cells) == g_strv_length ((char **) self->columns));
  add_line (self, (const char *const *) cells);
}

gboolean
bench_table_finish (BenchTable *self, GError **error)
{
  if (self->error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&self->error));
  return FALSE;
}

void
bench_table_free (BenchTable *self)
{
  g_string_free (self->csv, TRUE);
  g_free (self->path);
  g_clear_error (&self->error);
  g_free (self);
}

static int
compare (const void *a, const void *b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

double
bench_quantile (gsize n, double *x, double share)
{
  double at = share * (double) (n - 1);
  gsize  below = (gsize) at;

  qsort (x, n, sizeof (double), compare);
  if (below + 1 >= n)
    return x[n - 1];
  return x[below] + (at - (double) below) * (x[below + 1] - x[below]);
}

double
bench_fit_exponent (gsize n, const double *x, const double *y)
{
  double mean_x = 0.0, mean_y = 0.0, product = 0.0, square = 0.0;

  for (gsize i = 0; i < n; i++)
    {
      mean_x += log (x[i]) / (double) n;
      mean_y += log (y[i]) / (double) n;
    }
  for (gsize i = 0; i < n; i++)
    {
      product += (log (x[i]) - mean_x) * (log (y[i]) - mean_y);
      square += (log (x[i]) - mean_x) * (log (x[i]) - mean_x);
    }
  return product / square;
}
