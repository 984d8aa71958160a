/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the editor's two halves share: its rows, and how they are made. */
#pragma once

#include "esc-about.h"
#include "esc-run-row.h"
#include "esc-spec-editor.h"

G_BEGIN_DECLS

struct _EscSpecEditor
{
  AdwBin parent_instance;

  AdwPreferencesGroup *teacher, *data, *runs;
  GtkButton           *add_run;
  GtkWidget           *teacher_caption, *data_caption, *runs_caption;
  EscAbout            *about;

  EscDocument     *document;
  EscSessionModel *model;
  EngSpec         *shown;  /* what holds after the steps taken */
  guint            n_past; /* changes that `shown` has taken in */
  EngSnapshot     *snapshot;

  char      *structure; /* of the spec the rows were made for */
  GPtrArray *rows;      /* (element-type EscParamRow) */
  GPtrArray *run_rows;  /* (element-type EscRunRow), borrowed from the group */
  GPtrArray *hint_rows; /* (element-type AdwActionRow), likewise: below each of these */
  GPtrArray *in_groups; /* (element-type GtkWidget): direct children of the groups */
  GPtrArray *choices;   /* (element-type GArray of EngChoice): of kind and learner */
  guint      rebuild_id;
  gboolean   is_adding; /* the rows to come have a new run, which takes the focus */
  guint      scroll_id; /* while a row unfolds that is to come into sight */
  GtkWidget *scroll_to; /* (nullable): that row, weak */

  /* The last edit, in case the engine refuses it when it prepares. */
  char    *last_group, *last_key, *last_text;
  EngSpec *before_last;
  EngSpec *after_last; /* what it made: any other edit since is not its fault */
};

/* --- esc-spec-editor-edits.c ---------------------------------------------------- */
#define ESC_NO_RUN G_MAXUINT
/* Of "run.2" 1; ESC_NO_RUN for a group of another kind. */
guint esc_spec_editor_get_run_index (const char *group);
/* Of rows: `text` is to be their value. */
void esc_spec_editor_edited_cb (EscParamRow *row, const char *text, EscSpecEditor *self);

/* Shows in a row what `spec` says. */
void esc_spec_editor_update_row (EscSpecEditor *self, EscParamRow *row, EngSpec *spec);

/* Shared by all runs: shown once, as the group "run.*". */
gboolean esc_spec_editor_is_shared_key (const char *key);

/* Throws all rows away and makes those of the present spec; values come by an update. */
void esc_spec_editor_rebuild (EscSpecEditor *self, GCallback edited);
/* Returns: (transfer full): equal for specs that have the same rows. */
char *esc_spec_editor_describe_structure (EngSpec *spec) G_GNUC_WARN_UNUSED_RESULT;

/* For esc_spec_editor_refuse_last (); NULLs: nothing to blame. */
void esc_spec_editor_remember (EscSpecEditor *self,
                               const char    *group,
                               const char    *key,
                               const char    *text,
                               EngSpec       *before,
                               EngSpec       *after);

/* --- esc-spec-editor-runs.c ----------------------------------------------------- */
/* Whether a setting shown once has the same text in every run. */
gboolean esc_spec_editor_runs_agree (EngSpec *spec, const char *key);
void     esc_spec_editor_update_all_runs (EscSpecEditor *self, EngSpec *spec);
void     esc_spec_editor_update_runs (EscSpecEditor *self, EngSpec *spec);
/* Whether changes would restart runs that have taken steps. */
void esc_spec_editor_update_captions (EscSpecEditor *self);
/* What the newest snapshot knows of the runs. */
void esc_spec_editor_update_views (EscSpecEditor *self, EngSpec *spec);
/* Gives the head of a run the focus, and brings it into sight. */
void esc_spec_editor_focus_run (EscSpecEditor *self, guint run);
/* Actions of the widget. */
void esc_spec_editor_add_run (GtkWidget *widget, const char *name, GVariant *parameter);
void
esc_spec_editor_remove_run (GtkWidget *widget, const char *name, GVariant *parameter);
void esc_spec_editor_take_back (GtkWidget *widget, const char *name, GVariant *parameter);
void
esc_spec_editor_take_all_back (GtkWidget *widget, const char *name, GVariant *parameter);

G_END_DECLS
