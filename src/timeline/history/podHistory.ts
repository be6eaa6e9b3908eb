import type { StartFailure } from '../causes';
import { type Event, type EventOf, isA, type KubeletEvent } from '../event';
import { type Since, START } from '../since';
import type { Timeline } from '../timeline';
import { type CrashLoopWait, CrashLoopWaits } from './crashLoopWaits';
import { type Drop, Drops } from './drops';
import { type EndpointChange, EndpointFollower } from './endpoints';
import { type HookRun, HookRuns } from './hookRuns';
import { type Restart, Restarts } from './restarts';
import { StartFailures } from './startFailures';
import { type ContainerStop, ContainerStops } from './stops';

/** History of a pod, folded from its events. Each list is in the order in which its entries became known. */
export interface PodHistory {
  /** The place after the last event. */
  readonly end: Since;
  readonly published: readonly EventOf<'StatusPublished'>[];
  /** The marks for deletion: a later one may shorten the grace period. */
  readonly deletions: readonly EventOf<'DeletionMarked'>[];
  readonly removed: EventOf<'PodRemoved'> | undefined;
  readonly acts: readonly EventOf<'TestActed'>[];
  readonly attempts: readonly EventOf<'ProbeFinished'>[];
  readonly sandboxStarts: readonly EventOf<'SandboxStarted'>[];
  readonly starts: readonly EventOf<'Started'>[];
  readonly containerStarts: readonly EventOf<'ContainerStarted'>[];
  readonly exits: readonly EventOf<'ContainerExited'>[];
  readonly failures: readonly EventOf<'Failed'>[];
  /** The reason why the last start of a container failed, if it is known. A container that starts has none. */
  readonly startFailures: ReadonlyMap<string, StartFailure>;
  readonly killings: readonly EventOf<'Killing'>[];
  readonly signals: readonly EventOf<'SignalSent'>[];
  readonly requests: readonly EventOf<'RequestFinished'>[];
  readonly processesSeen: readonly EventOf<'ProcessesSeen'>[];
  readonly listenersSeen: readonly EventOf<'ListenersSeen'>[];
  readonly heldUp: readonly EventOf<'HeldUp'>[];
  readonly skips: readonly EventOf<'TimeSkipped'>[];
  /** Events that `kubectl describe` would list. */
  readonly kubeletEvents: readonly KubeletEvent[];
  readonly restarts: readonly Restart[];
  readonly crashLoopWaits: readonly CrashLoopWait[];
  readonly hookRuns: readonly HookRun[];
  readonly stops: readonly ContainerStop[];
  readonly endpointChanges: readonly EndpointChange[];
  readonly drops: readonly Drop[];
  /** The requests that were dropped, those together that no answered one lies between. */
  readonly dropStreaks: readonly (readonly EventOf<'RequestFinished'>[])[];
  /** The containers with an event, in that order. */
  readonly containers: readonly string[];
  /** The containers that run. */
  readonly running: ReadonlySet<string>;
  /** Returns all that happened to a container, and what it did. */
  about(container: string): readonly Event[];
  /** Returns what happened to a container and to the pod as a whole; what concerned the pod alone if none is named. */
  concerning(container: string | undefined): readonly Event[];
  /** The last event. */
  readonly last: Event | undefined;
  /** Returns the event at a place. */
  at(place: Since): Event | undefined;
  /** Returns the place of an event, or -1 if it is not recorded. */
  placeOf(event: Event | undefined): Since;
  /** True if an event is at that place or later. */
  isFrom(since: Since, event: Event | undefined): boolean;
  /** Returns some events in their recorded order. */
  inOrder<E extends Event>(events: readonly E[]): readonly E[];
  /** Returns those of some events that are at that place or later. */
  from<E extends Event>(since: Since, events: readonly E[]): readonly E[];
}

const histories = new WeakMap<Timeline, FoldedHistory>();

/** Returns the history of the timeline so far. Each event is folded into it once, at the first call after it. */
export function historyOf(timeline: Timeline): PodHistory {
  const history = histories.get(timeline) ?? new FoldedHistory(timeline);
  histories.set(timeline, history);
  history.catchUp();
  return history;
}

class FoldedHistory implements PodHistory {
  readonly #timeline: Timeline;
  readonly #places = new Map<Event, Since>();
  readonly #ofContainer = new Map<string, Event[]>();
  readonly #restarts = new Restarts();
  readonly #waits = new CrashLoopWaits();
  readonly #hookRuns = new HookRuns();
  readonly #stops = new ContainerStops();
  readonly #endpoint: EndpointFollower;
  readonly #drops = new Drops();
  readonly #startFailures = new StartFailures();
  readonly published: EventOf<'StatusPublished'>[] = [];
  readonly deletions: EventOf<'DeletionMarked'>[] = [];
  readonly acts: EventOf<'TestActed'>[] = [];
  readonly attempts: EventOf<'ProbeFinished'>[] = [];
  readonly exits: EventOf<'ContainerExited'>[] = [];
  readonly killings: EventOf<'Killing'>[] = [];
  readonly signals: EventOf<'SignalSent'>[] = [];
  readonly requests: EventOf<'RequestFinished'>[] = [];
  readonly sandboxStarts: EventOf<'SandboxStarted'>[] = [];
  readonly starts: EventOf<'Started'>[] = [];
  readonly failures: EventOf<'Failed'>[] = [];
  readonly containerStarts: EventOf<'ContainerStarted'>[] = [];
  readonly processesSeen: EventOf<'ProcessesSeen'>[] = [];
  readonly listenersSeen: EventOf<'ListenersSeen'>[] = [];
  readonly heldUp: EventOf<'HeldUp'>[] = [];
  readonly skips: EventOf<'TimeSkipped'>[] = [];
  readonly kubeletEvents: KubeletEvent[] = [];
  readonly running = new Set<string>();
  readonly endpointChanges: EndpointChange[] = [];
  removed: EventOf<'PodRemoved'> | undefined;
  #end: Since = START;

  constructor(timeline: Timeline) {
    this.#timeline = timeline;
    this.#endpoint = new EndpointFollower(timeline.backend);
  }

  catchUp(): void {
    const { events } = this.#timeline;
    for (; this.#end < events.length; this.#end += 1) this.#fold(events[this.#end] as Event);
  }

  get end(): Since {
    return this.#end;
  }

  get restarts() {
    return this.#restarts.all;
  }

  get crashLoopWaits() {
    return this.#waits.all;
  }

  get hookRuns() {
    return this.#hookRuns.all;
  }

  get stops() {
    return this.#stops.all;
  }

  get startFailures() {
    return this.#startFailures.all;
  }

  get drops() {
    return this.#drops.all;
  }

  get dropStreaks() {
    return this.#drops.streaks;
  }

  get containers() {
    return [...this.#ofContainer.keys()];
  }

  get last() {
    return this.at(this.end - 1);
  }

  about(container: string): readonly Event[] {
    return this.#ofContainer.get(container) ?? [];
  }

  concerning(container: string | undefined): readonly Event[] {
    return this.#timeline.events.filter((event) => (containerOf(event) ?? container) === container);
  }

  at(place: Since): Event | undefined {
    return this.#timeline.events[place];
  }

  placeOf(event: Event | undefined): Since {
    return (event && this.#places.get(event)) ?? -1;
  }

  isFrom(since: Since, event: Event | undefined): boolean {
    const place = this.placeOf(event);
    return place >= 0 && place >= since;
  }

  inOrder<E extends Event>(events: readonly E[]): readonly E[] {
    return events.toSorted((a, b) => this.placeOf(a) - this.placeOf(b));
  }

  from<E extends Event>(since: Since, events: readonly E[]): readonly E[] {
    return events.filter((event) => this.isFrom(since, event));
  }

  #fold(event: Event): void {
    this.#places.set(event, this.#end);
    this.#list(event);
    this.#restarts.fold(event);
    this.#waits.fold(event);
    this.#hookRuns.fold(event);
    this.#startFailures.fold(event);
    this.#stops.fold(event, this.hookRuns);
    const change = this.#endpoint.follow(event);
    if (change) this.endpointChanges.push(change);
    this.#drops.fold(event, change);
  }

  #list(event: Event): void {
    if (event.source === 'kubelet') this.kubeletEvents.push(event);
    if (isA('ContainerStarted', event)) this.running.add(event.container);
    if (isA('ContainerExited', event)) this.running.delete(event.container);
    this.#listOfContainer(event);
    if (isA('StatusPublished', event)) this.published.push(event);
    else if (isA('DeletionMarked', event)) this.deletions.push(event);
    else if (isA('TestActed', event)) this.acts.push(event);
    else if (isA('ProbeFinished', event)) this.attempts.push(event);
    else if (isA('ContainerExited', event)) this.exits.push(event);
    else if (isA('Killing', event)) this.killings.push(event);
    else if (isA('SignalSent', event)) this.signals.push(event);
    else if (isA('RequestFinished', event)) this.requests.push(event);
    else if (isA('Started', event)) this.starts.push(event);
    else if (isA('Failed', event)) this.failures.push(event);
    else if (isA('ContainerStarted', event)) this.containerStarts.push(event);
    else if (isA('ProcessesSeen', event)) this.processesSeen.push(event);
    else if (isA('ListenersSeen', event)) this.listenersSeen.push(event);
    else if (isA('HeldUp', event)) this.heldUp.push(event);
    else if (isA('TimeSkipped', event)) this.skips.push(event);
    else if (isA('SandboxStarted', event)) this.sandboxStarts.push(event);
    else if (isA('PodRemoved', event)) this.removed ??= event;
  }

  #listOfContainer(event: Event): void {
    const container = containerOf(event);
    if (container === undefined) return;
    const own = this.#ofContainer.get(container);
    if (own) own.push(event);
    else this.#ofContainer.set(container, [event]);
  }
}

function containerOf(event: Event): string | undefined {
  return 'container' in event ? event.container : undefined;
}
