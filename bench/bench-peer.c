/* SPDX-License-Identifier: GPL-3.0-or-later
 * Peers in processes of their own. */
#include "bench-peer.h"

#include <signal.h>

struct _BenchPeer
{
  GSubprocess      *process;
  GOutputStream    *commands; /* borrowed from the process */
  GDataInputStream *answers;
};

const char *
bench_peer_find_python (const char *module)
{
  static const char *const pythons[] = { "python3", "/usr/bin/python3", NULL };
  g_autofree char         *import = g_strconcat ("import ", module, NULL);

  for (gsize i = 0; pythons[i] != NULL; i++)
    {
      g_autoptr (GSubprocess) process = g_subprocess_new (
          G_SUBPROCESS_FLAGS_STDERR_SILENCE, NULL, pythons[i], "-c", import, NULL);

      if (process != NULL && g_subprocess_wait_check (process, NULL, NULL))
        return pythons[i];
    }
  return NULL;
}

BenchPeer *
bench_peer_new (const char *const *argv, guint n_threads, GError **error)
{
  static const char *const variables[] = { "OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS",
                                           "MKL_NUM_THREADS", NULL };
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (
      G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  g_autofree char *threads = g_strdup_printf ("%u", n_threads);
  GSubprocess     *process;
  BenchPeer       *self;

  for (gsize i = 0; variables[i] != NULL; i++)
    g_subprocess_launcher_setenv (launcher, variables[i], threads, TRUE);
  /* A peer that has ended is an error of the next question. */
  signal (SIGPIPE, SIG_IGN);
  process = g_subprocess_launcher_spawnv (launcher, argv, error);
  if (process == NULL)
    return NULL;
  self = g_new0 (BenchPeer, 1);
  self->process = process;
  self->commands = g_subprocess_get_stdin_pipe (process);
  self->answers = g_data_input_stream_new (g_subprocess_get_stdout_pipe (process));
  return self;
}

char *
bench_peer_ask (BenchPeer *self, const char *command, GError **error)
{
  char *answer;

  if (!g_output_stream_printf (self->commands, NULL, NULL, error, "%s\n", command))
    return NULL;
  answer = g_data_input_stream_read_line (self->answers, NULL, NULL, error);
  if (answer == NULL && error != NULL && *error == NULL)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_CLOSED, "the peer ended at: %s", command);
  return answer;
}

gboolean
bench_peer_read (const char *answer, double *first, double *second, GError **error)
{
  char *end, *last;

  *first = g_ascii_strtod (answer, &end);
  *second = g_ascii_strtod (end, &last);
  if (end != answer && last != end)
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
               "two numbers must be answered, got: %s", answer);
  return FALSE;
}

void
bench_peer_free (BenchPeer *self)
{
  g_subprocess_force_exit (self->process);
  g_object_unref (self->answers);
  g_object_unref (self->process);
  g_free (self);
}
