import type { Docker } from '../engine/docker';

/**
 * How many processes and threads a container may have. A kubelet sets no limit (`podPidsLimit` is -1) unless its node is
 * configured to; without one, what forks without end takes the machine with it.
 */
export const PIDS_MAX = 4_096;

/** What an engine says where it cannot fork. Source: runc libcontainer, `setns` and `clone`. */
const CANNOT_FORK = /setns process|resource temporarily unavailable|cannot fork|can't fork/i;

interface Stats {
  readonly pids_stats?: { readonly current?: number };
}

/** The words an engine has for a command it could not run, with the reason where that is our limit. */
export async function withPidsLimit(docker: Docker, id: string, message: string): Promise<string> {
  if (!CANNOT_FORK.test(message)) return message;
  const stats: Stats = await docker
    .getContainer(id)
    .stats({ stream: false, 'one-shot': true })
    .catch(() => ({}));
  const { current = 0 } = stats.pids_stats ?? {};
  // A few come and go.
  if (current < PIDS_MAX * 0.99) return message;
  return `${message}; the container has ${current} processes and threads, and may have ${PIDS_MAX} here`;
}
