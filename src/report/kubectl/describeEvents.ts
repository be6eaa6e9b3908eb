import type { Instant } from '../../clock/instant';
import { printable } from '../../escaping/terminal';
import { NEWEST } from '../../manifest/values/apiServer';
import { minorOf } from '../../manifest/values/kubernetesVersion';
import type { Timeline } from '../../timeline/timeline';
import { alignTabs } from './alignTabs';
import { humanSince } from './humanDuration';
import { correlated, eachRecorded, type RecordedEvent } from './recordedEvents';

const HEADER = ['  Type\tReason\tAge\tFrom\tMessage', '  ----\t------\t----\t----\t-------'];
const GAP = 2;

/** Options of the events table. */
export interface DescribeEventsOptions {
  /** Time of the call, for the ages. Default: the timeline's current time. */
  readonly now?: Instant;
  /** True if events are merged and dropped as in the API. Default: true. */
  readonly aggregate?: boolean;
  /** `1.25` to `1.37`, or a patch such as `1.36.3`. The wording differs by version. Default: 1.37. */
  readonly kubernetesVersion?: string;
}

/**
 * Returns the lines of the events table of `kubectl describe pod`.
 *
 * Source: kubectl describe.go `DescribeEvents`.
 */
export function describeEvents(timeline: Timeline, options: DescribeEventsOptions = {}): readonly string[] {
  const { now = timeline.now, aggregate = true, kubernetesVersion = NEWEST.kubernetesVersion } = options;
  const events = (aggregate ? correlated : eachRecorded)(timeline.events);
  if (events.length === 0) return ['Events:  <none>'];
  const withPath = minorOf(kubernetesVersion) >= 35;
  const rows = events.toSorted(byLast).map((event) => rowOf(event, now, withPath));
  return ['Events:', ...alignTabs([...HEADER, ...rows], GAP)];
}

function byLast(a: RecordedEvent, b: RecordedEvent): number {
  return a.lastTimestamp - b.lastTimestamp;
}

function rowOf(event: RecordedEvent, now: Instant, withPath: boolean): string {
  const path = withPath && event.fieldPath ? `${event.fieldPath}: ` : '';
  const message = path + printable(event.message.trim());
  return `  ${[event.type, event.reason, ageOf(event, now), event.from, message].join('\t')}`;
}

function ageOf({ count, firstTimestamp, lastTimestamp }: RecordedEvent, now: Instant): string {
  const since = humanSince(firstTimestamp, now);
  return count > 1 ? `${humanSince(lastTimestamp, now)} (x${count} over ${since})` : since;
}
