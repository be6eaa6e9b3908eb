import { types } from 'node:util';
import type { Rehearsal } from '../../../src/waiting/podRun';
import { Misuse } from './misuse';

/** The pod a matcher was given; throws when it is something else. */
export function rehearsalOf(received: unknown): Rehearsal {
  if (isRehearsal(received)) return received;
  if (types.isPromise(received))
    throw new Misuse('expect was given a promise; await it first: expect(await runPod(…))');
  throw new Misuse('expect was not given a pod: pass what runPod or simulatePod resolves to');
}

// Not by class: the pod may come from another copy of this package's code.
function isRehearsal(received: unknown): received is Rehearsal {
  return typeof received === 'object' && received !== null && 'timeline' in received && 'progress' in received;
}
