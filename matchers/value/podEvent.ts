import { isLike } from '../../src/assertions/events/events';
import type { KubeletEvent } from '../../src/timeline/event';
import { type EventFilterOrReason, isEvent, nameEvent, toEventFilter } from '../kernel/call/eventFilter';
import { valueMatcher } from '../kernel/call/valueMatcher';

/** Matches an event of `pod.events`, by its reason or by other fields. */
export const podEvent = valueMatcher<EventFilterOrReason>({
  name: 'podEvent',
  argument: 'event',
  check: isEvent,
  expected: (asked) => ({ kind: 'podEvent', event: nameEvent(asked) }),
  isLike: (value, asked) => isOfKubelet(value) && isLike(value, toEventFilter(asked)),
});

function isOfKubelet(value: unknown): value is KubeletEvent {
  return typeof value === 'object' && value !== null && 'source' in value && value.source === 'kubelet';
}
