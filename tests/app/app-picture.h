/* SPDX-License-Identifier: GPL-3.0-or-later
 * Pictures of widgets, and contrast in them. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Of one channel, 0 to 1: sRGB to linear light. */
void app_get_linear (guint32 colour, double rgb[3]);
/* WCAG 2.1, of two colours 0xRRGGBB: 1 to 21. */
double app_get_ratio (guint32 a, guint32 b);

typedef struct
{
  int      width, height;
  guint32 *pixels; /* (height, width) 0xRRGGBB */
} AppPicture;

void app_picture_clear (AppPicture *picture);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (AppPicture, app_picture_clear)

/* Pixels without their alpha. */
void app_picture_keep_colours (AppPicture *picture);

/* A widget that is shown, as it is shown now. */
AppPicture app_photograph (GtkWidget *widget);

/* The colour there is most of in a part, and the one that differs most from it.
 * Returns: FALSE if the part is empty. */
gboolean app_picture_get_extremes (const AppPicture *picture,
                                   int               x0,
                                   int               y0,
                                   int               x1,
                                   int               y1,
                                   guint32          *ground,
                                   guint32          *ink);

G_END_DECLS
