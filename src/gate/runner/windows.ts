import { steadyStateWatchMs } from '../../timing/watches';
import type { Actor } from '../model/actor';
import type { Window } from '../model/window';
import type { Session, Wait } from './session';

/** Returns how long a window of a pod may take, from its present on. */
export function limitOf(window: Window, session: Session, actor: Actor): Wait['limit'] {
  switch (window.kind) {
    case 'now':
      return 0;
    case 'for':
      return window.ms;
    case 'ready':
      return session.readyLimit(actor);
    case 'steadyState':
      return steadyStateMs(actor);
    case 'limit':
      return { limit: window.limit, from: window.from };
  }
}

/** Returns how long a pod that is left alone is watched, from its present on. */
export function steadyStateMs({ pod: { spec }, timeline }: Actor): number {
  return steadyStateWatchMs(spec, (name) => {
    const startedAt = timeline.of('ContainerStarted').findLast(({ container }) => container === name)?.at;
    return startedAt === undefined ? undefined : timeline.now - startedAt;
  });
}
