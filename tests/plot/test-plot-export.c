/* SPDX-License-Identifier: GPL-3.0-or-later
 * Figures on disk: valid, repeatable, and with the experiment inside. */
#include "eng-error.h"
#include "plot-export-private.h"
#include "plot-fixture.h"

#include <cairo.h>
#include <glib/gstdio.h>
#include <string.h>

/* Everything that formats must escape. */
#define EXPERIMENT                                                                       \
  "[experiment]\nversion=1\ntitle=a < b & \"c\" (d) \\\\ e λ₁\n\n"                    \
  "[problem]\nkind=low-rank-polynomial\nd=10\n\n[run.1]\nlearner=lazy\nlabel=a\n"

static EngSpec *
make_spec (void)
{
  g_autoptr (GError) error = NULL;
  EngSpec           *spec = eng_spec_new_from_text (EXPERIMENT, -1, &error);

  g_assert_no_error (error);
  return spec;
}

/* One that the plot has something to draw of. */
static PlotCase
choose_case (const char *id)
{
  static const char *const of_matrix[] = { "recovery", "recovery-time", "eigenvalues",
                                           "angles", NULL };

  static const char *const of_linear[] = { "coefficients", "bias", NULL };

  if (g_strv_contains (of_linear, id))
    return PLOT_CASE_LINEAR;
  return g_strv_contains (of_matrix, id) ? PLOT_CASE_MATRIX : PLOT_CASE_FULL;
}

/* A word of its picture. */
static const char *
choose_word (const char *id)
{
  if (choose_case (id) == PLOT_CASE_MATRIX)
    return "Fresh";
  if (strcmp (id, "width") == 0) /* of kernels, which are in none of the cases */
    return "neurons";
  if (strcmp (id, "threshold") == 0) /* of runs with a spec, which the cases have not */
    return "effective";
  return strcmp (id, "spectrum") == 0 ? "directions" : "Lazy";
}

static GBytes *export(const char *id, PlotFormat format, PlotSize size, double scale)
{
  g_autoptr (EngSnapshot) snapshot = plot_fixture_new (choose_case (id));
  g_autoptr (PlotFrame)   frame = plot_project (plot_find_class (id), snapshot, NULL);
  g_autoptr (GError)      error = NULL;
  g_autoptr (EngSpec)     spec = make_spec ();
  GBytes *bytes = plot_export_to_bytes (frame, spec, format, size, scale, &error);

  g_assert_no_error (error);
  g_assert_nonnull (bytes);
  return bytes;
}

static void
test_deterministic (void)
{
  for (guint i = 0; plot_get_classes ()[i] != NULL; i++)
    for (guint format = 0; format < PLOT_N_FORMATS; format++)
      {
        const char        *id = plot_get_classes ()[i]->id;
        g_autoptr (GBytes) first = export(id, (PlotFormat) format, PLOT_SIZE_SLIDE, 1);
        g_autoptr (GBytes) other = export("loss", PLOT_FORMAT_SVG, PLOT_SIZE_COLUMN, 1);
        g_autoptr (GBytes) second = export(id, (PlotFormat) format, PLOT_SIZE_SLIDE, 1);

        g_assert_true (g_bytes_equal (first, second));
        g_assert_false (g_bytes_equal (first, other));
      }
}

/* Returns: (nullable): where `word` stands among bytes that may be zero. */
static const char *
find_word (const char *data, gsize size, const char *word)
{
  gsize length = strlen (word);

  for (gsize i = 0; i + length <= size; i++)
    if (memcmp (data + i, word, length) == 0)
      return data + i;
  return NULL;
}

/* What is inside comes out again, whatever the format. */
static void
test_restored (void)
{
  for (guint format = 0; format < PLOT_N_FORMATS; format++)
    for (guint i = 0; plot_get_classes ()[i] != NULL; i++)
      {
        g_autoptr (GBytes) bytes = export(plot_get_classes ()[i]->id, (PlotFormat) format,
                                          PLOT_SIZE_COLUMN, 1);
        g_autoptr (GError) error = NULL;
        gsize              size;
        const char        *data = g_bytes_get_data (bytes, &size);
        g_autofree char   *text = eng_figure_read_experiment (data, size, &error);

        g_assert_no_error (error);
        g_assert_cmpstr (text, ==, EXPERIMENT);
      }
}

/* An experiment whose words are ASCII is another kind of string in PDF. */
static void
test_restored_ascii (void)
{
  static const char       plain[] = "[experiment]\nversion=1\ntitle=a (b\n\n[problem]\n"
                                    "kind=low-rank-polynomial\nd=10\n\n"
                                    "[run.1]\nlearner=lazy\n";
  g_autoptr (EngSnapshot) snapshot = plot_fixture_new (PLOT_CASE_FULL);
  g_autoptr (PlotFrame)   frame = plot_project (plot_find_class ("loss"), snapshot, NULL);
  g_autoptr (EngSpec)     spec = eng_spec_new_from_text (plain, -1, NULL);
  g_autoptr (GBytes)      bytes = plot_export_to_bytes (frame, spec, PLOT_FORMAT_PDF,
                                                        PLOT_SIZE_SLIDE, 1, NULL);
  gsize                   size;
  const char             *data = g_bytes_get_data (bytes, &size);
  g_autofree char        *text = eng_figure_read_experiment (data, size, NULL);

  g_assert_cmpstr (text, ==, plain);
}

/* --- SVG ---------------------------------------------------------------------- */

typedef struct
{
  GString *experiment, *text;
} Svg;

static void
svg_text_cb (GMarkupParseContext *context,
             const char          *text,
             gsize                length,
             gpointer             data,
             GError             **error)
{
  Svg          *svg = data;
  const GSList *stack = g_markup_parse_context_get_element_stack (context);

  if (strcmp (stack->data, "experiment") == 0)
    g_string_append_len (svg->experiment, text, (gssize) length);
  if (strcmp (stack->data, "text") == 0 || strcmp (stack->data, "tspan") == 0)
    {
      g_string_append_len (svg->text, text, (gssize) length);
      g_string_append_c (svg->text, '\n');
    }
}

static void
test_svg (void)
{
  static const GMarkupParser parser = { .text = svg_text_cb };

  for (guint i = 0; plot_get_classes ()[i] != NULL; i++)
    {
      const char        *id = plot_get_classes ()[i]->id;
      g_autoptr (GBytes) bytes = export(id, PLOT_FORMAT_SVG, PLOT_SIZE_SLIDE, 1);
      Svg                svg = { g_string_new (NULL), g_string_new (NULL) };
      g_autoptr (GMarkupParseContext) context = g_markup_parse_context_new (&parser, 0,
                                                                            &svg, NULL);
      g_autoptr (GError)              error = NULL;
      gsize                           size;
      const char                     *data = g_bytes_get_data (bytes, &size);

      g_markup_parse_context_parse (context, data, (gssize) size, &error);
      g_assert_no_error (error);
      g_assert_true (g_markup_parse_context_end_parse (context, &error));
      g_assert_cmpstr (svg.experiment->str, ==, EXPERIMENT);
      /* Words stay words: nothing is drawn as outlines of letters. */
      g_assert_nonnull (strstr (svg.text->str, choose_word (id)));
      g_assert_null (find_word (data, size, "glyph"));
      g_string_free (svg.experiment, TRUE);
      g_string_free (svg.text, TRUE);
    }
}

/* --- PDF ---------------------------------------------------------------------- */

/* Returns: (transfer full): the string object after `key`, as UTF-8.  Text beyond ASCII
 * is written in hexadecimal UTF-16. */
static char *
find_pdf_string (const char *data, gsize size, const char *key)
{
  const char            *at = find_word (data, size, key);
  g_autoptr (GByteArray) units = g_byte_array_new ();

  g_assert_nonnull (at);
  at = strchr (at, '<');
  g_assert_nonnull (at);
  for (at++; *at != '>'; at++)
    {
      guint8 byte;

      if (!g_ascii_isxdigit (at[0]))
        continue;
      byte = (guint8) (g_ascii_xdigit_value (at[0]) * 16 + g_ascii_xdigit_value (at[1]));
      g_byte_array_append (units, &byte, 1);
      at++;
    }
  /* Without the byte order mark. */
  return g_convert ((char *) units->data + 2, units->len - 2, "UTF-8", "UTF-16BE", NULL,
                    NULL, NULL);
}

static void
test_pdf (void)
{
  g_autoptr (GBytes) bytes = export("bands", PLOT_FORMAT_PDF, PLOT_SIZE_COLUMN, 1);
  gsize              size;
  const char        *data = g_bytes_get_data (bytes, &size);
  g_autofree char   *experiment = NULL;

  g_assert_cmpmem (data, 5, "%PDF-", 5);
  g_assert_cmpmem (data + size - 6, 6, "%%EOF\n", 6);
  g_assert_null (find_word (data, size, "CreationDate"));
  experiment = find_pdf_string (data, size, "/Subject");
  g_assert_cmpstr (experiment, ==, EXPERIMENT);
}

/* --- PNG ---------------------------------------------------------------------- */

typedef struct
{
  const guint8 *data;
  gsize         size, at;
} Stream;

static cairo_status_t
read_cb (void *closure, unsigned char *data, unsigned int length)
{
  Stream *stream = closure;

  if (stream->at + length > stream->size)
    return CAIRO_STATUS_READ_ERROR;
  memcpy (data, stream->data + stream->at, length);
  stream->at += length;
  return CAIRO_STATUS_SUCCESS;
}

/* The same checksum by table, as the standard's own example computes it. */
static guint32
checksum (const guint8 *data, gsize length)
{
  guint32 table[256];
  guint32 crc = 0xffffffffu;

  for (guint32 n = 0; n < 256; n++)
    {
      guint32 c = n;

      for (guint k = 0; k < 8; k++)
        c = c & 1 ? 0xedb88320u ^ (c >> 1) : c >> 1;
      table[n] = c;
    }
  for (gsize i = 0; i < length; i++)
    crc = table[(crc ^ data[i]) & 0xff] ^ (crc >> 8);
  return crc ^ 0xffffffffu;
}

static guint32
read_number (const guint8 *data)
{
  guint32 number;

  memcpy (&number, data, 4);
  return GUINT32_FROM_BE (number);
}

static void
test_png (void)
{
  g_autoptr (GBytes) bytes = export("loss", PLOT_FORMAT_PNG, PLOT_SIZE_SLIDE, 2);
  Stream             stream = { 0 };
  cairo_surface_t   *surface;
  gboolean           found = FALSE;

  stream.data = g_bytes_get_data (bytes, &stream.size);
  for (gsize at = 8; at < stream.size;)
    {
      guint32       length = read_number (stream.data + at);
      const guint8 *type = stream.data + at + 4;

      g_assert_cmpuint (at + 12 + length, <=, stream.size);
      g_assert_cmpuint (checksum (type, length + 4), ==, read_number (type + 4 + length));
      if (memcmp (type, "iTXt", 4) == 0)
        {
          const char *text = (const char *) type + 4 + strlen (ENG_FIGURE_KEYWORD) + 5;

          g_assert_cmpmem (type + 4, strlen (ENG_FIGURE_KEYWORD) + 1, ENG_FIGURE_KEYWORD,
                           strlen (ENG_FIGURE_KEYWORD) + 1);
          g_assert_cmpmem (text, length - strlen (ENG_FIGURE_KEYWORD) - 5, EXPERIMENT,
                           strlen (EXPERIMENT));
          found = TRUE;
        }
      at += 12 + length;
    }
  g_assert_true (found);
  surface = cairo_image_surface_create_from_png_stream (read_cb, &stream);
  g_assert_cmpint (cairo_surface_status (surface), ==, CAIRO_STATUS_SUCCESS);
  g_assert_cmpint (cairo_image_surface_get_width (surface), ==, 1920);
  g_assert_cmpint (cairo_image_surface_get_height (surface), ==, 1080);
  cairo_surface_destroy (surface);
}

/* --- files -------------------------------------------------------------------- */

static void
test_file (void)
{
  g_autoptr (EngSnapshot) snapshot = plot_fixture_new (PLOT_CASE_ONE_RECORD);
  g_autoptr (PlotFrame)   frame = plot_project (plot_find_class ("loss"), snapshot, NULL);
  g_autoptr (GError)      error = NULL;
  g_autofree char        *folder = g_dir_make_tmp ("plot-XXXXXX", &error);
  g_autofree char        *path = g_build_filename (folder, "loss.svg", NULL);
  g_autoptr (GFile)       file = g_file_new_for_path (path);
  g_autofree char        *content = NULL;
  g_autoptr (GDir)        dir = NULL;

  g_assert_no_error (error);
  g_assert_true (g_file_set_contents (path, "old", -1, NULL));
  g_assert_true (
      plot_export (frame, NULL, PLOT_FORMAT_SVG, PLOT_SIZE_SLIDE, 1, file, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &content, NULL, NULL));
  g_assert_true (g_str_has_prefix (content, "<?xml"));
  /* No temporary file is left beside it. */
  dir = g_dir_open (folder, 0, NULL);
  g_assert_cmpstr (g_dir_read_name (dir), ==, "loss.svg");
  g_assert_null (g_dir_read_name (dir));
  g_remove (path);
  g_rmdir (folder);
}

/* A place that cannot be written is an error, and leaves nothing behind. */
static void
test_unwritable (void)
{
  g_autoptr (EngSnapshot) snapshot = plot_fixture_new (PLOT_CASE_EMPTY);
  g_autoptr (PlotFrame) frame = plot_project (plot_find_class ("bands"), snapshot, NULL);
  g_autofree char      *folder = g_dir_make_tmp ("plot-XXXXXX", NULL);
  g_autofree char      *missing = g_build_filename (folder, "missing", "a.png", NULL);
  g_autofree char      *occupied = g_build_filename (folder, "b.png", NULL);
  const char           *paths[] = { missing, occupied };
  g_autoptr (GDir)      dir = NULL;

  g_assert_cmpint (g_mkdir (occupied, 0755), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autoptr (GFile)  file = g_file_new_for_path (paths[i]);
      g_autoptr (GError) error = NULL;

      g_assert_false (
          plot_export (frame, NULL, PLOT_FORMAT_PNG, PLOT_SIZE_COLUMN, 1, file, &error));
      g_assert_nonnull (error);
      g_assert_error (error, ENG_ERROR, ENG_ERROR_IO);
    }
  g_rmdir (occupied);
  dir = g_dir_open (folder, 0, NULL);
  g_assert_null (g_dir_read_name (dir));
  g_rmdir (folder);
}

static void
test_extensions (void)
{
  g_assert_cmpstr (plot_format_get_extension (PLOT_FORMAT_SVG), ==, "svg");
  g_assert_cmpstr (plot_format_get_extension (PLOT_FORMAT_PDF), ==, "pdf");
  g_assert_cmpstr (plot_format_get_extension (PLOT_FORMAT_PNG), ==, "png");
  for (guint i = 0; i < PLOT_N_FORMATS; i++)
    {
      PlotFormat format;

      g_assert_true (plot_format_from_extension (
          plot_format_get_extension ((PlotFormat) i), &format));
      g_assert_cmpuint (format, ==, i);
      g_assert_false (plot_format_from_extension ("gif", &format));
    }
  for (guint i = 0; i < PLOT_N_SIZES; i++)
    {
      PlotSize size;

      g_assert_true (plot_size_from_id (plot_size_get_id ((PlotSize) i), &size));
      g_assert_cmpuint (size, ==, i);
      g_assert_false (plot_size_from_id ("poster", &size));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plot/export/deterministic", test_deterministic);
  g_test_add_func ("/plot/export/restored", test_restored);
  g_test_add_func ("/plot/export/restored-ascii", test_restored_ascii);
  g_test_add_func ("/plot/export/svg", test_svg);
  g_test_add_func ("/plot/export/pdf", test_pdf);
  g_test_add_func ("/plot/export/png", test_png);
  g_test_add_func ("/plot/export/file", test_file);
  g_test_add_func ("/plot/export/unwritable", test_unwritable);
  g_test_add_func ("/plot/export/extensions", test_extensions);
  return g_test_run ();
}
