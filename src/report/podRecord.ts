import type { Event } from '../timeline/event';
import type { OutputLine } from '../timeline/output';
import type { PodStatus } from '../timeline/podStatus';
import type { Rehearsal } from '../timeline/rehearsal';

/** Names the folder where a run's records are gathered, for those who make them. */
export const RECORDS_VARIABLE = 'JEST_KUBELET_RECORDS';

/** A report on all pods of a run. Within a version fields are added, never changed or taken away. */
export interface RunReport {
  readonly version: 1;
  /** In the order of the test files' names, and as they were started within each. */
  readonly pods: readonly PodRecord[];
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
}

/** A pod's life as it is on record now, in a form that JSON keeps; `known` is what the record does not tell. */
export function podRecord(
  { pod, timeline, broken }: Rehearsal,
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
  };
}
