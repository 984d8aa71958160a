/* SPDX-License-Identifier: GPL-3.0-or-later
 * Contrast, measured in pictures: words of the window, curves and guides of plots, and the
 * ring of focus, in the scheme that the environment asks for (light, dark, high contrast);
 * and colours as people see them who confuse some. */
#include "config.h"

#include "app-fixture.h"
#include "esc-plot-style.h"
#include "plot-painter.h"

#include <math.h>
#include <string.h>

/* WCAG 2.1, 1.4.3 and 1.4.11. */
#define TEXT_RATIO     4.5
#define GRAPHICS_RATIO 3.0
/* Pixels of a ring or a curve below which it is a speck. */
#define LEAST_PIXELS 20
/* CIE76 distance above which two colours side by side are told apart without effort. */
#define APART 20.0

/* --- colour ------------------------------------------------------------------------ */

static double
linear (double channel)
{
  return channel <= 0.04045 ? channel / 12.92 : pow ((channel + 0.055) / 1.055, 2.4);
}

static void
get_linear (guint32 colour, double rgb[3])
{
  for (int i = 0; i < 3; i++)
    rgb[i] = linear ((colour >> (16 - 8 * i) & 0xff) / 255.0);
}

static double
get_luminance (guint32 colour)
{
  double rgb[3];

  get_linear (colour, rgb);
  return 0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2];
}

static double
get_ratio (guint32 a, guint32 b)
{
  double x = get_luminance (a), y = get_luminance (b);

  return (MAX (x, y) + 0.05) / (MIN (x, y) + 0.05);
}

static void
assert_ratio (const char *what, guint32 a, guint32 b, double least)
{
  if (get_ratio (a, b) < least)
    g_error ("%s: #%06x on #%06x has %.2f, needs %.1f", what, a, b, get_ratio (a, b),
             least);
}

/* --- pictures ----------------------------------------------------------------------- */

typedef struct
{
  int      width, height;
  guint32 *pixels; /* (height, width) 0xRRGGBB */
} Picture;

static void
picture_clear (Picture *picture)
{
  g_clear_pointer (&picture->pixels, g_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Picture, picture_clear)

static void
keep_colours (Picture *picture)
{
  for (int i = 0; i < picture->width * picture->height; i++)
    picture->pixels[i] &= 0xffffff;
}

/* Between two frames a widget that waits to be drawn has no picture. */
static GskRenderNode *
get_node (GtkWidget *widget, int *width, int *height)
{
  GskRenderNode *node = NULL;
  gint64         end = g_get_monotonic_time () + APP_PATIENCE * G_USEC_PER_SEC;

  while (node == NULL && g_get_monotonic_time () < end)
    {
      g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (widget);
      GtkSnapshot             *snapshot = gtk_snapshot_new ();

      *width = gdk_paintable_get_intrinsic_width (paintable);
      *height = gdk_paintable_get_intrinsic_height (paintable);
      gdk_paintable_snapshot (paintable, snapshot, *width, *height);
      node = gtk_snapshot_free_to_node (snapshot);
      if (node == NULL)
        app_pump (20);
    }
  return node;
}

static Picture
photograph (GtkWidget *widget)
{
  Picture                   picture = { 0 };
  GskRenderer              *renderer = gsk_cairo_renderer_new ();
  g_autoptr (GskRenderNode) node = get_node (widget, &picture.width, &picture.height);
  g_autoptr (GdkTexture)    texture = NULL;

  g_assert_nonnull (node);
  g_assert_true (gsk_renderer_realize (renderer, NULL, NULL));
  texture = gsk_renderer_render_texture (
      renderer, node,
      &GRAPHENE_RECT_INIT (0, 0, (float) picture.width, (float) picture.height));
  picture.pixels = g_new (guint32, (gsize) picture.width * (gsize) picture.height);
  gdk_texture_download (texture, (guchar *) picture.pixels, (gsize) picture.width * 4);
  keep_colours (&picture);
  gsk_renderer_unrealize (renderer);
  g_object_unref (renderer);
  return picture;
}

/* The colour there is most of in a part, and the one that differs most from it. */
static gboolean
get_extremes (const Picture *picture,
              int            x0,
              int            y0,
              int            x1,
              int            y1,
              guint32       *ground,
              guint32       *ink)
{
  g_autoptr (GHashTable) counts = g_hash_table_new (NULL, NULL);
  GHashTableIter         iter;
  gpointer               key, value;
  guint                  most = 0;
  double                 best = 0;

  for (int y = MAX (y0, 0); y < MIN (y1, picture->height); y++)
    for (int x = MAX (x0, 0); x < MIN (x1, picture->width); x++)
      {
        gpointer colour = GUINT_TO_POINTER (picture->pixels[y * picture->width + x]);

        g_hash_table_insert (
            counts, colour,
            GUINT_TO_POINTER (GPOINTER_TO_UINT (g_hash_table_lookup (counts, colour))
                              + 1));
      }
  g_hash_table_iter_init (&iter, counts);
  while (g_hash_table_iter_next (&iter, &key, &value))
    if (GPOINTER_TO_UINT (value) > most)
      {
        most = GPOINTER_TO_UINT (value);
        *ground = GPOINTER_TO_UINT (key);
      }
  g_hash_table_iter_init (&iter, counts);
  while (g_hash_table_iter_next (&iter, &key, &value))
    if (get_ratio (GPOINTER_TO_UINT (key), *ground) > best)
      {
        best = get_ratio (GPOINTER_TO_UINT (key), *ground);
        *ink = GPOINTER_TO_UINT (key);
      }
  return most > 0;
}

/* --- the window ----------------------------------------------------------------------- */

static gboolean
is_seen (GtkWidget *widget)
{
  return gtk_widget_get_mapped (widget) && gtk_widget_is_sensitive (widget)
         && gtk_widget_get_width (widget) > 2 && gtk_widget_get_height (widget) > 2;
}

/* Every word that is seen; disabled ones are exempt. */
static void
check_labels (GtkWidget *root, GtkWidget *widget, const Picture *picture, guint *n)
{
  graphene_rect_t bounds;
  guint32         ground = 0, ink = 0;

  if (GTK_IS_LABEL (widget) && is_seen (widget)
      && *gtk_label_get_text (GTK_LABEL (widget)) != '\0'
      && gtk_widget_compute_bounds (widget, root, &bounds)
      && bounds.origin.y + bounds.size.height < (float) picture->height
      && get_extremes (picture, (int) bounds.origin.x, (int) bounds.origin.y,
                       (int) (bounds.origin.x + bounds.size.width),
                       (int) (bounds.origin.y + bounds.size.height), &ground, &ink))
    {
      assert_ratio (gtk_label_get_text (GTK_LABEL (widget)), ink, ground, TEXT_RATIO);
      (*n)++;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_get_mapped (child) && !GTK_IS_POPOVER (child))
      check_labels (root, child, picture, n);
}

static void
test_words (void)
{
  EscWindow       *window = app_open_window (APP_SMALL);
  g_auto (Picture) picture = { 0 };
  guint            n = 0;

  app_pump (300);
  picture = photograph (GTK_WIDGET (window));
  check_labels (GTK_WIDGET (window), GTK_WIDGET (window), &picture, &n);
  g_assert_cmpuint (n, >, 25);
  app_close_window (window);
}

/* What changes when the keyboard comes to a widget has to be seen. */
static void
check_focus (EscWindow *window, GtkWidget *widget)
{
  g_auto (Picture) before = { 0 }, after = { 0 };
  guint            n = 0;

  gtk_window_set_focus_visible (GTK_WINDOW (window), TRUE);
  gtk_window_set_focus (GTK_WINDOW (window), NULL);
  app_pump (60);
  before = photograph (GTK_WIDGET (window));
  gtk_widget_grab_focus (widget);
  gtk_window_set_focus_visible (GTK_WINDOW (window), TRUE);
  app_pump (60);
  after = photograph (GTK_WIDGET (window));
  g_assert_cmpint (before.width, ==, after.width);
  for (int i = 0; i < before.width * before.height; i++)
    n += get_ratio (before.pixels[i], after.pixels[i]) >= GRAPHICS_RATIO;
  if (n < LEAST_PIXELS)
    g_error ("the focus of %s is not seen: %u pixels change enough",
             G_OBJECT_TYPE_NAME (widget), n);
}

static void
test_focus (void)
{
  EscWindow *window = app_open_window (APP_SMALL);

  check_focus (window, GTK_WIDGET (window->train_button));
  check_focus (window, GTK_WIDGET (window->pane_button));
  check_focus (window, GTK_WIDGET (esc_plot_card_get_view (window->loss)));
  check_focus (window, esc_param_row_get_control (app_find_row (window, "problem", "n")));
  check_focus (window,
               esc_param_row_get_control (app_find_row (window, "problem", "kind")));
  app_close_window (window);
}

/* --- plots ---------------------------------------------------------------------------- */

static Picture
paint (const PlotFrame *frame, const PlotTheme *theme, guint *n_panels)
{
  Picture          picture = { 700, 440, NULL };
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24,
                                                         picture.width, picture.height);
  cairo_t         *cr = cairo_create (surface);
  PlotLayout      *layout = plot_layout_new ();

  plot_painter_paint (frame, theme, layout, cr, picture.width, picture.height);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  g_assert_cmpint (cairo_image_surface_get_stride (surface), ==, picture.width * 4);
  picture.pixels = g_memdup2 (cairo_image_surface_get_data (surface),
                              (gsize) (picture.width * picture.height * 4));
  keep_colours (&picture);
  cairo_surface_destroy (surface);
  *n_panels = plot_layout_get_n_panels (layout);
  plot_layout_free (layout);
  return picture;
}

static guint
count (const Picture *picture, guint32 colour)
{
  guint n = 0;

  for (int i = 0; i < picture->width * picture->height; i++)
    n += picture->pixels[i] == colour;
  return n;
}

/* Colours that a plot uses are in its picture as they are, and stand out from its ground;
 * words are drawn in those of runs, bands, guides and ticks. */
static void
check_plot (const PlotFrame *frame, const PlotTheme *theme)
{
  guint            n_panels;
  g_auto (Picture) picture = paint (frame, theme, &n_panels);

  g_assert_cmpuint (count (&picture, theme->background), >, 5000);
  g_assert_cmpuint (n_panels, >=, 1);
  for (guint p = 0; p < n_panels; p++)
    {
      const PlotPanel *panel = g_ptr_array_index (frame->panels, p);

      for (guint i = 0; i < panel->series->len; i++)
        {
          const PlotSeries *series = g_ptr_array_index (panel->series, i);
          guint32           colour = plot_theme_get_run (theme, series->style)->colour;

          g_assert_cmpuint (count (&picture, colour), >, LEAST_PIXELS);
          assert_ratio ("curve", colour, theme->background, TEXT_RATIO);
        }
      for (guint i = 0; i < panel->clouds->len; i++)
        {
          const PlotCloud *cloud = g_ptr_array_index (panel->clouds, i);
          guint32          colour = plot_theme_get_band (theme, cloud->band)->line;

          g_assert_cmpuint (count (&picture, colour), >, LEAST_PIXELS);
          assert_ratio ("eigenvalues", colour, theme->background, TEXT_RATIO);
        }
    }
}

static void
check_theme (const PlotTheme *theme)
{
  assert_ratio ("text", theme->text, theme->background, TEXT_RATIO);
  assert_ratio ("dim text", theme->dim, theme->background, TEXT_RATIO);
  assert_ratio ("ticks", theme->tick, theme->background, TEXT_RATIO);
  assert_ratio ("guides", theme->theory, theme->background, TEXT_RATIO);
  assert_ratio ("axis", theme->axis, theme->background, GRAPHICS_RATIO);
  assert_ratio ("error", theme->error, theme->background, TEXT_RATIO);
  for (guint i = 0; i < PLOT_N_RUN_STYLES; i++)
    assert_ratio ("run", theme->runs[i].colour, theme->background, TEXT_RATIO);
  for (guint i = 0; i < PLOT_N_BANDS; i++)
    {
      const PlotBandLook *band = &theme->bands[i];

      assert_ratio ("band", band->line, theme->background, TEXT_RATIO);
      assert_ratio ("words on a band", band->on_fill, band->fill, TEXT_RATIO);
    }
}

static const PlotThemeKind kinds[] = {
  PLOT_THEME_LIGHT,         PLOT_THEME_DARK,  PLOT_THEME_CONTRAST_LIGHT,
  PLOT_THEME_CONTRAST_DARK, PLOT_THEME_PRINT, PLOT_THEME_PRESENTATION,
};

static void
test_plots (void)
{
  EscWindow *window = app_open_window (APP_SMALL);

  app_click (window->train_button);
  g_assert_true (app_wait (app_is_done, window));
  for (gsize k = 0; k < G_N_ELEMENTS (kinds); k++)
    {
      PlotTheme theme;

      plot_theme_init (&theme, kinds[k], 1, NULL);
      check_theme (&theme);
      for (gsize i = 0; plot_get_classes ()[i] != NULL; i++)
        {
          g_autoptr (PlotFrame) frame = plot_project (
              plot_get_classes ()[i], esc_session_model_get_snapshot (window->model),
              NULL);

          check_plot (frame, &theme);
        }
    }
  app_close_window (window);
}

/* --- colour blindness ------------------------------------------------------------------ */

/* Machado, Oliveira, Fernandes, "A physiologically-based model for simulation of color
 * vision deficiency" (2009), severity 1, on linear RGB. */
static const double deficiencies[][3][3] = {
  { { 0.152286, 1.052583, -0.204868 },
    { 0.114503, 0.786281, 0.099216 },
    { -0.003882, -0.048116, 1.051998 } },
  { { 0.367322, 0.860646, -0.227968 },
    { 0.280085, 0.672501, 0.047413 },
    { -0.011820, 0.042940, 0.968881 } },
  { { 1.255528, -0.076749, -0.178779 },
    { -0.078411, 0.930809, 0.147602 },
    { 0.004733, 0.691367, 0.303900 } },
};

static double
lab_f (double t)
{
  return t > 216.0 / 24389.0 ? cbrt (t) : (24389.0 / 27.0 * t + 16) / 116;
}

static void
get_lab (const double rgb[3], double lab[3])
{
  double x = 0.4124 * rgb[0] + 0.3576 * rgb[1] + 0.1805 * rgb[2];
  double y = 0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2];
  double z = 0.0193 * rgb[0] + 0.1192 * rgb[1] + 0.9505 * rgb[2];

  lab[0] = 116 * lab_f (y) - 16;
  lab[1] = 500 * (lab_f (x / 0.9505) - lab_f (y));
  lab[2] = 200 * (lab_f (y) - lab_f (z / 1.089));
}

static double
get_distance (guint32 a, guint32 b, const double matrix[3][3])
{
  double seen[2][3] = { { 0 } }, lab[2][3], sum = 0;

  for (int c = 0; c < 2; c++)
    {
      double rgb[3];

      get_linear (c == 0 ? a : b, rgb);
      for (int i = 0; i < 3; i++)
        {
          for (int j = 0; j < 3; j++)
            seen[c][i] += matrix[i][j] * rgb[j];
          seen[c][i] = CLAMP (seen[c][i], 0, 1);
        }
      get_lab (seen[c], lab[c]);
    }
  for (int i = 0; i < 3; i++)
    sum += (lab[0][i] - lab[1][i]) * (lab[0][i] - lab[1][i]);
  return sqrt (sum);
}

static gboolean
same_dash (const PlotRunLook *a, const PlotRunLook *b)
{
  return a->n_dash == b->n_dash
         && memcmp (a->dash, b->dash, a->n_dash * sizeof a->dash[0]) == 0;
}

/* Bands of Σ are one plot's, Taylor terms another's. */
static gboolean
are_seen_together (guint a, guint b)
{
  return (a >= PLOT_BAND_TERM_LINEAR) == (b >= PLOT_BAND_TERM_LINEAR);
}

/* Colours that somebody takes for each other belong to lines of another dash with another
 * marker, and to fills of another texture. */
static void
test_colour_blind (void)
{
  guint n_confused = 0;

  for (gsize k = 0; k < G_N_ELEMENTS (kinds); k++)
    for (gsize m = 0; m < G_N_ELEMENTS (deficiencies); m++)
      {
        PlotTheme theme;

        plot_theme_init (&theme, kinds[k], 1, NULL);
        for (guint i = 0; i < PLOT_N_RUN_STYLES; i++)
          for (guint j = 0; j < i; j++)
            {
              const PlotRunLook *a = &theme.runs[i], *b = &theme.runs[j];

              if (get_distance (a->colour, b->colour, deficiencies[m]) >= APART)
                continue;
              n_confused++;
              g_assert_cmpint (a->marker, !=, b->marker);
              g_assert_false (same_dash (a, b));
            }
        for (guint i = 0; i < PLOT_N_BANDS; i++)
          for (guint j = 0; j < i; j++)
            if (are_seen_together (i, j)
                && get_distance (theme.bands[i].fill, theme.bands[j].fill,
                                 deficiencies[m])
                       < APART)
              {
                n_confused++;
                g_assert_cmpint (theme.bands[i].texture, !=, theme.bands[j].texture);
              }
      }
  /* The simulation does find confusions: dashes and textures are needed. */
  g_assert_cmpuint (n_confused, >, 0);
}

int
main (int argc, char *argv[])
{
  app_test_init (&argc, &argv);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  g_test_add_func ("/app/contrast/words", test_words);
  g_test_add_func ("/app/contrast/focus", test_focus);
  g_test_add_func ("/app/contrast/plots", test_plots);
  g_test_add_func ("/app/contrast/colour-blind", test_colour_blind);
  return g_test_run ();
}
