import { emittedEvent } from '../../src/assertions/events/emitted';
import { asDefault, restartLimit } from '../../src/timing/waits';
import { type EventFilterOrReason, isEvent, nameEvent, toEventFilter } from '../kernel/call/eventFilter';
import { OCCURRENCE, type Occurrence, sinceOf } from '../kernel/call/occurrence';
import { count } from '../kernel/call/options';
import { eventually } from '../kernel/wait/eventually';
import { WITHIN, type Within } from '../kernel/wait/within';

export interface ToEmitEventOptions extends Within, Occurrence {
  /** Default: 1. */
  readonly times?: number | undefined;
}

/** Passes when the event has occurred the given number of times since the last action of the test. */
export const toEmitEvent = eventually<{ readonly event: EventFilterOrReason } & ToEmitEventOptions>({
  name: 'toEmitEvent',
  leading: ['event'],
  checks: { event: isEvent, times: count({ from: 1 }), ...WITHIN, ...OCCURRENCE },
  expected: ({ event, times }) => ({ kind: 'emitEvent', event: nameEvent(event), times }),
  since: sinceOf,
  evaluate: (timeline, since, { event, times }) => emittedEvent(timeline, since, toEventFilter(event), times),
  from: 'fault',
  limit: (spec, { times }, backOff) => asDefault(restartLimit(spec, { times }, backOff)),
});
