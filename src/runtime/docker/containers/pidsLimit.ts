import type { Docker } from '../engine/docker';

/**
 * The limit of processes and threads in a container. A kubelet sets none (`podPidsLimit` is -1) unless its node
 * configures one, and without a limit a container that forks endlessly takes the machine down.
 */
export const PIDS_MAX = 4_096;

/** Errors of an engine that cannot fork. Source: runc libcontainer, `setns` and `clone`. */
const CANNOT_FORK = /setns process|resource temporarily unavailable|cannot fork|can't fork/i;

interface Stats {
  readonly pids_stats?: { readonly current?: number };
}

/** Returns the engine's error for a command that it could not run, with the reason if that is our limit. */
export async function withPidsLimit(docker: Docker, id: string, message: string): Promise<string> {
  if (!CANNOT_FORK.test(message)) return message;
  const stats: Stats = await docker
    .getContainer(id)
    .stats({ stream: false, 'one-shot': true })
    .catch(() => ({}));
  const { current = 0 } = stats.pids_stats ?? {};
  // The number varies by a few processes.
  if (current < PIDS_MAX * 0.99) return message;
  return `${message}. The container has ${current} processes and threads, and jest-kubelet limits it to ${PIDS_MAX}`;
}
