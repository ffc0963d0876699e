#!/usr/bin/env bash
# Writes evals/data/transcripts again: 68 interviews with written candidates, each with a seed of its own.
set -euo pipefail
cd "$(dirname "$0")/.."
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
simulate() { .venv/bin/python -m evals simulate "$@"; }
simulate --out "$out/manners" --seed 100 --count 2 --manner plain --manner terse --manner rambling --manner anxious --manner overconfident
simulate --out "$out/behaviours" --seed 200 --level 1 --level 3 --level 5 --behaviour silent --behaviour gibberish \
    --behaviour parrot --behaviour injecting --behaviour contradicting --behaviour code-only
rm -rf evals/data/transcripts/*.jsonl.gz
mkdir -p evals/data/transcripts
cat "$out"/*/manifest.jsonl >evals/data/transcripts/manifest.jsonl
mv "$out"/*/*.jsonl.gz evals/data/transcripts/
