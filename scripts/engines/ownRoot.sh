# Sourced with ROOT in $root and the folder of the place in $place: makes ROOT, with what is written to it in memory, the
# root of this mount namespace. In a mere chroot dockerd could not import images: it remounts /.
mkdir -p "$place/root" "$place/changes"
mount -t tmpfs changes "$place/changes"
mkdir "$place/changes/upper" "$place/changes/work"
mount -t overlay -o "lowerdir=$root,upperdir=$place/changes/upper,workdir=$place/changes/work" root "$place/root"
cd "$place/root"
mount -t proc proc proc
mount -t sysfs sysfs sys
mount --rbind /sys/fs/cgroup sys/fs/cgroup
mount --rbind /dev dev
mount -t tmpfs run run
mount -t tmpfs -o size=75% tmp tmp
for pair in $binds; do
  mkdir -p "${pair#*:}"
  mount --bind "${pair%%:*}" "${pair#*:}"
done
touch "$place/waits"
pivot_root . .
umount -l .
cd /
export PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root
