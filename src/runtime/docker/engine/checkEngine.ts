import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { clearTimeout, setTimeout } from 'node:timers';
import { RuntimeError } from '../../runtimeError';
import type { Docker } from './docker';
import type { KeptContainers } from './keptContainers';
import { RUN_LABEL } from './labels';

/** The slowness of an engine that takes longer than this to respond would be attributed to the app. */
export const ANSWER_MAX_MS = 8_000;

const ENDED = new Set(['exited', 'dead', 'removing']);

export interface CheckedRun {
  readonly id: string;
  readonly kept: KeptContainers;
  readonly answerMaxMs?: number;
}

/**
 * Resolves if the engine accepts new connections, and has ended no container that holds the volumes of a run. The check
 * opens its own connection, because an engine that is being stopped closes its socket first, ends the containers, and
 * still responds on open connections.
 *
 * Source: moby cmd/dockerd/daemon.go `start`: `shutdownDaemon` follows the end of the API server.
 *
 * @throws RuntimeError if the engine does not respond in time, or has ended such a container.
 */
export async function checkEngine(
  docker: Docker,
  { id, kept, answerMaxMs = ANSWER_MAX_MS }: CheckedRun,
): Promise<void> {
  const silence = new AbortController();
  const limit = setTimeout(() => silence.abort(), answerMaxMs);
  const before = kept.all;
  try {
    const filters = { label: [`${RUN_LABEL}=${id}`] };
    const all = await withoutPool(docker).listContainers({ all: true, filters, abortSignal: silence.signal });
    const running = new Set(all.filter(({ State }) => !ENDED.has(State)).map(({ Id }) => Id));
    const now = new Set(kept.all);
    if (before.some((each) => now.has(each) && !running.has(each))) throw endedByEngine();
  } catch (cause) {
    if (cause instanceof RuntimeError) throw cause;
    if (silence.signal.aborted) throw stuck(answerMaxMs, cause);
    throw new RuntimeError('container engine', 'no longer responds. Check that it still runs', { cause });
  } finally {
    clearTimeout(limit);
  }
}

export function endedByEngine(): RuntimeError {
  const wrong = 'ended the sandbox of a pod, and jest-kubelet did not request that';
  return new RuntimeError('container engine', `${wrong}. Check whether the engine was stopped or restarted`);
}

export function stuck(answerMaxMs: number, cause: unknown): RuntimeError {
  const wrong = `has not responded for ${answerMaxMs / 1000}s on an open connection. Check whether it or its disk is overloaded`;
  return new RuntimeError('container engine', wrong, { cause });
}

/** Returns a client of the same engine that opens a connection for each request. A client over SSH always does. */
function withoutPool(docker: Docker): Docker {
  const { protocol } = docker.modem as unknown as { readonly protocol: string };
  const agent = protocol === 'https' ? new HttpsAgent() : new HttpAgent();
  const modem = Object.create(docker.modem, { agent: { value: agent } });
  return Object.create(docker, { modem: { value: modem } });
}
