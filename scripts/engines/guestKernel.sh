#!/bin/sh
# Boots a Linux that is a process (user-mode Linux) from DISK, which is only read: what the guest writes goes to PLACE. It
# has TAP as its network. Its memory is a file in /tmp, of which it executes pages.
set -e
root=$1 place=$2 disk=$3 tap=$4 memory=$5 guest=$6
mkdir -p "$place/disk"
binds="$place/disk:mnt $(dirname "$disk"):media"
. "$(dirname "$0")/ownRoot.sh"
# shellcheck disable=SC2086
exec linux.uml "mem=${memory}M" "ubd0=/mnt/changes,/media/$(basename "$disk")" root=/dev/ubda rw quiet panic=-1 uml_dir=/run \
  con=null con0=fd:0,fd:1 "vec0:transport=tap,ifname=$tap,depth=128,gro=1" $guest
