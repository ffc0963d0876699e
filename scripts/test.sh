#!/usr/bin/env bash
# Every test, or those that the arguments name: first those that can share the processors, then those that must run alone.
set -uo pipefail
cd "$(dirname "$0")/.."
export INTERVIEWLAB_NOTEBOOKS_FAST=1
# The tests start hundreds of processes: what one of them has compiled the others need not.
unset PYTHONDONTWRITEBYTECODE
NO_TESTS=5
failed=0

run() { # ARGUMENTS…
    .venv/bin/pytest --nbval --nbval-current-env --durations 30 "$@"
    local status=$?
    [ $status -eq 0 ] || [ $status -eq $NO_TESTS ] || failed=1
}

run -m "not alone" --numprocesses 2 --dist loadfile "$@"
run -m alone "$@"
exit $failed
