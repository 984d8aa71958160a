/* SPDX-License-Identifier: GPL-3.0-or-later
 * Words in plots: what is cut, moved aside or flagged rather than left out. */
#include "plot-fixture.h"
#include "plot-painter-private.h"

#include <string.h>

static void
collect (const PlotTextItem *item, gpointer data)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < item->n_pieces; i++)
    g_string_append (text, item->pieces[i].text);
  g_ptr_array_add (data, g_strdup (text->str));
}

/* Returns: (element-type utf8): every text of the plot in this size. */
static GPtrArray *
paint (const char *id, const EngSnapshot *snapshot, double width, double height)
{
  g_autoptr (PlotFrame) frame = plot_project (plot_find_class (id), snapshot, NULL);
  GPtrArray            *words = g_ptr_array_new_with_free_func (g_free);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) width,
                                                         (int) height);
  cairo_t         *cr = cairo_create (surface);
  PlotTheme        theme;

  plot_theme_init (&theme, PLOT_THEME_LIGHT, 1, NULL);
  plot_painter_paint_to (frame, &theme, NULL, cr, width, height, collect, words);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  return words;
}

static gboolean
has (GPtrArray *words, const char *word)
{
  return g_ptr_array_find_with_equal_func (words, word, g_str_equal, NULL);
}

static guint
count (GPtrArray *words, const char *word)
{
  guint n = 0;

  for (guint i = 0; i < words->len; i++)
    n += strcmp (words->pdata[i], word) == 0;
  return n;
}

/* One long name is cut; it keeps its value, and the others keep everything. */
static void
test_long_name (void)
{
  g_autoptr (EngSnapshot) snapshot = plot_fixture_new (PLOT_CASE_FULL);
  g_autoptr (GPtrArray)   words = NULL;
  const char             *cut = NULL;

  g_free (snapshot->runs[3].label);
  snapshot->runs[3].label = g_strdup ("Regularised with a name longer than its plot");
  words = paint ("loss", snapshot, 474, 258);
  for (guint i = 0; i < words->len; i++)
    if (g_str_has_prefix (words->pdata[i], "Regularised wi"))
      cut = words->pdata[i];
  g_assert_nonnull (cut);
  g_assert_nonnull (strstr (cut, "… 0.0"));
  g_assert_true (has (words, "Lazy 0.38"));
}

/* In a plot too small for any name there is none, and nothing else breaks. */
static void
test_no_room (void)
{
  g_autoptr (EngSnapshot) snapshot = plot_fixture_new (PLOT_CASE_FULL);
  g_autoptr (GPtrArray)   words = paint ("loss", snapshot, 110, 120);

  for (guint i = 0; i < words->len; i++)
    g_assert_false (g_str_has_prefix (words->pdata[i], "La"));
}

/* The guide runs amid all curves; its words stand aside. */
static void
test_guide_aside (void)
{
  g_autoptr (EngSnapshot) snapshot = plot_fixture_new (PLOT_CASE_DONE);
  g_autoptr (GPtrArray)   wide = paint ("loss", snapshot, 474, 258);
  g_autoptr (GPtrArray)   narrow = paint ("loss", snapshot, 300, 200);

  g_assert_true (has (wide, "best linear fit"));
  g_assert_true (has (narrow, "best linear fit"));
}

/* Every band of at least a few pixels is named, however thin and narrow. */
static void
test_thin_bands (void)
{
  g_autoptr (EngSnapshot) snapshot = plot_fixture_new (PLOT_CASE_DONE);
  g_autoptr (GPtrArray)   wide = paint ("bands", snapshot, 474, 258);
  g_autoptr (GPtrArray)   narrow = paint ("bands", snapshot, 340, 220);

  g_assert_cmpuint (count (wide, "Q3"), ==, 4);
  g_assert_cmpuint (count (narrow, "Q3"), ==, 4);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plot-words/long-name", test_long_name);
  g_test_add_func ("/plot-words/no-room", test_no_room);
  g_test_add_func ("/plot-words/guide-aside", test_guide_aside);
  g_test_add_func ("/plot-words/thin-bands", test_thin_bands);
  return g_test_run ();
}
