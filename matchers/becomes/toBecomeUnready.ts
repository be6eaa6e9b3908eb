import { becameUnready } from '../../src/assertions/status/unready';
import { unreadyLimit } from '../../src/timing/waits';
import { OCCURRENCE, type Occurrence, sinceOf } from '../kernel/call/occurrence';
import { count } from '../kernel/call/options';
import { eventually } from '../kernel/wait/eventually';
import { WITHIN, type Within } from '../kernel/wait/within';

export interface ToBecomeUnreadyOptions extends Within, Occurrence {
  /** Default: 1. */
  readonly times?: number | undefined;
}

/** Passes when the pod has stopped being Ready the given number of times since the last action of the test. */
export const toBecomeUnready = eventually<ToBecomeUnreadyOptions>({
  name: 'toBecomeUnready',
  checks: { times: count({ from: 1 }), ...WITHIN, ...OCCURRENCE },
  expected: ({ times }) => ({ kind: 'becomeUnready', times }),
  since: sinceOf,
  evaluate: (timeline, since, { times }) => becameUnready(timeline, since, times),
  from: 'fault',
  limit: (spec, { times }) => unreadyLimit(spec, times),
});
