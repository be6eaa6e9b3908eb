import type { Timeline } from '../../timeline/timeline';
import type { AssertionResult } from '../assertionResult';
import { hasCondition } from './condition';
import { whyNotReady } from './notReadyReason';

/** Whether the pod's Ready condition is True, as last published. */
export function isReadyNow(timeline: Timeline): AssertionResult {
  const judgement = hasCondition(timeline, 'Ready', {});
  if (judgement.outcome === 'passed') return { ...judgement, received: 'Ready' };
  return { ...judgement, received: 'not Ready', why: whyNotReady(timeline) };
}
