import { isWaiting, type PodState, type StillPod } from '../../kubelet';
import type { Event } from '../../timeline/event';
import type { ContainerStatus } from '../../timeline/podStatus';
import type { TimeSkips } from '../ipc/messages';

/**
 * Detector of a pod to which nothing happens: its containers run, each is Ready, and its probes succeed. A frozen
 * container cannot act, so it does not count.
 */
export class Calm {
  readonly #skips: TimeSkips;
  readonly #isFrozen: StillPod['isFrozen'];
  readonly #now: () => number;
  #changedAtMs: number;
  #ready = new Map<string, boolean>();

  /** `now` returns real milliseconds. */
  constructor(skips: TimeSkips, isFrozen: StillPod['isFrozen'], now: () => number = () => performance.now()) {
    this.#skips = skips;
    this.#isFrozen = isFrozen;
    this.#now = now;
    this.#changedAtMs = now();
  }

  onEvents(events: readonly Event[]): void {
    if (events.some((event) => this.#isChange(event))) this.#changedAtMs = this.#now();
  }

  /**
   * Returns the real milliseconds after which the next gap may be skipped if nothing happens, or undefined if it may
   * not.
   */
  inMs(state: PodState, still: StillPod): number | undefined {
    const { calmAfterMs } = this.#skips;
    if (calmAfterMs === undefined || state.pod.deletion || !isWaiting(state, still)) return undefined;
    if (!this.#isSteady(state)) return undefined;
    return Math.max(0, calmAfterMs - (this.#now() - this.#changedAtMs));
  }

  #isSteady({ runtime, status, prober }: PodState): boolean {
    const statuses = [...status.initContainerStatuses, ...status.containerStatuses];
    return runtime.instances.every(({ id, name, state }) => {
      if (state === 'exited' || (state === 'running' && this.#isFrozen(id))) return true;
      const isReady = statuses.some((one) => one.name === name && one.ready);
      const isFailing = prober.workers.some(
        ({ container, lastResult }) => container.name === name && lastResult === 'Failure',
      );
      return state === 'running' && isReady && !isFailing;
    });
  }

  #isChange(event: Event): boolean {
    if (event.kind === 'StatusPublished') {
      const { initContainerStatuses, containerStatuses } = event.status;
      return [...initContainerStatuses, ...containerStatuses].filter((one) => this.#isReadyChange(one)).length > 0;
    }
    return event.kind === 'TestActed' || event.kind === 'ContainerStarted' || event.kind === 'ContainerExited';
  }

  #isReadyChange({ name, ready, containerID }: ContainerStatus): boolean {
    const before = this.#ready.get(name) ?? false;
    this.#ready.set(name, ready);
    return ready !== before && !this.#isFrozen(containerID ?? '');
  }
}
