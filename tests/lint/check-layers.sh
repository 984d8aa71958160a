#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The layers of DESIGN.md, seen in the includes: system headers need no compiler flag to be
# found, so the build alone cannot catch a wrong one.  Usage: check-layers.sh SOURCE-ROOT
cd "$1" || exit 1
number=0

# no_match NAME PATTERN PATH…: nothing in the paths matches.
no_match () {
  name=$1 pattern=$2; shift 2
  number=$((number + 1))
  found=$(grep -rnE --include='*.[ch]' --include='*.inc' --include=meson.build "$pattern" "$@")
  if [ -z "$found" ]; then
    echo "ok $number - $name"
  else
    echo "$found" | sed 's/^/# /'
    echo "not ok $number - $name"
  fi
}

gtk='^#include [<"](gtk|gdk|gsk|adwaita)'
drawing='^#include [<"](cairo|pango)'
algebra='^#include [<"](cblas|lapacke?|openblas|gsl/)'
app='^#include "esc-'

no_match "the engine draws nothing" "$gtk|$drawing" src/engine
no_match "the engine does not know figures or the window" '^#include "(plot|esc|cli)[-.]' src/engine
no_match "libraries translate in their own domain" '^#include <(glib/gi18n.h|libintl.h)>|[^A-Za-z_]n?gettext \(' src/engine src/plot
no_match "the engine prints nothing" '[^a-z_n](g_print|g_printerr|printf|fprintf|puts) \(' src/engine
no_match "figures need no toolkit" "$gtk|$app" src/plot
no_match "figures and windows do no linear algebra" "$algebra" src/plot src/app src/cli
no_match "the command line needs no toolkit" "$gtk" src/cli

others=$(find src/engine -name '*.[ch]' ! -name eng-la.c ! -name eng-la-solvers.c ! -name eng-la-eigh.c)
no_match "BLAS is named in eng-la alone" '^#include <(cblas|lapacke?|openblas)' $others
others=$(find src/engine -name '*.[ch]' ! -name eng-rng.c ! -name eng-quad.c ! -name eng-experiment.c)
no_match "GSL is named in its own modules alone" '^#include <gsl/' $others
no_match "headers show no foreign type" '^#include <(gsl|cblas)|gsl_' $(find src/engine -name '*.h')
others=$(find src -name '*.[ch]' ! -name 'esc-compat.[ch]')
no_match "only esc-compat asks for the release of GTK" '(GTK|ADW|GLIB)_CHECK_VERSION' $others
for learner in src/engine/learners/*.c; do
  no_match "$(basename "$learner") includes no other learner" '^#include "eng-learner-[a-z]' "$learner"
done
for plot in src/plot/plots/*.c; do
  no_match "$(basename "$plot") includes no other plot" '^#include "plot-(loss|spectrum|movement|bands)' "$plot"
done
# The last reference to a task's source object may be dropped in the task's own thread.
no_match "no task owns a widget: its callback's data does" 'g_task_new \((self|object|window|G_OBJECT)' src/app
no_match "no unfinished work" 'TODO|FIXME|XXX' src
no_match "no value-changing compiler switches" '^[^*]*(-ffast-math|-march=native|GCC optimize)' src
echo "1..$number"
