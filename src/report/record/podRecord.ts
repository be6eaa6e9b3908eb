import type { Instant } from '../../clock/instant';
import { containersOf, isSidecar, type Pod } from '../../manifest/model';
import type { Event } from '../../timeline/event';
import { historyOf } from '../../timeline/history/podHistory';
import type { OutputLine } from '../../timeline/output';
import type { PodStatus } from '../../timeline/podStatus';
import type { Timeline } from '../../timeline/timeline';
import type { PodRun } from '../../waiting/podRun';
import { listPodRows, type PodRowFrom } from '../kubectl/podRows';

/** Internal environment variable with the folder for the records of a run, from the reporter to its workers. */
export const RECORDS_VARIABLE = '__JEST_KUBELET_RECORDS';

/** Suffix of the file name of an incomplete record. */
export const UNFINISHED = '.part';

/** Report on all pods of a test run. Within a version, fields are only added. */
export interface RunReport {
  readonly version: 1;
  /** Pods in the order of the test files' names, and within a file in the order of their start. */
  readonly pods: readonly PodRecord[];
  /** Results of the tests, or of the gate's checks. */
  readonly verdicts?: readonly VerdictRecord[];
  /** Gaps of the gate's checks, each with its reason, one per line. */
  readonly notChecked?: readonly string[];
}

/** Result of a test or of a gate check. */
export interface VerdictRecord {
  /** `notRun` if something else prevented the check. `notApplicable` if there was nothing to check. */
  readonly outcome: 'passed' | 'failed' | 'notRun' | 'notApplicable';
  /** Full name of the test, or id of the check. */
  readonly name: string;
  /** Message of the failure, or a sentence about the result. */
  readonly text?: string;
  /** Path of the test file. */
  readonly file?: string;
  /** Index in `pods` of the pod that decided the result. */
  readonly pod?: number;
  /** Instant that decided the result, on that pod's clock. */
  readonly at?: number;
}

/** Record of a pod run at the end of its test. */
export interface PodRecord {
  readonly name: string;
  readonly namespace: string;
  /** `run` on containers, or `simulated` with a script. */
  readonly kind: 'run' | 'simulated';
  /** Full name of the test that started the pod. Absent if the pod was started for the whole file. */
  readonly test?: string;
  /** Path of the test file. */
  readonly file?: string;
  /** Hash of the manifest with Kubernetes' defaults: `sha256:` and 64 hexadecimal digits. */
  readonly manifest: string;
  /** Last published status. */
  readonly status?: PodStatus;
  /** All events, oldest first. `at` is in milliseconds since the pod was created. */
  readonly events: readonly Event[];
  /** Output of the containers, the newest lines of each. Values of Secrets are `***`. */
  readonly output: readonly Omit<OutputLine, 'written'>[];
  /** Reason why the run was aborted. Absent if it was not. */
  readonly broken?: string;
  /** Last instant of the pod's clock. */
  readonly until: Instant;
  /** Containers in the order of the manifest, the init containers first. */
  readonly containers: readonly ContainerRecord[];
  /** Columns of `kubectl get pod`, at each change. */
  readonly rows: readonly PodRowFrom[];
  /** Entry of the pod in an EndpointSlice, at each change. Only `at` is set if there is none. */
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

/** Creates the record of a pod, which can be stored as JSON. `known` has the facts that the timeline does not contain. */
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
    containers: listContainers(pod),
    rows: listPodRows(timeline, pod),
    endpoints: listEndpoints(timeline),
  };
}

function listContainers({ spec }: Pod): readonly ContainerRecord[] {
  return containersOf(spec).map((container) => {
    if (!spec.initContainers.includes(container)) return { name: container.name, kind: 'main' };
    return { name: container.name, kind: isSidecar(container) ? 'sidecar' : 'init' };
  });
}

function listEndpoints(timeline: Timeline): readonly EndpointRecord[] {
  return historyOf(timeline).endpointChanges.map(({ event: { at }, endpoint }) => ({ at, ...endpoint }));
}
