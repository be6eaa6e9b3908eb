import type { Instant } from '../../clock/instant';
import type { LogLine } from '../../runtime/logLine';
import type { Event } from '../../timeline/event';
import { hideIn } from '../../timeline/hideIn';
import { errorData } from '../ipc/errorData';
import type { Tell } from '../ipc/messages';
import { Outbox } from '../ipc/outbox';

/** The test's side of a pod: it receives the pod's events and the output of its containers, without Secrets. */
export class TestSide {
  readonly #key: string;
  readonly #tell: Tell;
  readonly #hide: (text: string) => string;
  readonly #outbox: Outbox;

  constructor(key: string, tell: Tell, hide: (text: string) => string, now: () => Instant) {
    this.#key = key;
    this.#tell = tell;
    this.#hide = hide;
    this.#outbox = new Outbox({
      now,
      hide,
      send: (lines, onTaken) => tell({ kind: 'Wrote', key, lines }, onTaken),
    });
  }

  onWritten(line: LogLine): void {
    this.#outbox.add(line);
  }

  onEvents(events: readonly Event[]): void {
    // Output that a container wrote before an event is sent before that event. All of it is sent before the container's
    // exit.
    this.#outbox.flush({ all: events.some(({ kind }) => kind === 'ContainerExited') });
    this.#tell({ kind: 'Happened', key: this.#key, events: events.map((event) => hideIn(event, this.#hide)) });
  }

  onClockReached(at: Instant): void {
    this.#outbox.flush();
    this.#tell({ kind: 'ClockReached', key: this.#key, at });
  }

  onRested(told: number): void {
    this.#tell({ kind: 'Rested', key: this.#key, told });
  }

  onEnded(): void {
    this.#tell({ kind: 'Ended', key: this.#key });
  }

  onBroken(error: Error): void {
    this.#outbox.flush({ all: true });
    this.#tell({ kind: 'Broke', key: this.#key, error: errorData(error, this.#hide) });
  }

  /** Sends the remaining output of a pod that has been removed. */
  close(): void {
    this.#outbox.flush({ all: true });
    this.#outbox.close();
    this.onEnded();
  }
}
