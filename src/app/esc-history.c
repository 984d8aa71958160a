/* SPDX-License-Identifier: GPL-3.0-or-later
 * The states a document has been in. */
#include "config.h"

#include "esc-history.h"

typedef struct
{
  EscState state;
  char    *name;  /* of the step that led here; NULL for the first */
  char    *merge; /* (nullable): while the step is open */
} Entry;

struct _EscHistory
{
  GPtrArray *entries; /* (element-type Entry) */
  guint      now;     /* index of the present state */
};

/* --- origins -------------------------------------------------------------------- */

EscOrigin *
esc_origin_new (GFile *file, const char *preset, EngSpec *saved)
{
  EscOrigin *self = g_rc_box_new0 (EscOrigin);

  self->file = file == NULL ? NULL : g_object_ref (file);
  self->preset = g_strdup (preset);
  self->saved = eng_spec_ref (saved);
  return self;
}

EscOrigin *
esc_origin_ref (EscOrigin *self)
{
  return g_rc_box_acquire (self);
}

static void
origin_clear (gpointer data)
{
  EscOrigin *self = data;

  g_clear_object (&self->file);
  g_free (self->preset);
  eng_spec_unref (self->saved);
}

void
esc_origin_unref (EscOrigin *self)
{
  g_rc_box_release_full (self, origin_clear);
}

/* --- entries -------------------------------------------------------------------- */

static void
state_clear (EscState *state)
{
  g_clear_pointer (&state->spec, eng_spec_unref);
  g_clear_pointer (&state->origin, esc_origin_unref);
  g_clear_pointer (&state->views, g_variant_unref);
}

/* `from` may be what `to` holds already. */
static void
state_set (EscState *to, const EscState *from)
{
  EscState old = *to;

  to->spec = eng_spec_ref (from->spec);
  to->origin = esc_origin_ref (from->origin);
  to->views = from->views == NULL ? NULL : g_variant_ref_sink (from->views);
  to->steps = from->steps;
  state_clear (&old);
}

static gboolean
state_equal (const EscState *a, const EscState *b)
{
  if (a->origin != b->origin || !eng_spec_equal (a->spec, b->spec))
    return FALSE;
  return a->views == b->views
         || (a->views != NULL && b->views != NULL
             && g_variant_equal (a->views, b->views));
}

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  state_clear (&entry->state);
  g_free (entry->name);
  g_free (entry->merge);
  g_free (entry);
}

static Entry *
get_entry (EscHistory *self, guint index)
{
  return index < self->entries->len ? g_ptr_array_index (self->entries, index) : NULL;
}

EscHistory *
esc_history_new (void)
{
  EscHistory *self = g_new0 (EscHistory, 1);

  self->entries = g_ptr_array_new_with_free_func (entry_free);
  return self;
}

void
esc_history_free (EscHistory *self)
{
  g_ptr_array_unref (self->entries);
  g_free (self);
}

void
esc_history_push (EscHistory     *self,
                  const EscState *state,
                  const char     *name,
                  const char     *merge)
{
  Entry *now = get_entry (self, self->now);
  Entry *entry;

  if (now != NULL)
    g_ptr_array_set_size (self->entries, (int) self->now + 1);
  if (now != NULL && merge != NULL && g_strcmp0 (now->merge, merge) == 0)
    {
      state_set (&now->state, state);
      return;
    }
  entry = g_new0 (Entry, 1);
  state_set (&entry->state, state);
  entry->merge = g_strdup (merge);
  if (now != NULL)
    {
      entry->name = g_strdup (name);
      self->now++;
    }
  g_ptr_array_add (self->entries, entry);
}

void
esc_history_seal (EscHistory *self)
{
  Entry *now = get_entry (self, self->now);

  if (now != NULL)
    g_clear_pointer (&now->merge, g_free);
}

void
esc_history_amend (EscHistory *self, const EscState *state)
{
  Entry *now = get_entry (self, self->now);

  g_return_if_fail (now != NULL);

  state_set (&now->state, state);
}

void
esc_history_forget_past (EscHistory *self)
{
  if (self->now > 0)
    g_ptr_array_remove_range (self->entries, 0, self->now);
  self->now = 0;
  if (self->entries->len > 0)
    g_clear_pointer (&get_entry (self, 0)->name, g_free);
}

void
esc_history_drop_void (EscHistory *self)
{
  Entry *now = get_entry (self, self->now);

  if (self->now == 0
      || !state_equal (&now->state, &get_entry (self, self->now - 1)->state))
    return;
  g_ptr_array_set_size (self->entries, (int) self->now);
  self->now--;
}

const char *
esc_history_get_undo (EscHistory *self)
{
  Entry *now = get_entry (self, self->now);

  return now == NULL ? NULL : now->name;
}

const char *
esc_history_get_redo (EscHistory *self)
{
  Entry *next = get_entry (self, self->now + 1);

  return next == NULL ? NULL : next->name;
}

const EscState *
esc_history_peek (EscHistory *self, int by)
{
  Entry *entry;

  g_return_val_if_fail (by == -1 || by == 1, NULL);

  if (by < 0 && self->now == 0)
    return NULL;
  entry = get_entry (self, by < 0 ? self->now - 1 : self->now + 1);
  return entry == NULL ? NULL : &entry->state;
}

void
esc_history_go (EscHistory *self, int by)
{
  g_return_if_fail (esc_history_peek (self, by) != NULL);

  esc_history_seal (self);
  self->now = by < 0 ? self->now - 1 : self->now + 1;
  esc_history_seal (self);
}
