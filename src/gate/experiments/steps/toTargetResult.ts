import type { Severity } from '../../../lint/rule';
import type { CauseId } from '../../../timeline/failureCause';
import type { CheckMessage } from '../../../wording/gate/results/checkMessage';
import type { CheckId } from '../../model/checks';
import type { Evidence, TargetResult } from '../../model/targetResult';

export interface Question {
  readonly check: CheckId;
  readonly container?: string | undefined;
  /** Field of the pod that causes a failure. */
  readonly field?: string | undefined;
  /** The message if it passes, with the time it took since `from`. */
  readonly passed: (tookMs: number) => CheckMessage;
  readonly failed: (record: Evidence) => CheckMessage;
  /** True if `failed` says what was received. Default: if no reason is known. */
  readonly saysReceived?: boolean | undefined;
  /** Severity of a failure. Default: `error`. */
  readonly severity?: Severity | undefined;
  /** Cause of a failure. Default: the cause that its evidence shows. */
  readonly cause?: CauseId | undefined;
  readonly advice?: string | undefined;
  /** Instant from which the time counts, on the pod's clock. */
  readonly from: number;
}

/** Returns the result of a check: passed with the time it took, or failed with the reason. */
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
