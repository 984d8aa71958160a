/* SPDX-License-Identifier: GPL-3.0-or-later
 * Contrast, measured in pictures: words of the window, curves and guides of plots, and the
 * ring of focus, in the scheme that the environment asks for (light, dark, high contrast);
 * and colours as people see them who confuse some. */
#include "config.h"

#include "app-fixture.h"
#include "app-picture.h"
#include "app-walk.h"
#include "esc-compat.h"
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

static void
assert_ratio (const char *what, guint32 a, guint32 b, double least)
{
  if (app_get_ratio (a, b) < least)
    g_error ("%s: #%06x on #%06x has %.2f, needs %.1f", what, a, b, app_get_ratio (a, b),
             least);
}

/* --- the window ----------------------------------------------------------------------- */

static gboolean
is_seen (GtkWidget *widget)
{
  return gtk_widget_get_mapped (widget) && gtk_widget_is_sensitive (widget)
         && gtk_widget_get_width (widget) > 2 && gtk_widget_get_height (widget) > 2;
}

/* What is scrolled away is not. */
static gboolean
is_in_view (GtkWidget *widget)
{
  GtkWidget      *scroller = gtk_widget_get_ancestor (widget, GTK_TYPE_SCROLLED_WINDOW);
  graphene_rect_t bounds;

  return scroller == NULL
         || (gtk_widget_compute_bounds (widget, scroller, &bounds) && bounds.origin.y >= 0
             && bounds.origin.y + bounds.size.height
                    <= (float) gtk_widget_get_height (scroller)
             && bounds.origin.x >= 0
             && bounds.origin.x + bounds.size.width
                    <= (float) gtk_widget_get_width (scroller));
}

/* Every word that is seen; disabled ones are exempt. */
static void
check_labels (GtkWidget *root, GtkWidget *widget, const AppPicture *picture, guint *n)
{
  graphene_rect_t bounds;
  guint32         ground = 0, ink = 0;

  if (GTK_IS_LABEL (widget) && is_seen (widget) && is_in_view (widget)
      && *gtk_label_get_text (GTK_LABEL (widget)) != '\0'
      && gtk_widget_compute_bounds (widget, root, &bounds)
      && bounds.origin.y + bounds.size.height < (float) picture->height
      && app_picture_get_extremes (picture, (int) bounds.origin.x, (int) bounds.origin.y,
                                   (int) (bounds.origin.x + bounds.size.width),
                                   (int) (bounds.origin.y + bounds.size.height), &ground,
                                   &ink))
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
check_words (GtkWidget *root, guint least)
{
  g_auto (AppPicture) picture = { 0 };
  guint               n = 0;

  app_pump (300);
  picture = app_photograph (root);
  check_labels (root, root, &picture, &n);
  g_assert_cmpuint (n, >=, least);
}

/* Before and after the training, on both pages, with messages. */
static void
test_words (void)
{
  EscWindow *window = app_open_window (APP_SMALL);

  check_words (GTK_WIDGET (window), 25);
  app_click (window->train_button);
  g_assert_true (app_wait (app_is_done, window));
  esc_banner_show (window->file_banner, "What happened", "Why");
  esc_banner_show (window->divergence_banner, "What diverged", "Why");
  check_words (GTK_WIDGET (window), 30);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.page", "s", "inside");
  gtk_toggle_button_set_active (window->compare_button, TRUE);
  check_words (GTK_WIDGET (window), 25);
  app_close_window (window);
}

static void
check_dialog (EscWindow *window, const char *action, const char *target, guint least)
{
  gtk_widget_activate_action (GTK_WIDGET (window), action, target == NULL ? NULL : "s",
                              target);
  check_words (app_wait_for_dialog (window), least);
  app_close_dialog (window);
}

static void
answered_cb (EscAnswer answer, gpointer data)
{
}

/* What opens above the window. */
static void
test_dialogs (void)
{
  EscWindow *window = app_open_window (APP_SMALL);

  gtk_widget_activate_action (GTK_WIDGET (window), "win.step", NULL);
  app_pump (300);
  check_dialog (window, "win.export", "", 9);
  check_dialog (window, "win.plot-table", "loss", 15);
  check_dialog (window, "win.help", NULL, 20);
  check_dialog (window, "win.show-help-overlay", NULL, 15);
  esc_compat_ask_save (GTK_WINDOW (window), "Small", answered_cb, NULL);
  check_words (app_wait_for_dialog (window), 5);
  app_close_dialog (window);
  esc_compat_show_about (GTK_WINDOW (window));
  check_words (app_wait_for_dialog (window), 5);
  app_close_dialog (window);
  app_close_window (window);
}

static GtkWidget *
find_popover (GtkWidget *widget)
{
  if (GTK_IS_POPOVER (widget) && gtk_widget_get_mapped (widget))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_popover (child);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
test_popovers (void)
{
  EscWindow *window = app_open_window (APP_SMALL);

  gtk_widget_activate_action (GTK_WIDGET (window), "win.choose-preset", NULL);
  check_words (find_popover (GTK_WIDGET (window)), 10);
  gtk_popover_popdown (GTK_POPOVER (find_popover (GTK_WIDGET (window))));
  gtk_menu_button_popup (window->menu_button);
  check_words (find_popover (GTK_WIDGET (window)), 8);
  gtk_menu_button_popdown (window->menu_button);
  app_close_window (window);
}

/* What changes when the keyboard comes to a widget has to be seen.  First with focus: what
 * scrolls for it must not count. */
static void
check_focus (EscWindow *window, GtkWidget *widget)
{
  g_auto (AppPicture) before = { 0 }, after = { 0 };
  guint               n = 0;

  gtk_widget_grab_focus (widget);
  gtk_window_set_focus_visible (GTK_WINDOW (window), TRUE);
  app_pump (60);
  after = app_photograph (GTK_WIDGET (window));
  gtk_window_set_focus (GTK_WINDOW (window), NULL);
  app_pump (60);
  before = app_photograph (GTK_WIDGET (window));
  g_assert_cmpint (before.width, ==, after.width);
  for (int i = 0; i < before.width * before.height; i++)
    n += app_get_ratio (before.pixels[i], after.pixels[i]) >= GRAPHICS_RATIO;
  if (n < LEAST_PIXELS)
    g_error ("the focus of %s in %s is not seen: %u pixels change enough",
             G_OBJECT_TYPE_NAME (widget),
             G_OBJECT_TYPE_NAME (gtk_widget_get_parent (widget)), n);
}

static void
check_all_focus (EscWindow *window, guint least)
{
  g_autoptr (GPtrArray) controls = g_ptr_array_new ();

  app_add_controls (GTK_WIDGET (window), controls);
  for (guint i = 0; i < controls->len; i++)
    check_focus (window, g_ptr_array_index (controls, i));
  g_assert_cmpuint (controls->len, >=, least);
}

/* Of every control: buttons, plots, rows, the chooser, messages. */
static void
test_focus (void)
{
  EscWindow *window = app_open_window (APP_SMALL);

  esc_banner_show (window->file_banner, "What happened", "Why");
  esc_banner_show (window->divergence_banner, "What diverged", "Why");
  app_pump (300);
  if (window->offer != NULL)
    adw_toast_dismiss (window->offer);
  app_pump (300);
  check_all_focus (window, 40);
  app_close_window (window);
}

/* --- plots ---------------------------------------------------------------------------- */

static AppPicture
paint (const PlotFrame *frame, const PlotTheme *theme, guint *n_panels)
{
  AppPicture       picture = { 700, 440, NULL };
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
  app_picture_keep_colours (&picture);
  cairo_surface_destroy (surface);
  *n_panels = plot_layout_get_n_panels (layout);
  plot_layout_free (layout);
  return picture;
}

static guint
count (const AppPicture *picture, guint32 colour)
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
  guint               n_panels;
  g_auto (AppPicture) picture = paint (frame, theme, &n_panels);

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

      app_get_linear (c == 0 ? a : b, rgb);
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

/* --- sheets ------------------------------------------------------------------------------ */

static GtkWidget *
find_image (GtkWidget *widget)
{
  GtkWidget *found = GTK_IS_IMAGE (widget) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget);
       child != NULL && found == NULL; child = gtk_widget_get_next_sibling (child))
    found = find_image (child);
  return found;
}

static void
get_colour (GtkWidget *widget, GdkRGBA *colour)
{
  gtk_style_context_get_color (gtk_widget_get_style_context (widget), colour);
}

/* A dark background that comes later does not bring its tints into high contrast. */
static void
test_sheets (void)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();
  EscWindow       *window = app_open_window (APP_SMALL);
  GtkWidget       *banner = GTK_WIDGET (window->file_banner);
  GtkWidget       *image = find_image (banner);
  GdkRGBA          words, sign;

  g_assert_nonnull (image);
  esc_banner_show (window->file_banner, "File", NULL);
  adw_style_manager_set_color_scheme (manager, ADW_COLOR_SCHEME_FORCE_LIGHT);
  app_pump (300);
  adw_style_manager_set_color_scheme (manager, ADW_COLOR_SCHEME_FORCE_DARK);
  app_pump (600);
  get_colour (gtk_widget_get_parent (image), &words);
  get_colour (image, &sign);
  g_assert_cmpint (gdk_rgba_equal (&words, &sign), ==,
                   adw_style_manager_get_high_contrast (manager));
  adw_style_manager_set_color_scheme (manager, ADW_COLOR_SCHEME_DEFAULT);
  app_close_window (window);
}

int
main (int argc, char *argv[])
{
  app_test_init (&argc, &argv);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  g_test_add_func ("/app/contrast/words", test_words);
  g_test_add_func ("/app/contrast/dialogs", test_dialogs);
  g_test_add_func ("/app/contrast/popovers", test_popovers);
  g_test_add_func ("/app/contrast/focus", test_focus);
  g_test_add_func ("/app/contrast/plots", test_plots);
  g_test_add_func ("/app/contrast/colour-blind", test_colour_blind);
  g_test_add_func ("/app/contrast/sheets", test_sheets);
  return g_test_run ();
}
