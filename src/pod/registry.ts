import type { AgentProcess } from './agentProcess';

/**
 * What outlives a single copy of this package's code: a package has two entries, a test may import either, in either
 * module system, and `jest.resetModules()` loads them anew. All of them must meet the same pods and the same waits.
 */
export interface Registry {
  /** The pods that were started and not yet removed. */
  readonly pods: Set<RegisteredPod>;
  /** The waiting matchers that have not come to a verdict. */
  readonly pending: Set<PendingMatcher>;
  /** What a pod started now belongs to: the test that runs, or the file. */
  scope: Scope;
  /** When the test or hook that runs is out of time, in milliseconds since the epoch; undefined where it is not known. */
  deadline: number | undefined;
  /** Whether the hooks that keep this registry are in place. */
  kept: boolean;
  /** What has been told of manifests already. */
  readonly told: Set<string>;
  /** The process in which the pods are played, from the first `runPod` on. */
  agent: AgentProcess | undefined;
}

export type Scope = 'test' | 'file';

export interface RegisteredPod {
  readonly scope: Scope;
  /** Removes the pod at once, without a rehearsal of its end; returns when that is on its way, and never throws. */
  remove(): void;
}

export interface PendingMatcher {
  /** As it is written in a test: `expect(pod).toBecomeReady()`. */
  readonly call: string;
  /** The lines of the stack it was called with, the test's own first. */
  readonly frames: readonly string[];
  /** Ends the wait; the matcher then says nothing, whatever it was asked. */
  abandon(): void;
}

const KEY = Symbol.for('jest-kubelet');

interface Holder {
  [KEY]?: Registry;
}

/** The one registry of this global scope. */
export function registry(): Registry {
  const holder = globalThis as Holder;
  holder[KEY] ??= {
    pods: new Set(),
    pending: new Set(),
    scope: 'file',
    deadline: undefined,
    kept: false,
    told: new Set(),
    agent: undefined,
  };
  return holder[KEY];
}

/** Begins to remove every pod of that scope; with the file's, the agent is no longer needed either. */
export function removePods(scope: Scope): void {
  const books = registry();
  for (const pod of books.pods) {
    if (pod.scope !== scope) continue;
    books.pods.delete(pod);
    pod.remove();
  }
  if (scope === 'test') return;
  books.agent?.close();
  books.agent = undefined;
}
