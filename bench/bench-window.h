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

  GdkTexture *pictures[4]; /* of the cards, as they were shown last */

  /* Since the watch was set. */
  gint64  begun;  /* of the frame under way; monotonic, µs */
  GArray *begins; /* (element-type gint64): of frames; monotonic, µs */
  GArray *busy;   /* (element-type double): milliseconds of the main thread per frame */
  guint   n_projected; /* plots that became new data to draw */
  guint   n_shown;     /* new pictures of plots in frames */
  guint   n_fed;       /* snapshots; counted by who feeds the window */
} BenchWindow;

/* Milliseconds of frames, and numbers a second. */
typedef struct
{
  gsize  n_frames;
  double interval_median, interval_p99, busy_median, busy_p99;
  double frames, projected, shown, fed;
  /* Of one processor: the main thread; threads of pools, of which one paints and others
   * read and write files; the whole process. */
  double main_share, painting_share, process_share;
} BenchFrames;

/* Says so if there is none. */
gboolean bench_window_has_display (const char *bench);
/* On a display, sets the environment of this process: Cairo renderer, settings in memory, a state folder
 * of its own; then the application is there.  Before anything else.  Returns: FALSE, with a
 * word about it, if that cannot be. */
gboolean bench_window_init (const char *bench);
/* Removes the state folder. */
void bench_window_finish (void);

/* Presents a window of 1280 × 800 with the experiment `text`, on the page of its first
 * plots, and waits until that is prepared and four plots are seen.
 * Returns: FALSE with an error; the window is to be cleared then, too. */
gboolean bench_window_open (BenchWindow *self,
                            const char  *text,
                            GError     **error) G_GNUC_WARN_UNUSED_RESULT;
void     bench_window_clear (BenchWindow *self);

/* Answers whether it holds; with an error if it never will. */
typedef gboolean (*BenchCondition) (gpointer data, GError **error);

/* Runs the main loop until `condition` holds, called `what` in messages.
 * Returns: FALSE with an error of the condition, or after a minute. */
gboolean bench_window_wait (BenchCondition condition,
                            gpointer       data,
                            const char    *what,
                            GError       **error) G_GNUC_WARN_UNUSED_RESULT;
/* FALSE with the error of a snapshot whose experiment cannot be carried out.
 * (nullable): then it can. */
gboolean bench_window_check (const EngSnapshot *snapshot, GError **error);
/* Runs the main loop for a while and measures what it does.  `moving`: something asks for a
 * frame all the time, as an animation does. */
BenchFrames bench_window_watch (BenchWindow *self, double seconds, gboolean moving);

G_END_DECLS
