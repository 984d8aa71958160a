/* SPDX-License-Identifier: GPL-3.0-or-later
 * The counter of allocations. */
#include "malloc-count.h"

#include <errno.h>
#include <malloc.h>
#include <stdlib.h>

static int    armed = 0; /* atomic */
static int    count = 0; /* atomic */
static gssize bytes = 0; /* atomic: handed out and not yet freed */
static gssize start = 0; /* the same when it was armed */
static gssize peak = 0;  /* atomic: its maximum since */

static void
note (gconstpointer block)
{
  gssize now, before;

  if (block == NULL)
    return;
  now = __atomic_add_fetch (&bytes, (gssize) malloc_usable_size ((void *) block),
                            __ATOMIC_RELAXED);
  if (!__atomic_load_n (&armed, __ATOMIC_RELAXED))
    return;
  (void) __atomic_fetch_add (&count, 1, __ATOMIC_RELAXED);
  before = __atomic_load_n (&peak, __ATOMIC_RELAXED);
  while (now > before
         && !__atomic_compare_exchange_n (&peak, &before, now, FALSE, __ATOMIC_RELAXED,
                                          __ATOMIC_RELAXED))
    ;
}

static void
forget (gconstpointer block)
{
  if (block != NULL)
    (void) __atomic_fetch_sub (&bytes, (gssize) malloc_usable_size ((void *) block),
                               __ATOMIC_RELAXED);
}

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)

int __sanitizer_install_malloc_and_free_hooks (void (*malloc_hook) (const volatile void *,
                                                                    gsize),
                                               void (*free_hook) (const volatile void *));

static void
malloc_hook (const volatile void *block, gsize size)
{
  note ((gconstpointer) block);
}

static void
free_hook (const volatile void *block)
{
  forget ((gconstpointer) block);
}

__attribute__ ((constructor)) static void
install (void)
{
  (void) __sanitizer_install_malloc_and_free_hooks (malloc_hook, free_hook);
}

#else

/* glibc's own, under the names that stay when the public ones are replaced. */
void *__libc_malloc (size_t size);
void *__libc_calloc (size_t n, size_t size);
void *__libc_realloc (void *block, size_t size);
void *__libc_memalign (size_t alignment, size_t size);
void  __libc_free (void *block);

void *
malloc (size_t size)
{
  void *block = __libc_malloc (size);

  note (block);
  return block;
}

void *
calloc (size_t n, size_t size)
{
  void *block = __libc_calloc (n, size);

  note (block);
  return block;
}

void *
realloc (void *block, size_t size)
{
  void *moved;

  forget (block);
  moved = __libc_realloc (block, size);
  note (moved);
  return moved;
}

void *
memalign (size_t alignment, size_t size)
{
  void *block = __libc_memalign (alignment, size);

  note (block);
  return block;
}

void *
aligned_alloc (size_t alignment, size_t size)
{
  return memalign (alignment, size);
}

int
posix_memalign (void **block, size_t alignment, size_t size)
{
  *block = memalign (alignment, size);
  return *block != NULL ? 0 : ENOMEM;
}

void
free (void *block)
{
  forget (block);
  __libc_free (block);
}

#endif

void
malloc_count_arm (void)
{
  start = __atomic_load_n (&bytes, __ATOMIC_RELAXED);
  __atomic_store_n (&peak, start, __ATOMIC_RELAXED);
  __atomic_store_n (&count, 0, __ATOMIC_RELAXED);
  __atomic_store_n (&armed, 1, __ATOMIC_SEQ_CST);
}

guint
malloc_count_disarm (void)
{
  __atomic_store_n (&armed, 0, __ATOMIC_SEQ_CST);
  return (guint) __atomic_load_n (&count, __ATOMIC_RELAXED);
}

gsize
malloc_count_peak (void)
{
  return (gsize) (__atomic_load_n (&peak, __ATOMIC_RELAXED) - start);
}
