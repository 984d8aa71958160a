/* SPDX-License-Identifier: GPL-3.0-or-later
 * Skinny products: plain, and in tiles for AVX2 and AVX-512. */
#include "config.h"

#include "eng-skinny.h"

#include "eng-kernels.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

EngAhead
eng_ahead_of (const EngMatF *x)
{
  const char *from = (const char *) x->data;

  return (EngAhead){ from, from + x->rows * x->cols * sizeof (float) };
}

/* --- plain ------------------------------------------------------------------------- */

static gboolean
always (void)
{
  return TRUE;
}

static void
plain_gemm_nt (const EngMatF *x, const EngMat *v, EngAhead *ahead, EngMat *z)
{
  gsize p = x->cols;

  for (gsize i = 0; i < x->rows; i++)
    for (gsize j = 0; j < v->rows; j++)
      z->data[i * v->rows + j] = eng_kernel_dot_mixed (p, x->data + i * p,
                                                       v->data + j * p);
}

static void
plain_gemm_tn (const EngMat *z, const EngMatF *x, EngAhead *ahead, EngMat *g)
{
  gsize p = x->cols;

  for (gsize i = 0; i < x->rows; i++)
    for (gsize j = 0; j < z->cols; j++)
      eng_kernel_axpy_mixed (p, z->data[i * z->cols + j], x->data + i * p,
                             g->data + j * p);
}

/* --- tiles ------------------------------------------------------------------------- */

#if defined(__x86_64__)

#define LINE        64 /* bytes */
#define MAX_VECTORS 5

/* One line towards the second-level cache. */
static inline __attribute__ ((always_inline)) void
fetch (EngAhead *ahead)
{
  if (ahead->at >= ahead->end)
    return;
  __builtin_prefetch (ahead->at, 0, 2);
  ahead->at += LINE;
}

/* `left` vectors in as few groups as there can be, of sizes as equal as can be. */
static inline gsize
group_size (gsize left)
{
  gsize groups = (left + MAX_VECTORS - 1) / MAX_VECTORS;

  return (left + groups - 1) / groups;
}

typedef double Wide4 __attribute__ ((vector_size (32)));
typedef double Wide8 __attribute__ ((vector_size (64)));

static gboolean
has_avx2 (void)
{
  return __builtin_cpu_supports ("avx2") && __builtin_cpu_supports ("fma");
}

static gboolean
has_avx512 (void)
{
  return __builtin_cpu_supports ("avx512f") && __builtin_cpu_supports ("avx512vl")
         && has_avx2 ();
}

/* The first n lanes of four, in 32 or 64 bits each. */
#define LANES32(n)                                                                       \
  _mm_cmpgt_epi32 (_mm_set1_epi32 ((int) (n)), _mm_setr_epi32 (0, 1, 2, 3))
#define LANES64(n)                                                                       \
  _mm256_cmpgt_epi64 (_mm256_set1_epi64x ((int) (n)), _mm256_setr_epi64x (0, 1, 2, 3))
#define NAME(x)             x##_avx2
#define TARGET              __attribute__ ((target ("avx2,fma")))
#define WIDTH               4
#define ROWS                2
#define CHUNKS              2
#define WIDE                Wide4
#define WIDEN(x)            ((Wide4) _mm256_cvtps_pd (_mm_loadu_ps (x)))
#define WIDEN_PART(x, n)    ((Wide4) _mm256_cvtps_pd (_mm_maskload_ps (x, LANES32 (n))))
#define LOAD(x)             ((Wide4) _mm256_loadu_pd (x))
#define LOAD_PART(x, n)     ((Wide4) _mm256_maskload_pd (x, LANES64 (n)))
#define STORE(x, a)         _mm256_storeu_pd (x, (__m256d) (a))
#define STORE_PART(x, n, a) _mm256_maskstore_pd (x, LANES64 (n), (__m256d) (a))
#include "eng-skinny-tiles.inc"
#undef NAME
#undef TARGET
#undef WIDTH
#undef ROWS
#undef CHUNKS
#undef WIDE
#undef WIDEN
#undef WIDEN_PART
#undef LOAD
#undef LOAD_PART
#undef STORE
#undef STORE_PART

#define LANES(n)            ((__mmask8) ((1u << (n)) - 1u))
#define NAME(x)             x##_avx512
#define TARGET              __attribute__ ((target ("avx512f,avx512vl,avx2,fma")))
#define WIDTH               8
#define ROWS                4
#define CHUNKS              4
#define WIDE                Wide8
#define WIDEN(x)            ((Wide8) _mm512_cvtps_pd (_mm256_loadu_ps (x)))
#define WIDEN_PART(x, n)    ((Wide8) _mm512_cvtps_pd (_mm256_maskz_loadu_ps (LANES (n), x)))
#define LOAD(x)             ((Wide8) _mm512_loadu_pd (x))
#define LOAD_PART(x, n)     ((Wide8) _mm512_maskz_loadu_pd (LANES (n), x))
#define STORE(x, a)         _mm512_storeu_pd (x, (__m512d) (a))
#define STORE_PART(x, n, a) _mm512_mask_storeu_pd (x, LANES (n), (__m512d) (a))
#include "eng-skinny-tiles.inc"

#endif

const EngSkinny eng_skinny_implementations[] = {
#if defined(__x86_64__)
  { "avx512", has_avx512, gemm_nt_avx512, gemm_tn_avx512 },
  { "avx2", has_avx2, gemm_nt_avx2, gemm_tn_avx2 },
#endif
  { "plain", always, plain_gemm_nt, plain_gemm_tn },
  { NULL },
};

static const EngSkinny *
get_fastest (void)
{
  static const EngSkinny *fastest = NULL; /* atomic; every thread finds the same one */
  const EngSkinny        *found = g_atomic_pointer_get (&fastest);

  if (found != NULL)
    return found;
  found = eng_skinny_implementations;
  while (!found->is_supported ())
    found++;
  g_atomic_pointer_set (&fastest, (gpointer) found);
  return found;
}

void
eng_skinny_gemm_nt (const EngMatF *x, const EngMat *v, EngAhead *ahead, EngMat *z)
{
  g_assert (v->cols == x->cols && z->rows == x->rows && z->cols == v->rows);
  get_fastest ()->gemm_nt (x, v, ahead, z);
}

void
eng_skinny_gemm_tn (const EngMat *z, const EngMatF *x, EngAhead *ahead, EngMat *g)
{
  g_assert (z->rows == x->rows && g->rows == z->cols && g->cols == x->cols);
  get_fastest ()->gemm_tn (z, x, ahead, g);
}
