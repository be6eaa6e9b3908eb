import type { Instant } from '../../clock/instant';
import { historyOf } from '../../timeline/history/podHistory';
import { type RanFor, steadyStateWatchMs } from '../../timing/watches';
import type { Actor } from '../model/actor';
import { type CheckWindow, timedWindowMs } from '../model/window';
import type { Session, Wait } from './session/session';

/** Returns how long a window of a pod may take, starting at an instant. */
export function windowLimitOf(window: CheckWindow, session: Session, actor: Actor, from: Instant): Wait['limit'] {
  switch (window.kind) {
    case 'now':
      return 0;
    case 'for':
      return window.ms;
    case 'ready':
      return session.readyLimit(actor);
    case 'limit':
      return { limit: window.limit, from: window.from };
    default:
      return timedWindowMs(window, actor.pod.spec, ranFor(actor, from));
  }
}

/** Returns how long to watch an undisturbed pod, starting now. */
export function steadyStateMs(actor: Actor): number {
  return steadyStateWatchMs(actor.pod.spec, ranFor(actor, actor.timeline.now));
}

/** Returns how long each container had run at an instant. */
function ranFor({ timeline }: Actor, at: Instant): RanFor {
  return (name) => {
    const startedAt = historyOf(timeline).containerStarts.findLast(
      (event) => event.container === name && event.at <= at,
    )?.at;
    return startedAt === undefined ? undefined : at - startedAt;
  };
}
