import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { clearTimeout, setTimeout } from 'node:timers';
import { RuntimeError } from '../../runtimeError';
import type { Docker } from './docker';
import type { KeptContainers } from './keptContainers';
import { RUN_LABEL } from './labels';

/** An engine that takes longer for an answer would have its own slowness blamed on the app. */
export const ANSWER_MAX_MS = 8_000;

const ENDED = new Set(['exited', 'dead', 'removing']);

export interface CheckedRun {
  readonly id: string;
  readonly kept: KeptContainers;
  readonly answerMaxMs?: number;
}

/**
 * Resolves if the engine takes new connections, and has ended none of the containers that hold the volumes of a run.
 *
 * An engine that is being stopped closes its socket first and ends the containers then. Connections that were open before
 * it still answers, so the check opens one of its own.
 *
 * Source: moby cmd/dockerd/daemon.go `start`: `shutdownDaemon` follows the end of the API server.
 *
 * @throws RuntimeError if the engine does not answer in time, or ended such a container.
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
    throw new RuntimeError('container engine', 'does not answer any more. Check that it still runs', { cause });
  } finally {
    clearTimeout(limit);
  }
}

export function endedByEngine(): RuntimeError {
  const wrong = 'ended the sandbox of a pod, and jest-kubelet did not request that';
  return new RuntimeError('container engine', `${wrong}. Check whether the engine was stopped or restarted`);
}

export function stuck(answerMaxMs: number, cause: unknown): RuntimeError {
  const wrong = `has not answered for ${answerMaxMs / 1000}s, though it holds the connection; is it, or its disk, overloaded?`;
  return new RuntimeError('container engine', wrong, { cause });
}

/** The same engine, each of whose requests has a connection of its own. One over SSH does that anyway. */
function withoutPool(docker: Docker): Docker {
  const { protocol } = docker.modem as unknown as { readonly protocol: string };
  const agent = protocol === 'https' ? new HttpsAgent() : new HttpAgent();
  const modem = Object.create(docker.modem, { agent: { value: agent } });
  return Object.create(docker, { modem: { value: modem } });
}
