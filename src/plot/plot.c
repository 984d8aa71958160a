/* SPDX-License-Identifier: GPL-3.0-or-later
 * The registry of plots over the generated list. */
#include "config.h"

#include "plot.h"

#include "plot-suits.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define PLOT_ENTRY(id) extern const PlotClass plot_##id##_class;
#include "plot-list.h"
#undef PLOT_ENTRY

static const PlotClass *const classes[] = {
#define PLOT_ENTRY(id) &plot_##id##_class,
#include "plot-list.h"
#undef PLOT_ENTRY
  NULL,
};

const PlotClass *const *
plot_get_classes (void)
{
  return classes;
}

const PlotClass *
plot_find_class (const char *id)
{
  for (guint i = 0; classes[i] != NULL; i++)
    if (strcmp (classes[i]->id, id) == 0)
      return classes[i];
  return NULL;
}

gboolean
plot_class_suits (const PlotClass *klass, EngSpec *spec)
{
  return klass->suits == NULL || klass->suits (spec);
}

gboolean
plot_prefers_linear_steps (EngSpec *spec)
{
  return plot_suits_few_steps (spec) || plot_suits_monitor (spec)
         || plot_suits_directions_alone (spec);
}

char *
plot_make_measure_id (const PlotClass *klass, guint measure)
{
  char *id;

  if (klass->measures == NULL || measure >= g_strv_length ((char **) klass->measures))
    return NULL;
  id = g_ascii_strdown (klass->measures[measure], -1);
  return g_strdelimit (id, " ", '-');
}

PlotFrame *
plot_project (const PlotClass   *klass,
              const EngSnapshot *snapshot,
              const PlotOptions *options)
{
  static const PlotOptions defaults;
  PlotFrame               *frame;

  g_return_val_if_fail (klass != NULL && snapshot != NULL, NULL);
  if (options == NULL)
    options = &defaults;
  frame = plot_frame_new (_ (klass->title));
  frame->earlier = options->earlier;
  klass->project (frame, snapshot, options);
  frame->earlier = NULL;
  for (guint i = 0; i < frame->panels->len; i++)
    {
      PlotPanel *panel = g_ptr_array_index (frame->panels, i);

      panel->x.shown = options->x_range;
      if (!frame->stacked || i == options->y_panel)
        panel->y.shown = options->y_range;
    }
  return frame;
}
