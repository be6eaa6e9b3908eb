import type { Timeline } from '../../timeline/timeline';
import type { AssertionResult } from '../assertionResult';
import { hasCondition } from './condition';
import { explainNotReady } from './notReadyReason';

/** Passes if the last status is Ready. */
export function isReadyNow(timeline: Timeline): AssertionResult {
  const result = hasCondition(timeline, 'Ready', {});
  if (result.outcome === 'passed') return { ...result, received: { kind: 'ready' } };
  return { ...result, received: { kind: 'notReady' }, reason: explainNotReady(timeline) };
}
