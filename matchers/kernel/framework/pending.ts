import { registry } from '../../../src/pod/shared/registry';
import { callSiteOf, framesOfTest } from './callSite';
import { beforeTestRunsOut } from './deadline';

/** Why a wait was ended from outside: the test was about to run out of time, or had ended without awaiting it. */
export type StopCause = 'OutOfTime' | 'Abandoned';

export interface PendingWait {
  /** Resolves when the wait is ended from outside; otherwise never. */
  readonly stopped: Promise<StopCause>;
  /** Takes the wait off the books. */
  over(): void;
}

/** Puts a wait on the books, so that a test which forgets to await it can be told. Call it in the test's own turn. */
export function beginWait(call: string): PendingWait {
  let stop!: (why: StopCause) => void;
  const stopped = new Promise<StopCause>((resolve) => {
    stop = resolve;
  });
  const { test } = registry().caller();
  const entry = { call, test, frames: framesOfTest(new Error().stack ?? ''), abandon: () => stop('Abandoned') };
  const callOff = beforeTestRunsOut(() => stop('OutOfTime'));
  registry().pending.add(entry);
  return {
    stopped,
    over() {
      callOff();
      registry().pending.delete(entry);
    },
  };
}

export interface WaitEnd {
  /** Whose waits end: those of the test that the framework knows as this; all where it is undefined. */
  readonly test?: unknown;
  /** Whether the test has failed by itself, so that its waits may be pending although it awaited them. */
  readonly failed?: boolean;
}

/** Ends the waits on the books; returns an error that names them, with the stack of the first, when there were any. */
export function abandonPending({ test, failed = false }: WaitEnd = {}): Error | undefined {
  const books = registry();
  const waits = [...books.pending].filter((wait) => test === undefined || wait.test === test);
  for (const wait of waits) {
    books.pending.delete(wait);
    wait.abandon();
  }
  const [first] = waits;
  if (!first) return undefined;
  const calls = waits.map(({ call, frames: [frame = ''] }) => [call, callSiteOf(frame)].filter(Boolean).join(' at '));
  const [end, advice] = failed
    ? ['failed', 'if nothing awaits it, write await before it']
    : ['ended', 'write await before it'];
  const error = new Error(`The test ${end} before ${calls.join(', ')} had a verdict: ${advice}.`);
  error.stack = [`Error: ${error.message}`, ...first.frames].join('\n');
  return error;
}
