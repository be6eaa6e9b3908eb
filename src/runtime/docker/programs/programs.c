// The programs of the sandbox image, in one file: the name it is run by decides which it is. `pause`, `signal` and `forward`
// are here, the others beside it. They use no library, and binaries.ts is built from them by `npm run helper`.

#include "syscalls.h"

#if defined(__x86_64__)
__asm__(".globl _start\n_start: mov %rsp, %rdi\nand $-16, %rsp\ncall run\n");
#elif defined(__aarch64__)
__asm__(".globl _start\n_start: mov x0, sp\nbl run\n");
#endif

/**
 * Waits for SIGTERM or SIGINT. PID 1 gets no signal that it neither handles nor blocks, so it blocks the two. It ignores
 * SIGCHLD, so that the kernel reaps the orphans of the pod. No process of a shared PID namespace can trace it or open its
 * root, working directory or files: it is not dumpable.
 *
 * Source: ptrace(2), "Ptrace access mode checking"; proc(5), `/proc/pid`.
 */
static int pause_program(char **argv) {
  (void)argv;
  word ignore[4] = {1};
  word signals = 1ul << (SIGINT - 1) | 1ul << (SIGTERM - 1);
  syscall4(PRCTL, PR_SET_DUMPABLE, 0, 0, 0);
  syscall4(RT_SIGACTION, SIGCHLD, (word)ignore, 0, sizeof(word));
  syscall4(RT_SIGPROCMASK, SIG_BLOCK, (word)&signals, 0, sizeof signals);
  while (syscall4(RT_SIGTIMEDWAIT, (word)&signals, 0, 0, sizeof signals) < 0) {
  }
  return EXIT_DONE;
}

static word number(const char *digits) {
  word value = 0;
  for (; *digits; digits++) value = value * 10 + (word)(*digits - '0');
  return value;
}

static char *append(char *end, const char *text) {
  while (*text) *end++ = *text++;
  *end = 0;
  return end;
}

int contains(const char *text, long length, const char *part) {
  for (long start = 0; start < length; start++) {
    long same = 0;
    while (part[same] && start + same < length && text[start + same] == part[same]) same++;
    if (!part[same]) return 1;
  }
  return 0;
}

long read_file(word folder, const char *name, char *content, long room) {
  long fd = syscall4(OPENAT, folder, (word)name, 0, 0), length = 0, got;
  if (fd < 0) return 0;
  while ((got = syscall4(READ, (word)fd, (word)(content + length), (word)(room - length), 0)) > 0) length += got;
  syscall4(CLOSE, (word)fd, 0, 0, 0);
  return length;
}

/** Returns true if the process that has this pid now is in the container: its control groups bear the id. */
static int is_in(const char *container, const char *pid) {
  static char file[64], content[1 << 16];
  append(append(append(file, "/proc/"), pid), "/cgroup");
  return contains(content, read_file((word)AT_FDCWD, file, content, sizeof content), container);
}

/**
 * Sends a signal to processes of a container: `signal NUMBER CONTAINER PID…`. A pid may have been given to another process
 * meanwhile. So each process is held by a file descriptor first and looked at then: if the number has changed hands
 * before, the look shows it, and if it does so later, the signal goes to the process that was held, or nowhere.
 *
 * Source: pidfd_open(2), pidfd_send_signal(2), of Linux 5.3.
 */
static int signal_program(char **argv) {
  word signal = number(argv[1]);
  int code = EXIT_DONE;
  for (char **pid = argv + 3; *pid; pid++) {
    long process = syscall4(PIDFD_OPEN, number(*pid), 0, 0, 0);
    if (process == -ESRCH) continue;
    if (process < 0) return EXIT_TOO_OLD;
    if (is_in(argv[2], *pid) && syscall4(PIDFD_SEND_SIGNAL, (word)process, signal, 0, 0) == -EPERM)
      code = EXIT_NOT_PERMITTED;
    syscall4(CLOSE, (word)process, 0, 0, 0);
  }
  return code;
}

struct address {
  unsigned short family;
  unsigned char port[2];
  unsigned char ip[4];
  unsigned char rest[8];
};

/** Reads the IP of a host from the hosts file. Returns 0 if it is not there. */
static int find_host(const char *name, unsigned char *ip) {
  static char content[1 << 16];
  long length = read_file((word)AT_FDCWD, "/etc/hosts", content, sizeof content - 1);
  for (char *line = content, *end; line < content + length; line = end + 1) {
    for (end = line; *end && *end != '\n'; end++) {
    }
    if (!contains(line, end - line, name)) continue;
    for (int part = 0; part < 4; part++, line++)
      for (ip[part] = 0; *line >= '0' && *line <= '9'; line++) ip[part] = (unsigned char)(ip[part] * 10 + (*line - '0'));
    return 1;
  }
  return 0;
}

static struct address at_port(word port) {
  struct address address = {.family = AF_INET, .port = {(unsigned char)(port >> 8), (unsigned char)port}};
  return address;
}

/** Closes a connection with a reset. Its other end sees what the server did. */
static void reset(long socket) {
  int linger[2] = {1, 0};
  syscall5(SETSOCKOPT, (word)socket, SOL_SOCKET, SO_LINGER, (word)linger, sizeof linger);
  syscall4(CLOSE, (word)socket, 0, 0, 0);
}

/** Copies until the sender has finished, or the connection of either is broken. */
static void copy(long from, long to) {
  static char buffer[1 << 16];
  long got, sent = 0;
  while (sent >= 0 && (got = syscall4(READ, (word)from, (word)buffer, sizeof buffer, 0)) > 0)
    for (long done = 0; done < got && sent >= 0; done += sent)
      sent = syscall4(WRITE, (word)to, (word)(buffer + done), (word)(got - done), 0);
  int is_broken = got < 0 || sent < 0;
  syscall4(SHUTDOWN, (word)to, is_broken ? SHUT_RDWR : SHUT_WR, 0, 0);
  if (is_broken) syscall4(SHUTDOWN, (word)from, SHUT_RDWR, 0, 0);
}

static long fork_process(void) { return syscall5(CLONE, SIGCHLD, 0, 0, 0, 0); }

/**
 * Forwards TCP connections: `forward PORT` listens on that port and connects to the same port of the host that the hosts
 * file calls `target.jest-kubelet`. Two processes copy each connection, so a frozen container forwards nothing, and the
 * kernel still accepts connections for it.
 */
static int forward_program(char **argv) {
  word ignore[4] = {1};
  struct address here = at_port(number(argv[1])), target = here;
  if (!find_host("target.jest-kubelet", target.ip)) return EXIT_NOT_PERMITTED;
  syscall4(RT_SIGACTION, SIGCHLD, (word)ignore, 0, sizeof(word));
  long listener = syscall4(SOCKET, AF_INET, SOCK_STREAM, 0, 0);
  if (syscall4(BIND, (word)listener, (word)&here, sizeof here, 0) < 0) return EXIT_NOT_PERMITTED;
  syscall4(LISTEN, (word)listener, BACKLOG, 0, 0);
  for (;;) {
    long client = syscall4(ACCEPT, (word)listener, 0, 0, 0);
    if (client < 0) continue;
    if (fork_process() == 0) {
      syscall4(CLOSE, (word)listener, 0, 0, 0);
      long server = syscall4(SOCKET, AF_INET, SOCK_STREAM, 0, 0);
      if (syscall4(CONNECT, (word)server, (word)&target, sizeof target, 0) < 0) {
        reset(client);
        return EXIT_DONE;
      }
      if (fork_process() == 0) copy(client, server);
      else copy(server, client);
      return EXIT_DONE;
    }
    syscall4(CLOSE, (word)client, 0, 0, 0);
  }
}

struct program {
  const char *name;
  int (*run)(char **argv);
  /** How many there are at least, its name included. */
  word arguments;
};

static const struct program PROGRAMS[] = {
    {"signal", signal_program, 4},       {"forward", forward_program, 2}, {"dial", dial_program, 1},
    {"processes", processes_program, 2}, {"sockets", sockets_program, 2}, {"link", link_program, 1},
};

static int is_same(const char *a, const char *b) {
  while (*a && *a == *b) a++, b++;
  return *a == *b;
}

/** Starts here: the stack holds argc, argv and a null. By any other name it is `pause`. */
__attribute__((used)) void run(word *stack) {
  char **argv = (char **)(stack + 1);
  const char *name = argv[0];
  int (*program)(char **) = pause_program;
  for (const char *step = name; *step; step++)
    if (*step == '/') name = step + 1;
  for (word each = 0; each < sizeof PROGRAMS / sizeof *PROGRAMS; each++)
    if (is_same(name, PROGRAMS[each].name) && stack[0] >= PROGRAMS[each].arguments) program = PROGRAMS[each].run;
  int code = program(argv);
  for (;;) syscall4(EXIT, (word)code, 0, 0, 0);
}
