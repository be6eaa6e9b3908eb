import { inspect } from 'node:util';
import { type ConditionFilter, hasCondition } from '../../src/assertions/status/condition';
import type { ConditionStatus } from '../../src/timeline/podStatus';
import { type ArgumentCheck, type Checks, oneOf, pattern, problemIn, text } from '../kernel/call/options';
import { now } from '../kernel/wait/now';

/** Condition that a test expects: its status, or a filter. */
export type AskedCondition = ConditionStatus | ConditionFilter;

const PARTS: Checks<ConditionFilter> = { status: oneOf('True', 'False', 'Unknown'), reason: text, message: pattern };

const isCondition: ArgumentCheck = (value, pod) => {
  if (value === undefined) return undefined;
  return typeof value === 'string' ? PARTS.status(value, pod) : problemIn(value, PARTS, pod);
};

interface ConditionArguments {
  readonly type: string;
  readonly condition: AskedCondition | undefined;
}

/** Holds if the pod's condition of that type is so now; True where nothing else is asked for. */
export const toHaveCondition = now<ConditionArguments>({
  name: 'toHaveCondition',
  leading: ['type', 'condition'],
  checks: { type: text, condition: isCondition },
  expected: (asked) => `condition ${named(asked)}`,
  unexpected: (asked) => `no condition ${named(asked)}`,
  evaluate: (timeline, { type, condition }) => hasCondition(timeline, type, wanted(condition)),
});

function wanted(condition: AskedCondition = 'True'): ConditionFilter {
  return typeof condition === 'string' ? { status: condition } : condition;
}

function named({ type, condition = 'True' }: ConditionArguments): string {
  return `${type} ${typeof condition === 'string' ? condition : inspect(condition)}`;
}
