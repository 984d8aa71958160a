/* SPDX-License-Identifier: GPL-3.0-or-later
 * EngRng: named random streams derived from one 64-bit seed.
 *
 * Streams are independent by name (NOTATION "Model, sizes, scales"): teacher, train,
 * noise, test, w0, init, unlabelled, probe, dropout, batch, kick.  Drawing more from one
 * never shifts another.  One thread at a time. */
#pragma once

#include "eng-la.h"
#include "eng-types.h"

G_BEGIN_DECLS

/* About what one takes: a Mersenne twister in 64-bit words. */
#define ENG_RNG_BYTES 5056.0

/* Stream (`seed`, `name`, `index`): its generator is seeded by splitmix64 of the three.
 * Returns: (transfer full). */
EngRng *
eng_rng_new (guint64 seed, const char *name, guint64 index) G_GNUC_WARN_UNUSED_RESULT;
void eng_rng_free (EngRng *self);
/* Goes on where `from` stands.  Allocates nothing. */
void eng_rng_copy (EngRng *self, const EngRng *from);

double eng_rng_gaussian (EngRng *self);       /* N(0, 1) */
double eng_rng_uniform (EngRng *self);        /* in [0, 1) */
double eng_rng_sign (EngRng *self);           /* -1 or +1 */
gsize  eng_rng_below (EngRng *self, gsize n); /* in 0 ... n - 1 */
void   eng_rng_fill_gaussian (EngRng *self, gsize n, double *x);
/* v <- a uniform unit vector of R^d. */
void eng_rng_fill_direction (EngRng *self, gsize d, double *v);
void eng_rng_fill_signs (EngRng *self, gsize n, float *x);
/* A random order of 0 ... n - 1. */
void eng_rng_shuffle (EngRng *self, gsize n, gsize *order);

/* The seed that stream (`seed`, `name`, `index`) gets: splitmix64, for tests. */
guint64 eng_rng_derive (guint64 seed, const char *name, guint64 index);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EngRng, eng_rng_free)

G_END_DECLS
