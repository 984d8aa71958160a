#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# escapement-cli from outside, as a script would use it: files, exit statuses, messages.
# Usage: test-cli.sh PATH-TO-ESCAPEMENT-CLI FOLDER-OF-TRANSLATIONS FOLDER-OF-LOCALES
cli=$(realpath "$1")
translations=$(realpath "$2")
locales=$(realpath "$3")
here=$(cd "$(dirname "$0")" && pwd)
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir" || exit 1
number=0

# ok STATUS NAME: one TAP line.
ok () {
  number=$((number + 1))
  if [ "$1" -eq 0 ]; then echo "ok $number - $2"; else echo "not ok $number - $2"; fi
}

# refused NAME WORDS ARGUMENT…: exit status 2, WORDS on standard error, no output folder.
refused () {
  refused_with 2 "$@"
}

# refused_with STATUS NAME WORDS ARGUMENT…
refused_with () {
  expected=$1 name=$2 words=$3; shift 3
  rm -rf out
  "$cli" run "$@" --out out >stdout 2>stderr
  status=$?
  [ $status -eq "$expected" ] && grep -q -- "$words" stderr && [ ! -e out ]
  result=$?
  [ $result -eq 0 ] || { echo "# exit status $status"; sed 's/^/# /' stderr; }
  ok $result "$name"
}

# A small experiment with all four runs, a fraction of a second.
small="--set problem.d=12 --set problem.n=60 --set problem.n-test=400 --set run.*.m=60 --set run.*.steps=120"

# --- files ---------------------------------------------------------------------------
"$cli" run joint-quick-quad $small --out one --quiet --threads 1 --arrays --figures png --figures pdf >stdout
ok $? "a preset trains"
[ ! -s stdout ]
ok $? "--quiet prints nothing"
for file in joint-quick-quad.escapement traces.csv spectrum.csv neurons.csv summary.ini \
    loss.svg spectrum.svg movement.svg bands.svg terms.svg neurons.svg loss.png bands.pdf \
    x-train.npy run4-w.npy; do
  [ -s "one/$file" ]
  ok $? "writes $file"
done
for key in learner label status steps seconds train-loss test-loss best-test-loss test-low \
    test-high movement relative-movement norm-2-4 largest-row energy-q1 energy-q2 energy-q3 \
    recovered-degree-1 recovered-degree-2 kernel-drift linearisation-gap step-size stable-below; do
  [ "$(grep -c "^$key=" one/summary.ini)" -eq 4 ]
  ok $? "summary.ini has $key for every run"
done
head -n 1 one/traces.csv | grep -q '^run,step,seconds,train-loss,test-loss'
ok $? "traces.csv names its columns"
/usr/bin/python3 "$here/recompute.py" one
ok $? "losses, movement and terms recomputed from the arrays agree"

"$cli" run ap-rom-tiny --set 'run.*.steps=9' --out factors --quiet --arrays
ok $? "matrices are recovered in part"
/usr/bin/python3 "$here/recompute-matrix.py" factors
ok $? "errors, angles and losses recomputed from the factors of the matrices agree"

# trained NAME RUN…: NAME.escapement with these runs on the teacher in standard input, its losses
# recomputed from the arrays, which are the same with any number of threads.
trained () {
  name=$1 number_of_run=0; shift
  { printf '[experiment]\nversion=1\n[problem]\ninputs=gaussian\nd=6\nn=150\nn-test=200\n'; cat
    for run in "$@"; do
      number_of_run=$((number_of_run + 1)); printf '[run.%d]\n%b\n' $number_of_run "$run"
    done; } >"$name.escapement"
  "$cli" run "$name.escapement" --out "$name-1" --quiet --arrays --threads 1
  ok $? "$name: trains"
  /usr/bin/python3 "$here/recompute-learners.py" "$name-1"
  ok $? "$name: the teacher and the losses recomputed from the arrays agree"
  "$cli" run "$name.escapement" --out "$name-3" --quiet --arrays --threads 3
  differing=0
  for array in "$name-1"/*.npy; do
    cmp "$array" "$name-3/${array#*/}" || differing=1
  done
  ok $differing "$name: the same arrays with 3 threads"
  "$cli" run joint-quick-quad $small --out "$name-3" --quiet && [ -s "$name-3/traces.csv" ] \
    && ! ls "$name-3" | grep -q 'npy$'
  ok $? "$name: other results leave none of these arrays"
}
trained directions 'learner=recovery\nsteps=20' \
  'learner=recovery\nstart=tensor\ndegree=3\npower-steps=5\nprediction=hermite\nsteps=20' \
  'learner=frank-wolfe\ndegree=3\nsteps=3' 'learner=diagonal\nalpha=0.5\ndepth=3\nsteps=50' <<'END'
kind=low-rank-polynomial
rank=2
degree=2;3
noise=0.1
END
trained kernels 'learner=kernel-ridge\nridge=0.01' 'learner=kernel-ridge\nkernel=laplace\nridge=0.01' \
  'learner=kernel-ridge\nm=200\nridge=0.01' 'learner=gradient-flow\nsteps=30' <<'END'
kind=network
noise=0.1
END
trained layers 'learner=three-layer\nm=20\nsteps=60' \
  'learner=three-layer\nm=20\nsteps=60\nfirst-layer=random\nfeatures=50' \
  'learner=three-layer\nm=20\nsteps=60\nfirst-layer=random\nfeatures=50\nfirst-layer-rate=1\ndropout=none' \
  'learner=three-layer\nm=20\nsteps=60\nfirst-layer=inputs' <<'END'
kind=deeper
linear=1
END
trained forms 'learner=frobenius\ndegree=3' 'learner=frobenius\ndegree=3\nobjective=plain' \
  'learner=frobenius' 'learner=frank-wolfe\ndegree=2\nsteps=3' <<'END'
kind=dense-plus-sparse
dense-degree=3
END

# --- same numbers ---------------------------------------------------------------------
for threads in 2 3; do
  "$cli" run joint-quick-quad $small --out "t$threads" --quiet --threads $threads
  cut -d, -f1,2,4- one/traces.csv >a
  cut -d, -f1,2,4- "t$threads/traces.csv" >b
  cmp -s a b
  ok $? "the same records with $threads threads"
done
cmp -s one/spectrum.csv t2/spectrum.csv && cmp -s one/bands.svg t2/bands.svg
ok $? "the same spectrum and figure with 2 threads"
"$cli" run one/joint-quick-quad.escapement --out again --quiet
cut -d, -f1,2,4- again/traces.csv >b
cmp -s a b
ok $? "the saved experiment replays"
{ cat one/joint-quick-quad.escapement; printf '\n[change.1]\nstep=40\nrun=4\nkey=lambda1\nvalue=0\n'; } >changed.escapement
"$cli" run changed.escapement --out changed --quiet
cut -d, -f1,2,4- changed/traces.csv >b
[ "$(awk -F, '$1 == 4 && $2 <= 40' a)" = "$(awk -F, '$1 == 4 && $2 <= 40' b)" ]
ok $? "a change leaves the records before it alone"
[ "$(awk -F, '$1 == 4 && $2 > 60' a)" != "$(awk -F, '$1 == 4 && $2 > 60' b)" ]
ok $? "a change acts after its step"
[ "$(awk -F, '$1 < 4' a)" = "$(awk -F, '$1 < 4' b)" ]
ok $? "a change of one run leaves the others alone"

# --- folders that are written again ----------------------------------------------------
"$cli" run diagonal-network --set 'run.*.steps=30' --out twice --quiet --arrays --figures png
[ -s twice/coefficients.csv ] && [ -s twice/coefficients.png ] && [ -s twice/run1-w-plus.npy ]
ok $? "an earlier run has tables, figures and arrays of its own"
for file in run1-mine.npy my.csv loss.txt mine.svg; do echo mine >"twice/$file"; done
mkdir twice/notes
timeout -s KILL 3 "$cli" run joint-quick-quad --set 'run.*.steps=1000000' --out twice --quiet
[ -s twice/coefficients.csv ] && [ ! -e twice/joint-quick-quad.escapement ] \
  && "$cli" plot twice --plot loss --out before.svg --quiet && cmp -s before.svg twice/loss.svg
ok $? "a run that is killed leaves the earlier results whole"
"$cli" run joint-quick-quad $small --out twice >stdout
grep -q '^Earlier results in twice are replaced$' stdout
ok $? "earlier results that are replaced are said"
ls twice | grep -v '^diagonal-network.escapement$\|^run1-mine.npy$\|^my.csv$\|^loss.txt$\|^mine.svg$\|^notes$' >left
"$cli" run joint-quick-quad $small --out fresh >stdout
! grep -q Earlier stdout && ls fresh | cmp -s - left
ok $? "nothing of an earlier run stays beside the results, and no other file goes"
"$cli" show twice | grep -q "^name=joint-quick-quad"
ok $? "of two experiments in a folder, the one that made its results is taken"
mkdir own-folder && for file in run2-w.npy coefficients.csv loss.png; do echo mine >own-folder/$file; done
"$cli" run joint-quick-quad $small --out own-folder --quiet
[ "$(cat own-folder/run2-w.npy own-folder/coefficients.csv own-folder/loss.png)" = "$(printf 'mine\nmine\nmine')" ]
ok $? "in a folder that is no run folder nothing is removed"
"$cli" run fresh --out fresh-again --quiet && cmp -s fresh/bands.svg fresh-again/bands.svg
ok $? "a run folder is trained again"

# --- exit statuses --------------------------------------------------------------------
"$cli" run joint-quick-quad $small --set 'run.1.rate=3' --out diverged --quiet 2>stderr
[ $? -eq 3 ] && grep -q 'Lazy diverged at step' stderr && grep -q 'status=diverged' diverged/summary.ini
ok $? "divergence: exit status 3, the files written, the stable step size said"
"$cli" run break-it --out readings --quiet 2>stderr
[ $? -eq 3 ] && [ "$(grep -c '^status=diverged' readings/summary.ini)" -eq 3 ] \
  && [ "$(grep -c 'diverged at step' stderr)" -eq 3 ]
ok $? "break-it: exit status 3, three runs diverged"
sed -n '/^\[run.1\]/,/^\[run.2\]/p' readings/summary.ini >matrix.ini
for key in relative-error iterations iterations-to-1e-6 rate predicted-rate residual rank; do
  grep -qE "^$key=[0-9.e-]+$" matrix.ini
  ok $? "summary.ini has $key of a matrix method"
done
awk -F= '$1 == "relative-error" { e = $2 } $1 == "iterations-to-1e-6" { n = $2 } $1 == "rank" { r = $2 }
  END { exit !(e < 1e-6 && n >= 12 && n <= 20 && r == 5) }' matrix.ini
ok $? "the run that is not broken recovers the matrix"
: >file
"$cli" run joint-quick-quad $small --out file/below --quiet 2>stderr
[ $? -eq 1 ] && [ ! -s file ] && grep -q 'file/below' stderr
ok $? "a folder that cannot be made: exit status 1"
"$cli" run joint-quick-quad $small --set experiment.name=.. --quiet 2>stderr
[ -e experiment/traces.csv ] && [ ! -e ../traces.csv ]
ok $? "a name cannot lead to another folder"
mkdir taken && mkdir taken/traces.csv
"$cli" run joint-quick-quad $small --out taken --quiet 2>stderr
[ $? -eq 1 ] && grep -q 'traces.csv' stderr && [ ! -e taken/summary.ini ]
ok $? "a file that cannot be written: exit status 1, named"
"$cli" run joint-quick-quad --set 'run.*.steps=1000000' $(echo "$small" | sed 's/--set run.\*.steps=120//') \
  --out interrupted --quiet & pid=$!
sleep 2
kill -INT $pid 2>/dev/null
wait $pid
[ $? -eq 130 ] && grep -q 'status=stopped' interrupted/summary.ini && [ -s interrupted/loss.svg ]
ok $? "Ctrl-C: exit status 130, what there is was kept"
"$cli" >stdout 2>&1
[ $? -eq 2 ]
ok $? "no command: exit status 2"
"$cli" fly 2>stderr
[ $? -eq 2 ] && grep -q 'fly' stderr
ok $? "an unknown command is named"
"$cli" --version | grep -q '^escapement-cli [0-9]'
ok $? "--version"

# --- refusals -------------------------------------------------------------------------
p=joint-quick-quad
refused "unknown preset" "neither a preset nor a file" no-such-preset
refused_with 1 "missing file" "could not be read" missing.escapement
refused "unknown group characters" "GROUP.KEY=VALUE" $p --set 'a]b.c=1'
refused "fewer probes than directions in Q1" "observe.probes" $p --set observe.probes=20
refused "malformed --set" "GROUP.KEY=VALUE" $p --set d=3
refused "unknown key" "problem.dd: not a known key" $p --set problem.dd=3
refused "unknown group" "known group" $p --set nothing.d=3
refused "unknown learner" "run.1.learner: must be one of" $p --set run.1.learner=magic
refused "unknown problem" "problem.kind: must be one of" $p --set problem.kind=magic
refused "no samples" "problem.n: must be a whole number in \[1," $p --set problem.n=0
refused "one dimension" "problem.d: must be a whole number in \[2," $p --set problem.d=1
refused "odd width" "run.1.m: must be an even" $p --set run.1.m=301
refused "rank above d" "problem.rank: must be at most" $p --set problem.rank=31
refused "degree 0" "problem.degree: must be" quadratic-learns-sparse --set problem.degree=0
refused "NaN" "run.1.rate: must be in (0, 4\]" $p --set run.1.rate=nan
refused "infinity" "run.1.rate: must be in (0, 4\]" $p --set run.1.rate=inf
refused "out of range" "run.1.rate: must be in (0, 4\]" $p --set run.1.rate=-0.1
refused "relu has no quadratic term" "no second derivative" $p --set run.2.activation=relu
refused "five runs" "is not a known group" $p --set run.5.learner=lazy
refused "too many samples for memory" "what fits: n ≤" $p --set problem.n=9000000 --set 'run.*.m=100000' --set 'run.*.activation=softplus'
refused "too wide for memory" "m ≤" $p --set 'run.*.m=1000000' --set problem.n=100000
printf '[experiment]\nversion=9\n' >newer.escapement
refused "newer version" "a newer Escapement made it" newer.escapement
head -c 1100000 /dev/urandom >binary.escapement
refused "binary file" "at most 1048576 bytes" binary.escapement
head -c 1000 /dev/urandom >binary.escapement
refused "short binary file" "not an experiment file" binary.escapement
: >empty.escapement
refused "empty file" "version is missing" empty.escapement
head -c 150 one/joint-quick-quad.escapement >cut.escapement
printf '[experiment]\nversion=1\nsteps 40\n' >line.escapement
refused "a line of another kind" "line 3 is “steps 40”" line.escapement
refused "truncated file" "escapement" cut.escapement
mkdir -p hollow
refused "a folder without an experiment" "there is no experiment file in this folder" hollow
for i in 1 2; do cp one/joint-quick-quad.escapement hollow/$i.escapement; done
refused "a folder with two" "several experiment files" hollow
rm hollow/*
refused "own data without a file" "problem.file: must name" $p --set problem.kind=data --set problem.d= \
  --set problem.n= --set problem.rank= --set problem.dense-degree= --set problem.inputs=
printf '[experiment]\nversion=1\n[problem]\nkind=data\nfile=table.csv\n[run.1]\nlearner=lazy\nsteps=30\n' >own.escapement
refused_with 1 "own data: missing table" "could not be read" own.escapement
refused_with 1 "own data: the missing table is named" "table.csv" own.escapement
printf 'a,b,y\n1,2,3\n1,x,3\n' >table.csv
refused "own data: bad cell named by line" "line 3, column 2" own.escapement
awk 'BEGIN { srand(1); print "a;b;c;y"; for (i = 0; i < 80; i++) { a = rand(); b = rand(); c = rand(); print a ";" b ";" c ";" a * b } }' >table.csv
"$cli" run own.escapement --out own --quiet && grep -q '^test-loss=0' own/summary.ini
ok $? "own data train"
cat own.escapement >racing.escapement
printf '[run.2]\nlearner=joint\nsteps=60\nunlabelled=40\n[run.3]\nlearner=joint\nsteps=60\nunlabelled=40\n' >>racing.escapement
for threads in 1 2 3; do
  "$cli" run racing.escapement --out "r$threads" --quiet --threads $threads
  cut -d, -f1,2,4- "r$threads/traces.csv" >"r$threads.csv"
done
[ -s r1.csv ] && cmp -s r1.csv r2.csv && cmp -s r1.csv r3.csv
ok $? "own data: the same records with 1, 2 and 3 threads"
refused "own data: a table in the place of an experiment" "kind=data --set problem.file=table.csv" table.csv
"$cli" run joint-quick-quad --set 'run.*.steps=30' --set problem.file=table.csv --set problem.kind=data --set 'run.*.m=60' --out swapped --quiet &&
  grep -q '^kind=data' swapped/*.escapement
ok $? "own data: a table takes the place of a preset's data"
refused "an unknown key beside another kind" "problem.dd: not a known key" $p --set problem.dd=3 --set problem.kind=data --set problem.file=table.csv
"$cli" run own.escapement --set problem.file=table.csv --out sub/own --quiet &&
  "$cli" run sub/own/experiment.escapement --out sub/again --quiet
ok $? "own data: a table named on the command line is found again"

# --- advice ---------------------------------------------------------------------------
"$cli" run ap-rom-tiny --set problem.n=300 --out few 2>stderr >stdout
grep -q 'hint: Batch hybrid: Few samples: C = 3. It is reliable from C ≈ 6, n = 600.$' stderr && ! grep -q 'hint: Fresh' stderr
ok $? "too few samples: a hint for the runs that need more"
"$cli" run ap-rom-tiny --set problem.n=300 --out few --quiet 2>stderr
[ ! -s stderr ]
ok $? "no hint where only errors are wanted"
"$cli" run kernels.escapement --set run.2.activation=relu --set problem.correlation=0.5 --out useless 2>stderr >stdout
[ $? -eq 0 ] && grep -q 'hint: run.2.activation has no effect with kernel=laplace$' stderr \
  && grep -q 'hint: problem.correlation has no effect with inputs=gaussian$' stderr && [ "$(grep -c 'no effect' stderr)" -eq 2 ]
ok $? "keys that do nothing are named, with the choice that makes them useless"
"$cli" run joint-quick-quad $small --set run.1.rate=0.5 --set run.1.step-size=0.01 --out useless 2>stderr >stdout
grep -q 'hint: run.1.rate has no effect with step-size=0.01$' stderr
ok $? "a rate beside a step size, too"
"$cli" run break-it --out broken-formula --quiet 2>stderr
[ $? -eq 3 ] && grep -q 'As printed diverged at step [0-9]*: The gradient is misread' stderr
ok $? "a misread gradient: exit status 3, and it is blamed"

# --- figures --------------------------------------------------------------------------
"$cli" run ap-rom-tiny --out matrix --quiet
"$cli" run width-to-kernel --out kernels --quiet
"$cli" run width-threshold --set run.\*.steps=100 --out monitored --quiet
"$cli" run diagonal-network --set run.\*.steps=300 --out linear --quiet
"$cli" run tensor-power --out search --quiet
for folder in one matrix kernels monitored linear search; do
  plots=$("$cli" plot $folder 2>&1 | sed 's/.*one of //; s/,//g')
  [ "$(for id in $plots; do echo "$id.svg"; done | sort)" = "$(cd $folder && ls *.svg)" ]
  ok $? "the plots that plot lists are those that run drew ($folder)"
  for id in $plots; do
    [ -e "$id.svg" ] && continue
    "$cli" plot $folder --plot "$id" --out "$id.svg" >stdout && cmp -s "$id.svg" "$folder/$id.svg" && [ "$(cat stdout)" = "$id.svg" ]
    ok $? "the $id plot of a run folder is the one that run drew"
  done
done
[ ! -e matrix/spectrum.svg ] && [ ! -e one/recovery.svg ]
ok $? "a run folder has the plots that suit it"
"$cli" plot matrix --plot recovery --measure held-out-residual --out held.csv --quiet &&
  grep -q '^1,Fresh MBK,train,,1,' held.csv && grep -q '^1,Fresh MBK,test,,1,' held.csv
ok $? "the residuals of a matrix method, on its samples and held out"
"$cli" plot one --plot bands --format pdf --quiet && cmp -s bands.pdf one/bands.pdf
ok $? "PDF, too, and the file is named after the plot"
"$cli" plot one --plot loss --out big.png --scale 2 --quiet && cmp -s big.png one/loss.png
ok $? "PNG, too; the format follows from the file's name"
"$cli" plot one --plot loss --out small.png --size column --scale 1 --quiet && file small.png | grep -q '317 x 236'
ok $? "a column's figure has its size"
"$cli" plot one/joint-quick-quad.escapement --plot loss --out trained.svg --quiet && cmp -s trained.svg one/loss.svg
ok $? "an experiment is trained to be drawn"
"$cli" plot interrupted --plot loss --out stopped.svg --quiet && cmp -s stopped.svg interrupted/loss.svg
ok $? "a run that was stopped is drawn as it was left"
"$cli" plot diverged --plot loss --out gone.svg --quiet && cmp -s gone.svg diverged/loss.svg
ok $? "a run that diverged is drawn as it ended"
"$cli" plot one --plot terms --measure kernel-drift --out drift.csv --quiet &&
  grep -q '^1,Lazy,line,,' drift.csv && grep -q ',level,lazy below,,0.1' drift.csv
ok $? "a measure other than the first can be drawn"
"$cli" plot one --plot loss --format csv --quiet && grep -c '^1,Lazy,test,' loss.csv | grep -qx "$(grep -c '^1,' one/traces.csv)"
ok $? "the data of a plot: a row for every record"
"$cli" show one/joint-quick-quad.escapement >expected
for figure in one/loss.svg one/loss.png one/bands.pdf loss.csv; do
  "$cli" show $figure >inside && cmp -s inside expected
  ok $? "the experiment comes back out of $figure"
done
"$cli" run one/loss.png --out restored --quiet && cmp -s one/bands.svg restored/bands.svg
ok $? "a figure's experiment runs and draws the same figure"
"$cli" run changed.escapement --out changed --quiet && "$cli" show changed/loss.svg | grep -q '^key=lambda1'
ok $? "changes made during a run are inside the figure"

# plot_refused NAME WORDS ARGUMENT…: exit status 2, WORDS on standard error, no file.
plot_refused () {
  name=$1 words=$2; shift 2
  rm -f refused.svg
  "$cli" plot "$@" --out refused.svg 2>stderr
  [ $? -eq 2 ] && grep -q -- "$words" stderr && [ ! -e refused.svg ]
  ok $? "plot: $name"
}
plot_refused "no plot named: the ids are listed" "one of loss, spectrum, movement, bands, terms, neurons$" one
plot_refused "a plot that a folder has nothing for" "one of loss, recovery, .* got “spectrum”, which has nothing to show" matrix --plot spectrum
plot_refused "a plot that an experiment has nothing for" "got “recovery”, which has nothing to show" joint-quick-quad --plot recovery
plot_refused "an unknown plot" "did you mean “spectrum”" one --plot spectrm
plot_refused "an unknown measure" "did you mean “kernel-drift”" one --plot terms --measure kernel-drft
plot_refused "a measure of a plot that has one" "leave --measure out" one --plot loss --measure share
plot_refused "an unknown format" "svg, pdf, png or csv" one --plot loss --format gif
plot_refused "an unknown size" "slide or column" one --plot loss --size poster
plot_refused "a scale of five" "in \[1, 4\]" one --plot loss --format png --scale 5
plot_refused "a scale without pixels" "for png" one --plot loss --format svg --scale 2
plot_refused "a change of what was trained" "run folder" one --plot loss --set problem.d=3
"$cli" plot one --plot loss --out refused.txt 2>stderr
[ $? -eq 2 ] && grep -q 'svg, .pdf, .png or .csv' stderr && [ ! -e refused.txt ]
ok $? "plot: an ending that no format has"
"$cli" plot one --plot loss --out refused.txt --format svg --quiet && cmp -s refused.txt one/loss.svg
ok $? "plot: any ending with --format"
for place in missing/x.csv file/x.csv hollow; do
  mkdir -p hollow
  # Would train for hours.
  timeout 60 "$cli" plot escape-figure-full --set 'run.*.steps=1000000' --plot loss --format csv --out $place 2>stderr
  [ $? -eq 1 ] && grep -q "$place” could not be written" stderr
  ok $? "plot: what cannot be written ($place) is said before training"
done
mkdir -p hollow
"$cli" plot hollow --plot loss 2>stderr
[ $? -eq 1 ] && grep -q 'no run folder' stderr
ok $? "plot: a folder without a run: exit status 1"
sed 's/^1,3,/1,x,/' one/traces.csv >cells && cp -r one broken && mv cells broken/traces.csv
plot_refused "a broken table is named by line" "traces.csv, line" broken --plot loss
head -c 60 one/loss.png >cut.png
refused "a figure cut off" "cut off before its experiment" cut.png
printf '<svg xmlns="http://www.w3.org/2000/svg"/>' >plain.svg
refused "a figure of something else" "carries no experiment" plain.svg

# --- hints ----------------------------------------------------------------------------
refused "a mistyped preset" "did you mean “joint-quick-quad”" joint-quik-quad
refused "a mistyped key" "did you mean “seed”" $p --set problem.sed=3
refused "a mistyped learner" "did you mean “lazy”" $p --set run.1.learner=lasy
refused "a mistyped choice" "did you mean “softplus”" $p --set run.1.activation=sofplus
"$cli" shwo 2>stderr
grep -q 'did you mean “show”' stderr
ok $? "a mistyped command"
"$cli" run changed.escapement --set change.1.step=120 --out late --quiet 2>stderr
[ $? -eq 0 ] && grep -q 'warning: lambda1 of run 4 changes at step 120, but the run has only 120 steps' stderr
ok $? "a change after the last step is warned about"
printf 'a,b,y\n1,2,3\n1,x y,3\n' >cells.csv
refused "own data: a bad cell is quoted alone" "got “x y”" own.escapement --set problem.file=cells.csv
ESCAPEMENT_CALLED_AS='./run --cli' "$cli" shwo 2>stderr
grep -q '^./run --cli: there is no command' stderr
ok $? "the program goes by the name it was called by"
ESCAPEMENT_CALLED_AS='./run --cli' "$cli" plot --help | grep -q '^  ./run --cli plot '
ok $? "help, too"

# --- words ----------------------------------------------------------------------------
"$cli" list >stdout && grep -q 'low-rank-polynomial' stdout && grep -q 'lambda1' stdout \
  && grep -q 'softplus' stdout && grep -q 'kernel-drift' stdout && grep -q 'escape-figure-full' stdout
ok $? "list names problems, learners, activations, observables and presets"
"$cli" list learners | grep -q 'lazy-to-rich'
[ $? -eq 1 ]
ok $? "list learners lists learners only"
"$cli" list quadratic >stdout
[ $? -eq 0 ] && grep -q '^  quadratic: ' stdout && grep -q '^      label ' stdout && grep -q '^      mode ' stdout \
  && ! grep -q '^  joint: \|^Presets' stdout
ok $? "list of one learner has all of its keys, and no other's"
[ "$("$cli" list network | grep -c '^  network: ')" -eq 2 ]
ok $? "list of a name that teaches and learns has both"
"$cli" list joint-softplus | grep -q '^  joint-softplus '
ok $? "list of one preset"
[ "$("$cli" list learners | grep -c '^      label ')" -eq 1 ]
ok $? "list says once what every run has"
"$cli" list quadrtic 2>stderr
[ $? -eq 2 ] && grep -q 'did you mean “quadratic”' stderr
ok $? "list refuses other words, and says what may be meant"
for preset in $("$cli" list presets | awk 'NR > 1 { print $1 }'); do
  "$cli" show "$preset" >stdout 2>stderr
  ok $? "show $preset"
done
"$cli" show joint-quick-quad | grep -q '^# n = 246'
ok $? "show evaluates expressions"

"$cli" show joint-quick-quad >shown.escapement
"$cli" run shown.escapement $small --out shown --quiet
cut -d, -f1,2,4- shown/traces.csv >b
cmp -s a b
ok $? "show prints a file that runs and gives the same numbers"

# --- other languages ------------------------------------------------------------------
"$cli" --help >english
for language in $(ls "$translations"/*/LC_MESSAGES/escapement.mo | sed 's|/LC_MESSAGES/.*||; s|.*/||'); do
  speak () {
    LOCPATH=$locales LC_ALL=en_US.UTF-8 TEXTDOMAINDIR=$translations LANGUAGE=$language "$cli" "$@"
  }
  speak --help >help
  [ -s help ] && ! cmp -s help english
  ok $? "$language: the help is translated"
  speak run joint-quick-quad $small --out "$language" --quiet --figures svg
  cut -d, -f1,2,4- "$language/traces.csv" >c
  cmp -s a c && cmp -s one/joint-quick-quad.escapement "$language/joint-quick-quad.escapement"
  ok $? "$language: tables and experiments are the same"
done

# --- what is linked -------------------------------------------------------------------
if ldd "$cli" | grep -q 'libgtk\|libadwaita'; then result=1; else result=0; fi
ok $result "the command line needs no GTK"
objdump -p "$cli" | grep NEEDED >needed
if grep -q gslcblas needed; then result=1; else result=0; fi
ok $result "linear algebra is OpenBLAS, not GSL's reference"
echo "1..$number"
