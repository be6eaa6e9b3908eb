import type { Timeline } from '../../timeline/timeline';
import type { Judgement } from '../assertionResult';
import { hasCondition } from './condition';
import { whyNotReady } from './notReadyReason';

/** Whether the pod's Ready condition is True, as last published. */
export function isReadyNow(timeline: Timeline): Judgement {
  const judgement = hasCondition(timeline, 'Ready', {});
  if (judgement.outcome === 'holds') return { ...judgement, received: 'Ready' };
  return { ...judgement, received: 'not Ready', why: whyNotReady(timeline) };
}
