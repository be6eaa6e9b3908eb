import { CREATED, type Instant } from '../clock/instant';
import type { Backend } from './backend';
import { type Event, type EventKind, type EventOf, isA } from './event';
import { Output, type OutputLine, sealed } from './output';
import type { PodStatus } from './podStatus';

/** What about the pod's surroundings its record is to be read by. */
export interface TimelineOptions {
  /** How clients come to it. */
  readonly backend?: Backend;
}

/** The append-only log of what happened to one pod, in order, and the questions every reader asks of it. */
export class Timeline {
  /** What the containers have written; it decides nothing about the pod, so it is no event. */
  readonly output = new Output();
  readonly backend: Backend;
  readonly #events: Event[] = [];
  #now: Instant = CREATED;
  #status: PodStatus | undefined;

  constructor({ backend = {} }: TimelineOptions = {}) {
    this.backend = backend;
  }

  // These three are for those who write a record; the docstrings below, for those who read it, make docs/api.md.
  append(event: Event): void {
    this.#events.push(event);
    if (event.at > this.#now) this.#now = event.at;
    if (event.kind === 'StatusPublished') this.#status = event.status;
  }

  write(lines: readonly OutputLine[]): void {
    for (const line of lines) {
      this.output.append(sealed(line));
      this.advance(line.at);
    }
  }

  // Notes that the pod's clock has come to `at` though nothing happened.
  advance(at: Instant): void {
    if (at > this.#now) this.#now = at;
  }

  /** The latest instant known: nothing earlier can still be appended. */
  get now(): Instant {
    return this.#now;
  }

  /** All that happened, oldest first. */
  get events(): readonly Event[] {
    return this.#events;
  }

  /** The status last published; undefined before the first. */
  get status(): PodStatus | undefined {
    return this.#status;
  }

  /** The events of one kind, oldest first: `timeline.of('ContainerExited')`. */
  of<K extends EventKind>(kind: K): readonly EventOf<K>[] {
    return this.#events.filter((event) => isA(kind, event));
  }

  /** The record as it stood at `at`, with all that happened at that instant. */
  upTo(at: Instant): Timeline {
    if (this.#now <= at) return this;
    const earlier = new Timeline(this);
    for (const event of this.#events) if (event.at <= at) earlier.append(event);
    earlier.write(this.output.lines.filter((line) => line.at <= at));
    earlier.advance(at);
    return earlier;
  }
}
