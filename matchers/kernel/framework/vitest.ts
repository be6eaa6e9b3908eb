import { realNow } from '../../../src/clock/realNow';
import { registry, removePods } from '../../../src/pod/shared/registry';
import { TEST_TIMEOUT_MS } from '../../../src/timing/testTimeout';
import { abandonPending } from './pending';

/** What Vitest knows a test as, as far as it is used. */
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

/** Vitest's own time-outs, in milliseconds. */
const DEFAULTS: Settings = { testTimeout: 5_000, hookTimeout: 10_000 };

/**
 * Keeps the registry for the test file that loads it, as under Jest. Vitest runs the hooks of a setup file before all
 * others where they precede a test, and after all others where they follow it: what they see is a test's whole life, so
 * that its time is counted from before its own hooks.
 */
export function keepUnderVitest({ beforeEach, afterEach, afterAll, expect, vi }: Vitest): void {
  const books = registry();
  if (books.kept) return;
  books.kept = true;
  bePatient(vi);
  // Of what has no test it can only be a hook.
  books.configuredMs = () => settings()?.hookTimeout;
  books.caller = () => {
    const { currentTestName, testPath } = expect.getState();
    return { name: currentTestName, file: testPath };
  };
  beforeEach(({ task }) => {
    books.scope = 'test';
    books.deadlines.set(task, realNow() + task.timeout);
  });
  afterEach(({ task }) => {
    books.deadlines.delete(task);
    // Whose wait it is cannot be told among concurrent tests; the last one answers for all.
    if (books.deadlines.size > 0) return;
    books.scope = 'file';
    const forgotten = abandonPending({ failed: task.result?.state === 'fail' });
    removePods('test');
    if (forgotten) throw forgotten;
  });
  afterAll(() => {
    const forgotten = abandonPending();
    removePods('file');
    // Where a process runs more than one file, the next one keeps the books itself.
    books.kept = false;
    if (forgotten) throw forgotten;
  });
}

/** Five seconds are little for a pod: tests and hooks get two minutes where nobody has set a time of their own. */
function bePatient(vi: Vitest['vi']): void {
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
