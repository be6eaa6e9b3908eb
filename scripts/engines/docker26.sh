#!/bin/sh
# The first process of the engine's pid namespace: makes ROOT the root of its mount namespace and runs dockerd in it,
# until standard input ends. In a mere chroot dockerd could not import images: it remounts /.
set -e
root=$1 place=$2 address=$3 pods=$4 cgroup=$5

mkdir -p "$place/root" "$place/data" "$place/changes"
mount -t tmpfs changes "$place/changes"
mkdir "$place/changes/upper" "$place/changes/work"
mount -t overlay -o "lowerdir=$root,upperdir=$place/changes/upper,workdir=$place/changes/work" root "$place/root"
cd "$place/root"
mount -t proc proc proc
mount -t sysfs sysfs sys
mount --rbind /sys/fs/cgroup sys/fs/cgroup
mount --rbind /dev dev
mount -t tmpfs run run
mount -t tmpfs tmp tmp
mkdir -p var/lib/docker
mount --bind "$place/data" var/lib/docker
touch "$place/waits"
pivot_root . .
umount -l .
cd /
export PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root

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
