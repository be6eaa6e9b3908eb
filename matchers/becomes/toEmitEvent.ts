import { emittedEvent } from '../../src/assertions/events/emitted';
import { asDefault, restartLimit } from '../../src/timing/waits';
import { type AskedEvent, isEvent, nameEvent, wanted } from '../kernel/call/eventFilter';
import { OCCURRENCE, type Occurrence, sinceOf } from '../kernel/call/occurrence';
import { count } from '../kernel/call/options';
import { eventually } from '../kernel/wait/eventually';
import { WITHIN, type Within } from '../kernel/wait/within';

export interface ToEmitEventOptions extends Within, Occurrence {
  /** This many of them; one when absent. */
  readonly times?: number | undefined;
}

/** Holds once such an event is recorded, as often as asked, since the last thing the test did to the pod. */
export const toEmitEvent = eventually<{ readonly event: AskedEvent } & ToEmitEventOptions>({
  name: 'toEmitEvent',
  leading: ['event'],
  checks: { event: isEvent, times: count({ from: 1 }), ...WITHIN, ...OCCURRENCE },
  expected: ({ event, times = 1 }) =>
    times === 1 ? `event ${nameEvent(event)}` : `${times} events ${nameEvent(event)}`,
  unexpected: ({ event, times = 1 }) =>
    times === 1 ? `no event ${nameEvent(event)}` : `fewer than ${times} events ${nameEvent(event)}`,
  since: sinceOf,
  evaluate: (timeline, since, { event, times }) => emittedEvent(timeline, since, wanted(event), times),
  from: 'fault',
  limit: (spec, { times }, backOff) => asDefault(restartLimit(spec, { times }, backOff)),
});
