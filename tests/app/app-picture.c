/* SPDX-License-Identifier: GPL-3.0-or-later
 * Pictures of widgets, and contrast in them. */
#include "config.h"

#include "app-picture.h"

#include "app-fixture.h"

#include <math.h>

/* --- colour ------------------------------------------------------------------------ */

static double
linear (double channel)
{
  return channel <= 0.04045 ? channel / 12.92 : pow ((channel + 0.055) / 1.055, 2.4);
}

void
app_get_linear (guint32 colour, double rgb[3])
{
  for (int i = 0; i < 3; i++)
    rgb[i] = linear ((colour >> (16 - 8 * i) & 0xff) / 255.0);
}

static double
get_luminance (guint32 colour)
{
  double rgb[3];

  app_get_linear (colour, rgb);
  return 0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2];
}

double
app_get_ratio (guint32 a, guint32 b)
{
  double x = get_luminance (a), y = get_luminance (b);

  return (MAX (x, y) + 0.05) / (MIN (x, y) + 0.05);
}

/* --- pictures ----------------------------------------------------------------------- */

void
app_picture_clear (AppPicture *picture)
{
  g_clear_pointer (&picture->pixels, g_free);
}

void
app_picture_keep_colours (AppPicture *picture)
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

AppPicture
app_photograph (GtkWidget *widget)
{
  AppPicture                picture = { 0 };
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
  app_picture_keep_colours (&picture);
  gsk_renderer_unrealize (renderer);
  g_object_unref (renderer);
  return picture;
}

/* The colour there is most of in a part, and the one that differs most from it. */
gboolean
app_picture_get_extremes (const AppPicture *picture,
                          int               x0,
                          int               y0,
                          int               x1,
                          int               y1,
                          guint32          *ground,
                          guint32          *ink)
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
    if (app_get_ratio (GPOINTER_TO_UINT (key), *ground) > best)
      {
        best = app_get_ratio (GPOINTER_TO_UINT (key), *ground);
        *ink = GPOINTER_TO_UINT (key);
      }
  return most > 0;
}
