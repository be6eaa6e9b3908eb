import { isReady } from '../timeline/condition';
import type { Timeline } from '../timeline/timeline';
import { cannotBecomeReady } from './cannotBecomeReady';
import { holds, type Judgement, undecided, violated } from './judgement';
import { statusOf } from './statusOf';
import { whyNotReady } from './whyNotReady';

/** Holds once a container has been restarted that often, as published, and the pod is Ready with it. */
export function recovered(timeline: Timeline, container: string, restarts: number): Judgement {
  const { restartCount = 0, ready = false } = statusOf(timeline, container) ?? {};
  if (restartCount >= restarts && ready && isReady(timeline.status)) {
    return holds(timeline.of('StatusPublished').at(-1), 'Ready again');
  }
  const obstacle = cannotBecomeReady(timeline);
  if (obstacle) return violated(obstacle.event, 'not Ready again', obstacle.why);
  return undecided('not Ready again', whyNotReady(timeline));
}
