import { registry } from '../../src/pod/registry';
import { callSite } from './callSite';
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
export function pending(name: string): PendingWait {
  let stop!: (why: Stop) => void;
  const stopped = new Promise<Stop>((resolve) => {
    stop = resolve;
  });
  const entry = { name, calledAt: callSite(new Error().stack ?? ''), abandon: () => stop('Abandoned') };
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

/** Ends every wait on the books, and says which there were; undefined when there was none. */
export function abandonPending(): string | undefined {
  const waits = [...registry().pending];
  for (const wait of waits) wait.abandon();
  registry().pending.clear();
  if (waits.length === 0) return undefined;
  const calls = waits.map(({ name, calledAt }) => (calledAt ? `${name} at ${calledAt}` : name));
  return `The test ended before ${calls.join(', ')} had a verdict: write await before it.`;
}
