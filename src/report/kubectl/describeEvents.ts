import type { Instant } from '../../clock/instant';
import { printable } from '../../escaping/terminal';
import { NEWEST } from '../../manifest/values/apiServer';
import { minorOf } from '../../manifest/values/kubernetesVersion';
import type { Timeline } from '../../timeline/timeline';
import { alignTabs } from './alignTabs';
import { humanSince } from './humanDuration';
import { correlateEvents, listRecorded, type RecordedEvent } from './recordedEvents';

const HEADER = ['  Type\tReason\tAge\tFrom\tMessage', '  ----\t------\t----\t----\t-------'];
const GAP = 2;

/** Options of describeEvents. */
export interface DescribeEventsOptions {
  /** Time of the output. Default: the end of the timeline. */
  readonly now?: Instant;
  /** True if events are merged and limited like in the API. Default: true. */
  readonly aggregate?: boolean;
  /** `1.25` to `1.37`, or a patch such as `1.36.3`, because the text differs by version. Default: 1.37. */
  readonly kubernetesVersion?: string;
}

/**
 * Returns the events table of `kubectl describe pod`.
 *
 * Source: kubectl describe.go `DescribeEvents`.
 */
export function describeEvents(timeline: Timeline, options: DescribeEventsOptions = {}): readonly string[] {
  const { now = timeline.now, aggregate = true, kubernetesVersion = NEWEST.kubernetesVersion } = options;
  const events = (aggregate ? correlateEvents : listRecorded)(timeline.events);
  if (events.length === 0) return ['Events:  <none>'];
  const hasPath = minorOf(kubernetesVersion) >= 35;
  const rows = events.toSorted(compareLast).map((event) => printRow(event, now, hasPath));
  return ['Events:', ...alignTabs([...HEADER, ...rows], GAP)];
}

function compareLast(a: RecordedEvent, b: RecordedEvent): number {
  return a.lastTimestamp - b.lastTimestamp;
}

function printRow(event: RecordedEvent, now: Instant, hasPath: boolean): string {
  const path = hasPath && event.fieldPath ? `${event.fieldPath}: ` : '';
  const message = path + printable(event.message.trim());
  return `  ${[event.type, event.reason, printAge(event, now), event.from, message].join('\t')}`;
}

function printAge({ count, firstTimestamp, lastTimestamp }: RecordedEvent, now: Instant): string {
  const since = humanSince(firstTimestamp, now);
  return count > 1 ? `${humanSince(lastTimestamp, now)} (x${count} over ${since})` : since;
}
