import { realNow } from '../../clock/realNow';
import type { LiveSummary } from '../../report/summary/liveSummary';
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
  /**
   * The tests and hooks that run, by what the test framework knows each as, and when each is out of time in milliseconds
   * since the epoch. Only tests that run concurrently are more than one.
   */
  readonly deadlines: Map<unknown, number>;
  /** What the test framework gives a test or hook that says nothing itself, in milliseconds, where that is known. */
  configuredMs: () => number | undefined;
  /** Who calls, as far as the test framework can tell. */
  caller: () => Caller;
  /** Whether the hooks that keep this registry are in place. */
  kept: boolean;
  /** What has been told of manifests already. */
  readonly told: Set<string>;
  /** Where the lives of the pods are told as they go, if that is asked for. */
  story: LiveSummary | undefined;
  /** The process in which the pods are played, from the first `runPod` on. */
  agent: AgentProcess | undefined;
}

export type Scope = 'test' | 'file';

/** Whose code runs. */
export interface Caller {
  /** What the test framework knows the test as; undefined where it cannot tell, as between concurrent tests. */
  readonly test?: unknown;
  /** The test's whole name. */
  readonly name?: string | undefined;
  /** The test file's path. */
  readonly file?: string | undefined;
}

export interface RegisteredPod {
  readonly scope: Scope;
  /** Removes the pod at once, without a rehearsal of its end; returns when that is on its way, and never throws. */
  remove(): void;
}

export interface PendingMatcher {
  /** As it is written in a test: `expect(pod).toBecomeReady()`. */
  readonly call: string;
  /** What the test framework knows the calling test as, where it can tell. */
  readonly test: unknown;
  /** The lines of the stack it was called with, the test's own first. */
  readonly frames: readonly string[];
  /** Ends the wait; the matcher then says nothing, whatever it was asked. */
  abandon(): void;
}

const KEY = Symbol.for('jest-kubelet');

interface RegistryHolder {
  [KEY]?: Registry;
}

/** The one registry of this global scope. */
export function registry(): Registry {
  const holder = globalThis as RegistryHolder;
  holder[KEY] ??= {
    pods: new Set(),
    pending: new Set(),
    scope: 'file',
    deadlines: new Map(),
    configuredMs: () => undefined,
    caller: () => ({}),
    kept: false,
    told: new Set(),
    story: undefined,
    agent: undefined,
  };
  return holder[KEY];
}

/**
 * When the calling test or hook is out of time, in milliseconds since the epoch; undefined where nobody knows. Of
 * concurrent tests that cannot be told apart it is the first one's: a wait that ends early still says why. Where the
 * framework has not said that anything runs, the caller is taken to have just begun.
 */
export function deadline(): number | undefined {
  const { deadlines, caller, configuredMs } = registry();
  const known = deadlines.get(caller().test);
  if (known !== undefined) return known;
  if (deadlines.size > 0) return Math.min(...deadlines.values());
  const ms = configuredMs();
  return ms === undefined ? undefined : realNow() + ms;
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
