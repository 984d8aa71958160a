/* SPDX-License-Identifier: GPL-3.0-or-later
 * Slots of the user's state folder, and the experiment file with its state in each. */
#include "config.h"

#include "esc-recovery.h"

#include "eng-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define CONTENT "experiment" ENG_SPEC_SUFFIX
#define LOCK    "lock"
/* Beside the groups of the experiment, which is a valid file without it. */
#define GROUP "recovery"

/* A slot just made may be taken by a program that clears away; then another is made. */
#define MAX_ATTEMPTS 10

struct _EscRecoverySlot
{
  gatomicrefcount ref_count;

  char    *folder;
  int      lock; /* descriptor; the kernel frees the lock with the process */
  GMutex   mutex;
  gboolean is_discarded; /* under `mutex` */

  EscRecoveryState *found; /* (nullable) */
};

/* --- state --------------------------------------------------------------------- */

EscRecoveryState *
esc_recovery_state_new (EngSpec    *spec,
                        EngSpec    *saved,
                        guint64     step,
                        GFile      *file,
                        const char *preset)
{
  EscRecoveryState *self = g_new0 (EscRecoveryState, 1);

  self->spec = eng_spec_ref (spec);
  self->saved = eng_spec_ref (saved);
  self->step = step;
  self->file = file == NULL ? NULL : g_object_ref (file);
  self->preset = g_strdup (preset);
  return self;
}

void
esc_recovery_state_free (EscRecoveryState *self)
{
  eng_spec_unref (self->spec);
  eng_spec_unref (self->saved);
  g_clear_object (&self->file);
  g_free (self->preset);
  g_free (self);
}

gboolean
esc_recovery_state_equal (const EscRecoveryState *a, const EscRecoveryState *b)
{
  return a->spec == b->spec && a->saved == b->saved && a->step == b->step
         && (a->file == b->file
             || (a->file != NULL && b->file != NULL && g_file_equal (a->file, b->file)))
         && g_strcmp0 (a->preset, b->preset) == 0;
}

static char *
state_to_text (const EscRecoveryState *self, gsize *length)
{
  g_autoptr (GKeyFile) key_file = g_key_file_new ();
  g_autofree char     *text = eng_spec_to_text (self->spec);
  g_autofree char     *saved = eng_spec_to_text (self->saved);

  if (!g_key_file_load_from_data (key_file, text, strlen (text), G_KEY_FILE_KEEP_COMMENTS,
                                  NULL))
    g_assert_not_reached ();
  g_key_file_set_uint64 (key_file, GROUP, "step", self->step);
  g_key_file_set_string (key_file, GROUP, "saved", saved);
  if (self->file != NULL)
    {
      g_autofree char *uri = g_file_get_uri (self->file);

      g_key_file_set_string (key_file, GROUP, "file", uri);
    }
  if (self->preset != NULL)
    g_key_file_set_string (key_file, GROUP, "preset", self->preset);
  return g_key_file_to_data (key_file, length, NULL);
}

static EscRecoveryState *
state_from_key_file (GKeyFile *key_file, GError **error)
{
  guint64           step = g_key_file_get_uint64 (key_file, GROUP, "step", NULL);
  g_autofree char  *saved_text = g_key_file_get_string (key_file, GROUP, "saved", error);
  g_autofree char  *uri = g_key_file_get_string (key_file, GROUP, "file", NULL);
  g_autofree char  *preset = g_key_file_get_string (key_file, GROUP, "preset", NULL);
  g_autoptr (GFile) file = uri == NULL ? NULL : g_file_new_for_uri (uri);
  g_autoptr (EngSpec) saved = NULL, spec = NULL;

  if (saved_text == NULL)
    return NULL;
  saved = eng_spec_new_from_text (saved_text, -1, error);
  if (saved == NULL)
    return NULL;
  g_key_file_remove_group (key_file, GROUP, NULL);
  spec = eng_spec_new_from_key_file (key_file, error);
  return spec == NULL ? NULL : esc_recovery_state_new (spec, saved, step, file, preset);
}

/* --- locks --------------------------------------------------------------------- */

static char *
dup_root (void)
{
  return g_build_filename (g_get_user_state_dir (), "escapement", "recovery", NULL);
}

/* Returns: a descriptor that holds the lock of `folder`, or -1. */
static int
lock_folder (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, LOCK, NULL);
  int              lock = g_open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  struct stat      found;

  if (lock < 0)
    return -1;
  /* Whoever held it before may have deleted the file, which is then no lock. */
  if (flock (lock, LOCK_EX | LOCK_NB) == 0 && fstat (lock, &found) == 0
      && found.st_nlink > 0)
    return lock;
  close (lock);
  return -1;
}

/* Deletes the files in `folder` but its lock, and but the content if that is to stay. */
static void
clear_folder (const char *folder, gboolean keep_content)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char      *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (strcmp (name, LOCK) != 0 && !(keep_content && strcmp (name, CONTENT) == 0))
        g_unlink (path);
    }
}

/* The lock goes last, so that nobody claims a folder that is half deleted. */
static void
remove_folder (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, LOCK, NULL);

  clear_folder (folder, FALSE);
  g_unlink (path);
  g_rmdir (folder);
}

/* --- slots --------------------------------------------------------------------- */

static EscRecoverySlot *
slot_new (const char *folder, int lock)
{
  EscRecoverySlot *self = g_new0 (EscRecoverySlot, 1);

  g_atomic_ref_count_init (&self->ref_count);
  g_mutex_init (&self->mutex);
  self->folder = g_strdup (folder);
  self->lock = lock;
  return self;
}

EscRecoverySlot *
esc_recovery_slot_new (GError **error)
{
  g_autofree char *root = dup_root ();
  int              failure = 0;

  for (guint i = 0; i < MAX_ATTEMPTS; i++)
    {
      g_autofree char *name = g_uuid_string_random ();
      g_autofree char *folder = g_build_filename (root, name, NULL);
      int              lock = -1;

      if (g_mkdir_with_parents (folder, 0700) == 0)
        lock = lock_folder (folder);
      failure = errno;
      if (lock >= 0)
        return slot_new (folder, lock);
    }
  g_set_error (error, G_FILE_ERROR, (int) g_file_error_from_errno (failure),
               _ ("“%s” could not be written: %s"), root, g_strerror (failure));
  return NULL;
}

EscRecoverySlot *
esc_recovery_slot_ref (EscRecoverySlot *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
esc_recovery_slot_unref (EscRecoverySlot *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  close (self->lock);
  g_mutex_clear (&self->mutex);
  g_clear_pointer (&self->found, esc_recovery_state_free);
  g_free (self->folder);
  g_free (self);
}

static GFile *
get_content (EscRecoverySlot *self)
{
  return g_file_new_build_filename (self->folder, CONTENT, NULL);
}

gboolean
esc_recovery_slot_write (EscRecoverySlot        *self,
                         const EscRecoveryState *state,
                         GError                **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  g_autoptr (GFile)        file = get_content (self);
  g_autofree char         *text = NULL;
  gsize                    length;

  if (self->is_discarded)
    return TRUE;
  text = state_to_text (state, &length);
  return eng_file_write (file, text, length, error);
}

const EscRecoveryState *
esc_recovery_slot_get_found (EscRecoverySlot *self)
{
  return self->found;
}

void
esc_recovery_slot_discard (EscRecoverySlot *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  if (!self->is_discarded)
    remove_folder (self->folder);
  self->is_discarded = TRUE;
}

/* --- what was left ------------------------------------------------------------- */

static EscRecoveryState *
read_content (const char *path)
{
  g_autoptr (GKeyFile) key_file = g_key_file_new ();

  if (!g_key_file_load_from_file (key_file, path, G_KEY_FILE_KEEP_COMMENTS, NULL))
    return NULL;
  return state_from_key_file (key_file, NULL);
}

/* Returns: (nullable): NULL if it belongs to a program that lives, or holds nothing. */
static EscRecoverySlot *
claim_slot (const char *folder)
{
  g_autofree char            *path = g_build_filename (folder, CONTENT, NULL);
  int                         lock = lock_folder (folder);
  g_autoptr (EscRecoverySlot) slot = lock < 0 ? NULL : slot_new (folder, lock);

  if (slot == NULL)
    return NULL;
  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    {
      remove_folder (folder);
      return NULL;
    }
  clear_folder (folder, TRUE);
  slot->found = read_content (path);
  /* What a newer version wrote is left for that version. */
  return slot->found == NULL ? NULL : g_steal_pointer (&slot);
}

GPtrArray *
esc_recovery_claim (void)
{
  GPtrArray *slots = g_ptr_array_new_with_free_func (
      (GDestroyNotify) esc_recovery_slot_unref);
  g_autofree char *root = dup_root ();
  g_autoptr (GDir) dir = g_dir_open (root, 0, NULL);
  const char      *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *folder = g_build_filename (root, name, NULL);
      EscRecoverySlot *slot = claim_slot (folder);

      if (slot != NULL)
        g_ptr_array_add (slots, slot);
    }
  return slots;
}
