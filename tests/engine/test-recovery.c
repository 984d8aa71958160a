/* SPDX-License-Identifier: GPL-3.0-or-later
 * Low-rank recovery against the reference: gradient variants, heads, tail, metrics and
 * whole iterations (rank-one.md sections 1 and 3), and its identities: what is never
 * formed equals what is. */
#include "eng-experiment.h"
#include "eng-head.h"
#include "fixture.h"
#include "oracle.h"

#include <math.h>
#include <string.h>

/* Implicit against dense, factored against whole: rounding of sums of 100 terms. */
#define IDENTITY 1e-12
/* Of twenty iterations: a difference in the last bit grows with each. */
#define ITERATED 1e-9

/* The columns of a block as rows.   (cols, rows) */
static EngMat
get_rows (const Oracle *oracle, const char *block, EngArena *arena)
{
  const EngMat *from = oracle_get (oracle, block);
  EngMat        to = eng_arena_mat (arena, from->cols, from->rows);

  for (gsize i = 0; i < from->rows; i++)
    for (gsize j = 0; j < from->cols; j++)
      to.data[j * from->rows + i] = from->data[i * from->cols + j];
  return to;
}

static void
get_matrix (const Oracle *oracle,
            const char   *u,
            const char   *s,
            EngArena     *arena,
            EngLowRank   *l)
{
  EngMat        rows = get_rows (oracle, u, arena);
  const EngMat *values = oracle_get (oracle, s);

  eng_low_rank_init (l, rows.cols, rows.rows, arena);
  l->rank = rows.rows;
  memcpy (l->u.data, rows.data, rows.rows * rows.cols * sizeof (double));
  memcpy (l->s, values->data, rows.rows * sizeof (double));
}

/* Σ_j t_j v_j v_jᵀ as (p, p) numbers. */
static EngMat
expand (const EngMat *v, const double *t, EngArena *arena)
{
  EngMat all = eng_arena_mat (arena, v->cols, v->cols);

  for (gsize k = 0; k < v->rows; k++)
    for (gsize i = 0; i < v->cols; i++)
      for (gsize j = 0; j < v->cols; j++)
        all.data[i * v->cols + j] += t[k] * v->data[k * v->cols + i]
                                     * v->data[k * v->cols + j];
  return all;
}

static void
check_dense (const Oracle *oracle,
             const char   *block,
             const EngMat *v,
             const double *t,
             EngArena     *arena)
{
  EngMat all = expand (v, t, arena);

  oracle_check (oracle, block, all.rows * all.cols, all.data, ORACLE_DOUBLE);
}

typedef struct
{
  Oracle        *oracle;
  EngArena      *arena;
  EngMatF        x;
  const EngMat  *y;
  EngLowRank     l, truth;
  EngSamples     samples;
  EngSensing     sensing;
  EngHead        head;
  EngLowRankWork work;
} Operators;

static void
operators_init (Operators *self, EngSensingGradient gradient)
{
  self->oracle = oracle_load ("rankone_operators");
  self->arena = eng_arena_new ();
  self->x = oracle_float (self->oracle, "X", self->arena);
  self->y = oracle_get (self->oracle, "y");
  get_matrix (self->oracle, "U", "s", self->arena, &self->l);
  get_matrix (self->oracle, "U0", "s0", self->arena, &self->truth);
  eng_sensing_init (&self->sensing, gradient, 8, self->x.rows, 8, self->arena);
  eng_samples_init_given (&self->samples, &self->x, self->y->data);
  eng_sensing_set_samples (&self->sensing, &self->samples);
  eng_sensing_set_estimate (&self->sensing, &self->l, NULL, NULL);
  eng_head_init (&self->head, &self->sensing, 8, 8, 4, TRUE, self->arena);
  eng_low_rank_work_init (&self->work, 8, 12, self->arena);
}

static void
operators_clear (Operators *self)
{
  eng_arena_free (self->arena);
  oracle_free (self->oracle);
}

/* --- operators --------------------------------------------------------------------- */

static void
check_gradient (EngSensingGradient gradient, const char *name)
{
  Operators        self;
  g_autofree char *applied = g_strdup_printf ("%s.GV", name);
  g_autofree char *dense = g_strdup_printf ("%s.G", name);
  g_autofree char *norm = g_strdup_printf ("%s.norm_F", name);
  EngMat           v, gv, g, images;

  operators_init (&self, gradient);
  v = get_rows (self.oracle, "V", self.arena);
  gv = eng_arena_mat (self.arena, v.rows, v.cols);
  g = eng_arena_mat (self.arena, 8, 8);
  images = get_rows (self.oracle, applied, self.arena);
  eng_sensing_apply (&self.sensing, &v, NULL, &gv);
  g_assert_cmpfloat (oracle_error (gv.rows * gv.cols, gv.data, images.data), <=,
                     ORACLE_DOUBLE);
  eng_sensing_get_dense (&self.sensing, NULL, &g);
  oracle_check_value (self.oracle, norm, eng_la_norm (64, g.data), ORACLE_DOUBLE);
  if (oracle_has (self.oracle, dense))
    oracle_check (self.oracle, dense, 64, g.data, ORACLE_DOUBLE);
  operators_clear (&self);
}

static void
test_gradients (void)
{
  check_gradient (ENG_SENSING_CENTRED, "centred");
  check_gradient (ENG_SENSING_PAPER, "paper");
  check_gradient (ENG_SENSING_RAW, "raw");
  check_gradient (ENG_SENSING_PRINTED, "printed");
  check_gradient (ENG_SENSING_WRONG_SIGN, "wrongsign");
}

static void
test_measurements (void)
{
  Operators self;
  double    a[96];

  operators_init (&self, ENG_SENSING_CENTRED);
  eng_low_rank_evaluate (&self.l, &self.x, NULL, a);
  oracle_check (self.oracle, "A_of_L", 96, a, ORACLE_DOUBLE);
  for (gsize i = 0; i < 96; i++)
    g_assert_cmpfloat (fabs (a[i] - self.y->data[i] - self.sensing.c[i]), <, 1e-12);
  oracle_check_value (self.oracle, "centred_loss",
                      self.sensing.c_sd * self.sensing.c_sd / 4.0, ORACLE_DOUBLE);
  oracle_check_value (self.oracle, "intercept", -self.sensing.c_mean, ORACLE_DOUBLE);
  operators_clear (&self);
}

static EngMat
head_vectors (const EngHead *head)
{
  return (EngMat){ head->k, head->v.cols, head->v.data };
}

static void
check_head (Operators *self, const char *block)
{
  EngMat v = head_vectors (&self->head);

  check_dense (self->oracle, block, &v, self->head.theta, self->arena);
}

/* The estimate after a step along −0.75 times the head. */
static void
check_tail (Operators *self, const char *block, const char *eigenvalues)
{
  EngMat v = head_vectors (&self->head), u;
  double t[8];

  for (gsize j = 0; j < v.rows; j++)
    t[j] = -0.75 * self->head.theta[j];
  g_assert_true (eng_low_rank_add (&self->l, &v, t, 2, &self->work));
  u = eng_low_rank_terms (&self->l);
  check_dense (self->oracle, block, &u, self->l.s, self->arena);
  if (eigenvalues != NULL)
    oracle_check (self->oracle, eigenvalues, 2, self->l.s, ORACLE_DOUBLE);
}

static void
test_heads (void)
{
  g_autoptr (EngRng) rng = eng_rng_new (1, "test", 0);
  Operators          self;
  EngMat             v;

  operators_init (&self, ENG_SENSING_CENTRED);
  g_assert_true (eng_head_find_exact (&self.head, 8, NULL));
  oracle_check (self.oracle, "G_eigenvalues", 8, self.head.theta, ORACLE_DOUBLE);
  g_assert_true (eng_head_find_exact (&self.head, 2, NULL));
  check_head (&self, "head_r");
  /* Long Krylov runs span everything, so these are exact too. */
  g_assert_true (eng_head_find_implicit (&self.head, 4, 2, NULL, rng, NULL));
  check_head (&self, "head_2r");
  g_assert_true (eng_head_find_dense (&self.head, 4, 2, NULL, rng, NULL));
  check_head (&self, "head_2r");
  g_assert_true (eng_head_find_lazy (&self.head, 4, rng, NULL));
  check_head (&self, "head_2r");
  g_assert_true (eng_head_find_exact (&self.head, 4, NULL));
  check_head (&self, "head_2r");
  v = head_vectors (&self.head);
  oracle_check_value (self.oracle, "line_search",
                      eng_sensing_line_search (&self.sensing, &v, self.head.theta, NULL),
                      ORACLE_DOUBLE);
  check_tail (&self, "tail", "tail_eigenvalues");
  operators_clear (&self);
}

static void
test_tangent (void)
{
  Operators self;
  EngMat    gu;

  operators_init (&self, ENG_SENSING_CENTRED);
  gu = eng_arena_mat (self.arena, self.l.rank, self.l.u.cols);
  eng_sensing_set_estimate (&self.sensing, &self.l, NULL, &gu);
  g_assert_true (eng_head_project_tangent (&self.head, &self.l, &gu));
  g_assert_cmpuint (self.head.k, ==, 4);
  check_head (&self, "tangent_head");
  check_tail (&self, "tangent_tail", NULL);
  operators_clear (&self);
}

/* One to four products with the operator, from a given start. */
static void
check_krylov (Operators *self, const char *name, const EngMat *start)
{
  g_autofree char *head = g_strdup_printf ("%s.head_q3", name);
  const EngMat    *rows = oracle_get (self->oracle, name);
  double           exact[2];

  g_assert_true (eng_head_find_exact (&self->head, 2, NULL));
  memcpy (exact, self->head.theta, sizeof exact);
  for (gsize q = 1; q <= 4; q++)
    {
      double want[3], got[3];

      g_assert_true (eng_head_find_implicit (&self->head, 2, q, start, NULL, NULL));
      memcpy (want, rows->data + (q - 1) * 3, sizeof want);
      got[0] = self->head.theta[0];
      got[1] = self->head.theta[1];
      got[2] = hypot (got[0], got[1]) / hypot (exact[0], exact[1]);
      g_assert_cmpfloat (oracle_error (3, got, want), <=, ORACLE_DOUBLE);
      if (q == 3)
        check_head (self, head);
    }
}

static void
test_krylov (void)
{
  Operators self;
  EngMat    start, u;

  operators_init (&self, ENG_SENSING_CENTRED);
  start = get_rows (self.oracle, "S", self.arena);
  check_krylov (&self, "krylov", &start);
  u = eng_low_rank_terms (&self.l);
  check_krylov (&self, "krylov_warm", &u);
  operators_clear (&self);
}

/* A start that depends on itself, and an operator of low rank: fewer pairs, all right. */
static void
apply_rank_two (gpointer data, const EngMat *v, EngMat *av)
{
  memset (av->data, 0, av->rows * av->cols * sizeof (double));
  for (gsize i = 0; i < v->rows; i++)
    {
      av->data[i * v->cols] = 3.0 * v->data[i * v->cols];
      av->data[i * v->cols + 4] = -5.0 * v->data[i * v->cols + 4];
    }
}

static void
test_exhausted (void)
{
  g_autoptr (EngArena) arena = eng_arena_new ();
  g_autoptr (EngRng)   rng = eng_rng_new (3, "test", 0);
  EngKrylov            krylov;
  EngMat               v = eng_arena_mat (arena, 4, 9);
  EngMat               start = eng_arena_mat (arena, 2, 9);
  double               theta[4];
  gsize                n;

  eng_krylov_init (&krylov, 9, 4, 24, arena);
  start.data[0] = start.data[9] = 1.0;
  n = eng_krylov_find (&krylov, apply_rank_two, NULL, 4, 4, 6, &start, rng, &v, theta);
  g_assert_cmpuint (n, >=, 2);
  g_assert_cmpfloat (fabs (theta[0] + 5.0), <, 1e-12);
  g_assert_cmpfloat (fabs (theta[1] - 3.0), <, 1e-12);
  for (gsize j = 2; j < n; j++)
    g_assert_cmpfloat (fabs (theta[j]), <, 1e-12);
}

/* --- metrics ----------------------------------------------------------------------- */

static void
test_metrics (void)
{
  Operators self;
  double    angles[2], norm;

  operators_init (&self, ENG_SENSING_CENTRED);
  norm = eng_low_rank_distance (&self.l, &self.truth, &self.work);
  oracle_check_value (self.oracle, "error_F", norm, ORACLE_DOUBLE);
  oracle_check_value (self.oracle, "error_relative",
                      norm / eng_low_rank_norm (&self.truth), ORACLE_DOUBLE);
  oracle_check_value (self.oracle, "test_nmse",
                      eng_low_rank_test_error (&self.l, &self.truth, &self.work),
                      ORACLE_DOUBLE);
  g_assert_cmpuint (eng_low_rank_angles (&self.l, &self.truth, &self.work, angles), ==,
                    2);
  oracle_check (self.oracle, "principal_angles", 2, angles, ORACLE_DOUBLE);
  /* Of a matrix to itself: exactly nothing, not the root of rounding. */
  g_assert_cmpfloat (eng_low_rank_distance (&self.l, &self.l, &self.work), <, 1e-15);
  operators_clear (&self);
}

static void
test_weights (void)
{
  Oracle              *oracle = oracle_load ("rankone");
  g_autoptr (EngArena) arena = eng_arena_new ();
  EngLowRank           truth;
  EngMat               w, want = get_rows (oracle, "weights.w", arena);
  double               alpha[2];

  get_matrix (oracle, "U0", "s0", arena, &truth);
  w = eng_arena_mat (arena, 2, 12);
  eng_low_rank_get_weights (&truth, alpha, &w);
  oracle_check (oracle, "weights.alpha", 2, alpha, ORACLE_DOUBLE);
  g_assert_cmpfloat (oracle_error (24, w.data, want.data), <=, ORACLE_DOUBLE);
  oracle_free (oracle);
}

/* --- iterations -------------------------------------------------------------------- */

/* The standard deviation of a block. */
static double
measure_spread (const EngMat *block)
{
  double n = (double) (block->rows * block->cols), mean = 0.0, square = 0.0;

  for (gsize i = 0; i < block->rows * block->cols; i++)
    mean += block->data[i] / n;
  for (gsize i = 0; i < block->rows * block->cols; i++)
    square += pow (block->data[i] - mean, 2.0) / n;
  return sqrt (square);
}

/* Runs a learner on the oracle's batch and compares every iteration: step, spread of the
 * residual, error, trace, eigenvalues. */
static void
check_iterations (const char *block, const char *learner, const char *settings)
{
  Oracle          *oracle = oracle_load ("rankone");
  const EngMat    *want = oracle_get (oracle, block);
  g_autofree char *third = g_strdup_printf ("%s.L3", block);
  Fixture          fixture;
  Student          student;
  const EngMat    *y;
  EngLowRankWork   work;
  EngMatF          x;
  double           y_spread;

  fixture_init (&fixture, 1);
  x = oracle_float (oracle, "X", fixture.arena);
  y = oracle_get (oracle, "y");
  fixture_set_train (&fixture, &x, y->data);
  y_spread = measure_spread (y);
  get_matrix (oracle, "U0", "s0", fixture.arena, &fixture.problem.truth);
  eng_low_rank_work_init (&work, 12, 4, fixture.arena);
  student_init (&student, &fixture, learner, settings);
  student_prepare (&student, &fixture, NULL);
  for (gsize t = 0; t < want->rows; t++)
    {
      const EngLowRank *l = eng_learner_low_rank (student.learner);
      double            got[6], columns[ENG_LEARNER_MAX_COLUMNS];

      g_assert_cmpint (eng_learner_step (student.learner, NULL), ==, ENG_STATUS_CONTINUE);
      student.learner->klass->measure (student.learner, columns);
      got[0] = student.learner->step_size;
      got[1] = columns[0] * y_spread;
      got[2] = eng_low_rank_distance (l, &fixture.problem.truth, &work)
               / eng_low_rank_norm (&fixture.problem.truth);
      got[3] = eng_low_rank_trace (l);
      got[4] = l->s[0];
      got[5] = l->s[1];
      g_assert_cmpfloat (oracle_error (6, got, want->data + t * 6), <=, ITERATED);
      if (t == 2)
        {
          EngMat u = eng_low_rank_terms (l), all = expand (&u, l->s, fixture.arena);

          oracle_check (oracle, third, 144, all.data, ITERATED);
        }
    }
  student_clear (&student);
  fixture_clear (&fixture);
  oracle_free (oracle);
}

static void
test_iterations (void)
{
  check_iterations ("ep", "ep-rom", "samples=batch\nfit-rank=2\nstep-size=0.8\n");
  check_iterations (
      "ap_fixed", "ap-rom",
      "samples=batch\ngrowth=none\nfit-rank=2\nhead=exact\nstep-size=0.8\n");
  check_iterations ("ap_ls", "ap-rom",
                    "samples=batch\ngrowth=none\nfit-rank=2\nhead=exact\n");
  /* Its first head: six passes of two vectors are all twelve dimensions. */
  check_iterations ("tangent", "ap-rom",
                    "samples=batch\ngrowth=none\nfit-rank=2\nhead=tangent\n");
}

/* --- identities -------------------------------------------------------------------- */

#define P 70
#define M 333
#define R 6

typedef struct
{
  EngArena  *arena;
  EngMatF    x;
  double    *y;
  EngLowRank l;
  EngSamples samples;
  EngSensing sensing;
} Large;

static void
large_init (Large *self)
{
  g_autoptr (EngRng) rng = eng_rng_new (17, "test", 0);
  EngMat             u;

  self->arena = eng_arena_new ();
  self->x = eng_arena_matf (self->arena, M, P);
  self->y = eng_arena_doubles (self->arena, M);
  for (gsize i = 0; i < M * P; i++)
    self->x.data[i] = (float) eng_rng_gaussian (rng);
  eng_rng_fill_gaussian (rng, M, self->y);
  eng_low_rank_init (&self->l, P, R, self->arena);
  self->l.rank = R;
  u = eng_low_rank_terms (&self->l);
  eng_rng_fill_gaussian (rng, R * P, u.data);
  g_assert_cmpuint (eng_low_rank_orthonormalise (&u, NULL), ==, R);
  for (gsize j = 0; j < R; j++)
    self->l.s[j] = (j % 2 == 0 ? 1.0 : -1.0) / (double) (j + 1);
  eng_sensing_init (&self->sensing, ENG_SENSING_PAPER, P, M, 2 * R, self->arena);
  eng_samples_init_given (&self->samples, &self->x, self->y);
  eng_sensing_set_samples (&self->sensing, &self->samples);
}

static void
test_implicit (void)
{
  static const guint threads[] = { 1, 2, 3 };
  Large              self;
  EngMat             v, gv, together, first, dense, want;

  large_init (&self);
  v = eng_low_rank_terms (&self.l);
  gv = eng_arena_mat (self.arena, R, P);
  together = eng_arena_mat (self.arena, R, P);
  first = eng_arena_mat (self.arena, R, P);
  want = eng_arena_mat (self.arena, R, P);
  dense = eng_arena_mat (self.arena, P, P);
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    {
      g_autoptr (EngLanes) lanes = eng_lanes_new (threads[i]);

      eng_sensing_set_estimate (&self.sensing, &self.l, lanes, &together);
      eng_sensing_apply (&self.sensing, &v, lanes, &gv);
      if (i == 0)
        memcpy (first.data, gv.data, R * P * sizeof (double));
      g_assert_cmpmem (first.data, R * P * sizeof (double), gv.data,
                       R * P * sizeof (double));
      eng_sensing_get_dense (&self.sensing, lanes, &dense);
      eng_la_gemm_nn (1.0, &v, &dense, 0.0, &want);
      g_assert_cmpfloat (oracle_error (R * P, gv.data, want.data), <=, IDENTITY);
      /* In the pass of the estimate itself. */
      g_assert_cmpfloat (oracle_error (R * P, together.data, want.data), <=, IDENTITY);
    }
  eng_arena_free (self.arena);
}

/* The factored tail against the whole eigenproblem, with vectors that nearly depend. */
static void
test_factored (void)
{
  Large          self;
  EngLowRankWork work;
  EngMat         v, all, sum, u, got;
  double         t[R], values[P];

  large_init (&self);
  eng_low_rank_work_init (&work, P, 2 * R, self.arena);
  v = eng_arena_mat (self.arena, R, P);
  for (gsize i = 0; i < R * P; i++)
    v.data[i] = self.l.u.data[i] + 1e-6 * self.x.data[i];
  for (gsize j = 0; j < R; j++)
    t[j] = 0.3 + 0.1 * (double) j;
  u = eng_low_rank_terms (&self.l);
  all = expand (&u, self.l.s, self.arena);
  sum = expand (&v, t, self.arena);
  eng_la_axpy (P * P, 1.0, all.data, sum.data);
  g_assert_true (eng_low_rank_add (&self.l, &v, t, 3, &work));
  g_assert_cmpuint (self.l.rank, ==, 3);
  g_assert_true (eng_la_eigh (&sum, TRUE, values, NULL));
  /* The three of largest modulus, whichever end they are at. */
  {
    gsize  order[3];
    EngMat want = eng_arena_mat (self.arena, P, P);

    eng_la_largest (P, values, 3, order);
    for (gsize k = 0; k < 3; k++)
      {
        EngMat one = { 1, P, sum.data + order[k] * P };
        EngMat term = expand (&one, &values[order[k]], self.arena);

        eng_la_axpy (P * P, 1.0, term.data, want.data);
        g_assert_cmpfloat (fabs (self.l.s[k] - values[order[k]]), <, IDENTITY);
      }
    u = eng_low_rank_terms (&self.l);
    got = expand (&u, self.l.s, self.arena);
    g_assert_cmpfloat (oracle_error (P * P, got.data, want.data), <=, IDENTITY);
  }
  eng_arena_free (self.arena);
}

/* What is not a number is no step: the estimate stays. */
static void
test_not_finite (void)
{
  Large          self;
  EngLowRankWork work;
  EngMat         v;
  double         t[1] = { NAN }, before;

  large_init (&self);
  eng_low_rank_work_init (&work, P, R + 1, self.arena);
  v = eng_arena_mat (self.arena, 1, P);
  v.data[0] = 1.0;
  before = eng_low_rank_norm (&self.l);
  g_assert_false (eng_low_rank_add (&self.l, &v, t, R, &work));
  g_assert_cmpfloat (eng_low_rank_norm (&self.l), ==, before);
  g_assert_cmpuint (self.l.rank, ==, R);
  eng_arena_free (self.arena);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  eng_init ();
  g_test_add_func ("/engine/recovery/gradients", test_gradients);
  g_test_add_func ("/engine/recovery/measurements", test_measurements);
  g_test_add_func ("/engine/recovery/heads", test_heads);
  g_test_add_func ("/engine/recovery/tangent", test_tangent);
  g_test_add_func ("/engine/recovery/krylov", test_krylov);
  g_test_add_func ("/engine/recovery/exhausted", test_exhausted);
  g_test_add_func ("/engine/recovery/metrics", test_metrics);
  g_test_add_func ("/engine/recovery/weights", test_weights);
  g_test_add_func ("/engine/recovery/iterations", test_iterations);
  g_test_add_func ("/engine/recovery/implicit", test_implicit);
  g_test_add_func ("/engine/recovery/factored", test_factored);
  g_test_add_func ("/engine/recovery/not-finite", test_not_finite);
  return g_test_run ();
}
