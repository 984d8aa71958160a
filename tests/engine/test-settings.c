/* SPDX-License-Identifier: GPL-3.0-or-later
 * Settings: every kind of value read, and refused with its place, its text and what is
 * allowed. */
#include "eng-error.h"
#include "eng-settings.h"

#include <math.h>
#include <string.h>

static const EngChoice colours[]
    = { { "red", "Red" }, { "blue", "Blue" }, { NULL, NULL } };

static const EngParam params[] = {
  { .key = "first", .kind = ENG_PARAM_REAL, .min = 0, .max = 1e9, .fallback = "2 d" },
  { .key = "d", .kind = ENG_PARAM_INT, .min = 2, .max = 10000, .fallback = "30" },
  { .key = "count", .kind = ENG_PARAM_INT, .min = 1, .max = 100000, .fallback = "5" },
  { .key = "width",
    .kind = ENG_PARAM_INT,
    .min = 2,
    .max = 1000,
    .fallback = "10",
    .flags = ENG_PARAM_EVEN },
  { .key = "rate",
    .kind = ENG_PARAM_REAL,
    .min = 0,
    .max = 4,
    .fallback = "1",
    .flags = ENG_PARAM_OPEN_MIN | ENG_PARAM_LIVE },
  { .key = "maybe",
    .kind = ENG_PARAM_REAL,
    .min = -1,
    .max = 1,
    .flags = ENG_PARAM_OPTIONAL },
  { .key = "maybe-int",
    .kind = ENG_PARAM_INT,
    .min = 0,
    .max = 9,
    .flags = ENG_PARAM_OPTIONAL },
  { .key = "colour", .kind = ENG_PARAM_CHOICE, .choices = colours, .fallback = "red" },
  { .key = "shade",
    .kind = ENG_PARAM_REAL,
    .min = 0,
    .max = 1,
    .fallback = "0.5",
    .only_key = "colour",
    .only_id = "blue" },
  { .key = "on", .kind = ENG_PARAM_BOOLEAN, .fallback = "true" },
  { .key = "loud",
    .kind = ENG_PARAM_REAL,
    .min = 0,
    .max = 1,
    .fallback = "0",
    .only_key = "on",
    .only_id = "true" },
  { .key = "powers", .kind = ENG_PARAM_LIST, .min = 1, .max = 12, .fallback = "2" },
  { .key = "word", .kind = ENG_PARAM_TEXT, .fallback = "hello" },
  { .key = "fresh",
    .kind = ENG_PARAM_INT,
    .min = 1,
    .max = 1000,
    .fallback = "128",
    .flags = ENG_PARAM_FIXABLE },
  ENG_PARAM_END,
};
static const EngParam *const tables[] = { params, NULL };

static EngSettings *
parse (const char *lines, double d, GError **error)
{
  g_autofree char     *text = g_strconcat ("[group]\n", lines, NULL);
  g_autoptr (GKeyFile) key_file = g_key_file_new ();
  gboolean             loaded = g_key_file_load_from_data (key_file, text, strlen (text),
                                                           G_KEY_FILE_NONE, NULL);

  g_assert_true (loaded);
  return eng_settings_new (key_file, "group", tables, d, error);
}

static void
test_defaults (void)
{
  g_autoptr (GError)      error = NULL;
  g_autoptr (EngSettings) settings = parse ("", 0, &error);
  gsize                   length;

  g_assert_no_error (error);
  g_assert_cmpint (eng_settings_get_int (settings, "d"), ==, 30);
  g_assert_cmpint (eng_settings_get_int (settings, "count"), ==, 5);
  g_assert_cmpfloat (eng_settings_get_double (settings, "rate"), ==, 1.0);
  g_assert_cmpstr (eng_settings_get_choice (settings, "colour"), ==, "red");
  g_assert_true (eng_settings_is_choice (settings, "colour", "red"));
  g_assert_true (eng_settings_get_boolean (settings, "on"));
  g_assert_cmpstr (eng_settings_get_text (settings, "word"), ==, "hello");
  g_assert_cmpfloat (eng_settings_get_list (settings, "powers", &length)[0], ==, 2.0);
  g_assert_cmpuint (length, ==, 1);
  g_assert_false (eng_settings_has (settings, "maybe"));
  g_assert_true (isnan (eng_settings_get_double (settings, "maybe")));
  g_assert_cmpint (eng_settings_get_int (settings, "maybe-int"), ==, -1);
  g_assert_true (eng_settings_has (settings, "rate"));
  g_assert_false (eng_settings_has (settings, "no such"));
  g_assert_null (eng_settings_get_written (settings, "rate"));
  g_assert_false (eng_settings_is_fixed (settings, "fresh"));
  g_assert_true (eng_settings_get_tables (settings) == tables);
}

static void
test_written (void)
{
  g_autoptr (GError)      error = NULL;
  g_autoptr (EngSettings) settings = parse (
      "rate= 2.5 \ncolour=blue\non=false\npowers=2; 3 ;4;\nword=a b\\sc\n"
      "maybe=-1\nfresh=fixed 40\nd=12\ncount=d^2\nwidth=8\n",
      0, &error);
  gsize         length;
  const double *list;

  g_assert_no_error (error);
  g_assert_cmpfloat (eng_settings_get_double (settings, "rate"), ==, 2.5);
  g_assert_cmpstr (eng_settings_get_written (settings, "rate"), ==, "2.5");
  g_assert_cmpstr (eng_settings_get_choice (settings, "colour"), ==, "blue");
  g_assert_false (eng_settings_get_boolean (settings, "on"));
  list = eng_settings_get_list (settings, "powers", &length);
  g_assert_cmpuint (length, ==, 3);
  g_assert_cmpfloat (list[2], ==, 4.0);
  g_assert_cmpstr (eng_settings_get_text (settings, "word"), ==, "a b c");
  g_assert_cmpfloat (eng_settings_get_double (settings, "maybe"), ==, -1.0);
  g_assert_true (eng_settings_is_fixed (settings, "fresh"));
  g_assert_cmpint (eng_settings_get_int (settings, "fresh"), ==, 40);
  g_assert_cmpint (eng_settings_get_int (settings, "count"), ==, 144);
}

/* floor (v + 1e-9) for whole numbers; even ones go down to an even number.  Also where the
 * key comes before d in the table. */
static void
test_expressions (void)
{
  static const struct
  {
    const char *key, *text;
    double      d, value;
  } cases[] = {
    { "count", "1.2 d^1.5", 60, 557 }, { "count", "1.5 d^1.5", 100, 1500 },
    { "count", "0.1 d", 30, 3 },       { "count", "d^0.5", 25, 5 },
    { "width", "2.5 d", 10, 24 },      { "width", "d", 11, 10 },
    { "rate", "0.01 d", 30, 0.3 },     { "first", "0.5 d", 50, 25 },
    { "powers", "0.1 d", 30, 3 },      { "count", "0.29 d", 100, 29 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    for (guint own = 0; own < 2; own++)
      {
        g_autofree char        *lines = g_strdup_printf ("%s=%s\nd=%g\n", cases[i].key,
                                                         cases[i].text, cases[i].d);
        g_autoptr (GError)      error = NULL;
        g_autoptr (EngSettings) settings = parse (lines, own ? 0 : cases[i].d, &error);
        gsize                   length;
        double                  got;

        g_assert_no_error (error);
        got = g_str_equal (cases[i].key, "powers")
                  ? eng_settings_get_list (settings, "powers", &length)[0]
                  : eng_settings_get_double (settings, cases[i].key);
        g_assert_cmpfloat_with_epsilon (got, cases[i].value, 1e-12);
      }
}

/* --- refusals ------------------------------------------------------------------------------ */

static void
test_refusals (void)
{
  static const struct
  {
    const char *lines, *place, *value, *allowed;
  } cases[] = {
    { "rate=0", "group.rate", "“0”", "in (0, 4]" },
    { "rate=-0.1", "group.rate", "“-0.1”", "in (0, 4]" },
    { "rate=4.001", "group.rate", "“4.001”", "in (0, 4]" },
    { "rate=nan", "group.rate", "“nan”", "in (0, 4]" },
    { "rate=inf", "group.rate", "“inf”", "in (0, 4]" },
    { "rate=fast", "group.rate", "“fast”", "in (0, 4]" },
    { "rate=1,5", "group.rate", "“1,5”", "in (0, 4]" },
    { "rate=", "group.rate", "“”", "in (0, 4]" },
    { "count=0", "group.count", "“0”", "a whole number in [1, 100000]" },
    { "count=2.5", "group.count", "“2.5”", "a whole number" },
    { "count=100001", "group.count", "“100001”", "[1, 100000]" },
    { "count=1e300", "group.count", "“1e300”", "[1, 100000]" },
    { "count=0.01 d", "group.count", "“0.01 d = 0”", "[1, 100000]" },
    { "width=7", "group.width", "“7”", "even" },
    { "width=1", "group.width", "“1”", "[2, 1000]" },
    { "d=1", "group.d", "“1”", "[2, 10000]" },
    { "d=d", "group.d", "“d”", "[2, 10000]" },
    { "colour=green", "group.colour", "“green”", "one of red, blue" },
    { "colour=Red", "group.colour", "“Red”", "one of red, blue" },
    { "on=1", "group.on", "“1”", "true or false" },
    { "on=TRUE", "group.on", "“TRUE”", "true or false" },
    { "powers=1;x", "group.powers", "“x”", "each in [1, 12]" },
    { "powers=1;13", "group.powers", "“13”", "[1, 12]" },
    { "powers=;", "group.powers", "“”", "[1, 12]" },
    { "maybe=2", "group.maybe", "“2”", "[-1, 1]" },
    { "fresh=fixed", "group.fresh", "“fixed”", "[1, 1000]" },
    { "fresh=fixed 0", "group.fresh", "0", "[1, 1000]" },
    { "fresh=fixed x", "group.fresh", "x", "[1, 1000]" },
    { "bogus=1", "group.bogus", "bogus", "known here: first, d, count" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError)      error = NULL;
      g_autoptr (EngSettings) settings = parse (cases[i].lines, 0, &error);

      if (settings != NULL)
        g_test_message ("“%s” was accepted", cases[i].lines);
      g_assert_null (settings);
      g_assert_error (error, ENG_ERROR, ENG_ERROR_INVALID_SPEC);
      if (strstr (error->message, cases[i].place) == NULL
          || strstr (error->message, cases[i].value) == NULL
          || strstr (error->message, cases[i].allowed) == NULL)
        {
          g_test_message ("“%s”: %s", cases[i].lines, error->message);
          g_test_fail ();
        }
    }
}

static void
test_long_values (void)
{
  g_autofree char        *word = g_strnfill (ENG_PARAM_TEXT_MAX + 1, 'a');
  g_autofree char        *line = g_strconcat ("word=", word, NULL);
  g_autoptr (GString)     list = g_string_new ("powers=2");
  g_autoptr (GError)      error = NULL, list_error = NULL;
  g_autoptr (EngSettings) settings = parse (line, 0, &error), full = NULL, over = NULL;

  g_assert_null (settings);
  g_assert_error (error, ENG_ERROR, ENG_ERROR_INVALID_SPEC);
  g_assert_nonnull (strstr (error->message, "1024"));
  /* The message does not repeat it all. */
  g_assert_cmpuint (strlen (error->message), <, 300);
  for (guint i = 1; i < ENG_PARAM_LIST_MAX; i++)
    g_string_append (list, ";2");
  full = parse (list->str, 0, NULL);
  g_assert_nonnull (full);
  g_string_append (list, ";2");
  over = parse (list->str, 0, &list_error);
  g_assert_null (over);
  g_assert_error (list_error, ENG_ERROR, ENG_ERROR_INVALID_SPEC);
  g_assert_nonnull (strstr (list_error->message, "1 to 64 numbers"));
}

static void
test_required (void)
{
  static const EngParam        must[] = { { .key = "kind", .kind = ENG_PARAM_TEXT },
                                          ENG_PARAM_END };
  static const EngParam *const must_tables[] = { must, NULL };
  g_autoptr (GKeyFile)         empty = g_key_file_new ();
  g_autoptr (GError)           error = NULL;

  g_assert_null (eng_settings_new (empty, "group", must_tables, 0, &error));
  g_assert_error (error, ENG_ERROR, ENG_ERROR_INVALID_SPEC);
  g_assert_cmpstr (error->message, ==, "group.kind: must be given");
}

static void
test_relevance (void)
{
  g_autoptr (EngSettings) red = parse ("", 0, NULL);
  g_autoptr (EngSettings) blue = parse ("colour=blue\non=false\n", 0, NULL);
  const EngParam         *shade = eng_param_find (tables, "shade");
  const EngParam         *loud = eng_param_find (tables, "loud");

  g_assert_false (eng_settings_is_relevant (red, shade));
  g_assert_true (eng_settings_is_relevant (blue, shade));
  g_assert_true (eng_settings_is_relevant (red, loud));
  g_assert_false (eng_settings_is_relevant (blue, loud));
  g_assert_true (eng_settings_is_relevant (red, eng_param_find (tables, "rate")));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/settings/defaults", test_defaults);
  g_test_add_func ("/engine/settings/written", test_written);
  g_test_add_func ("/engine/settings/expressions", test_expressions);
  g_test_add_func ("/engine/settings/refusals", test_refusals);
  g_test_add_func ("/engine/settings/long-values", test_long_values);
  g_test_add_func ("/engine/settings/required", test_required);
  g_test_add_func ("/engine/settings/relevance", test_relevance);
  return g_test_run ();
}
