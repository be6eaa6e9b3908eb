import { realNow } from '../../../src/clock/realNow';
import { registry, removePods } from '../../../src/pod/shared/registry';
import { TEST_TIMEOUT_MS } from '../../../src/timing/testTimeout';
import { circusHandlers, circusKeeper, circusState } from './circus';
import { abandonPending } from './pending';

/** The part of Jest's globals that is used. */
export interface Framework {
  beforeEach(act: () => void): void;
  afterEach(act: () => void): void;
  afterAll(act: () => void): void;
  readonly expect: { getState(): ExpectState };
  readonly jest: { setTimeout(ms: number): unknown };
}

interface ExpectState {
  readonly testPath?: string | undefined;
  readonly currentTestName?: string | undefined;
  /** From Jest 30.5 on, also for concurrent tests: which of them calls. */
  readonly currentTestIdentity?: () => unknown;
  readonly currentConcurrentTestName?: () => string | undefined;
}

/** Jest's own time-out, in milliseconds. */
const DEFAULT_TIMEOUT_MS = 5_000;
/** Under which Jest keeps what `jest.setTimeout` was given. */
const SET_TIMEOUT = Symbol.for('TEST_TIMEOUT_SYMBOL');

/**
 * Keeps the registry for the test file that loads it: fails a test that forgot to await a matcher, removes pods once
 * the test, or the file, that started them is over, and knows when the running test is out of time.
 *
 * A setup file's hooks run before the user's own, so the end of a test is learned from jest-circus itself. Where it
 * does not say (before Jest 30), a test's pods go when the next one begins, and its time is counted from before its
 * hooks.
 */
export function keepRegistry({ beforeEach, afterEach, afterAll, expect, jest }: Framework): void {
  const books = registry();
  if (books.kept) return;
  books.kept = true;
  bePatient(jest);
  books.configuredMs = () => circusState()?.testTimeout;
  books.caller = () => callerIn(expect.getState());
  const handlers = circusHandlers();
  if (handlers) {
    handlers.push(circusKeeper());
    return;
  }
  beforeEach(() => {
    removePods('test');
    const state = circusState();
    const timeout = state?.currentlyRunningTest?.timeout || state?.testTimeout || DEFAULT_TIMEOUT_MS;
    books.scope = 'test';
    books.deadlines.set(undefined, realNow() + timeout);
  });
  afterEach(() => {
    books.deadlines.clear();
    const forgotten = abandonPending();
    if (forgotten) throw forgotten;
  });
  afterAll(() => {
    removePods('test');
    removePods('file');
  });
}

/** Five seconds are little for a pod: tests and hooks get two minutes where nobody has set a time of their own. */
function bePatient(jest: Framework['jest']): void {
  if (circusState()?.testTimeout !== DEFAULT_TIMEOUT_MS || SET_TIMEOUT in globalThis) return;
  jest.setTimeout(TEST_TIMEOUT_MS);
}

function callerIn({ testPath, currentTestName, currentConcurrentTestName, currentTestIdentity }: ExpectState) {
  const test = currentTestIdentity?.();
  return { test, name: currentConcurrentTestName?.() ?? currentTestName, file: testPath };
}
