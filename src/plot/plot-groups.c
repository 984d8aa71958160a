/* SPDX-License-Identifier: GPL-3.0-or-later
 * Eigenvalues of Σ̂ in groups. */
#include "config.h"

#include "plot-groups.h"

#include "eng-words.h"
#include "plot-format.h"
#include "plot-project.h"

#include <glib/gi18n-lib.h>

/* Smaller shares of the largest eigenvalue are rounding, and not drawn. */
#define DRAWN_SHARE 1e-8
/* Where the axis of ranks begins, so that the first one is not on its edge. */
#define FIRST_EDGE 0.7

static const struct
{
  PlotBand    band;
  const char *name;
} groups[ENG_SPECTRUM_N_GROUPS] = {
  { PLOT_BAND_BEYOND, N_ ("degree 0") },
  { PLOT_BAND_Q1, N_ ("degree 1") },
  { PLOT_BAND_Q2, N_ ("degree 2") },
  { PLOT_BAND_Q3, N_ ("tail") },
};

static void
add_values (PlotPanel         *panel,
            const EngSpectrum *spectrum,
            PlotBand           band,
            gsize              first,
            gsize              end)
{
  g_autofree double *x = g_new (double, end - first);
  gsize              n = 0;

  while (first + n < end
         && spectrum->values[first + n] > DRAWN_SHARE * spectrum->values[0])
    {
      plot_axis_include (&panel->y, spectrum->values[first + n]);
      x[n] = (double) (first + n + 1);
      n++;
    }
  if (n > 0)
    plot_panel_add_cloud (panel, band, n, x, spectrum->values + first);
}

/* Between the last rank of one group and the first of the next. */
static double
get_edge (const EngSpectrum *spectrum, gsize n_before)
{
  if (n_before == spectrum->n_values)
    return (double) n_before;
  return n_before == 0 ? FIRST_EDGE : (double) n_before + 0.5;
}

/* Returns: (transfer full): "degree 1: 12, degree 2: 78". */
static char *
add_groups (PlotPanel *panel, const EngSpectrum *spectrum)
{
  GString *counts = g_string_new (NULL);
  gsize    first = 0;

  panel->x.lo = FIRST_EDGE;
  panel->x.hi = (double) MAX (spectrum->n_values, 2);
  for (guint group = 0; group < ENG_SPECTRUM_N_GROUPS; group++)
    {
      gsize            end = eng_spectrum_get_group_end (spectrum, group);
      g_autofree char *count = plot_format_integer (end - first);
      g_autofree char *named = plot_format_named (_ (groups[group].name), count);
      PlotSpan        *span;

      if (end == first)
        break;
      span = plot_panel_add_span (panel, groups[group].band, get_edge (spectrum, first),
                                  get_edge (spectrum, end));
      span->name = g_strdup (_ (groups[group].name));
      span->brief = g_strdup (count);
      span->detail = g_strdup (count);
      add_values (panel, spectrum, groups[group].band, first, end);
      eng_words_append (counts, named);
      first = end;
    }
  return g_string_free (counts, FALSE);
}

void
plot_groups_add (PlotFrame         *frame,
                 PlotPanel         *panel,
                 const EngSnapshot *snapshot,
                 guint              owner)
{
  const EngRunView  *run = &snapshot->runs[owner];
  const EngSpectrum *spectrum = run->spectrum;
  g_autofree char   *counts = add_groups (panel, spectrum);
  g_autofree char   *n_probes = plot_format_integer (spectrum->n_probes);

  frame->subtitle = snapshot->n_runs > 1 ? g_strdup_printf (_ ("%s: first layer"),
                                                            plot_project_get_name (run))
                                         : g_strdup (_ ("first layer"));
  frame->quantity = g_strdup (_ ("eigenvalue of Σ̂"));
  frame->summary = g_strdup_printf (
      g_dngettext (
          GETTEXT_PACKAGE,
          "Eigenvalues of Σ̂ measured on %s input. Directions in each group: %s.",
          "Eigenvalues of Σ̂ measured on %s inputs. Directions in each group: %s.",
          spectrum->n_probes),
      n_probes, counts);
}
