import { realNow } from '../../../src/clock/realNow';
import { registry, removePods } from '../../../src/pod/shared/registry';
import { TEST_TIMEOUT_MS } from '../../../src/timing/testTimeout';
import { abandonPending } from './pending';

/** The part of a test of Vitest that is used. */
interface Task {
  readonly timeout: number;
  readonly result?: { readonly state: string } | undefined;
}

type RunnerHook = (context: { readonly task: Task }) => void;

/** The part of Vitest's exports that is used. */
export interface Vitest {
  beforeEach(act: RunnerHook): void;
  afterEach(act: RunnerHook): void;
  afterAll(act: () => void): void;
  readonly expect: {
    getState(): { readonly testPath?: string | undefined; readonly currentTestName?: string | undefined };
  };
  readonly vi: { setConfig(config: { readonly testTimeout?: number; readonly hookTimeout?: number }): void };
}

interface Settings {
  readonly testTimeout: number;
  readonly hookTimeout: number;
}

/** Default timeouts of Vitest, in milliseconds. */
const DEFAULTS: Settings = { testTimeout: 5_000, hookTimeout: 10_000 };

/**
 * Updates the registry for the test file that loads it, like under Jest. Vitest runs `beforeEach` of a setup file before all
 * other hooks and `afterEach` after them, so the timeout of a test counts from before its hooks.
 */
export function keepUnderVitest({ beforeEach, afterEach, afterAll, expect, vi }: Vitest): void {
  const pods = registry();
  if (pods.kept) return;
  pods.kept = true;
  raiseTimeout(vi);
  // A caller without a test is a hook.
  pods.configuredMs = () => settings()?.hookTimeout;
  pods.caller = () => {
    const { currentTestName, testPath } = expect.getState();
    return { name: currentTestName, file: testPath };
  };
  beforeEach(({ task }) => {
    pods.scope = 'test';
    pods.deadlines.set(task, realNow() + task.timeout);
  });
  afterEach(({ task }) => {
    pods.deadlines.delete(task);
    // The owner of a wait is unknown among concurrent tests, so the last test reports all waits.
    if (pods.deadlines.size > 0) return;
    pods.scope = 'file';
    const forgotten = abandonPending({ failed: task.result?.state === 'fail' });
    removePods('test');
    if (forgotten) throw forgotten;
  });
  afterAll(() => {
    const forgotten = abandonPending();
    removePods('file');
    // If the process runs another file, that file registers again.
    pods.kept = false;
    if (forgotten) throw forgotten;
  });
}

/** Raises the default timeout of tests and hooks to two minutes, because five seconds are too short for a pod. */
function raiseTimeout(vi: Vitest['vi']): void {
  const set = settings();
  if (!set) return;
  vi.setConfig({
    ...(set.testTimeout === DEFAULTS.testTimeout && { testTimeout: TEST_TIMEOUT_MS }),
    ...(set.hookTimeout === DEFAULTS.hookTimeout && { hookTimeout: TEST_TIMEOUT_MS }),
  });
}

function settings(): Settings | undefined {
  return (globalThis as { __vitest_worker__?: { readonly config?: Settings } }).__vitest_worker__?.config;
}
