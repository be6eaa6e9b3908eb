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
  /** Since Jest 30.5. Identifies the calling test, even among concurrent tests. */
  readonly currentTestIdentity?: () => unknown;
  readonly currentConcurrentTestName?: () => string | undefined;
}

/** Default timeout of Jest, in milliseconds. */
const DEFAULT_TIMEOUT_MS = 5_000;
/** Key of the timeout that `jest.setTimeout` sets. */
const SET_TIMEOUT = Symbol.for('TEST_TIMEOUT_SYMBOL');

/**
 * Updates the registry for the test file that loads it: fails a test with a missing await, removes pods after the test or
 * file that started them, and records the timeout of the current test.
 *
 * Before Jest 30, jest-circus does not report the end of a test, so its pods are removed when the next test begins.
 */
export function keepRegistry({ beforeEach, afterEach, afterAll, expect, jest }: Framework): void {
  const pods = registry();
  if (pods.kept) return;
  pods.kept = true;
  raiseTimeout(jest);
  pods.configuredMs = () => circusState()?.testTimeout;
  pods.caller = () => callerIn(expect.getState());
  const handlers = circusHandlers();
  if (handlers) {
    handlers.push(circusKeeper());
    return;
  }
  beforeEach(() => {
    removePods('test');
    const state = circusState();
    const timeout = state?.currentlyRunningTest?.timeout || state?.testTimeout || DEFAULT_TIMEOUT_MS;
    pods.scope = 'test';
    pods.deadlines.set(undefined, realNow() + timeout);
  });
  afterEach(() => {
    pods.deadlines.clear();
    const forgotten = abandonPending();
    if (forgotten) throw forgotten;
  });
  afterAll(() => {
    removePods('test');
    removePods('file');
  });
}

/** Raises the default timeout of tests and hooks to two minutes, because five seconds are too short for a pod. */
function raiseTimeout(jest: Framework['jest']): void {
  if (circusState()?.testTimeout !== DEFAULT_TIMEOUT_MS || SET_TIMEOUT in globalThis) return;
  jest.setTimeout(TEST_TIMEOUT_MS);
}

function callerIn({ testPath, currentTestName, currentConcurrentTestName, currentTestIdentity }: ExpectState) {
  const test = currentTestIdentity?.();
  return { test, name: currentConcurrentTestName?.() ?? currentTestName, file: testPath };
}
