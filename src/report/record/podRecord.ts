import type { Instant } from '../../clock/instant';
import { containersOf, isSidecar, type Pod } from '../../manifest/model';
import type { Event } from '../../timeline/event';
import { historyOf } from '../../timeline/history/podHistory';
import type { OutputLine } from '../../timeline/output';
import type { PodStatus } from '../../timeline/podStatus';
import type { Timeline } from '../../timeline/timeline';
import type { PodRun } from '../../waiting/podRun';
import { type PodRowFrom, podRows } from '../kubectl/podRows';

/** Internal environment variable by which the reporter gives workers the folder for the records of a run. */
export const RECORDS_VARIABLE = '__JEST_KUBELET_RECORDS';

/** The end of the name of a record that is being written, or could not be. */
export const UNFINISHED = '.part';

/** A report on all pods of a run. Within a version fields are added, never changed or taken away. */
export interface RunReport {
  readonly version: 1;
  /** In the order of the test files' names, and as they were started within each. */
  readonly pods: readonly PodRecord[];
  /** What was asked of the pods, and what came of it: tests, or the gate's checks. */
  readonly verdicts?: readonly VerdictRecord[];
  /** What the gate's checks did not cover, and why, in a line each. */
  readonly notChecked?: readonly string[];
}

/** One thing that was asked, and what came of it. */
export interface VerdictRecord {
  /** `notRun`: something else kept it from being asked. `notApplicable`: there was nothing to ask. */
  readonly outcome: 'passed' | 'failed' | 'notRun' | 'notApplicable';
  /** A test's whole name, or a check's. */
  readonly name: string;
  /** What came of it in words: the failure's message, or a sentence. */
  readonly text?: string;
  /** The path of the test file. */
  readonly file?: string;
  /** The place in `pods` of the pod that it was judged by, and the instant that decided, on that pod's clock. */
  readonly pod?: number;
  readonly at?: number;
}

/** A pod's whole life as it was when its test was over. */
export interface PodRecord {
  readonly name: string;
  readonly namespace: string;
  /** Whether its containers ran, or a script stood in for them. */
  readonly kind: 'run' | 'simulated';
  /** The whole name of the test that started it; none for one started for the whole file. */
  readonly test?: string;
  /** The path of the test file. */
  readonly file?: string;
  /** The same for the same manifest with Kubernetes' defaults filled in: `sha256:` and 64 hexadecimal digits. */
  readonly manifest: string;
  /** The status that was published last. */
  readonly status?: PodStatus;
  /** All that happened, oldest first; `at` is in milliseconds since the pod was created. */
  readonly events: readonly Event[];
  /** What its containers wrote, the newest lines of each; what a Secret holds is `***`. */
  readonly output: readonly Omit<OutputLine, 'written'>[];
  /** Why the run broke, where it did. */
  readonly broken?: string;
  /** How far its clock had come. */
  readonly until: Instant;
  /** Its containers in the manifest's order, the init containers first. */
  readonly containers: readonly ContainerRecord[];
  /** The columns of `kubectl get pod`, each time that they change. */
  readonly rows: readonly PodRowFrom[];
  /** What an EndpointSlice says of the pod, each time that it changes; nothing but `at` where it is in none. */
  readonly endpoints: readonly EndpointRecord[];
}

export interface ContainerRecord {
  readonly name: string;
  readonly kind: 'init' | 'sidecar' | 'main';
}

export interface EndpointRecord {
  readonly at: Instant;
  readonly ready?: boolean;
  readonly serving?: boolean;
  readonly terminating?: boolean;
}

/** A pod's life as it is on record now, in a form that JSON keeps; `known` is what the record does not tell. */
export function podRecord(
  { pod, timeline, broken }: Pick<PodRun, 'pod' | 'timeline' | 'broken'>,
  known: Pick<PodRecord, 'kind' | 'test' | 'file' | 'manifest'>,
): PodRecord {
  const { name, namespace } = pod.metadata;
  return {
    name,
    namespace,
    ...known,
    ...(timeline.status && { status: timeline.status }),
    events: timeline.events,
    output: timeline.output.lines.map(({ written: _, ...line }) => line),
    ...(broken && { broken: broken.message }),
    until: timeline.now,
    containers: containersIn(pod),
    rows: podRows(timeline, pod),
    endpoints: endpointsIn(timeline),
  };
}

function containersIn({ spec }: Pod): readonly ContainerRecord[] {
  return containersOf(spec).map((container) => {
    if (!spec.initContainers.includes(container)) return { name: container.name, kind: 'main' };
    return { name: container.name, kind: isSidecar(container) ? 'sidecar' : 'init' };
  });
}

function endpointsIn(timeline: Timeline): readonly EndpointRecord[] {
  return historyOf(timeline).endpointChanges.map(({ event: { at }, endpoint }) => ({ at, ...endpoint }));
}
