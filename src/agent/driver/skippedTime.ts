import type { Instant } from '../../clock/instant';
import type { RealClock } from '../../clock/real';
import type { EventOf } from '../../timeline/event';

type TimeSkipped = EventOf<'TimeSkipped'>;

/** Puts a pod's clock forward. What is skipped until something happens again is one leap on record. */
export class SkippedTime {
  readonly #clock: RealClock;
  #untold: TimeSkipped | undefined;

  constructor(clock: RealClock) {
    this.#clock = clock;
  }

  skip(to: Instant, now: Instant, containers: TimeSkipped['containers']): void {
    this.#clock.skip(to - now);
    const { at = now, byMs = 0, containers: before } = this.#untold ?? {};
    const most = [before, containers].includes('running') ? 'running' : (before ?? containers);
    const skipped = { source: 'runtime', kind: 'TimeSkipped', at, byMs: byMs + to - now } as const;
    this.#untold = most ? { ...skipped, containers: most } : skipped;
  }

  get isUntold(): boolean {
    return this.#untold !== undefined;
  }

  /** Takes what is not told yet. */
  take(): readonly TimeSkipped[] {
    const untold = this.#untold ? [this.#untold] : [];
    this.#untold = undefined;
    return untold;
  }
}
