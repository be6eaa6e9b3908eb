import { types } from 'node:util';
import { printable } from '../../../src/escaping/terminal';
import { type Context, type Result, refuse } from '../call/context';
import type { StopCause } from '../framework/pending';
import { OUT_OF_TIME } from './conclude';

/** What the promise of a pod came to: a pod, or else a result for Jest. */
export type Promised = { readonly pod: unknown } | { readonly result: Result };

/** Waits for the pod that `pod.delete()` promises; anything else is taken as it is. */
export async function awaitPod(
  context: Context,
  call: string,
  received: unknown,
  stopped: Promise<StopCause>,
): Promise<Promised> {
  if (!types.isPromise(received)) return { pod: received };
  const pod = received.then(
    (pod: unknown) => ({ pod }),
    (error: unknown) => ({ result: refuse(context, `${call}\n\n${rejected(context, error)}`) }),
  );
  return Promise.race([pod, stopped.then((stop) => ({ result: cutShort(context, call, stop) }))]);
}

function rejected({ utils }: Context, error: unknown): string {
  const why = printable(error instanceof Error ? error.message : String(error));
  return utils.RECEIVED_COLOR(`The run broke on the way, so this neither held nor failed to: ${why}`);
}

function cutShort(context: Context, call: string, stop: StopCause): Result {
  if (stop === 'Abandoned') return { pass: !context.isNot, message: () => '' };
  return refuse(context, `${call}\n\nReceived: a promise that is not settled yet\n\n${OUT_OF_TIME}`);
}
