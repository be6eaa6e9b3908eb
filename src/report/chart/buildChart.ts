import type { Timeline } from '../../timeline/timeline';
import type { PodRecord } from '../record/podRecord';
import type { Chart } from './chart';
import { cutsOf } from './cuts';
import { hookLane } from './lanes/hookLane';
import { actLane, endpointLane, requestLane, statusLane } from './lanes/podLanes';
import { probeLanes } from './lanes/probeLanes';
import { signalLane } from './lanes/signalLane';
import { stateLane } from './lanes/stateLane';
import { Tips } from './lanes/tips';

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
