/* SPDX-License-Identifier: GPL-3.0-or-later
 * Symmetric eigenproblems, by OpenBLAS's LAPACK. */
#include "config.h"

#include "eng-la-private.h"

#include "eng-lanes.h"

#include <math.h>
#include <string.h>

/* The LAPACK routines used, by their Fortran names (see eng-la-solvers.c). */
void dsyevd_ (const char *job,
              const char *uplo,
              const int  *n,
              double     *a,
              const int  *lda,
              double     *w,
              double     *work,
              const int  *lwork,
              int        *iwork,
              const int  *liwork,
              int        *info,
              gsize       job_length,
              gsize       uplo_length);
void dsytrd_ (const char *uplo,
              const int  *n,
              double     *a,
              const int  *lda,
              double     *d,
              double     *e,
              double     *tau,
              double     *work,
              const int  *lwork,
              int        *info,
              gsize       uplo_length);
void dstedc_ (const char *job,
              const int  *n,
              double     *d,
              double     *e,
              double     *z,
              const int  *ldz,
              double     *work,
              const int  *lwork,
              int        *iwork,
              const int  *liwork,
              int        *info,
              gsize       job_length);
void dormtr_ (const char   *side,
              const char   *uplo,
              const char   *trans,
              const int    *m,
              const int    *n,
              const double *a,
              const int    *lda,
              const double *tau,
              double       *c,
              const int    *ldc,
              double       *work,
              const int    *lwork,
              int          *info,
              gsize         side_length,
              gsize         uplo_length,
              gsize         trans_length);

static void
swap_rows (double *a, double *b, gsize n)
{
  for (gsize i = 0; i < n; i++)
    {
      double keep = a[i];

      a[i] = b[i];
      b[i] = keep;
    }
}

/* The formulas of the manual page: a queried size would come back rounded. */
gsize
eng_la_eigh_doubles (gsize n)
{
  return 1 + 6 * n + 2 * n * n;
}

gsize
eng_la_eigh_integers (gsize n)
{
  return 3 + 5 * n;
}

/* Returns: LAPACK's answer. */
static int
solve_eigh (EngMat *a, gboolean vectors, double *values, double *work, int *integers)
{
  gsize size = a->rows;
  int   n = eng_la_int (size), info = 0;
  int   l_work = vectors ? (int) eng_la_eigh_doubles (size) : 1 + 2 * n;
  int   l_integers = vectors ? (int) eng_la_eigh_integers (size) : 1;

  g_assert (a->cols == size);
  g_assert (size <= ENG_LA_MAX_EIGH);
  if (size == 0)
    return 0;
  /* LAPACK's columns are our rows, so its eigenvectors come out as rows. */
  dsyevd_ (vectors ? "V" : "N", "U", &n, a->data, &n, values, work, &l_work, integers,
           &l_integers, &info, 1, 1);
  for (gsize i = 0; i < size / 2 && info == 0; i++)
    {
      swap_rows (&values[i], &values[size - 1 - i], 1);
      if (vectors)
        swap_rows (a->data + i * size, a->data + (size - 1 - i) * size, size);
    }
  return info;
}

gboolean
eng_la_eigh (EngMat *a, gboolean vectors, double *values, GError **error)
{
  g_autofree double *work = g_new (double, eng_la_eigh_doubles (vectors ? a->rows : 1)
                                               + 2 * a->rows);
  g_autofree int    *integers = g_new (int, eng_la_eigh_integers (a->rows));

  return eng_la_check_info (solve_eigh (a, vectors, values, work, integers), "dsyevd",
                            error);
}

gboolean
eng_la_eigh_with (EngMat *a, double *values, double *work, int *integers)
{
  return solve_eigh (a, TRUE, values, work, integers) == 0;
}

gboolean
eng_la_eigenvalues_with (EngMat *a, double *values, double *work, int *integers)
{
  return solve_eigh (a, FALSE, values, work, integers) == 0;
}

gsize
eng_la_largest (gsize n, const double *values, gsize k, gsize *order)
{
  k = MIN (k, n);
  /* From both ends: the values descend, so the next largest modulus is at one of them. */
  for (gsize i = 0, low = 0, high = n; i < k; i++)
    order[i] = fabs (values[low]) >= fabs (values[high - 1]) ? low++ : --high;
  return k;
}

/* --- the leading eigenvectors ------------------------------------------------------ */

/* Of LAPACK's blocked routines: columns of a block at most, and what each call of dormtr
 * wants beyond so many numbers per column. */
#define BLOCK       64
#define BLOCK_EXTRA (65 * 64)
/* Up to this order dormtr works column by column and marks them in its input meanwhile,
 * which lanes share. */
#define SHARED_FROM 256

typedef struct
{
  int     n;
  double *a, *tau; /* the reflectors that dsytrd left */
  double *z;       /* (n, n) eigenvectors of the tridiagonal matrix, ascending */
  double *work;    /* (ENG_N_LANES, share BLOCK + BLOCK_EXTRA) */
  gsize   share;   /* most vectors of a lane */
  EngMat *vectors; /* (count, n) */
  int     info[ENG_N_LANES];
} Transform;

/* A share of the vectors, back from the tridiagonal matrix, in reverse order. */
static void
transform_lane (guint lane, gpointer data)
{
  Transform *job = data;
  gsize      n = (gsize) job->n, first, last;
  double    *work = job->work + lane * (job->share * BLOCK + BLOCK_EXTRA);
  int        l_work = (int) (job->share * BLOCK + BLOCK_EXTRA), count;

  eng_lanes_share (job->vectors->rows, lane, &first, &last);
  count = (int) (last - first);
  if (count == 0)
    return;
  for (gsize i = first; i < last; i++)
    memcpy (job->vectors->data + i * n, job->z + (n - 1 - i) * n, n * sizeof (double));
  dormtr_ ("L", "U", "N", &job->n, &count, job->a, &job->n, job->tau,
           job->vectors->data + first * n, &job->n, work, &l_work, &job->info[lane], 1, 1,
           1);
}

static gboolean
transform (Transform *job, EngLanes *lanes, GError **error)
{
  job->share = (job->vectors->rows + ENG_N_LANES - 1) / ENG_N_LANES;
  eng_lanes_run (job->n < SHARED_FROM ? NULL : lanes, ENG_N_LANES, transform_lane, job);
  for (guint lane = 0; lane < ENG_N_LANES; lane++)
    if (!eng_la_check_info (job->info[lane], "dormtr", error))
      return FALSE;
  return TRUE;
}

gboolean
eng_la_eigh_leading (EngMat   *a,
                     double   *values,
                     EngMat   *vectors,
                     EngLanes *lanes,
                     GError  **error)
{
  gsize              size = a->rows;
  gsize              room = MAX (1 + 4 * size + size * size,
                                 BLOCK * (vectors->rows + ENG_N_LANES) + ENG_N_LANES * BLOCK_EXTRA);
  g_autofree double *e = g_new (double, size), *tau = g_new (double, size);
  g_autofree double *z = g_new (double, size *size), *work = g_new (double, room);
  g_autofree int    *integers = g_new (int, eng_la_eigh_integers (size));
  int                n = eng_la_int (size), l_work = eng_la_int (room), info = 0;
  int                l_integers = (int) eng_la_eigh_integers (size);
  Transform          job
      = { .n = n, .a = a->data, .tau = tau, .z = z, .work = work, .vectors = vectors };

  g_assert (a->cols == size && vectors->cols == size && vectors->rows <= size);
  g_assert (size <= ENG_LA_MAX_EIGH);
  if (size == 0)
    return TRUE;
  dsytrd_ ("U", &n, a->data, &n, values, e, tau, work, &l_work, &info, 1);
  if (!eng_la_check_info (info, "dsytrd", error))
    return FALSE;
  dstedc_ ("I", &n, values, e, z, &n, work, &l_work, integers, &l_integers, &info, 1);
  if (!eng_la_check_info (info, "dstedc", error))
    return FALSE;
  for (gsize i = 0; i < size / 2; i++)
    swap_rows (&values[i], &values[size - 1 - i], 1);
  return transform (&job, lanes, error);
}
