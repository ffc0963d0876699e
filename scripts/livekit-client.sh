#!/usr/bin/env bash
# Puts LiveKit's browser client, with its licence, beside the page's own scripts, from npm. Where that cannot be done the
# page takes it from its public CDN, with an integrity hash. Quick when it is there already.
set -euo pipefail
cd "$(dirname "$0")/.."
version=2.23.0
sha256=fb646f2260d84f91238d0a2dc10726c456631d6a26c7cafc43cfee5959b4d31d
place=interviewlab/ui/assets/vendor
is_right() { echo "$sha256  $place/livekit-client.umd.js" | sha256sum --check --status 2>/dev/null; }
is_right && [ -f "$place/livekit-client.LICENSE" ] && exit 0
command -v npm >/dev/null 2>&1 || { echo "livekit-client: npm is missing" >&2; exit 1; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
npm pack --silent --pack-destination "$folder" "livekit-client@$version" >/dev/null
tar -xzf "$folder"/livekit-client-*.tgz -C "$folder"
mkdir -p "$place"
cp "$folder/package/dist/livekit-client.umd.js" "$place/livekit-client.umd.js"
cp "$folder/package/LICENSE" "$place/livekit-client.LICENSE"
is_right || { rm -f "$place"/livekit-client.*; echo "livekit-client: the file is not the one that is known" >&2; exit 1; }
