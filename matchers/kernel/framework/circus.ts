import { realNow } from '../../../src/clock/realNow';
import { registry, removePods } from '../../../src/pod/shared/registry';
import { abandonPending, type WaitEnd } from './pending';

/** A test or a hook of jest-circus. */
interface Runs {
  readonly timeout?: number | null | undefined;
}

interface CircusTest extends Runs {
  readonly concurrent?: boolean;
  readonly errors: unknown[];
}

/** The part of the events of jest-circus that is used. */
interface CircusEvent {
  readonly name: string;
  readonly test?: CircusTest;
  readonly hook?: Runs;
}

/** The part of jest-circus' state that is used. */
export interface CircusState {
  readonly testTimeout: number;
  readonly currentlyRunningTest: CircusTest | null;
  /** Errors that fail the file, but none of its tests. */
  readonly unhandledErrors: unknown[];
}

export type CircusHandler = (event: CircusEvent, state: CircusState) => void;

const HANDLERS = Symbol.for('EVENT_HANDLERS');
// The symbol is not in the global registry, so only a search finds it.
const STATE = 'JEST_STATE_SYMBOL';

/** Returns the event handlers of jest-circus, which Jest has since version 30. */
export function circusHandlers(): CircusHandler[] | undefined {
  return (globalThis as { [HANDLERS]?: CircusHandler[] })[HANDLERS];
}

/** Returns the state of jest-circus, which has run tests since Jest 27. */
export function circusState(): CircusState | undefined {
  const key = Object.getOwnPropertySymbols(globalThis).find(({ description }) => description === STATE);
  return key && (globalThis as { [key: symbol]: CircusState })[key];
}

/**
 * Returns a handler that updates the registry from the events of jest-circus. The waits of a test must end with its function,
 * because its hooks run later and a concurrent test has none.
 */
export function circusKeeper(): CircusHandler {
  // A test is in this set from its first hook to its last. Only concurrent tests are there together.
  const underWay = new Set<unknown>();
  return ({ name, test, hook }, { testTimeout, unhandledErrors }) => {
    const pods = registry();
    switch (name) {
      case 'test_start':
        pods.scope = 'test';
        underWay.add(test);
        break;
      case 'hook_start':
      case 'test_fn_start':
        pods.deadlines.set(hook ?? test, realNow() + ((hook ?? test)?.timeout || testTimeout));
        break;
      case 'hook_success':
      case 'hook_failure':
        pods.deadlines.delete(hook);
        break;
      case 'test_fn_success':
      case 'test_fn_failure':
        pods.deadlines.delete(test);
        reportForgotten(test?.errors, {
          test: test?.concurrent ? test : undefined,
          failed: name === 'test_fn_failure',
        });
        break;
      case 'test_skip':
      case 'test_todo':
      case 'test_done':
        pods.deadlines.delete(test);
        underWay.delete(test);
        if (underWay.size > 0) break;
        pods.scope = 'file';
        reportForgotten(unhandledErrors);
        removePods('test');
        break;
      case 'run_finish':
        reportForgotten(unhandledErrors);
        removePods('file');
        break;
    }
  };
}

function reportForgotten(errors: unknown[] | undefined, ending?: WaitEnd): void {
  const forgotten = abandonPending(ending);
  if (forgotten) errors?.push(forgotten);
}
