import pluralize from 'pluralize';
import { isReady } from '../../timeline/condition';
import type { Since } from '../../timeline/since';
import type { Timeline } from '../../timeline/timeline';
import { holds, type Judgement, undecided, violated } from '../assertionResult';

/**
 * Holds when the pod stops being Ready, as often as asked after `since`; each time needs a Ready before it. Violated once
 * the pod is gone.
 */
export function becameUnready(timeline: Timeline, since: Since, times = 1): Judgement {
  let ready = false;
  let wasReady = false;
  let losses = 0;
  for (const [index, event] of timeline.events.entries()) {
    if (event.kind !== 'StatusPublished' && event.kind !== 'PodRemoved') continue;
    const readyNow = event.kind === 'StatusPublished' && isReady(event.status);
    if (ready && !readyNow && index >= since) losses += 1;
    if (losses === times) return holds(event, 'unready');
    if (event.kind === 'PodRemoved') return violated(event, often(losses) ?? 'not Ready', 'the pod has been removed');
    ready = readyNow;
    wasReady ||= readyNow;
  }
  const received = often(losses);
  if (received !== undefined) return undecided(received);
  if (ready) return undecided('still Ready');
  if (wasReady) return undecided('unready already before', 'it has to be Ready first, to become unready');
  return undecided('never Ready', 'it has to be Ready first, to become unready');
}

function often(losses: number): string | undefined {
  return losses === 0 ? undefined : `unready only ${pluralize('time', losses, true)}`;
}
