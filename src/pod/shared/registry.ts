import { realNow } from '../../clock/realNow';
import type { LiveSummary } from '../../report/summary/liveSummary';
import type { AgentProcess } from './agentProcess';

/**
 * State that is shared by all copies of this package's code: a test may import either entry in either module system,
 * and `jest.resetModules()` loads them again. All copies must use the same pods and waits.
 */
export interface Registry {
  /** The pods that were started and not yet removed. */
  readonly pods: Set<RegisteredPod>;
  /** Waiting matchers without a result so far. */
  readonly pending: Set<PendingMatcher>;
  /** The owner of a pod started now: the running test, or the file. */
  scope: Scope;
  /**
   * The tests and hooks that run, by what the test framework knows each as, and when each is out of time in milliseconds
   * since the epoch. Only tests that run concurrently are more than one.
   */
  readonly deadlines: Map<unknown, number>;
  /** Returns the framework's default timeout of a test or hook, in milliseconds, if it is known. */
  configuredMs: () => number | undefined;
  /** Returns the caller, as far as the test framework knows it. */
  caller: () => Caller;
  /** True if the hooks that keep this registry are in place. */
  kept: boolean;
  /** Notes about manifests that are already printed. */
  readonly told: Set<string>;
  /** Live summary of the pods, if it is requested. */
  story: LiveSummary | undefined;
  /** The process of the pods, since the first `runPod`. */
  agent: AgentProcess | undefined;
}

export type Scope = 'test' | 'file';

/** Test or hook whose code runs. */
export interface Caller {
  /** The framework's object for the test. undefined if it is unknown, for example between concurrent tests. */
  readonly test?: unknown;
  /** The test's whole name. */
  readonly name?: string | undefined;
  /** The test file's path. */
  readonly file?: string | undefined;
}

export interface RegisteredPod {
  readonly scope: Scope;
  /** Starts to remove the pod immediately, without a graceful stop. Never throws. */
  remove(): void;
}

export interface PendingMatcher {
  /** Call as it is written in a test: `expect(pod).toBecomeReady()`. */
  readonly call: string;
  /** The framework's object for the calling test, if it is known. */
  readonly test: unknown;
  /** Lines of the stack of the call, those of the test first. */
  readonly frames: readonly string[];
  /** Ends the wait. The matcher then settles without a result. */
  abandon(): void;
}

const KEY = Symbol.for('jest-kubelet');

interface RegistryHolder {
  [KEY]?: Registry;
}

/** Returns the only registry of this global scope. */
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
 * Returns the deadline of the calling test or hook in milliseconds since the epoch, or undefined if it is unknown: of
 * concurrent tests it is the first one's, because a wait that ends early still explains itself. Without a start by the
 * framework, the caller counts as having just begun.
 */
export function deadline(): number | undefined {
  const { deadlines, caller, configuredMs } = registry();
  const known = deadlines.get(caller().test);
  if (known !== undefined) return known;
  if (deadlines.size > 0) return Math.min(...deadlines.values());
  const ms = configuredMs();
  return ms === undefined ? undefined : realNow() + ms;
}

/** Starts to remove every pod of a scope. Scope `file` also ends the agent. */
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
