import { becameUnready } from '../../src/assertions/status/unready';
import { unreadyLimit } from '../../src/timing/waits';
import { OCCURRENCE, type Occurrence, sinceOf } from '../kernel/call/occurrence';
import { count } from '../kernel/call/options';
import { eventually } from '../kernel/wait/eventually';
import { WITHIN, type Within } from '../kernel/wait/within';

export interface ToBecomeUnreadyOptions extends Within, Occurrence {
  /** This many times; one when absent. */
  readonly times?: number | undefined;
}

/** Holds once the pod, having been Ready, is so no longer, as often as asked since the last thing the test did to it. */
export const toBecomeUnready = eventually<ToBecomeUnreadyOptions>({
  name: 'toBecomeUnready',
  checks: { times: count({ from: 1 }), ...WITHIN, ...OCCURRENCE },
  expected: ({ times = 1 }) => `Ready, then unready${times === 1 ? '' : `, ${times} times`}`,
  unexpected: ({ times = 1 }) =>
    times === 1 ? 'never unready after Ready' : `unready after Ready fewer than ${times} times`,
  since: sinceOf,
  evaluate: (timeline, since, { times }) => becameUnready(timeline, since, times),
  from: 'fault',
  limit: (spec, { times }) => unreadyLimit(spec, times),
});
