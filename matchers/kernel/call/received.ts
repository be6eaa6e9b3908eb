import { types } from 'node:util';
import { isPodHandle, POD_RUN, type WaitablePodRun } from '../../../src/waiting/podRun';
import { Misuse } from './misuse';

/** Returns the run of the pod that a matcher was given; throws if it was given something else. */
export function podRunOf(received: unknown): WaitablePodRun {
  if (isPodHandle(received)) return received[POD_RUN];
  if (types.isPromise(received))
    throw new Misuse('expect received a promise instead of a pod. Await it first: expect(await runPod(…))');
  throw new Misuse('expect received no pod. Pass the result of runPod or simulatePod');
}
