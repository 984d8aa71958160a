/* SPDX-License-Identifier: GPL-3.0-or-later
 * Traces: append-only records, readable up to their published length, also while another
 * thread writes. */
#include "eng-trace.h"

#include <math.h>
#include <string.h>

#define N_RECORDS 20000

static const EngColumn columns[] = { { "first", "First" }, { "second", "Second" } };

static void
test_records (void)
{
  g_autoptr (EngTrace) trace = eng_trace_new (columns, 2, 3, 4);

  g_assert_cmpuint (eng_trace_get_length (trace), ==, 0);
  g_assert_cmpuint (eng_trace_get_n_columns (trace), ==, 2);
  g_assert_cmpuint (eng_trace_get_n_directions (trace), ==, 4);
  g_assert_true (isnan (eng_trace_get_last (trace, "first")));
  for (guint i = 0; i < 3; i++)
    {
      eng_trace_open (trace, 10 * i, 0.5 * i);
      g_assert_cmpuint (eng_trace_get_length (trace), ==, i);
      eng_trace_set (trace, 1, i + 0.25);
      eng_trace_open_directions (trace)[2] = (float) i;
      eng_trace_publish (trace);
      g_assert_cmpuint (eng_trace_get_length (trace), ==, i + 1);
    }
  for (guint i = 0; i < 3; i++)
    {
      g_assert_cmpuint (eng_trace_get_steps (trace)[i], ==, 10 * i);
      g_assert_cmpfloat (eng_trace_get_seconds (trace)[i], ==, 0.5 * i);
      /* A column nobody set says so. */
      g_assert_true (isnan (eng_trace_get_column (trace, 0)[i]));
      g_assert_cmpfloat (eng_trace_lookup (trace, "second")[i], ==, i + 0.25);
      g_assert_cmpfloat (eng_trace_get_directions (trace, i)[2], ==, i);
      g_assert_cmpfloat (eng_trace_get_directions (trace, i)[3], ==, 0.0);
    }
  g_assert_cmpfloat (eng_trace_get_last (trace, "second"), ==, 2.25);
}

/* Several records may be open; none of them is seen before it is published. */
static void
test_open_records (void)
{
  g_autoptr (EngTrace) trace = eng_trace_new (columns, 2, 3, 4);

  g_assert_cmpuint (eng_trace_get_n_written (trace), ==, 0);
  for (guint i = 0; i < 3; i++)
    {
      eng_trace_open (trace, i, 0.0);
      eng_trace_set (trace, 1, i);
      if (i == 0)
        eng_trace_publish (trace);
      g_assert_cmpuint (eng_trace_get_n_written (trace), ==, i + 1);
      g_assert_cmpuint (eng_trace_get_length (trace), ==, 1);
    }
  g_assert_cmpfloat (eng_trace_get_last (trace, "second"), ==, 0.0);
  eng_trace_set_at (trace, 1, 0, 0.5);
  eng_trace_open_directions_at (trace, 1)[3] = 7.0f;
  eng_trace_publish (trace);
  g_assert_cmpuint (eng_trace_get_length (trace), ==, 3);
  g_assert_cmpuint (eng_trace_get_n_written (trace), ==, 3);
  g_assert_cmpfloat (eng_trace_get_column (trace, 0)[1], ==, 0.5);
  g_assert_true (isnan (eng_trace_get_column (trace, 0)[2]));
  g_assert_cmpfloat (eng_trace_get_directions (trace, 1)[3], ==, 7.0);
  g_assert_cmpfloat (eng_trace_get_directions (trace, 2)[3], ==, 0.0);
  eng_trace_publish (trace);
  g_assert_cmpuint (eng_trace_get_length (trace), ==, 3);
}

/* Strings are the trace's own; unknown columns are absent, not wrong. */
static void
test_columns (void)
{
  g_autofree char     *id = g_strdup ("made-up"), *title = g_strdup ("Made Up");
  EngColumn            column = { id, title };
  g_autoptr (EngTrace) trace = eng_trace_new (&column, 1, 1, 0);

  memset (id, 'x', strlen (id));
  memset (title, 'x', strlen (title));
  g_assert_cmpint (eng_trace_find_column (trace, "made-up"), ==, 0);
  g_assert_cmpstr (eng_trace_get_column_info (trace, 0)->title, ==, "Made Up");
  g_assert_cmpint (eng_trace_find_column (trace, "other"), ==, -1);
  g_assert_null (eng_trace_lookup (trace, "other"));
  g_assert_true (isnan (eng_trace_get_last (trace, "other")));
  eng_trace_open (trace, 0, 0.0);
  g_assert_null (eng_trace_open_directions (trace));
}

static void
test_references (void)
{
  EngTrace *trace = eng_trace_new (columns, 2, 1, 1);
  EngTrace *again = eng_trace_ref (trace);

  g_assert_true (again == trace);
  eng_trace_unref (trace);
  eng_trace_open (again, 5, 0.0);
  eng_trace_publish (again);
  g_assert_cmpuint (eng_trace_get_length (again), ==, 1);
  eng_trace_unref (again);
}

static gpointer
write_all (gpointer data)
{
  EngTrace *trace = data;

  for (guint i = 0; i < N_RECORDS; i++)
    {
      eng_trace_open (trace, i, i);
      eng_trace_set (trace, 0, i);
      eng_trace_set (trace, 1, -(double) i);
      eng_trace_open_directions (trace)[0] = (float) i;
      eng_trace_publish (trace);
    }
  return NULL;
}

/* A reader never sees a record that is not complete. */
static void
test_reader_and_writer (void)
{
  g_autoptr (EngTrace) trace = eng_trace_new (columns, 2, N_RECORDS, 1);
  GThread             *writer = g_thread_new ("writer", write_all, trace);
  gsize                length = 0;

  while (length < N_RECORDS)
    {
      length = eng_trace_get_length (trace);
      if (length == 0)
        continue;
      g_assert_cmpuint (eng_trace_get_steps (trace)[length - 1], ==, length - 1);
      g_assert_cmpfloat (eng_trace_get_column (trace, 0)[length - 1], ==, length - 1);
      g_assert_cmpfloat (eng_trace_get_column (trace, 1)[length - 1], ==,
                         -(double) (length - 1));
      g_assert_cmpfloat (eng_trace_get_directions (trace, length - 1)[0], ==, length - 1);
    }
  g_thread_join (writer);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/trace/records", test_records);
  g_test_add_func ("/engine/trace/open-records", test_open_records);
  g_test_add_func ("/engine/trace/columns", test_columns);
  g_test_add_func ("/engine/trace/references", test_references);
  g_test_add_func ("/engine/trace/reader-and-writer", test_reader_and_writer);
  return g_test_run ();
}
