/* SPDX-License-Identifier: GPL-3.0-or-later
 * Counts allocations of every thread of the program while armed.  A program that links
 * this replaces malloc and its kin; under a sanitizer, which owns them, it listens to the
 * sanitizer's hooks instead. */
#pragma once

#include <glib.h>

/* Aligned allocations that a program counts in one: ThreadSanitizer has no hook there. */
#ifdef __SANITIZE_THREAD__
#define MALLOC_COUNT_ALIGNED 0
#else
#define MALLOC_COUNT_ALIGNED 1
#endif

G_BEGIN_DECLS

void malloc_count_arm (void);
/* Returns: allocations since it was armed. */
guint malloc_count_disarm (void);
/* Bytes handed out and not yet freed: the most while armed, less those before. */
gsize malloc_count_peak (void);

G_END_DECLS
