import path from 'node:path';
import { clearTimeout, setTimeout } from 'node:timers';
import { realNow } from '../../../src/clock/realNow';
import { deadline, registry } from '../../../src/pod/shared/registry';

/**
 * How long before the running test's own deadline a wait ends, so that its message is the one shown. A busy machine takes
 * long to format it, and a test with more time can spare more.
 */
const AHEAD = { share: 1 / 10, minMs: 250, maxMs: 5_000 };

const FRAME = /^\s+at .*?\(?(?:file:\/\/)?([^()\s]+:\d+:\d+)\)?$/;
// Vitest's `expect` calls through chai.
const EXPECT = /[\\/](?:expect[\\/]build|node_modules[\\/]chai)[\\/]/;

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

/** The lines of a stack, taken inside a matcher, that lie under the ones of `expect` itself: the test's own call first. */
function framesOfTest(stack: string): readonly string[] {
  const frames = stack.split('\n').filter((line) => FRAME.test(line));
  return frames.slice(frames.findLastIndex((frame) => EXPECT.test(frame)) + 1);
}

/** The file, line and column of a stack's line: `checkout.spec.ts:12:3`. */
function callSiteOf(frame: string): string | undefined {
  const place = FRAME.exec(frame)?.[1];
  return place && path.relative(process.cwd(), place);
}

/** Calls `act` shortly before the test or hook that runs is out of time, where that is known; returns how to call it off. */
function beforeTestRunsOut(act: () => void): () => void {
  const at = deadline();
  if (at === undefined) return () => {};
  const leftMs = at - realNow();
  const aheadMs = Math.min(Math.max(leftMs * AHEAD.share, AHEAD.minMs), AHEAD.maxMs);
  const timer = setTimeout(act, Math.max(0, leftMs - aheadMs));
  return () => clearTimeout(timer);
}
