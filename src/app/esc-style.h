/* SPDX-License-Identifier: GPL-3.0-or-later
 * The style sheets beside style.css, which libadwaita loads: what differs on a dark
 * background and in high contrast.  Main thread. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* From now on they follow the desktop.  Once, when the application starts. */
void esc_style_follow (GdkDisplay *display);

G_END_DECLS
