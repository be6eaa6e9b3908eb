import type { Pod } from '../../manifest/model';
import { type Event, type EventOf, isA, type KubeletEvent } from '../../timeline/event';
import { historyOf } from '../../timeline/history/podHistory';
import { START } from '../../timeline/since';
import type { Timeline } from '../../timeline/timeline';
import { type AssertionResult, makeFailed } from '../assertionResult';
import type { Reason } from '../facts/reason';
import { becameReady } from '../status/ready';

/** Number of exits that a start may have. An app may exit once because its dependency is not up yet. */
const ENDS_MAX = 1;

/**
 * Passes when the pod becomes Ready without trouble. Fails before that if a container is killed by its own probe, OOMKilled,
 * killed after a failed postStart hook, exits with 0, or keeps exiting.
 */
export function cameUp(timeline: Timeline, pod: Pod): AssertionResult {
  const ready = becameReady(timeline, START, pod);
  const trouble = troubleBeforeReady(timeline, pod);
  if (!trouble) return ready;
  const isLater = ready.outcome === 'passed' && ready.event && isBefore(timeline, ready.event, trouble.event);
  return isLater ? ready : makeFailed(trouble.event, 'notReady', trouble.reason);
}

interface Trouble {
  readonly event: Event;
  readonly reason: Reason;
}

function troubleBeforeReady(timeline: Timeline, pod: Pod): Trouble | undefined {
  const plainInit = pod.spec.initContainers.filter(({ restartPolicy }) => restartPolicy !== 'Always');
  const isPlainInit = (name: string) => plainInit.some((container) => container.name === name);
  const ends = new Map<string, number>();
  const history = historyOf(timeline);
  for (const event of history.inOrder([...history.killings, ...history.exits])) {
    if (isA('Killing', event)) {
      const reason = killReason(timeline, event);
      if (reason) return { event, reason };
    }
    if (!isA('ContainerExited', event)) continue;
    const { container, exitCode } = event;
    if (event.reason === 'OOMKilled') return { event, reason: { kind: 'oomKilled', container } };
    if (isPlainInit(container)) continue;
    const times = (ends.get(container) ?? 0) + 1;
    ends.set(container, times);
    if (exitCode === 0 && event.afterSignalMs === undefined) return { event, reason: { kind: 'completes', container } };
    if (times > ENDS_MAX) return { event, reason: { kind: 'keepsExiting', container, exitCode } };
  }
  return undefined;
}

function killReason(timeline: Timeline, { container = '', probe, cause }: KubeletEvent<'Killing'>): Reason | undefined {
  if (cause === 'postStart') return { kind: 'postStartFails', container };
  if (probe === undefined) return undefined;
  const attempt = historyOf(timeline).attempts.findLast(
    (each: EventOf<'ProbeFinished'>) => each.container === container && each.probe === probe,
  );
  return { kind: 'probeKill', container, probe, attempt };
}

function isBefore(timeline: Timeline, one: Event, other: Event): boolean {
  const history = historyOf(timeline);
  return history.placeOf(one) < history.placeOf(other);
}
