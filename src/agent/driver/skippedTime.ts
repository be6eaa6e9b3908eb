import type { Instant } from '../../clock/instant';
import type { RealClock } from '../../clock/real';
import type { EventOf } from '../../timeline/event';

type TimeSkipped = EventOf<'TimeSkipped'>;

/**
 * The time that is skipped on a pod's clock. All time that is skipped until something happens again becomes one event.
 */
export class SkippedTime {
  readonly #clock: RealClock;
  #unpublished: TimeSkipped | undefined;

  constructor(clock: RealClock) {
    this.#clock = clock;
  }

  skip(to: Instant, now: Instant, containers: TimeSkipped['containers']): void {
    this.#clock.skip(to - now);
    const { at = now, byMs = 0, containers: before } = this.#unpublished ?? {};
    const most = [before, containers].includes('running') ? 'running' : (before ?? containers);
    const skipped = { source: 'runtime', kind: 'TimeSkipped', at, byMs: byMs + to - now } as const;
    this.#unpublished = most ? { ...skipped, containers: most } : skipped;
  }

  get hasUnpublished(): boolean {
    return this.#unpublished !== undefined;
  }

  /** Takes the skip that has not been published yet. */
  take(): readonly TimeSkipped[] {
    const unpublished = this.#unpublished ? [this.#unpublished] : [];
    this.#unpublished = undefined;
    return unpublished;
  }
}
