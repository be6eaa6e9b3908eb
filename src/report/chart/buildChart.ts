import { historyOf } from '../../timeline/history/podHistory';
import type { Timeline } from '../../timeline/timeline';
import { quietStretches } from '../drawing/timeScale';
import type { PodRecord } from '../record/podRecord';
import type { Chart, Cut } from './chart';
import { hookLane } from './lanes/hookLane';
import { actLane, endpointLane, requestLane, statusLane } from './lanes/podLanes';
import { probeLanes } from './lanes/probeLanes';
import { signalLane } from './lanes/signalLane';
import { stateLane } from './lanes/stateLane';
import { Tips } from './lanes/tips';

/** So much of a stretch without events is still drawn at each end. */
const MARGIN_MS = 2_000;
const SKIPPED_LEAST_MS = 1_000;

/** What is drawn of a pod's life; `timeline` is the record's. */
export function buildChart({ name, containers, rows }: PodRecord, timeline: Timeline, id: string): Chart {
  const tips = new Tips();
  const end = timeline.now;
  const lanes = [
    statusLane(rows, end),
    endpointLane(timeline),
    ...requestLane(timeline, tips),
    ...actLane(timeline),
    ...containers.flatMap((container) => [
      stateLane(timeline, container.name),
      ...probeLanes(timeline, container.name, tips),
      ...hookLane(timeline, container.name),
      ...signalLane(timeline, container.name),
    ]),
  ];
  return { id, name, end, cuts: cutsOf(timeline), lanes, tips: tips.all, rows };
}

/** What is left out of the axis: the time that was skipped, and stretches in which nothing happened. */
function cutsOf(timeline: Timeline): readonly Cut[] {
  const skipped = historyOf(timeline)
    .skips.filter(({ byMs }) => byMs >= SKIPPED_LEAST_MS)
    .map(({ at, byMs }): Cut => ({ from: at, to: at + byMs, skipped: true }));
  const quiet = quietStretches(timeline)
    .map(({ from, to }): Cut => ({ from: from + MARGIN_MS, to: to - MARGIN_MS, skipped: false }))
    .filter((cut) => !skipped.some((other) => other.from < cut.to && cut.from < other.to));
  return [...skipped, ...quiet].sort((a, b) => a.from - b.from);
}
