import type { Pod } from '../../manifest/model';
import { type Event, type EventOf, isA, type KubeletEvent } from '../../timeline/event';
import { historyOf } from '../../timeline/history/podHistory';
import { probeText } from '../../timeline/probeText';
import { START } from '../../timeline/since';
import type { Timeline } from '../../timeline/timeline';
import { type AssertionResult, failed } from '../assertionResult';
import { becameReady } from '../status/ready';

/** An app may once end before what it needs is there; one that goes on doing so does not come up. */
const ENDS_MAX = 1;

/**
 * Passes when the pod becomes Ready as a pod should: fails as well, before that, when a container is killed by its own
 * probe, for want of memory, or after a failed postStart hook, when it exits with 0, and when it ends again and again.
 */
export function cameUp(timeline: Timeline, pod: Pod): AssertionResult {
  const ready = becameReady(timeline, START, pod);
  const trouble = troubleBeforeReady(timeline, pod);
  if (!trouble) return ready;
  const isLater = ready.outcome === 'passed' && ready.event && isBefore(timeline, ready.event, trouble.event);
  return isLater ? ready : failed(trouble.event, 'not Ready', trouble.why);
}

interface Trouble {
  readonly event: Event;
  readonly why: string;
}

function troubleBeforeReady(timeline: Timeline, pod: Pod): Trouble | undefined {
  const plainInit = pod.spec.initContainers.filter(({ restartPolicy }) => restartPolicy !== 'Always');
  const isPlainInit = (name: string) => plainInit.some((container) => container.name === name);
  const ends = new Map<string, number>();
  const history = historyOf(timeline);
  for (const event of history.inOrder([...history.killings, ...history.exits])) {
    if (isA('Killing', event)) {
      const why = whyKilled(timeline, event);
      if (why !== undefined) return { event, why };
    }
    if (!isA('ContainerExited', event)) continue;
    if (event.reason === 'OOMKilled') return { event, why: `${event.container} is killed for want of memory` };
    if (isPlainInit(event.container)) continue;
    const times = (ends.get(event.container) ?? 0) + 1;
    ends.set(event.container, times);
    if (event.exitCode === 0 && event.afterSignalMs === undefined) {
      return { event, why: `${event.container} exits by itself, with exit code 0` };
    }
    if (times > ENDS_MAX)
      return { event, why: `${event.container} ends again and again, with exit code ${event.exitCode}` };
  }
  return undefined;
}

function whyKilled(timeline: Timeline, { container = '', probe, cause }: KubeletEvent<'Killing'>): string | undefined {
  if (cause === 'postStart') return `the postStart hook of ${container} fails, which kills it`;
  if (probe === undefined) return undefined;
  const answer = historyOf(timeline).attempts.findLast(
    (each: EventOf<'ProbeFinished'>) => each.container === container && each.probe === probe,
  );
  return `${container} is killed by its own ${probe} probe before it is up${answer ? `: ${probeText(answer)}` : ''}`;
}

function isBefore(timeline: Timeline, one: Event, other: Event): boolean {
  const history = historyOf(timeline);
  return history.placeOf(one) < history.placeOf(other);
}
