// The programs `processes` and `sockets` of the sandbox image. They tell of the processes of a container, which are those
// with its id in the path of their cgroup: `processes ID` of their files `status` and `cmdline` in /proc, `sockets ID` of
// `net/tcp` and `net/tcp6`. They write each file as a length of 32 bits, least byte first, and as many bytes; of one that is
// gone meanwhile none. They exit with 1 where there is no /proc.
//
// Source: getdents(2), proc_pid_status(5), proc_pid_cmdline(5), proc_pid_cgroup(5), proc_pid_net(5).

#include "syscalls.h"

enum { LENGTH = 4, CONTENT = 1 << 16, ENTRIES = 1 << 14 };

/** Source: getdents(2), `struct linux_dirent64`. */
struct entry {
  word inode, offset;
  unsigned short length;
  unsigned char type;
  char name[];
};

static word entries[ENTRIES / sizeof(word)];
static char told[LENGTH + CONTENT];

static void tell(word folder, const char *name) {
  long length = read_file(folder, name, told + LENGTH, CONTENT);
  for (int byte = 0; byte < LENGTH; byte++) told[byte] = (char)(length >> (8 * byte));
  for (long done = 0, wrote = 1; done < LENGTH + length && wrote > 0; done += wrote)
    wrote = syscall4(WRITE, 1, (word)(told + done), (word)(LENGTH + length - done), 0);
}

static int tell_of(const char *container, const char *first, const char *second) {
  long proc = syscall4(OPENAT, (word)AT_FDCWD, (word) "/proc", 0, 0), got;
  if (proc < 0) return EXIT_NOT_PERMITTED;
  while ((got = syscall4(GETDENTS64, (word)proc, (word)entries, sizeof entries, 0)) > 0) {
    for (long at = 0, next; at < got; at = next) {
      struct entry *entry = (struct entry *)((char *)entries + at);
      next = at + entry->length;
      if (entry->name[0] < '0' || entry->name[0] > '9') continue;
      long folder = syscall4(OPENAT, (word)proc, (word)entry->name, 0, 0);
      if (folder < 0) continue;
      if (contains(told, read_file((word)folder, "cgroup", told, CONTENT), container)) {
        tell((word)folder, first);
        tell((word)folder, second);
      }
      syscall4(CLOSE, (word)folder, 0, 0, 0);
    }
  }
  return EXIT_DONE;
}

int processes_program(char **argv) { return tell_of(argv[1], "status", "cmdline"); }

int sockets_program(char **argv) { return tell_of(argv[1], "net/tcp", "net/tcp6"); }
