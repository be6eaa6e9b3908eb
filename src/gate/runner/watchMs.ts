import { steadyStateWatchMs } from '../../timing/watches';
import type { Actor } from '../model/actor';

/** How long a pod is watched that is left alone, from its present on. */
export function watchMs({ pod: { spec }, timeline }: Actor): number {
  return steadyStateWatchMs(spec, (name) => {
    const startedAt = timeline.of('ContainerStarted').findLast(({ container }) => container === name)?.at;
    return startedAt === undefined ? undefined : timeline.now - startedAt;
  });
}
