#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define LOCK "/data/index.lock"

static void stop(int signal) {
  unlink(LOCK);
  _exit(0);
}

int main(void) {
  const char *answer = "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nConnection: close\r\n\r\nok\n";
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(8080)};
  int yes = 1, server = socket(AF_INET, SOCK_STREAM, 0);
  if (open(LOCK, O_CREAT | O_EXCL, 0644) < 0) {
    fprintf(stderr, "%s exists: another instance is running\n", LOCK);
    return 1;
  }
  signal(SIGTERM, stop);
  signal(SIGPIPE, SIG_IGN);
  setsockopt(server, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  if (bind(server, (struct sockaddr *)&address, sizeof address) || listen(server, 128)) return 1;
  for (;;) {
    char request[4096];
    int client = accept(server, NULL, NULL);
    if (client < 0) continue;
    if (read(client, request, sizeof request) > 0) (void)!write(client, answer, strlen(answer));
    shutdown(client, SHUT_WR);
    while (read(client, request, sizeof request) > 0);
    close(client);
  }
}
