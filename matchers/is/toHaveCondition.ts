import { type ConditionFilter, hasCondition } from '../../src/assertions/status/condition';
import type { ConditionStatus } from '../../src/timeline/podStatus';
import { type ArgumentCheck, type Checks, oneOf, pattern, problemIn, text } from '../kernel/call/options';
import { now } from '../kernel/wait/now';

/** Condition that a test expects: its status, or a filter. */
export type ConditionFilterOrStatus = ConditionStatus | ConditionFilter;

const PARTS: Checks<ConditionFilter> = { status: oneOf('True', 'False', 'Unknown'), reason: text, message: pattern };

const isCondition: ArgumentCheck = (value, name, pod) => {
  if (value === undefined) return undefined;
  return typeof value === 'string' ? PARTS.status(value, name) : problemIn(value, name, { checks: PARTS, pod });
};

interface ConditionArguments {
  readonly type: string;
  readonly condition: ConditionFilterOrStatus | undefined;
}

/** Passes if the pod has the condition now, with status True by default. */
export const toHaveCondition = now<ConditionArguments>({
  name: 'toHaveCondition',
  leading: ['type', 'condition'],
  checks: { type: text, condition: isCondition },
  expected: ({ type, condition = 'True' }) => ({ kind: 'haveCondition', type, condition }),
  evaluate: (timeline, { type, condition }) => hasCondition(timeline, type, toConditionFilter(condition)),
});

function toConditionFilter(condition: ConditionFilterOrStatus = 'True'): ConditionFilter {
  return typeof condition === 'string' ? { status: condition } : condition;
}
