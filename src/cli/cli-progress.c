/* SPDX-License-Identifier: GPL-3.0-or-later
 * Progress of a headless run, with an estimate of the time left. */
#include "config.h"

#include "cli-progress.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <unistd.h>

/* The rewritten line changes this often at most. */
#define REFRESH_USEC (G_USEC_PER_SEC / 5)

struct _CliProgress
{
  char    *title;
  guint64  planned;
  gboolean terminal;
  gint64   start, last;
  guint64  next_line; /* step of the next plain line */
};

CliProgress *
cli_progress_new (EngSpec *spec)
{
  CliProgress *self = g_new0 (CliProgress, 1);

  self->title = g_strdup (_ (eng_spec_get_title (spec))); /* of a shipped experiment */
  self->planned = eng_spec_get_max_steps (spec);
  self->terminal = isatty (STDOUT_FILENO);
  self->next_line = 1;
  g_print (_ ("%s: preparing data and spectrum\n"), self->title);
  fflush (stdout);
  return self;
}

void
cli_progress_free (CliProgress *self)
{
  if (self == NULL)
    return;
  g_free (self->title);
  g_free (self);
}

void
cli_progress_start (CliProgress *self)
{
  if (self != NULL)
    self->start = g_get_monotonic_time ();
}

static void
print_line (CliProgress *self, guint64 step, gint64 now)
{
  double spent = (double) (now - self->start) / G_USEC_PER_SEC;
  double speed = spent > 0 ? (double) step / spent : 0.0;
  double left = speed > 0 ? (double) (self->planned - step) / speed : 0.0;

  g_autofree char *now_text = g_strdup_printf ("%" G_GUINT64_FORMAT, step);
  g_autofree char *planned = g_strdup_printf ("%" G_GUINT64_FORMAT, self->planned);

  g_print ("%s", self->terminal ? "\r" : "");
  g_print (_ ("step %s of %s, %.0f steps/s, about %.0f s left"), now_text, planned, speed,
           left);
  g_print ("%s", self->terminal ? "      " : "\n");
  fflush (stdout);
}

void
cli_progress_update (CliProgress *self, guint64 step)
{
  gint64 now = g_get_monotonic_time ();

  if (self == NULL)
    return;
  if (self->terminal ? now - self->last < REFRESH_USEC : step < self->next_line)
    return;
  self->last = now;
  self->next_line = step + MAX (self->planned / 10, 1);
  print_line (self, step, now);
}

void
cli_progress_finish (CliProgress *self, guint64 step)
{
  if (self == NULL)
    return;
  print_line (self, step, g_get_monotonic_time ());
  if (self->terminal)
    g_print ("\n");
}
