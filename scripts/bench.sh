#!/usr/bin/env bash
# Runs every bench that this version has and writes what each measured to evals/results/bench/NAME.json.
set -euo pipefail
cd "$(dirname "$0")/.."
results=evals/results/bench
mkdir -p "$results"
for name in import turns load sandbox grade voice; do
    .venv/bin/interviewlab bench "$name" --help >/dev/null 2>&1 || continue
    echo "bench $name" >&2
    .venv/bin/interviewlab bench "$name" --json >"$results/.$name.json"
    mv "$results/.$name.json" "$results/$name.json"
done
