/* SPDX-License-Identifier: GPL-3.0-or-later
 * Figures on disk: sizes, the title, PDF, and writing. */
#include "config.h"

#include "plot-export-private.h"

#include "eng-file.h"
#include "eng-spec.h"

#include <cairo-pdf.h>
#include <string.h>

/* Height of the title line at text scale 1, its left edge, and how far below it the subtitle
 * is where it does not fit beside it. */
#define HEADER      32.0
#define HEADER_LEFT 14.0
#define HEADER_LINE 17.0
/* Pixels (1/96 inch) to points (1/72 inch). */
#define POINTS_PER_PIXEL 0.75
/* Cairo writes today's date unless told another, or none: a figure has the same bytes
 * tomorrow. */
#define NO_DATE ""
/* A column is narrow, not low: plots above one another have room for their labels. */
#define STACKED_COLUMN 1.5
/* Pixels per unit where nobody chose. */
#define DEFAULT_SCALE 2.0

static const struct
{
  const char *id;
  double      width, height, text_scale, line_scale;
} sizes[PLOT_N_SIZES] = {
  [PLOT_SIZE_SLIDE] = { "slide", 960, 540, 1.4, 1.4 },
  [PLOT_SIZE_COLUMN] = { "column", 316.8, 236, 0.8, 0.8 },
};

static const char *const extensions[PLOT_N_FORMATS] = {
  [PLOT_FORMAT_SVG] = "svg",
  [PLOT_FORMAT_PDF] = "pdf",
  [PLOT_FORMAT_PNG] = "png",
  [PLOT_FORMAT_CSV] = "csv",
};

const char *
plot_format_get_extension (PlotFormat format)
{
  g_return_val_if_fail (format < PLOT_N_FORMATS, NULL);
  return extensions[format];
}

gboolean
plot_format_from_extension (const char *extension, PlotFormat *format)
{
  for (guint i = 0; i < PLOT_N_FORMATS; i++)
    if (g_ascii_strcasecmp (extension, extensions[i]) == 0)
      {
        *format = (PlotFormat) i;
        return TRUE;
      }
  return FALSE;
}

const char *
plot_size_get_id (PlotSize size)
{
  g_return_val_if_fail (size < PLOT_N_SIZES, NULL);
  return sizes[size].id;
}

gboolean
plot_size_from_id (const char *id, PlotSize *size)
{
  for (guint i = 0; i < PLOT_N_SIZES; i++)
    if (strcmp (id, sizes[i].id) == 0)
      {
        *size = (PlotSize) i;
        return TRUE;
      }
  return FALSE;
}

void
plot_size_get_extent (PlotSize size, double *width, double *height)
{
  g_return_if_fail (size < PLOT_N_SIZES);
  *width = sizes[size].width;
  *height = sizes[size].height;
}

cairo_status_t
plot_export_write_cb (void *array, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (array, data, length);
  return CAIRO_STATUS_SUCCESS;
}

gboolean
plot_export_check (cairo_status_t status, GError **error)
{
  if (status == CAIRO_STATUS_SUCCESS)
    return TRUE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED,
                       cairo_status_to_string (status));
  return FALSE;
}

gboolean
plot_export_finish (cairo_t *cr, cairo_surface_t *surface, GError **error)
{
  cairo_status_t status = cairo_status (cr);

  cairo_destroy (cr);
  cairo_surface_finish (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  return plot_export_check (status, error);
}

/* Beside the title, or below it where that is too narrow.  Returns: the height taken. */
static double
paint_subtitle (const PlotFigure *self, PlotCanvas *canvas, double x, double y)
{
  double left = plot_canvas_text_length (canvas, HEADER_LEFT);
  double taken = 0;
  double width = plot_canvas_text_width (canvas, PLOT_FONT_TICK, self->frame->subtitle);
  g_autofree char *text = NULL;

  if (x + width > self->width - left)
    {
      x = left;
      taken = plot_canvas_text_length (canvas, HEADER_LINE);
    }
  text = plot_canvas_fit_text (canvas, PLOT_FONT_TICK, self->frame->subtitle,
                               self->width - left - x);
  plot_canvas_text (canvas, PLOT_FONT_TICK, text, self->theme.dim, x, y + taken, 0);
  return taken;
}

/* Title bold, subtitle plain: what the header of a card says in the window.
 * Returns: the height taken. */
static double
paint_header (const PlotFigure *self, cairo_t *cr, PlotTextSink sink, gpointer sink_data)
{
  PlotCanvas canvas;
  double     height, x, y;

  plot_canvas_init (&canvas, cr, &self->theme);
  canvas.sink = sink;
  canvas.sink_data = sink_data;
  height = plot_canvas_text_length (&canvas, HEADER);
  x = plot_canvas_text_length (&canvas, HEADER_LEFT);
  y = height * 0.55;
  plot_canvas_set_colour (&canvas, self->theme.background, 1);
  cairo_paint (cr);
  plot_canvas_text (&canvas, PLOT_FONT_TITLE, self->frame->title, self->theme.text, x, y,
                    0);
  x += plot_canvas_text_width (&canvas, PLOT_FONT_TITLE, self->frame->title)
       + plot_canvas_text_length (&canvas, 8);
  if (self->frame->subtitle != NULL)
    height += paint_subtitle (self, &canvas, x, y);
  plot_canvas_clear (&canvas);
  return height;
}

void
plot_figure_paint (const PlotFigure *self,
                   cairo_t          *cr,
                   PlotTextSink      sink,
                   gpointer          sink_data)
{
  double header = paint_header (self, cr, sink, sink_data);

  cairo_save (cr);
  cairo_translate (cr, 0, header);
  plot_painter_paint_to (self->frame, &self->theme, NULL, cr, self->width,
                         self->height - header, sink, sink_data);
  cairo_restore (cr);
}

GBytes *
plot_figure_to_pdf (const PlotFigure *self, GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  cairo_surface_t       *surface;
  cairo_t               *cr;

  surface = cairo_pdf_surface_create_for_stream (plot_export_write_cb, bytes,
                                                 self->width * POINTS_PER_PIXEL,
                                                 self->height * POINTS_PER_PIXEL);
  /* Later versions may pack the document's properties, and with them the experiment. */
  cairo_pdf_surface_restrict_to_version (surface, CAIRO_PDF_VERSION_1_4);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, self->frame->title);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATOR, "Escapement");
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATE_DATE, NO_DATE);
  if (self->experiment != NULL)
    cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_SUBJECT,
                                    self->experiment);
  cr = cairo_create (surface);
  cairo_scale (cr, POINTS_PER_PIXEL, POINTS_PER_PIXEL);
  plot_figure_paint (self, cr, NULL, NULL);
  cairo_show_page (cr);
  if (!plot_export_finish (cr, surface, error))
    return NULL;
  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

GBytes *
plot_export_to_bytes (const PlotFrame *frame,
                      EngSpec         *spec,
                      PlotFormat       format,
                      PlotSize         size,
                      double           scale,
                      GError         **error)
{
  g_autofree char *experiment = spec != NULL ? eng_spec_to_text (spec) : NULL;
  PlotFigure       figure = { .frame = frame, .experiment = experiment };

  g_return_val_if_fail (frame != NULL && size < PLOT_N_SIZES, NULL);
  figure.width = sizes[size].width;
  figure.height = sizes[size].height;
  if (frame->stacked && size == PLOT_SIZE_COLUMN)
    figure.height *= STACKED_COLUMN;
  figure.scale = CLAMP (scale, 1, 4);
  plot_theme_init (&figure.theme, PLOT_THEME_PRINT, sizes[size].text_scale, NULL);
  figure.theme.line_scale = sizes[size].line_scale;
  switch (format)
    {
    case PLOT_FORMAT_PDF:
      return plot_figure_to_pdf (&figure, error);
    case PLOT_FORMAT_PNG:
      return plot_figure_to_png (&figure, error);
    case PLOT_FORMAT_CSV:
      return plot_figure_to_csv (frame, experiment);
    case PLOT_FORMAT_SVG:
    case PLOT_N_FORMATS:
    default:
      return plot_figure_to_svg (&figure, error);
    }
}

gboolean
plot_export (const PlotFrame *frame,
             EngSpec         *spec,
             PlotFormat       format,
             PlotSize         size,
             double           scale,
             GFile           *file,
             GError         **error)
{
  g_autoptr (GBytes) bytes = NULL;

  g_return_val_if_fail (frame != NULL && G_IS_FILE (file), FALSE);
  bytes = plot_export_to_bytes (frame, spec, format, size, scale, error);
  if (bytes == NULL)
    return FALSE;
  return eng_file_write (file, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes),
                         error);
}

static char *
make_file_name (const PlotClass *klass, PlotFormat format)
{
  return g_strdup_printf ("%s.%s", klass->id, plot_format_get_extension (format));
}

gboolean
plot_export_all (const EngSnapshot *snapshot,
                 GFile             *folder,
                 PlotFormat         format,
                 GError           **error)
{
  const PlotClass *const *classes = plot_get_classes ();

  PlotOptions options = { .x_linear = plot_prefers_linear_steps (snapshot->spec) };

  for (gsize i = 0; classes[i] != NULL; i++)
    {
      g_autoptr (PlotFrame) frame = NULL;
      g_autofree char      *name = make_file_name (classes[i], format);
      g_autoptr (GFile)     file = g_file_get_child (folder, name);

      if (!plot_class_suits (classes[i], snapshot->spec))
        continue;
      frame = plot_project (classes[i], snapshot,
                            classes[i]->over_steps ? &options : NULL);
      if (!plot_export (frame, snapshot->spec, format, PLOT_SIZE_SLIDE, DEFAULT_SCALE,
                        file, error))
        return FALSE;
    }
  return TRUE;
}

char **
plot_export_list_files (void)
{
  const PlotClass *const *classes = plot_get_classes ();
  GPtrArray              *names = g_ptr_array_new ();

  for (gsize i = 0; classes[i] != NULL; i++)
    for (guint format = 0; format < PLOT_FORMAT_CSV; format++)
      g_ptr_array_add (names, make_file_name (classes[i], (PlotFormat) format));
  g_ptr_array_add (names, NULL);
  return (char **) g_ptr_array_free (names, FALSE);
}
