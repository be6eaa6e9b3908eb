#!/bin/sh
# The first process of the engine's pid namespace: makes ROOT the root of its mount namespace and runs dockerd in it,
# until standard input ends.
set -e
root=$1 place=$2 address=$3 pods=$4 cgroup=$5
mkdir -p "$place/data"
binds="$place/data:var/lib/docker"
. "$(dirname "$0")/ownRoot.sh"

until ip link show eth0 >/dev/null 2>&1; do sleep 0.05; done
ip link set lo up
ip address add "$address/30" dev eth0
ip link set eth0 up
hostname engine
dockerd --host "tcp://$address:2375" --tls=false --bip "$pods" --cgroup-parent "/$cgroup" \
  --iptables=false --ip6tables=false --userland-proxy=true </dev/null &
daemon=$!
read -r _ || true
kill "$daemon"
wait "$daemon" || true
