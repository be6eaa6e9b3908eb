import { realNow } from '../../../src/clock/realNow';
import { registry, removePods } from '../../../src/pod/shared/registry';
import { abandonPending, type WaitEnd } from './pending';

/** What jest-circus knows a test or a hook as. */
interface Runs {
  readonly timeout?: number | null | undefined;
}

interface CircusTest extends Runs {
  readonly concurrent?: boolean;
  readonly errors: unknown[];
}

/** The part of jest-circus' events that tells when something begins and ends. */
interface CircusEvent {
  readonly name: string;
  readonly test?: CircusTest;
  readonly hook?: Runs;
}

/** The part of jest-circus' state that is used. */
export interface CircusState {
  readonly testTimeout: number;
  readonly currentlyRunningTest: CircusTest | null;
  /** What fails the file, and none of its tests. */
  readonly unhandledErrors: unknown[];
}

export type CircusHandler = (event: CircusEvent, state: CircusState) => void;

const HANDLERS = Symbol.for('EVENT_HANDLERS');
// Not registered under its name, so that only looking finds it.
const STATE = 'JEST_STATE_SYMBOL';

/** Whom jest-circus tells its events, from Jest 30 on. */
export function circusHandlers(): CircusHandler[] | undefined {
  return (globalThis as { [HANDLERS]?: CircusHandler[] })[HANDLERS];
}

/** The state of jest-circus, which runs tests from Jest 27 on. */
export function circusState(): CircusState | undefined {
  const key = Object.getOwnPropertySymbols(globalThis).find(({ description }) => description === STATE);
  return key && (globalThis as { [key: symbol]: CircusState })[key];
}

/**
 * Keeps the registry by what jest-circus tells. The end of a test's own function is when its waits must have ended: its
 * hooks come later, and a concurrent test has none.
 */
export function circusKeeper(): CircusHandler {
  // From the first of its hooks to the last; only concurrent tests are more than one.
  const underWay = new Set<unknown>();
  return ({ name, test, hook }, { testTimeout, unhandledErrors }) => {
    const books = registry();
    switch (name) {
      case 'test_start':
        books.scope = 'test';
        underWay.add(test);
        break;
      case 'hook_start':
      case 'test_fn_start':
        books.deadlines.set(hook ?? test, realNow() + ((hook ?? test)?.timeout || testTimeout));
        break;
      case 'hook_success':
      case 'hook_failure':
        books.deadlines.delete(hook);
        break;
      case 'test_fn_success':
      case 'test_fn_failure':
        books.deadlines.delete(test);
        blame(test?.errors, { test: test?.concurrent ? test : undefined, failed: name === 'test_fn_failure' });
        break;
      case 'test_skip':
      case 'test_todo':
      case 'test_done':
        books.deadlines.delete(test);
        underWay.delete(test);
        if (underWay.size > 0) break;
        books.scope = 'file';
        blame(unhandledErrors);
        removePods('test');
        break;
      case 'run_finish':
        blame(unhandledErrors);
        removePods('file');
        break;
    }
  };
}

function blame(errors: unknown[] | undefined, ending?: WaitEnd): void {
  const forgotten = abandonPending(ending);
  if (forgotten) errors?.push(forgotten);
}
