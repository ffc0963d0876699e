#!/usr/bin/env bash
# Prepares .venv with everything, and the model weights. Quick when nothing has changed.
set -euo pipefail
cd "$(dirname "$0")/.."
[ -e .venv ] || echo "preparing .venv; the first time takes a minute or two" >&2
scripts/uv.sh sync --quiet --frozen --all-extras
.venv/bin/interviewlab weights fetch
scripts/need.sh node nodejs "to run JavaScript submissions" || echo "Going on without JavaScript." >&2
scripts/livekit-client.sh || echo "Going on: in LiveKit rooms the page takes LiveKit's client from its public CDN." >&2
