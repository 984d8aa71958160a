/* SPDX-License-Identifier: GPL-3.0-or-later
 * Figures, data and run folders, on a thread of their own. */
#include "config.h"

#include "esc-export.h"

#include "eng-error.h"
#include "eng-export.h"
#include "esc-application.h"

/* Pixels per unit of what goes to the clipboard: sharp on a slide. */
#define COPY_SCALE 2.0

/* How many folders of one name are counted up before giving up. */
#define MAX_FOLDERS 1000

typedef struct
{
  EngSnapshot  *snapshot;
  EngSnapshot  *pinned; /* (nullable): keeps what the options borrow */
  EscExportView view;
  EscExportKind kind;
  GFile        *file; /* (nullable): to write to, or the parent of the folder */
} Order;

static void
order_free (gpointer data)
{
  Order *order = data;

  eng_snapshot_unref (order->snapshot);
  g_clear_pointer (&order->pinned, eng_snapshot_unref);
  g_clear_object (&order->file);
  g_free (order);
}

/* `view` NULL: every plot as it is by default. */
static Order *
order_new (EngSnapshot *snapshot, const EscExportView *view, GFile *file)
{
  Order *order = g_new0 (Order, 1);

  if (view != NULL)
    order->view = *view;
  if (order->view.options.pinned != NULL)
    order->pinned = eng_snapshot_ref ((EngSnapshot *) order->view.options.pinned);

  order->snapshot = eng_snapshot_ref (snapshot);
  order->file = file != NULL ? g_object_ref (file) : NULL;
  return order;
}

static void
run_order (Order              *order,
           GTaskThreadFunc     func,
           gpointer            tag,
           GCancellable       *cancellable,
           GAsyncReadyCallback callback,
           gpointer            data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, data);

  g_task_set_source_tag (task, tag);
  g_task_set_task_data (task, order, order_free);
  esc_application_wait_for (task);
  g_task_run_in_thread (task, func);
}

/* --- one figure ------------------------------------------------------------------ */

static void
write_thread (GTask *task, gpointer object, gpointer data, GCancellable *cancellable)
{
  Order                *order = data;
  g_autoptr (PlotFrame) frame = plot_project (order->view.klass, order->snapshot,
                                              &order->view.options);
  GError               *error = NULL;

  if (plot_export (frame, order->snapshot->spec, order->kind.format, order->kind.size,
                   order->kind.scale, order->file, &error))
    g_task_return_pointer (task, g_object_ref (order->file), g_object_unref);
  else
    g_task_return_error (task, error);
}

void
esc_export_write_async (EngSnapshot         *snapshot,
                        const EscExportView *view,
                        const EscExportKind *kind,
                        GFile               *file,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             data)
{
  Order *order = order_new (snapshot, view, file);

  order->kind = *kind;
  run_order (order, write_thread, esc_export_write_async, cancellable, callback, data);
}

GFile *
esc_export_write_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, esc_export_write_async), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* --- everything ------------------------------------------------------------------ */

/* Makes and returns the first folder of this name, counted up, that is not there. */
static GFile *
make_folder (GFile *parent, EngSpec *spec, GError **error)
{
  g_autofree char *stem = eng_export_dup_stem (spec);

  for (guint i = 1; i <= MAX_FOLDERS; i++)
    {
      g_autofree char   *name = i == 1 ? g_strdup (stem)
                                       : g_strdup_printf ("%s-%u", stem, i);
      g_autoptr (GFile)  folder = g_file_get_child (parent, name);
      g_autoptr (GError) local = NULL;

      if (g_file_make_directory (folder, NULL, &local))
        return g_steal_pointer (&folder);
      if (i < MAX_FOLDERS && g_error_matches (local, G_IO_ERROR, G_IO_ERROR_EXISTS))
        continue;
      g_propagate_error (error, g_steal_pointer (&local));
      break;
    }
  return NULL;
}

static void
folder_thread (GTask *task, gpointer object, gpointer data, GCancellable *cancellable)
{
  Order            *order = data;
  GError           *error = NULL;
  g_autoptr (GFile) folder = make_folder (order->file, order->snapshot->spec, &error);

  if (folder != NULL && eng_export_tables (order->snapshot, folder, &error)
      && plot_export_all (order->snapshot, folder, PLOT_FORMAT_SVG, &error))
    g_task_return_pointer (task, g_steal_pointer (&folder), g_object_unref);
  else
    g_task_return_error (task, error);
}

void
esc_export_folder_async (EngSnapshot        *snapshot,
                         GFile              *parent,
                         GCancellable       *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer            data)
{
  run_order (order_new (snapshot, NULL, parent), folder_thread, esc_export_folder_async,
             cancellable, callback, data);
}

GFile *
esc_export_folder_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, esc_export_folder_async), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* --- clipboard ------------------------------------------------------------------- */

/* Returns: (transfer full) (nullable). */
static GdkContentProvider *
draw_as (const Order     *order,
         const PlotFrame *frame,
         PlotFormat       format,
         const char      *type,
         GError         **error)
{
  g_autoptr (GBytes) bytes = plot_export_to_bytes (frame, order->snapshot->spec, format,
                                                   PLOT_SIZE_SLIDE, COPY_SCALE, error);

  return bytes != NULL ? gdk_content_provider_new_for_bytes (type, bytes) : NULL;
}

static void
copy_thread (GTask *task, gpointer object, gpointer data, GCancellable *cancellable)
{
  Order                *order = data;
  g_autoptr (PlotFrame) frame = plot_project (order->view.klass, order->snapshot,
                                              &order->view.options);
  GError               *error = NULL;
  GdkContentProvider   *providers[2] = { NULL, NULL };

  providers[0] = draw_as (order, frame, PLOT_FORMAT_PNG, "image/png", &error);
  if (providers[0] != NULL)
    providers[1] = draw_as (order, frame, PLOT_FORMAT_SVG, "image/svg+xml", &error);
  if (providers[1] != NULL)
    {
      g_task_return_pointer (task, gdk_content_provider_new_union (providers, 2),
                             g_object_unref);
      return;
    }
  g_clear_object (&providers[0]);
  g_task_return_error (task, error);
}

void
esc_export_copy_async (EngSnapshot         *snapshot,
                       const EscExportView *view,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             data)
{
  run_order (order_new (snapshot, view, NULL), copy_thread, esc_export_copy_async,
             cancellable, callback, data);
}

GdkContentProvider *
esc_export_copy_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, esc_export_copy_async), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
