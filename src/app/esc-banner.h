/* SPDX-License-Identifier: GPL-3.0-or-later
 * EscBanner: a lasting message above the plots: what happened, and why. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define ESC_TYPE_BANNER (esc_banner_get_type ())
G_DECLARE_FINAL_TYPE (EscBanner, esc_banner, ESC, BANNER, AdwBin)

/* `detail` may be NULL. */
void esc_banner_show (EscBanner *self, const char *title, const char *detail);
void esc_banner_show_markup (EscBanner *self, const char *title, const char *detail);
/* A button beside the message.  Returns: (transfer none). */
GtkButton *esc_banner_add_button (EscBanner  *self,
                                  const char *label,
                                  const char *action,
                                  gboolean    is_suggested);
void       esc_banner_hide (EscBanner *self);
gboolean   esc_banner_get_revealed (EscBanner *self);

G_END_DECLS
