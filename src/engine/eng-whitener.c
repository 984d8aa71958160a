/* SPDX-License-Identifier: GPL-3.0-or-later
 * Whitening by the Cholesky factor of the second moments. */
#include "config.h"

#include "eng-whitener.h"

#include "eng-error.h"
#include "eng-kernels.h"

#include <glib/gi18n-lib.h>
#include <string.h>

void
eng_whitener_init (EngWhitener *self, gsize d, EngArena *arena)
{
  self->r = eng_arena_mat (arena, d, d);
  for (guint lane = 0; lane < ENG_N_LANES; lane++)
    self->wide[lane] = eng_arena_mat (arena, ENG_BLOCK_ROWS, d);
}

double
eng_whitener_estimate_bytes (double d)
{
  return sizeof (double) * d * (d + ENG_N_LANES * ENG_BLOCK_ROWS);
}

/* Rows `first` ... of x in double, in the scratch of `lane`. */
static EngMat
widen (const EngWhitener *self, guint lane, const EngMatF *x, gsize first)
{
  EngMat wide = self->wide[lane];

  wide.rows = MIN (ENG_BLOCK_ROWS, x->rows - first);
  eng_kernel_widen (wide.rows * wide.cols, x->data + first * x->cols, wide.data);
  return wide;
}

gboolean
eng_whitener_fit (EngWhitener *self, const EngMatF *x, GError **error)
{
  g_assert (x->cols == self->r.cols);
  if (x->rows < x->cols)
    {
      g_set_error (error, ENG_ERROR, ENG_ERROR_NUMERIC,
                   _ ("whitening needs at least d = %zu samples, got %zu"), x->cols,
                   x->rows);
      return FALSE;
    }
  for (gsize first = 0; first < x->rows; first += ENG_BLOCK_ROWS)
    {
      EngMat wide = widen (self, 0, x, first);

      eng_la_gemm_tn (1.0 / (double) x->rows, &wide, &wide, first == 0 ? 0.0 : 1.0,
                      &self->r);
    }
  if (eng_la_cholesky (&self->r))
    return TRUE;
  g_set_error (error, ENG_ERROR, ENG_ERROR_NUMERIC,
               _ ("whitening needs inputs that do not depend on each other"));
  return FALSE;
}

/* --- change of variables ----------------------------------------------------------- */

typedef struct
{
  const EngWhitener *whitener;
  const EngMatF     *from;
  EngMatF           *to;
} Pass;

void
eng_whitener_apply (const EngWhitener *self, guint lane, EngMatF *x)
{
  EngMat wide = widen (self, lane, x, 0);

  eng_la_solve_lower (&self->r, FALSE, &wide);
  for (gsize i = 0; i < wide.rows * wide.cols; i++)
    x->data[i] = (float) wide.data[i];
}

static void
apply_lane (guint lane, gpointer data)
{
  Pass *pass = data;
  gsize n = pass->from->rows, d = pass->from->cols;

  for (gsize block = lane; block < eng_lanes_n_blocks (n); block += ENG_N_LANES)
    {
      gsize   first = block * ENG_BLOCK_ROWS;
      EngMatF to = eng_matf_rows (pass->to, first, MIN (ENG_BLOCK_ROWS, n - first));

      memcpy (to.data, pass->from->data + first * d, to.rows * d * sizeof (float));
      eng_whitener_apply (pass->whitener, lane, &to);
    }
}

void
eng_whitener_apply_all (const EngWhitener *self,
                        const EngMatF     *from,
                        EngLanes          *lanes,
                        EngMatF           *to)
{
  Pass pass = { self, from, to };

  g_assert (from->rows == to->rows && from->cols == to->cols);
  eng_lanes_run (lanes, eng_lanes_for_rows (from->rows), apply_lane, &pass);
}

void
eng_whitener_undo (const EngWhitener *self, EngMat *v)
{
  eng_la_solve_lower (&self->r, TRUE, v);
}
