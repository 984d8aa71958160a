/* SPDX-License-Identifier: GPL-3.0-or-later
 * The real program, killed at random moments: it loses at most five seconds and no file,
 * and nothing half-written stays. */
#include "config.h"

#include "app-fixture.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>

#define N_ROUNDS 50
/* Every so many rounds the program lives longer than it may lose. */
#define LONG_ROUND 17
#define MAX_LOSS   5
#define TITLE      "To be killed"
/* The long rounds alone leave three; fewer than this and the test shows nothing. */
#define MIN_RESTORED 5

/* Trains for much longer than it lives. */
#define LONG_EXPERIMENT                                                                  \
  "[experiment]\nversion=1\nname=killed\ntitle=" TITLE "\n"                              \
  "[problem]\nkind=low-rank-polynomial\nrank=1\ndegree=2\nd=10\nn=60\nn-test=200\n"      \
  "[run.1]\nlearner=lazy\nm=20\nactivation=softplus\nsteps=10000000\n"

static char *folder, *root;

/* Without a session bus no program hands its file to another. */
static GPid
start (const char *argument)
{
  g_auto (GStrv)     environment = g_environ_unsetenv (g_get_environ (),
                                                       "DBUS_SESSION_BUS_ADDRESS");
  const char        *words[] = { g_getenv ("ESCAPEMENT_PROGRAM"), argument, NULL };
  g_autoptr (GError) error = NULL;
  GPid               pid;

  g_spawn_async (NULL, (char **) words, environment,
                 G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, &pid,
                 &error);
  g_assert_no_error (error);
  return pid;
}

static void
end (GPid pid)
{
  int status;

  kill (pid, SIGKILL);
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  /* It had not ended before. */
  g_assert_true (WIFSIGNALED (status));
}

static gboolean
xdotool (const char *const *words)
{
  int status;

  return g_spawn_sync (NULL, (char **) words, NULL,
                       G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL, NULL, NULL, NULL,
                       NULL, &status, NULL)
         && status == 0;
}

static gboolean
has_window (gpointer title)
{
  g_autofree char *pattern = g_strdup_printf ("^%s$", (const char *) title);

  return xdotool ((const char *const[]){ "xdotool", "search", "--onlyvisible", "--name",
                                         pattern, NULL });
}

static void
press (const char *key)
{
  g_assert_true (xdotool ((const char *const[]){ "xdotool", "key", key, NULL }));
}

static void
sleep_ms (gint32 milliseconds)
{
  g_usleep ((gulong) milliseconds * 1000);
}

/* The names of the files in a folder must be among these. */
static void
assert_holds_only (const char *path, const char *const *allowed)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir)   dir = g_dir_open (path, 0, &error);
  const char        *name;

  g_assert_no_error (error);
  while ((name = g_dir_read_name (dir)) != NULL)
    if (!g_strv_contains (allowed, name))
      g_error ("%s was left in %s", name, path);
}

static void
assert_slots_are_whole (void)
{
  static const char *const allowed[] = { "lock", "experiment.escapement", NULL };
  g_autoptr (GDir)         dir = g_dir_open (root, 0, NULL);
  const char              *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (root, name, NULL);

      assert_holds_only (path, allowed);
    }
}

/* Seconds since the newest experiment was written into a slot that nobody holds; -1 if
 * there is none. */
static double
find_age (EngSpec *expected, gint64 killed_at)
{
  g_autoptr (GDir) dir = g_dir_open (root, 0, NULL);
  const char      *name;
  double           age = -1;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char      *path = g_build_filename (root, name, "experiment.escapement",
                                                     NULL);
      g_autofree char      *text = NULL;
      g_autoptr (GFile)     file = g_file_new_for_path (path);
      g_autoptr (GFileInfo) info = g_file_query_info (file, "time::*", 0, NULL, NULL);
      g_autoptr (GDateTime) time = NULL;

      if (info == NULL || !g_file_get_contents (path, &text, NULL, NULL)
          || strstr (text, "title=" TITLE "\n") == NULL)
        continue;
      time = g_file_info_get_modification_date_time (info);
      age = (double) (killed_at - g_date_time_to_unix (time) * G_USEC_PER_SEC
                      - g_date_time_get_microsecond (time))
            / G_USEC_PER_SEC;
    }
  return age;
}

/* Everything that the dead program left can be restored.  Returns: whether it left
 * anything. */
static gboolean
restore_all (EngSpec *expected)
{
  g_autoptr (GPtrArray) slots = esc_recovery_claim ();

  g_assert_cmpuint (slots->len, <=, 1);
  assert_slots_are_whole ();
  if (slots->len == 0)
    return FALSE;
  g_assert_true (eng_spec_equal (
      esc_recovery_slot_get_found (g_ptr_array_index (slots, 0))->spec, expected));
  g_assert_cmpuint (esc_recovery_slot_get_found (g_ptr_array_index (slots, 0))->step, >,
                    0);
  esc_recovery_slot_discard (g_ptr_array_index (slots, 0));
  return TRUE;
}

/* Lives for a random time, some of it in training, some of it saving.  Returns: whether
 * there was something to restore. */
static gboolean
live_and_die (guint round, const char *path, EngSpec *expected)
{
  GPid     pid = start (path);
  gboolean is_long = round % LONG_ROUND == LONG_ROUND - 1;
  gint64   trains_from = G_MAXINT64, killed_at;
  double   age;

  if (is_long || round % 3 != 0)
    {
      g_assert_true (app_wait (has_window, (gpointer) TITLE));
      press ("space");
      trains_from = g_get_real_time ();
      if (round % 5 == 0)
        press ("ctrl+s");
    }
  sleep_ms (is_long ? g_test_rand_int_range (5500, 6500)
                    : g_test_rand_int_range (0, 2000));
  killed_at = g_get_real_time ();
  end (pid);
  age = find_age (expected, killed_at);
  if (age >= 0)
    g_assert_cmpfloat (age, <=, MAX_LOSS);
  else if (trains_from != G_MAXINT64)
    g_assert_cmpint (killed_at - trains_from, <=, MAX_LOSS * G_USEC_PER_SEC);
  return restore_all (expected);
}

/* A window of another program, which the deaths around it do not touch. */
static EscAutosave *
start_bystander (EscDocument *document, EscSessionModel *model)
{
  g_autoptr (EngSpec) saved = app_parse (APP_SMALL);
  g_autoptr (EngSpec) spec = eng_spec_with_value (saved, "problem", "n", "70", NULL);
  EscAutosave        *autosave = esc_autosave_new (document, model);

  esc_document_load (document, saved, NULL, NULL);
  esc_document_edit (document, spec, "Edit", NULL);
  app_pump (1500);
  return autosave;
}

static guint
count_slots (void)
{
  g_autoptr (GDir) dir = g_dir_open (root, 0, NULL);
  guint            n = 0;

  while (dir != NULL && g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static void
test_killed (void)
{
  g_autoptr (EngSpec)         expected = app_parse (LONG_EXPERIMENT);
  g_autofree char            *path = g_build_filename (folder, "mine.escapement", NULL);
  g_autoptr (GFile)           file = g_file_new_for_path (path);
  g_autoptr (EscDocument)     document = esc_document_new ();
  g_autoptr (EscSessionModel) model = esc_session_model_new ();
  EscAutosave                *bystander = start_bystander (document, model);
  guint                       n_restored = 0;

  g_assert_true (eng_spec_save (expected, file, NULL));
  g_assert_cmpuint (count_slots (), ==, 1);
  for (guint round = 0; round < N_ROUNDS; round++)
    {
      g_autoptr (EngSpec) read = NULL;

      n_restored += live_and_die (round, path, expected);
      read = eng_spec_load (file, NULL);
      g_assert_nonnull (read);
      g_assert_true (eng_spec_equal (read, expected));
      g_assert_cmpuint (count_slots (), ==, 1);
    }
  /* The next save clears away what a program left that died between two calls. */
  g_assert_true (eng_spec_save (expected, file, NULL));
  assert_holds_only (folder, (const char *const[]){ "mine.escapement", NULL });
  g_test_message ("%u of %d programs left something to restore", n_restored, N_ROUNDS);
  g_assert_cmpuint (n_restored, >=, MIN_RESTORED);
  g_object_run_dispose (G_OBJECT (bystander));
  g_object_unref (bystander);
  g_assert_cmpuint (count_slots (), ==, 0);
  g_unlink (path);
}

static gboolean
has_slot (gpointer data)
{
  return count_slots () == 1;
}

/* Quitting is no accident: nothing is offered afterwards. */
static void
test_quit (void)
{
  g_autoptr (EngSpec) spec = app_parse (LONG_EXPERIMENT);
  g_autofree char    *path = g_build_filename (folder, "mine.escapement", NULL);
  g_autoptr (GFile)   file = g_file_new_for_path (path);
  GPid                pid;
  int                 status;

  g_assert_true (eng_spec_save (spec, file, NULL));
  pid = start (path);
  g_assert_true (app_wait (has_window, (gpointer) TITLE));
  press ("space");
  g_assert_true (app_wait (has_slot, NULL));
  press ("ctrl+q");
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  g_assert_true (WIFEXITED (status) && WEXITSTATUS (status) == 0);
  g_assert_cmpuint (count_slots (), ==, 0);
  g_unlink (path);
}

/* Logging out, closing its terminal, Ctrl+C in it: the program ends in order, and what it
 * was doing is offered afterwards. */
static void
test_told_to_end (void)
{
  static const int    signals[] = { SIGTERM, SIGINT, SIGHUP };
  g_autoptr (EngSpec) spec = app_parse (LONG_EXPERIMENT);
  g_autofree char    *path = g_build_filename (folder, "mine.escapement", NULL);
  g_autoptr (GFile)   file = g_file_new_for_path (path);

  g_assert_true (eng_spec_save (spec, file, NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (signals); i++)
    {
      GPid pid = start (path);
      int  status;

      g_assert_true (app_wait (has_window, (gpointer) TITLE));
      press ("space");
      g_assert_true (app_wait (has_slot, NULL));
      kill (pid, signals[i]);
      g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
      g_assert_true (WIFEXITED (status) && WEXITSTATUS (status) == 0);
      g_assert_true (restore_all (spec));
      g_assert_cmpuint (count_slots (), ==, 0);
    }
  g_unlink (path);
}

/* A shipped experiment may be named, and a file of that name comes first. */
static void
test_preset_argument (void)
{
  GPid pid = start ("lazy-misses-quadratic");

  g_assert_true (app_wait (has_window, (gpointer) "Lazy Training Misses.*"));
  end (pid);
}

int
main (int argc, char *argv[])
{
  int status;

  app_test_init (&argc, &argv);
  folder = g_dir_make_tmp ("escapement-XXXXXX", NULL);
  root = g_build_filename (g_get_user_state_dir (), "escapement", "recovery", NULL);
  g_assert_true (
      xdotool ((const char *const[]){ "xdotool", "mousemove", "600", "400", NULL }));
  g_test_add_func ("/app/killed/at-random", test_killed);
  g_test_add_func ("/app/killed/quit", test_quit);
  g_test_add_func ("/app/killed/told-to-end", test_told_to_end);
  g_test_add_func ("/app/killed/preset-argument", test_preset_argument);
  status = g_test_run ();
  g_rmdir (folder);
  g_free (folder);
  g_free (root);
  return status;
}
