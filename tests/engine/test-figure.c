/* SPDX-License-Identifier: GPL-3.0-or-later
 * Experiments out of figure files, and what is said of files without one; the reader of
 * the bytes themselves is tested by fuzz/figure and plot/export. */
#include "eng-error.h"
#include "eng-figure.h"
#include "eng-spec.h"
#include "eng-suggest.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define SPEC                                                                             \
  "[experiment]\nversion=1\n[problem]\nkind=low-rank-polynomial\nd=5\n"                  \
  "[run.1]\nlearner=lazy\n"
#define SVG_START "<?xml version=\"1.0\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\">"

/* A text and its length, which may hold zeros. */
#define BYTES(text) text, sizeof (text) - 1

static char *path;

static EngSpec *
open_bytes (const char *bytes, gsize length, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);

  g_assert_true (g_file_set_contents (path, bytes, (gssize) length, NULL));
  return eng_spec_load (file, error);
}

static void
test_restored (void)
{
  static const char *const figures[] = {
    SVG_START "<metadata><experiment xmlns=\"" ENG_FIGURE_NAMESPACE "\">" SPEC
              "</experiment></metadata></svg>",
    /* As other programs write it again. */
    SVG_START "<svg:metadata><ns0:experiment xmlns:ns0=\"" ENG_FIGURE_NAMESPACE "\">" SPEC
              "</ns0:experiment></svg:metadata></svg>",
    /* Cut off, but behind the experiment. */
    SVG_START "<metadata><experiment>" SPEC "</experiment></metadata><path d=\"M 0",
    "%PDF-1.4\n<< /Subject (" SPEC ") >>\n%%EOF\n",
    "%PDF-1.4\n<< /Title (/Subject) /Subject (Something \\(else) /Subject (" SPEC
    ") >>\n%%EOF\n",
    ENG_FIGURE_CSV_FIRST "\n# [experiment]\n# version=1\n# [problem]\r\n"
                         "# kind=low-rank-polynomial\n#\n# d=5\n# [run.1]\n"
                         "# learner=lazy\nrun,label,mark,name,step,loss\n",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (figures); i++)
    {
      g_autoptr (GError)  error = NULL;
      g_autoptr (EngSpec) spec = open_bytes (figures[i], strlen (figures[i]), &error);
      g_autoptr (EngSpec) expected = eng_spec_new_from_text (SPEC, -1, NULL);

      g_assert_no_error (error);
      g_assert_true (eng_spec_equal (spec, expected));
    }
}

static void
test_refused (void)
{
  static const struct
  {
    const char *bytes;
    gsize       length;
    const char *words;
  } cases[] = {
    { BYTES (SVG_START "</svg>"), "carries no experiment" },
    { BYTES (SVG_START "<metadata><experiment>[exp"), "damaged" },
    { BYTES ("%PDF-1.4\n<< /Subject (Trees) >>\n%%EOF\n"), "carries no experiment" },
    { BYTES ("%PDF-1.4\n<< /Subject (Tre"), "cut off" },
    { BYTES ("\x89PNG\r\n\x1a\n\0\0\0\0IEND\xae\x42\x60\x82"), "carries no experiment" },
    { BYTES ("\x89PNG\r\n\x1a\n\0\0\0\xffiTXtesc"), "cut off" },
    { BYTES ("\x89PNG\r\n\x1a\n\xff\xff\xff\xffiTXtescapement"), "cut off" },
    { BYTES ("\x89PNG\r\n\x1a\n\0\0\0\x10iTXtescapement\0\0\0\0\0x...."), "checksum" },
    { BYTES (SVG_START "<metadata><experiment>hello</experiment></metadata></svg>"),
      "not an experiment file" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError)  error = NULL;
      g_autoptr (EngSpec) spec = open_bytes (cases[i].bytes, cases[i].length, &error);

      g_assert_null (spec);
      g_assert_error (error, ENG_ERROR, ENG_ERROR_INVALID_SPEC);
      g_assert_nonnull (strstr (error->message, cases[i].words));
      g_assert_nonnull (strstr (error->message, path));
    }
}

/* Elements inside one another without end: refused before they fill the memory. */
static void
test_deep (void)
{
  g_autoptr (GString) text = g_string_new (SVG_START);
  g_autoptr (GError)  error = NULL;
  g_autoptr (EngSpec) spec = NULL;

  for (guint i = 0; i < 1000000; i++)
    g_string_append (text, "<a>");
  spec = open_bytes (text->str, text->len, &error);
  g_assert_null (spec);
  g_assert_error (error, ENG_ERROR, ENG_ERROR_INVALID_SPEC);
  g_assert_nonnull (strstr (error->message, "inside one another"));
}

/* A file without end is not read to its end. */
static void
test_huge (void)
{
  g_autoptr (GFile)   file = g_file_new_for_path (path);
  g_autoptr (GError)  error = NULL;
  g_autoptr (EngSpec) spec = NULL;

  g_assert_true (g_file_set_contents (path, "%PDF-1.4\n", -1, NULL));
  g_assert_cmpint (truncate (path, (off_t) ENG_FIGURE_MAX_BYTES * 16), ==, 0);
  spec = eng_spec_load (file, &error);
  g_assert_error (error, ENG_ERROR, ENG_ERROR_INVALID_SPEC);
  g_assert_nonnull (strstr (error->message, "at most 67108864 bytes"));
}

/* An experiment file is no figure, whatever its words. */
static void
test_no_figure (void)
{
  g_autoptr (EngSpec) spec = open_bytes (SPEC "# <svg\n", sizeof SPEC + 6, NULL);

  g_assert_nonnull (spec);
}

static void
test_suggest (void)
{
  static const char *const words[] = { "degree", "rank", "lambda1", "seed", NULL };

  g_assert_cmpstr (eng_suggest ("degre", words), ==, "degree");
  g_assert_cmpstr (eng_suggest ("dergee", words), ==, "degree");
  g_assert_cmpstr (eng_suggest ("lamda1", words), ==, "lambda1");
  g_assert_cmpstr (eng_suggest ("seeed", words), ==, "seed");
  g_assert_cmpstr (eng_suggest ("magic", words), ==, NULL);
  g_assert_cmpstr (eng_suggest ("x", words), ==, NULL);
  g_assert_cmpstr (eng_suggest ("", words), ==, NULL);
}

int
main (int argc, char **argv)
{
  g_autofree char *folder = g_dir_make_tmp ("esc-figure-XXXXXX", NULL);
  int              status;

  g_test_init (&argc, &argv, NULL);
  path = g_build_filename (folder, "figure", NULL);
  g_test_add_func ("/figure/restored", test_restored);
  g_test_add_func ("/figure/refused", test_refused);
  g_test_add_func ("/figure/deep", test_deep);
  g_test_add_func ("/figure/huge", test_huge);
  g_test_add_func ("/figure/no-figure", test_no_figure);
  g_test_add_func ("/suggest", test_suggest);
  status = g_test_run ();
  g_unlink (path);
  g_rmdir (folder);
  g_free (path);
  return status;
}
