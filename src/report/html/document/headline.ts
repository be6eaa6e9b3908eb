import type { EventOf } from '../../../timeline/event';
import { historyOf } from '../../../timeline/history/podHistory';
import type { Timeline } from '../../../timeline/timeline';

/** An important fact about a pod, with a fix if it is a failure. */
export interface Headline {
  readonly tone: 'good' | 'bad' | 'plain';
  readonly text: string;
  readonly fix?: string | undefined;
  /** Instant of the fact. Undefined for something that never happened. */
  readonly at?: number;
}

const FAULTS: readonly EventOf<'TestActed'>['action'][] = ['kill', 'freeze', 'limit', 'disconnect'];

/** Returns the faults that the test injected. */
export function listFaults(timeline: Timeline): readonly EventOf<'TestActed'>[] {
  return historyOf(timeline).acts.filter(({ action }) => FAULTS.includes(action));
}

/** True if the test injected a fault before an instant. Its effects need no fix. */
export function isAfterFault(timeline: Timeline, at: number): boolean {
  return listFaults(timeline).some((fault) => fault.at <= at);
}
