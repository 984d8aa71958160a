/* SPDX-License-Identifier: GPL-3.0-or-later
 * The edited experiment and its file. */
#include "config.h"

#include "esc-document.h"

#include "esc-history.h"

#include <glib/gi18n.h>

struct _EscDocument
{
  GObject parent_instance;

  EscState    state; /* the present one; spec NULL before the first */
  EscHistory *history;
  gboolean    modified;
};

G_DEFINE_FINAL_TYPE (EscDocument, esc_document, G_TYPE_OBJECT)

enum
{
  PROP_SPEC = 1,
  PROP_FILE,
  PROP_MODIFIED,
  PROP_UNDO,
  PROP_REDO,
  N_PROPS,
};
static GParamSpec *properties[N_PROPS];

enum
{
  SIGNAL_LOADED,
  SIGNAL_EDITED,
  SIGNAL_VIEWS_RESTORED,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

static void
set_spec (EscDocument *self, EngSpec *spec)
{
  EngSpec *old = self->state.spec;

  self->state.spec = eng_spec_ref (spec);
  g_clear_pointer (&old, eng_spec_unref);
}

static void
set_origin (EscDocument *self, EscOrigin *origin)
{
  EscOrigin *old = self->state.origin;

  self->state.origin = esc_origin_ref (origin);
  g_clear_pointer (&old, esc_origin_unref);
}

static void
set_views (EscDocument *self, GVariant *views)
{
  GVariant *old = self->state.views;

  self->state.views = views == NULL ? NULL : g_variant_ref_sink (views);
  g_clear_pointer (&old, g_variant_unref);
}

static void
update_modified (EscDocument *self)
{
  gboolean modified = !eng_spec_equal (self->state.spec, self->state.origin->saved);

  if (modified == self->modified)
    return;
  self->modified = modified;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MODIFIED]);
}

static void
notify_history (EscDocument *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_UNDO]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_REDO]);
}

/* The experiment is another one, or a changed one: tells everybody. */
static void
announce (EscDocument *self, guint signal)
{
  update_modified (self);
  notify_history (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SPEC]);
  g_signal_emit (self, signals[signal], 0);
}

static void
esc_document_get_property (GObject    *object,
                           guint       property_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  EscDocument *self = ESC_DOCUMENT (object);

  switch (property_id)
    {
    case PROP_SPEC:
      g_value_set_boxed (value, self->state.spec);
      break;
    case PROP_FILE:
      g_value_set_object (value, esc_document_get_file (self));
      break;
    case PROP_MODIFIED:
      g_value_set_boolean (value, self->modified);
      break;
    case PROP_UNDO:
      g_value_set_string (value, esc_history_get_undo (self->history));
      break;
    case PROP_REDO:
      g_value_set_string (value, esc_history_get_redo (self->history));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
esc_document_finalize (GObject *object)
{
  EscDocument *self = ESC_DOCUMENT (object);

  g_clear_pointer (&self->state.spec, eng_spec_unref);
  g_clear_pointer (&self->state.origin, esc_origin_unref);
  g_clear_pointer (&self->state.views, g_variant_unref);
  g_clear_pointer (&self->history, esc_history_free);
  G_OBJECT_CLASS (esc_document_parent_class)->finalize (object);
}

static void
esc_document_class_init (EscDocumentClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = esc_document_get_property;
  object_class->finalize = esc_document_finalize;

  properties[PROP_SPEC] = g_param_spec_boxed ("spec", NULL, NULL, ENG_TYPE_SPEC,
                                              G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_FILE] = g_param_spec_object ("file", NULL, NULL, G_TYPE_FILE,
                                               G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_MODIFIED] = g_param_spec_boolean (
      "modified", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_UNDO] = g_param_spec_string ("undo", NULL, NULL, NULL,
                                               G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_REDO] = g_param_spec_string ("redo", NULL, NULL, NULL,
                                               G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[SIGNAL_LOADED] = g_signal_new ("loaded", ESC_TYPE_DOCUMENT, G_SIGNAL_RUN_LAST,
                                         0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_EDITED] = g_signal_new ("edited", ESC_TYPE_DOCUMENT, G_SIGNAL_RUN_LAST,
                                         0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_VIEWS_RESTORED] = g_signal_new ("views-restored", ESC_TYPE_DOCUMENT,
                                                 G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                                 G_TYPE_NONE, 0);
}

static void
esc_document_init (EscDocument *self)
{
  self->history = esc_history_new ();
}

EscDocument *
esc_document_new (void)
{
  return g_object_new (ESC_TYPE_DOCUMENT, NULL);
}

EngSpec *
esc_document_get_spec (EscDocument *self)
{
  g_return_val_if_fail (ESC_IS_DOCUMENT (self), NULL);
  return self->state.spec;
}

EngSpec *
esc_document_get_saved (EscDocument *self)
{
  g_return_val_if_fail (ESC_IS_DOCUMENT (self), NULL);
  return self->state.origin == NULL ? NULL : self->state.origin->saved;
}

GFile *
esc_document_get_file (EscDocument *self)
{
  g_return_val_if_fail (ESC_IS_DOCUMENT (self), NULL);
  return self->state.origin == NULL ? NULL : self->state.origin->file;
}

const char *
esc_document_get_preset (EscDocument *self)
{
  g_return_val_if_fail (ESC_IS_DOCUMENT (self), NULL);
  return self->state.origin == NULL ? NULL : self->state.origin->preset;
}

gboolean
esc_document_get_modified (EscDocument *self)
{
  g_return_val_if_fail (ESC_IS_DOCUMENT (self), FALSE);
  return self->modified;
}

void
esc_document_load (EscDocument *self, EngSpec *spec, GFile *file, const char *preset)
{
  g_autoptr (EscOrigin) origin = NULL;

  g_return_if_fail (ESC_IS_DOCUMENT (self));
  g_return_if_fail (spec != NULL);

  origin = esc_origin_new (file, preset, spec);
  set_spec (self, spec);
  set_origin (self, origin);
  esc_history_push (self->history, &self->state, _ ("Another Experiment"), NULL);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FILE]);
  announce (self, SIGNAL_LOADED);
}

void
esc_document_edit (EscDocument *self, EngSpec *spec, const char *name, const char *merge)
{
  g_return_if_fail (ESC_IS_DOCUMENT (self));
  g_return_if_fail (spec != NULL && self->state.spec != NULL);

  if (eng_spec_equal (self->state.spec, spec))
    return;
  set_spec (self, spec);
  esc_history_push (self->history, &self->state, name, merge);
  announce (self, SIGNAL_EDITED);
}

void
esc_document_seal (EscDocument *self)
{
  g_return_if_fail (ESC_IS_DOCUMENT (self));
  esc_history_seal (self->history);
}

void
esc_document_amend (EscDocument *self, EngSpec *spec)
{
  g_return_if_fail (ESC_IS_DOCUMENT (self));
  g_return_if_fail (spec != NULL && self->state.spec != NULL);

  if (eng_spec_equal (self->state.spec, spec))
    return;
  set_spec (self, spec);
  esc_history_amend (self->history, &self->state);
  announce (self, SIGNAL_EDITED);
}

void
esc_document_retract (EscDocument *self, EngSpec *spec)
{
  esc_document_amend (self, spec);
  esc_history_drop_void (self->history);
  notify_history (self);
}

void
esc_document_saved (EscDocument *self, EngSpec *spec, GFile *file)
{
  EscOrigin *origin;
  EngSpec   *old;

  g_return_if_fail (ESC_IS_DOCUMENT (self));
  g_return_if_fail (spec != NULL && file != NULL);

  origin = self->state.origin;
  old = origin->saved;
  origin->saved = eng_spec_ref (spec);
  eng_spec_unref (old);
  if (g_set_object (&origin->file, file))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FILE]);
  update_modified (self);
}

/* --- undo and redo ---------------------------------------------------------------- */

GVariant *
esc_document_get_views (EscDocument *self)
{
  g_return_val_if_fail (ESC_IS_DOCUMENT (self), NULL);
  return self->state.views;
}

void
esc_document_set_views (EscDocument *self, GVariant *views, const char *name)
{
  g_autoptr (GVariant) keep = g_variant_ref_sink (views);

  g_return_if_fail (ESC_IS_DOCUMENT (self));

  if (self->state.views != NULL && g_variant_equal (self->state.views, views))
    return;
  set_views (self, views);
  if (name == NULL)
    esc_history_amend (self->history, &self->state);
  else
    esc_history_push (self->history, &self->state, name, NULL);
  notify_history (self);
}

const char *
esc_document_get_undo (EscDocument *self)
{
  g_return_val_if_fail (ESC_IS_DOCUMENT (self), NULL);
  return esc_history_get_undo (self->history);
}

const char *
esc_document_get_redo (EscDocument *self)
{
  g_return_val_if_fail (ESC_IS_DOCUMENT (self), NULL);
  return esc_history_get_redo (self->history);
}

EngSpec *
esc_document_peek (EscDocument *self, int by, guint64 *steps)
{
  const EscState *there;

  g_return_val_if_fail (ESC_IS_DOCUMENT (self), NULL);
  there = esc_history_peek (self->history, by);
  *steps = there == NULL ? 0 : there->steps;
  return there == NULL ? NULL : there->spec;
}

void
esc_document_set_steps (EscDocument *self, guint64 steps)
{
  g_return_if_fail (ESC_IS_DOCUMENT (self));

  if (self->state.spec == NULL || self->state.steps == steps)
    return;
  self->state.steps = steps;
  esc_history_amend (self->history, &self->state);
}

void
esc_document_forget_past (EscDocument *self)
{
  g_return_if_fail (ESC_IS_DOCUMENT (self));
  esc_history_forget_past (self->history);
  notify_history (self);
}

void
esc_document_go (EscDocument *self, int by, EngSpec *spec)
{
  g_autoptr (EscOrigin) old_origin = NULL;
  g_autoptr (EngSpec)   old_spec = NULL;
  g_autoptr (GVariant)  old_views = NULL;
  const EscState       *there;

  g_return_if_fail (ESC_IS_DOCUMENT (self));
  there = esc_history_peek (self->history, by);
  g_return_if_fail (there != NULL);

  old_origin = esc_origin_ref (self->state.origin);
  old_spec = eng_spec_ref (self->state.spec);
  old_views = self->state.views == NULL ? NULL : g_variant_ref (self->state.views);
  set_origin (self, there->origin);
  set_views (self, there->views);
  set_spec (self, spec);
  self->state.steps = there->steps;
  esc_history_go (self->history, by);
  esc_history_amend (self->history, &self->state);
  if (self->state.origin != old_origin)
    {
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FILE]);
      announce (self, SIGNAL_LOADED);
    }
  else if (!eng_spec_equal (old_spec, spec))
    announce (self, SIGNAL_EDITED);
  else
    notify_history (self);
  if (self->state.views != NULL
      && (old_views == NULL || !g_variant_equal (old_views, self->state.views)))
    g_signal_emit (self, signals[SIGNAL_VIEWS_RESTORED], 0);
}
