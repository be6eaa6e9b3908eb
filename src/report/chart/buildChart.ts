import { historyOf } from '../../timeline/history/podHistory';
import type { Timeline } from '../../timeline/timeline';
import { findQuietStretches } from '../drawing/timeScale';
import type { PodRecord } from '../record/podRecord';
import type { Chart, Cut } from './chart';
import { hookLane } from './lanes/hookLane';
import { actionLane, endpointLane, requestLane, statusLane } from './lanes/podLanes';
import { probeLanes } from './lanes/probeLanes';
import { signalLane } from './lanes/signalLane';
import { stateLane } from './lanes/stateLane';
import { Tips } from './lanes/tips';

/** Part of a quiet stretch that stays visible at each end. */
const MARGIN_MS = 2_000;
const SKIPPED_MIN_MS = 1_000;

/** Builds the chart of a pod. `timeline` is the timeline of the record. */
export function buildChart({ name, containers, rows }: PodRecord, timeline: Timeline, id: string): Chart {
  const tips = new Tips();
  const end = timeline.now;
  const lanes = [
    statusLane(rows, end),
    endpointLane(timeline),
    ...requestLane(timeline, tips),
    ...actionLane(timeline),
    ...containers.flatMap((container) => [
      stateLane(timeline, container.name),
      ...probeLanes(timeline, container.name, tips),
      ...hookLane(timeline, container.name),
      ...signalLane(timeline, container.name),
    ]),
  ];
  return { id, name, end, cuts: findCuts(timeline), lanes, tips: tips.all, rows };
}

/** Finds the stretches that the axis leaves out: skipped time, and long stretches without an event. */
function findCuts(timeline: Timeline): readonly Cut[] {
  const skipped = historyOf(timeline)
    .skips.filter(({ byMs }) => byMs >= SKIPPED_MIN_MS)
    .map(({ at, byMs }): Cut => ({ from: at, to: at + byMs, isSkipped: true }));
  const quiet = findQuietStretches(timeline)
    .map(({ from, to }): Cut => ({ from: from + MARGIN_MS, to: to - MARGIN_MS, isSkipped: false }))
    .filter((cut) => !skipped.some((other) => other.from < cut.to && cut.from < other.to));
  return [...skipped, ...quiet].sort((a, b) => a.from - b.from);
}
