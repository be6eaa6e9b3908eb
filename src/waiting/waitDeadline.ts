import { after, CREATED, type Instant } from '../clock/instant';
import type { PodSpec } from '../manifest/model';
import { historyOf } from '../timeline/history/podHistory';
import type { Timeline } from '../timeline/timeline';
import type { LimitStart, Phase } from '../timing/phase';
import { NO_LIMIT, type WaitLimit } from '../timing/waits';
import { StartFollower } from './startFollower';
import { startPhase } from './startPhase';

/**
 * Origin of a limit: the `start` of the containers, a `fault`, which is the last action of the test, or the creation of
 * the `pod`.
 */
export type LimitOrigin = 'start' | 'fault' | 'pod';

export interface DeadlineOptions {
  readonly spec: PodSpec;
  readonly limit: WaitLimit;
  readonly from: LimitOrigin;
}

/** When a wait ends, and what it is in until then. */
export interface Deadline {
  readonly until: Instant;
  readonly phase: Phase;
  /** The origin of the limit, once the containers run. */
  readonly counts: LimitStart;
}

/**
 * End of a wait by the limits of the pod itself, computed again after each event. Each phase of a start has its own
 * limit, and an event after the end of a phase does not extend it.
 */
export class WaitDeadline {
  readonly #options: DeadlineOptions;
  readonly #start: StartFollower;
  readonly #calledAt: Instant;
  #seen = 0;
  #current: Deadline;

  /** Made when the wait begins. */
  constructor(options: DeadlineOptions, timeline: Timeline) {
    this.#options = options;
    this.#start = new StartFollower(options.spec);
    this.#calledAt = timeline.now;
    const isRenewedWhenUnready = options.from === 'start';
    for (const event of timeline.events) this.#start.follow(event, { isRenewedWhenUnready });
    this.#seen = historyOf(timeline).end;
    this.#current = this.#deadline();
  }

  in({ events }: Timeline): Deadline {
    for (let event = events[this.#seen]; event && event.at <= this.#current.until; event = events[this.#seen]) {
      this.#start.follow(event);
      this.#seen += 1;
      this.#current = this.#deadline();
    }
    return this.#current;
  }

  #deadline(): Deadline {
    const { limit, from } = this.#options;
    const start = this.#start;
    if (from === 'pod') return this.#from({ kind: 'running', since: CREATED, limit }, { kind: 'created' });
    const phase = startPhase(start, limit);
    if (phase.kind !== 'running') return this.#from(phase, { kind: 'started' });
    // A pod that has become Ready has no limit running: its next fault is counted from the wait.
    if (from === 'fault' && start.readyAt !== undefined) {
      const isCalledLater = this.#calledAt >= start.readyAt;
      const since = isCalledLater ? this.#calledAt : start.readyAt;
      return this.#from({ ...phase, since }, { kind: isCalledLater ? 'called' : 'ready' });
    }
    return this.#from(phase, phase.since === start.origin ? start.originCause : { kind: 'started' });
  }

  #from(phase: Phase, counts: LimitStart): Deadline {
    const until = after(phase.since, phase.limit.ms);
    return { until: Math.max(until, this.#calledAt) as Instant, phase, counts };
  }
}

/** Returns the phase that a pod is in at the end of a record. */
export function phaseIn(timeline: Timeline, spec: PodSpec): Phase {
  const start = new StartFollower(spec);
  for (const event of timeline.events) start.follow(event, { isRenewedWhenUnready: true });
  return startPhase(start, NO_LIMIT);
}
