/* SPDX-License-Identifier: GPL-3.0-or-later
 * The preallocated records of one run. */
#include "config.h"

#include "eng-trace.h"

#include <math.h>
#include <string.h>

struct _EngTrace
{
  gatomicrefcount ref_count;
  gsize           n_columns;
  gsize           capacity;
  gsize           n_directions;
  EngColumn      *columns;    /* (n_columns) owned strings */
  guint64        *steps;      /* (capacity) */
  double         *seconds;    /* (capacity) */
  double         *values;     /* (n_columns, capacity): a column is contiguous */
  float          *directions; /* (capacity, n_directions) */
  int             length;     /* published records; atomic */
  gsize           n_open;     /* records after those */
};

G_DEFINE_BOXED_TYPE (EngTrace, eng_trace, eng_trace_ref, eng_trace_unref)

EngTrace *
eng_trace_new (const EngColumn *columns,
               gsize            n_columns,
               gsize            capacity,
               gsize            n_directions)
{
  EngTrace *self = g_new0 (EngTrace, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->n_columns = n_columns;
  self->capacity = capacity;
  self->n_directions = n_directions;
  self->columns = g_new0 (EngColumn, n_columns);
  for (gsize i = 0; i < n_columns; i++)
    {
      self->columns[i].id = g_strdup (columns[i].id);
      self->columns[i].title = g_strdup (columns[i].title);
    }
  self->steps = g_new0 (guint64, capacity);
  self->seconds = g_new0 (double, capacity);
  self->values = g_new0 (double, n_columns *capacity);
  self->directions = g_new0 (float, capacity *n_directions);
  return self;
}

EngTrace *
eng_trace_ref (EngTrace *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
eng_trace_unref (EngTrace *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  for (gsize i = 0; i < self->n_columns; i++)
    {
      g_free ((char *) self->columns[i].id);
      g_free ((char *) self->columns[i].title);
    }
  g_free (self->columns);
  g_free (self->steps);
  g_free (self->seconds);
  g_free (self->values);
  g_free (self->directions);
  g_free (self);
}

void
eng_trace_open (EngTrace *self, guint64 step, double seconds)
{
  gsize record = eng_trace_get_n_written (self);

  g_assert (record < self->capacity);
  self->n_open++;
  self->steps[record] = step;
  self->seconds[record] = seconds;
  for (gsize i = 0; i < self->n_columns; i++)
    self->values[i * self->capacity + record] = NAN;
  if (self->n_directions > 0)
    memset (self->directions + record * self->n_directions, 0,
            self->n_directions * sizeof (float));
}

gsize
eng_trace_get_n_written (const EngTrace *self)
{
  return (gsize) self->length + self->n_open;
}

void
eng_trace_set_at (EngTrace *self, gsize record, gsize column, double value)
{
  g_assert (column < self->n_columns);
  g_assert (record >= (gsize) self->length && record < eng_trace_get_n_written (self));
  self->values[column * self->capacity + record] = value;
}

void
eng_trace_set (EngTrace *self, gsize column, double value)
{
  eng_trace_set_at (self, eng_trace_get_n_written (self) - 1, column, value);
}

float *
eng_trace_open_directions_at (EngTrace *self, gsize record)
{
  g_assert (record >= (gsize) self->length && record < eng_trace_get_n_written (self));
  if (self->n_directions == 0)
    return NULL;
  return self->directions + record * self->n_directions;
}

float *
eng_trace_open_directions (EngTrace *self)
{
  return eng_trace_open_directions_at (self, eng_trace_get_n_written (self) - 1);
}

void
eng_trace_publish (EngTrace *self)
{
  g_atomic_int_add (&self->length, (int) self->n_open);
  self->n_open = 0;
}

gsize
eng_trace_get_length (EngTrace *self)
{
  return (gsize) g_atomic_int_get (&self->length);
}

gsize
eng_trace_get_capacity (EngTrace *self)
{
  return self->capacity;
}

gsize
eng_trace_get_n_columns (EngTrace *self)
{
  return self->n_columns;
}

const EngColumn *
eng_trace_get_column_info (EngTrace *self, gsize column)
{
  g_return_val_if_fail (column < self->n_columns, NULL);
  return &self->columns[column];
}

gssize
eng_trace_find_column (EngTrace *self, const char *id)
{
  for (gsize i = 0; i < self->n_columns; i++)
    if (strcmp (self->columns[i].id, id) == 0)
      return (gssize) i;
  return -1;
}

const guint64 *
eng_trace_get_steps (EngTrace *self)
{
  return self->steps;
}

const double *
eng_trace_get_seconds (EngTrace *self)
{
  return self->seconds;
}

const double *
eng_trace_get_column (EngTrace *self, gsize column)
{
  g_return_val_if_fail (column < self->n_columns, NULL);
  return self->values + column * self->capacity;
}

const double *
eng_trace_lookup (EngTrace *self, const char *id)
{
  gssize column = eng_trace_find_column (self, id);

  return column < 0 ? NULL : eng_trace_get_column (self, (gsize) column);
}

double
eng_trace_get_last (EngTrace *self, const char *id)
{
  const double *values = eng_trace_lookup (self, id);
  gsize         length = eng_trace_get_length (self);

  return values == NULL || length == 0 ? NAN : values[length - 1];
}

gsize
eng_trace_get_n_directions (EngTrace *self)
{
  return self->n_directions;
}

const float *
eng_trace_get_directions (EngTrace *self, gsize record)
{
  g_return_val_if_fail (record < self->capacity, NULL);
  return self->directions + record * self->n_directions;
}
