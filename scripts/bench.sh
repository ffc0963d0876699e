#!/usr/bin/env bash
# Runs every bench that this version has, writes what each measured to evals/results/bench/NAME.json (voice-PART.json for
# each part of the voice) and prints all of it. One that fails does not keep the others from running, but `make` is told.
set -uo pipefail
cd "$(dirname "$0")/.."
results=evals/results/bench
mkdir -p "$results"
failed=()

measure() { # NAME ARGUMENTS…
    local name=$1 partial="$results/.$1.json"
    shift
    echo "bench $name" >&2
    if .venv/bin/interviewlab bench "$@" --json >"$partial"; then
        mv "$partial" "$results/$name.json"
    else
        rm -f "$partial"
        failed+=("$name")
    fi
}

for name in import turns crowd brain load resume sandbox grade; do
    .venv/bin/interviewlab bench "$name" --help >/dev/null 2>&1 && measure "$name" "$name"
done
for part in turns barge-in echo curves four hour ears mouth endpoint; do
    measure "voice-$part" voice --part "$part"
done
measure voice-turns-livekit voice --part turns --transport livekit
docker image inspect interviewlab >/dev/null 2>&1 && measure container container
measure rooms-sqlite rooms --replace-after 5
measure rooms-postgres rooms --postgres --replace-after 5
if [ -d evals/data/terms ]; then
    echo "bench voice-terms" >&2
    if .venv/bin/python -m interviewlab.bench.terms evals/data/terms >"$results/.voice-terms.json"; then
        mv "$results/.voice-terms.json" "$results/voice-terms.json"
    else
        rm -f "$results/.voice-terms.json"
        failed+=(voice-terms)
    fi
fi
echo "evals survival" >&2
.venv/bin/python -m evals survival || failed+=(survival)
echo "evals speed" >&2
.venv/bin/python -m evals speed || failed+=(speed)
echo "evals bulk" >&2
.venv/bin/python -m evals bulk --out "$results" || failed+=(ray)
.venv/bin/python -m evals run all || failed+=("evals run all")
.venv/bin/python -m evals table >/dev/null || failed+=("evals table")
.venv/bin/python -m interviewlab.bench.summary "$results"
if [ ${#failed[@]} -gt 0 ]; then
    echo "These benches failed: ${failed[*]}" >&2
    exit 1
fi
