/* SPDX-License-Identifier: GPL-3.0-or-later
 * The edited experiment and its file. */
#include "config.h"

#include "esc-document.h"

struct _EscDocument
{
  GObject parent_instance;

  EngSpec *spec;
  EngSpec *saved; /* what the file, or the preset, holds */
  GFile   *file;
  char    *preset;
  gboolean modified;
};

G_DEFINE_FINAL_TYPE (EscDocument, esc_document, G_TYPE_OBJECT)

enum
{
  PROP_SPEC = 1,
  PROP_FILE,
  PROP_MODIFIED,
  N_PROPS,
};
static GParamSpec *properties[N_PROPS];

enum
{
  SIGNAL_LOADED,
  SIGNAL_EDITED,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

static void
set_spec (EscDocument *self, EngSpec *spec)
{
  EngSpec *old = self->spec;

  self->spec = eng_spec_ref (spec);
  g_clear_pointer (&old, eng_spec_unref);
}

static void
set_saved (EscDocument *self, EngSpec *spec, GFile *file)
{
  EngSpec *old = self->saved;

  self->saved = eng_spec_ref (spec);
  g_clear_pointer (&old, eng_spec_unref);
  if (g_set_object (&self->file, file))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FILE]);
}

static void
update_modified (EscDocument *self)
{
  gboolean modified = !eng_spec_equal (self->spec, self->saved);

  if (modified == self->modified)
    return;
  self->modified = modified;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MODIFIED]);
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
      g_value_set_boxed (value, self->spec);
      break;
    case PROP_FILE:
      g_value_set_object (value, self->file);
      break;
    case PROP_MODIFIED:
      g_value_set_boolean (value, self->modified);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
esc_document_finalize (GObject *object)
{
  EscDocument *self = ESC_DOCUMENT (object);

  g_clear_pointer (&self->spec, eng_spec_unref);
  g_clear_pointer (&self->saved, eng_spec_unref);
  g_clear_object (&self->file);
  g_clear_pointer (&self->preset, g_free);
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
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[SIGNAL_LOADED] = g_signal_new ("loaded", ESC_TYPE_DOCUMENT, G_SIGNAL_RUN_LAST,
                                         0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_EDITED] = g_signal_new ("edited", ESC_TYPE_DOCUMENT, G_SIGNAL_RUN_LAST,
                                         0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
esc_document_init (EscDocument *self)
{
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
  return self->spec;
}

EngSpec *
esc_document_get_saved (EscDocument *self)
{
  g_return_val_if_fail (ESC_IS_DOCUMENT (self), NULL);
  return self->saved;
}

GFile *
esc_document_get_file (EscDocument *self)
{
  g_return_val_if_fail (ESC_IS_DOCUMENT (self), NULL);
  return self->file;
}

const char *
esc_document_get_preset (EscDocument *self)
{
  g_return_val_if_fail (ESC_IS_DOCUMENT (self), NULL);
  return self->preset;
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
  g_autofree char *old_preset = NULL;

  g_return_if_fail (ESC_IS_DOCUMENT (self));
  g_return_if_fail (spec != NULL);

  old_preset = g_steal_pointer (&self->preset);
  self->preset = g_strdup (preset);
  set_spec (self, spec);
  set_saved (self, spec, file);
  update_modified (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SPEC]);
  g_signal_emit (self, signals[SIGNAL_LOADED], 0);
}

void
esc_document_edit (EscDocument *self, EngSpec *spec)
{
  g_return_if_fail (ESC_IS_DOCUMENT (self));
  g_return_if_fail (spec != NULL && self->spec != NULL);

  if (eng_spec_equal (self->spec, spec))
    return;
  set_spec (self, spec);
  update_modified (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SPEC]);
  g_signal_emit (self, signals[SIGNAL_EDITED], 0);
}

void
esc_document_saved (EscDocument *self, EngSpec *spec, GFile *file)
{
  g_return_if_fail (ESC_IS_DOCUMENT (self));
  g_return_if_fail (spec != NULL && file != NULL);

  set_saved (self, spec, file);
  update_modified (self);
}
