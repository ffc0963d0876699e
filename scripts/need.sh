#!/usr/bin/env bash
# need.sh COMMAND PACKAGE WHY: leaves at once if COMMAND is there; as root installs PACKAGE with apt; otherwise says
# what to install and fails.
set -euo pipefail
command -v "$1" >/dev/null 2>&1 && exit 0
if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null 2>&1; then
    echo "$1 is missing ($3). Install the package $2 (Debian, Ubuntu: sudo apt-get install $2)." >&2
    exit 1
fi
echo "installing $2 ($3)" >&2
export DEBIAN_FRONTEND=noninteractive
install() { apt-get install -y -qq --no-install-recommends "$2" </dev/null >&2; }
install "$@" || { apt-get update -qq >&2 && install "$@"; }
