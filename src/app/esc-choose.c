/* SPDX-License-Identifier: GPL-3.0-or-later
 * The files that a person is asked for. */
#include "config.h"

#include "esc-choose.h"

#include "eng-spec.h"

#include <glib/gi18n.h>

static void
add_filter (GListStore *filters, const char *name, const char *const *patterns)
{
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, name);
  for (gsize i = 0; patterns[i] != NULL; i++)
    gtk_file_filter_add_pattern (filter, patterns[i]);
  g_list_store_append (filters, filter);
}

static void
add_experiments (GListStore *filters)
{
  add_filter (filters, _ ("Escapement experiments"),
              (const char *const[]){ "*" ENG_SPEC_SUFFIX, NULL });
}

static void
add_everything (GListStore *filters)
{
  add_filter (filters, _ ("All files"), (const char *const[]){ "*", NULL });
}

void
esc_choose_open (GtkWindow *parent, EscFileFunc func, gpointer data)
{
  g_autoptr (GListStore) filters = g_list_store_new (GTK_TYPE_FILE_FILTER);

  /* Every exported figure has its experiment inside; other tables become the data. */
  add_filter (filters, _ ("Experiments, figures and tables"),
              (const char *const[]){ "*" ENG_SPEC_SUFFIX, "*.svg", "*.pdf", "*.png",
                                     "*.csv", "*.tsv", "*.npy", NULL });
  add_experiments (filters);
  add_everything (filters);
  esc_compat_choose (parent, ESC_CHOICE_OPEN, _ ("Open Experiment"), _ ("_Open"), filters,
                     NULL, func, data, NULL);
}

void
esc_choose_table (GtkWindow *parent, EscFileFunc func, gpointer data)
{
  g_autoptr (GListStore) filters = g_list_store_new (GTK_TYPE_FILE_FILTER);

  add_filter (filters, _ ("Tables"),
              (const char *const[]){ "*.csv", "*.tsv", "*.npy", NULL });
  add_everything (filters);
  esc_compat_choose (parent, ESC_CHOICE_OPEN, _ ("Choose Table"), _ ("_Choose"), filters,
                     NULL, func, data, NULL);
}

void
esc_choose_save (GtkWindow *parent, const char *name, EscFileFunc func, gpointer data)
{
  g_autoptr (GListStore) filters = g_list_store_new (GTK_TYPE_FILE_FILTER);

  add_experiments (filters);
  add_everything (filters);
  esc_compat_choose (parent, ESC_CHOICE_SAVE, _ ("Save Experiment"), _ ("_Save"), filters,
                     name, func, data, NULL);
}

void
esc_choose_export (GtkWindow     *parent,
                   const char    *name,
                   EscFileFunc    func,
                   gpointer       data,
                   GDestroyNotify destroy)
{
  esc_compat_choose (parent, ESC_CHOICE_SAVE, _ ("Export Figure"), _ ("_Export"), NULL,
                     name, func, data, destroy);
}

void
esc_choose_folder (GtkWindow *parent, const char *title, EscFileFunc func, gpointer data)
{
  esc_compat_choose (parent, ESC_CHOICE_FOLDER, title, _ ("_Choose"), NULL, NULL, func,
                     data, NULL);
}
