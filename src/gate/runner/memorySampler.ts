import { setTimeout as sleep } from 'node:timers/promises';
import { realNow } from '../../clock/realNow';
import { containerStatusOf } from '../../timeline/containerStatus';
import type { Actor } from '../model/actor';
import type { MemorySample } from '../model/memory/memorySample';

const EVERY_MS = 1_000;

/** Measures the working set of containers every second until it is stopped or the pod's run is over. */
export class MemorySampler {
  readonly #stopped = new AbortController();

  constructor(actor: Actor, containers: readonly string[], onSample: (sample: MemorySample) => void) {
    for (const container of containers) void this.#sample(actor, container, onSample);
  }

  stop(): void {
    this.#stopped.abort();
  }

  async #sample(actor: Actor, container: string, onSample: (sample: MemorySample) => void): Promise<void> {
    const { signal } = this.#stopped;
    while (!signal.aborted && !actor.ended && !actor.broken) {
      const begunAt = realNow();
      const isRunning = containerStatusOf(actor.timeline, container)?.state.running !== undefined;
      // A container that has just exited has no memory.
      const bytes = isRunning
        ? await actor
            .container(container)
            .workingSet?.()
            .catch(() => undefined)
        : undefined;
      if (bytes !== undefined && !signal.aborted) onSample({ container, atMs: realNow(), bytes });
      await sleep(Math.max(0, EVERY_MS - (realNow() - begunAt)), undefined, { signal, ref: false }).catch(() => {});
    }
  }
}
