import { CREATED, type Instant } from '../clock/instant';
import type { Backend } from './backend';
import { type Event, type EventKind, type EventOf, isA } from './event';
import { type OutputLine, sealLine, WritableOutput } from './output';
import type { PodStatus } from './podStatus';
import type { Timeline } from './timeline';

/** Context for reading a pod's record. */
export interface TimelineOptions {
  /** Services of its clients. */
  readonly backend?: Backend;
}

/** The append-only log behind a {@link Timeline}, for the run that writes it. */
export class WritableTimeline implements Timeline {
  readonly output = new WritableOutput();
  readonly backend: Backend;
  readonly #events: Event[] = [];
  #now: Instant = CREATED;
  #status: PodStatus | undefined;

  constructor({ backend = {} }: TimelineOptions = {}) {
    this.backend = backend;
  }

  append(event: Event): void {
    this.#events.push(event);
    if (event.at > this.#now) this.#now = event.at;
    if (event.kind === 'StatusPublished') this.#status = event.status;
  }

  write(lines: readonly OutputLine[]): void {
    for (const line of lines) {
      this.output.append(sealLine(line));
      this.advance(line.at);
    }
  }

  /** Notes that the pod's clock has come to `at` though nothing happened. */
  advance(at: Instant): void {
    if (at > this.#now) this.#now = at;
  }

  get now(): Instant {
    return this.#now;
  }

  get events(): readonly Event[] {
    return this.#events;
  }

  get status(): PodStatus | undefined {
    return this.#status;
  }

  of<K extends EventKind>(kind: K): readonly EventOf<K>[] {
    return this.#events.filter((event) => isA(kind, event));
  }

  upTo(at: Instant): Timeline {
    if (this.#now <= at) return this;
    const earlier = new WritableTimeline(this);
    for (const event of this.#events) if (event.at <= at) earlier.append(event);
    earlier.write(this.output.lines.filter((line) => line.at <= at));
    earlier.advance(at);
    return earlier;
  }
}
