/* SPDX-License-Identifier: GPL-3.0-or-later
 * A person's own tables: CSV and .npy, what is read, and what is refused with its line. */
#include "eng-error.h"
#include "eng-table.h"
#include "folder.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#define NO_LIMIT 1e9

static char *folder;

static char *
write_file (const char *name, const void *data, gssize length)
{
  char *path = g_build_filename (folder, name, NULL);

  g_assert_true (g_file_set_contents (path, data, length, NULL));
  return path;
}

static EngTable *
load_text (const char *text, GError **error)
{
  g_autofree char *path = write_file ("table.csv", text, -1);

  return eng_table_load (path, NO_LIMIT, NULL, error);
}

static void
check_table (const char *text, gsize rows, gsize cols, const double *values)
{
  g_autoptr (GError)   error = NULL;
  g_autoptr (EngTable) table = load_text (text, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (table->values.rows, ==, rows);
  g_assert_cmpuint (table->values.cols, ==, cols);
  g_assert_cmpuint (g_strv_length (table->columns), ==, cols);
  for (gsize i = 0; i < rows * cols; i++)
    g_assert_cmpfloat (table->values.data[i], ==, values[i]);
}

/* --- CSV ------------------------------------------------------------------------------------- */

static void
test_csv (void)
{
  const double values[] = { 1, 2.5, -3, 4, 5e-3, 6 };

  check_table ("a,b,c\n1,2.5,-3\n4,5e-3,6\n", 2, 3, values);
  check_table ("a,b,c\r\n1,2.5,-3\r\n4,5e-3,6\r\n", 2, 3, values);
  check_table ("a;b;c\n1;2.5;-3\n4;5e-3;6", 2, 3, values);
  check_table ("a\tb\tc\n1\t2.5\t-3\n4\t5e-3\t6\n", 2, 3, values);
  check_table ("a, b ,c\n 1 , 2.5 ,-3 \n\n4,5e-3,6\n\n", 2, 3, values);
  /* With a byte-order mark, as spreadsheets write it. */
  check_table ("\xef\xbb\xbf"
               "a,b,c\n1,2.5,-3\n4,5e-3,6\n",
               2, 3, values);
  check_table ("a,b,c\n", 0, 3, NULL);
}

static void
test_names (void)
{
  g_autoptr (EngTable) table = load_text ("\xef\xbb\xbf"
                                          "\"height\",\"net price\",3, w \n1,2,3,4\n",
                                          NULL);
  g_assert_nonnull (table);
  g_assert_cmpint (eng_table_find (table, "height"), ==, 0);
  g_assert_cmpint (eng_table_find (table, "net price"), ==, 1);
  g_assert_cmpint (eng_table_find (table, "w"), ==, 3);
  /* A name goes before a number. */
  g_assert_cmpint (eng_table_find (table, "3"), ==, 2);
  g_assert_cmpint (eng_table_find (table, "1"), ==, 0);
  g_assert_cmpint (eng_table_find (table, "4"), ==, 3);
  g_assert_cmpint (eng_table_find (table, "5"), ==, -1);
  g_assert_cmpint (eng_table_find (table, "0"), ==, -1);
  g_assert_cmpint (eng_table_find (table, "other"), ==, -1);
}

static void
test_refused_csv (void)
{
  static const struct
  {
    const char *text, *words[2];
  } cases[] = {
    { "", { "first line", NULL } },
    { "\n1,2\n", { "first line", NULL } },
    { "a,b\n1,2\n3,x\n", { "line 3", "column 2" } },
    { "a,b\n1,2\n\n3,\n", { "line 4", "column 2" } },
    { "a,b\n,2\n", { "line 2", "column 1" } },
    { "a,b\n1,2,3\n", { "line 2", "2 columns were" } },
    { "a,b,c\n1,2\n", { "line 2", "3 columns" } },
    { "a,b\n1,nan\n", { "line 2", "column 2" } },
    { "a,b\n1,inf\n", { "line 2", "column 2" } },
    { "a,b\n1,1e999\n", { "line 2", "column 2" } },
    { "a,b\n1,0x10\n", { "line 2", NULL } },
    { "a,b\n1,\"2\"\n", { "line 2", "column 2" } },
    { "a,b\n1 2,3\n", { "line 2", NULL } },
    { "a;b\n1,5;2\n", { "line 2", "“1,5” has a decimal comma" } },
    { "a\tb\n1\t-2,25\n", { "column 2 (“b”)", "decimal comma" } },
    /* An empty cell is not the next one. */
    { "a\tb\tc\n1\t\t3\t4\n", { "line 2", "column 2" } },
    { "a\tb\tc\n1\t\t3\n", { "line 2", "column 2" } },
    { "a\tb\tc\n\t2\t3\n", { "line 2", "column 1" } },
    { "\"a, b\",c\n1,2\n", { "line 2", "3 columns" } },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError)   error = NULL;
      g_autoptr (EngTable) table = load_text (cases[i].text, &error);

      if (table != NULL)
        g_test_message ("accepted: %s", cases[i].text);
      g_assert_null (table);
      g_assert_error (error, ENG_ERROR, ENG_ERROR_INVALID_SPEC);
      g_assert_nonnull (strstr (error->message, "table.csv"));
      for (gsize w = 0; w < 2 && cases[i].words[w] != NULL; w++)
        if (strstr (error->message, cases[i].words[w]) == NULL)
          {
            g_test_message ("“%s” is not in: %s", cases[i].words[w], error->message);
            g_test_fail ();
          }
    }
}

/* So is a decimal comma, which stands in all rows. */
static void
test_decimal_commas (void)
{
  g_autoptr (GString)  text = g_string_new ("a;b\n");
  g_autoptr (GError)   error = NULL;
  g_autoptr (EngTable) table = NULL;

  for (guint i = 0; i < 300; i++)
    g_string_append (text, i == 200 ? "1,5;oops\n3;oops\n" : "1,5;2\n");
  table = load_text (text->str, &error);
  g_assert_null (table);
  g_assert_true (g_str_has_suffix (error->message,
                                   "line 2, column 1 (“a”): “1,5” has a decimal comma; "
                                   "save the table with decimal points\n"
                                   "line 203, column 2 (“b”): a finite number was "
                                   "expected, got “oops”"));
}

/* A column of text is told of once, by its name, and hides no bad row. */
static void
test_text_columns (void)
{
  g_autoptr (GString)  text = g_string_new ("a,city,b,note\n");
  g_autoptr (GError)   error = NULL, one = NULL;
  g_autoptr (EngTable) table = NULL, short_table = NULL;

  for (guint i = 0; i < 300; i++)
    g_string_append (text, i == 200 ? "1,Rome,oops,\n" : "1,Oslo,2,\n");
  table = load_text (text->str, &error);
  g_assert_null (table);
  g_assert_nonnull (
      strstr (error->message, "columns “city”, “note” are text or empty in every row"));
  g_assert_true (g_str_has_suffix (error->message,
                                   "\nline 202, column 3 (“b”): a finite number was "
                                   "expected, got “oops”"));
  /* A single row does not tell. */
  short_table = load_text ("a,city,b\n1,Rome,2\n", &one);
  g_assert_null (short_table);
  g_assert_nonnull (strstr (one->message, "line 2, column 2 (“city”)"));
}

/* All bad rows are told at once, the first of them one by one. */
static void
test_bad_rows (void)
{
  g_autoptr (GString)  text = g_string_new ("a,b\n1,2\n1,x\n3,4\n5\n");
  g_autoptr (GError)   error = NULL;
  g_autoptr (EngTable) table = load_text (text->str, &error);
  g_autoptr (GError)   more = NULL;
  g_autoptr (EngTable) none = NULL;

  g_assert_null (table);
  g_assert_nonnull (strstr (error->message, "line 3, column 2 (“b”): a finite number"));
  g_assert_nonnull (strstr (error->message, "\nline 5: 2 columns"));
  for (guint i = 0; i < 100; i++)
    g_string_append (text, "bad\n");
  none = load_text (text->str, &more);
  g_assert_null (none);
  g_assert_nonnull (strstr (more->message, "\nline 9, column 1"));
  g_assert_null (strstr (more->message, "line 10"));
  g_assert_true (g_str_has_suffix (more->message, "\nand 96 more lines"));
}

static void
test_cancelled (void)
{
  g_autofree char         *path = write_file ("table.csv", "a,b\n1,2\n", -1);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError)       error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (eng_table_load (path, NO_LIMIT, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* A column that never changes says nothing, however large its value. */
static void
test_measure (void)
{
  g_autoptr (GError)   error = NULL;
  g_autoptr (EngTable) table = load_text ("a,b\n1,1e9\n3,1e9\n", &error);
  double               mean, variance;

  g_assert_no_error (error);
  g_assert_true (eng_table_measure (table, 0, &mean, &variance));
  g_assert_cmpfloat (mean, ==, 2);
  g_assert_cmpfloat (variance, ==, 1);
  g_assert_false (eng_table_measure (table, 1, &mean, &variance));
  g_assert_false (eng_table_check_size (table, &error));
  g_assert_error (error, ENG_ERROR, ENG_ERROR_INVALID_SPEC);
}

static void
test_refused_files (void)
{
  g_autofree char   *binary = write_file ("binary.csv", "a,b\n1\0,2\n", 9);
  g_autofree char   *latin = write_file ("latin.csv", "caf\xe9,b\n1,2\n", -1);
  g_autofree char   *missing = g_build_filename (folder, "missing.csv", NULL);
  g_autofree char   *large = write_file ("large.csv", "a,b\n1,2\n", -1);
  g_autoptr (GError) error = NULL;

  g_assert_null (eng_table_load (binary, NO_LIMIT, NULL, &error));
  g_assert_error (error, ENG_ERROR, ENG_ERROR_INVALID_SPEC);
  g_clear_error (&error);
  g_assert_null (eng_table_load (latin, NO_LIMIT, NULL, &error));
  g_assert_error (error, ENG_ERROR, ENG_ERROR_INVALID_SPEC);
  g_clear_error (&error);
  g_assert_null (eng_table_load (missing, NO_LIMIT, NULL, &error));
  g_assert_error (error, ENG_ERROR, ENG_ERROR_IO);
  g_clear_error (&error);
  g_assert_null (eng_table_load (folder, NO_LIMIT, NULL, &error));
  g_assert_error (error, ENG_ERROR, ENG_ERROR_IO);
  g_assert_nonnull (strstr (error->message, "regular file"));
  g_clear_error (&error);
  /* Never opened: it would not end. */
  g_assert_null (eng_table_load ("/dev/zero", NO_LIMIT, NULL, &error));
  g_assert_error (error, ENG_ERROR, ENG_ERROR_IO);
  g_clear_error (&error);
  g_assert_null (eng_table_load (large, 7.0, NULL, &error));
  g_assert_error (error, ENG_ERROR, ENG_ERROR_TOO_LARGE);
  g_assert_nonnull (strstr (error->message, "8 bytes; up to 7"));
}

/* --- .npy ------------------------------------------------------------------------------------ */

/* A .npy file with this dictionary and these bytes; `cut` bytes are left out at the end. */
static char *
write_npy (guint8      version,
           const char *dictionary,
           const void *data,
           gsize       size,
           gsize       cut)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  gsize                  length = strlen (dictionary);
  guint8                 head[12] = { 0x93, 'N',     'U', 'M',           'P',
                                      'Y',  version, 0,   length & 0xff, length >> 8 };

  g_byte_array_append (bytes, head, version == 1 ? 10 : 12);
  g_byte_array_append (bytes, (const guint8 *) dictionary, (guint) length);
  g_byte_array_append (bytes, data, (guint) size);
  return write_file ("array.npy", bytes->data, (gssize) (bytes->len - cut));
}

#define SHAPE(type, order, shape)                                                        \
  "{'descr': '" type "', 'fortran_order': " order ", 'shape': " shape ", }   \n"

static void
test_npy (void)
{
  const double values[] = { 1, -2, 0.5, 4, 1e300, 6 };
  const float  floats[] = { 1, -2, 0.5f, 4, 1e30f, 6 };

  for (guint kind = 0; kind < 3; kind++)
    {
      g_autofree char *path = write_npy (
          kind == 2 ? 2 : 1,
          kind == 1 ? SHAPE ("<f4", "False", "(3, 2)") : SHAPE ("<f8", "False", "(3, 2)"),
          kind == 1 ? (const void *) floats : values, kind == 1 ? 24 : 48, 0);
      g_autoptr (GError)   error = NULL;
      g_autoptr (EngTable) table = eng_table_load (path, NO_LIMIT, NULL, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (table->values.rows, ==, 3);
      g_assert_cmpuint (table->values.cols, ==, 2);
      for (gsize i = 0; i < 6; i++)
        g_assert_cmpfloat (table->values.data[i], ==,
                           kind == 1 ? (double) floats[i] : values[i]);
      g_assert_cmpstr (table->columns[1], ==, "column 2");
      g_assert_cmpint (eng_table_find (table, "2"), ==, 1);
    }
}

static void
test_refused_npy (void)
{
  static const struct
  {
    const char *dictionary;
    gsize       cut;
    const char *word;
  } cases[] = {
    { SHAPE ("<f8", "True", "(3, 2)"), 0, "Fortran" },
    { SHAPE ("<i8", "False", "(3, 2)"), 0, "other numbers" },
    { SHAPE (">f8", "False", "(3, 2)"), 0, "other numbers" },
    { SHAPE ("|O", "False", "(3, 2)"), 0, "other numbers" },
    { SHAPE ("<f8", "False", "(6,)"), 0, "dimensions" },
    { SHAPE ("<f8", "False", "(1, 3, 2)"), 0, "dimensions" },
    { SHAPE ("<f8", "False", "()"), 0, "dimensions" },
    { SHAPE ("<f8", "False", "(0, 2)"), 0, "dimensions" },
    { SHAPE ("<f8", "False", "(-3, 2)"), 0, "dimensions" },
    { SHAPE ("<f8", "False", "(4, 2)"), 0, "cut off" },
    { SHAPE ("<f8", "False", "(4294967295, 100000)"), 0, "cut off" },
    { SHAPE ("<f8", "False", "(3, 2)"), 1, "cut off" },
    { SHAPE ("<f8", "False", "(3, 2)"), 48, "cut off" },
    { SHAPE ("<f8", "False", "(3, 2)"), 60, "header is cut off" },
    { SHAPE ("<f8", "False", "(3, 2)"), 110, "short" },
    { "nonsense", 0, "other numbers" },
    { "{'descr'", 0, "other numbers" },
    { "", 0, "other numbers" },
  };
  const double values[] = { 1, 2, 3, 4, 5, 6 };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char     *path = write_npy (1, cases[i].dictionary, values, 48,
                                             cases[i].cut);
      g_autoptr (GError)   error = NULL;
      g_autoptr (EngTable) table = eng_table_load (path, NO_LIMIT, NULL, &error);

      g_assert_null (table);
      g_assert_error (error, ENG_ERROR, ENG_ERROR_INVALID_SPEC);
      if (strstr (error->message, cases[i].word) == NULL)
        {
          g_test_message ("case %zu, “%s” is not in: %s", i, cases[i].word,
                          error->message);
          g_test_fail ();
        }
    }
}

static void
test_npy_not_finite (void)
{
  const double     values[] = { 1, 2, 3, NAN, 5, 6 };
  g_autofree char *path = write_npy (1, SHAPE ("<f8", "False", "(3, 2)"), values, 48, 0);
  g_autoptr (GError)   error = NULL;
  g_autoptr (EngTable) table = eng_table_load (path, NO_LIMIT, NULL, &error);

  g_assert_null (table);
  g_assert_error (error, ENG_ERROR, ENG_ERROR_INVALID_SPEC);
  g_assert_nonnull (strstr (error->message, "row 2, column 2"));
}

int
main (int argc, char **argv)
{
  int result;

  g_test_init (&argc, &argv, NULL);
  folder = g_dir_make_tmp ("esc-table-XXXXXX", NULL);
  g_assert_nonnull (folder);
  g_test_add_func ("/engine/table/csv", test_csv);
  g_test_add_func ("/engine/table/names", test_names);
  g_test_add_func ("/engine/table/refused-csv", test_refused_csv);
  g_test_add_func ("/engine/table/refused-files", test_refused_files);
  g_test_add_func ("/engine/table/bad-rows", test_bad_rows);
  g_test_add_func ("/engine/table/text-columns", test_text_columns);
  g_test_add_func ("/engine/table/decimal-commas", test_decimal_commas);
  g_test_add_func ("/engine/table/cancelled", test_cancelled);
  g_test_add_func ("/engine/table/measure", test_measure);
  g_test_add_func ("/engine/table/npy", test_npy);
  g_test_add_func ("/engine/table/refused-npy", test_refused_npy);
  g_test_add_func ("/engine/table/npy-not-finite", test_npy_not_finite);
  result = g_test_run ();
  folder_remove (folder);
  g_free (folder);
  return result;
}
