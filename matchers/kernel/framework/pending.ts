import path from 'node:path';
import { clearTimeout, setTimeout } from 'node:timers';
import { realNow } from '../../../src/clock/realNow';
import { deadline, registry } from '../../../src/pod/shared/registry';

/**
 * Time between the end of a wait and the timeout of its test, so that Jest shows the message of the wait. A busy machine
 * needs long to format it, and a longer test has more time to spare.
 */
const AHEAD = { share: 1 / 10, minMs: 250, maxMs: 5_000 };

const FRAME = /^\s+at .*?\(?(?:file:\/\/)?([^()\s]+:\d+:\d+)\)?$/;
// Vitest's `expect` calls through chai.
const EXPECT = /[\\/](?:expect[\\/]build|node_modules[\\/]chai)[\\/]/;

/** Reason why a wait was stopped: its test was about to time out, or finished without awaiting it. */
export type StopCause = 'OutOfTime' | 'Abandoned';

export interface PendingWait {
  /** Resolves when the wait is stopped, and stays pending otherwise. */
  readonly stopped: Promise<StopCause>;
  /** Removes the wait from the registry. */
  over(): void;
}

/** Adds a wait to the registry, which reports a missing await. Call it before anything asynchronous. */
export function beginWait(call: string): PendingWait {
  let stop!: (why: StopCause) => void;
  const stopped = new Promise<StopCause>((resolve) => {
    stop = resolve;
  });
  const { test } = registry().caller();
  const entry = { call, test, frames: framesOfTest(new Error().stack ?? ''), abandon: () => stop('Abandoned') };
  const cancel = beforeTestRunsOut(() => stop('OutOfTime'));
  registry().pending.add(entry);
  return {
    stopped,
    over() {
      cancel();
      registry().pending.delete(entry);
    },
  };
}

export interface WaitEnd {
  /** The test whose waits end, as the framework identifies it. All waits end if it is undefined. */
  readonly test?: unknown;
  /** True if the test failed for another reason, so that awaited waits may be pending. */
  readonly failed?: boolean;
}

/** Ends the pending waits. Returns an error that names them, with the stack of the first, or undefined if there are none. */
export function abandonPending({ test, failed = false }: WaitEnd = {}): Error | undefined {
  const pods = registry();
  const waits = [...pods.pending].filter((wait) => test === undefined || wait.test === test);
  for (const wait of waits) {
    pods.pending.delete(wait);
    wait.abandon();
  }
  const [first] = waits;
  if (!first) return undefined;
  const calls = waits.map(({ call, frames: [frame = ''] }) => {
    const place = callSiteOf(frame);
    return place === undefined ? call : `${call} (${place})`;
  });
  const [end, fix] = failed
    ? ['failed', 'If nothing awaits the call, add await to it.']
    : ['finished', 'Add await to the call.'];
  const error = new Error(`Missing await: the test ${end} before ${calls.join(', ')} did. ${fix}`);
  error.stack = [`Error: ${error.message}`, ...first.frames].join('\n');
  return error;
}

/** Returns the lines of a stack below those of `expect`: the call of the test comes first. */
function framesOfTest(stack: string): readonly string[] {
  const frames = stack.split('\n').filter((line) => FRAME.test(line));
  return frames.slice(frames.findLastIndex((frame) => EXPECT.test(frame)) + 1);
}

/** Returns the file, line and column of a line of a stack: `checkout.spec.ts:12:3`. */
function callSiteOf(frame: string): string | undefined {
  const place = FRAME.exec(frame)?.[1];
  return place && path.relative(process.cwd(), place);
}

/** Calls `act` shortly before the timeout of the current test or hook, if it is known. Returns a function that cancels it. */
function beforeTestRunsOut(act: () => void): () => void {
  const at = deadline();
  if (at === undefined) return () => {};
  const leftMs = at - realNow();
  const aheadMs = Math.min(Math.max(leftMs * AHEAD.share, AHEAD.minMs), AHEAD.maxMs);
  const timer = setTimeout(act, Math.max(0, leftMs - aheadMs));
  return () => clearTimeout(timer);
}
