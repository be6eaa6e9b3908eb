import { CREATED, type Instant } from '../../../../src/clock/instant';
import type { Pod } from '../../../../src/manifest/model';
import type { AppScript } from '../../../../src/runtime/scripted/script';
import type { Event, KubeletEvent } from '../../../../src/timeline/event';
import type { PodStatus } from '../../../../src/timeline/podStatus';
import type { Timeline } from '../../../../src/timeline/timeline';
import { beginningOf, isBefore, type Moment } from './moment';
import { type Restart, type Run, Runs } from './runs';
import { Transitions } from './transitions';

/** The pod in the API since a moment. */
export interface Shown {
  readonly moment: Moment;
  readonly status: PodStatus;
  /** Metadata and spec after deletion and patches. */
  readonly pod: Pod;
}

export interface EmittedEvent {
  readonly moment: Moment;
  readonly event: KubeletEvent;
}

/**
 * The observations that the checks of a case read: the pod in the API, the runs of its containers, events, and named
 * moments.
 */
export class Record {
  readonly shown: Shown[] = [];
  readonly told: EmittedEvent[] = [];
  readonly runs: Runs;
  readonly #timeline: Timeline;
  readonly #transitions = new Transitions();
  readonly #named = new Map<string, Moment[]>();
  readonly #observed = new Map<string, { readonly since: Moment; readonly nth: number }>();
  #pod: Pod;
  #read = 0;
  #now: Instant;

  constructor(timeline: Timeline, pod: Pod, app: AppScript) {
    this.#timeline = timeline;
    this.#pod = pod;
    this.#now = timeline.now;
    this.runs = new Runs(pod, app);
  }

  get pod(): Pod {
    return this.#pod;
  }

  get now(): Instant {
    return this.#now;
  }

  /** Takes in what has happened up to `now`. */
  readUpTo(now: Instant): void {
    this.#now = now;
    const { events } = this.#timeline;
    for (; this.#read < events.length; this.#read += 1) {
      const event = events[this.#read] as Event;
      this.#take(event, { at: event.at, place: this.#read });
    }
  }

  #take(event: Event, moment: Moment): void {
    if (event.source === 'kubelet') this.told.push({ moment, event });
    switch (event.kind) {
      case 'StatusPublished':
        this.#transitions.take(event.status, moment);
        return this.#show(event.status, moment);
      case 'DeletionMarked': {
        const { deletionTimestamp, deletionGracePeriodSeconds } = event;
        const metadata = { ...this.#pod.metadata, deletionTimestamp, deletionGracePeriodSeconds };
        return this.showPod({ ...this.#pod, metadata }, moment);
      }
      case 'PodRemoved':
        return this.name('pod.removed', moment);
      default:
        return this.runs.take(event, moment);
    }
  }

  /** Records a change of the metadata or the spec of the pod. */
  showPod(pod: Pod, moment: Moment): void {
    this.#pod = pod;
    const last = this.shown.at(-1);
    if (last) this.#show(last.status, moment);
  }

  #show(status: PodStatus, moment: Moment): void {
    this.shown.push({ moment, status, pod: this.#pod });
  }

  /** Returns the moment before the next event. Actions of a script at this instant are earlier. */
  next(): Moment {
    return { at: this.#now, place: this.#timeline.events.length - 0.25 };
  }

  /** Gives a moment a name by which checks and steps can ask for it. */
  name(token: string, moment: Moment): void {
    const named = this.#named.get(token);
    if (named) named.push(moment);
    else this.#named.set(token, [moment]);
  }

  /** Names the next restarts after this moment. */
  observe(names: readonly string[], since: Moment): void {
    for (const [nth, name] of names.entries()) this.#observed.set(name, { since, nth });
  }

  /** Returns the restart with this name, of one container or of any. */
  observed(name: string, container?: string): Restart | undefined {
    const observation = this.#observed.get(name);
    if (!observation) return undefined;
    return this.runs.restartsOf(container).filter(({ start }) => isBefore(observation.since, start))[observation.nth];
  }

  /**
   * Returns all moments of an event in order: the name of a step, `pod.…`, or an event of a container, its hooks and
   * probes.
   */
  momentsOf(token: string): readonly Moment[] {
    if (token === 'pod.created') return [beginningOf(CREATED)];
    const observed = this.observed(token);
    if (observed) return [observed.start];
    return (
      this.#named.get(token) ??
      this.#transitions.of(token) ??
      this.runs.momentsOf(token, this.#now, this.#placeAt) ??
      []
    );
  }

  /** Returns the moment of an event: its first occurrence, or with `#2` its second. */
  momentOf(token: string): Moment | undefined {
    const [name = '', nth = '1'] = token.split('#');
    return this.momentsOf(name)[Number(nth) - 1];
  }

  /** Returns when a run was up. */
  upOf(run: Run): Moment | undefined {
    return this.runs.upOf(run, this.#now, this.#placeAt);
  }

  /** Returns the pod that the API showed at a moment. */
  shownAt(moment: Moment): Shown | undefined {
    return this.shown.findLast((each) => !isBefore(moment, each.moment));
  }

  /** The place before everything that is recorded at `at`: what a script does at an instant comes first. */
  readonly #placeAt = (at: Instant): number => {
    const { events } = this.#timeline;
    let low = 0;
    for (let high = events.length; low < high; ) {
      const middle = (low + high) >> 1;
      if ((events[middle] as Event).at < at) low = middle + 1;
      else high = middle;
    }
    return low - 0.5;
  };
}
