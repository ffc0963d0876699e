#!/usr/bin/env bash
# What only the tests need: a browser, Postgres, compose and the Docker engine with the image that submissions run in. As root they are
# installed; otherwise what to install is said, and the tests that need a missing part skip with the reason.
set -euo pipefail
cd "$(dirname "$0")/.."
for browser in chromium chromium-browser google-chrome; do
    command -v "$browser" >/dev/null 2>&1 && break
done || scripts/need.sh chromium chromium "to test the page" || echo "Going on without browser tests." >&2
INTERVIEWLAB_START_DOCKER=1 scripts/sandbox-image.sh >/dev/null || echo "Going on without tests of the Docker sandbox." >&2
docker compose version >/dev/null 2>&1 || scripts/need.sh docker-compose docker-compose "to check compose.yaml" ||
    echo "Going on without a check of compose.yaml." >&2
# Debian keeps initdb off the path.
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || scripts/need.sh initdb postgresql "to test the store on Postgres" ||
    echo "Going on without tests of Postgres." >&2
