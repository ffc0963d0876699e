#!/usr/bin/env bash
# Writes uv.lock and from it requirements.txt, the full pip lock that a Hugging Face Space installs.
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/uv.sh lock
scripts/uv.sh export --quiet --frozen --no-dev --no-emit-project --no-hashes --no-annotate --no-header \
    --extra app --extra voice --extra llm --output-file requirements.txt
