import { conditionOf } from '../../timeline/condition';
import { historyOf } from '../../timeline/history/podHistory';
import type { ConditionStatus, PodCondition } from '../../timeline/podStatus';
import type { Timeline } from '../../timeline/timeline';
import { type AssertionResult, makeFailed, makePassed } from '../assertionResult';
import { explainNotReady } from './notReadyReason';

/** Filter for a condition. A property that you leave out matches anything, except `status`. */
export interface ConditionFilter {
  /** Status of the condition. Default: `True`. */
  readonly status?: ConditionStatus | undefined;
  /** Reason of the status. */
  readonly reason?: string | undefined;
  /** Part of the message, or a regular expression. */
  readonly message?: string | RegExp | undefined;
}

/** Passes if the last status has a matching condition. The first status that showed it decides. */
export function hasCondition(timeline: Timeline, type: string, wanted: ConditionFilter): AssertionResult {
  const condition = conditionOf(timeline.status, type);
  if (!condition) {
    const types = timeline.status?.conditions.map((each) => each.type) ?? [];
    return makeFailed(undefined, { kind: 'noCondition', type }, { kind: 'only', names: types });
  }
  const published = historyOf(timeline).published;
  const before = published.findLastIndex(({ status }) => !isSame(conditionOf(status, type), condition));
  const decide = isLike(condition, wanted) ? makePassed : makeFailed;
  const reason = type === 'Ready' && condition.status === 'False' ? explainNotReady(timeline) : undefined;
  return { ...decide(published[before + 1], { kind: 'condition', condition }), reason };
}

function isLike(condition: PodCondition, { status = 'True', reason, message }: ConditionFilter): boolean {
  const text = condition.message ?? '';
  return (
    condition.status === status &&
    (reason ?? condition.reason) === condition.reason &&
    (message === undefined || (typeof message === 'string' ? text.includes(message) : text.search(message) >= 0))
  );
}

function isSame(one: PodCondition | undefined, other: PodCondition): boolean {
  return one?.status === other.status && one.reason === other.reason && one.message === other.message;
}
