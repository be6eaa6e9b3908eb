#!/bin/sh
# The first process of the guest: mounts what an engine needs, with cgroup v2 alone, and runs dockerd.
export PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root
mountpoint -q /proc || mount -t proc proc /proc
mountpoint -q /sys || mount -t sysfs sysfs /sys
mountpoint -q /dev || mount -t devtmpfs dev /dev
mkdir -p /dev/pts /dev/shm /dev/mqueue /lib/modules
mount -t devpts devpts /dev/pts
mount -t tmpfs shm /dev/shm
mount -t mqueue mqueue /dev/mqueue
mount -t tmpfs run /run
mount -t tmpfs tmp /tmp

# In a kernel with groups of real-time processes, `cpu` can be handed on only while those processes are in the first group.
mount -t cgroup2 cgroup2 /sys/fs/cgroup
for controller in $(cat /sys/fs/cgroup/cgroup.controllers); do
  echo "+$controller" > /sys/fs/cgroup/cgroup.subtree_control
done

# `address=`, `gateway=` and `pods=` of the kernel's command line.
of() { sed -n "s/.*\b$1=\([^ ]*\).*/\1/p" /proc/cmdline; }
ip link set lo up
ip link set vec0 up
ip address add "$(of address)/30" dev vec0
ip route add default via "$(of gateway)"
ln -s "/usr/lib/uml/modules/$(uname -r)" /lib/modules/
modprobe -a overlay bridge veth br_netfilter
hostname engine
# In the first group Docker finds no memory.swap.max, and takes it that swap cannot be limited.
mkdir /sys/fs/cgroup/engine
echo $$ > /sys/fs/cgroup/engine/cgroup.procs
dockerd --host tcp://0.0.0.0:2375 --tls=false --bip "$(of pods)" --log-level=warn \
  --iptables=false --ip6tables=false --userland-proxy=true
echo "dockerd exited with $?"
