// Linux without a library, and what the programs of the sandbox image share. Each of their sources begins with this.

typedef unsigned long word;

enum { EPERM = 1, ESRCH = 3, EAGAIN = 11, EINPROGRESS = 115 };
enum { AT_FDCWD = -100, PR_SET_DUMPABLE = 4, SIGINT = 2, SIGPIPE = 13, SIGTERM = 15, SIGCHLD = 17, SIG_BLOCK = 0 };
enum { POLLIN = 1, POLLOUT = 4, SOCK_NONBLOCK = 2048 };
enum { AF_INET = 2, SOCK_STREAM = 1, SOCK_DGRAM = 2, SOL_SOCKET = 1, SO_LINGER = 13, SHUT_WR = 1, SHUT_RDWR = 2, BACKLOG = 128 };

#if defined(__x86_64__)
enum {
  READ = 0,
  WRITE = 1,
  CLOSE = 3,
  RT_SIGACTION = 13,
  RT_SIGPROCMASK = 14,
  IOCTL = 16,
  SOCKET = 41,
  CONNECT = 42,
  ACCEPT = 43,
  SHUTDOWN = 48,
  BIND = 49,
  LISTEN = 50,
  SETSOCKOPT = 54,
  CLONE = 56,
  EXIT = 60,
  RT_SIGTIMEDWAIT = 128,
  PRCTL = 157,
  GETDENTS64 = 217,
  OPENAT = 257,
  PPOLL = 271,
};

static inline long syscall5(long number, word a, word b, word c, word d, word e) {
  long result;
  register word r10 __asm__("r10") = d;
  register word r8 __asm__("r8") = e;
  __asm__ volatile("syscall"
                   : "=a"(result)
                   : "a"(number), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8)
                   : "rcx", "r11", "memory");
  return result;
}
#elif defined(__aarch64__)
enum {
  IOCTL = 29,
  OPENAT = 56,
  CLOSE = 57,
  GETDENTS64 = 61,
  READ = 63,
  WRITE = 64,
  PPOLL = 73,
  EXIT = 93,
  RT_SIGACTION = 134,
  RT_SIGPROCMASK = 135,
  RT_SIGTIMEDWAIT = 137,
  PRCTL = 167,
  SOCKET = 198,
  BIND = 200,
  LISTEN = 201,
  ACCEPT = 202,
  CONNECT = 203,
  SETSOCKOPT = 208,
  SHUTDOWN = 210,
  CLONE = 220,
};

static inline long syscall5(long number, word a, word b, word c, word d, word e) {
  register long x8 __asm__("x8") = number;
  register word x0 __asm__("x0") = a;
  register word x1 __asm__("x1") = b;
  register word x2 __asm__("x2") = c;
  register word x3 __asm__("x3") = d;
  register word x4 __asm__("x4") = e;
  __asm__ volatile("svc 0" : "+r"(x0) : "r"(x8), "r"(x1), "r"(x2), "r"(x3), "r"(x4) : "memory");
  return (long)x0;
}
#endif

enum { PIDFD_SEND_SIGNAL = 424, PIDFD_OPEN = 434 };

static inline long syscall4(long number, word a, word b, word c, word d) { return syscall5(number, a, b, c, d, 0); }

enum { EXIT_DONE = 0, EXIT_NOT_PERMITTED = 1, EXIT_TOO_OLD = 2 };

/** Returns true if a part stands in a text that may end in no zero. */
int contains(const char *text, long length, const char *part);

/** Reads a file of a folder, as much as there is room for, and returns how much that is: nothing of one that is gone. */
long read_file(word folder, const char *name, char *content, long room);

int dial_program(char **argv);
int link_program(char **argv);
int processes_program(char **argv);
int sockets_program(char **argv);
