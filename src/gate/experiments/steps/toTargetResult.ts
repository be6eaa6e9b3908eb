import type { Severity } from '../../../lint/rule';
import type { CauseId } from '../../../timeline/failureCause';
import type { CheckMessage } from '../../../wording/gate/results/checkMessage';
import type { CheckId } from '../../model/checks';
import type { Evidence, TargetResult } from '../../model/targetResult';

export interface Question {
  readonly check: CheckId;
  readonly container?: string | undefined;
  /** The field that would be at fault, in the pod. */
  readonly field?: string | undefined;
  /** The message if it passes, with the time it took since `from`. */
  readonly passed: (tookMs: number) => CheckMessage;
  readonly failed: (record: Evidence) => CheckMessage;
  /** True if `failed` says what was received. Default: if no reason is known. */
  readonly saysReceived?: boolean | undefined;
  /** How bad a failure is. Default: `error`. */
  readonly severity?: Severity | undefined;
  /** What a failure comes from. Default: what its evidence shows. */
  readonly cause?: CauseId | undefined;
  readonly advice?: string | undefined;
  /** When what is asked about began, on the pod's clock. */
  readonly from: number;
}

/** Returns the result of a check: that it passed in so much time, or failed, and why. */
export function toTargetResult(
  { check, container, field, severity, cause, advice, passed, failed, saysReceived, from }: Question,
  record: Evidence,
): TargetResult {
  const { result, timeline } = record;
  const tookMs = Math.max(0, (result.event?.at ?? timeline.now) - from);
  if (result.outcome !== 'passed') {
    const message = failed(record);
    return { check, container, outcome: 'failed', severity, cause, advice, message, saysReceived, record, field };
  }
  return { check, container, outcome: 'passed', message: passed(tookMs), tookMs };
}
