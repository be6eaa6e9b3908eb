import type { Timeline } from '../timeline/timeline';
import { hasCondition } from './hasCondition';
import type { Judgement } from './judgement';
import { whyNotReady } from './whyNotReady';

/** Whether the pod's Ready condition is True, as last published. */
export function isReadyNow(timeline: Timeline): Judgement {
  const judgement = hasCondition(timeline, 'Ready', {});
  if (judgement.outcome === 'holds') return { ...judgement, received: 'Ready' };
  return { ...judgement, received: 'not Ready', why: whyNotReady(timeline) };
}
