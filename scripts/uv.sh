#!/usr/bin/env bash
# Runs uv with the arguments given, on a Python that fits. Where uv is missing, pip fetches it into the cache: neither
# the system nor the user's own packages are touched, so machines that forbid that (PEP 668) are fine.
set -euo pipefail
cd "$(dirname "$0")/.."
wanted="uv>=0.8,<1"
private=${XDG_CACHE_HOME:-$HOME/.cache}/interviewlab/uv

fits() { "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' >/dev/null 2>&1; }

find_python() {
    for each in .venv/bin/python python3 python3.13 python3.12 python3.11 python; do
        fits "$each" && { command -v "$each"; return; }
    done
    echo "InterviewLab needs Python 3.11, 3.12 or 3.13, and none is on the path. Install one and start again." >&2
    return 1
}

fetch_uv() {
    echo "fetching uv into $private" >&2
    "$python" -m pip install --quiet --target "$private" "$wanted" 2>/dev/null && return
    "$python" -m venv --clear "$private" >/dev/null 2>&1 ||
        { scripts/need.sh ensurepip python3-venv "to fetch uv" && "$python" -m venv --clear "$private"; }
    "$private/bin/python" -m pip install --quiet "$wanted"
}

export UV_PYTHON_DOWNLOADS=never
if uv --version >/dev/null 2>&1; then uv=uv; else uv=$private/bin/uv; fi
if [ ! -e .venv/bin/python ] || ! "$uv" --version >/dev/null 2>&1; then
    python=$(find_python)
    "$uv" --version >/dev/null 2>&1 || fetch_uv
    [ -e .venv/bin/python ] || export UV_PYTHON="$python"
fi
exec "$uv" "$@"
