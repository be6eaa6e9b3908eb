import { isReady } from '../timeline/condition';
import type { Since } from '../timeline/since';
import type { Timeline } from '../timeline/timeline';
import { holds, type Judgement, undecided, violated } from './judgement';

/** Holds when the pod stops being Ready after `since`; that needs a Ready before it. Violated once the pod is gone. */
export function becameUnready(timeline: Timeline, since: Since): Judgement {
  let ready = false;
  let wasReady = false;
  for (const [index, event] of timeline.events.entries()) {
    if (event.kind === 'PodRemoved') {
      return ready ? holds(event, 'unready') : violated(event, 'not Ready', 'the pod has been removed');
    }
    if (event.kind !== 'StatusPublished') continue;
    const readyNow = isReady(event.status);
    if (ready && !readyNow && index >= since) return holds(event, 'unready');
    ready = readyNow;
    wasReady ||= readyNow;
  }
  if (ready) return undecided('still Ready');
  if (wasReady) return undecided('unready already before', 'it has to be Ready first, to become unready');
  return undecided('never Ready', 'it has to be Ready first, to become unready');
}
