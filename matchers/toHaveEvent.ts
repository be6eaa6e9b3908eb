import { inspect } from 'node:util';
import { hasEvent, type WantedEvent } from '../src/judgements/hasEvent';
import type { KubeletReason } from '../src/timeline/event';
import { now } from './kernel/now';

/** Holds if such an event is on record now, whenever it was. */
export const toHaveEvent = now({
  name: 'toHaveEvent',
  expected: (wanted: KubeletReason | WantedEvent) => `event ${named(wanted)}`,
  unexpected: (wanted) => `no event ${named(wanted)}`,
  judge: (timeline, wanted) => hasEvent(timeline, typeof wanted === 'string' ? { reason: wanted } : wanted),
});

function named(wanted: KubeletReason | WantedEvent): string {
  return typeof wanted === 'string' ? wanted : inspect(wanted);
}
