/* SPDX-License-Identifier: GPL-3.0-or-later
 * EngTensorPower: one direction after the other by power iteration on a Hermite tensor,
 * from several random starts at once: u <- ±T_p (u, ..., u, ·), normalised, with the sign of
 * T_p (u, ..., u) for even p.  What the best of them explains is then taken out of the
 * labels, y <- y − (y·h/h·h) h, h = h_p (u·x) (deep.md section 5).
 *
 * Arena memory; engine thread. */
#pragma once

#include "eng-problem.h"
#include "eng-tensor.h"

G_BEGIN_DECLS

typedef struct
{
  EngTensor *tensor; /* borrowed, with room for all starts */
  guint      degree;
  EngRng    *rng; /* borrowed */
  double    *y;   /* (n) what is left of the labels */
  double    *h;   /* (n) */
  EngMat     u;   /* (starts, d) unit rows */
  EngMat     g;   /* (starts, d) their contractions */
  gsize      best;
} EngTensorPower;

/* y: (n) copied */
void   eng_tensor_power_init (EngTensorPower *self,
                              EngTensor      *tensor,
                              guint           degree,
                              gsize           starts,
                              const double   *y,
                              EngRng         *rng,
                              EngArena       *arena);
double eng_tensor_power_estimate_bytes (const EngSizes *sizes, double starts);

/* Draws new starts.  Returns, as the next two: FALSE if the tensor gave up. */
gboolean eng_tensor_power_begin (EngTensorPower *self, EngLanes *lanes);
/* The contractions of `u`, and which one has the largest |T_p (u, ..., u)|; for whoever has
 * set `u`. */
gboolean eng_tensor_power_update (EngTensorPower *self, EngLanes *lanes);
gboolean eng_tensor_power_step (EngTensorPower *self, EngLanes *lanes);
/* Takes what the best direction explains out of the labels. */
void          eng_tensor_power_deflate (EngTensorPower *self);
const double *eng_tensor_power_get_best (const EngTensorPower *self); /* (d) */

G_END_DECLS
