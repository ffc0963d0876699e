#!/usr/bin/env bash
# Run the app as a Hugging Face Space runs it: uid 1000, the code read-only, one folder to write to, no Docker socket,
# port 7860 on all addresses, the settings that a Space has. Needs root and unshare (util-linux).
#   scripts/space-like.sh DATA_FOLDER [NAME=VALUE…]
set -euo pipefail
cd "$(dirname "$0")/.."
code=$PWD
data=$(realpath -m "$1"); shift
[ "$(id -u)" = 0 ] || { echo "run as root: it changes to uid 1000 in a mount namespace of its own" >&2; exit 2; }
mkdir -p "$data"
chown 1000:1000 "$data"
# The interpreter behind .venv may lie in a folder that only root enters; its parents are opened by a bind mount.
python=$(realpath .venv/bin/python)
export code data python
exec unshare --mount --propagation private bash -euo pipefail -c '
    home=$(mktemp -d); root=$(mktemp -d)
    mount -t tmpfs tmpfs "$root"
    for each in usr bin lib lib64 sbin etc opt; do
        [ -e "/$each" ] || continue
        if [ -L "/$each" ]; then cp -a "/$each" "$root/$each"; else
            mkdir -p "$root/$each"; mount --rbind "/$each" "$root/$each"; mount -o remount,bind,ro "$root/$each"
        fi
    done
    mkdir -p "$root/proc" "$root/dev" "$root/tmp" "$root/data" "$root$code" "$root${python%/bin/*}"
    mount -t proc proc "$root/proc"
    mount --rbind /dev "$root/dev"
    mount -t tmpfs -o mode=1777 tmpfs "$root/tmp"
    mount --bind "$data" "$root/data"
    for each in "$code" "${python%/bin/*}"; do
        mount --bind "$each" "$root$each"; mount -o remount,bind,ro "$root$each"
    done
    exec chroot --userspec=1000:1000 "$root" /usr/bin/env -i PATH=/usr/bin:/bin HOME=/data LANG=C.UTF-8 \
        SYSTEM=spaces SPACE_ID=someone/interviewlab SPACE_HOST=someone-interviewlab.hf.space PYTHONUNBUFFERED=1 \
        PYTHONDONTWRITEBYTECODE=1 GRADIO_SERVER_NAME=0.0.0.0 GRADIO_SERVER_PORT=7860 OAUTH_CLIENT_ID=someone OAUTH_SCOPES="openid profile inference-api" \
        OPENID_PROVIDER_URL=https://huggingface.co "$@" "$code/.venv/bin/python" "$code/app.py"
' space "$@"
