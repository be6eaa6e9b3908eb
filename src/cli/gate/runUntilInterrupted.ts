import type { Console } from '../console';

/** Somebody ended the command before there was a verdict. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';

  constructor() {
    super('interrupted: there is no verdict, and the pods are removed');
  }
}

/**
 * The work, as long as nobody ends it: what comes of it then is nobody's any more.
 *
 * @throws Interrupted when somebody does.
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
