#!/bin/sh
# Makes the image that strangers' code runs in. Quick when it is there already; safe to repeat.
#
# INTERVIEWLAB_START_DOCKER=1  as root: install (apt) and start the Docker engine where it is missing
#
# Where no registry is reachable the base image is made on this machine with debootstrap.
set -eu

here=$(cd "$(dirname "$0")/.." && pwd)
folder=$here/interviewlab/sandbox
dockerfile=$folder/image/Dockerfile
base=debian:bookworm-slim
# Named by what it is made of; interviewlab/sandbox/containers.py looks for the same name.
tag=interviewlab-sandbox:$(cd "$folder" && cat image/Dockerfile image/kit.sh drivers/InterviewlabDriver.java drivers/driver.hpp drivers/typescript.js | sha256sum | cut -c1-12)

say() { echo "sandbox-image: $*" >&2; }

is_root() { [ "$(id -u)" = 0 ]; }

may_start() { [ "${INTERVIEWLAB_START_DOCKER:-}" = 1 ] && is_root; }

need() { # need COMMAND PACKAGE
    command -v "$1" >/dev/null 2>&1 && return 0
    if is_root && command -v apt-get >/dev/null 2>&1; then
        say "installing $2"
        apt-get install -y --no-install-recommends "$2" >&2 || { apt-get update >&2 && apt-get install -y --no-install-recommends "$2" >&2; }
    else
        say "$1 is missing. Install the package $2 (Debian, Ubuntu: sudo apt-get install $2) and start again."
        exit 1
    fi
}

start_engine() {
    docker info >/dev/null 2>&1 && return 0
    if ! may_start; then
        say "no Docker engine answers. Start it (sudo systemctl start docker) and let this user use it (group docker), or run this as root with INTERVIEWLAB_START_DOCKER=1."
        exit 1
    fi
    need dockerd docker.io
    need iptables iptables
    say "starting dockerd"
    setsid nohup dockerd >/var/log/interviewlab-dockerd.log 2>&1 </dev/null &
    tries=0
    until docker info >/dev/null 2>&1; do
        tries=$((tries + 1))
        [ "$tries" -le 60 ] || { say "dockerd did not come up; see /var/log/interviewlab-dockerd.log."; exit 1; }
        sleep 0.5
    done
}

make_base() {
    docker image inspect "$base" >/dev/null 2>&1 && return 0
    docker pull -q "$base" >/dev/null 2>&1 && return 0
    is_root || { say "$base can be neither pulled nor made: run this once as root."; exit 1; }
    say "no registry answers: making $base with debootstrap (about a minute)"
    need debootstrap debootstrap
    root=$(mktemp -d)
    trap 'rm -rf "$root"' EXIT
    debootstrap --variant=minbase bookworm "$root" >&2
    rm -rf "$root/var/cache/apt/archives" "$root/var/lib/apt/lists"
    tar -C "$root" -c . | docker import - "$base" >/dev/null
}

command -v docker >/dev/null 2>&1 || { may_start && need docker docker.io; } || {
    say "docker is missing. Install the packages docker.io and iptables (Debian, Ubuntu: sudo apt-get install docker.io iptables) and start again."
    exit 1
}
start_engine
if ! docker image inspect "$tag" >/dev/null 2>&1; then
    make_base
    say "building $tag"
    # The classic builder takes a base image that is only on this machine; newer engines may no longer have it.
    DOCKER_BUILDKIT=0 docker build --network host -t "$tag" -f "$dockerfile" "$folder" >&2 || docker build --network host -t "$tag" -f "$dockerfile" "$folder" >&2
fi
echo "$tag"
