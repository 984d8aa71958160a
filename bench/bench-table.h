/* SPDX-License-Identifier: GPL-3.0-or-later
 * BenchTable: results as a table on the terminal, row by row as they come, and all of them
 * in one CSV file; and the small statistics that benches need.  One thread. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _BenchTable BenchTable;

/* `columns`: headings, NULL-terminated, static; the same in the CSV.  Prints `title` and
 * them.  (transfer full) */
BenchTable *
bench_table_new (const char *title, const char *const *columns) G_GNUC_WARN_UNUSED_RESULT;
/* Prints and keeps one row: `format` makes the cells with a bar between them. */
void bench_table_add (BenchTable *self, const char *format, ...) G_GNUC_PRINTF (2, 3);
/* Writes the rows to FOLDER/NAME.csv.  Returns: FALSE with an error of GIO. */
gboolean
bench_table_save (BenchTable *self, const char *folder, const char *name, GError **error);
void bench_table_free (BenchTable *self);

/* `share` quantile of x (n), which is sorted; 0.5: the median. */
double bench_quantile (gsize n, double *x, double share);
/* The exponent b of y ∝ x^b by least squares on logarithms.   x, y: (n), n >= 2 */
double bench_fit_exponent (gsize n, const double *x, const double *y);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenchTable, bench_table_free)

G_END_DECLS
