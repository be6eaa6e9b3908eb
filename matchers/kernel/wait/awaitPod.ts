import { types } from 'node:util';
import { printable } from '../../../src/escaping/terminal';
import { formatAborted, formatNote } from '../../../src/wording/facts/note';
import { type Context, type Result, refuse } from '../call/context';
import type { StopCause } from '../framework/pending';

/** Outcome of the promise of a pod: the pod, or else a result for Jest. */
export type Promised = { readonly pod: unknown } | { readonly result: Result };

/** Waits for the pod that `pod.delete()` returns. Returns any other value as it is. */
export async function awaitPod(
  context: Context,
  call: string,
  received: unknown,
  stopped: Promise<StopCause>,
): Promise<Promised> {
  if (!types.isPromise(received)) return { pod: received };
  const pod = received.then(
    (pod: unknown) => ({ pod }),
    (error: unknown) => ({ result: refuse(context, `${call}\n\n${formatRejection(context, error)}`) }),
  );
  return Promise.race([pod, stopped.then((stop) => ({ result: cutShort(context, call, stop) }))]);
}

function formatRejection({ utils }: Context, error: unknown): string {
  const why = printable(error instanceof Error ? error.message : String(error));
  return utils.RECEIVED_COLOR(formatAborted(why));
}

function cutShort(context: Context, call: string, stop: StopCause): Result {
  if (stop === 'Abandoned') return { pass: !context.isNot, message: () => '' };
  return refuse(context, `${call}\n\nReceived: a pending promise\n\n${formatNote({ kind: 'outOfTime' })}`);
}
