/* SPDX-License-Identifier: GPL-3.0-or-later
 * EngTrace: the records of one run: a step, a time, one number per column, and the
 * energy of the movement in each resolved direction of Σ.
 *
 * Capacity is fixed at creation; records are appended, never changed.  Reference-counted
 * (atomic).  One writer (the engine thread); any thread may read the first `length`
 * records, where length is what eng_trace_get_length () returned: it is published with
 * release order after the record is complete. */
#pragma once

#include "eng-types.h"

G_BEGIN_DECLS

/* A column: what is recorded under which name.  Static storage, or owned by the trace
 * when its id was made at run time (recovered-degree-1 ...). */
typedef struct
{
  const char *id;    /* heading in traces.csv, key in summary.ini */
  const char *title; /* N_() */
} EngColumn;

#define ENG_TYPE_TRACE (eng_trace_get_type ())
GType eng_trace_get_type (void);

/* Room for `capacity` records of `n_columns` numbers and `n_directions` energies.
 * Columns are copied, strings included. */
EngTrace *eng_trace_new (const EngColumn *columns,
                         gsize            n_columns,
                         gsize            capacity,
                         gsize            n_directions) G_GNUC_WARN_UNUSED_RESULT;
EngTrace *eng_trace_ref (EngTrace *self);
void      eng_trace_unref (EngTrace *self);

/* --- writer ------------------------------------------------------------------- */

/* Opens the next record: every column NaN, every energy 0.  Those before it may still be
 * open too.  The trace must not be full. */
void eng_trace_open (EngTrace *self, guint64 step, double seconds);
/* Returns: the number of records, open ones included; the newest is the last of them. */
gsize eng_trace_get_n_written (const EngTrace *self);
/* Sets a column of the newest record, or of any that is open, by its index. */
void eng_trace_set (EngTrace *self, gsize column, double value);
void eng_trace_set_at (EngTrace *self, gsize record, gsize column, double value);
/* (n_directions) energies of the newest record, or of any that is open; NULL if the trace
 * has none. */
float *eng_trace_open_directions (EngTrace *self);
float *eng_trace_open_directions_at (EngTrace *self, gsize record);
/* Publishes all open records. */
void eng_trace_publish (EngTrace *self);

/* --- readers ------------------------------------------------------------------ */

gsize            eng_trace_get_length (EngTrace *self);
gsize            eng_trace_get_capacity (EngTrace *self);
gsize            eng_trace_get_n_columns (EngTrace *self);
const EngColumn *eng_trace_get_column_info (EngTrace *self, gsize column);
/* Returns: index of the column, or -1. */
gssize eng_trace_find_column (EngTrace *self, const char *id);

/* (length) arrays, valid below the published length; they never move. */
const guint64 *eng_trace_get_steps (EngTrace *self);
const double  *eng_trace_get_seconds (EngTrace *self);
const double  *eng_trace_get_column (EngTrace *self, gsize column);
/* Returns: the column named `id`, or NULL if this run does not record it. */
const double *eng_trace_lookup (EngTrace *self, const char *id);
/* Last published value of column `id`; NaN if there is none. */
double eng_trace_get_last (EngTrace *self, const char *id);

gsize eng_trace_get_n_directions (EngTrace *self);
/* (n_directions) energies of published record `record`. */
const float *eng_trace_get_directions (EngTrace *self, gsize record);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EngTrace, eng_trace_unref)

G_END_DECLS
