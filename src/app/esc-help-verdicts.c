/* SPDX-License-Identifier: GPL-3.0-or-later
 * The words of the foot, with the rules they are given by (eng-verdict.h,
 * eng-verdict-matrix.c). */
#include "config.h"

#include "esc-help.h"

#include <glib/gi18n.h>

#define VERDICT ESC_HELP_VERDICT

const EscHelpEntry esc_help_verdicts[] = {
  /* --- regimes --------------------------------------------------------------------- */
  { VERDICT, "lazy", NULL, N_ ("Lazy"),
    "kernel drift < 10 %  and  linearisation gap < 10 %",
    N_ ("A full network whose tangent kernel has changed by less than a tenth of its size, "
        "and whose predictions differ from those of the network linearised at its start by "
        "less than a tenth. The lazy student is linearised by construction."),
    N_ ("The foot of the window") },
  { VERDICT, "lazy-like", NULL, N_ ("Lazy-like"), "share of Q2 > 80 %",
    N_ ("A quadratic or joint student with more than four fifths of its movement in Q2: it "
        "fits its samples as a linearised network does."),
    N_ ("The foot of the window") },
  { VERDICT, "rich", NULL, N_ ("Rich"), "kernel drift > 40 %;  share of Q3 > 80 %",
    N_ ("The regime beyond the lazy one. A full network is rich when its tangent kernel has "
        "changed by more than 40 % of its size; a quadratic or joint student when more than "
        "four fifths of its movement are in Q3. If it has left more than half of the "
        "linear part unlearned, the foot says that too."),
    N_ ("The foot of the window") },
  { VERDICT, "between", NULL, N_ ("In Between"), NULL,
    N_ ("The regime of a run that is neither lazy nor rich: its kernel has changed, but by "
        "less than 40 %, or no band has more than four fifths of its movement."),
    N_ ("The foot of the window") },
  { VERDICT, "undecided", NULL, N_ ("Undecided, Too Early to Say"), NULL,
    N_ ("Too early is before step 20 of a student, before step 3 of a matrix method, and as "
        "long as the train loss has fallen by less than 1 %. Undecided is a run of which "
        "what would tell is not recorded, or whose probes do not tell Q2 from Q3."),
    N_ ("The foot of the window") },
  { VERDICT, "diverged", NULL, N_ ("Diverged"), NULL,
    N_ ("Its numbers grew beyond all bounds. The run keeps its last finite record, and the "
        "others go on. Where a largest stable step size is known, the foot compares."),
    N_ ("The foot of the window; crosses at the ends of curves") },

  /* --- where the loss goes ---------------------------------------------------------- */
  { VERDICT, "falling", NULL, N_ ("Still Falling"), NULL,
    N_ ("Neither stalled nor overfitting nor stopped by a rule: more steps may help."),
    N_ ("The foot of the window") },
  { VERDICT, "stalled", NULL, N_ ("Stalled"), NULL,
    N_ ("Of a student: since the step that is named its test loss has been within 2 % of its "
        "smallest, for at least a fifth of the steps taken and a twentieth of those "
        "planned. Of a matrix method: the error has come no nearer to 0 for at least five "
        "iterations and a fifth of all, or hardly changed before the run ended, though "
        "neither the noise nor its rank explains it. A small residual beside a large error "
        "then is a point where the samples are fitted by another matrix."),
    N_ ("The foot of the window") },
  { VERDICT, "overfitting", NULL, N_ ("Overfitting"), NULL,
    N_ ("The newest test loss is more than 10 % above the smallest one, which is named with "
        "its step."),
    N_ ("The foot of the window") },
  { VERDICT, "converged", NULL, N_ ("Converged"), NULL,
    N_ ("The run met a rule by which it was to stop before its last step."),
    N_ ("The foot of the window") },
  { VERDICT, "memorises", NULL, N_ ("It Memorises the Sample"), NULL,
    N_ ("Most of the movement is in Q2, and the train loss is less than half of a test loss "
        "above 0.1: what was learned is true of the samples, not of the teacher."),
    N_ ("The foot of the window") },

  /* --- matrices --------------------------------------------------------------------- */
  { VERDICT, "recovered", NULL, N_ ("Recovered"), "‖L̂ − L*‖ / ‖L*‖ ≤ 10^−6",
    N_ ("The matrix is found: its relative error is at most a millionth. The foot names the "
        "step, and what each step left of the error, beside what theory says."),
    N_ ("The foot of the window; the dotted line of Recovery") },
  { VERDICT, "recovering", NULL, N_ ("Recovering"), NULL,
    N_ ("The error still falls. The rate is what a step leaves of it, on average over the "
        "latest half of the steps. For own data, of which no true matrix is known, the "
        "residual on the samples takes the place of the error."),
    N_ ("The foot of the window") },
  { VERDICT, "noise-floor", NULL, N_ ("At the Noise Floor"), NULL,
    N_ ("It has stopped where the noise of the labels lets it come no nearer: its residual "
        "is at most 1.3 times the noise, and its error at most three times."),
    N_ ("The foot of the window") },
  { VERDICT, "wrong-rank", NULL, N_ ("Wrong Rank"), NULL,
    N_ ("It has stopped, and its estimate has a smaller rank than the true matrix: it cannot "
        "come nearer."),
    N_ ("The foot of the window") },

  /* --- methods without neurons ------------------------------------------------------- */
  { VERDICT, "fitted", NULL, N_ ("Fitted"), NULL,
    N_ ("A method without neurons that move, such as a kernel, is neither lazy nor rich: the "
        "foot gives its train and test loss."),
    N_ ("The foot of the window") },
  { VERDICT, "unlearned", NULL, N_ ("No Better Than the Mean"), "test loss ≥ 0.95",
    N_ ("Losses are relative to the variance of the teacher, so that always predicting its "
        "mean has a test loss of 1. A method without neurons that comes to 0.95 or more has "
        "learned nothing that is worth speaking of."),
    N_ ("The foot of the window") },
  { 0 },
};
