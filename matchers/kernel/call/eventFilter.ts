import { inspect } from 'node:util';
import type { EventFilter } from '../../../src/assertions/events/events';
import { KUBELET_REASONS, type KubeletReason } from '../../../src/timeline/event';
import { type ArgumentCheck, type Checks, containerName, oneOf, pattern, problemIn } from './options';

/** Event that a test expects: its reason, or a filter for the columns of `kubectl describe`. */
export type EventFilterOrReason = KubeletReason | EventFilter;

const PARTS: Checks<EventFilter> = {
  reason: oneOf(...KUBELET_REASONS),
  type: oneOf('Normal', 'Warning'),
  container: containerName,
  message: pattern,
};

/** Checks that such an event exists. With a typo, a matcher would never see it, and would pass under `.not`. */
export const isEvent: ArgumentCheck = (value, name, pod) =>
  typeof value === 'string' ? PARTS.reason(value, name) : problemIn(value, name, { checks: PARTS, pod });

export function toEventFilter(event: EventFilterOrReason): EventFilter {
  return typeof event === 'string' ? { reason: event } : event;
}

/** Returns `BackOff`, or `{ reason: 'Unhealthy', message: '404' }`. */
export function nameEvent(event: EventFilterOrReason): string {
  return typeof event === 'string' ? event : inspect(event);
}
