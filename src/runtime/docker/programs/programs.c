// The programs `pause` and `signal` of the sandbox image, in one file: the name it is run by decides which it is. It uses
// no library, and the binaries in binaries.ts are built from it by `npm run helper`.

typedef unsigned long word;

enum { EPERM = 1, ESRCH = 3 };
enum { AT_FDCWD = -100, PR_SET_DUMPABLE = 4, SIGINT = 2, SIGTERM = 15, SIGCHLD = 17, SIG_BLOCK = 0 };
enum { EXIT_DONE = 0, EXIT_NOT_PERMITTED = 1, EXIT_TOO_OLD = 2 };

#if defined(__x86_64__)
enum {
  READ = 0,
  CLOSE = 3,
  RT_SIGACTION = 13,
  RT_SIGPROCMASK = 14,
  EXIT = 60,
  RT_SIGTIMEDWAIT = 128,
  PRCTL = 157,
  OPENAT = 257,
};

static long syscall4(long number, word a, word b, word c, word d) {
  long result;
  register word r10 __asm__("r10") = d;
  __asm__ volatile("syscall" : "=a"(result) : "a"(number), "D"(a), "S"(b), "d"(c), "r"(r10) : "rcx", "r11", "memory");
  return result;
}

__asm__(".globl _start\n_start: mov %rsp, %rdi\nand $-16, %rsp\ncall run\n");
#elif defined(__aarch64__)
enum {
  OPENAT = 56,
  CLOSE = 57,
  READ = 63,
  EXIT = 93,
  RT_SIGACTION = 134,
  RT_SIGPROCMASK = 135,
  RT_SIGTIMEDWAIT = 137,
  PRCTL = 167,
};

static long syscall4(long number, word a, word b, word c, word d) {
  register long x8 __asm__("x8") = number;
  register word x0 __asm__("x0") = a;
  register word x1 __asm__("x1") = b;
  register word x2 __asm__("x2") = c;
  register word x3 __asm__("x3") = d;
  __asm__ volatile("svc 0" : "+r"(x0) : "r"(x8), "r"(x1), "r"(x2), "r"(x3) : "memory");
  return (long)x0;
}

__asm__(".globl _start\n_start: mov x0, sp\nbl run\n");
#endif

enum { PIDFD_SEND_SIGNAL = 424, PIDFD_OPEN = 434 };

/**
 * Waits for SIGTERM or SIGINT. PID 1 gets no signal that it neither handles nor blocks, so it blocks the two. It ignores
 * SIGCHLD, so that the kernel reaps the orphans of the pod. No process of a shared PID namespace can trace it or open its
 * root, working directory or files: it is not dumpable.
 *
 * Source: ptrace(2), "Ptrace access mode checking"; proc(5), `/proc/pid`.
 */
static int pause_program(void) {
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

static int contains(const char *text, long length, const char *part) {
  for (long start = 0; start < length; start++) {
    long same = 0;
    while (part[same] && start + same < length && text[start + same] == part[same]) same++;
    if (!part[same]) return 1;
  }
  return 0;
}

/** Returns true if the process that has this pid now is in the container: its control groups bear the id. */
static int is_in(const char *container, const char *pid) {
  static char file[64], content[1 << 16];
  append(append(append(file, "/proc/"), pid), "/cgroup");
  long fd = syscall4(OPENAT, (word)AT_FDCWD, (word)file, 0, 0);
  if (fd < 0) return 0;
  long length = 0, got;
  while ((got = syscall4(READ, (word)fd, (word)(content + length), sizeof content - (word)length, 0)) > 0) length += got;
  syscall4(CLOSE, (word)fd, 0, 0, 0);
  return contains(content, length, container);
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

/** Starts here: the stack holds argc, argv and a null. */
__attribute__((used)) void run(word *stack) {
  char **argv = (char **)(stack + 1);
  const char *name = argv[0];
  for (const char *step = name; *step; step++)
    if (*step == '/') name = step + 1;
  int code = *name == 's' && stack[0] > 3 ? signal_program(argv) : pause_program();
  for (;;) syscall4(EXIT, (word)code, 0, 0, 0);
}
