#!/bin/sh
# The first process of the emulated machine: mounts what an engine needs, with cgroup v2 alone, and runs dockerd.
export PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root
mountpoint -q /proc || mount -t proc proc /proc
mountpoint -q /sys || mount -t sysfs sysfs /sys
mountpoint -q /dev || mount -t devtmpfs dev /dev
mkdir -p /dev/pts /dev/shm /dev/mqueue
mount -t devpts devpts /dev/pts
mount -t tmpfs shm /dev/shm
mount -t mqueue mqueue /dev/mqueue
mount -t tmpfs run /run
mount -t tmpfs tmp /tmp

# A group with processes of its own cannot hand its controllers on: they move to a child first.
mount -t cgroup2 cgroup2 /sys/fs/cgroup
mkdir /sys/fs/cgroup/init
while read -r pid; do echo "$pid" > /sys/fs/cgroup/init/cgroup.procs; done < /sys/fs/cgroup/cgroup.procs 2>/dev/null
for controller in $(cat /sys/fs/cgroup/cgroup.controllers); do
  echo "+$controller" > /sys/fs/cgroup/cgroup.subtree_control
done

# The network that QEMU has for its guest. Published ports are those that it forwards.
ip link set lo up
for device in /sys/class/net/e*; do
  ip link set "${device##*/}" up
  ip address add 10.0.2.15/24 dev "${device##*/}"
done
ip route add default via 10.0.2.2
sed -n 's/.*\bports=\([0-9]*\)-\([0-9]*\).*/\1 \2/p' /proc/cmdline > /proc/sys/net/ipv4/ip_local_port_range
modprobe -a overlay bridge veth br_netfilter
hostname engine
dockerd --host tcp://0.0.0.0:2375 --tls=false --log-level=warn
echo "dockerd exited with $?"
