#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

static pid_t child;

static void forward(int signal) { kill(child, signal); }

int main(int argc, char **argv) {
  int status = 0;
  signal(SIGTERM, forward);
  child = fork();
  if (child == 0) execv(argv[1], argv + 1);
  for (pid_t gone = 0; gone != child;) gone = wait(&status);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
