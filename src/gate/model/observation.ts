import type { Instant } from '../../clock/instant';
import type { Severity } from '../../lint/rule';
import type { Pod } from '../../manifest/model';
import type { Event } from '../../timeline/event';
import type { CauseId } from '../../timeline/failureCause';
import type { Since } from '../../timeline/since';
import type { Timeline } from '../../timeline/timeline';
import { CAUSES } from '../../wording/causes';
import type { MemorySample } from './memory/memorySample';
import type { Gap } from './notChecked';
import type { Subject } from './subject';
import type { ProcessLook } from './targetResult';

/** Something that a pod does, as it is seen in its timeline. It is reported only if the timeline shows enough of it. */
export type Symptom = ObservationKind & {
  readonly severity: Severity;
  readonly advice: string;
  /** The cases that the timeline shows. */
  readonly find: (seen: ObservedPod) => readonly ObservedFault[];
  /** Why the timeline cannot show one, if it cannot. */
  readonly gap?: (seen: ObservedPod) => Gap | undefined;
};

/** What it finds: a cause, or, if only the evidence shows the cause, a clause such as `a probe has no result`. */
type ObservationKind =
  | { readonly cause: CauseId; readonly finds?: never }
  | { readonly cause?: never; readonly finds: string };

/** Returns what an observation finds, as a clause. */
export function findsText({ cause, finds }: Symptom): string {
  return cause === undefined ? finds : CAUSES[cause];
}

export interface ObservedPod {
  readonly subject: Subject;
  readonly pod: Pod;
  readonly timeline: Timeline;
  /** Where the part of the timeline begins that counts. */
  readonly since: Since;
  readonly from: Instant;
  /** The looks at the pod's processes, oldest first. */
  readonly looks: readonly ProcessLook[];
  readonly memory: readonly MemorySample[];
}

export interface ObservedFault {
  readonly container: string;
  readonly sentence: string;
  /** If it differs from that of the observation. */
  readonly severity?: Severity;
  /** The field at fault, in the pod. */
  readonly field?: string;
  /** The event that shows it. */
  readonly event?: Event | undefined;
}
