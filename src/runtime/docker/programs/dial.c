// The program `dial` of the sandbox image: it connects to the pod from inside the pod's network, for an engine whose pods
// the test's machine does not reach. One run of it carries many connections, as each run costs the engine some 100 ms.
//
// Standard input and output are frames of three words of 32 bits: the number of a connection, a kind and a value, least
// byte first. A frame of data is followed by as many bytes as its value. No side sends more of a connection than WINDOW
// bytes that the other has not reported as taken, so one connection does not hold up another one.
//
// Source: ip(7), connect(2), poll(2), errno(3).

#include "syscalls.h"

typedef unsigned int u32;

/** To the program. OPEN is followed by the first 8 bytes of a `struct sockaddr_in`. END hangs up when all is sent. */
enum { OPEN = 0, SEND = 1, TAKEN = 2, END = 3, CLOSE_NOW = 4 };
/** From the program. READY comes once, BEGUN before the connection is tried. FAILED and ENDED are the last of one. */
enum { READY = 0, BEGUN = 1, CONNECTED = 2, FAILED = 3, RECEIVED = 4, SENT = 5, ENDED = 6 };
enum { WINDOW = 16384, CONNECTIONS = 1000, HEADER = 12, ADDRESS = 8, EMFILE = 24, ECONNABORTED = 103 };
enum { FREE = 0, CONNECTING = 1, OPENED = 2, ENDING = 3 };

struct connection {
  u32 id;
  int state;
  int fd;
  /** How much may be received before the other side takes some. */
  u32 credit;
  /** A `struct sockaddr_in`. */
  char address[16];
  /** To be sent. */
  u32 from, until;
  char out[WINDOW];
};

struct pollfd {
  int fd;
  short events, revents;
};

static struct connection all[CONNECTIONS];
static int used;
static struct pollfd polled[CONNECTIONS + 1];
static char in[HEADER + WINDOW];
static u32 buffered;
static char frame[HEADER + WINDOW];

static void leave(void) {
  for (;;) syscall4(EXIT, 0, 0, 0, 0);
}

static void put(char *at, u32 value) {
  for (int byte = 0; byte < 4; byte++) at[byte] = (char)(value >> (8 * byte));
}

static u32 get(const char *at) {
  u32 value = 0;
  for (int byte = 0; byte < 4; byte++) value |= (u32)(unsigned char)at[byte] << (8 * byte);
  return value;
}

/** Writes a frame, of which the data is in place already. */
static void tell(u32 id, u32 kind, u32 value) {
  put(frame, id);
  put(frame + 4, kind);
  put(frame + 8, value);
  u32 length = HEADER + (kind == RECEIVED ? value : 0);
  for (u32 done = 0; done < length;) {
    long wrote = syscall4(WRITE, 1, (word)(frame + done), length - done, 0);
    if (wrote <= 0) leave();
    done += (u32)wrote;
  }
}

static void forget(struct connection *it) {
  if (it->fd >= 0) syscall4(CLOSE, (word)it->fd, 0, 0, 0);
  it->state = FREE;
}

static void fail(struct connection *it, long error) {
  tell(it->id, FAILED, (u32)-error);
  forget(it);
}

static void end(struct connection *it) {
  tell(it->id, ENDED, 0);
  forget(it);
}

static struct connection *find(u32 id) {
  for (int index = 0; index < used; index++)
    if (all[index].state != FREE && all[index].id == id) return &all[index];
  return 0;
}

static struct connection *unused(void) {
  for (int index = 0; index < used; index++)
    if (all[index].state == FREE) return &all[index];
  return used < CONNECTIONS ? &all[used++] : 0;
}

/** Tries to connect. Called again once the socket can be written to, it tells what came of the attempt. */
static void try(struct connection *it) {
  long result = syscall4(CONNECT, (word)it->fd, (word)it->address, sizeof it->address, 0);
  if (result == -EINPROGRESS) return;
  if (result < 0) return fail(it, result);
  it->state = OPENED;
  tell(it->id, CONNECTED, 0);
}

static void open(u32 id, const char *address) {
  struct connection *it = unused();
  tell(id, BEGUN, 0);
  if (!it) return tell(id, FAILED, EMFILE);
  it->id = id;
  it->state = CONNECTING;
  it->credit = WINDOW;
  it->from = it->until = 0;
  it->fd = (int)syscall4(SOCKET, AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0, 0);
  if (it->fd < 0) return fail(it, it->fd);
  for (int byte = 0; byte < ADDRESS; byte++) it->address[byte] = address[byte];
  try(it);
}

static void flush(struct connection *it) {
  while (it->from < it->until) {
    long wrote = syscall4(WRITE, (word)it->fd, (word)(it->out + it->from), it->until - it->from, 0);
    if (wrote == -EAGAIN) return;
    // What is written to a side that is gone is lost. The next read tells why.
    if (wrote < 0) wrote = it->until - it->from;
    it->from += (u32)wrote;
    tell(it->id, SENT, (u32)wrote);
  }
  it->from = it->until = 0;
  if (it->state == ENDING) end(it);
}

static void receive(struct connection *it) {
  u32 most = it->credit < WINDOW ? it->credit : WINDOW;
  long got = syscall4(READ, (word)it->fd, (word)(frame + HEADER), most, 0);
  if (got == -EAGAIN) return;
  if (got < 0) return fail(it, got);
  if (got == 0) return end(it);
  it->credit -= (u32)got;
  tell(it->id, RECEIVED, (u32)got);
}

/** Keeps what is to be sent. The window leaves room for it. */
static void keep(struct connection *it, const char *data, u32 length) {
  if (it->from > 0 && it->until + length > WINDOW) {
    for (u32 byte = it->from; byte < it->until; byte++) it->out[byte - it->from] = it->out[byte];
    it->until -= it->from;
    it->from = 0;
  }
  if (length > WINDOW - it->until) leave();
  for (u32 byte = 0; byte < length; byte++) it->out[it->until++] = data[byte];
}

static void obey(u32 id, u32 kind, u32 value, const char *data) {
  if (kind == OPEN) return open(id, data);
  struct connection *it = find(id);
  if (!it) return;
  if (kind == SEND) keep(it, data, value);
  if (kind == TAKEN) it->credit += value;
  if (kind == CLOSE_NOW) return forget(it);
  if (kind == END && it->state == OPENED) it->state = ENDING;
  if (kind == END && it->state == CONNECTING) return fail(it, -ECONNABORTED);
  if (it->state == OPENED || it->state == ENDING) flush(it);
}

/** Reads frames. The end of them is that of all connections. */
static void listen(void) {
  long got = syscall4(READ, 0, (word)(in + buffered), sizeof in - buffered, 0);
  if (got <= 0) leave();
  buffered += (u32)got;
  u32 at = 0;
  while (buffered - at >= HEADER) {
    u32 kind = get(in + at + 4), value = get(in + at + 8);
    u32 length = kind == SEND ? value : kind == OPEN ? ADDRESS : 0;
    if (length > WINDOW) leave();
    if (buffered - at - HEADER < length) break;
    obey(get(in + at), kind, value, in + at + HEADER);
    at += HEADER + length;
  }
  for (u32 byte = at; byte < buffered; byte++) in[byte - at] = in[byte];
  buffered -= at;
}

/** Names what is waited for: room to send into, something to receive. A descriptor below 0 is passed over. */
static void look(const struct connection *it, struct pollfd *at) {
  at->events = it->state == CONNECTING || it->from < it->until ? POLLOUT : 0;
  if (it->state != CONNECTING && it->credit > 0) at->events |= POLLIN;
  at->fd = it->state == FREE || at->events == 0 ? -1 : it->fd;
  at->revents = 0;
}

static void serve(struct connection *it, short events) {
  if (it->state == CONNECTING) return try(it);
  if (it->from < it->until) flush(it);
  if (it->state != FREE && events & ~POLLOUT && it->credit > 0) receive(it);
}

/** Runs until standard input ends. As with `pause`, no process of a shared PID namespace can trace it. */
int dial_program(char **argv) {
  (void)argv;
  word ignore[4] = {1};
  syscall4(PRCTL, PR_SET_DUMPABLE, 0, 0, 0);
  syscall4(RT_SIGACTION, SIGPIPE, (word)ignore, 0, sizeof(word));
  tell(0, READY, 0);
  for (;;) {
    polled[0].events = POLLIN;
    for (int index = 0; index < used; index++) look(&all[index], &polled[index + 1]);
    if (syscall4(PPOLL, (word)polled, (word)(used + 1), 0, 0) < 0) continue;
    for (int index = 0; index < used; index++)
      if (polled[index + 1].revents) serve(&all[index], polled[index + 1].revents);
    if (polled[0].revents) listen();
  }
}
