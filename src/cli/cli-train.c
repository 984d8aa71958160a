/* SPDX-License-Identifier: GPL-3.0-or-later
 * Training without a window. */
#include "config.h"

#include "cli-train.h"

#include "cli-progress.h"
#include "eng-error.h"

#include <glib/gi18n.h>
#include <signal.h>

/* One advance aims at this long, so that progress shows and Ctrl-C is answered soon. */
#define CHUNK_USEC 100000

static int interrupted
    = 0; /* atomic; also the experiment's cancel flag while preparing */

static void
interrupt_cb (int signal_number)
{
  g_atomic_int_set (&interrupted, 1);
}

/* Trains to the end or until Ctrl-C, which keeps what there is. */
static void
advance (EngExperiment *experiment, CliProgress *progress)
{
  guint64   chunk = 1;
  EngStatus status = ENG_STATUS_CONTINUE;

  while (status == ENG_STATUS_CONTINUE && !g_atomic_int_get (&interrupted))
    {
      gint64 before = g_get_monotonic_time (), spent;

      status = eng_experiment_advance (experiment, chunk);
      spent = g_get_monotonic_time () - before;
      if (spent < CHUNK_USEC / 2)
        chunk = MIN (chunk * 2, 100000);
      else if (spent > CHUNK_USEC * 2)
        chunk = MAX (chunk / 2, 1);
      cli_progress_update (progress, eng_experiment_get_step (experiment));
    }
  if (g_atomic_int_get (&interrupted))
    eng_experiment_stop (experiment);
  cli_progress_finish (progress, eng_experiment_get_step (experiment));
}

EngExperiment *
cli_train_new (EngSpec *spec, int threads, GError **error)
{
  if (threads < 0 || threads > 1024)
    {
      g_set_error (error, ENG_ERROR, ENG_ERROR_INVALID_SPEC,
                   _ ("--threads must be in [0, 1024], got “%d”"), threads);
      return NULL;
    }
  signal (SIGINT, interrupt_cb);
  signal (SIGTERM, interrupt_cb);
  return eng_experiment_new (spec, (guint) threads, &interrupted, error);
}

EngSnapshot *
cli_train (EngExperiment *experiment, gboolean quiet, GError **error)
{
  g_autoptr (CliProgress) progress = NULL;

  if (!quiet)
    progress = cli_progress_new (eng_experiment_get_spec (experiment));
  if (!eng_experiment_prepare (experiment, NULL, NULL, error))
    return NULL;
  cli_progress_start (progress);
  advance (experiment, progress);
  return eng_experiment_snapshot (experiment);
}

gboolean
cli_train_was_interrupted (void)
{
  return g_atomic_int_get (&interrupted);
}
