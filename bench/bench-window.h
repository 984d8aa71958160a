/* SPDX-License-Identifier: GPL-3.0-or-later
 * BenchWindow: the program's window on a display, and a watch over its frame clock.
 * Nothing of the person is read or changed.  The main thread. */
#pragma once

#include "esc-window-private.h"

G_BEGIN_DECLS

typedef struct
{
  EscWindow   *window;
  EscPlotCard *cards[4]; /* the plots that are seen */

  /* Since the watch was set. */
  gint64  begun;   /* of the frame under way; monotonic, µs */
  GArray *begins;  /* (element-type gint64): of frames; monotonic, µs */
  GArray *busy;    /* (element-type double): milliseconds of the main thread per frame */
  guint   n_drawn; /* plots projected anew */
} BenchWindow;

/* Milliseconds; `cpu_share`: of one processor, used by the main thread. */
typedef struct
{
  gsize  n_frames;
  double interval_median, interval_p99, busy_median, busy_p99;
  double cpu_share, drawn_per_second, frames_per_second;
} BenchFrames;

/* Says so if there is none. */
gboolean bench_window_has_display (const char *bench);
/* Sets the environment of this process: Cairo renderer, settings in memory, a state folder
 * of its own; then the application is there.  Before anything else.  Returns: FALSE, with a
 * word about it, if that cannot be. */
gboolean bench_window_init (const char *bench);
/* Removes the state folder. */
void bench_window_finish (void);

/* Presents a window of 1280 × 800 with the experiment `text`, on the page of its first
 * plots, and waits until that is prepared. */
void bench_window_open (BenchWindow *self, const char *text);
void bench_window_clear (BenchWindow *self);

/* Runs the main loop until `condition` holds. */
void bench_window_wait (gboolean (*condition) (gpointer data), gpointer data);
/* Runs the main loop for a while and measures what it does.  `moving`: something asks for a
 * frame all the time, as an animation does. */
BenchFrames bench_window_watch (BenchWindow *self, double seconds, gboolean moving);

G_END_DECLS
