import { registry, removePods } from '../../src/pod/registry';
import { realNow } from './deadline';
import { abandonPending } from './pending';

/** The hooks of a test framework, as far as they are needed. */
export interface Hooks {
  beforeEach(act: () => void): void;
  afterEach(act: () => void): void;
  afterAll(act: () => void): void;
}

/** The part of jest-circus' events that tells when something begins and ends. */
interface CircusEvent {
  readonly name: string;
  readonly test?: { readonly timeout?: number | null | undefined };
  readonly hook?: { readonly timeout?: number | null | undefined };
}
type CircusHandler = (event: CircusEvent, state: { readonly testTimeout: number }) => void;

const CIRCUS = Symbol.for('EVENT_HANDLERS');

/**
 * Keeps the registry for the test file that loads it: fails a test that forgot to await a matcher, removes pods once
 * the test, or the file, that started them is over, and knows when the running test is out of time.
 *
 * A set-up file's hooks run before the user's own, so the end of a test is learned from jest-circus itself. Where it
 * does not say (Jest before 30, other runners), a test's pods go when the next one begins, and no deadline is known.
 */
export function keepRegistry({ beforeEach, afterEach, afterAll }: Hooks): void {
  if (registry().kept) return;
  registry().kept = true;
  afterEach(() => {
    const forgotten = abandonPending();
    if (forgotten) throw forgotten;
  });
  const handlers = (globalThis as { [CIRCUS]?: CircusHandler[] })[CIRCUS];
  if (handlers) {
    handlers.push(onCircusEvent);
    return;
  }
  beforeEach(() => {
    removePods('test');
    registry().scope = 'test';
  });
  afterAll(() => {
    removePods('test');
    removePods('file');
  });
}

const onCircusEvent: CircusHandler = ({ name, test, hook }, { testTimeout }) => {
  const books = registry();
  switch (name) {
    case 'test_start':
      books.scope = 'test';
      break;
    case 'hook_start':
    case 'test_fn_start':
      books.deadline = realNow() + ((hook ?? test)?.timeout || testTimeout);
      break;
    case 'hook_success':
    case 'hook_failure':
    case 'test_fn_success':
    case 'test_fn_failure':
      books.deadline = undefined;
      break;
    case 'test_done':
      books.scope = 'file';
      removePods('test');
      break;
    case 'run_finish':
      removePods('file');
      break;
  }
};
