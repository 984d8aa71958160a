/* SPDX-License-Identifier: GPL-3.0-or-later
 * BenchPeer: the same arithmetic in another language, in a process of its own that waits
 * for commands, one a line, and answers each with one line.  So both sides keep their data
 * and take turns in one run.  One thread. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _BenchPeer BenchPeer;

/* The first Python in PATH, or else the system's, that has module `module`; NULL if none
 * has it.  (transfer none) */
const char *bench_peer_find_python (const char *module);

/* Starts `argv`, whose BLAS takes `n_threads` threads.  (transfer full) (nullable) */
BenchPeer *bench_peer_new (const char *const *argv,
                           guint              n_threads,
                           GError           **error) G_GNUC_WARN_UNUSED_RESULT;
/* Sends a command and waits for the answer.
 * Returns: (transfer full) (nullable): NULL if the peer has ended. */
char *bench_peer_ask (BenchPeer  *self,
                      const char *command,
                      GError    **error) G_GNUC_WARN_UNUSED_RESULT;
/* Reads the two numbers that an answer consists of. */
gboolean bench_peer_read (const char *answer,
                          double     *first,
                          double     *second,
                          GError    **error) G_GNUC_WARN_UNUSED_RESULT;
/* Ends the process. */
void bench_peer_free (BenchPeer *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenchPeer, bench_peer_free)

G_END_DECLS
