import type { Judgement } from '../judgements/judgement';
import type { Pod } from '../manifest/model';
import type { Timeline } from '../timeline/timeline';
import type { CheckId } from './checks';
import type { Patch } from './patch';

/** What came of asking one question of a check; a check that is asked of several containers has several. */
export interface Answer {
  readonly check: CheckId;
  /** `notRun`: it applies, but something else kept it from being asked. `notApplicable`: there is nothing to ask. */
  readonly outcome: 'passed' | 'failed' | 'notRun' | 'notApplicable';
  /** What a person understands without knowing the check: what would happen in production, or why nothing was asked. */
  readonly sentence: string;
  readonly container?: string | undefined;
  /** The record it was judged by. */
  readonly record?: PodRecord | undefined;
  /** The field at fault, in the pod: `spec.containers[0].livenessProbe`. */
  readonly field?: string | undefined;
  /** The smallest change that would pass, where a number in the manifest is at fault. */
  readonly patch?: Patch | undefined;
  /** On the pod's clock, in milliseconds, from the fault to the reaction, where there is one. */
  readonly tookMs?: number | undefined;
}

export interface PodRecord {
  readonly judgement: Judgement;
  readonly timeline: Timeline;
  readonly pod: Pod;
}
