import { registry } from '../../src/pod/registry';
import { framesOfTest, placeOf } from './callSite';
import { beforeTestRunsOut } from './deadline';

/** Why a wait was ended from outside: the test was about to run out of time, or had ended without awaiting it. */
export type Stop = 'OutOfTime' | 'Abandoned';

export interface PendingWait {
  /** Resolves when the wait is ended from outside; otherwise never. */
  readonly stopped: Promise<Stop>;
  /** Takes the wait off the books. */
  over(): void;
}

/** Puts a wait on the books, so that a test which forgets to await it can be told. Call it in the test's own turn. */
export function pending(call: string): PendingWait {
  let stop!: (why: Stop) => void;
  const stopped = new Promise<Stop>((resolve) => {
    stop = resolve;
  });
  const entry = { call, frames: framesOfTest(new Error().stack ?? ''), abandon: () => stop('Abandoned') };
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

/** Ends every wait on the books; returns an error that names them, with the stack of the first, when there were any. */
export function abandonPending(): Error | undefined {
  const waits = [...registry().pending];
  registry().pending.clear();
  for (const wait of waits) wait.abandon();
  const [first] = waits;
  if (!first) return undefined;
  const calls = waits.map(({ call, frames: [frame = ''] }) => [call, placeOf(frame)].filter(Boolean).join(' at '));
  const error = new Error(`The test ended before ${calls.join(', ')} had a verdict: write await before it.`);
  error.stack = [`Error: ${error.message}`, ...first.frames].join('\n');
  return error;
}
