/* SPDX-License-Identifier: GPL-3.0-or-later
 * The pool: lanes are claimed one by one from a ticket that names job and lane at once,
 * so a thread that wakes late can never take a lane of a job it has not read. */
#include "config.h"

#include "eng-lanes.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Rounds of waiting before a thread sleeps: some tens of microseconds, the gap between
 * the phases of one step. */
#define SPIN_ROUNDS 4000
/* No lane has this number. */
#define CHANGING 0xffffffffu

typedef _Atomic (EngLaneFunc) AtomicFunc;
typedef _Atomic (gpointer)    AtomicData;

struct _EngLanes
{
  guint           n_threads; /* caller included */
  GThread       **workers;   /* (n_threads - 1) */
  pthread_mutex_t lock;
  pthread_cond_t  wake;

  /* The job.  `ticket` is (job number << 32 | next lane); fields are only written while
   * no lane of the previous job is running. */
  atomic_uint_fast64_t ticket;
  AtomicFunc           func;
  AtomicData           data;
  atomic_uint          n_lanes;
  atomic_uint          completed;
  atomic_uint          sleepers;
  atomic_uint          started; /* workers */
  atomic_bool          quit;
};

static inline void
relax (void)
{
#if defined(__x86_64__) || defined(__i386__)
  __builtin_ia32_pause ();
#else
  sched_yield ();
#endif
}

void
eng_lanes_be_nice (void)
{
  /* Priorities are per thread on Linux.  Failure only means politeness is not needed. */
  (void) setpriority (PRIO_PROCESS, (id_t) syscall (SYS_gettid), 19);
}

/* Runs lanes of job `job` until none is left. */
static void
work_on (EngLanes *self, guint64 job)
{
  for (;;)
    {
      uint_fast64_t ticket = atomic_load_explicit (&self->ticket, memory_order_acquire);
      EngLaneFunc   func = atomic_load_explicit (&self->func, memory_order_acquire);
      gpointer      data = atomic_load_explicit (&self->data, memory_order_acquire);
      guint         n_lanes = atomic_load_explicit (&self->n_lanes, memory_order_acquire);
      guint         lane = (guint) (ticket & 0xffffffffu);

      if (ticket >> 32 != job || lane >= n_lanes)
        return;
      if (!atomic_compare_exchange_weak_explicit (&self->ticket, &ticket, ticket + 1,
                                                  memory_order_acq_rel,
                                                  memory_order_relaxed))
        continue;
      func (lane, data);
      atomic_fetch_add_explicit (&self->completed, 1, memory_order_release);
    }
}

/* The newest job whose fields are all set: while they change, the ticket holds CHANGING
 * and its job is not there yet. */
static guint64
current_job (EngLanes *self)
{
  uint_fast64_t ticket = atomic_load (&self->ticket);

  return (ticket >> 32) - ((ticket & 0xffffffffu) == CHANGING ? 1 : 0);
}

static void
sleep_until_job (EngLanes *self, guint64 seen)
{
  pthread_mutex_lock (&self->lock);
  atomic_fetch_add (&self->sleepers, 1);
  while (current_job (self) == seen && !atomic_load (&self->quit))
    pthread_cond_wait (&self->wake, &self->lock);
  atomic_fetch_sub (&self->sleepers, 1);
  pthread_mutex_unlock (&self->lock);
}

static gpointer
worker_main (gpointer data)
{
  EngLanes *self = data;
  guint64   seen = 0;

  atomic_fetch_add (&self->started, 1);
  while (!atomic_load (&self->quit))
    {
      for (guint i = 0; i < SPIN_ROUNDS && current_job (self) == seen; i++)
        relax ();
      if (current_job (self) == seen)
        sleep_until_job (self, seen);
      seen = current_job (self);
      work_on (self, seen);
    }
  return NULL;
}

EngLanes *
eng_lanes_new (guint n_threads)
{
  EngLanes *self = g_new0 (EngLanes, 1);

  self->n_threads = n_threads > 0 ? n_threads : MAX (g_get_num_processors (), 1);
  self->n_threads = MIN (self->n_threads, ENG_N_LANES);
  pthread_mutex_init (&self->lock, NULL);
  pthread_cond_init (&self->wake, NULL);
  self->workers = g_new0 (GThread *, self->n_threads);
  for (guint i = 0; i + 1 < self->n_threads; i++)
    self->workers[i] = g_thread_new ("escapement-lane", worker_main, self);
  /* What a thread allocates where it begins is not to fall into somebody's first step. */
  while (atomic_load (&self->started) + 1 < self->n_threads)
    sched_yield ();
  return self;
}

static void
wake_all (EngLanes *self)
{
  pthread_mutex_lock (&self->lock);
  pthread_cond_broadcast (&self->wake);
  pthread_mutex_unlock (&self->lock);
}

void
eng_lanes_free (EngLanes *self)
{
  atomic_store (&self->quit, true);
  wake_all (self);
  for (guint i = 0; i + 1 < self->n_threads; i++)
    g_thread_join (self->workers[i]);
  pthread_cond_destroy (&self->wake);
  pthread_mutex_destroy (&self->lock);
  g_free (self->workers);
  g_free (self);
}

guint
eng_lanes_get_n_threads (const EngLanes *self)
{
  return self->n_threads;
}

void
eng_lanes_run (EngLanes *self, guint n_lanes, EngLaneFunc func, gpointer data)
{
  guint64 job;

  if (self == NULL || self->n_threads == 1 || n_lanes <= 1)
    {
      for (guint lane = 0; lane < n_lanes; lane++)
        func (lane, data);
      return;
    }
  job = (current_job (self) + 1) & 0xffffffffu;
  /* A number no ticket of the new job can be confused with, while the fields change. */
  atomic_store (&self->ticket, (job << 32) | CHANGING);
  atomic_store_explicit (&self->func, func, memory_order_release);
  atomic_store_explicit (&self->data, data, memory_order_release);
  atomic_store_explicit (&self->n_lanes, n_lanes, memory_order_release);
  atomic_store_explicit (&self->completed, 0, memory_order_relaxed);
  atomic_store (&self->ticket, job << 32);
  if (atomic_load (&self->sleepers) > 0)
    wake_all (self);
  work_on (self, job);
  while (atomic_load_explicit (&self->completed, memory_order_acquire) < n_lanes)
    relax ();
}
