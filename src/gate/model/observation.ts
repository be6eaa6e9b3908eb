import type { Instant } from '../../clock/instant';
import type { Severity } from '../../lint/rule';
import type { Pod } from '../../manifest/model';
import type { Event } from '../../timeline/event';
import type { CauseId } from '../../timeline/failureCause';
import type { Since } from '../../timeline/since';
import type { Timeline } from '../../timeline/timeline';
import type { GapMessage } from '../../wording/gate/gaps';
import type { LOOKED_FOR } from '../../wording/gate/observationFixes';
import type { ObservationMessage } from '../../wording/gate/observations';
import type { MemorySample } from './memory/memorySample';
import type { Subject } from './subject';
import type { ProcessLook } from './targetResult';

/** Unwanted behavior of a pod that its timeline shows. It is reported only if the timeline shows enough of it. */
export type Symptom = SymptomKind & {
  readonly severity: Severity;
  /** Returns the cases that the timeline shows. */
  readonly find: (seen: ObservedPod) => readonly ObservedFault[];
  /** Returns the reason if the timeline cannot show a case. */
  readonly gap?: (seen: ObservedPod) => GapMessage | undefined;
};

/** Kind of a symptom. If it has no cause, only the evidence shows one. */
export type SymptomKind =
  | { readonly kind: ObservationMessage['kind']; readonly cause: CauseId }
  | { readonly kind: keyof typeof LOOKED_FOR; readonly cause?: never };

export interface ObservedPod {
  readonly subject: Subject;
  readonly pod: Pod;
  readonly timeline: Timeline;
  /** Start of the part of the timeline that counts. */
  readonly since: Since;
  readonly from: Instant;
  /** The looks at the pod's processes, oldest first. */
  readonly looks: readonly ProcessLook[];
  readonly memory: readonly MemorySample[];
}

export interface ObservedFault {
  readonly container: string;
  readonly message: ObservationMessage;
  /** Default: the severity of the symptom. */
  readonly severity?: Severity;
  /** Field of the pod that causes it. */
  readonly field?: string;
  /** The event that shows it. */
  readonly event?: Event | undefined;
}
