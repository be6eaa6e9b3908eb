import type { Console } from '../console';

/** Error for an interrupt before there is a result. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';

  constructor() {
    super('interrupted: no result, all pods are being removed');
  }
}

/**
 * Runs `work` until it settles or the user presses Ctrl-C. After an interrupt, the result of `work` is ignored.
 *
 * @throws Interrupted on Ctrl-C.
 */
export async function runUntilInterrupted<T>(console: Console, work: () => Promise<T>): Promise<T> {
  let off: (() => void) | undefined;
  const interrupted = new Promise<never>((_, reject) => {
    off = console.onInterrupt?.(() => reject(new Interrupted()));
  });
  const done = work();
  done.catch(() => {});
  try {
    return await Promise.race([done, interrupted]);
  } finally {
    off?.();
  }
}
