import type { ObservedPod } from '../../model/observation';
import type { ProcessLook } from '../../model/targetResult';

export interface LooksAt {
  readonly container: string;
  readonly first: ProcessLook;
  readonly last: ProcessLook;
}

/** Returns the first and the last look at each container that still has the same main process. */
export function looksByContainer({ looks }: Pick<ObservedPod, 'looks'>): readonly LooksAt[] {
  const containers = [...new Set(looks.map(({ container }) => container))];
  return containers.flatMap((container) => {
    const own = looks.filter((look) => look.container === container);
    const [first, last] = [own[0], own.at(-1)];
    const isSame = first && last && first !== last && first.processes[0]?.pid === last.processes[0]?.pid;
    return isSame ? [{ container, first, last }] : [];
  });
}
