/* SPDX-License-Identifier: GPL-3.0-or-later
 * The shipped experiments, read from the program's own resources. */
#include "config.h"

#include "esc-preset.h"

#include "esc-preset-list.h"

#include <glib/gi18n.h>
#include <string.h>

#define RESOURCES "/io/github/escapement_lab/Escapement/"

struct _EscPreset
{
  GObject parent_instance;

  char       *id;
  const char *group; /* title of its group */
  EngSpec    *spec;
};

G_DEFINE_FINAL_TYPE (EscPreset, esc_preset, G_TYPE_OBJECT)

/* Groups in the list of the build. */
static const struct
{
  const char *id, *title;
} groups[] = {
  { "bands", N_ ("Out of the Lazy Regime") }, { "regimes", N_ ("Lazy and Rich") },
  { "depth", N_ ("Three Layers") },           { "kernels", N_ ("Kernels and Rates") },
  { "spaces", N_ ("Function Spaces") },       { "directions", N_ ("Finding Directions") },
  { "matrices", N_ ("Recovering a Matrix") },
};

static const char *
find_group (const char *id)
{
  gsize i = 0;

  while (strcmp (groups[i].id, id) != 0)
    {
      i++;
      g_assert (i < G_N_ELEMENTS (groups));
    }
  return groups[i].title;
}

static void
esc_preset_finalize (GObject *object)
{
  EscPreset *self = ESC_PRESET (object);

  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->spec, eng_spec_unref);
  G_OBJECT_CLASS (esc_preset_parent_class)->finalize (object);
}

static void
esc_preset_class_init (EscPresetClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = esc_preset_finalize;
}

static void
esc_preset_init (EscPreset *self)
{
}

static EngSpec *
load_resource (const char *path, GError **error)
{
  g_autoptr (GBytes) bytes = g_resources_lookup_data (path, 0, error);
  gsize              size;
  const char        *text;

  if (bytes == NULL)
    return NULL;
  text = g_bytes_get_data (bytes, &size);
  return eng_spec_new_from_text (text, (gssize) size, error);
}

static EscPreset *
load_preset (const char *id, const char *group)
{
  g_autofree char   *path = g_strconcat (RESOURCES "presets/", id, ENG_SPEC_SUFFIX, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (EngSpec) spec = load_resource (path, &error);
  EscPreset          *preset;

  if (spec == NULL)
    {
      /* A mistake in a shipped file; the others are still good. */
      g_warning ("%s: %s", path, error->message);
      return NULL;
    }
  preset = g_object_new (ESC_TYPE_PRESET, NULL);
  preset->id = g_strdup (id);
  preset->group = find_group (group);
  preset->spec = g_steal_pointer (&spec);
  return preset;
}

GListModel *
esc_preset_get_all (void)
{
  static const char *const ids[] = ESC_PRESET_IDS;
  static const char *const places[] = ESC_PRESET_GROUPS;
  static GListStore       *store;

  if (store != NULL)
    return G_LIST_MODEL (store);
  store = g_list_store_new (ESC_TYPE_PRESET);
  for (gsize i = 0; ids[i] != NULL; i++)
    {
      g_autoptr (EscPreset) preset = load_preset (ids[i], places[i]);

      if (preset != NULL)
        g_list_store_append (store, preset);
    }
  return G_LIST_MODEL (store);
}

EscPreset *
esc_preset_find (const char *id)
{
  GListModel *all = esc_preset_get_all ();

  for (guint i = 0; i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr (EscPreset) preset = g_list_model_get_item (all, i);

      if (g_strcmp0 (preset->id, id) == 0)
        return preset; /* the list keeps it */
    }
  return NULL;
}

EngSpec *
esc_preset_new_blank (void)
{
  g_autoptr (GError) error = NULL;
  EngSpec           *spec = load_resource (RESOURCES "blank" ENG_SPEC_SUFFIX, &error);

  if (spec == NULL)
    g_error ("blank experiment: %s", error->message);
  return spec;
}

char *
esc_preset_dup_uri (EscPreset *self)
{
  g_return_val_if_fail (ESC_IS_PRESET (self), NULL);
  return g_strconcat ("resource://" RESOURCES "presets/", self->id, ENG_SPEC_SUFFIX,
                      NULL);
}

EscPreset *
esc_preset_find_file (GFile *file)
{
  g_autofree char *name = g_file_get_basename (file);

  if (!g_file_has_uri_scheme (file, "resource")
      || !g_str_has_suffix (name, ENG_SPEC_SUFFIX))
    return NULL;
  name[strlen (name) - strlen (ENG_SPEC_SUFFIX)] = '\0';
  return esc_preset_find (name);
}

const char *
esc_preset_get_id (EscPreset *self)
{
  g_return_val_if_fail (ESC_IS_PRESET (self), NULL);
  return self->id;
}

const char *
esc_preset_get_title (EscPreset *self)
{
  g_return_val_if_fail (ESC_IS_PRESET (self), NULL);
  return eng_spec_get_title (self->spec);
}

const char *
esc_preset_get_description (EscPreset *self)
{
  g_return_val_if_fail (ESC_IS_PRESET (self), NULL);
  return eng_spec_get_description (self->spec);
}

const char *
esc_preset_get_group (EscPreset *self)
{
  g_return_val_if_fail (ESC_IS_PRESET (self), NULL);
  return _ (self->group);
}

EngSpec *
esc_preset_get_spec (EscPreset *self)
{
  g_return_val_if_fail (ESC_IS_PRESET (self), NULL);
  return self->spec;
}
