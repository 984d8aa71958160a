/* SPDX-License-Identifier: GPL-3.0-or-later
 * BenchTable: results as a table on the terminal and as a CSV file, both row by row as they
 * come; and the small statistics that benches need.  One thread. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _BenchTable BenchTable;

/* `columns`: headings, NULL-terminated, static; the same in NAME.csv in the folder for
 * them.  Prints `title` and them.  (transfer full) */
BenchTable *bench_table_new (const char        *name,
                             const char        *title,
                             const char *const *columns) G_GNUC_WARN_UNUSED_RESULT;
/* Prints and writes one row: `format` makes the cells with a bar between them. */
void bench_table_add (BenchTable *self, const char *format, ...) G_GNUC_PRINTF (2, 3);
/* Returns: FALSE with an error of GIO if some row could not be written. */
gboolean bench_table_finish (BenchTable *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void     bench_table_free (BenchTable *self);

/* `share` quantile of x (n), which is sorted; 0.5: the median. */
double bench_quantile (gsize n, double *x, double share);
/* The exponent b of y ∝ x^b by least squares on logarithms.   x, y: (n), n >= 2 */
double bench_fit_exponent (gsize n, const double *x, const double *y);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenchTable, bench_table_free)

G_END_DECLS
