import { isReady, isTerminal } from '../../../../src/timeline/condition';
import type { PodStatus } from '../../../../src/timeline/podStatus';
import type { Moment } from './moment';

/** The moments at which a published status came to say something: `pod.running`, `pod.ready`, `<container>.startedTrue`. */
export class Transitions {
  readonly #moments = new Map<string, Moment[]>();
  /** The transitions in the previous status. */
  #said: ReadonlySet<string> = new Set();

  take(status: PodStatus, moment: Moment): void {
    const says = new Set(sayingsOf(status));
    for (const saying of says) {
      if (this.#said.has(saying)) continue;
      const token = saying.split(' ')[0] as string;
      const moments = this.#moments.get(token);
      if (moments) moments.push(moment);
      else this.#moments.set(token, [moment]);
    }
    this.#said = says;
  }

  of(token: string): readonly Moment[] | undefined {
    return this.#moments.get(token);
  }
}

/** Returns the states in a status. States of different instances differ, even with the same name. */
function sayingsOf(status: PodStatus): readonly string[] {
  const containers = [...status.initContainerStatuses, ...status.containerStatuses];
  return [
    ...(status.phase === 'Running' ? ['pod.running'] : []),
    ...(isReady(status) ? ['pod.ready'] : []),
    ...(isTerminal(status.phase) ? ['pod.terminated'] : []),
    ...containers.filter(({ started }) => started).map(({ name, containerID }) => `${name}.startedTrue ${containerID}`),
  ];
}
